# SPDX-License-Identifier: Apache-2.0
"""What is measured, one function a scenario. Each gives rows of a table: a list of dictionaries with the same keys."""

import os
import statistics
import threading
import time

import processes
from arena import Place
from product import Product
from receiver import Receiver
from shell import run
from speakers import PEERS, version

TABLE = 100_000


def ms(ns):
    return ns / 1e6


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def spread(values):
    return f"{statistics.median(values):.1f} ({min(values):.1f}-{max(values):.1f})"


class Bench:
    def __init__(self, directory, say, repetitions):
        self.directory, self.say, self.repetitions = directory, say, repetitions
        self.receiver = Receiver()
        self.running = []

    def start(self, speaker):
        self.running.append(speaker)
        began = time.monotonic()
        speaker.start()
        self.say(f"{speaker.name}: up, {speaker.routes} routes, idle after {time.monotonic() - began:.1f} s")
        return speaker

    def product(self, name, **how):
        directory = os.path.join(self.directory, name)
        os.makedirs(directory)
        return Product(Place.of("product"), directory, **how)

    def session(self, speaker, number=0, hold=90):
        neighbors = getattr(speaker, "neighbors", [speaker.neighbor])
        return self.receiver.session(neighbors[number], speaker.place.speaker, hold)

    def stop(self):
        for speaker in self.running:
            speaker.stop()
        self.running.clear()

    def close(self):
        self.stop()
        self.receiver.close()


def table(bench):
    """100,000 host routes, from Established to the last route at the receiver; all speakers in turn, in one run."""
    runs, speakers = {}, []
    for kind in PEERS:
        speakers.append(bench.start(kind(Place.of(kind.name), bench.directory, TABLE)))
    speakers.append(bench.start(bench.product("table", routes=TABLE)))
    sessions = {speaker.name: bench.session(speaker) for speaker in speakers}
    for repetition in range(bench.repetitions):
        turn = repetition % len(speakers)
        for speaker in speakers[turn:] + speakers[:turn]:
            measured = _one_table(speaker, sessions[speaker.name])
            runs.setdefault(speaker.name, []).append(measured)
            bench.say(f"{speaker.name}: {measured['ms']:.1f} ms, first UPDATE after {measured['first_ms']:.1f} ms, "
                      f"{measured['updates']} UPDATEs, {measured['cpu_ms']:.0f} ms CPU")
    return [_table_row(speaker, runs[speaker.name]) for speaker in speakers]


def _one_table(speaker, session):
    session.forget()
    before = processes.cpu_seconds(speaker.pid)
    session.connect()
    session.wait("up", 120)
    with speaker.hurried():
        session.wait(f"count {TABLE}", 60)
    processes.await_idle(speaker.pid, 10)
    used = processes.cpu_seconds(speaker.pid) - before
    seen = session.stat()
    rss = processes.rss_mib(speaker.pid)
    session.drop()
    if seen["wrong"] or seen["announced"] != TABLE:
        raise AssertionError(f"{speaker.name} sent something else than its table: {seen}")
    return {"ms": ms(seen["last_route"] - seen["established"]), "first_ms": ms(seen["first_update"] - seen["established"]),
            "updates": seen["updates"], "bytes": seen["update_bytes"], "cpu_ms": used * 1000, "rss": rss}


def _table_row(speaker, runs):
    def all_of(key):
        return [r[key] for r in runs]

    return {"speaker": f"{speaker.name} {version(speaker.name)}".strip(),
            "Established to last route, ms": spread(all_of("ms")), "the first time, ms": round(runs[0]["ms"], 1),
            "to first UPDATE, ms": spread(all_of("first_ms")), "UPDATEs": max(all_of("updates")), "bytes": max(all_of("bytes")),
            "CPU, ms": spread(all_of("cpu_ms")), "RSS, MiB": round(max(all_of("rss"))), "runs": len(runs), "_ms": all_of("ms")}


def register(bench):
    """One change at a time by REST with 10,000 routes present: mutual TLS, one kept connection, durable before the answer.
    The first ones run in code that isn't compiled yet, and are told apart from the others."""
    product = bench.start(bench.product("register", routes=10_000))
    session = bench.session(product)
    session.connect()
    session.wait("count 10000", 60)
    rest = product.rest()
    rows = []
    for called, call, arrives in (("register", product.register, "has"), ("unregister", product.unregister, "lost")):
        to_wire, to_answer = [], []
        for i in range(100_000, 100_000 + 600 * max(2, bench.repetitions)):
            answer = call(rest, i)
            to_wire.append(ms(session.wait(f"{arrives} {i}", 10) - answer.sent))
            to_answer.append(ms(answer.answered - answer.sent))
        for part, of in (("the first 500", slice(500)), ("after 1,000", slice(1_000, None))):
            rows.append(_latency_row(f"{called}, {part}, request to UPDATE", to_wire[of]))
            rows.append(_latency_row(f"{called}, {part}, request to answer", to_answer[of]))
            bench.say(f"{called}, {part}: p50 {rows[-2]['p50, ms']} ms, p99 {rows[-2]['p99, ms']} ms to the UPDATE")
    rest.close()
    session.drop()
    return rows


def _latency_row(what, values):
    return {"what": what, "p50, ms": round(statistics.median(values), 2), "p99, ms": round(percentile(values, 99), 2),
            "longest, ms": round(max(values), 1), "first ten, ms": spread(values[:10]), "calls": len(values)}


