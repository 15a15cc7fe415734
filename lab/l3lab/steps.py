# SPDX-License-Identifier: Apache-2.0
"""The story of the lab with dedicated distributors: every step does something, looks, and judges.

The first line of a step's docstring is what the screen shows while it is under way.
"""

import json
import re
import statistics
import time

import fabric
import members
import traffic
from appliance import Appliance
from shell import LabError, run_in, wait_for

PICTURE = """
      client ------- router ------- dist1 .. dist{n}   one distributor per next hop; they tell the router by BGP
                       |                             that the VIP is reached through lb1 .. lb{n}
                       | ECMP
                       +----------- lb1 .. lb{n}       HAProxy; the VIP {v4} and {v6}
                                       |             on lo of their namespace amphora-haproxy
                                    be1, be2         the back ends
"""
PATIENCE = 60  # seconds until something is given up that takes milliseconds on a machine at rest
VIPS = (fabric.VIP4, fabric.VIP6)
AMPHORAE = "/1.0/distributor/amphorae"


def hop(member, vip):
    return fabric.address("front", 10 + member, 6 if ":" in vip else 4)


def wait_hops(present, timeout=PATIENCE, vips=VIPS):
    """Waits until the router forwards these VIPs to exactly these members; gives the seconds."""
    def same():
        return all(fabric.next_hops(vip) == sorted(hop(i, vip) for i in present) for vip in vips)
    try:
        return wait_for("ECMP route", same, timeout, pause=0.01)[1]
    except LabError as e:
        seen = {vip: fabric.next_hops(vip) for vip in vips}
        raise LabError(f"the router's routes should lead to members {sorted(present)}; they are {seen}") from e


def register(lab, member, vip, at=None):
    """Asks the distributor `at` (the member's own, unless said) to announce that this member serves the VIP."""
    body = {"vip_ip": vip, "nexthop_ip": hop(member, vip)}
    return lab.dists[at or member].rest("PUT", f"{AMPHORAE}/{lab.lbs[member].id}", body)


def unregister(lab, member, vip, at=None):
    path = f"{AMPHORAE}/{lab.lbs[member].id}?vip_ip={vip}&nexthop_ip={hop(member, vip)}"
    status, body = lab.dists[at or member].rest("DELETE", path)
    if status != 200:
        raise LabError(f"unregister answered {status}: {body}")


def sessions(lab):
    """waiting for the BGP sessions"""
    def guarded():
        views = [lab.speakers[i].rest("GET", "/1.0/distributor/peers") for i in lab.every]
        return [view["peers"][0] for status, view in views
                if status == 200 and view["peers"][0].get("md5") and view["peers"][0].get("ttl_hops") == 1
                and view["peers"][0].get("state") == "Established"]
    wait_for("BGP sessions", lambda: len(lab.router.established()) == lab.members and len(guarded()) == lab.members, 2 * PATIENCE)
    at_router, here = len(lab.router.established()), len(guarded())
    lab.report.step("BGP sessions with the router", f"{lab.members} Established, with MD5 and GTSM",
                    at_router == here == lab.members, f"{at_router} Established at the router, {here} with MD5 and GTSM",
                    established=at_router, guarded=here)


def plumbing(lab):
    """putting the VIPs on lo"""
    for i in lab.every:
        for vip in VIPS:
            lab.lbs[i].console(f"netns:plug {vip}")
    plumbed = sum(members.vip_on_lo(lab.lbs[i]) for i in lab.every)
    lab.report.step("VIPs on lo of the load balancers", f"{VIPS[0]} and {VIPS[1]} on {lab.members}",
                    plumbed == lab.members, f"{plumbed} namespaces amphora-haproxy hold both, plugged by console", plumbed=plumbed)
    for i in lab.every:
        members.start_haproxy(lab.lbs[i], lab.backends)


def registering(lab):
    """registering every load balancer"""
    answers, took = [], []
    for i in lab.every:
        for vip in VIPS:
            began = time.monotonic()
            status, body = register(lab, i, vip)
            took.append((time.monotonic() - began) * 1000)
            answers.append((status, body["peers"][0]["state"] if status == 200 else body))
    good = sum(answer == (200, "announced") for answer in answers)
    lab.report.step("Register by REST with certificate", f"{len(answers)} times 200, announced", good == len(answers),
                    f"{good} of {len(answers)}; median {statistics.median(took):.0f} ms, slowest {max(took):.0f} ms (with curl and TLS handshake)",
                    good=good, median_ms=round(statistics.median(took), 1), slowest_ms=round(max(took), 1),
                    answers=[str(a) for a in answers if a != (200, "announced")])


