# SPDX-License-Identifier: Apache-2.0
"""Writes the finished bytes of a table to whoever opens a session: the least that a table can take.

Usage: floor.py LOCAL AS NEXT_HOP ROUTES
"""

import socket
import struct
import sys

local, own_as, next_hop, routes = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
PER_UPDATE = (4096 - 19 - 4 - 20) // 5


def message(kind, body):
    return b"\xff" * 16 + struct.pack(">HB", 19 + len(body), kind) + body


def table():
    attributes = bytes.fromhex("40010100 4002060201") + struct.pack(">I", own_as) + bytes.fromhex("400304") + socket.inet_aton(next_hop)
    for first in range(0, routes, PER_UPDATE):
        nlri = b"".join(struct.pack(">BI", 32, 0x0A000000 + i) for i in range(first, min(first + PER_UPDATE, routes)))
        yield message(2, struct.pack(">HH", 0, len(attributes)) + attributes + nlri)
    yield message(2, b"\0\0\0\0")


capabilities = bytes.fromhex("010400010001") + b"\x41\x04" + struct.pack(">I", own_as)
hello = message(1, struct.pack(">BHH", 4, own_as, 0) + socket.inet_aton(local) + bytes([len(capabilities) + 2, 2, len(capabilities)])
                + capabilities) + message(4, b"")
everything = b"".join(table())

with socket.create_server((local, 179)) as listening:
    while True:
        connection, _ = listening.accept()
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            read = connection.makefile("rb")
            sent = False
            while header := read.read(19):
                length, kind = struct.unpack(">HB", header[16:])
                read.read(length - 19)
                if kind == 1:
                    connection.sendall(hello)
                elif kind == 4 and not sent:
                    sent = True
                    connection.sendall(everything)
