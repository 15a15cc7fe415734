# SPDX-License-Identifier: Apache-2.0
"""What goes wrong while a listener is served: the service goes on where it can, and the appliance says what is wrong."""

import contextlib
import os
import signal
import time

import controller
import fabric
import health
import world
from chapter_admin import reports
from chapter_http import URL, answered
from checks import Chapter, expect, refused
from octavia.amphorae.drivers.haproxy import exceptions
from octavia.common import constants
from shell import run, wait_for
import traffic

chapter = Chapter("faults")
ABSENT = "203.0.113.99"


def stored(life):
    return life.raw("get", f"loadbalancer/{life.lb.id}/haproxy").text


def refusal(life, method, path, **request):
    """What the appliance says to a call that it refuses."""
    answer = life.client.request(method, life.amphora, path, **request)
    expect(answer.status_code >= 400, f"taken: {answer.status_code} {answer.text}")
    return answer.json()["details"]


def processes(life):
    """HAProxy's master and its worker, once the workers of earlier reloads have gone."""
    def both():
        found = sorted(life.world.haproxies())
        return found if len(found) == 2 else None
    return wait_for("HAProxy is one master and one worker", both, world.PATIENCE)[0]


@contextlib.contextmanager
def untouched(life):
    """HAProxy's processes stay the same, the route never leaves the router, and requests are answered."""
    before = processes(life)
    with traffic.FibWatch(world.VIP4) as fib:
        yield
    routes = [hops for _, hops in fib.history]
    expect(routes == [[world.frontend()]], f"the router's next hops were {routes}")
    after = sorted(life.world.haproxies())
    expect(after == before, f"HAProxy's processes were {before} and are {after}")
    expect(life.world.is_announced(world.VIP4), "the VIP isn't announced any more")
    answered(life, count=2)


@chapter.check("a listener on an address that isn't there: its reload fails and names it, the one before serves on")
def absent_address(life):
    wanted = stored(life).replace(f"bind {world.VIP4}:", f"bind {ABSENT}:")
    with untouched(life):
        life.client.upload_config(life.amphora, life.lb.id, wanted)
        refused(exceptions.InternalServerError, lambda: life.client.reload_listener(life.amphora, life.lb.id))
        said = refusal(life, "put", f"loadbalancer/{life.lb.id}/reload")
        expect(ABSENT in said, f"details {said}")
    life.update()
    return said


@chapter.check("20 MB are InvalidRequest, and nothing of them is kept")
def too_large(life):
    before = stored(life)
    with untouched(life):
        refused(exceptions.InvalidRequest, lambda: life.client.upload_config(life.amphora, life.lb.id, before + "#" * 20_000_000))
        expect(stored(life) == before, "the configuration changed")
    return "refused"


@chapter.check("on a full disk uploads fail and say so; heartbeats and requests go on")
def full_disk(life):
    before, filler = stored(life), f"{controller.CONF.haproxy_amphora.base_path}/filler"
    with untouched(life):
        try:
            run("dd", "if=/dev/zero", f"of={filler}", "bs=4k", check=False)
            said = refusal(life, "put", f"loadbalancer/{life.amphora.id}/{life.lb.id}/haproxy", data=before + "#" * 50_000)
            expect("No space left" in said, f"details {said}")
            refused(exceptions.InternalServerError,
                    lambda: life.client.upload_cert_pem(life.amphora, life.lb.id, "extra.pem", "x" * 50_000))
            expect(stored(life) == before, "the configuration changed")
            reports(life, life.http)
        finally:
            os.unlink(filler)
    life.update()
    return said


@chapter.check("without HAProxy's program uploads fail and name it; the running one serves on")
def no_program(life):
    program = controller.CONF.haproxy_amphora.haproxy_cmd
    with untouched(life):
        os.rename(program, program + ".away")
        try:
            said = refusal(life, "put", f"loadbalancer/{life.amphora.id}/{life.lb.id}/haproxy", data=stored(life))
            expect(program in said, f"details {said}")
            refused(exceptions.InternalServerError, lambda: life.client.reload_listener(life.amphora, life.lb.id))
        finally:
            os.rename(program + ".away", program)
    life.update()
    return said


