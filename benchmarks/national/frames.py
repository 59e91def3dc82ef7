"""Rows of tables from rows of places: ids, nodes, relations."""

from __future__ import annotations

import polars as pl

CASE = "全国"

Tables = dict[str, pl.DataFrame]


def node_id(*parts: str | pl.Expr) -> pl.Expr:
    """Return the expression of an id: the case, then the parts."""
    return pl.concat_str([pl.lit(f"{CASE}/"), *(pl.lit(part) if isinstance(part, str) else part for part in parts)])


def slots(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """Return the frame with each row repeated ``number`` times, numbered by ``i`` and, as text, ``n``."""
    numbers = pl.DataFrame({"i": range(number)}).with_columns(n=pl.col("i").cast(pl.String).str.zfill(3))
    return frame.join(numbers, how="cross", maintain_order="left_right")


def nodes(frame: pl.DataFrame, kind: str | pl.Expr, **columns: str | pl.Expr) -> pl.DataFrame:
    """Return node rows; ``code``, ``id`` and ``name`` come from the frame unless given."""
    values = {name: pl.lit(value) if isinstance(value, str) else value for name, value in columns.items()}
    values.setdefault("id", node_id(pl.col("code")))
    values.setdefault("name", pl.col("name"))
    return frame.select(kind=pl.lit(kind) if isinstance(kind, str) else kind, code=pl.col("code"), **values).select(
        "id", "name", "kind", pl.exclude("id", "name", "kind")
    )


def relations(frame: pl.DataFrame, key: str | pl.Expr, start: pl.Expr, end: pl.Expr, **columns: str) -> pl.DataFrame:
    """Return relation rows whose id is the division's code and ``key``."""
    values = {name: pl.lit(value) for name, value in columns.items()}
    word = pl.lit(key) if isinstance(key, str) else key
    return frame.select(id=node_id(pl.col("code"), "/", word), start=start, end=end, **values)


def add(tables: Tables, name: str, *frames: pl.DataFrame) -> None:
    """Append frames to a table."""
    every = [tables[name], *frames] if name in tables else list(frames)
    tables[name] = pl.concat(every, how="diagonal")
