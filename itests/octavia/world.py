# SPDX-License-Identifier: Apache-2.0
"""The cloud around one amphora: the lab's fabric, a BGP router, back ends, a client, and the host that Octavia runs on."""

import ctypes
import json
import os
import shutil
import tempfile

import fabric
import members
from appliance import Appliance
from pki import Authority
from routers import PASSWORD, Bird
from shell import LabError, run, run_in, wait_for

PATIENCE = 20  # seconds that something may take on a busy machine; what is waited for normally comes in a fraction of one
HOST, NUMBER = "lb1", 11  # its number on the front end; the lab gives lb1 host 101 of the management network
AMPHORA = fabric.address("mgmt", 101)
ID = "5a8a3a5e-5d9e-4d6c-9a3e-000000000146"  # the base64 of its SHA-1 has all signs that Octavia replaces in a peer's name
VIP4, VIP6 = fabric.VIP4, fabric.VIP6
# In stock Octavia the front end lies in the VIP's own subnet.
fabric.NETS["front"] = ("203.0.113", "2001:db8:100")
fabric.NETS["far"] = ("10.40.0", "2001:db8:d")
MACS = {"front": "fa:16:3e:00:00:01", "back": "fa:16:3e:00:00:02", "far": "fa:16:3e:00:00:03"}
NICS = {"front": "ens4", "back": "ens5", "far": "ens6"}  # what the guest's kernel calls them; the agent names them anew

PROFILE = """
[l3_bgp_speaker]
ip_version = 4
local_as = {member_as}
router_id = {address}
peers = tor
service_type = combined

[l3_bgp_peer:tor]
id = tor
peer_ip = {router}
remote_as = {router_as}
auth_type = md5
md5_password = {password}
ttl_hops = 1
"""


def frontend(family=4):
    return fabric.address("front", NUMBER, family)


def attach(net):
    """Nova attaches a port: a device without addresses appears in the guest."""
    port = f"{HOST}-{net}"
    run("ip", "-n", fabric.ROUTER, "link", "add", port, "type", "veth", "peer", "name", NICS[net],
        "address", MACS[net], "netns", HOST)
    run("ip", "-n", fabric.ROUTER, "link", "set", port, "master", net, "up")


def enter_control():
    """From here on this process, and all threads that it starts, are on the host that Octavia runs on."""
    clone_newnet = 0x40000000
    libc = ctypes.CDLL(None, use_errno=True)
    with open(f"/run/netns/{fabric.CONTROL}") as namespace:
        if libc.setns(namespace.fileno(), clone_newnet):
            raise OSError(ctypes.get_errno(), f"setns to {fabric.CONTROL}")


class CombinedAmphora(Appliance):
    """Its agent's file is the one that Octavia renders, with the BGP profile that an operator appends to the template."""

    rendered = None  # the text, set before write_drive

    def agent_conf(self):
        return self.rendered + PROFILE.format(member_as=fabric.MEMBER_AS, address=self.address, password=PASSWORD,
                                              router=fabric.address("mgmt", 1), router_as=fabric.ROUTER_AS)


