# SPDX-License-Identifier: Apache-2.0
"""A REST client with one kept connection, mutual TLS, and times."""

import http.client
import json
import socket
import ssl
import time
from collections import namedtuple

Answer = namedtuple("Answer", "status body sent answered")  # times: ns of the monotonic clock, around the whole call


class Rest:
    def __init__(self, address, port, authority, client):
        context = ssl.create_default_context(cafile=authority)
        context.load_cert_chain(client)
        plain = socket.create_connection((address, port), timeout=30)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = context.wrap_socket(plain, server_hostname=address)
        self.host = f"{address}:{port}"

    def call(self, method, path, body=None):
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept: application/json\r\n"
        if body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        sent = time.monotonic_ns()
        self.socket.sendall(head.encode() + b"\r\n" + content)
        response = http.client.HTTPResponse(self.socket, method=method)
        response.begin()
        text = response.read()
        answered = time.monotonic_ns()
        return Answer(response.status, json.loads(text) if text else None, sent, answered)

    def close(self):
        self.socket.close()
