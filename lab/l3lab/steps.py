# SPDX-License-Identifier: Apache-2.0
"""The story of the lab with dedicated distributors: every step does something, looks, and judges."""

import json
import time

import fabric
import members
import traffic
from appliance import Appliance
from shell import LabError, wait_for

VIPS = (fabric.VIP4, fabric.VIP6)


def hop(i, vip):
    return fabric.address("front", 10 + i, 6 if ":" in vip else 4)


def lb_id(lab, i):
    return lab.lbs[i].id


def wait_hops(lab, present, timeout=15):
    """Waits until the router forwards both VIPs to exactly these members; gives the seconds."""
    def same():
        return all(fabric.next_hops(vip) == sorted(hop(i, vip) for i in present) for vip in VIPS)
    try:
        return wait_for("ECMP route", same, timeout, pause=0.01)[1]
    except LabError as e:
        seen = {vip: fabric.next_hops(vip) for vip in VIPS}
        raise LabError(f"the router's routes should lead to members {sorted(present)}; they are {seen}") from e


def register(lab, i, vip, method="PUT"):
    body = {"vip_ip": vip, "nexthop_ip": hop(i, vip)}
    path = f"/1.0/distributor/amphorae/{lb_id(lab, i)}"
    if method == "DELETE":
        return lab.dists[i].rest("DELETE", f"{path}?vip_ip={vip}&nexthop_ip={hop(i, vip)}")
    return lab.dists[i].rest("PUT", path, body)


def sessions(lab):
    _, seconds = wait_for("BGP sessions", lambda: len(lab.router.established()) == lab.members, 30)
    views = [lab.dists[i].rest("GET", "/1.0/distributor/peers") for i in lab.every]
    peers = [view["peers"][0] for status, view in views if status == 200]
    guarded = sum(1 for p in peers if p.get("md5") and p.get("ttl_hops") == 1 and p.get("state") == "Established")
    lab.report.step(
        "BGP sessions with the router", f"{lab.members} Established, signed (TCP MD5) and guarded (GTSM, TTL 255)",
        guarded == lab.members,
        f"{len(lab.router.established())} Established at the router, {guarded} signed and guarded, {seconds:.1f} s after REST answered",
        established=len(lab.router.established()), guarded=guarded)


def plumbing(lab):
    for i in lab.every:
        for vip in VIPS:
            lab.lbs[i].console(f"netns:plug {vip}")
    plumbed = sum(members.vip_on_lo(lab.lbs[i]) for i in lab.every)
    lab.report.step("VIP on lo of every load balancer", f"{lab.members} amphora-haproxy namespaces hold {' and '.join(VIPS)}",
                    plumbed == lab.members, f"{plumbed} of {lab.members}, put there by the appliances' consoles", plumbed=plumbed)
    for i in lab.every:
        members.start_haproxy(lab.lbs[i], lab.backends)


def registering(lab):
    answers, took = [], []
    for i in lab.every:
        for vip in VIPS:
            began = time.monotonic()
            status, body = register(lab, i, vip)
            took.append(time.monotonic() - began)
            answers.append((status, body["peers"][0]["state"] if status == 200 else body))
    good = sum(answer == (200, "announced") for answer in answers)
    lab.report.step("Register by REST with the controller's certificate",
                    f"{len(answers)} times 200, announced at the router",
                    good == len(answers), f"{good} of {len(answers)}; slowest call {max(took) * 1000:.0f} ms, TLS handshake and curl included",
                    good=good, answers=[str(a) for a in answers if a != (200, "announced")])


def ecmp(lab):
    seconds = wait_hops(lab, lab.every)
    v4, v6 = (fabric.next_hops(vip) for vip in VIPS)
    lab.report.step("ECMP route on the router", f"{lab.members} next hops for the IPv4 and the IPv6 VIP",
                    len(v4) == len(v6) == lab.members,
                    f"{fabric.VIP4} via {', '.join(v4)}; {fabric.VIP6} via {', '.join(v6)}", ipv4=v4, ipv6=v6, seconds=seconds)


def balance(lab, name="2,000 HTTP requests through the VIP", count=1000, among=None):
    among = among or lab.every
    rows, table, good = [], [], True
    wanted = {f"lb{i}" for i in among}
    for vip in VIPS:
        got = traffic.burst(vip, count)
        rows += got
        table.append([vip, *[traffic.shares(got).get(f"lb{i}", 0) for i in lab.every]])
        good &= set(traffic.shares(got)) == wanted
    failed = [row for row in rows if not row["ok"]]
    lab.report.step(name, f"all answered, served by {' '.join(sorted(wanted))} and nobody else", good and not failed,
                    f"{len(rows) - len(failed)} answered, {len(failed)} failed" + (f" ({failed[0]['error']})" if failed else ""),
                    answered=len(rows) - len(failed), failed=len(failed), served=traffic.shares(rows))
    lab.report.table(["VIP", *[f"lb{i}" for i in lab.every]], table)


