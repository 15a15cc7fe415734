# SPDX-License-Identifier: Apache-2.0
"""Asks Octavia's own health manager what a heartbeat changes.

Each line on standard input is {"lb": the load balancer as its repository gives it, "health": the message}; each line on
standard output is what is written: id to operating status, of all but the load balancer.
"""
import json
import sys
import time

from octavia.amphorae.drivers.health import heartbeat_udp
from octavia.common import config  # noqa: F401, the options that it reads


class Session:
    def commit(self):
        pass

    def rollback(self):
        pass


class Repository:
    """Takes every write, and knows one load balancer."""

    load_balancer = None

    def __init__(self, written=None):
        self.written = written

    def get_lb_for_health_update(self, session, amphora_id):
        return self.load_balancer

    def replace(self, session, amphora_id, last_update):
        pass

    def update(self, session, entity_id, operating_status):
        if self.written is not None:
            self.written[entity_id] = operating_status


heartbeat_udp.db_api.get_session = lambda **kwargs: Session()
for line in sys.stdin:
    case = json.loads(line)
    written = {}
    asked = heartbeat_udp.UpdateHealthDb()
    asked.amphora_repo = Repository()
    asked.amphora_repo.load_balancer = case["lb"]
    asked.amphora_health_repo = asked.loadbalancer_repo = Repository()
    asked.listener_repo = asked.member_repo = asked.pool_repo = Repository(written)
    asked._update_health(dict(case["health"], recv_time=time.time()), "192.0.2.1")
    print(json.dumps(written), flush=True)
