# SPDX-License-Identifier: Apache-2.0
"""A back end: a web server that says its name. Runs as a process on its host until its parent ends it."""

import http.server
import sys


class Hello(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"hello from {sys.argv[1]}\n".encode()
        self.send_response(200)
        self.send_header("X-Peer", self.client_address[0])  # the amphora, where HAProxy's configuration says no name of it
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256


Server((sys.argv[2], 80), Hello).serve_forever()
