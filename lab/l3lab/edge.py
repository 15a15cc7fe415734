# SPDX-License-Identifier: Apache-2.0
"""The lab's controller once more, with amphorae that only balance, and distributors of their own that announce them: each next hop by
two, so that one may die."""

import os
import signal
import threading
import time

import fabric
import steps
import traffic
from cloud import GRACE_SECONDS, MGMT, PUBLIC_NET, PUBLIC_SUBNET, TIMEOUT_SECONDS
from shell import LabError, wait_for

NAME, VIP, REDUNDANCY, BALANCERS = "edge", "203.0.113.20", 2, 2
SPEAKERS = REDUNDANCY * BALANCERS  # BGP takes one next hop for a prefix from one speaker (RFC 4271, 3.1)
BOOT, CONNECTIONS = 150, 2000


def of(lab, key, value):
    """Amphorae in service, by id, that have such a field."""
    rows = lab.controller.call("GET", f"/v2/octavia/amphorae?{key}={value}")["amphorae"]
    return {row["id"]: row for row in rows if row["status"] == "ALLOCATED"}


def speakers(lab):
    return of(lab, "distributor_id", lab.edge)


def paths_at_router(lab, count, timeout=BOOT):
    """Until the router knows so many paths for the VIP, and leads to the front ends of those that balance."""
    def same():
        fronts = sorted(row["vrrp_ip"] for row in of(lab, "loadbalancer_id", lab.id).values())
        return len(fronts) == BALANCERS and fabric.next_hops(VIP) == fronts and lab.router.paths(VIP) == count
    try:
        return wait_for("paths", same, timeout, pause=0.05)[1]
    except LabError as e:
        raise LabError(f"the router should have {count} paths to {BALANCERS} next hops; it has {lab.router.paths(VIP)}, {fabric.next_hops(VIP)}") from e


def distributor(lab):
    """making a distributor of several speakers, as an operator would"""
    call, began = lab.controller.call, time.monotonic()
    peer = call("POST", "/v2/octavia/bgp/peers", {"peer": {
        "name": "tor-edge", "peer_ip": fabric.address("mgmt", 1), "remote_as": fabric.ROUTER_AS, "auth_type": "md5", "ttl_hops": 1}})["peer"]
    speaker = call("POST", "/v2/octavia/bgp/speakers", {"speaker": {
        "name": "edge", "ip_version": 4, "local_as": fabric.MEMBER_AS, "allowed_vip_prefixes": [PUBLIC_NET]}})["speaker"]
    call("PUT", f"/v2/octavia/bgp/speakers/{speaker['id']}/peers/{peer['id']}")
    lab.edge = call("POST", "/v2/octavia/distributors", {"distributor": {
        "name": NAME, "topology": "DEDICATED", "redundancy": REDUNDANCY}})["distributor"]["id"]
    wait_for("the distributor is there", lambda: call("GET", f"/v2/octavia/distributors/{lab.edge}")["distributor"]["status"] == "ACTIVE", steps.PATIENCE)
    for _ in range(SPEAKERS):
        call("POST", f"/v2/octavia/distributors/{lab.edge}/amphorae", {"amphora": {"speaker_ids": [speaker["id"]]}})
    wait_for("its speakers are in service", lambda: len(speakers(lab)) == SPEAKERS, BOOT, pause=0.2)
    wait_for("their sessions", lambda: len(lab.router.established()) == SPEAKERS, steps.PATIENCE)
    took = time.monotonic() - began
    lab.report.step("A distributor of its own by REST", f"{SPEAKERS} amphorae that announce, sessions up", True,
                    f"{SPEAKERS} speakers booted and Established after {took:.1f} s", speakers=SPEAKERS, took_s=round(took, 1))


def announced(lab):
    """making a load balancer that the distributor announces"""
    call, began = lab.controller.call, time.monotonic()
    made = call("POST", "/v2/lbaas/loadbalancers", {"loadbalancer": {
        "name": NAME, "vip_subnet_id": PUBLIC_SUBNET, "vip_address": VIP, "amphora_count": BALANCERS, "flavor_id": lab.edge}})["loadbalancer"]
    lab.id = made["id"]
    lab.controller.await_active(NAME, BOOT)
    listener = call("POST", "/v2/lbaas/listeners", {"listener": {"loadbalancer_id": lab.id, "protocol": "HTTP", "protocol_port": 80,
                                                              "connection_limit": CONNECTIONS}})["listener"]
    lab.controller.await_active(NAME)
    pool = call("POST", "/v2/lbaas/pools", {"pool": {"listener_id": listener["id"], "protocol": "HTTP", "lb_algorithm": "ROUND_ROBIN"}})["pool"]
    lab.controller.await_active(NAME)
    for i in range(1, lab.backends + 1):
        call("POST", f"/v2/lbaas/pools/{pool['id']}/members", {"member": {"address": fabric.address("back", 10 + i), "protocol_port": 80}})
        lab.controller.await_active(NAME)
    paths_at_router(lab, REDUNDANCY * BALANCERS)
    took = time.monotonic() - began
    rows = traffic.burst(VIP, 500)
    shares, lost = traffic.shares(rows), sum(not row["ok"] for row in rows)
    lab.report.step("A load balancer that it announces", f"each of {BALANCERS} next hops told by {REDUNDANCY}, all answer", lost == 0 and len(shares) == BALANCERS,
                    f"{lab.router.paths(VIP)} paths, {len(fabric.next_hops(VIP))} next hops after {took:.1f} s (with the boots); of 500 requests "
                    + ", ".join(f"{by} {n}" for by, n in shares.items()) + f", {lost} lost", paths=lab.router.paths(VIP), shares=shares, lost=lost)


