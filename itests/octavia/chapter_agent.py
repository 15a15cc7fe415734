# SPDX-License-Identifier: Apache-2.0
"""The agent itself: its certificate, its configuration, the calls for keepalived and LVS, and its end."""

import itertools
import socket
import ssl
import time

import controller
import fabric
import world
from chapter_http import answered
from checks import Chapter, expect, refused
from octavia.amphorae.drivers.haproxy import exceptions
from octavia.common import constants, data_models
from octavia.common import utils as octavia_utils
from oslo_config import cfg
from shell import wait_for

chapter = Chapter("agent")
SPECIAL_KEY = "k&<>'\"%-$$-7"


def served_serial(life):
    context = ssl.create_default_context(cafile=life.world.authority.certificate)
    context.load_cert_chain(life.world.amphora.client)
    with socket.create_connection((life.amphora.lb_network_ip, 9443), 10) as tcp, \
            context.wrap_socket(tcp, server_hostname=life.amphora.id) as tls:
        return tls.getpeercert()["serialNumber"]


@chapter.check("a rotated server certificate is served on the next connection; no BGP session is reset")
def rotation(life):
    before = served_serial(life)
    with open(life.world.authority.issue(life.amphora.id, "IP:" + life.amphora.lb_network_ip)) as f:
        life.driver.upload_cert_amp(life.amphora, f.read())
    after = served_serial(life)
    expect(after != before, f"serial {before} is still served")
    controller.driver().get_info(life.amphora)
    life.driver.get_info(life.amphora)
    expect(life.world.transitions() == life.established, "the session was reset")
    return f"serial {before[-8:]} before, {after[-8:]} after"


@chapter.check("a certificate without its key is InvalidRequest, and the one in use stays")
def bad_rotation(life):
    before = served_serial(life)
    with open(life.world.authority.certificate) as f:
        refused(exceptions.InvalidRequest, lambda: life.driver.upload_cert_amp(life.amphora, f.read()))
    expect(served_serial(life) == before, "another certificate is served")
    return "refused"


def as_oslo_reads(life, text):
    """The heartbeat key that Octavia's own agent would read from this file."""
    path = f"{life.world.directory}/pushed.conf"
    with open(path, "w") as f:
        f.write(text)
    conf = cfg.ConfigOpts()
    conf.register_opts([cfg.StrOpt("heartbeat_key")], group="health_manager")
    conf(["--config-file", path], project="pushed", default_config_dirs=[])
    return conf.health_manager.heartbeat_key


