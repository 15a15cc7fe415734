# SPDX-License-Identifier: Apache-2.0
"""Checks and their report: one line each, whatever goes wrong in one of them."""

import json
import os
import time
import traceback


class Chapter:
    """Checks that are made one after the other; each is a sentence and a function that gives what it observed."""

    def __init__(self, name):
        self.name, self.checks = name, []

    def check(self, sentence):
        def add(function):
            self.checks.append((f"{self.name}: {sentence}", function))
            return function
        return add


def expect(condition, observed):
    """What isn't as Octavia wants it ends the check, and is told."""
    if not condition:
        raise AssertionError(observed)


def refused(error, call):
    """Makes a call that has to end with this exception of Octavia's; gives the exception."""
    try:
        answer = call()
    except error as e:
        return e
    raise AssertionError(f"taken, where {error.__name__} is due; answered {answer!r}")


class Report:
    def __init__(self):
        self.rows, self.began = [], time.monotonic()

    def run(self, sentence, function, life):
        began = time.monotonic()
        try:
            ok, observed = True, function(life)
        except AssertionError as e:
            ok, observed = False, str(e)
        except Exception as e:  # whatever Octavia's code throws is what its controller would have met
            where = [f for f in traceback.extract_tb(e.__traceback__) if os.path.basename(f.filename).startswith("chapter_")][-1]
            ok, observed = False, f"{type(e).__name__}: {e} ({os.path.basename(where.filename)}:{where.lineno} {where.line})"
        self.add(sentence, ok, observed, time.monotonic() - began)

    def add(self, sentence, ok, observed, seconds=0.0):
        text = " ".join(str(observed or "done").split())
        self.rows.append({"name": sentence, "ok": ok, "observed": text, "seconds": round(seconds, 2)})
        print(f"{'ok' if ok else 'FAIL':4} {sentence}: {text}", flush=True)

    def failed(self):
        return [row for row in self.rows if not row["ok"]]

    def summary(self):
        passed, failed = len(self.rows) - len(self.failed()), len(self.failed())
        print(f"{passed} passed, {failed} failed ({time.monotonic() - self.began:.0f} s)", flush=True)

    def write(self, path):
        with open(path, "w") as f:
            json.dump({"passed": len(self.rows) - len(self.failed()), "failed": len(self.failed()),
                       "seconds": round(time.monotonic() - self.began, 1), "checks": self.rows}, f, indent=2)
            f.write("\n")