@chapter.check("a dead statistics socket: withdrawn and not reported, for nobody can tell whether it serves; a reload mends it")
def dead_socket(life):
    pids = processes(life)
    os.unlink(f"{controller.CONF.haproxy_amphora.base_path}/{life.lb.id}.sock")
    seconds = life.world.announced(world.VIP4, False)
    own = life.world.own_vip(world.VIP4)
    expect("statistics socket" in own["reason"], f"own VIP {own}")
    expect(sorted(life.world.haproxies()) == pids, "HAProxy's processes changed")
    reports_none(life)
    life.client.reload_listener(life.amphora, life.lb.id)
    life.world.announced(world.VIP4)
    reports(life, life.http)
    return f"route gone after {seconds:.1f} s; {own['reason']}; after the reload {answered(life, count=2)}"


def reports_none(life):
    """A heartbeat without the listener, by which the health manager knows that the amphora is ill."""
    beat = life.health.await_beat("without listeners", lambda b: not b["listeners"])
    expect(not health.judge(beat, life.lb).healthy, "the health manager would count this heartbeat")


@chapter.check("the VIP's port is detached while it serves, as at the load balancer's end: withdrawn; attached again it is taken")
def detached(life):
    pids = processes(life)
    run("ip", "-n", fabric.ROUTER, "link", "del", f"{world.HOST}-front")
    seconds = life.world.announced(world.VIP4, False)
    wait_for("the missing interface is told", lambda: "eth1" in life.world.own_vip(world.VIP4)["reason"], world.PATIENCE)
    reason = life.world.own_vip(world.VIP4)["reason"]
    began = time.monotonic()
    world.attach("front")
    life.world.announced(world.VIP4)
    back = time.monotonic() - began
    expect(sorted(life.world.haproxies()) == pids, "HAProxy's processes changed")
    return f"route gone after {seconds * 1000:.0f} ms: {reason}; back {back * 1000:.0f} ms after it came: {answered(life, count=2)}"


@chapter.check("the VIP goes to another load balancer: not while the first serves it, and at once when that is deleted")
def moved(life):
    first = life.lb
    second = controller.load_balancer(life.amphora)
    pool = controller.pool(second)
    controller.member(pool, fabric.address("back", 11), 80)
    other = controller.listener(second, constants.PROTOCOL_HTTP, 80, pool)
    try:
        with untouched(life):
            refused(exceptions.InternalServerError, lambda: life.driver.update(second))
            said = refusal(life, "put", f"loadbalancer/{second.id}/reload")
            expect(first.id in said and f"{world.VIP4}:80" in said, f"details {said}")
            reports(life, life.http)
        life.driver.delete(life.http)
        life.driver.update(second)
        seconds = life.world.announced(world.VIP4)
        beat = life.health.await_beat("of the other listener", lambda b: list(b["listeners"]) == [other.id])
        expect(health.judge(beat, second).healthy, "the health manager would not count this heartbeat")
        who = answered(life, count=3)
    finally:
        life.driver.delete(other)
        life.amphora.load_balancer, life.amphora.load_balancer_id = first, first.id
    life.pool.listeners.clear()
    life.http = controller.listener(first, constants.PROTOCOL_HTTP, 80, life.pool)
    life.update()
    life.world.announced(world.VIP4)
    reports(life, life.http)
    return f"first: {said}; then announced {seconds * 1000:.0f} ms after the answer, {who}"


@chapter.check("kill -9 of the appliance between upload and reload: HAProxy serves on with the one before, the reload takes the new one")
def killed(life):
    pids, port = processes(life), f":{life.http.protocol_port}"
    before = stored(life)
    wanted = before.replace(f"bind {world.VIP4}{port}", f"bind {world.VIP4}:81").replace(f"bind {world.VIP6}{port}", f"bind {world.VIP6}:81")
    life.client.upload_config(life.amphora, life.lb.id, wanted)
    os.kill(life.world.amphora.pid, signal.SIGKILL)
    life.world.amphora.process.wait(world.PATIENCE)
    life.world.announced(world.VIP4, False)
    seconds = life.world.restart()
    life.world.announced(world.VIP4)
    life.established = life.world.transitions()
    expect(sorted(life.world.haproxies()) == pids, "HAProxy's processes changed")
    expect(stored(life) == wanted, "the upload was lost")
    reports(life, life.http)
    who = answered(life, count=2)
    life.client.reload_listener(life.amphora, life.lb.id)
    expect(life.world.is_announced(world.VIP4) and life.world.refuses(URL), "port 80 still answers")
    moved_to = answered(life, f"http://{world.VIP4}:81/", 2)
    life.update()
    life.world.announced(world.VIP4)
    return f"REST again after {seconds:.1f} s, HAProxy untouched: {who}; after the reload at port 81: {moved_to}"
