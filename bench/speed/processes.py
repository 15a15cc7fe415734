# SPDX-License-Identifier: Apache-2.0
"""What a process and all that it started have used."""

import os
import time


def family(pid):
    """The process and its living descendants."""
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children") as f:
                    found += [int(child) for child in f.read().split()]
        except OSError:
            pass  # it has ended meanwhile
    return found


def cpu_seconds(pid):
    """CPU time of all living threads, to the nanosecond: what ends between two readings is missing from their difference."""
    total = 0
    for process in family(pid):
        try:
            for task in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{task}/schedstat") as f:
                    total += int(f.read().split()[0])
        except OSError:
            pass
    return total / 1e9


def rss_mib(pid):
    total = 0
    for process in family(pid):
        try:
            with open(f"/proc/{process}/status") as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith("VmRSS:"))
        except OSError:
            pass
    return total / 1024


def await_idle(pid, seconds, window=0.2, share=0.04):
    """Until the processes use less than a small share of a core, or so many seconds have passed."""
    until = time.monotonic() + seconds
    before = cpu_seconds(pid)
    while time.monotonic() < until:
        time.sleep(window)
        after = cpu_seconds(pid)
        if after - before < window * share:
            return True
        before = after
    return False