def resolve(lab):
    """having the router find its next hops"""
    for vip in VIPS:  # a combined amphora makes itself known; here nobody does it for the load balancers
        for i in lab.every:
            run_in(fabric.ROUTER, "bash", "-c", f"echo >/dev/udp/{hop(i, vip)}/9")


def ecmp(lab):
    """waiting for the routes"""
    wait_hops(lab.every)
    for vip in VIPS:
        hops = fabric.weighted_hops(vip)

        def known():  # to Linux a next hop whose MAC it doesn't know is none, and a flow's first packets would go elsewhere
            return all(re.search("REACHABLE|STALE|DELAY|PROBE", run_in(fabric.ROUTER, "ip", "neigh", "show", at)) for at, _ in hops)
        wait_for("the router knows the MACs of its next hops", known, PATIENCE)
        lab.report.step(f"ECMP route for {vip}", f"{lab.members} next hops of equal weight",
                        [a for a, _ in hops] == sorted(hop(i, vip) for i in lab.every) and len({w for _, w in hops}) == 1,
                        f"via {' '.join(a for a, _ in hops)}", vip=vip, next_hops=[a for a, _ in hops], weights=[w for _, w in hops])


def balance(lab, name="2,000 HTTP requests through the VIPs", count=1000, among=None):
    """2,000 HTTP requests through the VIPs"""
    among = among or lab.every
    rows, table, good = [], [], True
    wanted = {f"lb{i}" for i in among}
    for vip in VIPS:
        got = traffic.burst(vip, count)
        rows += got
        table.append([vip, *[traffic.shares(got).get(f"lb{i}", 0) for i in lab.every]])
        good &= set(traffic.shares(got)) == wanted
    failed = [row for row in rows if not row["ok"]]
    lab.report.step(name, f"answered, by {' '.join(sorted(wanted))}", good and not failed and len(rows) == 2 * count,
                    f"{len(rows) - len(failed):,} answered, {len(failed)} failed" + (f" ({failed[0]['error']})" if failed else ""),
                    answered=len(rows) - len(failed), failed=len(failed), served=traffic.shares(rows))
    lab.report.table(["who served", *[f"lb{i}" for i in lab.every]], table)


def losses(lab, name, event, leaver, after_what):
    """Steady traffic while a member leaves; what was started after its route was gone is what is judged.

    `event` does it, and gives the moment from which the router's time is counted.
    """
    vip = fabric.VIP4
    with traffic.FibWatch(vip) as fib, traffic.Stream(vip) as stream:
        began = time.monotonic()
        counted = event()
        gone = fib.moment(hop(leaver, vip), False, began)
    after = [row for row in stream.rows if row["start"] > gone]
    lost_after = [row for row in after if not row["ok"]]
    in_flight = [row for row in stream.rows if row["start"] <= gone and not row["ok"]]
    stray = [row for row in after if row["ok"] and row["by"] == f"lb{leaver}"]
    milliseconds = (gone - counted) * 1000
    lab.report.step(name, "no request lost that began after that", not lost_after and not stray and len(after) >= 200,
                    f"route gone {milliseconds:.0f} ms after {after_what}; of {len(after)} requests begun after that {len(lost_after)} lost, "
                    f"{len(stray)} strayed; lost in flight: {len(in_flight)}",
                    route_gone_ms=round(milliseconds, 1), after=len(after), failed_after=len(lost_after), stray=len(stray),
                    in_flight_lost=len(in_flight), before=len(stream.rows) - len(after))


def leaving(lab):
    """unregistering a load balancer under traffic"""
    leaver = lab.members
    rest = [i for i in lab.every if i != leaver]

    def event():
        called = time.monotonic()
        for vip in VIPS:
            unregister(lab, leaver, vip)
        return called

    losses(lab, f"Unregister lb{leaver} under traffic", event, leaver, "the call")
    wait_hops(rest)
    balance(lab, "All traffic on the rest", 300, rest)
    for vip in VIPS:
        register(lab, leaver, vip)
    seconds = wait_hops(lab.every)
    lab.report.step(f"Register lb{leaver} again", f"{lab.members} next hops again", True,
                    f"both routes there {seconds * 1000:.0f} ms after the second answer", routes_ms=round(seconds * 1000))


