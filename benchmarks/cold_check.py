"""Cold time of ``govgraph check 园区带街 --format json``, beside ``python -c pass``, and where it goes.

    python -m benchmarks.cold_check [--runs 15]

Runs the two commands in turn and prints the median and spread of each, their ratio, and the laps of one run inside a
process. A figure from one machine: quote the ratio and the laps, not the seconds.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

CASE = "园区带街"
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "govgraph --version": [sys.executable, "-m", "govgraph", "--version"],
    "govgraph check": [sys.executable, "-m", "govgraph", "check", CASE, "--format", "json"],
}
LAPS = """
import time
start = last = time.perf_counter()
def lap(name):
    global last
    now = time.perf_counter()
    print(f"  {1000 * (now - last):7.1f} ms  {name}")
    last = now
import click, govgraph.cli.check
lap("import of the command line")
from govgraph.check.rules import load_rules
rules = load_rules()
lap(f"{len(rules)} rules read")
from govgraph.read.source import read_case
case = read_case("CASE")
lap("case read and validated")
import duckdb, pyarrow
lap("import of the engine")
from govgraph.check.relevance import Contents
from govgraph.check.run import CaseLookup, run_rules
from govgraph.store.columnar.database import ColumnarStore
store = ColumnarStore()
lap("tables made")
store.load(case)
lap("case loaded")
results = run_rules(store, rules, CaseLookup(case), contents=Contents(case))
lap("rules run")
for entry in sorted(results, key=lambda entry: -entry.seconds)[:5]:
    print(f"           {1000 * entry.seconds:6.1f} ms  {entry.rule}")
"""


def measure(command: list[str]) -> float:
    """Return the wall-clock seconds of one run of a command."""
    begin = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    for command in COMMANDS.values():
        measure(command)  # warm the file cache
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            seconds[name].append(measure(command))
    base = statistics.median(seconds["python -c pass"])
    print(f"{runs} runs each, in turn; median (least to most), ratio to python -c pass")
    for name, values in seconds.items():
        middle = statistics.median(values)
        print(f"  {middle:6.3f} s ({min(values):.3f} to {max(values):.3f})  {middle / base:6.1f} x  {name}")
    print("inside one run:")
    subprocess.run([sys.executable, "-c", LAPS.replace("CASE", CASE)], check=True)


if __name__ == "__main__":
    main()
