# SPDX-License-Identifier: Apache-2.0
"""Listeners and the load balancer are taken down, up, moved to another worker's failover, deleted, and made again."""

import controller
import health
import world
from chapter_http import URL, answered
from chapter_tls import MAIN, reached
from checks import Chapter, expect, refused
from octavia.amphorae.drivers.haproxy import exceptions
from octavia.common import constants
from shell import wait_for

chapter = Chapter("admin")
HTTPS = f"https://{MAIN}/"


def reports(life, *listeners):
    """The health manager counts a heartbeat of exactly these listeners."""
    ids = sorted(one.id for one in listeners)
    beat = life.health.await_beat(f"of {len(ids)} listeners", lambda b: sorted(b["listeners"]) == ids)
    expect(health.judge(beat, life.lb).healthy, f"the health manager would not count a heartbeat of {len(ids)} listeners")


@chapter.check("a listener that is down isn't served nor reported; the VIP stays announced for the other")
def listener_down(life):
    life.https.enabled = False
    life.update()
    expect(life.listener_ids() == [life.http.id], f"listeners {life.listener_ids()}")
    expect(life.world.refuses(HTTPS, *reached(MAIN)), "port 443 still answers")
    expect(life.world.is_announced(world.VIP4), "the VIP isn't announced any more")
    reports(life, life.http)
    return f"443 refused, 80 {answered(life, count=2)}"


@chapter.check("up again it is served")
def listener_up(life):
    life.https.enabled = True
    life.update()
    reports(life, life.http, life.https)
    return f"{answered(life, HTTPS, 2, *reached(MAIN))}"


@chapter.check("a load balancer that is down is withdrawn from the routers")
def down(life):
    life.lb.enabled = False
    life.update()
    seconds = life.world.announced(world.VIP4, False)
    expect(life.listener_ids() == [], f"listeners {life.listener_ids()}")
    own = life.world.own_vip(world.VIP4)
    expect(own["served"] is False, f"own VIP {own}")
    expect(life.world.refuses(URL), "the VIP still answers")
    reports(life)
    return f"route gone {seconds * 1000:.0f} ms after the reload's answer; {own['reason']}"


@chapter.check("up again it is announced and served")
def up(life):
    life.lb.enabled = True
    life.update()
    seconds = life.world.announced(world.VIP4)
    reports(life, life.http, life.https)
    return f"after {seconds * 1000:.0f} ms; {answered(life, count=2)}"


@chapter.check("a failover's second update, reload and start change nothing")
def failover(life):
    pids = len(life.world.haproxies())
    worker = controller.driver()
    worker.update_amphora_listeners(life.lb, life.amphora)
    worker.reload(life.lb, life.amphora)
    worker.start(life.lb, life.amphora)
    expect(life.world.is_announced(world.VIP4), "the VIP isn't announced any more")
    wait_for("the workers of before have gone", lambda: len(life.world.haproxies()) <= pids, world.PATIENCE)
    return f"announced, {answered(life, count=3)}, {len(life.world.haproxies())} HAProxy processes"


@chapter.check("one of two listeners deleted: its certificates are gone, the other is served")
def delete_one(life):
    names = [one.id for one in (life.driver._process_tls_certificates(life.https)["tls_cert"],)]
    life.driver.delete(life.https)
    life.pool.listeners.remove(life.https)
    refused(exceptions.NotFound, lambda: life.client.get_cert_md5sum(life.amphora, life.lb.id, names[0] + ".pem"))
    expect(life.world.refuses(HTTPS, *reached(MAIN)), "port 443 still answers")
    expect(life.world.is_announced(world.VIP4), "the VIP isn't announced any more")
    reports(life, life.http)
    return f"{answered(life, count=2)}"


@chapter.check("the last listener deleted: withdrawn, HAProxy gone; deleted again is done")
def delete_last(life):
    life.driver.delete(life.http)
    seconds = life.world.announced(world.VIP4, False)
    wait_for("HAProxy has ended", lambda: not life.world.haproxies(), world.PATIENCE)
    life.client.delete_listener(life.amphora, life.lb.id)
    expect(life.listener_ids() == [], f"listeners {life.listener_ids()}")
    refused(exceptions.NotFound, lambda: life.raw("get", f"loadbalancer/{life.lb.id}/haproxy"))
    reports(life)
    return f"route gone {seconds * 1000:.0f} ms after the answer, no HAProxy process left"


@chapter.check("made again it is served and announced; the BGP session was never reset")
def recreate(life):
    life.pool.listeners.clear()
    life.http = controller.listener(life.lb, constants.PROTOCOL_HTTP, 80, life.pool)
    life.update()
    seconds = life.world.announced(world.VIP4)
    reports(life, life.http)
    expect(life.world.transitions() == life.established, "the session was reset")
    return f"after {seconds * 1000:.0f} ms; {answered(life, count=3)}"
