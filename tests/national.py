"""A national arrangement in small: two provinces, the real tables, a defect of every kind; no download."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from benchmarks.national.defects import plan_defects
from benchmarks.national.division import Divisions
from benchmarks.national.writing import write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.national.plan import Plan

COUNTIES = ("320111", "320112", "410102")
TOWNSHIPS = 14  # in each county: one for each of the plants, and some that stay clean


def divisions() -> Divisions:
    """Return three counties with their townships, two villages each."""
    townships = [f"{county}{number:03}" for county in COUNTIES for number in range(1, TOWNSHIPS + 1)]
    villages = [f"{code}{number:03}" for code in townships for number in (1, 2)]

    def frame(codes: list[str], suffix: str) -> pl.DataFrame:
        return pl.DataFrame({"code": codes, "name": [f"{code}{suffix}" for code in codes]})

    return Divisions(
        frame(["32", "41"], "省"),
        frame(["3201", "4101"], "市"),
        frame(list(COUNTIES), "区"),
        frame(townships, "街道"),
        frame(villages, "社区居委会"),
    )


def write_national(folder: Path) -> Plan:
    """Write the tables and return what was planted."""
    places = divisions()
    plan = plan_defects(places, rate=len(COUNTIES) * TOWNSHIPS)
    write_tables(places, plan, folder)
    return plan
