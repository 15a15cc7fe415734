# SPDX-License-Identifier: Apache-2.0
"""A TERMINATED_HTTPS listener beside the HTTP one, its certificates from Octavia's local certificate manager."""

import os
import re

import controller
import health
import world
from checks import Chapter, expect, refused
from chapter_http import answered
from octavia.amphorae.drivers.haproxy import exceptions
from octavia.common import constants, data_models
from pki import Authority
from shell import run, run_in

import fabric

chapter = Chapter("tls")
MAIN, OTHER = "www.example.test", "shop.example.test"


def reached(name):
    return ["--cacert", f"{AUTHORITY[0].certificate}", "--resolve", f"{name}:443:{world.VIP4}"]


AUTHORITY = []


def certificate(path):
    with open(path) as f:
        return f.read().partition("-----BEGIN CERTIFICATE-----")[2].partition("-----END")[0].split()


def served(name):
    text = run_in(fabric.CLIENT, "openssl", "s_client", "-connect", f"{world.VIP4}:443", "-servername", name, stdin="", check=False)
    return text.partition("-----BEGIN CERTIFICATE-----")[2].partition("-----END")[0].split()


class Uploads:
    """Counts the certificates that the driver uploads."""

    def __init__(self, client):
        self.client, self.names = client, []

    def __enter__(self):
        upload = self.upload = self.client.upload_cert_pem
        self.client.upload_cert_pem = lambda amp, lb, name, pem: self.names.append(name) or upload(amp, lb, name, pem)
        return self.names

    def __exit__(self, *_):
        self.client.upload_cert_pem = self.upload


@chapter.check("a TERMINATED_HTTPS listener is served with its certificate, and by SNI with the other")
def create(life):
    AUTHORITY.append(Authority(f"{life.world.directory}/shops", "a tenant's authority"))
    life.pems = {name: AUTHORITY[0].issue(name) for name in (MAIN, OTHER)}
    life.https = controller.listener(
        life.lb, constants.PROTOCOL_TERMINATED_HTTPS, 443, life.pool, tls_certificate_id=controller.secret(life.pems[MAIN]),
        tls_versions=["TLSv1.2", "TLSv1.3"])
    life.https.sni_containers.append(data_models.SNI(
        listener_id=life.https.id, position=1, listener=life.https, tls_container_id=controller.secret(life.pems[OTHER])))
    with Uploads(life.client) as uploaded:
        life.update()
    expect(len(uploaded) == 3, f"uploaded {uploaded}")
    for name in (MAIN, OTHER):
        expect(served(name) == certificate(life.pems[name]), f"{name} is served with another certificate")
    who = answered(life, f"https://{MAIN}/", 4, *reached(MAIN)), answered(life, f"https://{OTHER}/", 4, *reached(OTHER))
    return f"{MAIN} {who[0]}, {OTHER} {who[1]}"


@chapter.check("unchanged certificates are not uploaded again")
def unchanged(life):
    with Uploads(life.client) as uploaded:
        life.update()
    expect(not uploaded, f"uploaded {uploaded}")
    return "none uploaded by a second update"


@chapter.check("a renewed certificate is uploaded and served")
def renewed(life):
    life.pems[MAIN] = AUTHORITY[0].issue(MAIN)
    life.https.tls_certificate_id = controller.secret(life.pems[MAIN])
    with Uploads(life.client) as uploaded:
        life.update()
    expect(len(uploaded) == 2, f"uploaded {uploaded}")
    expect(served(MAIN) == certificate(life.pems[MAIN]), "the old one is served")
    return f"{len(uploaded)} files uploaded: the certificate and the list"


@chapter.check("both listeners are listed, reported, and the amphora counts as alive")
def both(life):
    ids = sorted([life.http.id, life.https.id])
    rows = life.client.get_all_listeners(life.amphora)
    expect({r["uuid"]: r["type"] for r in rows} == {life.http.id: "HTTP", life.https.id: "TERMINATED_HTTPS"}, f"{rows}")
    beat = life.health.await_beat("of two listeners", lambda b: sorted(b["listeners"]) == ids)
    expect(health.judge(beat, life.lb).healthy, "the health manager would not count this heartbeat")
    return f"{rows}; {answered(life, count=2)}"


