"""One place, one duty, one body: what an official asks a national store, timed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import polars as pl

from benchmarks.national.frames import CASE
from govgraph.analyze.responsibility import duties_of, who_owns
from govgraph.check.run import check_case
from govgraph.store.bulk import load_tables
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.neighbourhood import fetch_around
from govgraph.store.reload import reload_place
from govgraph.store.slice import fetch_slice, find_named, find_place

if TYPE_CHECKING:
    from pathlib import Path

REPEATS = 5


def time_lookups(path: Path, place: str, township: str) -> dict[str, Any]:
    """Return seconds: to open, to read and check one place, and (best of five) for the two questions."""
    begin = time.perf_counter()
    with ColumnarStore(path, read_only=True) as store:
        opened = time.perf_counter()
        case = fetch_slice(store, find_place(store, place))
        read = time.perf_counter()
        result = check_case(case)
        checked = time.perf_counter()
        duty = min(_seconds(store, "事项", f"{township}职责003") for _ in range(REPEATS))
        body = min(_seconds(store, "组织", f"{township}派出所") for _ in range(REPEATS))
    return {
        "open": opened - begin,
        "slice": read - opened,
        "check": checked - read,
        "nodes": len(case.nodes),
        "relations": len(case.relations),
        "findings": len(result.findings),
        "who_owns": duty,
        "duties_of": body,
    }


def _seconds(store: ColumnarStore, family: str, name: str) -> float:
    begin = time.perf_counter()
    identity = find_named(store, family, name, "n.id")[0][0]
    case = fetch_around(store, family, identity)
    node = case.by_id[identity]
    answer = who_owns(case, node) if family == "事项" else duties_of(case, node)
    if not answer:
        raise SystemExit(f"{name} has no answer")
    return time.perf_counter() - begin


def time_reload(work: Path, place: str) -> dict[str, Any]:
    """Return seconds to put one county's tables anew: ``few``, one row in a hundred says something else; then all do.

    ``again`` is to open the store, read the place and check it after that. ``alone`` is what it takes where there is
    nothing but the county: its tables loaded, read and checked. The store is put back in the end.
    """
    county, changed, alone = work / "county", work / "county-changed", work / "county-alone"
    cut_place(work / "tables", county, place)
    cut_place(work / "tables", alone, place, apart=True)
    target = work / "store.duckdb"
    before = target.stat().st_size
    seconds = []
    for share in (0.01, 1.0):
        _change(county, changed, share)
        begin = time.perf_counter()
        report = reload_place(changed, target, place)
        seconds.append(time.perf_counter() - begin)
    written = sum(file.stat().st_size for file in work.glob("store.duckdb*")) - before
    again = _seconds_to_check(target, place)
    reload_place(county, target, place)
    begin = time.perf_counter()
    load_tables(alone, work / "alone.duckdb", CASE)
    loaded = time.perf_counter() - begin
    return {
        "few": seconds[0],
        "seconds": seconds[1],
        "again": again,
        "alone": loaded + _seconds_to_check(work / "alone.duckdb", place),
        "nodes": report.nodes,
        "relations": report.relations,
        "bytes": written,
    }


def _seconds_to_check(target: Path, place: str) -> float:
    begin = time.perf_counter()
    with ColumnarStore(target, read_only=True) as store:
        check_case(fetch_slice(store, find_place(store, place)))
    return time.perf_counter() - begin


def _change(county: Path, target: Path, share: float) -> None:
    """Write a county's tables with another source on the first rows of each."""
    for file in county.rglob("*.parquet"):
        copy = target / file.relative_to(county)
        copy.parent.mkdir(parents=True, exist_ok=True)
        frame = pl.read_parquet(file).with_row_index("row")
        source = pl.when(pl.col("row") <= share * frame.height).then(pl.lit("新文件"))
        frame.with_columns(source=source).drop("row").write_parquet(copy)


def cut_place(tables: Path, target: Path, place: str, *, apart: bool = False) -> None:
    """Write the rows of one place: its nodes, and relations that touch them, or (``apart``) join two of them."""
    for section in ("nodes", "relations"):
        (target / section).mkdir(parents=True, exist_ok=True)
    nodes = {
        file: pl.read_parquet(file).filter(pl.col("code").str.starts_with(place))
        for file in (tables / "nodes").iterdir()
    }
    ids = pl.concat([frame.select("id") for frame in nodes.values()])["id"].implode()
    for file, frame in nodes.items():
        frame.write_parquet(target / "nodes" / file.name)
    for file in sorted((tables / "relations").iterdir()):
        begins, ends = (pl.col(end).is_in(ids) for end in ("start", "end"))
        touching = pl.scan_parquet(file).filter(begins & ends if apart else begins | ends).collect()
        if touching.height:
            touching.write_parquet(target / "relations" / file.name)
