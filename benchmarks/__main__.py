"""Run the benchmark of the national graph and write ``docs/performance.md``.

``python -m benchmarks`` takes the sizes 1/1000 and 1/100, ``--national`` also 1/10 and 1. What was measured is kept in
``benchmarks/work/results.json`` after every stage, so that a run that stops can be continued with ``--resume``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from benchmarks.national.report import write_report
from benchmarks.national.stages import STAGES, run_stage

ROOT = Path(__file__).resolve().parent
SMALL, NATIONAL = ("1/1000", "1/100"), ("1/1000", "1/100", "1/10", "1")
HEAPS = {"1/1000": ("1g", "512m"), "1/100": ("1g", "512m"), "1/10": ("3g", "2g"), "1": ("6g", "6g")}
REPEATS = "3"  # the fastest of so many runs in a row of each rule, on each engine
PROCESSES = {"place": 3}  # the fastest of so many processes, one after the other; one elsewhere
NETWORKX_SIZES = ("1/1000", "1/100")
STREAMED = {"1/1000": "10000", "1/100": "100000", "1/10": "1000000"}  # findings
ONLINE_SIZES = ("1/1000", "1/100")  # beyond, one load takes minutes


def main() -> None:
    """Run the stages that are asked for and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--national", action="store_true", help="all sizes, up to the whole country")
    parser.add_argument("--sizes", nargs="*", choices=NATIONAL, help="only these sizes")
    parser.add_argument("--stages", nargs="*", choices=STAGES, default=STAGES, help="only these stages")
    parser.add_argument("--work", type=Path, default=ROOT / "work", help="where tables and stores go")
    parser.add_argument("--resume", action="store_true", help="keep the earlier results of other stages")
    parser.add_argument("--keep", action="store_true", help="keep tables and stores")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = options.work / "results.json"
    results: dict[str, dict[str, Any]] = json.loads(kept.read_text()) if options.resume and kept.exists() else {}
    for size in options.sizes or (NATIONAL if options.national else SMALL):
        work = options.work / size.replace("/", "-")
        work.mkdir(exist_ok=True)
        for stage in options.stages:
            if size not in {"networkx": NETWORKX_SIZES, "online": ONLINE_SIZES, "stream": STREAMED}.get(stage, (size,)):
                continue
            arguments = {
                "make": (size, "100"),
                "neo4j": (*HEAPS[size], REPEATS),
                "online": HEAPS[size],
                "rules": (REPEATS,),
                "duckdb": (REPEATS,),
                "stream": (STREAMED.get(size, ""),),
            }.get(stage, ())
            print(f"{size} {stage} …", file=sys.stderr, flush=True)
            runs = [run_stage(stage, work, *arguments) for _ in range(PROCESSES.get(stage, 1))]
            results.setdefault(size, {})[stage] = min(runs, key=lambda run: run["wall"])
            kept.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
        expected = work / "expected.json"
        if expected.exists():
            results[size]["expected"] = json.loads(expected.read_text(encoding="utf-8"))
        kept.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
        if not options.keep:
            shutil.rmtree(work)
    write_report(results)


if __name__ == "__main__":
    main()
