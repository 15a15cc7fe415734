-- The distributor that a user chose for a load balancer; null = the controllers' default.
alter table load_balancer add column l3d_distributor_id varchar(36) references distributor (id);
create index l3d_load_balancer_distributor on load_balancer (l3d_distributor_id);
