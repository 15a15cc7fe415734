# SPDX-License-Identifier: Apache-2.0
"""Nova attaches ports, the worker has them plugged."""

import threading
import time

import controller
import fabric
import world
from checks import Chapter, expect, refused
from octavia.amphorae.driver_exceptions import exceptions as driver_exceptions
from octavia.amphorae.drivers.haproxy import exceptions
from shell import run_in

chapter = Chapter("plug")


def in_the_meantime(seconds, call):
    timer = threading.Timer(seconds, call)
    timer.start()
    return timer


@chapter.check("a VIP's port that isn't attached is tried again until the worker gives up, and leaves nothing behind")
def no_port(life):
    controller.patience(2)
    try:
        refused(driver_exceptions.TimeOutException,
                lambda: life.driver.post_vip_plug(life.amphora, life.lb, life.interface_config()))
    finally:
        controller.patience(60)
    expect(life.world.own_vip(world.VIP4) is None, f"kept {life.world.own_vip(world.VIP4)}")
    expect(f"{world.VIP4}/32" not in life.world.addresses("lo"), f"lo has {life.world.addresses('lo')}")
    return "TimeOutException after 2 tries"


@chapter.check("a port that is attached while the worker tries again is plugged")
def late_port(life):
    began = time.monotonic()
    timer = in_the_meantime(1.5, lambda: world.attach("front"))
    life.driver.post_vip_plug(life.amphora, life.lb, life.interface_config())
    timer.join()
    lo, eth1 = life.world.addresses("lo"), life.world.addresses("eth1")
    expect({f"{world.VIP4}/32", f"{world.VIP6}/128"} <= set(lo), f"lo has {lo}")
    expect(f"{world.frontend()}/24" in eth1 and not any(vip in a for a in eth1 for vip in (world.VIP4 + "/", world.VIP6 + "/")),
           f"eth1 has {eth1}")
    return f"after {time.monotonic() - began:.1f} s; lo {' '.join(lo)}; eth1 {' '.join(eth1)}"


@chapter.check("the same plug again is the Conflict that the driver goes on from")
def plug_again(life):
    life.driver.post_vip_plug(life.amphora, life.lb, life.interface_config())
    config = life.interface_config()[life.amphora.id]
    body = life.driver._build_net_info(config.vrrp_port.to_dict(recurse=True), life.amphora.to_dict(),
                                       config.vip_subnet.to_dict(recurse=True), 1450)
    body["additional_vips"] = [{"subnet_cidr": config.additional_vip_data[0].subnet.cidr, "ip_address": world.VIP6,
                                "gateway": config.additional_vip_data[0].subnet.gateway_ip, "host_routes": []}]
    refused(exceptions.Conflict, lambda: life.client.plug_vip(life.amphora, world.VIP4, body))
    return "409, the driver goes on"


@chapter.check("bad plugs are InvalidRequest")
def bad_plugs(life):
    good = {"subnet_cidr": "203.0.113.0/24", "gateway": "203.0.113.1", "mac_address": world.MACS["front"],
            "vrrp_ip": world.frontend(), "mtu": 1450, "host_routes": [], "additional_vips": []}
    for vip, differs in (("not-an-address", {}), (world.VIP4, {"vrrp_ip": "500.0.0.1"}), (world.VIP4, {"subnet_cidr": "moon"}),
                         ("203.0.113.99", {"mac_address": None})):
        refused(exceptions.InvalidRequest, lambda: life.client.plug_vip(life.amphora, vip, {**good, **differs}))
    refused(exceptions.InvalidRequest, lambda: life.client.plug_network(
        life.amphora, {"mac_address": world.MACS["back"], "mtu": 1450,
                       "fixed_ips": [{"ip_address": "10.30.0.500", "subnet_cidr": "10.30.0.0/24", "host_routes": [], "gateway": None}]}))
    return "5 refused"


@chapter.check("a back-end network is plugged with its host routes; again it is an update")
def back_end(life):
    world.attach("back")
    port = controller.port("back", 100, [("10.99.0.0/24", fabric.address("back", 1))])
    life.driver.post_network_plug(life.amphora, port, life.interface_config()[life.amphora.id])
    life.driver.post_network_plug(life.amphora, port, life.interface_config()[life.amphora.id])
    expect("10.30.0.100/24" in life.world.addresses("eth2"), f"eth2 has {life.world.addresses('eth2')}")
    route = life.world.inside("ip", "route", "show", "10.99.0.0/24")
    expect("via 10.30.0.1" in route and "eth2" in route, f"route: {route}")
    mtu = life.world.inside("cat", "/sys/class/net/eth2/mtu", check=False) or life.world.inside("ip", "link", "show", "eth2")
    expect("1450" in mtu, f"MTU {mtu}")
    return f"eth2 {' '.join(life.world.addresses('eth2'))}, {route.strip()}"


@chapter.check("a member network's port that comes 1 s late is plugged by the worker's second try")
def late_back_end(life):
    timer = in_the_meantime(0.8, lambda: world.attach("far"))
    life.driver.post_network_plug(life.amphora, controller.port("far", 100), life.interface_config()[life.amphora.id])
    timer.join()
    expect("10.40.0.100/24" in life.world.addresses("eth3"), f"eth3 has {life.world.addresses('eth3')}")
    return f"eth3 {' '.join(life.world.addresses('eth3'))}"


@chapter.check("interfaces are told by their addresses")
def interfaces(life):
    found = {a: life.driver.get_interface_from_ip(life.amphora, a)
             for a in (world.frontend(), "10.30.0.100", "10.40.0.100", "192.0.2.77")}
    expect(list(found.values()) == ["eth1", "eth2", "eth3", None], f"{found}")
    refused(exceptions.InvalidRequest, lambda: life.client.get_interface(life.amphora, "nonsense"))
    return ", ".join(f"{a} {name}" for a, name in found.items())


@chapter.check("the VIP is on no wire: nobody answers ARP for it")
def no_arp(life):
    learnt = {}
    for address in (world.frontend(), world.VIP4):
        run_in(fabric.ROUTER, "curl", "--silent", "--max-time", "1", f"http://{address}/", check=False)
        learnt[address] = "lladdr" in run_in(fabric.ROUTER, "ip", "neigh", "show", address)
    expect(learnt == {world.frontend(): True, world.VIP4: False}, f"the router has learnt {learnt}")
    return f"{world.frontend()} answers the router, {world.VIP4} does not"


@chapter.check("a VIP that nothing serves isn't announced, and the reason is told")
def not_served(life):
    own = life.world.own_vip(world.VIP4)
    expect(own and own["served"] is False and own["nexthop_ip"] == world.frontend(), f"own VIP {own}")
    expect(not life.world.is_announced(world.VIP4), f"the router forwards it to {fabric.next_hops(world.VIP4)}")
    return own["reason"]
