# SPDX-License-Identifier: Apache-2.0
"""Makes Octavia's database with rows in it, by Octavia's own code. Usage: octavia_database.py URL migrations|models

MariaDB's comes from Octavia's migrations, which speak MySQL only; those of SQLite and PostgreSQL from its models, with
the revision of its last migration.
"""
import datetime
import os
import sys

import sqlalchemy as sa
from alembic import command
from alembic import config as alembic_config
from alembic import script
from octavia.db import base_models
from octavia.db import migration
from octavia.db import models
from oslo_config import cfg
from oslo_db import options

LOOKUPS = {
    "provisioning_status": "ACTIVE ALLOCATED BOOTING DELETED ERROR FAILOVER_STOPPED PENDING_CREATE PENDING_DELETE"
                           " PENDING_UPDATE READY",
    "operating_status": "DEGRADED DRAINING ERROR NO_MONITOR OFFLINE ONLINE",
    "protocol": "HTTP HTTPS PROMETHEUS PROXY PROXYV2 SCTP TCP TERMINATED_HTTPS UDP",
    "algorithm": "LEAST_CONNECTIONS ROUND_ROBIN SOURCE_IP SOURCE_IP_PORT",
    "lb_topology": "ACTIVE_STANDBY SINGLE",
    "amphora_roles": "BACKUP MASTER STANDALONE",
    "session_persistence_type": "APP_COOKIE HTTP_COOKIE SOURCE_IP",
    "health_monitor_type": "HTTP HTTPS PING SCTP TCP TLS-HELLO UDP-CONNECT",
    "vrrp_auth_method": "AH PASS",
    "l7rule_type": "COOKIE FILE_TYPE HEADER HOST_NAME PATH SSL_CONN_HAS_CERT SSL_DN_FIELD SSL_VERIFY_RESULT",
    "l7rule_compare_type": "CONTAINS ENDS_WITH EQUAL_TO REGEX STARTS_WITH",
    "l7policy_action": "REDIRECT_PREFIX REDIRECT_TO_POOL REDIRECT_TO_URL REJECT",
    "client_authentication_mode": "MANDATORY NONE OPTIONAL",
}


def alembic(url):
    conf = cfg.CONF
    options.set_defaults(conf)
    conf(args=[], project="octavia", default_config_files=[])
    conf.set_override("connection", url, "database")
    folder = os.path.dirname(migration.__file__)
    settings = alembic_config.Config(os.path.join(folder, "alembic.ini"))
    settings.set_main_option("script_location", "octavia.db.migration:alembic_migrations")
    settings.octavia_config = conf
    return settings


def by_models(url, engine):
    base_models.BASE.metadata.create_all(engine)
    tables = base_models.BASE.metadata.tables
    with engine.begin() as db:
        for table, names in LOOKUPS.items():
            db.execute(tables[table].insert(), [{"name": name} for name in names.split()])
        db.execute(sa.text("create table alembic_version (version_num varchar(32) not null primary key)"))
        head = script.ScriptDirectory.from_config(alembic(url)).get_current_head()
        db.execute(sa.text("insert into alembic_version values ('%s')" % head))


def uid(kind, number):
    return "%08d-0000-4000-8000-%012d" % (kind, number)


