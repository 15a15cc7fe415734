# SPDX-License-Identifier: Apache-2.0
"""An HTTP listener with a pool, members and a health monitor: served, announced, reported."""

import collections
import csv
import os
import socket
import time

import controller
import fabric
import health
import world
from checks import Chapter, expect, refused
from octavia.amphorae.drivers.haproxy import exceptions
from octavia.common import constants
from shell import start_in, wait_for

chapter = Chapter("http")
URL = f"http://{world.VIP4}/"


def answered(life, url=URL, count=10, *more):
    """All requests are answered by the back ends; gives who answered how often."""
    bodies = life.world.get(url, *more, count=count)
    expect(len(bodies) == count and all(b.startswith("hello from be") for b in bodies), f"answers {bodies}")
    return dict(collections.Counter(bodies))


@chapter.check("a listener's update is served and announced")
def create(life):
    pool = life.pool = controller.pool(life.lb)
    life.be1 = controller.member(pool, fabric.address("back", 11), 80)
    life.dead = controller.member(pool, fabric.address("back", 11), 81)
    life.drained = controller.member(pool, fabric.address("far", 12), 80, weight=0)
    life.off = controller.member(pool, fabric.address("far", 12), 80, enabled=False)
    life.http = controller.listener(life.lb, constants.PROTOCOL_HTTP, 80, pool)
    life.update()
    seconds = life.world.announced(world.VIP4)
    life.established = life.world.transitions()
    base = controller.CONF.haproxy_amphora.base_path
    expect(os.path.exists(f"{base}/{life.lb.id}/haproxy.cfg"), f"nothing of it lies in base_path {base}")
    return f"router forwards {world.VIP4} to {world.frontend()}, {seconds * 1000:.0f} ms after the reload's answer"


@chapter.check("requests of a client through the VIP are answered")
def requests(life):
    return f"{answered(life)}"


@chapter.check("the listeners' list and details name it")
def listed(life):
    rows = life.client.get_all_listeners(life.amphora)
    expect(rows == [{"status": "ACTIVE", "type": "HTTP", "uuid": life.http.id}], f"{rows}")
    details = life.client.get_details(life.amphora)
    expect(details["listeners"] == [life.http.id] and details["haproxy_count"] == 1, f"{details}")
    expect("eth1" in details["networks"], f"networks {details['networks']}")
    return f"{rows}"


@chapter.check("the health manager finds listener, pool and each kind of member as they are")
def heartbeat(life):
    wanted = [(life.be1, "UP", constants.ONLINE), (life.dead, "DOWN", constants.ERROR),
              (life.drained, "DRAIN", constants.DRAINING), (life.off, "MAINT", constants.OFFLINE)]
    words = {member.id: word for member, word, _ in wanted}
    key = f"{life.pool.id}:{life.http.id}"

    def settled(beat):
        told = beat["pools"].get(key, {"members": {}})["members"]
        return set(told) == set(words) and all(told[m].startswith(w) for m, w in words.items())

    beat = life.health.await_beat(f"with members {sorted(words.values())}", settled)
    expect(set(beat["listeners"]) == {life.http.id}, f"listeners {beat['listeners']}")
    verdict = health.judge(beat, life.lb)
    expect(verdict.healthy, "the health manager would not count this heartbeat")
    expect(all(verdict.status(member) == status for member, _, status in wanted), f"statuses {verdict.statuses}")
    expect(verdict.status(life.http) == constants.ONLINE and verdict.status(life.pool) == constants.DEGRADED
           and verdict.status(life.lb) == constants.DEGRADED, f"statuses {verdict.statuses}")
    return f"members {sorted(beat['pools'][key]['members'].values())}; listener {beat['listeners'][life.http.id]['status']}"


@chapter.check("heartbeats count each request once")
def deltas(life):
    life.health.await_beat("without traffic", lambda b: b["listeners"][life.http.id]["stats"]["totconns"] == 0)
    began = time.monotonic()

    def total(name):
        return sum(beat["listeners"][life.http.id]["stats"][name] for beat in life.health.beats(began))

    answered(life, count=7)
    wait_for("7 connections in the heartbeats", lambda: total("totconns") >= 7, world.PATIENCE)
    counted = len(life.health.beats(began))
    wait_for("two heartbeats more", lambda: len(life.health.beats(began)) >= counted + 2, world.PATIENCE)
    expect(total("totconns") == 7, f"{total('totconns')} connections for 7 requests")
    expect(total("rx") > 7 * 50 and total("tx") > 7 * 50 and total("ereq") == 0, f"rx {total('rx')} tx {total('tx')} ereq {total('ereq')}")
    return f"7 requests: totconns {total('totconns')}, rx {total('rx')}, tx {total('tx')}, over {len(life.health.beats(began))} heartbeats"