RSA, EC = ("rsa:2048",), ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")
FORMS = ((RSA, "pkey"), (RSA, "rsa", "-traditional"), (EC, "ec"), (EC, "pkey"))  # a key, and what OpenSSL is asked to write it as


def pair(kind, *form):
    """A file with a new certificate and its key in this form."""
    base = AUTHORITY[0].issue(MAIN, key=kind).removesuffix(".pem")
    key = run("openssl", *(form or ("pkey",)), "-in", base + ".key")
    with open(base + ".crt") as crt, open(base + ".given", "w") as given:
        given.write(crt.read() + key)
    return base + ".given", key


@chapter.check("keys in every usual form are served: PKCS#8, PKCS#1, EC, EC as PKCS#8")
def forms(life):
    taken = []
    for kind, *form in FORMS:
        path, key = pair(kind, *form)
        life.https.tls_certificate_id = controller.secret(path)
        life.update()
        expect(served(MAIN) == certificate(path), f"another certificate is served than that with the key of {form}")
        taken.append(key.partition("-----BEGIN ")[2].partition("-----")[0])
    return ", ".join(taken)


@chapter.check("a certificate with another's key, or without one, is InvalidRequest; the one before is served on")
def no_pair(life):
    good, before, pids = life.https.tls_certificate_id, served(MAIN), sorted(life.world.haproxies())
    path, _ = pair(RSA)
    with open(path) as f:
        own = f.read().partition("-----BEGIN PRIVATE")[0]
    _, strange = pair(RSA)
    with open(path, "w") as f:
        f.write(own + strange)
    try:
        life.https.tls_certificate_id = controller.secret(path)
        refused(exceptions.InvalidRequest, life.update)
    finally:
        life.https.tls_certificate_id = good
    # Octavia's certificate manager knows none without a key, so the file and the configuration are sent by hand.
    text, name = life.raw("get", f"loadbalancer/{life.lb.id}/haproxy").text, "0" * 40 + ".pem"
    life.client.upload_cert_pem(life.amphora, life.lb.id, name, own)
    place = f"{controller.CONF.haproxy_amphora.base_cert_dir}/{life.lb.id}"
    wanted = re.sub(r"crt-list \S+", f"crt {place}/{name}", text)
    refused(exceptions.InvalidRequest, lambda: life.client.upload_config(life.amphora, life.lb.id, wanted))
    life.client.delete_cert_pem(life.amphora, life.lb.id, name)
    expect(served(MAIN) == before and sorted(life.world.haproxies()) == pids, "another certificate is served, or by others")
    life.update()
    return f"2 refused; {answered(life, f'https://{MAIN}/', 2, *reached(MAIN))}"


@chapter.check("certificate names: unknown is NotFound, deleted twice is done, a way out of the folder is refused")
def names(life):
    refused(exceptions.NotFound, lambda: life.client.get_cert_md5sum(life.amphora, life.lb.id, "0" * 40 + ".pem"))
    for _ in range(2):
        life.client.delete_cert_pem(life.amphora, life.lb.id, "0" * 40 + ".pem")
    refused(exceptions.InvalidRequest, lambda: life.client.upload_cert_pem(life.amphora, life.lb.id, "words.txt", "x"))
    for name in ("..%2Fevil.pem", "..%2F..%2F..%2Fevil.pem", "%2Fetc%2Fevil.pem"):
        refused(exceptions.APIException, lambda: life.client.upload_cert_pem(life.amphora, life.lb.id, name, "x"))
    found = [root for root, _, files in os.walk(life.world.amphora.data) if "evil.pem" in files]
    expect(not found and not os.path.exists("/etc/evil.pem"), f"written to {found}")
    return "as Octavia's agent answers, and nothing written elsewhere"
