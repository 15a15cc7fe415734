# SPDX-License-Identifier: Apache-2.0
"""Measures the distributor: a table to a receiver beside other speakers, changes by REST, a flood of routes, start and stop."""

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import time

import arena
import scenarios
from pki import Authority
from product import Product
from shell import LabError, run


def arguments():
    names = {scenario.__name__: scenario for scenario in scenarios.ALL}
    p = argparse.ArgumentParser(prog="./bench/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                epilog="scenarios:\n" + "\n".join(f"  {n:9} {s.__doc__}" for n, s in names.items()))
    p.add_argument("scenario", nargs="*", help="default: all of them")
    p.add_argument("--repetitions", type=int, default=7, metavar="N", help="1..50 (default 7)")
    p.add_argument("--keep", action="store_true", help="keep the directory with logs and data")
    args = p.parse_args()
    unknown = [n for n in args.scenario if n not in names]
    if unknown or not 1 <= args.repetitions <= 50:
        p.error(f"no scenario {unknown}" if unknown else "--repetitions must be 1..50")
    args.chosen = [names[n] for n in args.scenario or names]
    return args


def machine(directory):
    memory = next(line for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    java = run("java", "--version").splitlines()[1]
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gib": round(int(memory.split()[1]) / 2**20),
            "kernel": platform.release(), "data_on": run("stat", "-f", "-c", "%T", directory).strip(),
            "load_average": round(os.getloadavg()[0], 1), "java": java}


def markdown(rows):
    keys = [key for key in rows[0] if not key.startswith("_")]
    lines = ["| " + " | ".join(keys) + " |", "|" + "---|" * len(keys)]
    return "\n".join(lines + ["| " + " | ".join(str(row[key]) for key in keys) + " |" for row in rows])


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    directory = arena.private()
    about = machine(directory)
    began = time.monotonic()

    def say(line):
        print(f"{time.monotonic() - began:6.1f} s  {line}", flush=True)

    print(f"Machine: {about['cores']} x {about['cpu']}, {about['memory_gib']} GiB, Linux {about['kernel']}, data on {about['data_on']}, "
          f"load {about['load_average']}")
    Product.authority = Authority(f"{directory}/ca", "bench authority")
    Product.client = Product.authority.issue("controller")
    results, failed = {}, []
    for scenario in args.chosen:
        say(f"== {scenario.__name__}: {scenario.__doc__}")
        bench = scenarios.Bench(os.path.join(directory, scenario.__name__), say, args.repetitions)
        os.makedirs(bench.directory)
        try:
            results[scenario.__name__] = scenario(bench)
        except (LabError, AssertionError, OSError) as e:
            failed.append(scenario.__name__)
            say(f"FAILED {scenario.__name__}: {e}")
        finally:
            bench.close()
    text = "\n".join(f"\n### {name}\n\n{markdown(rows)}" for name, rows in results.items())
    print(text)
    base = os.path.join(arena.TARGET, "-".join(s.__name__ for s in args.chosen) if args.scenario else "all")
    with open(base + ".md", "w") as f:
        f.write(text + "\n")
    with open(base + ".json", "w") as f:
        json.dump({"machine": about, "results": results, "failed": failed}, f, indent=1)
    print(f"\nWritten: {os.path.relpath(base, arena.ROOT)}.md and .json")
    if failed or args.keep:
        print(f"Logs and data: {os.path.relpath(directory, arena.ROOT)}")
    else:
        shutil.rmtree(directory, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
