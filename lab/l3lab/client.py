# SPDX-License-Identifier: Apache-2.0
"""The client: HTTP requests through the VIP, each on a connection of its own, so that the fabric's hash spreads them.

Runs as a process on the client host. Prints "flowing" when the first ten were answered, and one JSON object at the end: a row for each request with the time it was started
(CLOCK_MONOTONIC), whether it was answered in full, and who answered.
"""

import argparse
import json
import socket
import sys
import threading
import time


def header(head, name):
    return [line.split(b":", 1)[1].strip().decode() for line in head.split(b"\r\n") if line.lower().startswith(name)]


def request(vip, port, timeout):
    began = time.monotonic()
    family = socket.AF_INET6 if ":" in vip else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as s:
            s.settimeout(timeout)
            s.connect((vip, port))
            s.sendall(b"GET / HTTP/1.1\r\nHost: vip\r\nConnection: close\r\n\r\n")
            data = b""
            while chunk := s.recv(65536):
                data += chunk
    except OSError as e:
        return {"start": began, "ok": False, "error": type(e).__name__ + ": " + str(e)}
    head, _, body = data.partition(b"\r\n\r\n")
    served = header(head, b"x-served-by:") or header(head, b"x-peer:")
    ok = head.startswith(b"HTTP/1.1 200") and body.startswith(b"hello from be") and len(served) == 1
    return {"start": began, "ok": ok, "by": served[0] if served else "?", "from": body.decode(errors="replace").strip()[-3:],
            **({} if ok else {"error": head[:60].decode(errors="replace") or "closed without an answer"})}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("vip")
    p.add_argument("--port", type=int, default=80)
    p.add_argument("--count", type=int, default=0, help="requests in all; 0 = until standard input is closed")
    p.add_argument("--after", type=int, default=200, help="without --count: so many more after that")
    p.add_argument("--rate", type=float, default=0, help="requests a second in all; 0 = as fast as it goes")
    p.add_argument("--threads", type=int, default=8)
    p.add_argument("--timeout", type=float, default=10.0)
    args = p.parse_args()
    rows, lock = [], threading.Lock()
    left = [args.count or 200_000]  # bounded, whatever happens to the other end of the pipe

    def worker():
        pause = args.threads / args.rate if args.rate else 0
        while True:
            with lock:
                if left[0] == 0:
                    return
                left[0] -= 1
            began = time.monotonic()
            row = request(args.vip, args.port, args.timeout)
            with lock:
                rows.append(row)
                if len(rows) == 10:
                    print("flowing", flush=True)
            time.sleep(max(0.0, pause - (time.monotonic() - began)))

    threads = [threading.Thread(target=worker) for _ in range(args.threads)]
    for t in threads:
        t.start()
    if not args.count:
        sys.stdin.read()
        with lock:
            left[0] = args.after
    for t in threads:
        t.join()
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
