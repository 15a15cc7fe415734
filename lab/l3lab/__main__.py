# SPDX-License-Identifier: Apache-2.0
"""The lab: N dedicated distributors, N load balancers, a real router, back ends and a client, each a host of its own."""

import argparse
import os
import shutil
import signal
import sys
import tempfile

import fabric
import members
import steps
from appliance import Appliance
from pki import Authority
from report import Report
from routers import ROUTERS
from shell import LabError

PICTURE = """
      client ---- router ==== lb1 .. lb{n}     HAProxy serves the VIP {v4} and {v6}, held on lo
                    |  \\====   |            (ECMP over the front-end network)
                    |          be1 .. be{b}   the back ends
              dist1 .. dist{n}               one distributor per next hop, speaking BGP to the router
"""


class Lab:
    def __init__(self, args, report):
        self.members, self.backends, self.report = args.members, 2, report
        self.every = list(range(1, args.members + 1))
        self.directory = tempfile.mkdtemp(prefix="l3d-lab-", dir="/run")
        self.router = ROUTERS[args.router](self.directory)
        self.dists, self.lbs, self.processes = {}, {}, []

    def build(self):
        report = self.report
        report.title("Building the fabric")
        fabric.build(self.members, self.backends)
        self.router.start()
        report.note(f"router: {self.router.version()}, AS {fabric.ROUTER_AS}, dynamic neighbours on 10.10.0.0/24, MD5, GTSM, multipath")
        authority = Authority(f"{self.directory}/ca", "lab authority")
        self.stranger = Authority(f"{self.directory}/ca-of-a-stranger", "somebody else's authority")
        Appliance.authority, Appliance.client = authority, authority.issue("controller")
        for i in self.every:
            self.dists[i] = Appliance(f"dist{i}", ["distributor"], f"{self.directory}/dist{i}", 20 + i)
            self.lbs[i] = Appliance(f"lb{i}", ["amphora"], f"{self.directory}/lb{i}", 100 + i)
        for appliance in self.appliances():
            appliance.write_drive(authority, "personality" if appliance in self.dists.values() else "write_files")
        self.processes += members.start_backends(self.backends, self.directory)
        report.note(f"starting {2 * self.members} appliances, two at a time ...")
        everyone = self.appliances()
        for pair in (everyone[n:n + 2] for n in range(0, len(everyone), 2)):
            for appliance in pair:
                appliance.launch()
            for appliance in pair:
                seconds = appliance.await_ready()
                report.note(f"{appliance.host}: {appliance.output[-1]}  ({seconds:.1f} s)")
        for i in self.every:
            members.connect_namespace(self.lbs[i], i)

    def appliances(self):
        return [a for i in self.every for a in (self.lbs[i], self.dists[i])]

    def tell(self):
        """Walks through the story; a step that can't be judged is a failed one."""
        self.report.title("The main job")
        for step in steps.DEDICATED:
            try:
                step(self)
            except (LabError, OSError, KeyError, TypeError) as e:
                self.report.step(step.__name__, "the step can be carried out", False, f"{type(e).__name__}: {e}", error=str(e))

    def keep(self):
        enter = f"./lab/enter {os.environ.get('L3D_LAB_PID', '?')}"
        dist = self.dists[1]
        self.report.title("The lab stays up until Ctrl-C. Look inside from another terminal:")
        for look in self.router.look:
            print(f"      {enter} router {look}")
        print(f"      {enter} dist1 lab/console {dist.data} bgp:summary")
        print(f"      {enter} lb1 lab/console {self.lbs[1].data} netns:show")
        print(f"      {enter} control curl --cacert {Appliance.authority.certificate} --cert {Appliance.client} "
              f"--resolve {dist.id}:9443:{dist.address} https://{dist.id}:9443/1.0/distributor/peers")
        print(f"      {enter} client curl http://{fabric.VIP4}/", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})

    def close(self):
        for appliance in [*self.dists.values(), *self.lbs.values()]:
            appliance.stop()
        for appliance in [*self.dists.values(), *self.lbs.values()]:
            appliance.wait_stopped()

    def save_logs(self):
        """The lab's directory vanishes with it; after a failure its logs are kept beside the build."""
        target = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "lab", "target")
        target = os.path.join(target, f"failed-{os.environ.get('L3D_LAB_PID', os.getpid())}")
        for root, _, files in os.walk(self.directory):
            for name in files:
                if name.endswith((".log", ".out", ".conf", ".cfg")) or "/log" in root:
                    place = os.path.join(target, os.path.relpath(root, self.directory))
                    os.makedirs(place, exist_ok=True)
                    shutil.copy(os.path.join(root, name), place)
        print(f"      logs: {target}")


def arguments():
    p = argparse.ArgumentParser(prog="./lab/run", description=__doc__)
    p.add_argument("--members", type=int, default=3, metavar="N", help="load balancers, and distributors; 2..8 (default 3)")
    p.add_argument("--router", choices=sorted(ROUTERS), default="frr", help="the fabric's router (default frr)")
    p.add_argument("--json", metavar="FILE", help="write what was observed to FILE")
    p.add_argument("--keep", action="store_true", help="stay up at the end and say how to look inside")
    args = p.parse_args()
    if not 2 <= args.members <= 8:
        p.error(f"--members must be 2..8, got {args.members}")
    return args


def main():
    args = arguments()
    if args.json:
        args.json = os.path.abspath(args.json)
    report, lab, error = Report(), None, None
    report.title(f"L3 Distributor lab: {args.members} members, router {args.router}")
    print(PICTURE.format(n=args.members, b=2, v4=fabric.VIP4, v6=fabric.VIP6))
    try:
        fabric.private_run()
        lab = Lab(args, report)
        lab.build()
        lab.tell()
    except LabError as e:
        error = str(e)
        print(f"\nThe lab could not go on: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        error = "interrupted"
        print("\ninterrupted: taking the lab down", file=sys.stderr)
    try:
        if lab and not error and args.keep:
            report.summary()
            lab.keep()
        if lab and (error or report.failed()):
            lab.save_logs()
        if lab:
            lab.close()
    except KeyboardInterrupt:
        pass  # the second Ctrl-C: the kernel takes the rest down with this process
    if args.json:
        report.write(args.json, error)
    if not error and not args.keep:
        report.summary()
    sys.exit(130 if error == "interrupted" else 1 if error or report.failed() or not report.steps else 0)


if __name__ == "__main__":
    main()
