# SPDX-License-Identifier: Apache-2.0
"""The product: the distribution as built, started by lab/appliance with a config drive, driven by REST over mutual TLS."""

import json
import os
import shutil
import signal
import subprocess
import threading
import time

from arena import NEXT_HOP, RECEIVER_AS, ROOT, SPEAKER_AS, address
from rest import Rest
from shell import LabError
from speakers import Speaker

BULK = "/1.0/distributor/registrations"
AMPHORA = "3d3b4e3e-0c5f-4f6a-9f43-2f6f3a0e5b11"

AGENT = """[haproxy_amphora]
bind_host = {address}
bind_port = 9443

[amphora_agent]
agent_server_ca = /etc/octavia/certs/client_ca.pem
agent_server_cert = /etc/octavia/certs/server.pem
amphora_id = {id}

[l3_bgp_speaker]
ip_version = 4
local_as = {own_as}
router_id = {address}
peers = {names}
service_type = distributor
"""

PEER = """
[l3_bgp_peer:{name}]
peer_ip = {ip}
remote_as = {remote_as}
passive = true
families = ipv4
hold_time = {hold}
"""


class Product(Speaker):
    name, note = "product", "the distribution, role distributor, routes given by REST"
    authority = client = None

    def __init__(self, place, directory, routes=0, peers=1, hold=90, core=None):
        super().__init__(place, directory, routes)
        self.neighbors = [place.receiver(i) for i in range(peers)]
        self.hold, self.core = hold, core
        self.drive, self.data = f"{self.directory}/drive", f"{self.directory}/data"
        self._write_drive()
        self.jvm = None

    def _write_drive(self):
        names = [f"receiver{i}" for i in range(len(self.neighbors))]
        conf = AGENT.format(address=self.place.speaker, id=AMPHORA, own_as=SPEAKER_AS, names=", ".join(names))
        for name, ip in zip(names, self.neighbors):
            conf += PEER.format(name=name, ip=ip, remote_as=RECEIVER_AS, hold=self.hold)
        with open(Product.authority.issue(f"{self.place.name}-server", f"IP:{self.place.speaker}")) as f:
            server = f.read()
        with open(Product.authority.certificate) as f:
            trusted = f.read()
        files = {"amphora-agent.conf": conf, "certs/server.pem": server, "certs/client_ca.pem": trusted}
        os.makedirs(f"{self.drive}/openstack/latest")
        os.makedirs(f"{self.drive}/openstack/content")
        meta = {"uuid": AMPHORA, "name": self.place.name, "files": []}
        for i, (path, text) in enumerate(files.items()):
            meta["files"].append({"path": f"/etc/octavia/{path}", "content_path": f"/content/{i:04d}"})
            with open(f"{self.drive}/openstack/content/{i:04d}", "w") as f:
                f.write(text)
        with open(f"{self.drive}/openstack/latest/meta_data.json", "w") as f:
            json.dump(meta, f)

    def launch(self):
        """Until REST has answered; gives the seconds that it took."""
        began = time.monotonic()
        pinned = [] if self.core is None else ["taskset", "-c", str(self.core)]
        self.process = subprocess.Popen([*pinned, f"{ROOT}/lab/appliance", "--netns", self.place.name, "--config-drive", self.drive,
                                         "--data", self.data, "--role", "distributor"], stdout=subprocess.PIPE, text=True)
        said = []
        for line in self.process.stdout:
            said.append(line.strip())
            if line.startswith("READY "):
                break
        else:
            raise LabError(f"the appliance said {said}")
        words = dict(word.split("=", 1) for word in line.split()[1:])
        self.jvm = int(words["pid"])
        rest = self.rest()
        answer = rest.call("GET", "/1.0/distributor/peers")
        seconds = time.monotonic() - began
        rest.close()
        if answer.status != 200:
            raise LabError(f"the appliance answered {answer.status}: {answer.body}")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        return seconds

    @property
    def pid(self):
        return self.jvm

    def home(self):
        """Where lab/appliance has unpacked the distribution."""
        with open(f"/proc/{self.jvm}/cmdline") as f:
            return next(word.split("=", 1)[1] for word in f.read().split("\0") if word.startswith("-Dkaraf.home="))

    def rest(self):
        return Rest(self.place.speaker, 9443, Product.authority.certificate, Product.client)

    def load(self):
        rest = self.rest()
        for first in range(0, self.routes, 10_000):
            self.register_all(rest, first, min(10_000, self.routes - first))
        rest.close()

    @staticmethod
    def rows(first, count):
        return {"registrations": [{"amphora_id": AMPHORA, "vip_ip": address(i), "nexthop_ip": NEXT_HOP}
                                  for i in range(first, first + count)]}

    @staticmethod
    def register_all(rest, first, count):
        return good(rest.call("PUT", BULK, Product.rows(first, count)))

    @staticmethod
    def remove_all(rest, first, count):
        return good(rest.call("POST", f"{BULK}/remove", Product.rows(first, count)))

    @staticmethod
    def register(rest, i):
        return good(rest.call("PUT", f"/1.0/distributor/amphorae/{AMPHORA}", {"vip_ip": address(i), "nexthop_ip": NEXT_HOP}))

    @staticmethod
    def unregister(rest, i):
        return good(rest.call("DELETE", f"/1.0/distributor/amphorae/{AMPHORA}?vip_ip={address(i)}&nexthop_ip={NEXT_HOP}"))

    def terminate(self):
        """SIGTERM to the JVM; gives the time at which it was sent."""
        at = time.monotonic_ns()
        os.kill(self.jvm, signal.SIGTERM)
        return at

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def forget_data(self):
        shutil.rmtree(self.data, ignore_errors=True)


def good(answer):
    if answer.status != 200:
        raise LabError(f"REST answered {answer.status}: {str(answer.body)[:400]}")
    return answer
