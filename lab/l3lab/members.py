# SPDX-License-Identifier: Apache-2.0
"""The load-balancer hosts: their appliance plumbs the VIP, Debian's HAProxy serves it; and the back ends behind them."""

import os

import fabric
from shell import LabError, run, start_in, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))

HAPROXY = """global
    maxconn 2000
    stats socket {directory}/haproxy.sock
defaults
    mode http
    timeout connect 2s
    timeout client 10s
    timeout server 10s
frontend vip
    bind {vip4}:80
    bind [{vip6}]:80
    http-response set-header X-Served-By {host}
    default_backend hello
backend hello
{servers}"""


def start_backends(count, directory):
    processes = []
    for i in range(1, count + 1):
        host = f"be{i}"
        processes.append(start_in(host, "/usr/bin/python3", "-B", f"{HERE}/backend.py", host, fabric.address("back", 10 + i),
                                  log=f"{directory}/{host}.out"))
    return processes


def connect_namespace(lb, number):
    """Hands the front-end and back-end devices to amphora-haproxy and addresses them, as Nova and Neutron would.

    The namespace itself was made by the appliance, which also puts the VIP on its lo.
    """
    inside = lb.enter()
    for device in ("eth1", "eth2"):
        run("ip", "netns", "exec", lb.host, "nsenter", "--target", str(lb.pid), "--mount", "--",
            "ip", "link", "set", device, "netns", "amphora-haproxy")
    fabric.configure(lb.host, "eth1", "front", 10 + number, inside)
    fabric.configure(lb.host, "eth2", "back", 100 + number, inside)
    fabric.default_route("front", inside)


def start_haproxy(lb, backends):
    config = f"{lb.directory}/haproxy.cfg"
    servers = "".join(f"    server be{i} {fabric.address('back', 10 + i)}:80 check\n" for i in range(1, backends + 1))
    with open(config, "w") as f:
        f.write(HAPROXY.format(directory=lb.directory, vip4=fabric.VIP4, vip6=fabric.VIP6, host=lb.host, servers=servers))
    run(*lb.enter(), "haproxy", "-c", "-f", config)
    run(*lb.enter(), "haproxy", "-D", "-p", f"{lb.directory}/haproxy.pid", "-f", config)

    def listening():
        sockets = run(*lb.enter(), "ss", "-Hltn")
        return f"{fabric.VIP4}:80" in sockets and f"[{fabric.VIP6}]:80" in sockets

    wait_for(f"HAProxy of {lb.host} listens on the VIP", listening, 60)


def vip_on_lo(lb):
    text = run(*lb.enter(), "ip", "-o", "addr", "show", "dev", "lo", check=False)
    return f" {fabric.VIP4}/32 " in text and f" {fabric.VIP6}/128 " in text
