# SPDX-License-Identifier: Apache-2.0
"""The story of the lab with combined amphorae: each is set up through the amphora API, as Octavia's controller does it, and
announces its VIPs exactly while its HAProxy serves them."""

import os
import re
import select
import signal
import socket
import statistics
import threading
import time

import controller
import fabric
import steps
import traffic
from appliance import HEARTBEAT_KEY, HEARTBEAT_SECONDS, Appliance
from shell import LabError, Lines, run, wait_for
from steps import PATIENCE, VIPS, hop, wait_hops

PICTURE = """
      client ------- router ------- lb1 .. lb{n}      combined amphorae: they announce by BGP the VIP
                       | ECMP          |             {v4} and {v6},
                       +---------------+             each while its own HAProxy serves it
                                       |
                                    be1, be2         the back ends
"""
OWN_VIPS, PROFILE = "/1.0/distributor/own_vips", "/1.0/distributor/profile"
RELOADS = 50
REST_SECONDS = 30  # in which the CPU time is taken; again, where work of the start still fell into it
ROUNDS = 3  # of measurements, at most: the first in which the medians keep their aims ends them
DEATH_MS, DELETE_MS = 20, 10  # aims for a withdrawal, from when the appliance saw the death or was asked to delete; the lab's traffic takes of its cores


def hosts(lab):
    for i in lab.every:
        lab.lbs[i] = Appliance(f"lb{i}", ["amphora"], f"{lab.directory}/lb{i}", 100 + i, "combined")
    lab.speakers = lab.lbs
    lab.health = Lines(fabric.CONTROL, "health.py", fabric.address("mgmt", 2), fabric.HEALTH_PORT, HEARTBEAT_KEY)
    lab.wire = Lines(fabric.ROUTER, "wire.py", "mgmt")
    lab.processes += [lab.health.process, lab.wire.process]


def wired(lab):
    """Nothing to do: what Nova would plug is there, and the rest is asked of the amphora API."""


def looks(lab, enter):
    lb = lab.lbs[1]
    return [f"{enter} lb1 lab/console {lb.data} bgp:summary",
            f"{enter} lb1 lab/console {lb.data}                 (an interactive console; try `help` and the tab key)",
            f"{enter} lb1 lab/console {lb.data} netns:show",
            f"{enter} control curl --cacert {Appliance.authority.certificate} --cert {Appliance.client} "
            f"--resolve {lb.id}:9443:{lb.address} https://{lb.id}:9443{OWN_VIPS}",
            f"{enter} lb1 tail -f {lb.data}/log/appliance.log"]


# What is looked at

def own(lb):
    """VIP: (served, reason), as the appliance tells it."""
    status, body = lb.rest("GET", OWN_VIPS)
    if status != 200:
        raise LabError(f"{lb.host}: own_vips answered {status}: {body}")
    return {row["vip_ip"]: (row["served"], row["reason"]) for row in body["own_vips"]}


def master(lb):
    with open(f"{lb.base}/{controller.MAIN.id}/{controller.MAIN.id}.pid") as f:
        return int(f.read().split()[0])


def worker(lb):
    """The newest: after a reload the one before may still be finishing its connections."""
    pid = master(lb)
    with open(f"/proc/{pid}/task/{pid}/children") as f:
        return int(f.read().split()[-1])


def told(lab, lb, vip, what, since, timeout=PATIENCE):
    """The moment when the UPDATE that announces or withdraws the VIP reached the router; a session's end withdraws all."""
    def message():
        for row in list(lab.wire.rows):
            if row["from"] == lb.address and row["at"] >= since and (
                    vip in row[what] or (what == "withdrawn" and row["type"] == "notification")):
                return row["at"]
        return None
    return wait_for(f"{lb.host} tells the router: {vip} {what}", message, timeout, pause=0.005)[0]


class End:
    """The moment of a process's end."""

    def __init__(self, pid):
        self.handle, self.at = os.pidfd_open(pid), None
        self.thread = threading.Thread(target=self._wait, daemon=True)
        self.thread.start()

    def _wait(self):
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        poll.poll()
        self.at = time.monotonic()
        os.close(self.handle)

    def moment(self, timeout=PATIENCE):
        self.thread.join(timeout)
        if self.at is None:
            raise LabError(f"a process has not ended after {timeout} s")
        return self.at


