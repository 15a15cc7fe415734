-- Octavia keeps whole seconds; heartbeats and pages in order of time need more.
alter table amphora modify created_at datetime(6) null;
alter table amphora modify updated_at datetime(6) null;
alter table amphora modify cert_expiration datetime(6) null;
alter table load_balancer modify created_at datetime(6) null;
alter table load_balancer modify updated_at datetime(6) null;
alter table listener modify created_at datetime(6) null;
alter table listener modify updated_at datetime(6) null;
alter table pool modify created_at datetime(6) null;
alter table pool modify updated_at datetime(6) null;
alter table member modify created_at datetime(6) null;
alter table member modify updated_at datetime(6) null;
alter table health_monitor modify created_at datetime(6) null;
alter table health_monitor modify updated_at datetime(6) null;
alter table amphora_health modify last_update datetime(6) not null;
