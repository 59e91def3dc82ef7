"""The stages of the benchmark. Each runs in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLACE = "320111"
TOWNSHIP = "盘城街道"


def run_stage(name: str, work: Path, *arguments: str) -> dict[str, Any]:
    """Run a stage in a new process and return what it measured, with ``peak`` (MB) and ``wall`` (s) added."""
    command = [sys.executable, "-m", "benchmarks.national.stages", name, str(work), *arguments]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"stage {name} failed")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**result, "wall": time.perf_counter() - begin}


def make(work: Path, size: str, rate: str) -> dict[str, Any]:
    """Write the tables of a size and what the rules must find in them."""
    from benchmarks.national.defects import plan_defects
    from benchmarks.national.division import read_divisions
    from benchmarks.national.writing import write_tables

    divisions = read_divisions(size)
    plan = plan_defects(divisions, int(rate))
    counts = write_tables(divisions, plan, work / "tables")
    expected = [[rule, status, len(ids)] for (rule, status), ids in sorted(plan.expected.items())]
    (work / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")
    nodes = sum(count for name, count in counts.items() if "." not in name)
    provinces = divisions.township["code"].str.head(2).value_counts()["count"]
    return {
        "nodes": nodes,
        "relations": sum(counts.values()) - nodes,
        "townships": divisions.township.height,
        "largest_province": int(provinces.max()) / divisions.township.height,
    }


def load(work: Path) -> dict[str, Any]:
    """Load the tables into a columnar store."""
    from govgraph.store.bulk import load_tables

    target = work / "store.duckdb"
    target.unlink(missing_ok=True)
    begin = time.perf_counter()
    report = load_tables(work / "tables", target, "全国")
    return {
        **asdict(report),
        "stages": report.seconds,
        "seconds": time.perf_counter() - begin,
        "bytes": target.stat().st_size,
    }


def export(work: Path) -> dict[str, Any]:
    """Write what neo4j-admin eats."""
    from govgraph.render.neo4j_admin import export_neo4j_admin
    from govgraph.store.columnar.database import ColumnarStore

    begin = time.perf_counter()
    with ColumnarStore(work / "store.duckdb", read_only=True) as store:
        written = export_neo4j_admin(store, work / "neo4j")
    return {"seconds": time.perf_counter() - begin, "rows": sum(written.rows.values())}


def rules(work: Path, repeats: str) -> dict[str, Any]:
    """Run the rule pack on the columnar store."""
    from benchmarks.national.rules import time_rules
    from govgraph.store.columnar.database import ColumnarStore

    begin = time.perf_counter()
    with ColumnarStore(work / "store.duckdb", read_only=True) as store:
        store.query("MATCH (n:事项) RETURN count(n.status)")
        store.query("MATCH ()-[r:主责|配合]->() RETURN count(r.status)")
        results = [asdict(result) for result in time_rules(store, repeats=int(repeats))]
    return {"seconds": time.perf_counter() - begin, "rules": results}


def command(work: Path) -> dict[str, Any]:
    """Check the store as a user does: the whole command, in a process of its own."""
    begin = time.perf_counter()
    words = [sys.executable, "-m", "govgraph", "check", "--store", str(work / "store.duckdb"), "--fail-on", "never"]
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "memory": memory}


def neo4j(work: Path, heap: str, pagecache: str, repeats: str) -> dict[str, Any]:
    """Import into Neo4j with neo4j-admin, then run the rule pack on the warm server."""
    from benchmarks.national.rules import time_rules
    from govgraph.store.neo4j_server import Neo4jStore
    from tools.neo4j_server import Neo4jServer

    server = Neo4jServer(heap=heap, pagecache=pagecache)
    try:
        begin = time.perf_counter()
        arguments = ["database", "import", "full", "neo4j", f"@{work.resolve()}/neo4j/import.args"]
        printed = server.run_admin(arguments, heap=heap)
        imported = time.perf_counter() - begin
        server.start()
        store = Neo4jStore(server.uri, server.user, server.password)
        begin = time.perf_counter()
        store.prepare()
        indexed = time.perf_counter() - begin
        store.query("MATCH (n) RETURN count(n.status)")
        store.query("MATCH ()-[r]->() RETURN count(r.status)")
        results = [asdict(result) for result in time_rules(store, repeats=int(repeats))]
        store.close()
    finally:
        server.stop()
    done = next(line for line in printed.splitlines() if line.startswith("IMPORT DONE"))
    return {"import": imported, "reported": done, "indexes": indexed, "rules": results}


def online(work: Path, heap: str, pagecache: str) -> dict[str, Any]:
    """Load the tables into a running, empty Neo4j by the official driver."""
    from govgraph.store.bulk_neo4j import load_tables_online
    from govgraph.store.neo4j_server import Neo4jStore
    from tools.neo4j_server import Neo4jServer

    with (
        Neo4jServer(heap=heap, pagecache=pagecache) as server,
        Neo4jStore(server.uri, server.user, server.password) as store,
    ):
        begin = time.perf_counter()
        report = load_tables_online(work / "tables", store, "全国")
        seconds = time.perf_counter() - begin
    return {**asdict(report), "stages": report.seconds, "seconds": seconds}


def duckdb(work: Path, repeats: str) -> dict[str, Any]:
    """Load the tables into DuckDB and run the rules in SQL."""
    from benchmarks.national.duckdb_rules import load_duckdb, time_duckdb

    database = work / "tables.duckdb"
    database.unlink(missing_ok=True)
    seconds = load_duckdb(work / "tables", database)
    return {"load": seconds, "rules": time_duckdb(database, int(repeats))}


def networkx(work: Path) -> dict[str, Any]:
    """Answer some rules in plain Python over networkx."""
    from benchmarks.national.networkx_rules import time_networkx

    return time_networkx(work / "tables")


def place(work: Path) -> dict[str, Any]:
    """Read one county, check it, and look up a duty and a body."""
    from benchmarks.national.lookups import time_lookups

    return time_lookups(work / "store.duckdb", PLACE, TOWNSHIP)


def reload(work: Path) -> dict[str, Any]:
    """Put one county's tables in the place of what the store holds of it, and check it again."""
    from benchmarks.national.lookups import time_reload

    return time_reload(work, PLACE)


def stream(work: Path, count: str) -> dict[str, Any]:
    """Stream so many findings to a file in each format."""
    from benchmarks.national.streaming import time_streams

    return time_streams(work, int(count))


STAGES = {
    "make": make,
    "load": load,
    "export": export,
    "rules": rules,
    "command": command,
    "neo4j": neo4j,
    "online": online,
    "duckdb": duckdb,
    "networkx": networkx,
    "place": place,
    "reload": reload,
    "stream": stream,
}


def main() -> None:
    """Run one stage and print one line of JSON."""
    name, work, *arguments = sys.argv[1:]
    result = STAGES[name](Path(work), *arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**result, "peak": peak}, ensure_ascii=False))


if __name__ == "__main__":
    main()
