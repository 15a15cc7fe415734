# SPDX-License-Identifier: Apache-2.0
"""What the person at the screen sees, and the same as JSON: what was done, what was expected, what was observed."""

import json
import sys
import time

COLOUR = sys.stdout.isatty()


def paint(code, text):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


class Report:
    def __init__(self):
        self.steps = []
        self.began = time.monotonic()

    def title(self, text):
        print(f"\n{paint('1', text)}")

    def note(self, text):
        print(paint("2", "      " + text.replace("\n", "\n      ")), flush=True)

    def step(self, name, expected, ok, shown, **observed):
        """One line a step, and one entry of the JSON file."""
        self.steps.append({"name": name, "ok": bool(ok), "expected": expected, "observed": observed})
        mark = paint("32", "pass") if ok else paint("1;31", "FAIL")
        print(f"{len(self.steps):4}  {mark}  {paint('1', name)}", flush=True)
        print(f"            expected  {expected}", flush=True)
        print(f"            observed  {shown}", flush=True)
        return ok

    def table(self, head, rows):
        widths = [max(len(str(cell)) for cell in column) for column in zip(head, *rows)]
        for n, row in enumerate([head, *rows]):
            line = "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths))
            print("              " + (paint("2", line) if n == 0 else line), flush=True)

    def failed(self):
        return [step for step in self.steps if not step["ok"]]

    def summary(self):
        seconds = time.monotonic() - self.began
        bad = self.failed()
        self.title("Summary")
        if bad:
            print(f"      {paint('1;31', f'{len(bad)} of {len(self.steps)} steps failed')} in {seconds:.0f} s: "
                  + "; ".join(step["name"] for step in bad))
        else:
            print(f"      {paint('32', f'all {len(self.steps)} steps passed')} in {seconds:.0f} s")

    def write(self, path, error=None):
        result = "ok" if not error and self.steps and not self.failed() else "failed"
        with open(path, "w") as f:
            json.dump({"result": result, "error": error, "steps": self.steps}, f, indent=2)
            f.write("\n")