@chapter.check("no request is lost in three member updates")
def hitless(life):
    life.pool.members.remove(life.dead)
    output = f"{life.world.directory}/stream.out"
    stream = start_in(fabric.CLIENT, "curl", "--silent", "--max-time", "10", "--rate", "100/s", "--header", "Connection: close",
                      "--output", "/dev/null", "--write-out", "%{http_code}\\n", f"{URL}?n=[1-200]", log=output)
    for weight in (1, 2, 1):
        life.drained.weight = weight
        life.update()
    stream.wait(60)
    with open(output) as f:
        codes = f.read().split()
    expect(codes == ["200"] * 200, f"{collections.Counter(codes)}")
    expect(life.world.is_announced(world.VIP4) and life.world.transitions() == life.established, "the route or the session went away")
    return f"200 of 200 answered; afterwards {answered(life)}"


@chapter.check("the additional IPv6 VIP has no next hop of its family, and is announced once there is one")
def ipv6(life):
    own = life.world.own_vip(world.VIP6)
    expect(own and own["served"] is False and "IPv6" in own["reason"], f"own VIP {own}")
    expect(not fabric.next_hops(world.VIP6), f"the router forwards it to {fabric.next_hops(world.VIP6)}")
    life.world.inside("ip", "addr", "add", f"{world.frontend(6)}/64", "dev", "eth1", "nodad")
    seconds = life.world.announced(world.VIP6)
    return f"first: {own['reason']}; {seconds * 1000:.0f} ms after an address came: {answered(life, f'http://[{world.VIP6}]/', 4)}"


@chapter.check("a configuration that HAProxy refuses is InvalidRequest, and the running service goes on")
def broken(life):
    before = life.raw("get", f"loadbalancer/{life.lb.id}/haproxy").text
    pids = sorted(life.world.haproxies())
    refused(exceptions.InvalidRequest, lambda: life.client.upload_config(life.amphora, life.lb.id, "frontend x\n  bind\n  nonsense\n"))
    answer = life.client.request("put", life.amphora, f"loadbalancer/{life.amphora.id}/{life.lb.id}/haproxy", data="nonsense here\n")
    expect("nonsense" in answer.json()["details"], f"details {answer.text}")
    life.http.timeout_client_data = "soon"
    refused(exceptions.InvalidRequest, life.update)
    life.http.timeout_client_data = None
    expect(life.raw("get", f"loadbalancer/{life.lb.id}/haproxy").text == before, "the configuration changed")
    expect(sorted(life.world.haproxies()) == pids, "HAProxy's processes changed")
    return f"{answer.json()['message']}: {answer.json()['details'][:80]}; {answered(life, count=3)}"


@chapter.check("a pool without a health monitor reports its members as unmonitored")
def unmonitored(life):
    monitor, life.pool.health_monitor = life.pool.health_monitor, None
    life.update()
    key = f"{life.pool.id}:{life.http.id}"
    beat = life.health.await_beat("with 'no check'", lambda b: "no check" in b["pools"].get(key, {"members": {}})["members"].values())
    verdict = health.judge(beat, life.lb)
    life.pool.health_monitor = monitor
    life.update()
    expect(verdict.healthy and verdict.status(life.be1) == constants.NO_MONITOR, f"statuses {verdict.statuses}")
    return f"{sorted(beat['pools'][key]['members'].values())}"


def last_checks(life):
    """Each member's status, and how its last check ended, as HAProxy's statistics have them."""
    with socket.socket(socket.AF_UNIX) as statistics:
        statistics.connect(f"{controller.CONF.haproxy_amphora.base_path}/{life.lb.id}.sock")
        statistics.sendall(b"show stat\n")
        text = b"".join(iter(lambda: statistics.recv(65536), b"")).decode()
    rows = csv.DictReader(text.removeprefix("# ").splitlines())
    return {row["svname"]: (row["status"], row["check_status"].removeprefix("* ")) for row in rows}


@chapter.check("a PING monitor finds the member up that answers, and the one down that doesn't")
def ping(life):
    silent = controller.member(life.pool, fabric.address("back", 99), 80)
    life.pool.health_monitor.type = constants.HEALTH_MONITOR_PING
    try:
        life.update()
        wait_for("be1 is UP by its program", lambda: last_checks(life)[life.be1.id] == ("UP", "PROCOK"), world.PATIENCE)
        wait_for("the silent member is DOWN", lambda: last_checks(life)[silent.id][0] == "DOWN", world.PATIENCE)
        told = last_checks(life)
        expect(told[silent.id][1] in ("PROCERR", "PROCTOUT") and told[life.be1.id] == ("UP", "PROCOK"), f"checks {told}")
        key = f"{life.pool.id}:{life.http.id}"
        beat = life.health.await_beat("with a silent member", lambda b: b["pools"][key]["members"].get(silent.id, "").startswith("DOWN"))
        expect(beat["pools"][key]["members"][life.be1.id].startswith("UP"), f"{beat['pools'][key]}")
        seen = answered(life, count=3)
    finally:
        life.pool.members.remove(silent)
        life.pool.health_monitor.type = constants.HEALTH_MONITOR_HTTP
        life.update()
    return f"be1 {told[life.be1.id]}, silent {told[silent.id]}; {seen}"