class World:
    def __init__(self):
        fabric.private_run()
        self.directory = tempfile.mkdtemp(prefix="l3o-", dir="/run")
        os.chmod(self.directory, 0o755)  # short, for the paths of sockets are; open, for HAProxy gives up root
        self.amphora = CombinedAmphora(HOST, ["amphora"], f"{self.directory}/amp", 101)
        self.amphora.id = ID
        os.makedirs(f"{self.amphora.data}/octavia")
        run("mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "l3o-octavia", f"{self.amphora.data}/octavia")  # a disk that can be filled
        os.symlink("/usr/sbin/haproxy", f"{self.directory}/haproxy")  # a program that can be taken away
        self.router, self.processes = Bird(self.directory), []

    def build(self):
        fabric.build(1, 1)
        for device in ("eth1", "eth2"):
            run("ip", "-n", HOST, "link", "del", device)  # Nova attaches them when the story gets there
        fabric.add_host("be2")
        fabric.plug("be2", "eth0", "far", 12)
        for host, net, number in (("be1", "back", 11), ("be2", "far", 12)):
            self.processes.append(members.start_in(
                host, "/usr/bin/python3", "-B", f"{members.HERE}/backend.py", host, fabric.address(net, number)))
        self.router.start()
        self.authority = Authority(f"{self.directory}/ca", "the amphorae's authority")
        Appliance.authority, Appliance.client = self.authority, self.authority.issue("controller")
        enter_control()

    def boot(self, rendered):
        """Nova boots the instance from what Octavia gave it."""
        self.amphora.rendered = rendered
        self.amphora.write_drive(self.authority, "personality")
        self.amphora.launch()
        return self.amphora.await_ready()

    def restart(self):
        """The instance's agent is started again; gives the seconds until its REST answered."""
        self.amphora.launch()
        return self.amphora.await_ready()

    def inside(self, *argv, **how):
        """A command in the amphora's namespace of load balancers."""
        return run(*self.amphora.enter(), *argv, **how)

    def addresses(self, device):
        rows = json.loads(self.inside("ip", "-j", "addr", "show", "dev", device))
        return [f"{a['local']}/{a['prefixlen']}" for a in rows[0]["addr_info"] if a["scope"] != "link"]

    def announced(self, vip, wanted=True, patience=PATIENCE):
        """Waits until the router forwards the VIP to the amphora, or doesn't any more; gives the seconds."""
        hops = [frontend(6 if ":" in vip else 4)] if wanted else []
        return wait_for(f"the router's next hops of {vip} are {hops}", lambda: fabric.next_hops(vip) == hops, patience, 0.01)[1]

    def is_announced(self, vip):
        return fabric.next_hops(vip) == [frontend(6 if ":" in vip else 4)]

    def own_vip(self, vip):
        status, page = self.amphora.rest("GET", "/1.0/distributor/own_vips")
        if status != 200:
            raise AssertionError(f"own_vips answered {status}: {page}")
        return next((row for row in page["own_vips"] if row["vip_ip"] == vip), None)

    def transitions(self):
        """How often the BGP session has come up."""
        status, peer = self.amphora.rest("GET", "/1.0/distributor/peers/tor")
        if status != 200 or peer["state"] != "Established":
            raise AssertionError(f"the BGP session isn't up: {status} {peer}")
        return peer["counters"]["established_transitions"]

    def haproxies(self):
        """The ids of all HAProxy processes; there are no others in this process namespace."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/comm") as f:
                    name = f.read().strip()
                with open(f"/proc/{pid}/stat") as f:
                    state = f.read().rpartition(")")[2].split()[0]
            except OSError:
                continue  # it has just ended
            if name == "haproxy" and state != "Z":
                found.append(int(pid))
        return found

    def get(self, url, *more, count=1):
        """Requests by the client through the VIP, each on a connection of its own; gives their bodies."""
        urls = [url] * count
        text = run_in(fabric.CLIENT, "curl", "--silent", "--show-error", "--globoff", "--max-time", 10,
                      "--header", "Connection: close", *more, *urls, check=True)
        return text.splitlines()

    def refuses(self, url, *more):
        """Whether the client gets no answer."""
        text = run_in(fabric.CLIENT, "curl", "--silent", "--globoff", "--max-time", 2, "--output", "/dev/null",
                      "--write-out", "%{http_code}", *more, url, check=False)
        return text == "000"

    def close(self):
        self.amphora.stop()
        self.amphora.wait_stopped()

    def save_logs(self, target):
        """The directory vanishes with the namespaces; after a failure its logs are kept."""
        shutil.rmtree(target, ignore_errors=True)
        for root, _, files in os.walk(self.directory):
            for name in files:
                if name.endswith((".log", ".out", ".conf", ".cfg")) or "/log" in root:
                    place = os.path.join(target, os.path.relpath(root, self.directory))
                    os.makedirs(place, exist_ok=True)
                    shutil.copy(os.path.join(root, name), place)
