# SPDX-License-Identifier: Apache-2.0
"""One appliance of the lab: its config drive, its process, and the two ways to talk to it (REST and console)."""

import base64
import json
import os
import signal
import subprocess
import threading
import time
import uuid

import fabric
from routers import PASSWORD
from shell import LabError, run, run_in

READY_SECONDS = 300  # eight appliances on two busy cores take their time; how long it took is shown
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

AGENT_CONF = """[DEFAULT]
debug = False

[haproxy_amphora]
bind_host = {address}
bind_port = 9443

[amphora_agent]
agent_server_ca = /etc/octavia/certs/client_ca.pem
agent_server_cert = /etc/octavia/certs/server.pem
amphora_id = {id}
"""

PROFILE = """
[l3_bgp_speaker]
ip_version = 4
local_as = {member_as}
router_id = {address}
peers = tor
service_type = distributor
allowed_vip_prefixes = 203.0.113.0/24, 2001:db8:100::/64

[l3_bgp_peer:tor]
id = tor
peer_ip = {router}
remote_as = {router_as}
auth_type = md5
md5_password = {password}
ttl_hops = 1
"""


class Appliance:
    def __init__(self, host, roles, directory, number):
        self.host, self.roles, self.directory = host, roles, directory
        self.address = fabric.address("mgmt", number)
        self.id = str(uuid.uuid5(uuid.NAMESPACE_DNS, host + ".lab"))
        self.process, self.pid, self.ready = None, None, None
        self.drive, self.data = f"{directory}/drive", f"{directory}/data"
        self.output = []

    def agent_conf(self):
        """The text of amphora-agent.conf."""
        conf = AGENT_CONF.format(address=self.address, id=self.id)
        if "distributor" in self.roles:
            conf += PROFILE.format(address=self.address, router=fabric.address("mgmt", 1), password=PASSWORD,
                                   member_as=fabric.MEMBER_AS, router_as=fabric.ROUTER_AS)
        return conf

    def write_drive(self, authority, form):
        """The config drive as Octavia has it made: personality files, or one cloud-config with write_files."""
        server = open(authority.issue(self.id, "IP:" + self.address)).read()
        files = {"/etc/octavia/amphora-agent.conf": self.agent_conf(), "/etc/octavia/certs/server.pem": server,
                 "/etc/octavia/certs/client_ca.pem": open(authority.certificate).read()}
        latest = f"{self.drive}/openstack/latest"
        os.makedirs(latest)
        meta = {"uuid": self.id, "name": self.host}
        if form == "personality":
            os.makedirs(f"{self.drive}/openstack/content")
            meta["files"] = []
            for i, (path, text) in enumerate(files.items()):
                name = f"/content/{i:04d}"
                meta["files"].append({"path": path, "content_path": name})
                with open(f"{self.drive}/openstack{name}", "w") as f:
                    f.write(text)
        else:
            with open(f"{latest}/user_data", "w") as f:
                f.write("#cloud-config\nwrite_files:\n")
                for path, text in files.items():
                    f.write(f"-   path: {path}\n    content: |\n")
                    f.writelines("        " + line + "\n" for line in text.splitlines())
        with open(f"{latest}/meta_data.json", "w") as f:
            json.dump(meta, f)

    def launch(self):
        """Starts it in the background; `await_ready` reads its one line."""
        argv = [f"{HERE}/appliance", "--netns", self.host, "--config-drive", self.drive, "--data", self.data]
        for role in self.roles:
            argv += ["--role", role]
        self.began = time.monotonic()
        self.output = []
        self.process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        env={**os.environ, "L3D_READY_SECONDS": str(READY_SECONDS)})
        self.ready = threading.Event()
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()

    def _read(self, process):
        for line in process.stdout:
            self.output.append(line.rstrip())
            if line.startswith("READY "):
                words = dict(word.split("=", 1) for word in line.split()[1:])
                self.pid = int(words["pid"])
                self.ready_after = time.monotonic() - self.began
                self.ready.set()
        self.ready.set()

    def await_ready(self, timeout=READY_SECONDS + 10):
        self.ready.wait(max(0.1, timeout - (time.monotonic() - self.began)))
        if not any(line.startswith("READY ") for line in self.output):
            raise LabError(f"{self.host} did not get ready; it said: {' / '.join(self.output[-5:]) or 'nothing'}")
        return self.ready_after

    def kill(self):
        """Like a power cut: no farewell to anybody."""
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait_stopped(self, timeout=30):
        if self.process:
            self.process.wait(timeout)

    def rest(self, method, path, body=None, client=None, authority=None, timeout=60):
        """One REST call from the control host by curl; gives (status, JSON or text). Status 0: no HTTP answer."""
        argv = ["curl", "--silent", "--show-error", "--max-time", timeout, "--request", method, "--write-out", "\n%{http_code}",
                "--resolve", f"{self.id}:9443:{self.address}", "--cacert", authority or Appliance.authority.certificate]
        client = Appliance.client if client is None else client
        if client:
            argv += ["--cert", client]
        if body is not None:
            argv += ["--header", "Content-Type: application/json", "--data-binary", "@-"]
        argv.append(f"https://{self.id}:9443{path}")
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        answer = run_in(fabric.CONTROL, *argv, check=False, stdin=text, timeout=timeout + 5)
        content, _, status = answer.rpartition("\n")
        try:
            return int(status), json.loads(content) if content else None
        except ValueError:
            return int(status or 0), content

    def console(self, command, timeout=120):
        """One console command, as an operator on the host would type it."""
        return run_in(self.host, f"{HERE}/console", self.data, command, timeout=timeout)

    def enter(self):
        """The words that put a command into this load balancer's amphora-haproxy namespace."""
        return ["nsenter", "--target", str(self.pid), "--mount", "--", "ip", "netns", "exec", "amphora-haproxy"]

    def log_tail(self, lines=15):
        path = f"{self.data}/log"
        files = sorted((os.path.join(path, f) for f in os.listdir(path)), key=os.path.getmtime) if os.path.isdir(path) else []
        return "".join(open(files[-1], errors="replace").readlines()[-lines:]) if files else "(no log)"
