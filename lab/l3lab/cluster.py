# SPDX-License-Identifier: Apache-2.0
"""The story of the lab with a controller: OpenStack's client asks for a load balancer, and the controller makes amphorae for it,
configures, replaces, scales and deletes them. Nobody else touches an amphora."""

import os
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import cloud
import edge
import fabric
import steps
import traffic
from appliance import connect_from
from cloud import Controller
from shell import LabError, Lines, run, run_in, wait_for

PICTURE = """
      client ------- router ------- amphora 1 .. {more}     made by the controller, each a host of its own; they announce
                       | ECMP          |             {v4} by BGP while they serve it
                       +---------------+
                       |            control          the controller; `openstack loadbalancer ...` asks it for all that
                    be1, be2                         happens here
"""
NAME, LONG_LIVED, HALVES, BOOT = "web", 200, 100, 150  # BOOT: seconds for machines of two busy cores
CONNECTIONS = 2000  # Octavia's default, 50,000, takes 125,000 file descriptors: more than this host may let a process have


def hosts(lab):
    """One more amphora than are needed: N + 1."""
    lab.wanted = lab.members + 1
    lab.controller = Controller(f"{lab.directory}/control", lab.wanted)
    lab.others.append(lab.controller)
    run("ip", "-n", fabric.ROUTER, "addr", "add", cloud.PUBLIC_GATEWAY + "/24", "dev", "front")
    for i in range(1, lab.backends + 1):  # they answer amphorae, which aren't on their network
        fabric.default_route("back", ["ip", "netns", "exec", f"be{i}"])


def wired(lab):
    """Nothing to do: machines get their wires from the compute driver."""


def looks(lab, enter):
    client = f"openstack --os-auth-type none --os-endpoint http://127.0.0.1:{cloud.PORT} loadbalancer"
    return [f"{enter} control {client} list",
            f"{enter} control {client} amphora list",
            f"{enter} control {client} status show {NAME}",
            f"{enter} control lab/console {lab.controller.data}                 (an interactive console; try `help`)",
            f"{enter} control tail -f {lab.controller.data}/log/appliance.log"]


# What is looked at

def hops():
    return fabric.next_hops(fabric.VIP4)


def amphorae(lab, status="ALLOCATED"):
    rows = lab.controller.amphorae(lab.id)
    return {key: row for key, row in rows.items() if row["status"] == status}


def fronts(lab):
    return sorted(row["frontend_ip"] for row in amphorae(lab).values())


def await_routes(lab, count, timeout=BOOT):
    """Until the router's next hops are exactly the front-end addresses of so many amphorae in service."""
    def same():
        at_router = hops()
        return len(at_router) == count and at_router == fronts(lab)
    try:
        return wait_for("routes", same, timeout, pause=0.05)[1]
    except LabError as e:
        raise LabError(f"the router should lead to {count} amphorae in service, {fronts(lab)}; it leads to {hops()}") from e


def seconds(value):
    return f"{value:.1f} s"


class Boots(threading.Thread):
    """When machines that the controller makes have booted: their appliances say so on their consoles."""

    def __init__(self, lab, count):
        super().__init__(daemon=True)
        self.controller, self.known, self.count = lab.controller, set(lab.controller.running()), count
        self.began, self.at = time.monotonic(), {}
        self.ending = threading.Event()
        self.start()

    def run(self):
        while not self.ending.wait(0.03) and len(self.at) < self.count:
            for amphora in self.controller.running():
                if amphora not in self.known and amphora not in self.at and self.controller.booted(amphora):
                    self.at[amphora] = time.monotonic()

    def last(self):
        self.ending.set()
        self.join(10)
        if len(self.at) < self.count:
            raise LabError(f"{len(self.at)} of {self.count} machines were seen to boot")
        return max(self.at.values())


# The steps