def maintenance(lab):
    """disabling and enabling a peer"""
    dist = lab.dists[1]
    status, _ = dist.rest("POST", "/1.0/distributor/peers/tor/disable")
    down = wait_hops([i for i in lab.every if i != 1])
    view = dist.rest("GET", "/1.0/distributor/peers/tor")[1]
    lab.report.step("Disable the peer of dist1", "its routes leave at once", status == 200 and view.get("enabled") is False,
                    f"gone {down * 1000:.0f} ms after the answer; the peer is {view.get('state')}, disabled",
                    gone_ms=round(down * 1000), state=view.get("state"))
    status, _ = dist.rest("POST", "/1.0/distributor/peers/tor/enable")
    up = wait_hops(lab.every)
    lab.report.step("Enable it again", "its routes return, nobody registers again", status == 200,
                    f"back {up * 1000:.0f} ms after the answer", back_ms=round(up * 1000))


def redundancy(lab):
    """announcing one VIP and next hop from two distributors"""
    vip = fabric.SPARE_VIP
    by = {i: i - 1 if i > 1 else 1 for i in lab.every}  # dist1 and dist2 both announce lb1, dist3 lb2, dist4 lb3 ...
    for i in lab.every:
        status, body = register(lab, by[i], vip, at=i)
        if status != 200:
            raise LabError(f"register answered {status}: {body}")
    wanted = sorted({hop(member, vip) for member in by.values()})
    wait_for("one path from each distributor", lambda: lab.router.paths(vip) == lab.members and set(fabric.next_hops(vip)) == set(wanted), PATIENCE)
    hops = fabric.weighted_hops(vip)
    once = len(hops) == len(wanted) and len({weight for _, weight in hops}) == 1
    lab.report.step("Two distributors announce lb1", "lb1 counts once among the next hops", once,
                    f"{lab.members} paths at the router; in its FIB " + ", ".join(f"{a} weight {w}" for a, w in hops),
                    paths=lab.members, next_hops=[a for a, _ in hops], weights=[w for _, w in hops])
    with traffic.FibWatch(vip) as fib:
        unregister(lab, 1, vip, at=1)
        wait_for("the path gone", lambda: lab.router.paths(vip) == lab.members - 1, PATIENCE)
    gaps = sum(wanted[0] not in hops for _, hops in fib.history)
    unregister(lab, 1, vip, at=2)
    _, seconds = wait_for("the next hop gone", lambda: wanted[0] not in fabric.next_hops(vip), PATIENCE, pause=0.01)
    lab.report.step("One of the two withdraws, then both", "the route stays, then goes", gaps == 0,
                    f"after the first {gaps} gaps in the FIB; gone {seconds * 1000:.0f} ms after the answer of the second",
                    gaps=gaps, gone_ms=round(seconds * 1000))
    for i in lab.every[2:]:
        unregister(lab, by[i], vip, at=i)


def killed(lab):
    """killing a distributor under traffic"""
    victim = 2
    dist = lab.dists[victim]

    def event():
        began = time.monotonic()
        dist.kill()
        return began

    losses(lab, f"kill -9 of dist{victim} under traffic", event, victim, "the kill")
    dist.launch()
    lab.report.doing(f"starting dist{victim} again")
    ready = dist.await_ready()
    back = wait_hops(lab.every)
    status, listed = dist.rest("GET", AMPHORAE)
    lab.report.step(f"Start dist{victim} again", f"{len(VIPS)} routes back from its store", status == 200 and len(listed["amphorae"]) == len(VIPS),
                    f"REST answers after {ready:.1f} s, routes back {back * 1000:.0f} ms later, {len(listed['amphorae'])} registrations kept",
                    ready_s=round(ready, 2), back_ms=round(back * 1000), registrations=len(listed["amphorae"]))


def strangers(lab):
    """calling with wrong certificates"""
    dist = lab.speakers[1]
    seen = {}
    for name, client in {"another authority's": lab.stranger.issue("controller"), "none": ""}.items():
        status, _ = dist.rest("GET", AMPHORAE, client=client)
        seen[name] = status
    still = dist.rest("GET", "/")[0] == 200
    lab.report.step("Wrong client certificate", "refused in the TLS handshake", all(s == 0 for s in seen.values()) and still,
                    "; ".join(f"{name}: {'handshake refused' if s == 0 else f'HTTP {s}'}" for name, s in seen.items())
                    + (", the right one still served" if still else ", and the right one is NOT served"),
                    answers=seen, served_after=still)