def withdrawals(lb, vip, line=re.compile(r"withdrawn vips=(\S+) written_ms=([0-9.]+)")):
    """What the appliance says of its withdrawals of the VIP, the newest first: milliseconds from when it saw the cause until every router had it."""
    status, body = lb.rest("GET", "/1.0/distributor/events?limit=50")
    if status != 200:
        raise LabError(f"{lb.host}: events answered {status}: {body}")
    found = (line.search(event["text"]) for event in body["events"])
    return [float(match[2]) for match in found if match and vip in match[1].split(",")]


def stated(lb, vip, known=0):
    """What it says of its newest withdrawal, when there are more than those known."""
    def row():
        said = withdrawals(lb, vip)
        return said if len(said) > known else None
    return wait_for(f"{lb.host} says how long the withdrawal of {vip} took", row, PATIENCE)[0][0]


def ms(seconds):
    return f"{seconds * 1000:.0f} ms"


def good(answers, statuses=(202,)):
    return all(status in statuses for status, _ in answers)


def bad(answers, statuses=(202,)):
    return [f"{status}: {body}" for status, body in answers if status not in statuses]


# The steps

def plugging(lab):
    """plugging the VIPs and the back-end network through the amphora API"""
    answers = []
    for i in lab.every:
        answers += [controller.plug_vip(lab.lbs[i], i), controller.plug_network(lab.lbs[i], i)]
    said = sorted({body["details"] for status, body in answers if status == 202})
    lab.report.step("Plug VIPs and networks by REST", "202, NICs found by their MAC", good(answers),
                    "; ".join(bad(answers)) or " and ".join(f'"{text}"' for text in said), answers=[status for status, _ in answers], said=said)


def unserved(lab):
    """looking for routes that must not be there yet"""
    reasons = {reason for i in lab.every for served, reason in own(lab.lbs[i]).values()}
    routes = sum(len(fabric.next_hops(vip)) for vip in VIPS)
    nothing = not any(served for i in lab.every for served, _ in own(lab.lbs[i]).values())
    lab.report.step("Plugged, and nothing serves yet", "no route, and the reason told", nothing and routes == 0 and len(reasons) > 0,
                    f"{routes} routes; " + "; ".join(sorted(reasons)), routes=routes, reasons=sorted(reasons))


def bring_up(lab, among=None):
    answers = []
    for i in among or lab.every:
        answers.append(controller.upload(lab.lbs[i], controller.configuration(lab.lbs[i], lab.backends)))
        answers.append(controller.act(lab.lbs[i], "reload"))
    if not good(answers):
        raise LabError(f"upload and reload answered {bad(answers)}")
    return answers


def listeners(lab):
    """uploading the listener and starting HAProxy through the amphora API"""
    bring_up(lab)
    lab.up_since = time.monotonic()
    late = wait_hops(lab.every)
    served = sum(served for i in lab.every for served, _ in own(lab.lbs[i]).values())
    lab.report.step("Upload a listener, reload, by REST", "routes appear when HAProxy serves", served == len(VIPS) * lab.members,
                    f"{served} VIPs served, all routes there {ms(late)} after the last answer", served=served, routes_ms=round(late * 1000))