def operator(lab):
    """making networks and the BGP peer profile, as an operator would"""
    call = lab.controller.call
    call("POST", "/v2/networks", {"network": {"id": cloud.MGMT, "name": "management"}})
    call("POST", "/v2/networks", {"network": {"id": cloud.PUBLIC, "name": "public", "router:external": True}})
    call("POST", "/v2/subnets", {"subnet": {"id": cloud.MGMT_SUBNET, "name": "management", "network_id": cloud.MGMT,
                                            "cidr": fabric.NETS["mgmt"][0] + ".128/25"}})
    call("POST", "/v2/subnets", {"subnet": {"id": cloud.PUBLIC_SUBNET, "name": "public-subnet", "network_id": cloud.PUBLIC,
                                            "cidr": cloud.PUBLIC_NET, "gateway_ip": cloud.PUBLIC_GATEWAY}})
    peer = call("POST", "/v2/octavia/bgp/peers", {"peer": {
        "name": "tor", "peer_ip": fabric.address("mgmt", 1), "remote_as": fabric.ROUTER_AS, "auth_type": "md5", "ttl_hops": 1}})["peer"]
    speaker = call("POST", "/v2/octavia/bgp/speakers", {"speaker": {
        "name": "amphorae", "ip_version": 4, "local_as": fabric.MEMBER_AS, "allowed_vip_prefixes": [cloud.PUBLIC_NET]}})["speaker"]
    call("PUT", f"/v2/octavia/bgp/speakers/{speaker['id']}/peers/{peer['id']}")
    kept = call("GET", "/v2/octavia/bgp/speakers")["speakers"]
    subnets = call("GET", "/v2/subnets")["subnets"]
    lab.report.step("Networks and a BGP peer by REST", "kept by the controller", len(kept) == 1 and len(subnets) == 2,
                    f"{len(subnets)} subnets, speaker {kept[0]['name']} with AS {kept[0]['local_as']}", subnets=len(subnets), speakers=len(kept))


def creating(lab):
    """creating a load balancer with OpenStack's client; its amphorae boot"""
    boots = Boots(lab, lab.wanted)
    made = lab.controller.openstack("create", "--name", NAME, "--vip-subnet-id", "public-subnet", "--vip-address", fabric.VIP4,
                                    "--format", "json")
    asked = time.monotonic()
    lab.id = made["id"]
    _, active = lab.controller.await_active(NAME, BOOT)
    booted = boots.last()
    there = amphorae(lab)
    lab.report.step(f"openstack loadbalancer create {NAME}", f"ACTIVE, on {lab.wanted} amphorae that it made",
                    made["provisioning_status"] == "PENDING_CREATE" and len(there) == lab.wanted == len(lab.controller.running()),
                    f"{made['provisioning_status']}, then ACTIVE with {len(there)} amphorae: cold boot of all {seconds(booted - asked)}, "
                    f"ACTIVE {seconds(active - booted)} after the last had booted",
                    boot_s=round(booted - asked, 2), active_after_boot_s=round(active - booted, 2), amphorae=len(there))
    lab.after_boot = active - booted


def filling(lab):
    """creating listener, pool and members with OpenStack's client"""
    openstack, parts = lab.controller.openstack, {}

    def timed(what, *words):
        answer = openstack(*words, "--format", "json")
        answered = time.monotonic()
        parts[what] = lab.controller.await_active(NAME)[1] - answered
        return answer
    timed("listener", "listener", "create", "--name", "http", "--protocol", "HTTP", "--protocol-port", "80",
          "--connection-limit", str(CONNECTIONS), NAME)
    timed("pool", "pool", "create", "--name", "servers", "--listener", "http", "--protocol", "HTTP", "--lb-algorithm", "ROUND_ROBIN")
    for i in range(1, lab.backends + 1):
        timed(f"member {i}", "member", "create", "--address", fabric.address("back", 10 + i), "--protocol-port", "80", "servers")
    began = time.monotonic()
    wait_for("the first request is served", lambda: all(row["ok"] for row in traffic.burst(fabric.VIP4, 1)), steps.PATIENCE)
    first = time.monotonic() - began
    whole = lab.after_boot + sum(parts.values()) + first
    shown = lab.controller.openstack("show", NAME, "--format", "json")
    lab.report.step("Listener, pool, members with the client", "served (aim: 5 s without boots and client)", shown["provisioning_status"] == "ACTIVE",
                    f"{seconds(whole)}: after the boot {seconds(lab.after_boot)}, " + ", ".join(f"{k} {seconds(v)}" for k, v in parts.items())
                    + f", first answer {first * 1000:.0f} ms; the load balancer is {shown['provisioning_status']}, {shown['operating_status']}",
                    whole_s=round(whole, 2), parts_s={k: round(v, 2) for k, v in parts.items()}, first_ms=round(first * 1000),
                    operating=shown["operating_status"])


