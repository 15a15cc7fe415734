# SPDX-License-Identifier: Apache-2.0
"""Listens to the BGP messages that reach the router, as a process on its host: one JSON line for each UPDATE and NOTIFICATION.

A line holds the moment the segment came in (CLOCK_MONOTONIC), its sender, and the prefixes that it announces and withdraws.
"""

import ipaddress
import json
import socket
import struct
import sys
import time

MARKER, UPDATE, NOTIFICATION = b"\xff" * 16, 2, 3
MP_REACH, MP_UNREACH = 14, 15


def prefixes(data, family):
    """NLRI (RFC 4271 section 4.3): a length in bits, and as many octets as it needs."""
    found, at = [], 0
    while at < len(data):
        octets = (data[at] + 7) // 8
        bits = data[at + 1:at + 1 + octets].ljust(16 if family == 6 else 4, b"\0")
        found.append(str(ipaddress.ip_address(bits)))
        at += 1 + octets
    return found


def update(body):
    (length,) = struct.unpack_from("!H", body)
    withdrawn, at = prefixes(body[2:2 + length], 4), 2 + length
    (attributes,) = struct.unpack_from("!H", body, at)
    at, end = at + 2, at + 2 + attributes
    announced = prefixes(body[end:], 4)
    while at < end:
        long = body[at] & 0x10
        size, start = (struct.unpack_from("!H", body, at + 2)[0], at + 4) if long else (body[at + 2], at + 3)
        value = body[start:start + size]
        if body[at + 1] in (MP_REACH, MP_UNREACH):
            family = {1: 4, 2: 6}[struct.unpack_from("!H", value)[0]]
            if body[at + 1] == MP_UNREACH:
                withdrawn += prefixes(value[3:], family)
            else:
                announced += prefixes(value[5 + value[3]:], family)
        at = start + size
    return {"announced": announced, "withdrawn": withdrawn}


def messages(payload):
    """Whole messages only: ours are small and each is written at once, so that a segment begins with one."""
    while len(payload) >= 19 and payload.startswith(MARKER):
        length, kind = struct.unpack_from("!HB", payload, 16)
        if len(payload) < length:
            return
        if kind == UPDATE:
            yield {"type": "update", **update(payload[19:length])}
        elif kind == NOTIFICATION:
            yield {"type": "notification", "announced": [], "withdrawn": []}
        payload = payload[length:]


def main():
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
    packets.bind((sys.argv[1], 0))
    print("listening", flush=True)
    seen = {}
    while True:
        packet = packets.recv(65536)
        now = time.monotonic()
        header = (packet[0] & 15) * 4
        if packet[9] != socket.IPPROTO_TCP:
            continue
        source, target, sequence = struct.unpack_from("!HHI", packet, header)
        begin = header + (packet[header + 12] >> 4) * 4
        payload = packet[begin:struct.unpack_from("!H", packet, 2)[0]]
        sender = socket.inet_ntoa(packet[12:16])
        if 179 not in (source, target) or not payload or seen.get((sender, source)) == sequence:
            continue  # the last: sent again
        seen[sender, source] = sequence
        for message in messages(payload):
            print(json.dumps({"at": now, "from": sender, **message}), flush=True)


if __name__ == "__main__":
    main()
