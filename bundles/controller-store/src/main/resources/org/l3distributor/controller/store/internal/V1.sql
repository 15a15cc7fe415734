-- Octavia's tables and their first rows, as its own migrations leave them at release 11.0.0 (revision 0995c26fc506).
-- A database of Octavia's has them already; this is not run there.
create table lb_topology (
  name varchar(36) not null,
  description varchar(255),
  primary key (name)
);
create table availability_zone_profile (
  id varchar(36) not null,
  name varchar(255) not null,
  provider_name varchar(255) not null,
  availability_zone_data varchar(4096) not null,
  primary key (id)
);
create table availability_zone (
  name varchar(255) not null,
  description varchar(255),
  enabled boolean not null,
  availability_zone_profile_id varchar(36) not null,
  primary key (name),
  constraint fk_az_az_profile_id foreign key (availability_zone_profile_id) references availability_zone_profile (id)
);
create table operating_status (
  name varchar(30) not null,
  description varchar(255),
  primary key (name)
);
create table provisioning_status (
  name varchar(30) not null,
  description varchar(255),
  primary key (name)
);
create table flavor_profile (
  id varchar(36) not null,
  name varchar(255) not null,
  provider_name varchar(255) not null,
  flavor_data varchar(4096) not null,
  primary key (id)
);
create table flavor (
  id varchar(36) not null,
  name varchar(255) not null,
  description varchar(255),
  enabled boolean not null,
  flavor_profile_id varchar(36) not null,
  primary key (id),
  constraint uq_flavor_name unique (name),
  constraint fk_flavor_flavor_profile_id foreign key (flavor_profile_id) references flavor_profile (id)
);
create table load_balancer (
  project_id varchar(36),
  id varchar(36) not null,
  name varchar(255),
  description varchar(255),
  provisioning_status varchar(16) not null,
  operating_status varchar(16) not null,
  enabled boolean not null,
  topology varchar(36),
  server_group_id varchar(36),
  created_at ${instant},
  updated_at ${instant},
  provider varchar(64),
  flavor_id varchar(36),
  availability_zone varchar(255),
  primary key (id),
  constraint fk_lb_topology_name foreign key (topology) references lb_topology (name),
  constraint fk_load_balancer_availability_zone_name foreign key (availability_zone) references availability_zone (name),
  constraint fk_load_balancer_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_load_balancer_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name),
  constraint fk_loadbalancer_flavor_id foreign key (flavor_id) references flavor (id)
);
create table additional_vip (
  load_balancer_id varchar(36) not null,
  ip_address varchar(64),
  port_id varchar(36),
  subnet_id varchar(36) not null,
  network_id varchar(36),
  primary key (load_balancer_id, subnet_id),
  constraint fk_add_vip_load_balancer_id foreign key (load_balancer_id) references load_balancer (id)
);
create table algorithm (
  name varchar(255) not null,
  description varchar(255),
  primary key (name)
);
create table amphora_roles (
  name varchar(36) not null,
  description varchar(255),
  primary key (name)
);
create table amphora (
  id varchar(36) not null,
  compute_id varchar(36),
  status varchar(36) not null,
  load_balancer_id varchar(36),
  lb_network_ip varchar(64),
  vrrp_ip varchar(64),
  ha_ip varchar(64),
  vrrp_port_id varchar(36),
  ha_port_id varchar(36),
  role varchar(36),
  cert_expiration ${instant},
  cert_busy boolean not null,
  vrrp_interface varchar(16),
  vrrp_id integer,
  vrrp_priority integer,
  cached_zone varchar(255),
  created_at ${instant},
  updated_at ${instant},
  image_id varchar(36),
  compute_flavor varchar(255),
  primary key (id),
  constraint fk_amphora_load_balancer_id foreign key (load_balancer_id) references load_balancer (id),
  constraint fk_amphora_provisioning_status_name foreign key (status) references provisioning_status (name),
  constraint fk_amphora_roles_name foreign key (role) references amphora_roles (name)
);
create table amphora_build_request (
  amphora_id varchar(36) not null,
  priority integer,
  created_time ${instant} not null,
  status varchar(16) not null,
  primary key (amphora_id)
);
create table amphora_build_slots (
  id integer not null,
  slots_used integer,
  primary key (id)
);
create table amphora_health (
  amphora_id varchar(36) not null,
  last_update ${instant} not null,
  busy boolean not null,
  primary key (amphora_id)
);
create table client_authentication_mode (
  name varchar(10) not null,
  primary key (name)
);
create table health_monitor_type (
  name varchar(30) not null,
  description varchar(255),
  primary key (name)
);
create table protocol (
  name varchar(30) not null,
  description varchar(255),
  primary key (name)
);
create table pool (
  project_id varchar(36),
  id varchar(36) not null,
  name varchar(255),
  description varchar(255),
  protocol varchar(16) not null,
  lb_algorithm varchar(255) not null,
  operating_status varchar(16) not null,
  enabled boolean not null,
  load_balancer_id varchar(36),
  created_at ${instant},
  updated_at ${instant},
  provisioning_status varchar(16) not null,
  tls_certificate_id varchar(255),
  ca_tls_certificate_id varchar(255),
  crl_container_id varchar(255),
  tls_enabled boolean default false not null,
  tls_ciphers varchar(2048),
  tls_versions varchar(512),
  alpn_protocols varchar(512),
  primary key (id),
  constraint fk_pool_algorithm_name foreign key (lb_algorithm) references algorithm (name),
  constraint fk_pool_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_pool_protocol_name foreign key (protocol) references protocol (name),
  constraint fk_pool_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name),
  constraint fk_pool_load_balancer_id foreign key (load_balancer_id) references load_balancer (id)
);
create table health_monitor (
  pool_id varchar(36) not null,
  type varchar(36) not null,
  delay integer not null,
  timeout integer not null,
  fall_threshold integer not null,
  rise_threshold integer not null,
  http_method varchar(16),
  url_path varchar(255),
  expected_codes varchar(64),
  enabled boolean not null,
  project_id varchar(36),
  provisioning_status varchar(16) not null,
  name varchar(255),
  id varchar(36) not null,
  created_at ${instant},
  updated_at ${instant},
  operating_status varchar(16) not null,
  http_version float,
  domain_name varchar(255),
  primary key (id),
  constraint uq_health_monitor_pool unique (pool_id),
  constraint fk_health_monitor_health_monitor_type_name foreign key (type) references health_monitor_type (name),
  constraint fk_health_monitor_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_health_monitor_pool_id foreign key (pool_id) references pool (id),
  constraint fk_health_monitor_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name)
);
create table l7policy_action (
  name varchar(36) not null,
  description varchar(255),
  primary key (name)
);
create table listener (
  project_id varchar(36),
  id varchar(36) not null,
  name varchar(255),
  description varchar(255),
  protocol varchar(16) not null,
  protocol_port integer not null,
  connection_limit integer,
  load_balancer_id varchar(36),
  tls_certificate_id varchar(255),
  default_pool_id varchar(36),
  provisioning_status varchar(16) not null,
  operating_status varchar(16) not null,
  enabled boolean not null,
  peer_port integer,
  insert_headers ${bytes},
  created_at ${instant},
  updated_at ${instant},
  timeout_client_data integer,
  timeout_member_connect integer,
  timeout_member_data integer,
  timeout_tcp_inspect integer,
  client_ca_tls_certificate_id varchar(255),
  client_authentication varchar(10) default 'NONE' not null,
  client_crl_container_id varchar(255),
  tls_ciphers varchar(2048),
  tls_versions varchar(512),
  alpn_protocols varchar(512),
  primary key (id),
  constraint uq_listener_load_balancer_id_protocol_port unique (load_balancer_id, protocol, protocol_port),
  constraint fk_listener_load_balancer_id foreign key (load_balancer_id) references load_balancer (id),
  constraint fk_listener_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_listener_pool_id foreign key (default_pool_id) references pool (id),
  constraint fk_listener_protocol_name foreign key (protocol) references protocol (name),
  constraint fk_listener_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name),
  constraint fk_listener_client_authentication_mode_name foreign key (client_authentication) references client_authentication_mode (name)
);
create table l7policy (
  id varchar(36) not null,
  name varchar(255),
  description varchar(255),
  listener_id varchar(36) not null,
  action varchar(36) not null,
  redirect_pool_id varchar(36),
  redirect_url varchar(255),
  position integer not null,
  enabled boolean not null,
  provisioning_status varchar(16) not null,
  created_at ${instant},
  updated_at ${instant},
  project_id varchar(36),
  operating_status varchar(16) not null,
  redirect_prefix varchar(255),
  redirect_http_code integer,
  primary key (id),
  constraint fk_l7policy_l7policy_action_name foreign key (action) references l7policy_action (name),
  constraint fk_l7policy_listener_id foreign key (listener_id) references listener (id),
  constraint fk_l7policy_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_l7policy_pool_id foreign key (redirect_pool_id) references pool (id),
  constraint fk_l7policy_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name)
);
create table l7rule_compare_type (
  name varchar(36) not null,
  description varchar(255),
  primary key (name)
);
create table l7rule_type (
  name varchar(36) not null,
  description varchar(255),
  primary key (name)
);
create table l7rule (
  id varchar(36) not null,
  l7policy_id varchar(36) not null,
  type varchar(36) not null,
  compare_type varchar(36) not null,
  "key" varchar(255),
  value varchar(255) not null,
  invert boolean not null,
  provisioning_status varchar(16) not null,
  created_at ${instant},
  updated_at ${instant},
  project_id varchar(36),
  enabled boolean default true not null,
  operating_status varchar(16) not null,
  primary key (id),
  constraint fk_l7rule_l7policy_id foreign key (l7policy_id) references l7policy (id),
  constraint fk_l7rule_l7rule_compare_type_name foreign key (compare_type) references l7rule_compare_type (name),
  constraint fk_l7rule_l7rule_type_name foreign key (type) references l7rule_type (name),
  constraint fk_l7rule_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_l7rule_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name)
);
create table listener_cidr (
  listener_id varchar(36) not null,
  cidr varchar(64) not null,
  primary key (listener_id, cidr),
  constraint fk_listener_cidr_listener_id foreign key (listener_id) references listener (id)
);
create table listener_statistics (
  listener_id varchar(36) not null,
  bytes_in bigint not null,
  bytes_out bigint not null,
  active_connections integer not null,
  total_connections bigint not null,
  amphora_id varchar(36) not null,
  request_errors bigint not null,
  primary key (listener_id, amphora_id)
);
create table member (
  project_id varchar(36),
  id varchar(36) not null,
  pool_id varchar(36) not null,
  subnet_id varchar(36),
  ip_address varchar(64),
  protocol_port integer not null,
  weight integer,
  operating_status varchar(16) not null,
  enabled boolean not null,
  created_at ${instant},
  updated_at ${instant},
  provisioning_status varchar(16) not null,
  name varchar(255),
  monitor_address varchar(64),
  monitor_port integer,
  backup boolean not null,
  primary key (id),
  constraint uq_member_pool_id_address_protocol_port unique (pool_id, ip_address, protocol_port),
  constraint fk_member_operating_status_name foreign key (operating_status) references operating_status (name),
  constraint fk_member_pool_id foreign key (pool_id) references pool (id),
  constraint fk_member_provisioning_status_name foreign key (provisioning_status) references provisioning_status (name)
);
create table quotas (
  project_id varchar(36) not null,
  health_monitor integer,
  load_balancer integer,
  listener integer,
  member integer,
  pool integer,
  in_use_health_monitor integer,
  in_use_load_balancer integer,
  in_use_listener integer,
  in_use_member integer,
  in_use_pool integer,
  l7policy integer,
  l7rule integer,
  in_use_l7policy integer,
  in_use_l7rule integer,
  primary key (project_id)
);
create table session_persistence_type (
  name varchar(30) not null,
  description varchar(255),
  primary key (name)
);
create table session_persistence (
  pool_id varchar(36) not null,
  type varchar(16) not null,
  cookie_name varchar(255),
  persistence_timeout integer,
  persistence_granularity varchar(64),
  primary key (pool_id),
  constraint fk_session_persistence_pool_id foreign key (pool_id) references pool (id),
  constraint fk_session_persistence_session_persistence_type_name foreign key (type) references session_persistence_type (name)
);
create table sni (
  listener_id varchar(36) not null,
  tls_container_id varchar(128) not null,
  position integer,
  primary key (listener_id, tls_container_id),
  constraint fk_sni_listener_id foreign key (listener_id) references listener (id)
);
create table spares_pool (
  updated_at ${instant} default current_timestamp not null,
  primary key (updated_at)
);
create table tags (
  resource_id varchar(36) not null,
  tag varchar(255) not null,
  primary key (resource_id, tag)
);
create table vip (
  load_balancer_id varchar(36) not null,
  ip_address varchar(64),
  port_id varchar(36),
  subnet_id varchar(36),
  network_id varchar(36),
  qos_policy_id varchar(36),
  octavia_owned boolean,
  primary key (load_balancer_id),
  constraint fk_vip_load_balancer_id foreign key (load_balancer_id) references load_balancer (id)
);
create table vrrp_auth_method (
  name varchar(36) not null,
  description varchar(255),
  primary key (name)
);
create table vrrp_group (
  load_balancer_id varchar(36) not null,
  vrrp_group_name varchar(36),
  vrrp_auth_type varchar(16),
  vrrp_auth_pass varchar(36),
  advert_int integer,
  primary key (load_balancer_id),
  constraint fk_load_balancer_vrrp_auth_method_name foreign key (vrrp_auth_type) references vrrp_auth_method (name),
  constraint fk_vrrp_group_load_balancer_id foreign key (load_balancer_id) references load_balancer (id)
);
insert into provisioning_status (name) values
  ('ACTIVE'),
  ('ALLOCATED'),
  ('BOOTING'),
  ('DELETED'),
  ('ERROR'),
  ('FAILOVER_STOPPED'),
  ('PENDING_CREATE'),
  ('PENDING_DELETE'),
  ('PENDING_UPDATE'),
  ('READY');