def rows(engine):
    at = datetime.datetime(2026, 3, 29, 2, 30, 15)  # an hour that many a local time hasn't
    common = {"project_id": uid(9, 1), "enabled": True, "created_at": at, "updated_at": at,
              "provisioning_status": "ACTIVE", "operating_status": "ONLINE"}
    table = base_models.BASE.metadata.tables
    with engine.begin() as db:
        def put(name, *values):
            for value in values:
                db.execute(table[name].insert(), value)
        put("flavor_profile", {"id": uid(8, 1), "name": "fp", "provider_name": "amphora", "flavor_data": "{}"})
        put("flavor", {"id": uid(8, 2), "name": "small", "enabled": True, "flavor_profile_id": uid(8, 1)})
        put("availability_zone_profile",
            {"id": uid(8, 3), "name": "ap", "provider_name": "amphora", "availability_zone_data": "{}"})
        put("availability_zone", {"name": "rack-1", "enabled": True, "availability_zone_profile_id": uid(8, 3)})
        put("load_balancer",
            dict(common, id=uid(1, 1), name="web", description="the shop", topology="ACTIVE_STANDBY",
                 provider="amphora", flavor_id=uid(8, 2), availability_zone="rack-1", server_group_id=uid(7, 1)),
            dict(common, id=uid(1, 2), name=None, description=None, topology="SINGLE", provider="octavia",
                 updated_at=None))
        put("vip",
            {"load_balancer_id": uid(1, 1), "ip_address": "203.0.113.10", "port_id": uid(6, 1),
             "subnet_id": uid(5, 1), "network_id": uid(4, 1), "octavia_owned": True},
            {"load_balancer_id": uid(1, 2), "ip_address": "2001:db8::10", "port_id": uid(6, 2),
             "subnet_id": uid(5, 2), "network_id": uid(4, 1), "octavia_owned": None})
        put("additional_vip",
            {"load_balancer_id": uid(1, 1), "ip_address": "2001:db8::11", "port_id": uid(6, 3),
             "subnet_id": uid(5, 2), "network_id": uid(4, 1)})
        for number, (balancer, role, priority) in enumerate(
                [(uid(1, 1), "MASTER", 100), (uid(1, 1), "BACKUP", 90), (uid(1, 2), "STANDALONE", None)], 1):
            put("amphora",
                {"id": uid(2, number), "load_balancer_id": balancer, "compute_id": uid(7, number),
                 "lb_network_ip": "192.0.2.%d" % number, "vrrp_ip": "198.51.100.%d" % number,
                 "ha_ip": "203.0.113.10", "vrrp_port_id": uid(6, 10 + number), "ha_port_id": uid(6, 1),
                 "cert_expiration": at, "cert_busy": False, "role": role, "status": "ALLOCATED",
                 "vrrp_interface": "eth1", "vrrp_id": 1, "vrrp_priority": priority, "cached_zone": "rack-1",
                 "image_id": uid(7, 9), "compute_flavor": "m1.amphora", "created_at": at, "updated_at": at})
            put("amphora_health", {"amphora_id": uid(2, number), "last_update": at, "busy": number == 2})
        put("pool",
            dict(common, id=uid(3, 1), name="servers", description="", protocol="HTTP",
                 lb_algorithm="ROUND_ROBIN", load_balancer_id=uid(1, 1), tls_enabled=False,
                 tls_versions=["TLSv1.2", "TLSv1.3"]))
        put("session_persistence", {"pool_id": uid(3, 1), "type": "APP_COOKIE", "cookie_name": "SID"})
        put("health_monitor",
            dict(common, id=uid(3, 2), name="", pool_id=uid(3, 1), type="HTTP", delay=5, timeout=3,
                 fall_threshold=3, rise_threshold=2, http_method="GET", url_path="/", expected_codes="200",
                 http_version=1.1))
        for number in (1, 2):
            put("member",
                dict(common, id=uid(3, 10 + number), name="m%d" % number, pool_id=uid(3, 1),
                     ip_address="10.0.0.%d" % number, protocol_port=8080, weight=number, backup=False,
                     subnet_id=uid(5, 3)))
        put("listener",
            dict(common, id=uid(3, 20), name="http", description="", protocol="HTTP", protocol_port=80,
                 connection_limit=-1, load_balancer_id=uid(1, 1), default_pool_id=uid(3, 1), peer_port=1025,
                 insert_headers={"X-Forwarded-For": "true", "X-Forwarded-Port": "true"},
                 timeout_client_data=50000, client_authentication="NONE"))
        put("listener_cidr", {"listener_id": uid(3, 20), "cidr": "10.0.0.0/8"})
        put("sni", {"listener_id": uid(3, 20), "tls_container_id": "sni-1", "position": 1})
        put("listener_statistics",
            {"listener_id": uid(3, 20), "amphora_id": uid(2, 1), "bytes_in": 1 << 40, "bytes_out": 2,
             "active_connections": 3, "total_connections": 4, "request_errors": 5})
        put("tags", {"resource_id": uid(1, 1), "tag": "blue"}, {"resource_id": uid(1, 1), "tag": "prod"})
        put("quotas", {"project_id": uid(9, 1), "load_balancer": 10, "in_use_load_balancer": 2})
        put("vrrp_group",
            {"load_balancer_id": uid(1, 1), "vrrp_group_name": "g", "vrrp_auth_type": "PASS",
             "vrrp_auth_pass": "secret", "advert_int": 1})


def main():
    url, way = sys.argv[1:3]
    engine = sa.create_engine(url)
    if way == "migrations":
        command.upgrade(alembic(url), "head")
    else:
        by_models(url, engine)
    rows(engine)
    assert models.Amphora.__tablename__ == "amphora"


main()
