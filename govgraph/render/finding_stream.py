"""Findings written one after the other: JSON lines, CSV for Excel, Parquet."""

from __future__ import annotations

import csv
import json
from itertools import islice
from typing import TYPE_CHECKING

from govgraph.check.stream import StreamedFinding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

FORMATS = ("jsonl", "csv", "parquet")
BATCH = 10_000
COLUMNS = StreamedFinding._fields
LISTS = ("subjects", "relations")
FORMULA = ("=", "+", "-", "@", "\t")  # what Excel takes for a formula


def write_findings(findings: Iterable[StreamedFinding], file: Path, format_: str) -> None:
    """Write findings as they come; the file is there when all are written, and as it was before where that fails."""
    draft = file.with_name(f"{file.name}.part")
    try:
        WRITERS[format_](findings, draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _write_lines(findings: Iterable[StreamedFinding], file: Path) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with file.open("w", encoding="utf-8") as stream:
        for found in findings:
            stream.write(encode(dict(zip(COLUMNS, found, strict=True))) + "\n")


def _write_csv(findings: Iterable[StreamedFinding], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for found in findings:
            writer.writerow([_cell("；".join(v) if isinstance(v, tuple) else v) for v in found])


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_parquet(findings: Iterable[StreamedFinding], file: Path) -> None:
    import pyarrow as pa  # ships no types
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.list_(pa.string()) if name in LISTS else pa.string()) for name in COLUMNS])
    stream = iter(findings)
    with pq.ParquetWriter(file, schema) as writer:
        while batch := list(islice(stream, BATCH)):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


WRITERS: dict[str, Callable[[Iterable[StreamedFinding], Path], None]] = {
    "jsonl": _write_lines,
    "csv": _write_csv,
    "parquet": _write_parquet,
}
