# SPDX-License-Identifier: Apache-2.0
"""The routers of the lab, configured as an operator would: dynamic neighbours on the management prefix, MD5, GTSM, ECMP."""

import json
import os
import re
import shutil

import fabric
from shell import LabError, run_in, start_in, wait_for

PASSWORD = "lab-md5-secret"

DOCUMENTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "routers")


def documented(name):
    """The configuration that the documentation shows to operators; the lab is its test."""
    with open(os.path.join(DOCUMENTED, name)) as f:
        return f.read()


class Frr:
    name = "frr"

    def __init__(self, directory):
        self.directory = directory
        self.processes = []

    def start(self):
        shutil.chown("/run/frr", "frr", "frr")  # its daemons give up their root rights
        config = "/run/frr/frr.conf"
        with open(config, "w") as f:
            f.write(documented("frr.conf") + "log file /run/frr/frr.log informational\n")
        for daemon in ("zebra", "bgpd"):
            self.processes.append(start_in(
                fabric.ROUTER, f"/usr/lib/frr/{daemon}", "-A", "127.0.0.1", "-f", config,
                "-i", f"/run/frr/{daemon}.pid", "--vty_socket", "/run/frr", "-z", "/run/frr/zserv.api",
                log=f"{self.directory}/{daemon}.out"))
            wait_for(f"{daemon} answers", lambda d=daemon: self._answers(d), 60)

    def _answers(self, daemon):
        if self.processes[-1].poll() is not None:
            raise LabError(f"{daemon} ended at once; see {self.directory}/{daemon}.out")
        return run_in(fabric.ROUTER, "vtysh", "-d", daemon, "-c", "show version", check=False).startswith("FRRouting")

    def vtysh(self, command):
        return run_in(fabric.ROUTER, "vtysh", "-c", command)

    def version(self):
        return self.vtysh("show version").splitlines()[0].split(" (")[0]

    def established(self):
        """Addresses of the neighbours whose session is Established."""
        peers = json.loads(self.vtysh("show bgp ipv4 unicast summary json") or "{}").get("peers", {})
        return sorted(ip for ip, peer in peers.items() if peer.get("state") == "Established")

    def paths(self, vip):
        """Number of BGP paths for a VIP, whether the forwarding table uses them or not."""
        family, length = ("ipv6", 128) if ":" in vip else ("ipv4", 32)
        return len(json.loads(self.vtysh(f"show bgp {family} unicast {vip}/{length} json") or "{}").get("paths", []))

    look = ["vtysh -c 'show bgp summary'", "vtysh -c 'show ip route bgp'", "vtysh -c 'show bgp ipv6 unicast'"]


class Bird:
    name = "bird"

    def __init__(self, directory):
        self.directory = directory
        self.processes = []

    def start(self):
        config = f"{self.directory}/bird.conf"
        with open(config, "w") as f:
            f.write(documented("bird.conf") + f'log "{self.directory}/bird.log" all;\n')
        self.processes.append(start_in(fabric.ROUTER, "bird", "-f", "-c", config, "-s", "/run/bird/bird.ctl",
                                       log=f"{self.directory}/bird.out"))
        wait_for("bird answers", lambda: "ready" in self.birdc("show status", check=False), 60)

    def birdc(self, command, check=True):
        return run_in(fabric.ROUTER, "birdc", "-s", "/run/bird/bird.ctl", command, check=check)

    def version(self):
        return self.birdc("show status").splitlines()[0].split(" ready")[0]

    def established(self):
        text = self.birdc("show protocols all")
        found = []
        for block in re.split(r"\n(?=\S)", text):
            neighbour = re.search(r"Neighbor address: (\S+)", block)
            if neighbour and re.search(r"BGP state:\s+Established", block):
                found.append(neighbour.group(1))
        return sorted(found)

    def paths(self, vip):
        return self.birdc(f"show route for {vip} all", check=False).count("BGP.next_hop")

    look = ["birdc -s /run/bird/bird.ctl show protocols", "birdc -s /run/bird/bird.ctl show route"]


ROUTERS = {"frr": Frr, "bird": Bird}