def balanced(lab):
    """looking at routes, and at who answers"""
    await_routes(lab, lab.wanted)
    established = len(lab.router.established())
    rows = traffic.burst(fabric.VIP4, 1000)
    shares, bad = traffic.shares(rows), sum(not row["ok"] for row in rows)
    shown, _ = wait_for("ONLINE", lambda: next((row for row in [lab.controller.load_balancer(NAME)] if row["operating_status"] == "ONLINE"), None),
                        steps.PATIENCE)
    lab.report.step("Routes at the router, traffic over all", f"{lab.wanted} next hops, ONLINE, all answer, none lost",
                    bad == 0 and sorted(shares) == hops() and established == lab.wanted,
                    f"{established} sessions, {len(hops())} next hops, {shown['operating_status']}; of 1,000 requests "
                    + ", ".join(f"{by} {n}" for by, n in shares.items()) + f", {bad} lost",
                    established=established, hops=hops(), shares=shares, lost=bad)


def killed(lab):
    """killing an amphora, all of its processes, under traffic"""
    before = amphorae(lab)
    victim = sorted(before)[0]
    hop = before[victim]["frontend_ip"]
    known = set(before)
    with traffic.Stream(fabric.VIP4, rate=100) as stream:
        with traffic.FibWatch(fabric.VIP4) as fib:  # it costs a core: no longer than that
            began = time.monotonic()
            os.kill(lab.controller.machine_process(victim), signal.SIGKILL)
            gone = fib.moment(hop, False, began)

        def condemned():
            row = lab.controller.amphorae(lab.id).get(victim)
            return row is None or row["status"] != "ALLOCATED"
        wait_for("the amphora is declared dead", condemned, cloud.TIMEOUT_SECONDS + 30)
        declared = time.monotonic()
        await_routes(lab, lab.wanted)
        replaced = time.monotonic()
        wait_for("the dead machine is gone", lambda: victim not in lab.controller.running(), steps.PATIENCE)
    fresh = set(amphorae(lab)) - known
    early = [row for row in stream.rows if began <= row["start"] <= gone]
    later = [row for row in stream.rows if row["start"] > gone]
    lost, lost_later = sum(not row["ok"] for row in stream.rows if row["start"] <= gone), sum(not row["ok"] for row in later)
    lab.report.step("kill -9 of a whole amphora", f"declared dead after {cloud.TIMEOUT_SECONDS} s, replaced, nobody asked",
                    len(fresh) == 1 and len(amphorae(lab)) == lab.wanted,
                    f"route gone after {(gone - began) * 1000:.0f} ms, {lost} requests lost ({len(early)} begun until then), of {len(later)} later ones "
                    f"{lost_later}; declared dead after {seconds(declared - began)}, its successor serves after {seconds(replaced - began)}",
                    route_gone_ms=round((gone - began) * 1000), lost=lost, requests=len(stream.rows), lost_later=lost_later,
                    declared_s=round(declared - began, 1), replaced_s=round(replaced - began, 1))


def scaled(lab, count):
    """Asks for another number of amphorae under long-lived connections; gives what became of these, and how long it took."""
    flows = LongLived(fabric.VIP4, LONG_LIVED)
    try:
        began = time.monotonic()
        lab.controller.call("PUT", f"/v2/lbaas/loadbalancers/{lab.id}", {"loadbalancer": {"amphora_count": count}})
        await_routes(lab, count)
        _, active = lab.controller.await_active(NAME, BOOT)
        wait_for(f"{count} machines", lambda: len(lab.controller.running()) == count, BOOT)
        threading.Event().wait(1.5)  # three rounds of requests
        return active - began, flows.end()
    finally:
        flows.close()


class LongLived:
    """Connections that stay, from the client host."""

    def __init__(self, vip, count):
        self.lines = Lines(fabric.CLIENT, "longlived.py", vip, count, stdin=subprocess.PIPE)

    def end(self):
        self.lines.process.stdin.close()
        self.lines.process.wait(60)
        rows, _ = wait_for("the account of long-lived connections", lambda: list(self.lines.rows), 10)
        return rows[-1]

    def close(self):
        if self.lines.process.poll() is None:
            self.lines.process.kill()