def footprint(lab):
    """measuring the appliances at rest"""
    def cpu(lb):
        with open(f"/proc/{lb.pid}/stat") as f:
            fields = f.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    rounds = []
    while len(rounds) < ROUNDS and not (rounds and max(rounds[-1]) < 1):
        began, before = time.monotonic(), {i: cpu(lab.lbs[i]) for i in lab.every}
        threading.Event().wait(REST_SECONDS)
        seconds = time.monotonic() - began
        rounds.append([100 * (cpu(lab.lbs[i]) - before[i]) / seconds for i in lab.every])
    rss = []
    for i in lab.every:
        with open(f"/proc/{lab.lbs[i].pid}/status") as f:
            rss.append(next(int(line.split()[1]) for line in f if line.startswith("VmRSS")) / 1024)
    lab.report.step(f"Each appliance at rest, for {REST_SECONDS} s", "RSS at most 240 MB, CPU under 1 %", max(rss) <= 240 and max(rounds[-1]) < 1,
                    f"RSS {', '.join(f'{r:.0f}' for r in rss)} MB; CPU {'; then '.join(', '.join(f'{s:.1f}' for s in share) for share in rounds)} % of a core, with a heartbeat each {HEARTBEAT_SECONDS} s",
                    rss_mb=[round(r) for r in rss], cpu_percent=[round(s, 2) for s in rounds[-1]])


def heartbeats(lab):
    """listening to heartbeats as the health manager would"""
    names = {lab.lbs[i].id: lab.lbs[i].host for i in lab.every}

    def genuine():
        return [row for row in list(lab.health.rows) if row["genuine"]]

    def complete(message):
        pools = message["pools"].values()
        return ({k: v["status"] for k, v in message["listeners"].items()} == {controller.MAIN.listener: "OPEN"}
                and [pool["status"] for pool in pools] == ["UP"]
                and all(set(pool["members"].values()) == {"UP"} and len(pool["members"]) == lab.backends for pool in pools))

    def seen():
        return {names.get(row["message"]["id"]) for row in genuine() if row["at"] > lab.up_since and complete(row["message"])} == set(names.values())
    wait_for("a heartbeat of each amphora with its listener", seen, PATIENCE)
    rows = list(lab.health.rows)
    counts = {host: sum(row["genuine"] and row["message"]["id"] == amphora for row in rows) for amphora, host in names.items()}
    forged = sum(not row["genuine"] for row in rows)
    lab.report.step("Heartbeats at the control host", "HMAC right, listener OPEN, pool and members UP", forged == 0,
                    f"{len(rows)} taken, {forged} with a wrong HMAC; " + ", ".join(f"{host} {n}" for host, n in counts.items())
                    + f", one each {HEARTBEAT_SECONDS} s", counts=counts, wrong_hmac=forged)


