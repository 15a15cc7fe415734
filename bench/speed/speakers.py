# SPDX-License-Identifier: Apache-2.0
"""Who does the job beside the product, each as fast as its own configuration lets it be. All wait for the receiver to connect."""

import contextlib
import os
import socket
import subprocess
import threading
import time

import processes
from arena import HERE, NEXT_HOP, RECEIVER_AS, SPEAKER_AS, address
from shell import LabError, run, start_in, wait_for


class Speaker:
    """One speaker in its namespace, with `routes` host routes for its one receiver."""

    name = note = ""

    def __init__(self, place, directory, routes):
        self.place, self.routes = place, routes
        self.directory = os.path.join(directory, self.name)
        os.makedirs(self.directory, mode=0o755)
        self.neighbor = place.receiver(0)
        self.process = None

    def start(self):
        """Until it is loaded and idle."""
        self.launch()
        self.load()
        if not processes.await_idle(self.pid, 120):
            raise LabError(f"{self.name} doesn't come to rest after it was given its routes")

    def run_here(self, *argv):
        self.process = start_in(self.place.name, *argv, log=f"{self.directory}/out.log")

    @property
    def pid(self):
        return self.process.pid

    def load(self):
        """Gives it the routes, when its configuration didn't."""

    @contextlib.contextmanager
    def hurried(self):
        """What makes it send sooner while it is measured."""
        yield

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.directory, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as f:
            f.write(text)
        return path

    def addresses(self):
        return map(address, range(self.routes))

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()


class Floor(Speaker):
    """No speaker at all: the finished bytes, written at once."""

    name, note = "floor", "ready bytes, one write: what wire and receiver cost"

    def launch(self):
        self.run_here("/usr/bin/python3", "-B", f"{HERE}/floor.py", self.place.speaker, SPEAKER_AS, NEXT_HOP, self.routes)


class Bird(Speaker):
    name, note = "bird", "BIRD 2, static routes; asked for its status every 5 ms while it sends, else it waits up to 3 s"

    def launch(self):
        routes = "\n".join(f"route {a}/32 blackhole;" for a in self.addresses())
        config = f"""router id {self.place.speaker};
protocol device {{ }}
protocol static vips {{ ipv4;
{routes}
}}
protocol bgp receiver {{
  local {self.place.speaker} as {SPEAKER_AS};
  neighbor {self.neighbor} as {RECEIVER_AS};
  multihop; passive yes; connect delay time 1; connect retry time 1; error wait time 1, 1;
  ipv4 {{ import none; export filter {{ bgp_next_hop = {NEXT_HOP}; accept; }}; }};
}}
"""
        self.control = f"{self.directory}/bird.ctl"
        self.run_here("/usr/sbin/bird", "-f", "-c", self.write("bird.conf", config), "-s", self.control, "-P", f"{self.directory}/bird.pid")
        wait_for("BIRD's control socket", lambda: os.path.exists(self.control), 30)

    @contextlib.contextmanager
    def hurried(self):
        over = threading.Event()

        def ask():
            with socket.socket(socket.AF_UNIX) as control:
                control.connect(self.control)
                while not over.is_set():
                    control.sendall(b"show status\n")
                    control.recv(65536)
                    time.sleep(0.005)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        try:
            yield
        finally:
            over.set()
            asking.join(5)


class Frr(Speaker):
    name, note = "frr", "FRR's bgpd alone, coalesce-time 0, advertisement-interval 0, import-check off"

    def launch(self):
        neighbor = self.neighbor
        networks = "\n".join(f"  network {a}/32" for a in self.addresses())
        config = f"""frr defaults datacenter
route-map OUT permit 10
 set ip next-hop {NEXT_HOP}
exit
route-map IN deny 10
exit
router bgp {SPEAKER_AS}
 bgp router-id {self.place.speaker}
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 no bgp network import-check
 coalesce-time 0
 neighbor {neighbor} remote-as {RECEIVER_AS}
 neighbor {neighbor} ebgp-multihop 5
 neighbor {neighbor} disable-connected-check
 neighbor {neighbor} update-source {self.place.speaker}
 neighbor {neighbor} timers connect 1
 neighbor {neighbor} advertisement-interval 0
 neighbor {neighbor} passive
 address-family ipv4 unicast
  neighbor {neighbor} activate
  neighbor {neighbor} route-map OUT out
  neighbor {neighbor} route-map IN in
{networks}
 exit-address-family
exit
"""
        d = self.directory
        self.run_here("/usr/lib/frr/bgpd", "-f", self.write("bgpd.conf", config), "-i", f"{d}/bgpd.pid", "--vty_socket", d,
                      "-z", f"{d}/zserv.api", "-l", self.place.speaker, "-p", "179", "-A", "127.0.0.1", "-P", "0", "-u", "root",
                      "-g", "root", "-Z", "-S", "--log", "stdout", "--log-level", "error")
        wait_for("FRR's vty socket", lambda: os.path.exists(f"{d}/bgpd.vty"), 30)


class OpenBgpd(Speaker):
    name, note = "openbgpd", "OpenBGPD, routes given by its control socket: its configuration takes minutes to read so many"

    def launch(self):
        config = f"""AS {SPEAKER_AS}
router-id {self.place.speaker}
listen on {self.place.speaker} port 179
socket "{self.directory}/bgpd.sock"
fib-update no
nexthop qualify via default
neighbor {self.neighbor} {{
  remote-as {RECEIVER_AS}
  local-address {self.place.speaker}
  multihop 5
  passive
  announce IPv4 unicast
}}
allow to any
match to any set nexthop no-modify
"""
        self.run_here("/usr/sbin/bgpd", "-d", "-f", self.write("bgpd.conf", config, 0o600))
        wait_for("OpenBGPD's control socket", lambda: os.path.exists(f"{self.directory}/bgpd.sock"), 30)

    def load(self):
        """The bytes that bgpctl sends for one route, with each route's address in its place."""
        sample = "10.250.250.250"
        message, mark = self._sample(sample), socket.inet_aton(sample)
        if message.count(mark) != 1:
            raise LabError(f"bgpctl's message holds the address {message.count(mark)} times: {message.hex()}")
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(f"{self.directory}/bgpd.sock")
            for a in self.addresses():
                control.sendall(message.replace(mark, socket.inet_aton(a)))
            processes.await_idle(self.pid, 60)

    def _sample(self, ip):
        path = f"{self.directory}/sample.sock"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path)
            listening.listen(1)
            listening.settimeout(10)
            asking = subprocess.Popen(["/usr/sbin/bgpctl", "-s", path, "network", "add", f"{ip}/32", "nexthop", NEXT_HOP],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            taken, _ = listening.accept()
            with taken:
                taken.settimeout(1)
                message = b""
                with contextlib.suppress(OSError):  # it waits for an answer that doesn't come
                    while part := taken.recv(4096):
                        message += part
            asking.terminate()
            asking.wait(5)
        return message


PEERS = [Floor, Bird, Frr, OpenBgpd]


def version(name):
    package = {"bird": "bird2"}.get(name, name)
    return run("dpkg-query", "-W", "-f", "${Version}", package, check=False)
