# SPDX-License-Identifier: Apache-2.0
"""What the Octavia controller does to an amphora, through the amphora API alone: the bodies are those of its own client."""

import base64
import collections
import hashlib
import re

import fabric

FRONT, BACK = "front", "back"
PEER_PORT = 1025  # where the HAProxies of a pair tell each other which client is at which member

# The words of Octavia's template for a listener with one pool; the last line of the frontend is the lab's, to see who served.
GLOBAL = """# Configuration for loadbalancer {lb}
global
    daemon
    user nobody
    log /run/rsyslog/octavia/log local0
    log /run/rsyslog/octavia/log local1 notice
    stats socket {base}/{lb}.sock mode 0666 level user
    server-state-file {base}/{lb}/servers-state
    maxconn 2000

defaults
    log global
    retries 3
    option redispatch
    option splice-request
    option splice-response
    option http-keep-alive

{peers}"""
LISTENER = """frontend {listener}
    maxconn 2000
    bind {vip4}:80
    bind {vip6}:80
    mode http
    default_backend {pool}:{listener}
    timeout client 50000
    http-response set-header X-Served-By {host}

backend {pool}:{listener}
    mode http
    http-reuse safe
    balance roundrobin
{persistence}    timeout check 2s
    option httpchk GET / HTTP/1.0\\r\\n
    http-check expect rstatus 200
    fullconn 2000
    option allbackups
    timeout connect 5000
    timeout server 50000
{servers}"""
SERVER = "    server {member} {address}:80 weight 1 check inter 2s fall 3 rise 2\n"

# The topology ACTIVE_STANDBY: keepalived's file, and a session persistence that the pair shares.
KEEPALIVED = """vrrp_instance {group} {{
    state {role}
    interface eth1
    virtual_router_id 1
    priority {priority}
    nopreempt
    accept
    advert_int 1
    authentication {{
        auth_type PASS
        auth_pass c8f9cf0
    }}

    unicast_src_ip {own}
    unicast_peer {{
        {other}
    }}

    virtual_ipaddress {{
        {vip4}
    }}

    virtual_ipaddress_excluded {{
        {vip6}
    }}
}}
"""
PERSISTENCE = """    stick-table type ipv6 size 10k peers {group}_peers
    stick on src
"""

LoadBalancer = collections.namedtuple("LoadBalancer", "id listener pool vip4 vip6")
MAIN, PAIR = (LoadBalancer(f"11111111-1111-4111-8111-{n:012d}", f"22222222-2222-4222-8222-{n:012d}", f"33333333-3333-4333-8333-{n:012d}", v4, v6)
              for n, v4, v6 in ((1, fabric.VIP4, fabric.VIP6), (2, fabric.PAIR_VIP4, fabric.PAIR_VIP6)))


def prefixes(net):
    v4, v6 = fabric.NETS[net]
    return f"{v4}.0/24", f"{v6}::/64"


def member(number):
    return f"44444444-4444-4444-8444-{number:012d}"


def group(lb):
    return lb.id.replace("-", "")


def peer(amphora):
    """HAProxy's name among its peers, which the amphora gives it as well; HAProxy takes no + nor / in it, nor a - before it."""
    name = base64.b64encode(hashlib.sha1(amphora.id.encode()).digest(), b"_-").decode().rstrip("=")
    return re.sub("^-", "x", name)


def peers(lb, pair):
    lines = "".join(f"    peer {peer(amphora)} {fabric.address(FRONT, 10 + number)}:{PEER_PORT}\n" for number, amphora in pair.items())
    return f"peers {group(lb)}_peers\n{lines}\n"


def configuration(amphora, backends, listeners=True, lb=MAIN, pair=None):
    """As rendered for this amphora; without listeners when they, or the load balancer, are administratively down; with
    the two amphorae of a pair (number: amphora) when its topology is ACTIVE_STANDBY."""
    text = GLOBAL.format(lb=lb.id, base=amphora.base, peers=peers(lb, pair) if pair else "")
    if listeners:
        servers = "".join(SERVER.format(member=member(i), address=fabric.address("back", 10 + i)) for i in range(1, backends + 1))
        text += LISTENER.format(listener=lb.listener, pool=lb.pool, vip4=lb.vip4, vip6=lb.vip6, host=amphora.host, servers=servers,
                                persistence=PERSISTENCE.format(group=group(lb)) if pair else "")
    return text


def keepalived(number, pair, lb=PAIR):
    """As rendered for one of a pair: the first is the master."""
    (other,) = (fabric.address(FRONT, 10 + n) for n in pair if n != number)
    role, priority = ("MASTER", 100) if number == min(pair) else ("BACKUP", 90)
    return KEEPALIVED.format(group=group(lb), role=role, priority=priority, own=fabric.address(FRONT, 10 + number), other=other,
                             vip4=lb.vip4, vip6=lb.vip6)


def plug_vip(amphora, number, lb=MAIN):
    front4, front6 = prefixes(FRONT)
    return amphora.rest("POST", f"/1.0/plug/vip/{lb.vip4}", {
        "subnet_cidr": "203.0.113.0/24", "gateway": None, "mac_address": fabric.mac(amphora.host, "eth1"), "mtu": 1500,
        "vrrp_ip": fabric.address(FRONT, 10 + number), "host_routes": [],
        "frontend_subnet_cidr": front4, "frontend_gateway": fabric.address(FRONT, 1),
        "additional_vips": [{"ip_address": lb.vip6, "subnet_cidr": "2001:db8:100::/64", "gateway": fabric.address(FRONT, 1, 6), "host_routes": [],
                             "frontend_ip": fabric.address(FRONT, 10 + number, 6), "frontend_subnet_cidr": front6}]})


def plug_network(amphora, number):
    back4, back6 = prefixes(BACK)
    return amphora.rest("POST", "/1.0/plug/network", {
        "mac_address": fabric.mac(amphora.host, "eth2"), "mtu": 1500, "fixed_ips": [
            {"ip_address": fabric.address(BACK, 100 + number), "subnet_cidr": back4, "gateway": None, "host_routes": []},
            {"ip_address": fabric.address(BACK, 100 + number, 6), "subnet_cidr": back6, "gateway": None, "host_routes": []}]})


def upload(amphora, text, lb=MAIN):
    return amphora.rest("PUT", f"/1.0/loadbalancer/{amphora.id}/{lb.id}/haproxy", text)


def act(amphora, what, lb=MAIN):
    return amphora.rest("PUT", f"/1.0/loadbalancer/{lb.id}/{what}", "")


def delete(amphora, lb=MAIN):
    return amphora.rest("DELETE", f"/1.0/listeners/{lb.id}")


# Calls whose time is measured
DELETE = ("DELETE", f"/1.0/listeners/{MAIN.id}")
RELOAD = ("PUT", f"/1.0/loadbalancer/{MAIN.id}/reload")