class Halves:
    """Connections from the client host, so many that each amphora has some, that have sent half a request and wait: HAProxy ends none of
    them by itself, and no packet of theirs tells it or the client that the router's hash has moved."""

    def __init__(self, vip, count):
        with ThreadPoolExecutor(1) as thread:
            self.sockets = list(thread.map(lambda _: connect_from(fabric.CLIENT, vip, 80), range(count)))
        for half in self.sockets:
            half.sendall(b"GET / HTTP/1.1\r\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for half in self.sockets:
            half.close()


def scaling(lab):
    """scaling out and in under long-lived connections"""
    out, grown = scaled(lab, lab.wanted + 2)
    early, shrunk = scaled(lab, lab.wanted + 1)
    with Halves(fabric.VIP4, HALVES):  # last: what they have left at other amphorae stays there until HAProxy's time-out
        late, rest = scaled(lab, lab.wanted)
    lab.report.step(f"Scale {lab.wanted} -> {lab.wanted + 2} -> {lab.wanted}", "routes and machines follow, at most the grace later",
                    len(hops()) == lab.wanted and min(row["answers"] for row in (grown, shrunk, rest)) > 0
                    and early < cloud.GRACE_SECONDS <= late,
                    f"out in {seconds(out)}, {grown['broken']} of {grown['connections']} long-lived connections broke (the router's hash moves them); "
                    f"one in within {seconds(early)}, since HAProxy ends connections between two requests, {shrunk['broken']} broke; one more within "
                    f"{seconds(late)}, since {HALVES} with half a request have all {cloud.GRACE_SECONDS} s of grace, {rest['broken']} broke",
                    out_s=round(out, 1), out_broken=grown, in_s=round(early, 1), in_broken=shrunk, in_held_s=round(late, 1), in_held_broken=rest)


def orphaned(lab):
    """killing the controller while it scales"""
    more, known = lab.wanted + 1, set(lab.controller.running())
    with traffic.Stream(fabric.VIP4, rate=50) as stream:
        lab.controller.call("PUT", f"/v2/lbaas/loadbalancers/{lab.id}", {"loadbalancer": {"amphora_count": more}})
        wait_for("one more machine", lambda: set(lab.controller.running()) - known, steps.PATIENCE)
        began = time.monotonic()
        lab.controller.kill()
        unfinished = lab.controller.tables("select count(*) from l3d_task where open_key = ?", lab.id)[0][0]
        lab.controller.launch()
        ready = lab.controller.await_ready()
        await_routes(lab, more)
        lab.controller.await_active(NAME, BOOT)
        over = time.monotonic()
    lost = sum(not row["ok"] for row in stream.rows)
    machines = set(lab.controller.running())
    lab.report.step("kill -9 of the controller while it scales", "started again, it finishes; no machine twice",
                    unfinished == 1 and len(machines) == more and known < machines,
                    f"its task was open; API again after {ready:.1f} s, {more} amphorae serve after {seconds(over - began)}; "
                    f"{lost} of {len(stream.rows)} requests lost meanwhile",
                    ready_s=round(ready, 1), over_s=round(over - began, 1), lost=lost, requests=len(stream.rows), open_tasks=unfinished)


def deleted(lab):
    """deleting the load balancer with all that belongs to it"""
    began = time.monotonic()
    lab.controller.openstack("delete", "--cascade", NAME)
    asked = time.monotonic()
    wait_for("routes gone", lambda: not hops(), steps.PATIENCE, pause=0.01)
    gone = time.monotonic()
    wait_for("the load balancer is gone", lambda: lab.controller.load_balancer(NAME) is None, BOOT)
    over = time.monotonic()
    wait_for("sessions closed", lambda: not lab.router.established(), steps.PATIENCE)
    left = {"machines": lab.controller.running(),
            "namespaces": [name for name in os.listdir("/run/netns") if name.startswith("amp-")],
            "ports": lab.controller.call("GET", "/v2/ports")["ports"],
            "wires": [line.split(":")[1].strip() for line in run_in(fabric.ROUTER, "ip", "-o", "link", "show", "type", "veth").splitlines()
                      if line.split(":")[1].strip().startswith("t")],
            "HAProxies": haproxies(),
            "amphorae": lab.controller.amphorae(lab.id)}
    lab.report.step("openstack loadbalancer delete --cascade", "routes, amphorae, ports, machines gone", not any(left.values()),
                    f"routes gone after {seconds(max(0.0, gone - asked))}, all gone after {seconds(over - began)} (the client's own start is part of it); left: "
                    + ", ".join(f"{len(what)} {name}" for name, what in left.items()),
                    routes_gone_s=round(max(0.0, gone - asked), 2), gone_s=round(over - began, 1), left={k: len(v) for k, v in left.items()})


def haproxies():
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/comm") as f:
                if f.read().strip() == "haproxy":
                    found.append(pid)
        except OSError:
            continue
    return found


STEPS = (operator, creating, filling, balanced, killed, scaling, orphaned, deleted,
         edge.distributor, edge.announced, edge.speaker_killed, edge.shrunk, edge.taken_down)
