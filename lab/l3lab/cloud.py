# SPDX-License-Identifier: Apache-2.0
"""The controller of the lab: how an operator sets it up, and the two ways to talk to it, OpenStack's client and HTTP."""

import contextlib
import http.client
import json
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import fabric
from appliance import HEARTBEAT_KEY, HERE, Appliance, connect_from
from routers import PASSWORD
from shell import LabError, run_in, wait_for

PORT = 9876
HEARTBEAT_SECONDS, TIMEOUT_SECONDS, GRACE_SECONDS = 2, 12, 10
DISTRIBUTOR = "7b1f5c0e-6a52-4c3d-9e0b-0d5f1a2b3c4d"
# Networks and subnets: the lab chooses the ids, so that the settings can name them before the controller runs.
MGMT, PUBLIC = "f0000000-0000-4000-8000-000000000001", "f0000000-0000-4000-8000-000000000002"
MGMT_SUBNET, PUBLIC_SUBNET = "50000000-0000-4000-8000-000000000001", "50000000-0000-4000-8000-000000000002"
PUBLIC_NET, PUBLIC_GATEWAY = "203.0.113.0/24", "203.0.113.1"

SETTINGS = {
    "controller": """
distributorId = {distributor}
computeType = local
amphorae = {amphorae}
managementNetwork = {mgmt}
managementSubnet = {mgmt_subnet}
heartbeatHost = {here}
heartbeatKeyFile = {keys}/heartbeat.key
heartbeatInterval = {interval}
heartbeatTimeout = {timeout}
serverAuthority = {authority}
serverAuthorityKey = {authority_key}
clientAuthority = {authority}
md5PasswordFile = {keys}/md5
grace = {grace}
""",
    "client": """
certificate = {client}
authority = {authority}
""",
    "controller.rest": """
auth = none
""",
    "compute.local": """
command = {machine} {networks}
directory = {machines}
failureDomain = lab
""",
}


class Controller(Appliance):
    """An appliance that has the role controller, on the control host."""

    def __init__(self, directory, amphorae):
        super().__init__(fabric.CONTROL, ["controller"], directory, 2)
        self.wanted = amphorae
        self.machines = f"{directory}/machines"

    def write_drive(self, authority, form):
        """A controller has no config drive: an operator writes its settings."""
        keys = f"{self.directory}/keys"
        os.makedirs(keys, mode=0o700)
        for name, text in (("heartbeat.key", HEARTBEAT_KEY), ("md5", PASSWORD)):
            with open(f"{keys}/{name}", "w") as f:
                f.write(text + "\n")
        networks = f"{self.directory}/networks.json"
        with open(networks, "w") as f:
            json.dump({"switches": fabric.ROUTER, "networks": {MGMT: {"bridge": "mgmt", "length": 24},
                                                                PUBLIC: {"bridge": "front", "length": 24}}}, f)
        os.makedirs(f"{self.data}/etc")
        for name, text in SETTINGS.items():
            with open(f"{self.data}/etc/org.l3distributor.{name}.cfg", "w") as f:
                f.write(text.lstrip().format(
                    distributor=DISTRIBUTOR, amphorae=self.wanted, mgmt=MGMT, mgmt_subnet=MGMT_SUBNET, here=self.address, keys=keys,
                    interval=HEARTBEAT_SECONDS, timeout=TIMEOUT_SECONDS, grace=GRACE_SECONDS, authority=authority.certificate,
                    authority_key=authority.key, client=Appliance.client, machine=f"{HERE}/machine", networks=networks,
                    machines=self.machines))

    def drive_words(self):
        return []

    def openstack(self, *words, timeout=120):
        """Debian's client, on the controller's host; gives what it printed, read as JSON where it can be."""
        out = run_in(self.host, "openstack", "--os-auth-type", "none", "--os-endpoint", f"http://127.0.0.1:{PORT}",
                     "loadbalancer", *words, timeout=timeout)
        return json.loads(out) if out.strip() else None

    def call(self, method, path, body=None, good=(200, 201, 202, 204)):
        """One call of the API. Gives its answer and the moment when that was there."""
        with ThreadPoolExecutor(1) as thread:
            raw = thread.submit(connect_from, self.host, "127.0.0.1", PORT).result(30)
        calls = http.client.HTTPConnection("127.0.0.1", PORT)
        calls.sock = raw
        try:
            calls.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
            answer = calls.getresponse()
            text = answer.read()
        except OSError as e:
            raise LabError(f"{method} {path}: {e}") from e
        finally:
            calls.close()
        if answer.status not in good:
            raise LabError(f"{method} {path}: {answer.status}: {text.decode(errors='replace')[:400]}")
        return json.loads(text) if text else None

    def load_balancer(self, name):
        rows = self.call("GET", f"/v2/lbaas/loadbalancers?name={name}")["loadbalancers"]
        return rows[0] if rows else None

    def tables(self, query, *values):
        """What stands in the controller's own tables, whether it runs or not."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/controller/controller.db?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return list(database.execute(query, values))

    def amphorae(self, load_balancer):
        """Its amphorae as the controller has them, by id."""
        rows = self.tables("select id, status, frontend_ip from amphora where load_balancer_id = ?", load_balancer)
        return {row["id"]: dict(row) for row in rows}

    def await_active(self, name, timeout=120):
        """Waits until no change of a load balancer is on its way; gives it and the moment."""
        def settled():
            row = self.load_balancer(name)
            if row and row["provisioning_status"] == "ERROR":
                raise LabError(f"load balancer {name} is in ERROR")
            return row if row and row["provisioning_status"] == "ACTIVE" else None
        row, _ = wait_for(f"load balancer {name} is ACTIVE", settled, timeout, pause=0.03)
        return row, time.monotonic()

    def machine_process(self, amphora):
        """The first process of an amphora's machine."""
        with open(f"{self.machines}/{amphora}/process") as f:
            return int(f.read().split()[0])

    def running(self):
        """The ids of all machines."""
        return sorted(name for name in os.listdir(self.machines) if not name.startswith(".")) if os.path.isdir(self.machines) else []

    def booted(self, amphora):
        """Whether the appliance of a machine has said that it is ready."""
        try:
            with open(f"{self.machines}/{amphora}/console.log") as f:
                return any(line.startswith("READY ") for line in f)
        except FileNotFoundError:
            return False
