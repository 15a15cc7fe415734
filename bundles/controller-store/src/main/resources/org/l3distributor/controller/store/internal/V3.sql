-- The specification's data model. What is ours in its tables begins with l3d_.
alter table amphora rename column vrrp_ip to frontend_ip;
alter table amphora rename column vrrp_port_id to frontend_port_id;
alter table amphora rename column vrrp_interface to frontend_interface;
alter table amphora rename column vrrp_id to frontend_id;
alter table amphora rename column vrrp_priority to frontend_priority;
alter table amphora add column frontend_subnet_id varchar(36);
alter table amphora add column service_type varchar(36);

create table distributor (
  id varchar(36) not null,
  distributor_type varchar(36) not null,
  status varchar(36),
  l3d_name varchar(255) default '' not null,
  l3d_dedicated boolean default false not null,
  l3d_redundancy integer default 1 not null,
  l3d_version bigint default 0 not null,
  primary key (id)
);
alter table vip add column distributor_id varchar(36) references distributor (id);
create index l3d_vip_distributor on vip (distributor_id);

create table amphora_registration (
  l3d_id varchar(36) not null,
  amphora_id varchar(36) not null,
  load_balancer_id varchar(36) not null,
  distributor_id varchar(36),
  l3d_distributor_key varchar(36) not null,
  l3d_frontend_ips varchar(130) not null,
  l3d_failure_domain varchar(255) not null,
  primary key (l3d_id),
  constraint fk_amphora_registration_amphora foreign key (amphora_id) references amphora (id),
  constraint fk_amphora_registration_load_balancer foreign key (load_balancer_id) references load_balancer (id),
  constraint fk_amphora_registration_distributor foreign key (distributor_id) references distributor (id),
  constraint uq_amphora_registration unique (amphora_id, load_balancer_id, l3d_distributor_key)
);
create index l3d_amphora_registration_load_balancer on amphora_registration (load_balancer_id);
create index l3d_amphora_registration_distributor on amphora_registration (distributor_id);

create table distributor_l3_bgp_speaker (
  id varchar(36) not null,
  ip_version integer not null,
  local_as bigint not null,
  l3d_name varchar(64) default '' not null,
  l3d_description varchar(255),
  l3d_allowed_vip_prefixes text,
  l3d_version bigint default 0 not null,
  primary key (id)
);
create table distributor_l3_bgp_peer (
  id varchar(36) not null,
  peer_ip varchar(64) not null,
  remote_as bigint not null,
  auth_type varchar(16),
  ttl_hops integer,
  hold_time integer,
  keepalive_interval integer,
  l3d_name varchar(64) default '' not null,
  l3d_description varchar(255),
  l3d_families varchar(16) default '' not null,
  l3d_add_path boolean default false not null,
  l3d_passive boolean default false not null,
  l3d_enabled boolean default true not null,
  l3d_version bigint default 0 not null,
  primary key (id)
);
create table distributor_l3_bgp_peer_registration (
  distributor_l3_bgp_speaker_id varchar(36) not null,
  distributor_l3_bgp_peer_id varchar(36) not null,
  primary key (distributor_l3_bgp_speaker_id, distributor_l3_bgp_peer_id),
  constraint fk_bgp_peer_registration_speaker foreign key (distributor_l3_bgp_speaker_id)
    references distributor_l3_bgp_speaker (id),
  constraint fk_bgp_peer_registration_peer foreign key (distributor_l3_bgp_peer_id)
    references distributor_l3_bgp_peer (id)
);
create index l3d_bgp_peer_registration_peer on distributor_l3_bgp_peer_registration (distributor_l3_bgp_peer_id);
create table distributor_l3_amphora_bgp_speaker_registration (
  distributor_l3_bgp_speaker_id varchar(36) not null,
  amphora_id varchar(36) not null,
  primary key (distributor_l3_bgp_speaker_id, amphora_id),
  constraint fk_amphora_bgp_speaker_registration_speaker foreign key (distributor_l3_bgp_speaker_id)
    references distributor_l3_bgp_speaker (id),
  constraint fk_amphora_bgp_speaker_registration_amphora foreign key (amphora_id) references amphora (id)
);
create index l3d_amphora_bgp_speaker_registration_amphora on distributor_l3_amphora_bgp_speaker_registration (amphora_id);
create table distributor_l3_amphora_vip_registration (
  l3d_id varchar(36) not null,
  amphora_id varchar(36) not null,
  load_balancer_id varchar(36) not null,
  nexthop_ip varchar(64) not null,
  distributor_l3_bgp_peer_id varchar(36),
  l3d_peer_key varchar(36) not null,
  l3d_vip_ip varchar(64) not null,
  l3d_member_id varchar(36) not null,
  l3d_leaving boolean default false not null,
  primary key (l3d_id),
  constraint fk_amphora_vip_registration_amphora foreign key (amphora_id) references amphora (id),
  constraint fk_amphora_vip_registration_load_balancer foreign key (load_balancer_id) references load_balancer (id),
  constraint fk_amphora_vip_registration_peer foreign key (distributor_l3_bgp_peer_id)
    references distributor_l3_bgp_peer (id),
  constraint uq_amphora_vip_registration
    unique (amphora_id, load_balancer_id, l3d_vip_ip, nexthop_ip, l3d_peer_key, l3d_member_id)
);
create index l3d_amphora_vip_registration_load_balancer on distributor_l3_amphora_vip_registration (load_balancer_id);
create index l3d_amphora_vip_registration_peer on distributor_l3_amphora_vip_registration (distributor_l3_bgp_peer_id);
