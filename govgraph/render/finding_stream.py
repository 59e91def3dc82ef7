"""Findings written one after the other: JSON lines, CSV for Excel, Parquet."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import asdict, fields
from itertools import islice
from typing import TYPE_CHECKING

from govgraph.check.stream import StreamedFinding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMATS = ("jsonl", "csv", "parquet")
BATCH = 10_000
COLUMNS = tuple(item.name for item in fields(StreamedFinding))
LISTS = ("subjects", "relations")
FORMULA = ("=", "+", "-", "@", "\t")  # what Excel takes for a formula


def write_findings(findings: Iterable[StreamedFinding], file: Path, format_: str) -> Counter[tuple[str, str, str]]:
    """Write findings as they come; return how many there are by rule, severity and status."""
    counted: Counter[tuple[str, str, str]] = Counter()

    def passing() -> Iterator[StreamedFinding]:
        for found in findings:
            counted[found.rule, found.severity, found.status] += 1
            yield found

    draft = file.with_name(f"{file.name}.part")
    {"jsonl": _write_lines, "csv": _write_csv, "parquet": _write_parquet}[format_](passing(), draft)
    draft.replace(file)
    return counted


def _write_lines(findings: Iterable[StreamedFinding], file: Path) -> None:
    with file.open("w", encoding="utf-8") as stream:
        for found in findings:
            stream.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")


def _write_csv(findings: Iterable[StreamedFinding], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for found in findings:
            values = (getattr(found, name) for name in COLUMNS)
            writer.writerow([_cell("；".join(v) if isinstance(v, tuple) else v) for v in values])


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_parquet(findings: Iterable[StreamedFinding], file: Path) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    schema = pa.schema([(name, pa.list_(pa.string()) if name in LISTS else pa.string()) for name in COLUMNS])
    stream = iter(findings)
    with pq.ParquetWriter(file, schema) as writer:
        while rows := [asdict(found) for found in islice(stream, BATCH)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