def speaker_killed(lab):
    """killing a distributor's amphora, all of its processes, under traffic"""
    victim = sorted(speakers(lab))[0]
    with traffic.Stream(VIP, rate=100) as stream:
        with traffic.FibWatch(VIP) as fib:
            began = time.monotonic()
            os.kill(lab.controller.machine_process(victim), signal.SIGKILL)
            wait_for("its paths are gone", lambda: lab.router.paths(VIP) == REDUNDANCY * BALANCERS - 1, steps.PATIENCE, pause=0.05)
            gone = time.monotonic()
            threading.Event().wait(2)  # whatever the router makes of it
        wait_for("a successor", lambda: len(set(speakers(lab)) - {victim}) == SPEAKERS, TIMEOUT_SECONDS + BOOT, pause=0.2)
        paths_at_router(lab, REDUNDANCY * BALANCERS)
        replaced = time.monotonic()
    lost = sum(not row["ok"] for row in stream.rows)
    changes = fib.history[1:]
    lab.report.step("kill -9 of a whole distributor", "the other one announces on: no route changes, nothing lost", lost == 0 and not changes,
                    f"its paths left the router after {(gone - began) * 1000:.0f} ms, next hops changed {len(changes)} times, {lost} of {len(stream.rows)} "
                    f"requests lost; its successor announces after {replaced - began:.1f} s",
                    paths_gone_ms=round((gone - began) * 1000), changes=len(changes), lost=lost, requests=len(stream.rows), replaced_s=round(replaced - began, 1))


def shrunk(lab):
    """taking out an amphora that the distributor announces, and that nobody has a connection of"""
    began = time.monotonic()
    lab.controller.call("PUT", f"/v2/lbaas/loadbalancers/{lab.id}", {"loadbalancer": {"amphora_count": BALANCERS - 1}})
    wait_for("its route is gone", lambda: len(fabric.next_hops(VIP)) == BALANCERS - 1, steps.PATIENCE, pause=0.01)
    gone = time.monotonic()
    _, active = lab.controller.await_active(NAME, BOOT)
    left = of(lab, "loadbalancer_id", lab.id)
    lab.report.step("Scale in by one, without connections", f"gone before the {GRACE_SECONDS} s of grace are over",
                    len(left) == BALANCERS - 1 and active - began < GRACE_SECONDS,
                    f"route gone after {(gone - began) * 1000:.0f} ms, the amphora after {active - began:.1f} s: it said that no client has a connection",
                    route_gone_ms=round((gone - began) * 1000), gone_s=round(active - began, 1))


def taken_down(lab):
    """deleting the load balancer, and the distributor after it"""
    call = lab.controller.call
    call("DELETE", f"/v2/lbaas/loadbalancers/{lab.id}?cascade=true")
    wait_for("the load balancer is gone", lambda: lab.controller.load_balancer(NAME) is None, BOOT)
    began = time.monotonic()
    wait_for("the router has no route to it", lambda: not fabric.next_hops(VIP), steps.PATIENCE, pause=0.01)
    gone = time.monotonic() - began  # the withdrawals were written before; the router still had to take its routes out
    for amphora in speakers(lab):
        call("DELETE", f"/v2/octavia/amphorae/{amphora}")
    wait_for("its machines are gone", lambda: not lab.controller.running(), steps.PATIENCE)
    call("DELETE", f"/v2/octavia/distributors/{lab.edge}")
    wait_for("the distributor is gone", lambda: all(row["id"] != lab.edge for row in call("GET", "/v2/octavia/distributors")["distributors"]), steps.PATIENCE)
    ports = [port for port in call("GET", "/v2/ports")["ports"] if port["network_id"] == MGMT]
    machines = len(lab.controller.running())
    lab.report.step("Both deleted", "no route after 1 s, no machine, no port", gone < 1 and not machines and not ports,
                    f"routes gone {gone * 1000:.0f} ms after the load balancer, {machines} machines, {len(ports)} ports",
                    routes_gone_ms=round(gone * 1000), machines=machines, ports=len(ports))
