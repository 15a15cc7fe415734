# SPDX-License-Identifier: Apache-2.0
"""The wires: hosts are network namespaces, networks are bridges in the router's namespace."""

import json
import os
import re

from shell import run, run_in

VIP4, VIP6 = "203.0.113.10", "2001:db8:100::10"
PAIR_VIP4, PAIR_VIP6 = "203.0.113.30", "2001:db8:100::30"  # of a second load balancer, on two of the amphorae
SPARE_VIP = "203.0.113.20"  # announced by several distributors; served by nobody
ROUTER, CLIENT, CONTROL = "router", "client", "control"
NAMES = ("router", "client", "control", "be", "dist", "lb")
HEALTH_PORT = 5555  # heartbeats, at the control host
ROUTER_AS, MEMBER_AS = 65000, 64512
NETS = {  # bridge: (IPv4 prefix, IPv6 prefix); the router is host 1 of each
    "mgmt": ("10.10.0", "2001:db8:a"),
    "front": ("10.20.0", "2001:db8:f"),
    "back": ("10.30.0", "2001:db8:b"),
    "world": ("198.51.100", "2001:db8:c"),
}


def address(net, number, family=4):
    v4, v6 = NETS[net]
    return f"{v4}.{number}" if family == 4 else f"{v6}::{number}"


def private_run():
    """An own /run for this lab's mount namespace: router sockets and namespace names of two labs never meet."""
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "-o", "mode=755", "lab-run", "/run")
    run("mount", "-t", "tmpfs", "lab-tmp", "/var/tmp")
    for directory in ("/run/netns", "/run/frr", "/run/bird"):
        os.makedirs(directory)


def sysctl(host, **values):
    for key, value in values.items():
        run_in(host, "sh", "-c", f"echo {value} > /proc/sys/{key.replace('__', '/')}")


def add_host(name):
    run("ip", "netns", "add", name)
    run("ip", "-n", name, "link", "set", "lo", "up")
    sysctl(name, net__ipv6__conf__all__accept_dad=0, net__ipv6__conf__default__accept_dad=0,
           net__ipv6__conf__all__accept_ra=0, net__ipv6__conf__default__accept_ra=0)


def mac(host, device):
    """Of a device as Nova plugs it: the controller knows it from Neutron's port, and has it found by that."""
    name, number = re.fullmatch(r"([a-z]+)(\d*)", host).groups()
    return f"fa:16:3e:{NAMES.index(name):02x}:{int(number or 0):02x}:{int(device[3:]):02x}"


def port(host, net):
    """The network's end of a host's wire, in the router's namespace."""
    return f"{host}-{net}"[:15]


def plug(host, device, net, number=None):
    """Wires a host to a network; with a number the device gets its addresses."""
    end = port(host, net)
    run("ip", "-n", ROUTER, "link", "add", end, "type", "veth", "peer", "name", device, "address", mac(host, device), "netns", host)
    run("ip", "-n", ROUTER, "link", "set", end, "master", net, "up")
    if number is not None:
        configure(host, device, net, number)


def unplug(host, net):
    """Takes the wire away, as Nova does when a port is detached: both of its ends are gone."""
    run("ip", "-n", ROUTER, "link", "del", port(host, net))


def configure(host, device, net, number, prefix_command=()):
    """Addresses a device; prefix_command enters a namespace that `ip netns` of this lab doesn't know by name."""
    base = [*prefix_command, "ip"] if prefix_command else ["ip", "-n", host]
    run(*base, "link", "set", "lo", "up")
    run(*base, "link", "set", device, "up")
    run(*base, "addr", "add", address(net, number) + "/24", "dev", device)
    run(*base, "-6", "addr", "add", address(net, number, 6) + "/64", "dev", device, "nodad")


def default_route(net, prefix_command):
    for family in (4, 6):
        run(*prefix_command, "ip", f"-{family}", "route", "replace", "default", "via", address(net, 1, family))


def build(members, backends, distributors=True):
    """With distributors of their own, or with load balancers that speak for themselves."""
    add_host(ROUTER)
    sysctl(ROUTER, net__ipv4__ip_forward=1, net__ipv6__conf__all__forwarding=1,
           net__ipv4__fib_multipath_hash_policy=1, net__ipv6__fib_multipath_hash_policy=1)
    for net in NETS:
        run("ip", "-n", ROUTER, "link", "add", net, "type", "bridge", "forward_delay", "0")
        configure(ROUTER, net, net, 1)
    add_host(CLIENT)
    plug(CLIENT, "eth0", "world", 2)
    default_route("world", ["ip", "netns", "exec", CLIENT])
    add_host(CONTROL)
    plug(CONTROL, "eth0", "mgmt", 2)
    for i in range(1, backends + 1):
        add_host(f"be{i}")
        plug(f"be{i}", "eth0", "back", 10 + i)
    for i in range(1, members + 1):
        if distributors:
            add_host(f"dist{i}")
            plug(f"dist{i}", "eth0", "mgmt", 20 + i)
        add_host(f"lb{i}")
        plug(f"lb{i}", "eth0", "mgmt", 100 + i)
        plug(f"lb{i}", "eth1", "front")
        plug(f"lb{i}", "eth2", "back")


def weighted_hops(vip):
    """The next hops of a VIP in the router's forwarding table, what packets really follow, as (address, weight)."""
    family = "-6" if ":" in vip else "-4"
    rows = json.loads(run("ip", "-n", ROUTER, "-j", family, "route", "show", vip) or "[]")
    hops = []
    for row in rows:
        hops += [(hop.get("gateway"), hop.get("weight", 1)) for hop in row.get("nexthops", [])] or [(row.get("gateway"), 1)]
    return sorted(hop for hop in hops if hop[0])


def next_hops(vip):
    return [address for address, _ in weighted_hops(vip)]
