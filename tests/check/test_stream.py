"""Streamed findings are those of the check, in every format."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from govgraph.check.rules import load_rules
from govgraph.check.run import check_case
from govgraph.check.stream import stream_findings
from govgraph.read.source import read_case
from govgraph.render.finding_stream import FORMATS, write_findings
from govgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

CASE = "园区带街"


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_written_are_the_findings_of_the_check(tmp_path: Path, format_: str) -> None:
    """Every finding stands in the file once, under its fingerprint, with its first subject and its message."""
    case = read_case(CASE)
    expected = {f.fingerprint: f for f in check_case(case).findings}
    target = tmp_path / f"findings.{format_}"
    with EmbeddedStore() as store:
        store.load(case)
        counted = write_findings(stream_findings(store, load_rules()), target, format_)
    if format_ == "jsonl":
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    elif format_ == "csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        rows = pl.read_parquet(target).to_dicts()
    assert sorted(row["fingerprint"] for row in rows) == sorted(expected)
    assert sum(counted.values()) == len(expected)
    for row in rows:
        assert row["rule"] == expected[row["fingerprint"]].rule
        assert row["severity"] == expected[row["fingerprint"]].severity
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
