# SPDX-License-Identifier: Apache-2.0
"""The lab: N load balancers, a real router, back ends and a client, each a host of its own.

combined: every load balancer speaks BGP itself, and Octavia's amphora API is all that sets it up (the default).
dedicated: beside each load balancer stands a distributor that announces it when told by REST.
cluster: a controller makes the load balancers, when OpenStack's client asks for one."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import cluster
import combined
import fabric
import members
import steps
from appliance import Appliance
from pki import Authority
from report import Report
from routers import ROUTERS
from shell import LabError

STORIES = {"cluster": cluster, "combined": combined, "dedicated": steps}


class Lab:
    def __init__(self, args, report):
        self.members, self.backends, self.report = args.members, 2, report
        self.every = list(range(1, args.members + 1))
        self.directory = tempfile.mkdtemp(prefix="l3d-lab-", dir="/run")
        self.router = ROUTERS[args.router](self.directory)
        self.story = STORIES[args.story]
        self.dists, self.lbs, self.speakers, self.others, self.processes = {}, {}, {}, [], []

    def build(self):
        report = self.report
        report.title("Building the fabric")
        fabric.build(0 if self.story is cluster else self.members, self.backends, distributors=self.story is steps)
        self.router.start()
        report.note(f"router: {self.router.version()}, AS {fabric.ROUTER_AS}, dynamic neighbours on 10.10.0.0/24, MD5, GTSM, multipath")
        authority = Authority(f"{self.directory}/ca", "lab authority")
        self.stranger = Authority(f"{self.directory}/ca-of-a-stranger", "somebody else's authority")
        Appliance.authority, Appliance.client = authority, authority.issue("controller")
        self.story.hosts(self)
        for appliance in self.appliances():
            appliance.write_drive(authority, "personality" if appliance in self.speakers.values() else "write_files")
        self.processes += members.start_backends(self.backends, self.directory)
        everyone = self.appliances()
        report.note(f"starting {len(everyone)} appliances, two at a time ...")
        for pair in (everyone[n:n + 2] for n in range(0, len(everyone), 2)):
            for appliance in pair:
                appliance.launch()
            for appliance in pair:
                seconds = appliance.await_ready()
                report.note(f"{appliance.host:6} {appliance.output[-1]}  ({seconds:.1f} s)")
        self.story.wired(self)

    def appliances(self):
        return [kind[i] for i in self.every for kind in (self.lbs, self.dists) if i in kind] + self.others

    def tell(self):
        """Walks through the story; a step that can't be judged is a failed one."""
        self.report.title("The main job")
        self.report.head()
        for step in self.story.STEPS:
            self.report.doing(step.__doc__.splitlines()[0])
            try:
                step(self)
            except (LabError, OSError, LookupError, TypeError, ValueError) as e:
                self.report.step(step.__name__, "the step can be carried out", False, f"{type(e).__name__}: {e}", error=str(e))

    def keep(self):
        enter = f"./lab/enter {os.environ.get('L3D_LAB_PID', '?')}"
        self.report.title("The lab stays up until Ctrl-C. Look inside from another terminal:")
        for look in self.router.look:
            print(f"      {enter} router {look}")
        for look in self.story.looks(self, enter):
            print(f"      {look}")
        print(f"      {enter} client curl --include http://{fabric.VIP4}/", flush=True)
        threading.Event().wait()  # ends by Ctrl-C or SIGTERM

    def close(self):
        for appliance in self.appliances():
            appliance.stop()
        for appliance in self.appliances():
            appliance.wait_stopped()

    def save_logs(self):
        """The lab's directory vanishes with it; after a failure its logs are kept beside the build."""
        target = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "lab", "target")
        target = os.path.join(target, f"failed-{os.environ.get('L3D_LAB_PID', os.getpid())}")
        for root, _, files in os.walk(self.directory):
            for name in files:
                if name.endswith((".log", ".out", "haproxy.cfg")) or root.endswith("/log"):
                    place = os.path.join(target, os.path.relpath(root, self.directory))
                    os.makedirs(place, exist_ok=True)
                    shutil.copy(os.path.join(root, name), place)
        print(f"      logs: {target}")


def arguments():
    p = argparse.ArgumentParser(prog="./lab/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("story", nargs="?", choices=sorted(STORIES), default="combined", help="which of the three (default combined)")
    p.add_argument("--members", type=int, default=3, metavar="N", help="load balancers; 2..8 (default 3); of cluster: the amphorae that one needs, which gets one more")
    p.add_argument("--router", choices=sorted(ROUTERS), default="frr", help="the fabric's router (default frr)")
    p.add_argument("--json", metavar="FILE", help="write what was observed to FILE")
    p.add_argument("--keep", action="store_true", help="stay up at the end and say how to look inside")
    p.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    args = p.parse_args()
    if not 2 <= args.members <= 8:
        p.error(f"--members must be 2..8, got {args.members}")
    if args.json:
        args.json = os.path.join(os.environ.get("L3D_LAB_CWD", ""), args.json)
        if not os.access(args.json if os.path.exists(args.json) else os.path.dirname(args.json) or ".", os.W_OK):
            p.error(f"--json: {args.json} can't be written")
    return args


INTERRUPTS = []


def interrupt(*_):
    """Ctrl-C reaches this process twice: from the terminal, and handed on by ./lab/run."""
    INTERRUPTS.append(time.monotonic())
    if len(INTERRUPTS) == 1 or INTERRUPTS[-1] - INTERRUPTS[-2] > 1:
        raise KeyboardInterrupt


def main():
    args = arguments()
    if args.check:
        return 0
    # Set here: a shell starts what it puts in the background with SIGINT ignored.
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    report, lab = Report(args.json), None
    report.facts = {"story": args.story, "members": args.members, "router": args.router}
    report.title(f"L3 Distributor lab, {args.story}: {args.members} members, router {args.router}")
    print(STORIES[args.story].PICTURE.format(n=args.members, more=args.members + 1, v4=fabric.VIP4, v6=fabric.VIP6))
    error = None
    try:
        fabric.private_run()
        lab = Lab(args, report)
        lab.build()
        lab.tell()
        report.summary()
        report.write()
        if args.keep:
            lab.keep()
    except (LabError, OSError, LookupError, ValueError, subprocess.SubprocessError) as e:
        error = str(e) if isinstance(e, LabError) else f"{type(e).__name__}: {e}"
        print(f"\nThe lab could not go on: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        if not report.ended:
            error = "interrupted"
        print("\nTaking the lab down.", file=sys.stderr)
    report.write(error)
    if lab and error != "interrupted" and (error or report.failed()):
        lab.save_logs()
    try:
        if lab:
            lab.close()
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        pass  # the second Ctrl-C, or an appliance that doesn't stop: the kernel takes the rest down with this process
    return 130 if error == "interrupted" else 1 if error or report.failed() or not report.steps else 0


if __name__ == "__main__":
    sys.exit(main())
