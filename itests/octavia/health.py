# SPDX-License-Identifier: Apache-2.0
"""Octavia's health manager: the datagrams as they come, opened and judged by its own code over a database of our own."""

import collections
import select
import socket
import threading
import time
import types

from octavia.amphorae.backends.health_daemon import status_message
from octavia.amphorae.drivers.health import heartbeat_udp
from octavia.common import exceptions

import controller
import world

Datagram = collections.namedtuple("Datagram", "moment port content")


class Row:
    """A repository that notes the operating status that would be written."""

    def __init__(self, verdict):
        self.verdict = verdict

    def update(self, _session, id_, operating_status):
        self.verdict.statuses[id_] = operating_status

    def replace(self, _session, _id, last_update):
        self.verdict.healthy = last_update is not None


class Verdict:
    """What the health manager would write: whether the amphora counts as alive, and the statuses that change."""

    def __init__(self):
        self.healthy, self.statuses = False, {}

    def status(self, thing):
        return self.statuses.get(thing.id, thing.operating_status)


def database_view(lb):
    """The row that AmphoraRepository.get_lb_for_health_update would make of this load balancer."""
    return {
        "id": lb.id, "enabled": lb.enabled, "provisioning_status": lb.provisioning_status, "operating_status": lb.operating_status,
        "listeners": {one.id: {"operating_status": one.operating_status, "protocol": one.protocol, "enabled": one.enabled}
                      for one in lb.listeners},
        "pools": {one.id: {"operating_status": one.operating_status,
                           "members": {m.id: {"operating_status": m.operating_status} for m in one.members}}
                  for one in lb.pools}}


def judge(beat, lb):
    """Lets Octavia's own UpdateHealthDb judge a heartbeat."""
    verdict = Verdict()
    session = types.SimpleNamespace(commit=lambda: None, rollback=lambda: None)
    heartbeat_udp.db_api = types.SimpleNamespace(get_session=lambda autocommit=True: session)
    updater = heartbeat_udp.UpdateHealthDb()
    updater.amphora_repo = types.SimpleNamespace(get_lb_for_health_update=lambda _session, _id: database_view(lb))
    updater.amphora_health_repo = updater.listener_repo = updater.loadbalancer_repo = Row(verdict)
    updater.member_repo = updater.pool_repo = updater.listener_repo
    updater._update_health({**beat, "recv_time": time.time()}, controller.CONTROL)
    return verdict


class HealthManager:
    """Listens as long as the process lives."""

    def __init__(self):
        self.datagrams, self.lock = [], threading.Lock()
        self.key = controller.CONF.health_manager.heartbeat_key
        self.sockets = {}
        for address, port in controller.HEALTH:
            one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
            one.bind((address, port))
            self.sockets[one] = port
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            for one in select.select(list(self.sockets), [], [])[0]:
                content = one.recv(heartbeat_udp.UDP_MAX_SIZE)
                with self.lock:
                    self.datagrams.append(Datagram(time.monotonic(), self.sockets[one], content))

    def since(self, moment):
        with self.lock:
            return [d for d in self.datagrams if d.moment > moment]

    def open(self, datagram):
        """The message, as Octavia reads it; None for what it would drop."""
        try:
            return status_message.unwrap_envelope(datagram.content, self.key)
        except exceptions.InvalidHMACException:
            return None

    def beats(self, moment):
        return [beat for beat in map(self.open, self.since(moment)) if beat is not None]

    def await_beat(self, what, condition):
        """The first heartbeat from now on that is so."""
        began = time.monotonic()
        seen = []

        def found():
            seen[:] = self.beats(began)
            return next((beat for beat in seen if condition(beat)), None)

        try:
            return world.wait_for(f"a heartbeat {what}", found, world.PATIENCE)[0]
        except world.LabError as e:
            raise AssertionError(f"{e}; {len(self.since(began))} datagrams came, the last says {seen[-1] if seen else 'nothing'}") from e