def weights(ups):
    """What the router's forwarding table should hold of members that see so many back ends: FRR gives each a share of 100, BIRD none."""
    return {number: 100 * up // sum(ups.values()) for number, up in ups.items()}


def wait_weights(wanted):
    def same():
        return all(dict(fabric.weighted_hops(vip)) == {hop(i, vip): weight for i, weight in wanted.items()} for vip in VIPS)
    try:
        return wait_for("weights", same, PATIENCE)[1]
    except LabError as e:
        raise LabError(f"the router's weights should be {wanted}; they are {[fabric.weighted_hops(vip) for vip in VIPS]}") from e


def at_rest(lab):
    """killing HAProxy and deleting the listener without traffic"""
    vip, firsts, rounds, wire = fabric.VIP4, [], [], []

    def measured(lb, into, event):
        known = len(withdrawals(lb, vip))
        began = event()
        written = told(lab, lb, vip, "withdrawn", began)
        into.append(stated(lb, vip, known))
        wire.append((written - began) * 1000)
        return written

    def delete(lb):
        with lb.calls() as calls:
            sent, _, status = calls.call(*controller.DELETE)
        if status != 200:
            raise LabError(f"{lb.host}: delete answered {status}")
        return sent

    def deaths():
        times = []
        for i in lab.every:
            lb = lab.lbs[i]
            told(lab, lb, vip, "announced", measured(lb, times, lambda: kill(worker(lb))))
            wait_hops(lab.every)
        return times

    def deletes():
        times = []
        for i in lab.every:
            lb = lab.lbs[i]
            measured(lb, times, lambda: delete(lb))
            bring_up(lab, [i])
            wait_hops(lab.every)
        return times

    def within(later, deleted):
        return statistics.median(firsts + later) <= DEATH_MS and statistics.median(deleted) <= DELETE_MS

    def row(times):
        return ", ".join(f"{t:.1f}" for t in times) + " ms"
    firsts += deaths()
    while len(rounds) < ROUNDS and not any(within(*times) for times in rounds):  # whatever else the machine does only adds to them
        rounds.append((deaths(), deletes()))
    lab.report.step("Deaths and deletes at rest, on each", f"withdrawal written in {DEATH_MS} and {DELETE_MS} ms (median)", within(*rounds[-1]),
                    f"after the appliance saw them: first kill -9 {row(firsts)}; "
                    + "; once more: ".join(f"second {row(later)}; delete of the listener {row(deleted)}" for later, deleted in rounds),
                    first_deaths_ms=firsts, rounds=[{"deaths_ms": later, "deletes_ms": deleted} for later, deleted in rounds],
                    wire_ms=[round(t, 1) for t in wire])
    lab.report.note(f"at the router's wire, after the kill or the sending of the call: {row(wire)}")


def sessions_so_far(lab):
    return [lab.lbs[i].rest("GET", "/1.0/distributor/peers")[1]["peers"][0]["counters"]["established_transitions"] for i in lab.every]


def weighing(lab):
    """having the router weigh the members by their back ends"""
    unweighed, before, answers = dict.fromkeys(lab.every, 1), sessions_so_far(lab), []
    everywhere = dict.fromkeys(lab.every, lab.backends)
    poor, blind = lab.lbs[1], f"{fabric.address('back', 10 + lab.backends)}/32"
    for i in lab.every:
        _, profile = lab.lbs[i].rest("GET", PROFILE)
        for peer in profile["speakers"][0]["peers"]:
            peer["link_bandwidth"] = "transitive"
        answers.append(lab.lbs[i].rest("PUT", PROFILE, {"speakers": profile["speakers"]}))
    weighs = lab.router.name == "frr"
    wait_weights(weights(everywhere) if weighs else unweighed)
    run(*poor.enter(), "ip", "route", "add", "blackhole", blind)
    try:
        began, ups = time.monotonic(), {**everywhere, 1: lab.backends - 1}
        wait_for("the count", lambda: [vip["back_ends_up"] for vip in poor.rest("GET", OWN_VIPS)[1]["own_vips"]] == [ups[1]] * len(VIPS), PATIENCE)
        down = time.monotonic()
        wait_weights(weights(ups) if weighs else unweighed)
        told, shares = time.monotonic() - down, dict(fabric.weighted_hops(fabric.VIP4))
        served = traffic.shares(traffic.burst(fabric.VIP4, 1000))
        said = poor.rest("GET", "/1.0/distributor/peers/tor/advertised")[1]["advertised"][0]["link_bandwidth"]
    finally:
        run(*poor.enter(), "ip", "route", "del", "blackhole", blind)
    wait_weights(weights(everywhere) if weighs else unweighed)
    answers += [lab.lbs[i].rest("DELETE", PROFILE) for i in lab.every]
    wait_weights(unweighed)
    kept = sessions_so_far(lab) == before
    lab.report.step("Weigh by back ends; lb1 loses one", "its share falls, no session is reset", good(answers, (200,)) and kept,
                    f"link bandwidth {said:,.0f} B/s; weights " + " ".join(str(shares[hop(i, fabric.VIP4)]) for i in lab.every)
                    + f" {told:.1f} s after HAProxy found it down ({down - began:.1f} s after it was); of 1,000 requests "
                    + " ".join(str(served.get(f"lb{i}", 0)) for i in lab.every) + (f"; {bad(answers, (200,))}" if bad(answers, (200,)) else ""),
                    bandwidth=said, weights=[shares[hop(i, fabric.VIP4)] for i in lab.every], told_s=round(told, 1), served=served, sessions_kept=kept)


def stick_table(lb):
    """Clients in the table of the pair's HAProxy on this amphora. No name: its user level lists tables, not entries."""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(10)
        s.connect(f"{lb.base}/{controller.PAIR.id}.sock")
        s.sendall(b"show table\n")
        text = b"".join(iter(lambda: s.recv(65536), b"")).decode()
    return int(re.search(r"used:(\d+)", text).group(1))


def pair(lab):
    """driving lb1 and lb2 as an ACTIVE_STANDBY pair of a second load balancer"""
    two, vips = {i: lab.lbs[i] for i in (1, 2)}, (controller.PAIR.vip4, controller.PAIR.vip6)
    answers, keepalived = [], []
    for i, lb in two.items():
        answers.append((202, *controller.plug_vip(lb, i, controller.PAIR)))
    for i, lb in two.items():
        answers.append((200, *lb.rest("GET", f"/1.0/interface/{fabric.address(controller.FRONT, 10 + i)}")))
        answers.append((200, *lb.rest("PUT", "/1.0/vrrp/upload", controller.keepalived(i, two))))
        answers.append((202, *lb.rest("PUT", "/1.0/vrrp/start", "")))
        keepalived += [row[2] for row in answers[-2:]]
    for lb in two.values():
        answers.append((202, *controller.upload(lb, controller.configuration(lb, lab.backends, lb=controller.PAIR, pair=two), controller.PAIR)))
        answers.append((202, *controller.act(lb, "reload", controller.PAIR)))
    wrong = [f"{got} instead of {due}: {body}" for due, got, body in answers if got != due]
    if wrong:
        raise LabError("; ".join(wrong))
    wait_hops(two, vips=vips)
    said = sorted({body["details"] for body in keepalived})
    lab.report.step("A stock ACTIVE_STANDBY pair, lb1 lb2", "keepalived's calls taken, both announce", all("no keepalived needed here" in text for text in said),
                    f"next hops of {vips[0]}: {' '.join(fabric.next_hops(vips[0]))}, of {vips[1]}: {' '.join(fabric.next_hops(vips[1]))}",
                    said=said, next_hops={vip: fabric.next_hops(vip) for vip in vips})
    lab.report.note("vrrp/start says: " + max(said, key=len))

    # The first request of each family chooses the member; HAProxy's peers tell it to the other of the pair.
    for vip in vips:
        traffic.burst(vip, 1)
    wait_for("HAProxy's peers have told each other of the clients", lambda: all(stick_table(lb) == len(vips) for lb in two.values()), PATIENCE)
    rows, table, kept = [], [], True
    for vip in vips:
        got = traffic.burst(vip, 300)
        rows += got
        members = {row["from"] for row in got if row["ok"]}
        kept &= len(members) == 1
        table.append([vip, *[traffic.shares(got).get(f"lb{i}", 0) for i in two], " ".join(sorted(members))])
    failed, shares = sum(not row["ok"] for row in rows), traffic.shares(rows)
    lab.report.step("600 requests to the pair", "both serve, one client at one back end", not failed and kept and set(shares) == {"lb1", "lb2"},
                    f"{len(rows) - failed} answered, {failed} failed; which back end it is at, HAProxy's peers have told each other",
                    answered=len(rows) - failed, failed=failed, served=shares, kept=kept)
    lab.report.table(["who served", *[lb.host for lb in two.values()], "back end"], table)

    answers = [(lb.host, *controller.delete(lb, controller.PAIR)) for lb in two.values()]
    wait_hops((), vips=vips)
    answers += [(lb.host, *lb.rest("DELETE", f"/1.0/plug/vip/{vip}")) for lb in two.values() for vip in vips]
    left = sorted({vip for lb in two.values() for vip in own(lb)} - set(VIPS))
    lab.report.step("Delete the pair's load balancer", "its routes and VIPs gone, the first stays", all(status == 200 for _, status, _ in answers) and not left
                    and all(len(fabric.next_hops(vip)) == lab.members for vip in VIPS),
                    f"no next hop of {vips[0]} nor {vips[1]}, {len(fabric.next_hops(VIPS[0]))} of {VIPS[0]}" + (f"; still plugged: {left}" if left else ""), left=left)


def reloading(lab):
    """reloading HAProxy again and again under load"""
    lb, took = lab.lbs[1], []
    with traffic.Stream(fabric.VIP4) as stream, traffic.Stream(fabric.VIP6, rate=100) as stream6, lb.calls() as calls:
        began = time.monotonic()
        for _ in range(RELOADS):
            sent, done, status = calls.call(*controller.RELOAD)
            if status != 202:
                raise LabError(f"reload answered {status}")
            took.append(done - sent)
        ended = time.monotonic()
    rows = [row for row in stream.rows + stream6.rows if began <= row["start"] <= ended]
    failed = [row for row in stream.rows + stream6.rows if not row["ok"]]
    lab.report.step(f"{RELOADS} reloads of lb1 under load", "no request lost", not failed and len(rows) > RELOADS,
                    f"{len(failed)} of {len(rows)} requests lost" + (f" ({failed[0]['error']})" if failed else "") + f", {traffic.shares(rows).get('lb1', 0)} "
                    f"served by lb1; a reload took {ms(statistics.median(took))}, the slowest {ms(max(took))}",
                    lost=len(failed), requests=len(rows), median_ms=round(statistics.median(took) * 1000, 1), slowest_ms=round(max(took) * 1000, 1))


class Outage:
    """A member that stops serving under steady traffic: when the router was told, when it acted, what was lost."""

    def __init__(self, lab, leaver, event, needs_gone=True):
        """Without needs_gone the member comes back at once, and what is judged are the requests begun after that."""
        self.lb, vip = lb, vip = lab.lbs[leaver], fabric.VIP4
        with traffic.FibWatch(vip) as fib, traffic.Stream(vip) as stream:
            began = time.monotonic()
            self.counted = event()
            self.written = told(lab, lb, vip, "withdrawn", began)
            if needs_gone:
                edge = self.gone = fib.moment(hop(leaver, vip), False, began)
            else:
                self.announced = told(lab, lb, vip, "announced", self.written)
                wait_hops(lab.every)
                edge = time.monotonic()
                left = [at for at, hops in fib.history if at >= self.counted and hop(leaver, vip) not in hops]
                self.gone = left[0] if left else None
        self.rows = stream.rows
        self.after = [row for row in stream.rows if row["start"] > edge]
        self.lost_after = sum(not row["ok"] for row in self.after)
        self.lost_before = sum(not row["ok"] for row in stream.rows if row["start"] <= edge)
        self.written_ms = (self.written - self.counted) * 1000
        self.gone_ms = (self.gone - self.counted) * 1000 if self.gone else None

    def step(self, lab, name, expected="no request lost that began after that", also=True, more="", aim=None, **observed):
        """aim: in how many milliseconds the appliance should have the UPDATE written to every router, by its own account; shown, not judged."""
        own = ""
        if aim:
            observed["own_ms"] = stated(self.lb, fabric.VIP4)
            own = f"withdrawal written {observed['own_ms']:.1f} ms after the appliance saw it (aim {aim}), "
        at = "the route never left the router" if self.gone is None else f"route gone after {self.gone_ms:.0f} ms"
        lab.report.step(name, expected, also and self.lost_after == 0 and len(self.after) >= 100,
                        f"{own}withdrawal at the router after {self.written_ms:.0f} ms, {at}{more}; of {len(self.after)} requests begun after that "
                        f"{self.lost_after} lost, before {self.lost_before}",
                        withdrawn_ms=round(self.written_ms, 1), route_gone_ms=None if self.gone is None else round(self.gone_ms, 1),
                        after=len(self.after), lost_after=self.lost_after, lost_before=self.lost_before, **observed)


def kill(pid):
    at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    return at


def worker_killed(lab):
    """killing HAProxy's worker under traffic"""
    leaver = lab.members
    outage = Outage(lab, leaver, lambda: kill(worker(lab.lbs[leaver])), needs_gone=False)
    back = (outage.announced - outage.counted) * 1000
    outage.step(lab, f"kill -9 of HAProxy's worker on lb{leaver}", "started again, no request lost after that",
                more=f", announced again after {back:.0f} ms", aim=DEATH_MS, announced_ms=round(back, 1))


def master_killed(lab):
    """killing HAProxy's master where it can't come back"""
    leaver = lab.members
    lb = lab.lbs[leaver]
    os.rename(lb.haproxy, lb.haproxy + ".away")
    outage = Outage(lab, leaver, lambda: kill(master(lb)))
    wait_hops([i for i in lab.every if i != leaver])
    reasons = {reason for served, reason in own(lb).values() if not served}
    outage.step(lab, f"kill -9 of HAProxy's master on lb{leaver}", also=len(reasons) > 0, aim=DEATH_MS, reasons=sorted(reasons))
    lab.report.note("own_vips says: " + "; ".join(sorted(reasons)))
    os.rename(lb.haproxy + ".away", lb.haproxy)
    seconds = wait_hops(lab.every)
    lab.report.step("Its program is there again", "started by itself, routes back", True,
                    f"routes back {seconds:.1f} s later (it is tried after 1, 2, 4 ... 15 s)", back_s=round(seconds, 2))


def deleting(lab):
    """deleting the listener under traffic"""
    leaver = lab.members
    lb, seen = lab.lbs[leaver], {}

    def event():
        end = End(master(lb))
        with lb.calls() as calls:
            sent, seen["answered"], seen["status"] = calls.call(*controller.DELETE)
        seen["ended"] = end.moment()
        return sent
    outage = Outage(lab, leaver, event)
    first = (seen["ended"] - outage.written) * 1000
    outage.step(lab, f"Delete the listener of lb{leaver}", "withdrawn before HAProxy ends", seen["status"] == 200 and first > 0,
                f", HAProxy ended {first:.0f} ms after the withdrawal, answered after {ms(seen['answered'] - outage.counted)}", aim=DELETE_MS,
                haproxy_ended_after_withdrawal_ms=round(first, 1), answered_ms=round((seen["answered"] - outage.counted) * 1000, 1))
    bring_up(lab, [leaver])
    seconds = wait_hops(lab.every)
    lab.report.step("Create it again", f"{lab.members} next hops again", True, f"routes there {ms(seconds)} after the answer", back_ms=round(seconds * 1000))


def admin_down(lab):
    """taking the load balancer administratively down on one member"""
    leaver = lab.members
    lb, seen = lab.lbs[leaver], {}
    status, body = controller.upload(lb, controller.configuration(lb, lab.backends, listeners=False))
    if status != 202:
        raise LabError(f"upload answered {status}: {body}")

    def event():
        with lb.calls() as calls:
            sent, _, seen["status"] = calls.call(*controller.RELOAD)
        return sent
    outage = Outage(lab, leaver, event)
    outage.step(lab, f"Administratively down on lb{leaver}", also=seen["status"] == 202)
    bring_up(lab, [leaver])
    seconds = wait_hops(lab.every)
    lab.report.step("Up again", f"{lab.members} next hops again", True, f"routes there {ms(seconds)} after the answer", back_ms=round(seconds * 1000))


def unplugged(lab):
    """pulling the front-end NIC while it serves"""
    leaver = lab.members
    lb = lab.lbs[leaver]

    def event():
        at = time.monotonic()
        fabric.unplug(lb.host, controller.FRONT)
        return at
    outage = Outage(lab, leaver, event)
    reasons = {reason for served, reason in own(lb).values() if not served}
    outage.step(lab, f"Pull the front-end NIC of lb{leaver}", also=len(reasons) > 0, reasons=sorted(reasons))
    lab.report.note("own_vips says: " + "; ".join(sorted(reasons)))
    began = time.monotonic()
    fabric.plug(lb.host, "eth1", controller.FRONT)
    wait_hops(lab.every)
    lab.report.step("Plug one with the same MAC", "taken and addressed by itself, routes back", True,
                    f"routes back after {ms(time.monotonic() - began)}", back_ms=round((time.monotonic() - began) * 1000))


def refusals(lab):
    """sending what must change nothing"""
    lb = lab.lbs[1]
    before = master(lb), worker(lb)
    plug = {"subnet_cidr": "203.0.113.0/24", "gateway": None, "mac_address": "fa:16:3e:00:00:99", "vrrp_ip": "203.0.113.9", "mtu": 1500, "host_routes": []}
    text = controller.configuration(lb, lab.backends)
    tries = (
        ("a configuration that doesn't check", 400, controller.upload(lb, text.replace("mode http", "mode htpt"))),
        ("a MAC that isn't there", 404, lb.rest("POST", "/1.0/plug/network", {"mac_address": "fa:16:3e:00:00:98", "fixed_ips": [], "mtu": 1500})),
        ("a VIP plug with such a MAC", 404, lb.rest("POST", "/1.0/plug/vip/203.0.113.77", plug)),
        ("the same VIP plug again", 409, controller.plug_vip(lb, 1)),
        ("an action nobody knows", 400, controller.act(lb, "explode")),
        ("a certificate above its directory", 400, lb.rest("PUT", f"/1.0/loadbalancer/{controller.MAIN.id}/certificates/..%2Fx.pem", "x")),
    )
    wrong = [name for name, status, (got, body) in tries if got != status or not isinstance(body, dict)]
    same = (master(lb), worker(lb)) == before
    lab.report.step("Bad input", f"{len(tries)} kinds refused, HAProxy serves on", not wrong and same,
                    f"{len(tries) - len(wrong)} refused as they should be, HAProxy {'untouched' if same else 'TOUCHED'}", wrong=wrong, untouched=same)
    lab.report.table(["input", "status", "answer"], [[name, got, said(body)] for name, _, (got, body) in tries])


def said(body):
    """The answer's point, in one line: HAProxy prints notices before it comes to its own."""
    text = str(body.get("details") or body.get("message") or body.get("error")) if isinstance(body, dict) else str(body)
    return next((line for line in text.splitlines() if "[ALERT]" in line), text.replace("\n", " "))[:100]


def rolling(lab):
    """restarting every appliance, one after the other, under traffic"""
    rows, first, kept = [], [], 0
    with traffic.Stream(fabric.VIP4, rate=100) as stream:
        for i in lab.every:
            lb = lab.lbs[i]
            lab.report.doing(f"restarting the appliance of lb{i}")
            before, end = (master(lb), worker(lb)), End(lb.pid)
            with traffic.FibWatch(fabric.VIP4) as fib:
                began = time.monotonic()
                lb.stop()
                gone = fib.moment(hop(i, fabric.VIP4), False, began)
            written = told(lab, lb, fabric.VIP4, "withdrawn", began)
            ended = end.moment()
            lb.wait_stopped()
            serves = serves_itself(lb)
            lb.launch()
            ready = lb.await_ready()
            back = wait_hops(lab.every)
            kept += (master(lb), worker(lb)) == before
            first.append(written < ended)
            rows.append([lb.host, f"{ms(written - began)}", f"{ms(gone - began)}", f"{ms(ended - began)}", "yes" if serves else "NO",
                         f"{ready:.1f} s", f"{ms(back)} later"])
    lost = [row for row in stream.rows if not row["ok"]]
    lab.report.step("Rolling restart of all appliances", "routes withdrawn first, HAProxies adopted", kept == lab.members and all(first),
                    f"{sum(first)} withdrawn before the end, {kept} HAProxies the same before and after; {len(lost)} of {len(stream.rows)} requests lost"
                    + (f" ({lost[0]['error']})" if lost else ""),
                    withdrawn_first=sum(first), adopted=kept, requests=len(stream.rows), lost=len(lost))
    lab.report.table(["restarted", "told router", "route gone", "appliance ended", "HAProxy answered then", "REST again", "routes back"], rows)


def serves_itself(lb):
    """Whether HAProxy answers while its appliance doesn't run: asked from inside, for no route leads there."""
    out = run("nsenter", "--target", str(master(lb)), "--net", "--", "curl", "--silent", "--max-time", 10, "--output", "/dev/null",
              "--write-out", "%{http_code}", f"http://{fabric.VIP4}/", check=False)
    return out == "200"


STEPS = (steps.sessions, plugging, unserved, listeners, steps.ecmp, steps.balance, heartbeats, footprint, at_rest, weighing, pair, reloading,
         worker_killed, master_killed, deleting, admin_down, unplugged, refusals, rolling, steps.strangers)
