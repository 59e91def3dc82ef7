"""The upper levels of the clean arrangement: governments, committees and departments down to the counties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from benchmarks.national.frames import Tables, add, node_id, nodes, relations, slots

if TYPE_CHECKING:
    from benchmarks.national.division import Divisions

DEPARTMENTS = [
    "发展和改革局",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "民族宗教事务局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康局",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "城市管理局",
]


def upper_levels(divisions: Divisions) -> Tables:
    """Return governments, committees and departments of provinces, cities and counties."""
    tables: Tables = {}
    kinds = {
        "province": ("省", pl.lit("省政府"), pl.lit("省委")),
        "city": ("市", pl.lit("市政府"), pl.lit("市委")),
        "county": ("区县", _district("区", "县"), _district("区委", "县委")),
    }
    state = pl.DataFrame({"code": ["000000"], "name": ["国务院"]})
    add(tables, "组织", nodes(state, "机关群体", level="国家", place="000000", id=node_id("国务院")))
    for level, (rank, government, committee) in kinds.items():
        frame: pl.DataFrame = getattr(divisions, level)
        above = node_id("国务院") if level == "province" else node_id(pl.col("code").str.head(-2))
        _government(tables, frame, rank, government, committee)
        add(tables, "隶属.组织.组织", relations(frame, "隶属", node_id(pl.col("code")), above, dimension="行政"))
        if level != "province":
            party = node_id(pl.col("code").str.head(-2), "/党委")
            own = node_id(pl.col("code"), "/党委")
            add(tables, "领导.组织.组织", relations(frame, "上级党委", party, own, dimension="党务"))
        _departments(tables, frame, rank, guided=level != "province")
    return tables


def _district(urban: str, rural: str) -> pl.Expr:
    return pl.when(pl.col("name").str.ends_with("区")).then(pl.lit(urban)).otherwise(pl.lit(rural))


def _government(tables: Tables, frame: pl.DataFrame, rank: str, government: pl.Expr, committee: pl.Expr) -> None:
    party = node_id(pl.col("code"), "/党委")
    place = pl.col("code")
    add(
        tables,
        "组织",
        nodes(frame, government, level=rank, place=place),
        nodes(frame, committee, level=rank, place=place, id=party, name=pl.col("name") + "党委"),
    )
    add(
        tables,
        "领导.组织.组织",
        relations(frame, "党委领导", party, node_id(pl.col("code")), dimension="党务"),
    )


def _departments(tables: Tables, frame: pl.DataFrame, rank: str, *, guided: bool) -> None:
    names = pl.DataFrame({"i": range(len(DEPARTMENTS)), "word": DEPARTMENTS})
    each = slots(frame, len(DEPARTMENTS)).join(names, on="i", maintain_order="left")
    own = node_id(pl.col("code"), "/部门", pl.col("n"))
    add(
        tables,
        "组织",
        nodes(each, "职能部门", level=rank, place=pl.col("code"), id=own, name=pl.col("name") + pl.col("word")),
    )
    key = pl.col("n")
    government = node_id(pl.col("code"))
    add(tables, "隶属.组织.组织", relations(each, "隶属" + key, own, government, dimension="行政"))
    if guided:
        above = node_id(pl.col("code").str.head(-2), "/部门", pl.col("n"))
        add(tables, "指导.组织.组织", relations(each, "指导" + key, above, own, dimension="业务"))