@chapter.check("a pushed configuration takes effect: interval, controllers in turn (IPv4 and IPv6), and the key as oslo.config reads it")
def push(life):
    for name, value in (("heartbeat_interval", 2), ("heartbeat_key", SPECIAL_KEY.replace("$$", "$")),
                        ("controller_ip_port_list", controller.controllers(controller.HEALTH))):
        controller.CONF.set_override(name, value, group="health_manager")
    text = controller.agent_configuration(life.amphora.id).replace("-$-", "-$$-")
    life.pushed = text
    life.driver.update_amphora_agent_config(life.amphora, text)
    life.health.key = as_oslo_reads(life, text)
    began = time.monotonic()

    def signed():
        return [d for d in life.health.since(began) if life.health.open(d)]

    wait_for("5 heartbeats with the new key", lambda: len(signed()) >= 5, world.PATIENCE)
    ports = [d.port for d in signed()]
    gaps = sorted(b.moment - a.moment for a, b in itertools.pairwise(signed()))
    # UDP keeps no order between sockets, but there are 2 s between two datagrams.
    turns = [port for _, port in controller.HEALTH]
    expect(all(turns[(turns.index(a) + 1) % len(turns)] == b for a, b in itertools.pairwise(ports)), f"ports {ports}")
    expect(1.5 < gaps[len(gaps) // 2] < 2.6, f"seconds between heartbeats {gaps}")
    return f"to ports {ports} ({turns[-1]} by IPv6), {gaps[len(gaps) // 2]:.2f} s between two; signed with {life.health.key}"


@chapter.check("the pushed file knows nothing of BGP, and the profile stays in force")
def profile(life):
    expect("l3_bgp" not in life.pushed, "the pushed file has a profile")
    expect(life.world.transitions() == life.established, "the session was reset")
    expect(life.world.is_announced(world.VIP4), "the VIP isn't announced any more")
    return f"session up, announced, {answered(life, count=2)}"


@chapter.check("a file that is none, or another amphora's, is refused and changes nothing")
def bad_push(life):
    strange = controller.agent_configuration(controller.identity())
    for text in ("[haproxy_amphora\nbind_port = x\n", strange, life.pushed.replace("bind_port = 9443", "bind_port = moon")):
        refused(exceptions.APIException, lambda: life.driver.update_amphora_agent_config(life.amphora, text))
    life.health.await_beat("with the key of before", lambda b: b["id"] == life.amphora.id)
    return "3 refused, heartbeats go on"


@chapter.check("ACTIVE_STANDBY: keepalived's calls are taken, HAProxy's peers know each other's names")
def active_standby(life):
    other = data_models.Amphora(id=controller.identity(), status=constants.AMPHORA_ALLOCATED, vrrp_ip=fabric.address("front", 12),
                                lb_network_ip=fabric.address("mgmt", 102), role=constants.ROLE_BACKUP)
    life.amphora.role, life.lb.topology = constants.ROLE_MASTER, constants.TOPOLOGY_ACTIVE_STANDBY
    life.lb.amphorae.append(other)
    life.lb.vrrp_group = data_models.VRRPGroup(vrrp_group_name=life.lb.id.replace("-", ""), vrrp_auth_type="PASS",
                                               vrrp_auth_pass="secret12", advert_int=1, load_balancer=life.lb)
    try:
        expect(life.driver.get_interface_from_ip(life.amphora, life.amphora.vrrp_ip) == "eth1", "no VRRP interface")
        life.driver.update_vrrp_conf(life.lb, life.interface_config(), life.amphora)
        life.driver.start_vrrp_service(life.amphora)
        life.driver.update_amphora_listeners(life.lb, life.amphora)
        life.lb.amphorae.remove(other)  # the calls for all amphorae of the load balancer: this suite has one
        life.driver.reload_vrrp_service(life.lb)
        life.driver.stop_vrrp_service(life.lb)
        sockets = life.world.inside("ss", "-Hltn")
        expect(f"{world.frontend()}:1025" in sockets, f"no peer of HAProxy listens as {octavia_utils.base64_sha1_string(life.amphora.id)}")
        expect(life.world.is_announced(world.VIP4), "the VIP isn't announced any more")
        return f"upload, start, reload, stop taken; peers on {world.frontend()}:1025; {answered(life, count=2)}"
    finally:
        life.lb.amphorae[:] = [life.amphora]
        life.lb.topology, life.amphora.role = constants.TOPOLOGY_SINGLE, constants.ROLE_STANDALONE
        life.update()


@chapter.check("a UDP listener is refused clearly, and the others go on")
def udp(life):
    lb = controller.load_balancer(life.amphora)
    life.amphora.load_balancer, life.amphora.load_balancer_id = life.lb, life.lb.id
    pool = controller.pool(lb, monitored=False)
    pool.protocol = constants.PROTOCOL_UDP
    controller.member(pool, fabric.address("back", 11), 53)
    listener = controller.listener(lb, constants.PROTOCOL_UDP, 53, pool)
    refused(exceptions.InvalidRequest, lambda: life.driver.update_amphora_listeners(lb, life.amphora))
    answer = life.client.request("put", life.amphora, f"listeners/{life.amphora.id}/{listener.id}/udp_listener", data="x")
    refused(exceptions.NotFound, lambda: life.raw("get", f"listeners/{listener.id}/udp_listener"))
    life.driver.delete(listener)
    beat = life.health.await_beat("after the refusal", lambda b: True)
    expect(list(beat["listeners"]) == [life.http.id], f"listeners {beat['listeners']}")
    return f"{answer.status_code} {answer.json()['message']}; {answered(life, count=2)}"


@chapter.check("without the role there are no heartbeats and no route")
def role_removed(life):
    expect(life.world.is_announced(world.VIP4), "the VIP wasn't announced before")
    life.health.await_beat("before", lambda b: True)
    life.world.amphora.console("feature:uninstall role-amphora")
    seconds = life.world.announced(world.VIP4, False)
    began = time.monotonic()
    time.sleep(3 * controller.CONF.health_manager.heartbeat_interval)  # silence has no event to wait for
    expect(not life.health.since(began), f"{len(life.health.since(began))} datagrams came")
    return f"route gone {seconds:.1f} s after the role; then silence for {time.monotonic() - began:.0f} s, where 3 heartbeats were due"
