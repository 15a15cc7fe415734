-- What is ours: further columns of Octavia's tables, tasks, and the networks of the local network driver.
insert into lb_topology (name, description) values ('ACTIVE_ACTIVE', 'N amphorae take traffic side by side');
alter table load_balancer add column l3d_frontend_network_id varchar(36);
alter table load_balancer add column l3d_frontend_subnet_id varchar(36);
alter table load_balancer add column l3d_amphora_count integer;
alter table load_balancer add column l3d_version bigint default 0 not null;
alter table vip add column l3d_version bigint default 0 not null;
alter table additional_vip add column l3d_place integer default 0 not null;
alter table listener add column l3d_version bigint default 0 not null;
alter table pool add column l3d_version bigint default 0 not null;
alter table member add column l3d_version bigint default 0 not null;
alter table health_monitor add column l3d_version bigint default 0 not null;
alter table amphora add column l3d_version bigint default 0 not null;
alter table amphora add column l3d_second_frontend_ip varchar(64);
alter table amphora add column l3d_distributor_id varchar(36) references distributor (id);
create index l3d_amphora_load_balancer on amphora (load_balancer_id);
create index l3d_amphora_distributor on amphora (l3d_distributor_id);
create index l3d_pool_load_balancer on pool (load_balancer_id);
create index l3d_load_balancer_project on load_balancer (project_id);
create index l3d_amphora_health_last_update on amphora_health (last_update);

create table l3d_task (
  id varchar(36) not null,
  kind varchar(32) not null,
  target_id varchar(36) not null,
  step varchar(32) not null,
  attempt integer not null,
  data text not null,
  not_before bigint not null,
  claimed_by varchar(64),
  claimed_until bigint,
  fence bigint not null,
  error text,
  created bigint not null,
  updated bigint not null,
  open_key varchar(36),
  primary key (id),
  constraint uq_l3d_task_open unique (open_key)
);
create index l3d_task_target on l3d_task (target_id);
create index l3d_task_due on l3d_task (not_before);
create table l3d_withdrawal (
  id varchar(36) not null,
  load_balancer_id varchar(36) not null,
  amphora_id varchar(36) not null,
  at bigint not null,
  primary key (id)
);
create index l3d_withdrawal_at on l3d_withdrawal (load_balancer_id, at);

create table l3d_network (
  id varchar(36) not null,
  name varchar(255) not null,
  mtu integer not null,
  external boolean not null,
  primary key (id)
);
create table l3d_subnet (
  id varchar(36) not null,
  network_id varchar(36) not null,
  name varchar(255) not null,
  cidr varchar(64) not null,
  gateway varchar(64),
  host_routes text not null,
  primary key (id),
  constraint fk_l3d_subnet_network foreign key (network_id) references l3d_network (id)
);
create index l3d_subnet_network on l3d_subnet (network_id);
create table l3d_port (
  id varchar(36) not null,
  network_id varchar(36) not null,
  name varchar(255) not null,
  mac varchar(17) not null,
  owner varchar(255) not null,
  primary key (id),
  constraint fk_l3d_port_network foreign key (network_id) references l3d_network (id),
  constraint uq_l3d_port_name unique (name),
  constraint uq_l3d_port_mac unique (mac)
);
create index l3d_port_network on l3d_port (network_id);
create table l3d_port_address (
  subnet_id varchar(36) not null,
  ip varchar(64) not null,
  port_id varchar(36) not null,
  place integer not null,
  primary key (subnet_id, ip),
  constraint fk_l3d_port_address_port foreign key (port_id) references l3d_port (id),
  constraint fk_l3d_port_address_subnet foreign key (subnet_id) references l3d_subnet (id)
);
create index l3d_port_address_port on l3d_port_address (port_id);
