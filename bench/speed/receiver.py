# SPDX-License-Identifier: Apache-2.0
"""The receiver's process (receiver.c), one session of it per peer of a speaker."""

import json
import subprocess

from arena import NEXT_HOP, RECEIVER_AS, TARGET
from shell import LabError


class Receiver:
    def __init__(self):
        self.process = subprocess.Popen([f"{TARGET}/receiver", str(RECEIVER_AS), NEXT_HOP], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.sessions = 0

    def command(self, line):
        self.process.stdin.write(line + "\n")
        answer = self.process.stdout.readline().rstrip()
        if not answer or answer.startswith("bad"):
            raise LabError(f"the receiver said \"{answer}\" to \"{line}\"")
        return answer

    def session(self, local, remote, hold=90):
        self.sessions += 1
        return Session(self, self.sessions - 1, local, remote, hold)

    def close(self):
        self.process.stdin.close()
        self.process.wait(5)


class Session:
    """Times are nanoseconds of the monotonic clock, which Python's time.monotonic_ns reads too."""

    def __init__(self, receiver, number, local, remote, hold):
        self.receiver, self.number, self.local, self.remote, self.hold = receiver, number, local, remote, hold

    def connect(self):
        self.receiver.command(f"session {self.number} {self.local} {self.remote} {self.hold}")

    def drop(self):
        self.receiver.command(f"drop {self.number}")

    def forget(self):
        self.receiver.command(f"reset {self.number}")

    def feed(self, routes):
        self.receiver.command(f"feed {self.number} {routes}")

    def stat(self):
        return json.loads(self.receiver.command(f"stat {self.number}"))

    def wait(self, what, seconds):
        """When it came about: `up`, `down`, `count N`, `has I`, `lost I`."""
        answer = self.receiver.command(f"await {self.number} {what} {int(seconds * 1000)}")
        if not answer.startswith("ok"):
            raise LabError(f"session {self.number} ({self.remote}): no \"{what}\" within {seconds} s: {self.stat()}")
        return int(answer.split()[1])