def bulk(bench):
    """10,000 registrations in one call, and their removal in another."""
    product = bench.start(bench.product("bulk"))
    session = bench.session(product)
    session.connect()
    session.wait("up", 60)
    rest = product.rest()
    taken = {"register": [], "remove": []}
    for repetition in range(bench.repetitions):
        for called, call, left in (("register", product.register_all, 10_000), ("remove", product.remove_all, 0)):
            session.forget() if left else None
            updates = session.stat()["updates"]
            answer = call(rest, 0, 10_000)
            arrived = session.wait(f"count {left}", 30)
            one = {"wire": ms(arrived - answer.sent), "answer": ms(answer.answered - answer.sent),
                   "updates": session.stat()["updates"] - updates}
            taken[called].append(one)
            bench.say(f"{called} 10,000: {one['wire']:.0f} ms to the last route, {one['answer']:.0f} ms to the answer")
    rest.close()
    session.drop()
    return [{"what": f"{called} 10,000 in one call", "to the last route, ms": spread([r["wire"] for r in runs]),
             "to the answer, ms": spread([r["answer"] for r in runs]), "the first time, ms": round(runs[0]["wire"]),
             "UPDATEs": max(r["updates"] for r in runs), "runs": len(runs)} for called, runs in taken.items()]


def inbound(bench):
    """One peer sends a million routes: what that costs, and what another peer with a hold time of 3 s notices."""
    product = bench.start(bench.product("inbound", routes=1000, peers=2, hold=3))
    flooding, other = bench.session(product, 0, 3), bench.session(product, 1, 3)
    for session in (flooding, other):
        session.connect()
        session.wait("count 1000", 60)
    rest = product.rest()
    calm = [_register_and_back(product, rest, other, 50_000 + i) for i in range(200)]
    processes.await_idle(product.pid, 10)
    rows = []
    for repetition in range(min(3, bench.repetitions)):
        before = processes.rss_mib(product.pid)
        used = processes.cpu_seconds(product.pid)

        highest, over = [before], threading.Event()

        def watch():
            while not over.wait(0.02):
                highest.append(processes.rss_mib(product.pid))

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        flooding.feed(1_000_000)
        busy = []
        while not flooding.stat()["feed_to"]:
            busy.append(_register_and_back(product, rest, other, 60_000 + len(busy)))
        seen = flooding.stat()
        processes.await_idle(product.pid, 10)
        over.set()
        watching.join()
        after = processes.rss_mib(product.pid)
        used = processes.cpu_seconds(product.pid) - used
        if not (seen["up"] and other.stat()["up"]) or seen["notifications"] or other.stat()["notifications"]:
            raise AssertionError(f"a session was lost: {seen}, {other.stat()}")
        rows.append({"million": repetition + 1, "taken in, ms": round(ms(seen["feed_to"] - seen["feed_from"])),
                     "CPU, ms": round(used * 1000), "RSS before, MiB": round(before, 1), "highest": round(max(highest), 1),
                     "after": round(after, 1), "growth, MiB": round(after - before, 1),
                     "other peer's longest silence, ms": round(ms(other.stat()["silence"])),
                     "its registers meanwhile, p50 ms": round(statistics.median(busy), 1), "longest": round(max(busy), 1),
                     "without, p50": round(statistics.median(calm), 1)})
        bench.say(f"a million routes: {rows[-1]}")
    rest.close()
    for session in (flooding, other):
        session.drop()
    return rows


def _register_and_back(product, rest, session, i):
    answer = product.register(rest, i)
    taken = ms(session.wait(f"has {i}", 10) - answer.sent)
    product.unregister(rest, i)
    session.wait(f"lost {i}", 10)
    return taken


def start(bench):
    """From exec to REST's first answer on one core, as unpacked and after bin/l3-prepare; memory; and SIGTERM."""
    product = bench.product("start", core=0)
    bench.running.append(product)
    session = bench.session(product)
    product.launch()  # unpacks the distribution, which isn't a start's business
    home = product.home()
    product.stop()
    for made in ("classes.jsa", "classes.jsa.size"):
        if os.path.exists(f"{home}/lib/{made}"):
            os.remove(f"{home}/lib/{made}")
    rows, ends = [], []
    for prepared in ("as unpacked", "prepared"):
        if prepared == "prepared":
            bench.say(run(f"{home}/bin/l3-prepare", timeout=300).strip())
        runs = {"cold": [], "warm": []}
        for _ in range(max(2, bench.repetitions // 2)):
            product.forget_data()
            for kind in ("cold", "warm"):
                runs[kind].append(_one_start(bench, product, session, f"{prepared}, {kind}"))
        rows += [{"start": f"{prepared}, {kind}", "to REST's answer, s": spread([r["s"] for r in of]),
                  "CPU, s": spread([r["cpu"] for r in of]), "RSS, MiB": spread([r["rss"] for r in of]),
                  "SIGTERM to Cease, ms": spread([r["cease"] for r in of]), "to the end, ms": spread([r["end"] for r in of]),
                  "runs": len(of)} for kind, of in runs.items()]
    return rows


def _one_start(bench, product, session, what):
    one = {"s": product.launch(), "cpu": processes.cpu_seconds(product.pid)}
    session.forget()
    session.connect()
    session.wait("up", 60)
    processes.await_idle(product.pid, 20)
    one["rss"] = processes.rss_mib(product.pid)
    at = product.terminate()
    session.wait("down", 10)
    seen = session.stat()
    session.drop()
    if (seen["code"], seen["subcode"]) != (6, 2):
        raise AssertionError(f"no Cease/Administrative Shutdown on SIGTERM: {seen}")
    one["cease"] = ms(seen["cease"] - at)
    product.process.wait(60)
    one["end"] = ms(time.monotonic_ns() - at)
    bench.say(f"{what}: " + ", ".join(f"{key} {value:.1f}" for key, value in one.items()))
    return one


ALL = [table, register, bulk, inbound, start]
