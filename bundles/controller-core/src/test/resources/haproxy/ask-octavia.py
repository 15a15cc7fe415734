# SPDX-License-Identifier: Apache-2.0
# Renders load balancers with Octavia's own code (Debian's python3-octavia): one load balancer as JSON on each line of standard
# input, one configuration as a JSON string on each line of standard output. Everything that is not given is as Octavia has it
# when it is not used.
import json
import sys
from types import SimpleNamespace

from octavia.common import config  # registers the options, with their defaults
from octavia.common.jinja.haproxy.combined_listeners import jinja_cfg

HAPROXY = ["2", "6"]


def member(given):
    return SimpleNamespace(operating_status="ONLINE", **given)


def monitor(given):
    return given and SimpleNamespace(**given)


def pool(given):
    fields = dict(given)
    fields["members"] = [member(one) for one in given["members"]]
    fields["health_monitor"] = monitor(given["health_monitor"])
    persistence = given["session_persistence"]
    fields["session_persistence"] = persistence and SimpleNamespace(**persistence)
    return SimpleNamespace(operating_status="ONLINE", tls_enabled=False, tls_certificate_id=None, tls_ciphers=None,
                           tls_versions=None, alpn_protocols=None, ca_tls_certificate_id=None,
                           crl_container_id=None, **fields)


def listener(given, pools, load_balancer):
    fields = dict(given)
    default = pools.get(fields.pop("default_pool_id"))
    return SimpleNamespace(default_pool=default, pools=[default] if default else [], l7policies=[],
                           tls_certificate_id=None, client_ca_tls_certificate_id=None, client_crl_container_id=None,
                           client_authentication="NONE", tls_ciphers=None, tls_versions=None, alpn_protocols=None,
                           peer_port=1025, load_balancer=load_balancer, **fields)


def render(given):
    pools = {one["id"]: pool(one) for one in given["pools"]}
    amphora = SimpleNamespace(id="a", lb_network_ip=None, vrrp_ip=None, ha_ip=None, vrrp_port_id=None, ha_port_id=None,
                              role="STANDALONE", status="ALLOCATED", vrrp_interface=None, vrrp_priority=None)
    load_balancer = SimpleNamespace(id=given["id"], project_id=given["project_id"], enabled=given["enabled"],
                                    topology="SINGLE", vip=SimpleNamespace(ip_address=given["vip"]), amphorae=[amphora],
                                    additional_vips=[SimpleNamespace(ip_address=a) for a in given["additional_vips"]])
    listeners = [listener(one, pools, load_balancer) for one in given["listeners"]]
    templater = jinja_cfg.JinjaTemplater(base_amp_path="/var/lib/octavia", base_crt_dir="/var/lib/octavia/certs")
    return templater.build_config(amphora, listeners, {}, HAPROXY)


for line in sys.stdin:
    print(json.dumps(render(json.loads(line))))
