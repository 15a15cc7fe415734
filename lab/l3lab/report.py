# SPDX-License-Identifier: Apache-2.0
"""What the person at the screen sees, and the same as JSON: what was done, what was expected, what was observed."""

import json
import os
import shutil
import sys
import time

COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ
NAME, EXPECTED = 36, 42  # widths of the first two columns; what was observed takes the rest
LINE = 6 + 6 + NAME + EXPECTED + 70


def paint(code, text):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


class Report:
    def __init__(self, json_path=None):
        self.steps, self.ended = [], False
        self.began = time.monotonic()
        # Opened now: a place that can't be written to shows at once, and the lab's own mounts don't hide it later.
        self.file = open(json_path, "w") if json_path else None
        self.facts = {}
        if self.file and self.file.seekable():
            self.write("the lab was ended before it could say more")
        # One line a step where it fits; a narrow terminal gets three short ones.
        self.stacked = COLOUR and shutil.get_terminal_size().columns < LINE - 40

    def title(self, text):
        print(f"\n{paint('1', text)}", flush=True)

    def note(self, text):
        print(paint("2", "      " + text.replace("\n", "\n      ")), flush=True)

    def head(self):
        if not self.stacked:
            print(paint("2", f"{'':12}{'step':{NAME}}  {'expected':{EXPECTED}}  observed"), flush=True)

    def doing(self, what):
        """Says what is under way, on a line that the step's own line replaces; only where somebody looks on."""
        if COLOUR:
            print(f"\r\033[K{len(self.steps) + 1:4}  {paint('2', '....  ' + what)}", end="", flush=True)

    def step(self, name, expected, ok, shown, **observed):
        """One line a step, and one entry of the JSON file."""
        self.steps.append({"name": name, "ok": bool(ok), "expected": expected, "observed": observed})
        mark = paint("32", "pass") if ok else paint("1;31", "FAIL")
        start = ("\r\033[K" if COLOUR else "") + f"{len(self.steps):4}  {mark}  "
        if self.stacked:
            print(f"{start}{paint('1', name)}\n            {paint('2', 'expected')}  {expected}\n            {paint('2', 'observed')}  {shown}", flush=True)
        else:
            print(f"{start}{paint('1', name.ljust(NAME))}  {expected:{EXPECTED}}  {shown}", flush=True)

    def table(self, head, rows):
        widths = [max(len(str(cell)) for cell in column) for column in zip(head, *rows)]
        for n, row in enumerate([head, *rows]):
            line = "  ".join(str(cell).rjust(width) if isinstance(cell, int) else str(cell).ljust(width)
                             for cell, width in zip(row, widths)).rstrip()
            print("              " + (paint("2", line) if n == 0 else line), flush=True)

    def failed(self):
        return [step for step in self.steps if not step["ok"]]

    def summary(self):
        self.ended = True
        seconds = time.monotonic() - self.began
        bad = self.failed()
        self.title("Summary")
        if bad:
            print(f"      {paint('1;31', f'{len(bad)} of {len(self.steps)} steps failed')} in {seconds:.0f} s: "
                  + "; ".join(step["name"] for step in bad))
        else:
            print(f"      {paint('1;32', f'all {len(self.steps)} steps passed')} in {seconds:.0f} s")

    def write(self, error=None):
        if self.file:
            result = "ok" if not error and self.steps and not self.failed() else "failed"
            if self.file.seekable():
                self.file.seek(0)
                self.file.truncate()
            json.dump({"result": result, "error": error, **self.facts, "seconds": round(time.monotonic() - self.began, 1),
                       "steps": self.steps}, self.file, indent=2)
            self.file.write("\n")
            self.file.flush()
