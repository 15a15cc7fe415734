# SPDX-License-Identifier: Apache-2.0
"""Commands, processes and waiting: everything is bounded in time, and a failure says what was run and what it said."""

import json
import os
import subprocess
import threading
import time


class LabError(Exception):
    """Something that the lab needs did not work; the message is for the person at the screen."""


def run(*argv, timeout=120, check=True, stdin=None):
    """Runs a command and returns what it printed."""
    argv = [str(a) for a in argv]
    try:
        source = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
        done = subprocess.run(argv, **source, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired as e:
        raise LabError(f"{' '.join(argv)}: no end after {timeout} s") from e
    except FileNotFoundError as e:
        raise LabError(f"{argv[0]} is not installed") from e
    if check and done.returncode != 0:
        raise LabError(f"{' '.join(argv)}: status {done.returncode}: {(done.stderr or done.stdout).strip()[-800:]}")
    return done.stdout


def run_in(host, *argv, **how):
    """Runs a command on a host of the lab."""
    return run("ip", "netns", "exec", host, *argv, **how)


def start_in(host, *argv, log=None, **how):
    """Starts a process on a host of the lab; its output goes to the log file."""
    out = open(log, "ab") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(["ip", "netns", "exec", host, *[str(a) for a in argv]],
                                stdout=how.pop("stdout", out), stderr=out, stdin=how.pop("stdin", subprocess.DEVNULL), **how)
    finally:
        if log:
            out.close()


class Lines:
    """A program of the lab that watches something from one of its hosts: the JSON lines that it prints, as they come."""

    def __init__(self, host, program, *argv, stdin=subprocess.DEVNULL):
        self.rows = []
        self.process = start_in(host, "/usr/bin/python3", "-B", os.path.join(os.path.dirname(os.path.abspath(__file__)), program), *argv,
                                stdout=subprocess.PIPE, stdin=stdin, text=True)
        if not self.process.stdout.readline():
            raise LabError(f"{program} ended at once on {host}")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.rows.append(json.loads(line))


def wait_for(what, condition, timeout, pause=0.05):
    """Waits until the condition gives something true, and returns it with the seconds that it took."""
    began = time.monotonic()
    while True:
        value = condition()
        now = time.monotonic()
        if value:
            return value, now - began
        if now - began > timeout:
            raise LabError(f"{what}: not so after {timeout:.0f} s")
        time.sleep(pause)
