# SPDX-License-Identifier: Apache-2.0
"""What the Octavia controller does to an amphora, through the amphora API alone: the bodies are those of its own client."""

import fabric

FRONT, BACK = "front", "back"

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

"""
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
    timeout check 2s
    option httpchk GET / HTTP/1.0\\r\\n
    http-check expect rstatus 200
    fullconn 2000
    option allbackups
    timeout connect 5000
    timeout server 50000
{servers}"""
SERVER = "    server {member} {address}:80 weight 1 check inter 2s fall 3 rise 2\n"

LOAD_BALANCER = "11111111-1111-4111-8111-000000000001"
LISTENER_ID = "22222222-2222-4222-8222-000000000001"
POOL = "33333333-3333-4333-8333-000000000001"


def prefixes(net):
    v4, v6 = fabric.NETS[net]
    return f"{v4}.0/24", f"{v6}::/64"


def member(number):
    return f"44444444-4444-4444-8444-{number:012d}"


def configuration(amphora, backends, listeners=True):
    """As rendered for this amphora; without listeners when they, or the load balancer, are administratively down."""
    text = GLOBAL.format(lb=LOAD_BALANCER, base=amphora.base)
    if listeners:
        servers = "".join(SERVER.format(member=member(i), address=fabric.address("back", 10 + i)) for i in range(1, backends + 1))
        text += LISTENER.format(listener=LISTENER_ID, pool=POOL, vip4=fabric.VIP4, vip6=fabric.VIP6, host=amphora.host, servers=servers)
    return text


def plug_vip(amphora, number):
    front4, front6 = prefixes(FRONT)
    return amphora.rest("POST", f"/1.0/plug/vip/{fabric.VIP4}", {
        "subnet_cidr": "203.0.113.0/24", "gateway": None, "mac_address": fabric.mac(amphora.host, "eth1"), "mtu": 1500,
        "vrrp_ip": fabric.address(FRONT, 10 + number), "host_routes": [],
        "frontend_subnet_cidr": front4, "frontend_gateway": fabric.address(FRONT, 1),
        "additional_vips": [{"ip_address": fabric.VIP6, "subnet_cidr": "2001:db8:100::/64", "gateway": fabric.address(FRONT, 1, 6), "host_routes": [],
                             "frontend_ip": fabric.address(FRONT, 10 + number, 6), "frontend_subnet_cidr": front6}]})


def plug_network(amphora, number):
    back4, back6 = prefixes(BACK)
    return amphora.rest("POST", "/1.0/plug/network", {
        "mac_address": fabric.mac(amphora.host, "eth2"), "mtu": 1500, "fixed_ips": [
            {"ip_address": fabric.address(BACK, 100 + number), "subnet_cidr": back4, "gateway": None, "host_routes": []},
            {"ip_address": fabric.address(BACK, 100 + number, 6), "subnet_cidr": back6, "gateway": None, "host_routes": []}]})


def upload(amphora, text):
    return amphora.rest("PUT", f"/1.0/loadbalancer/{amphora.id}/{LOAD_BALANCER}/haproxy", text)


def act(amphora, what):
    return amphora.rest("PUT", f"/1.0/loadbalancer/{LOAD_BALANCER}/{what}", "")


# Calls whose time is measured
DELETE = ("DELETE", f"/1.0/listeners/{LOAD_BALANCER}")
RELOAD = ("PUT", f"/1.0/loadbalancer/{LOAD_BALANCER}/reload")
