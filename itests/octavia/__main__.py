# SPDX-License-Identifier: Apache-2.0
"""Octavia's own controller code drives one combined amphora through a whole life; every answer is judged as Octavia would."""

import argparse
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
sys.path.append(os.path.join(REPOSITORY, "lab", "l3lab"))

import chapter_admin  # noqa: E402
import chapter_agent  # noqa: E402
import chapter_boot  # noqa: E402
import chapter_faults  # noqa: E402
import chapter_http  # noqa: E402
import chapter_plug  # noqa: E402
import chapter_tls  # noqa: E402
from checks import Report  # noqa: E402
from life import Life  # noqa: E402

STORY = [module.chapter for module in (chapter_boot, chapter_plug, chapter_http, chapter_tls, chapter_admin, chapter_faults, chapter_agent)]


def arguments():
    p = argparse.ArgumentParser(prog="itests/octavia/run", description=__doc__)
    p.add_argument("--json", metavar="FILE", help="write what was observed to FILE")
    p.add_argument("--list", action="store_true", help="list the checks, run none")
    return p.parse_args()


def tell(report):
    life = Life()
    try:
        began = time.monotonic()
        seconds = life.begin()
        report.add("boot: the appliance with role amphora answers", True, f"REST after {seconds:.1f} s", time.monotonic() - began)
        for chapter in STORY:
            for sentence, function in chapter.checks:
                report.run(sentence, function, life)
    except Exception as e:  # without a cloud or an amphora there is nothing to check
        report.add("boot: the cloud and the amphora come up", False, f"{type(e).__name__}: {e}")
    finally:
        if report.failed():
            target = os.path.join(HERE, "target")
            life.world.save_logs(target)
            print(f"     logs: {target}")
        life.world.close()


def main():
    args = arguments()
    if args.list:
        print("\n".join(sentence for chapter in STORY for sentence, _ in chapter.checks))
        return
    report = Report()
    tell(report)
    report.summary()
    if args.json:
        report.write(args.json)
    sys.exit(1 if report.failed() else 0)


if __name__ == "__main__":
    main()
