"""Tables with a known number of findings, for the stream of findings: every duty has one of two defects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

CASE = "满"
RULES = ("duty/ownerless", "duty/unclear")  # each finds every other duty
DUTIES_A_BODY = 60
PROVINCES = (11, 32, 41, 44, 51, 65)


def write_planted(folder: Path, count: int) -> None:
    """Write tables of ``count`` duties: one is said to have no lead, the next has a lead under dispute, and so on.

    The leads are departments of townships in six provinces, sixty duties each; each lead has a quote.
    """
    for name in ("nodes", "relations"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    number = pl.int_range(pl.len(), dtype=pl.Int64)
    province = pl.lit(list(PROVINCES)).list.get(number % len(PROVINCES))
    body = pl.DataFrame({"n": range(-(-count // DUTIES_A_BODY))}).select(
        code=(province * 10**7 + 101_000 + number // len(PROVINCES)).cast(pl.String)
    )
    body = body.with_columns(id=f"{CASE}/" + pl.col("code"), name=pl.col("code") + "部门", kind=pl.lit("职能部门"))
    body.with_columns(level=pl.lit("镇街"), place="code").write_parquet(folder / "nodes" / "组织.parquet")
    of = pl.int_range(count, eager=True) // DUTIES_A_BODY
    within = (number % DUTIES_A_BODY).cast(pl.String).str.zfill(3)
    duty = body[of].with_columns(
        lead="id",
        ownerless=number % 2 == 0,
        id=pl.col("id") + "/职责" + within,
        name=pl.col("name") + "职责" + within,
        kind=pl.lit("职责"),
    )
    stated = pl.when("ownerless").then(pl.lit(["主责"]))
    duty.select("id", "name", "kind", "code", complete=stated).write_parquet(folder / "nodes" / "事项.parquet")
    disputed = duty.filter(~pl.col("ownerless")).select(
        id=pl.col("id") + "/主责",
        start="lead",
        end="id",
        clarity=pl.lit("争议"),
        quotes=pl.concat_list(pl.col("name") + "由谁负责有争议"),
        source=pl.lit("权责清单"),
    )
    disputed.write_parquet(folder / "relations" / "主责.组织.事项.parquet")
