"""The tables of a size as Parquet files, written a slice at a time in flat memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from benchmarks.national.arrangement import frames_of

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.national.division import Divisions
    from benchmarks.national.plan import Plan

RELATION_MARK = "."  # a relation table's name has dots: type.from.to


def write_tables(divisions: Divisions, plan: Plan, folder: Path) -> dict[str, int]:
    """Write ``nodes/*.parquet`` and ``relations/*.parquet`` with the plan's defects; return rows by table."""
    for name in ("nodes", "relations"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    writers: dict[str, pq.ParquetWriter] = {}
    counts: dict[str, int] = {}
    try:
        for tables in frames_of(divisions):
            for name, frame in plan.applied(tables).items():
                table = frame.to_arrow()
                if name not in writers:
                    writers[name] = pq.ParquetWriter(path_of(folder, name), table.schema, compression="zstd")
                writers[name].write_table(table)
                counts[name] = counts.get(name, 0) + frame.height
    finally:
        for writer in writers.values():
            writer.close()
    return counts


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a table."""
    return folder / ("relations" if RELATION_MARK in name else "nodes") / f"{name}.parquet"
