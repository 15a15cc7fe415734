# SPDX-License-Identifier: Apache-2.0
"""A throw-away certificate authority, as an operator would run one for the amphorae and the controller."""

import os

from shell import run


class Authority:
    def __init__(self, directory, name):
        self.directory = directory
        os.makedirs(directory, exist_ok=True)
        self.key, self.certificate = f"{directory}/ca.key", f"{directory}/ca.pem"
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
            "-keyout", self.key, "-out", self.certificate)

    def issue(self, name, *alt_names, key=("rsa:2048",)):
        """A key and certificate in one PEM file, as Octavia writes them."""
        base = f"{self.directory}/{name}"
        run("openssl", "req", "-newkey", *key, "-nodes", "-subj", f"/CN={name}", "-keyout", base + ".key",
            "-out", base + ".csr")
        with open(base + ".ext", "w") as f:
            f.write("subjectAltName=" + ",".join(["DNS:" + name, *alt_names]) + "\n")
        run("openssl", "x509", "-req", "-in", base + ".csr", "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
            "-days", "2", "-extfile", base + ".ext", "-out", base + ".crt")
        pem = base + ".pem"
        with open(pem, "w") as f:
            os.chmod(pem, 0o600)
            for part in (base + ".crt", base + ".key"):
                with open(part) as source:
                    f.write(source.read())
        return pem
