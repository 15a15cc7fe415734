# SPDX-License-Identifier: Apache-2.0
"""Traffic through the VIP, and what it says about a moment: which requests were lost, and were they started before or after."""

import collections
import json
import os
import subprocess
import threading
import time

import fabric
from shell import LabError, run_in, start_in

CLIENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "client.py")


def burst(vip, count):
    """A fixed number of requests; gives their rows."""
    out = run_in(fabric.CLIENT, "/usr/bin/python3", "-B", CLIENT, vip, "--count", count, timeout=300)
    return json.loads(out.splitlines()[-1])


def shares(rows):
    return dict(sorted(collections.Counter(row["by"] for row in rows if row["ok"]).items()))


class Stream:
    """Steady traffic beside something else that happens, and for some hundred requests more."""

    def __init__(self, vip, rate=300):
        self.process = start_in(fabric.CLIENT, "/usr/bin/python3", "-B", CLIENT, vip, "--rate", rate,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        self.process.stdout.readline()  # it must be flowing before the thing that it is to witness
        return self

    def __exit__(self, kind, *_):
        if kind is not None:  # what went wrong is told as it is, not what the client makes of it
            self.process.kill()
            self.process.communicate(timeout=10)
            return
        out, _ = self.process.communicate(timeout=120)
        self.rows = json.loads(out.splitlines()[-1])


class FibWatch:
    """Notes when the next hops of a VIP in the router's forwarding table change (polled, about every 5 ms)."""

    def __init__(self, vip):
        self.vip, self.history, self.stopping = vip, [], threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        last = None
        while not self.stopping.is_set():
            hops = fabric.next_hops(self.vip)
            if hops != last:
                self.history.append((time.monotonic(), hops))
                last = hops
            self.stopping.wait(0.002)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join(10)

    def moment(self, hop, present, since, timeout=60):
        """When the hop was first seen present (or absent) after a moment."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for at, hops in list(self.history):
                if at >= since and (hop in hops) == present:
                    return at
            time.sleep(0.005)
        raise LabError(f"the route to {self.vip} via {hop} is still {'absent' if present else 'there'} after {timeout} s")
