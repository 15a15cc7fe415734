# SPDX-License-Identifier: Apache-2.0
"""Octavia's health manager, as far as it listens: takes heartbeats on the control host and says of each whether it is genuine.

Usage: health.py ADDRESS PORT KEY. A JSON line for each datagram: when, from where, whether its HMAC is right, and what it says.
"""

import hashlib
import hmac
import json
import socket
import sys
import time
import zlib

HMAC_CHARACTERS = 64  # of SHA-256 in hexadecimal, behind the compressed message


def read(datagram, key):
    packed, seal = datagram[:-HMAC_CHARACTERS], datagram[-HMAC_CHARACTERS:]
    wanted = hmac.new(key.encode(), packed, hashlib.sha256).hexdigest().encode()
    if not hmac.compare_digest(wanted, seal):
        return {"genuine": False}
    return {"genuine": True, "message": json.loads(zlib.decompress(packed))}


def main():
    family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.bind((sys.argv[1], int(sys.argv[2])))
        print("listening", flush=True)
        while True:
            datagram, sender = s.recvfrom(65536)
            print(json.dumps({"at": time.monotonic(), "from": sender[0], **read(datagram, sys.argv[3])}), flush=True)


if __name__ == "__main__":
    main()