def losses(lab, name, expected, event, leaver, back=None):
    """Traffic while a member leaves; counts what was started after its route was gone."""
    vip = fabric.VIP4
    with traffic.FibWatch(vip) as fib, traffic.Stream(vip) as stream:
        began = time.monotonic()
        event()
        dropped = fib.moment(hop(leaver, vip), False, began)
        time.sleep(1.0)  # requests that start after the drop are what is judged: let there be some hundred
    after = [row for row in stream.rows if row["start"] > dropped]
    lost_after = [row for row in after if not row["ok"]]
    lost_flying = [row for row in stream.rows if row["start"] <= dropped and not row["ok"]]
    stray = [row for row in after if row["ok"] and row["by"] == f"lb{leaver}"]
    milliseconds = (dropped - began) * 1000
    lab.report.step(name, expected, not lost_after and not stray and len(after) > 50,
                    f"route gone after {milliseconds:.0f} ms; {len(after)} requests started after that: {len(lost_after)} failed, "
                    f"{len(stray)} reached it; in flight at that moment: {len(lost_flying)} lost",
                    route_gone_ms=round(milliseconds, 1), after=len(after), failed_after=len(lost_after), stray=len(stray),
                    in_flight_lost=len(lost_flying))


def unregister(lab):
    leaver = lab.members

    def event():
        for vip in VIPS:
            status, body = register(lab, leaver, vip, "DELETE")
            if status != 200:
                raise LabError(f"unregister answered {status}: {body}")

    losses(lab, f"Unregister lb{leaver}", "no failed request among those started after the router dropped the route", event, leaver)
    rest = [i for i in lab.every if i != leaver]
    wait_hops(lab, rest)
    balance(lab, "All traffic on the rest", 300, rest)
    for vip in VIPS:
        register(lab, leaver, vip)
    wait_hops(lab, lab.every)


def maintenance(lab):
    dist = lab.dists[1]
    status, _ = dist.rest("POST", "/1.0/distributor/peers/tor/disable")
    down = wait_hops(lab, [i for i in lab.every if i != 1])
    view = dist.rest("GET", "/1.0/distributor/peers/tor")[1]
    status2, _ = dist.rest("POST", "/1.0/distributor/peers/tor/enable")
    up = wait_hops(lab, lab.every, 30)
    lab.report.step("One peer disabled for maintenance, then enabled", "its routes leave the router at once, and come back by themselves",
                    status == status2 == 200 and view.get("enabled") is False,
                    f"gone after {down * 1000:.0f} ms (state {view.get('state')}), back {up:.1f} s after enable",
                    gone_ms=round(down * 1000), back_s=round(up, 2))


def killed(lab):
    dist = lab.dists[2 if lab.members > 1 else 1]
    leaver = 2 if lab.members > 1 else 1
    losses(lab, f"kill -9 of dist{leaver}", "the router drops its route, nothing started after that is lost", dist.kill, leaver)
    dist.launch()
    seconds = dist.await_ready()
    back = wait_hops(lab, lab.every, 60)
    status, listed = dist.rest("GET", "/1.0/distributor/amphorae")
    lab.report.step(f"dist{leaver} started again", "it announces again what it had promised, from its store, and nobody registers again",
                    status == 200 and len(listed["amphorae"]) == len(VIPS),
                    f"REST answers after {seconds:.1f} s, routes back {back:.1f} s later, {len(listed['amphorae'])} registrations listed",
                    ready_s=round(seconds, 2), back_s=round(back, 2), registrations=len(listed["amphorae"]))


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
    dist = lab.dists[1]
    before = dist.rest("GET", "/1.0/distributor/amphorae")[1]
    wrong, rows = [], []
    for name, body, status, word in BAD:
        got, answer = dist.rest("PUT", f"/1.0/distributor/amphorae/{lb_id(lab, 1)}", body)
        text = json.dumps(answer)
        ok = got == status and isinstance(answer, dict) and word in text
        if not ok:
            wrong.append(f"{name}: {got} {text[:160]}")
        rows.append([name, got, (answer.get("details") or answer.get("message", ""))[:78] if isinstance(answer, dict) else text[:78]])
    same = dist.rest("GET", "/1.0/distributor/amphorae")[1] == before
    lab.report.step("Bad input", f"{len(BAD)} kinds refused, each naming field, value and rule; nothing changed", not wrong and same,
                    f"{len(BAD) - len(wrong)} refused as they should be, registrations {'unchanged' if same else 'CHANGED'}"
                    + ("; " + "; ".join(wrong) if wrong else ""), refused=len(BAD) - len(wrong), wrong=wrong, unchanged=same)
    lab.report.table(["input", "status", "answer"], rows)


def strangers(lab):
    dist = lab.dists[1]
    stranger = lab.stranger.issue("controller")
    tries = {"a certificate of another authority": stranger, "no certificate": ""}
    seen = {}
    for name, client in tries.items():
        status, answer = dist.rest("GET", "/1.0/distributor/amphorae", client=client)
        seen[name] = (status, str(answer))
    good = all(status == 0 for status, _ in seen.values())
    still = dist.rest("GET", "/")[0] == 200
    lab.report.step("Wrong client certificate", "refused in the TLS handshake; no HTTP answer at all", good and still,
                    "; ".join(f"{name}: {'handshake refused' if s == 0 else f'HTTP {s}'}" for name, (s, _) in seen.items()),
                    answers={k: v[0] for k, v in seen.items()})


DEDICATED = (sessions, plumbing, registering, ecmp, balance, unregister, maintenance, killed, refusals, strangers)
