"""Findings streamed to a file: seconds, findings a second, and memory beyond what the open store had.

Each measurement runs in a process of its own; ``engine`` takes the rows of the same queries and lets them go, which
is the part of time and memory that the engine's results take.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.national.planted import CASE, RULES, write_planted
from benchmarks.national.rules import forget_peak, peak

if TYPE_CHECKING:
    from govgraph.check.rules import Rule
    from govgraph.store.columnar.database import ColumnarStore

ENGINE = "engine"


def time_streams(work: Path, count: int) -> dict[str, Any]:
    """Load tables of so many findings, then stream them in each format; ``{what: {seconds, peak, found, bytes}}``."""
    from govgraph.render.finding_stream import FORMATS
    from govgraph.store.bulk import load_tables

    folder = work / "planted"
    store = folder / "store.duckdb"
    store.unlink(missing_ok=True)
    write_planted(folder / "tables", count)
    load_tables(folder / "tables", store, CASE)
    results: dict[str, Any] = {"planted": count}
    for what in (ENGINE, *FORMATS):
        command = [sys.executable, "-m", "benchmarks.national.streaming", str(store), what]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        results[what] = json.loads(done.stdout.splitlines()[-1])
    return results


def _measure(path: Path, what: str) -> dict[str, Any]:
    import pyarrow.parquet  # noqa: F401 - what is imported is not of the stream

    from govgraph.check.rules import load_rules
    from govgraph.store.columnar.database import ColumnarStore

    rules = [rule for rule in load_rules() if rule.id in RULES]
    target = path.with_name(f"findings.{what}")
    with ColumnarStore(path, read_only=True) as store:
        store.query("MATCH (n:事项) RETURN count(n.name)")
        forget_peak()
        before, begin = peak(), time.perf_counter()
        found = _drain(store, rules) if what == ENGINE else _stream(store, rules, target, what)
        seconds = time.perf_counter() - begin
    written = target.stat().st_size if target.exists() else 0
    return {"seconds": seconds, "peak": peak() - before, "found": found, "bytes": written}


def _drain(store: ColumnarStore, rules: list[Rule]) -> int:
    from govgraph.check.run import BETWEEN_BRANCHES, used_parameters

    return sum(
        len(table.rows)
        for rule in rules
        for branch in BETWEEN_BRANCHES.split(rule.cypher)
        for table in store.batches(branch, used_parameters(branch, rule.defaults))
    )


def _stream(store: ColumnarStore, rules: list[Rule], target: Path, format_: str) -> int:
    """Do what ``check --store … --format … -o …`` does, the numbers at the end included."""
    from govgraph.check.lookup import StoreLookup
    from govgraph.check.stream import stream_findings
    from govgraph.check.tally import Counting
    from govgraph.render.finding_stream import write_findings

    counting = Counting(rules, StoreLookup(store))
    findings = stream_findings(store, rules, folder=target.parent)
    write_findings(counting.passing(findings), target, format_)
    return sum(item.violated + item.undetermined for item in counting.tally().rules)


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), sys.argv[2])))
