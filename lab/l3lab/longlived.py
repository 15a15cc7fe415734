# SPDX-License-Identifier: Apache-2.0
"""Long-lived connections from the client host through the VIP, each with a request twice a second, until standard input is closed.

Usage: longlived.py VIP COUNT. Prints "flowing" when all of them have been answered once, and one JSON object at the end: how many there
were and how many broke. A connection that broke isn't made again.
"""

import json
import selectors
import socket
import sys
import time

REQUEST = b"GET / HTTP/1.1\r\nHost: vip\r\n\r\n"
PAUSE, PATIENCE = 0.5, 10.0


class Connection:
    def __init__(self, vip):
        self.socket = socket.create_connection((vip, 80), timeout=PATIENCE)
        self.socket.setblocking(False)
        self.answers, self.buffer, self.sent, self.error = 0, b"", None, None

    def send(self, now):
        self.socket.send(REQUEST)
        self.buffer, self.sent = b"", now

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("closed by the other end")
        self.buffer += data
        if self.buffer.endswith(b"\n") and b"hello from be" in self.buffer:
            self.answers, self.sent = self.answers + 1, None


def main():
    vip, count = sys.argv[1], int(sys.argv[2])
    selector = selectors.DefaultSelector()
    selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
    living, broken, told = [Connection(vip) for _ in range(count)], [], False
    for connection in living:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    began, ended = time.monotonic(), False

    def lost(connection, why):
        connection.error = why
        living.remove(connection)
        broken.append(connection)
        selector.unregister(connection.socket)
        connection.socket.close()

    upcoming = [(began + PAUSE * n / count, connection) for n, connection in enumerate(living)]
    while not ended and time.monotonic() - began < 600:
        now = time.monotonic()
        for n, (at, connection) in enumerate(upcoming):
            if connection.error or at > now:
                continue
            if connection.sent and now - connection.sent > PATIENCE:
                lost(connection, f"no answer within {PATIENCE:.0f} s")
            elif not connection.sent:
                try:
                    connection.send(now)
                except OSError as e:
                    lost(connection, f"{type(e).__name__}: {e}")
                upcoming[n] = (now + PAUSE, connection)
        for key, _ in selector.select(0.02):
            if key.data is None:
                ended = True
                continue
            try:
                key.data.receive()
            except OSError as e:
                lost(key.data, f"{type(e).__name__}: {e}")
        if not told and all(connection.answers for connection in living):
            told = True
            print("flowing", flush=True)
    reasons = {}
    for connection in broken:
        reasons[connection.error] = reasons.get(connection.error, 0) + 1
    json.dump({"connections": count, "broken": len(broken), "reasons": reasons,
               "answers": sum(connection.answers for connection in living + broken)}, sys.stdout)


main()
