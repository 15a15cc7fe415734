# SPDX-License-Identifier: Apache-2.0
"""Where it all happens: this process's own network namespace holds the receivers, each speaker has a namespace beside it."""

import os
import tempfile

from shell import run

SPEAKER_AS, RECEIVER_AS = 65001, 65000
NEXT_HOP = "192.0.2.1"
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TARGET = os.path.join(ROOT, "bench", "target")


def address(i):
    """Route i, as the receiver numbers them."""
    return f"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}"


class Place:
    """One speaker's namespace, wired to the receivers'."""

    made = {}

    @classmethod
    def of(cls, name):
        if name not in cls.made:
            cls.made[name] = cls(name)
        return cls.made[name]

    def __init__(self, name):
        self.name, self.net = name, f"198.18.{len(Place.made) + 1}"
        self.speaker, self.gateway = f"{self.net}.2", f"{self.net}.1"
        device = f"to-{name}"[:15]
        run("ip", "netns", "add", name)
        run("ip", "link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "addr", "add", f"{self.gateway}/24", "dev", device)
        run("ip", "link", "set", device, "up")
        for command in (["link", "set", "lo", "up"], ["addr", "add", f"{self.speaker}/24", "dev", "eth0"],
                        ["link", "set", "eth0", "up"]):
            run("ip", "-n", name, *command)
        self.device = device

    def receiver(self, number):
        """The address of receiver 0.. at this speaker, made when it is asked for."""
        ip = f"{self.net}.{10 + number}"
        run("ip", "addr", "replace", f"{ip}/24", "dev", self.device)
        return ip


def private():
    """An own /run, so that nothing meets another run's names; and a directory on a real disk, for fsync to cost what it costs."""
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "-o", "mode=755", "bench-run", "/run")
    for directory in ("/run/netns", "/run/frr", "/run/openbgpd"):
        os.makedirs(directory)
    run("ip", "link", "set", "lo", "up")
    os.makedirs(TARGET, exist_ok=True)
    return tempfile.mkdtemp(prefix="run-", dir=TARGET)