BAD = (  # what is wrong, body, the status it must get, a word its message must hold
    ("VIP with prefix length", {"vip_ip": "203.0.113.10/32", "nexthop_ip": "10.20.0.11"}, 400, "vip_ip"),
    ("multicast VIP", {"vip_ip": "224.0.0.1", "nexthop_ip": "10.20.0.11"}, 400, "vip_ip"),
    ("IPv4 next hop for an IPv6 VIP", {"vip_ip": fabric.VIP6, "nexthop_ip": "10.20.0.11"}, 400, "nexthop_ip"),
    ("next hop missing", {"vip_ip": fabric.VIP4}, 400, "nexthop_ip"),
    ("a number for a text", {"vip_ip": 7, "nexthop_ip": "10.20.0.11"}, 400, "vip_ip"),
    ("unknown peer", {"vip_ip": fabric.VIP4, "nexthop_ip": "10.20.0.11", "peer_id": "nobody"}, 400, "tor"),
    ("unknown field", {"vip_ip": fabric.VIP4, "nexthop_ip": "10.20.0.11", "colour": "red"}, 400, "colour"),
    ("second next hop for the VIP", {"vip_ip": fabric.VIP4, "nexthop_ip": "10.20.0.99"}, 409, "10.20.0.11"),
    ("outside of the allowed prefixes", {"vip_ip": "192.0.2.1", "nexthop_ip": "10.20.0.11"}, 400, "203.0.113.0/24"),
    ("a peer's address as VIP", {"vip_ip": fabric.address("mgmt", 1), "nexthop_ip": "10.20.0.11"}, 400, "vip_ip"),
    ("duplicate key", '{"vip_ip": "203.0.113.10", "vip_ip": "203.0.113.11", "nexthop_ip": "10.20.0.11"}', 400, "vip_ip"),
    ("broken JSON", '{"vip_ip": "203.0.', 400, "JSON"),
    ("10 MB body", json.dumps({"vip_ip": "x" * 10_000_000}), 413, ""),
)


def refusals(lab):
    """sending bad input"""
    dist = lab.dists[1]
    before = dist.rest("GET", AMPHORAE)[1]
    wrong, rows = [], []
    for name, body, status, word in BAD:
        got, answer = dist.rest("PUT", f"{AMPHORAE}/{lab.lbs[1].id}", body)
        text = json.dumps(answer)
        if not (got == status and isinstance(answer, dict) and word in text):
            wrong.append(f"{name}: {got} {text[:160]}")
        said = (answer.get("details") or answer.get("message", "")) if isinstance(answer, dict) else text
        rows.append([name, got, said if len(said) <= 100 else said[:97] + "..."])
    same = dist.rest("GET", AMPHORAE)[1] == before
    lab.report.step("Bad input", f"{len(BAD)} kinds refused, nothing changed", not wrong and same,
                    f"{len(BAD) - len(wrong)} refused as they should be, registrations {'unchanged' if same else 'CHANGED'}",
                    refused=len(BAD) - len(wrong), wrong=wrong, unchanged=same)
    lab.report.table(["input", "status", "answer"], rows)
    for line in wrong:
        lab.report.note("wrong: " + line)


def hosts(lab):
    for i in lab.every:
        lab.dists[i] = Appliance(f"dist{i}", ["distributor"], f"{lab.directory}/dist{i}", 20 + i, "distributor")
        lab.lbs[i] = Appliance(f"lb{i}", ["amphora"], f"{lab.directory}/lb{i}", 100 + i)
    lab.speakers = lab.dists


def wired(lab):
    for i in lab.every:
        members.connect_namespace(lab.lbs[i], i)


def looks(lab, enter):
    dist = lab.dists[1]
    return [f"{enter} dist1 lab/console {dist.data} bgp:summary",
            f"{enter} dist1 lab/console {dist.data}                 (an interactive console; try `help` and the tab key)",
            f"{enter} lb1 lab/console {lab.lbs[1].data} netns:show",
            f"{enter} control curl --cacert {Appliance.authority.certificate} --cert {Appliance.client} "
            f"--resolve {dist.id}:9443:{dist.address} https://{dist.id}:9443/1.0/distributor/peers",
            f"{enter} dist1 tail -f {dist.data}/log/appliance.log"]


STEPS = (sessions, plumbing, registering, resolve, ecmp, balance, leaving, maintenance, redundancy, killed, strangers, refusals)
