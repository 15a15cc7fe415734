# SPDX-License-Identifier: Apache-2.0
"""One appliance of the lab: its config drive, its process, and the two ways to talk to it (REST and console)."""

import ctypes
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import fabric
from routers import PASSWORD
from shell import LabError, run, run_in

HEARTBEAT_KEY, HEARTBEAT_SECONDS = "lab-heartbeat-key", 10  # Octavia's default
READY_SECONDS = 300  # eight appliances on two busy cores take their time; how long it took is shown
CLONE_NEWNET = 0x40000000
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

AGENT_CONF = """[DEFAULT]
debug = False

[haproxy_amphora]
bind_host = {address}
bind_port = 9443
base_path = {base}
base_cert_dir = {base}/certs
haproxy_cmd = {haproxy}

[health_manager]
controller_ip_port_list = {health}
heartbeat_interval = {interval}
heartbeat_key = {key}

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
service_type = {service}
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
    def __init__(self, host, roles, directory, number, service=None):
        """service: what the profile says it is, "combined" or "distributor"; None = as the roles say, without a profile for role amphora."""
        self.host, self.roles, self.directory, self.service = host, roles, directory, service
        if "distributor" in roles and service is None:
            self.service = "distributor"
        self.address = fabric.address("mgmt", number)
        self.id = str(uuid.uuid5(uuid.NAMESPACE_DNS, host + ".lab"))
        self.process, self.pid, self.ready = None, None, None
        self.drive, self.data = f"{directory}/drive", f"{directory}/data"
        self.base, self.haproxy = f"{self.data}/octavia", f"{directory}/haproxy"  # a name of its own, to take HAProxy from one alone
        self.output = []

    def agent_conf(self):
        """The text of amphora-agent.conf."""
        conf = AGENT_CONF.format(address=self.address, id=self.id, base=self.base, haproxy=self.haproxy, interval=HEARTBEAT_SECONDS,
                                 key=HEARTBEAT_KEY, health=f"{fabric.address('mgmt', 2)}:{fabric.HEALTH_PORT}" if self.service == "combined" else "")
        if self.service:
            conf += PROFILE.format(address=self.address, router=fabric.address("mgmt", 1), password=PASSWORD, service=self.service,
                                   member_as=fabric.MEMBER_AS, router_as=fabric.ROUTER_AS)
        return conf

    def write_drive(self, authority, form):
        """The config drive as Octavia has it made: personality files, or one cloud-config with write_files."""
        os.makedirs(self.directory, exist_ok=True)
        os.symlink("/usr/sbin/haproxy", self.haproxy)
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

    def drive_words(self):
        return ["--config-drive", self.drive]

    def launch(self):
        """Starts it in the background; `await_ready` reads its one line."""
        argv = [f"{HERE}/appliance", "--netns", self.host, *self.drive_words(), "--data", self.data]
        for role in self.roles:
            argv += ["--role", role]
        self.began = time.monotonic()
        self.output = []
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
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

    def calls(self):
        """A connection from the control host that is open already, for calls whose time is measured."""
        return Calls(self)

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


class Calls:
    """Calls over one TLS connection. The socket is made in the control host's namespace, and stays there."""

    def __init__(self, appliance):
        context = ssl.create_default_context(cafile=Appliance.authority.certificate)
        context.load_cert_chain(Appliance.client)
        with ThreadPoolExecutor(1) as thread:
            raw = thread.submit(connect_from, fabric.CONTROL, appliance.address, 9443).result(30)
        self.http = http.client.HTTPConnection(appliance.id, 9443)
        self.http.sock = context.wrap_socket(raw, server_hostname=appliance.id)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def call(self, method, path, body=b""):
        """Gives the moment before the first byte was written, the one when all of the answer was there, and the answer's status."""
        began = time.monotonic()
        self.http.request(method, path, body)
        answer = self.http.getresponse()
        answer.read()
        return began, time.monotonic(), answer.status


def connect_from(host, address, port):
    """Moves the calling thread, which is good for nothing else then, to a host, and connects."""
    with open(f"/run/netns/{host}") as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {host}")
    return socket.create_connection((address, port), timeout=60)