insert into operating_status (name) values
  ('DEGRADED'),
  ('DRAINING'),
  ('ERROR'),
  ('NO_MONITOR'),
  ('OFFLINE'),
  ('ONLINE');
insert into protocol (name) values
  ('HTTP'),
  ('HTTPS'),
  ('PROMETHEUS'),
  ('PROXY'),
  ('PROXYV2'),
  ('SCTP'),
  ('TCP'),
  ('TERMINATED_HTTPS'),
  ('UDP');
insert into algorithm (name) values
  ('LEAST_CONNECTIONS'),
  ('ROUND_ROBIN'),
  ('SOURCE_IP'),
  ('SOURCE_IP_PORT');
insert into lb_topology (name) values
  ('ACTIVE_STANDBY'),
  ('SINGLE');
insert into amphora_roles (name) values
  ('BACKUP'),
  ('MASTER'),
  ('STANDALONE');
insert into session_persistence_type (name) values
  ('APP_COOKIE'),
  ('HTTP_COOKIE'),
  ('SOURCE_IP');
insert into health_monitor_type (name) values
  ('HTTP'),
  ('HTTPS'),
  ('PING'),
  ('SCTP'),
  ('TCP'),
  ('TLS-HELLO'),
  ('UDP-CONNECT');
insert into vrrp_auth_method (name) values
  ('AH'),
  ('PASS');
insert into l7rule_type (name) values
  ('COOKIE'),
  ('FILE_TYPE'),
  ('HEADER'),
  ('HOST_NAME'),
  ('PATH'),
  ('SSL_CONN_HAS_CERT'),
  ('SSL_DN_FIELD'),
  ('SSL_VERIFY_RESULT');
insert into l7rule_compare_type (name) values
  ('CONTAINS'),
  ('ENDS_WITH'),
  ('EQUAL_TO'),
  ('REGEX'),
  ('STARTS_WITH');
insert into l7policy_action (name) values
  ('REDIRECT_PREFIX'),
  ('REDIRECT_TO_POOL'),
  ('REDIRECT_TO_URL'),
  ('REJECT');
insert into client_authentication_mode (name) values
  ('MANDATORY'),
  ('NONE'),
  ('OPTIONAL');
insert into amphora_build_slots (id, slots_used) values (1, 0);
