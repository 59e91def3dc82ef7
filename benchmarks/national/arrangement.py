"""The clean arrangement: what every division gets when nothing is wrong, as frames made from code alone.

Every frame is a table of `load`: nodes have ``id``, ``name``, ``kind`` …, relations ``id``, ``start``, ``end`` ….
A table's name says what it holds: ``组织``, or ``主责.组织.事项`` (type, family of the start, family of the end).
All figures are arithmetic on the place in the tree, so a county's rows are the same in every size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.national.frames import Tables, add, node_id, nodes, relations, slots
from benchmarks.national.upper import upper_levels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.national.division import Divisions

# Dispatched agency → number of the county department that dispatches it.
AGENCIES = {
    "派出所": 5,
    "司法所": 7,
    "财政所": 8,
    "自然资源所": 10,
    "环保所": 11,
    "建管所": 12,
    "水利站": 14,
    "农技站": 15,
    "卫生院": 18,
    "应急所": 20,
    "市场监管所": 22,
    "综合执法队": 24,
}
DUTIES = 120
POSTS = 4
SECONDED = 4
APPROVED_EVERY = 4  # every fourth duty is a power that its lead holds
FUNDED_EVERY = 4
DELEGATED = (0, 4, 8)  # powers that the department has handed to its agency


@dataclass(frozen=True, slots=True)
class Need:
    """Which duties need a resource: every so many, from the first."""

    every: int
    first: int


NEEDS = {
    "权限": Need(8, 0),
    "资金": Need(24, 1),
    "人力": Need(24, 5),
    "数据": Need(24, 9),
    "信息系统": Need(24, 2),
}


def townships(frame: pl.DataFrame, villages: pl.DataFrame) -> Tables:
    """Return everything of some townships (``code``, ``name``) and of their villages."""
    tables: Tables = {}
    frame = frame.with_columns(county=pl.col("code").str.head(6))
    _bodies(tables, frame)
    _villages(tables, villages)
    _agencies(tables, frame)
    _posts(tables, frame)
    _seconded(tables, frame)
    _duties(tables, frame)
    return tables


def _bodies(tables: Tables, frame: pl.DataFrame) -> None:
    urban = pl.col("name").str.ends_with("街道")
    own, party, meeting = node_id(pl.col("code")), node_id(pl.col("code"), "/党委"), node_id(pl.col("code"), "/协调会")
    common = {"level": "镇街", "place": pl.col("code")}
    kind = pl.when(urban).then(pl.lit("街道")).otherwise(pl.lit("乡镇"))
    committee = pl.when(urban).then(pl.lit("街道党工委")).otherwise(pl.lit("镇街党委"))
    add(
        tables,
        "组织",
        nodes(frame, kind, **common),
        nodes(frame, committee, id=party, name=pl.col("name") + "党委", **common),
        nodes(frame, "协调机构", id=meeting, name=pl.col("name") + "统筹协调会", **common),
    )
    county, county_party = node_id(pl.col("county")), node_id(pl.col("county"), "/党委")
    add(
        tables,
        "隶属.组织.组织",
        relations(frame, "隶属", own, county, dimension="行政"),
        relations(frame, "协调会隶属", meeting, own, dimension="行政"),
    )
    add(
        tables,
        "领导.组织.组织",
        relations(frame, "上级党委", county_party, party, dimension="党务"),
        relations(frame, "党委领导", party, own, dimension="党务"),
    )
    add(tables, "考核.组织.组织", relations(frame, "考核", county, own, dimension="考核"))
    add(tables, "拨款.组织.组织", relations(frame, "拨款", county, own, dimension="经费"))
    add(tables, "成员.组织.组织", relations(frame, "成员", own, meeting))
    add(tables, "协调.组织.组织", relations(frame, "协调", meeting, own))


def _villages(tables: Tables, frame: pl.DataFrame) -> None:
    kind = pl.when(pl.col("name").str.contains("居|社区")).then(pl.lit("社区")).otherwise(pl.lit("村"))
    township = node_id(pl.col("code").str.head(9))
    add(tables, "组织", nodes(frame, kind, level="村社", place=pl.col("code")))
    add(tables, "隶属.组织.组织", relations(frame, "隶属", node_id(pl.col("code")), township, dimension="行政"))


def _agencies(tables: Tables, frame: pl.DataFrame) -> None:
    names = pl.DataFrame(
        {
            "i": range(len(AGENCIES)),
            "word": list(AGENCIES),
            "department": [f"{number:03}" for number in AGENCIES.values()],
        }
    )
    each = slots(frame, len(AGENCIES)).join(names, on="i", maintain_order="left")
    own = node_id(pl.col("code"), "/派出", pl.col("n"))
    parent = node_id(pl.col("county"), "/部门", pl.col("department"))
    township, key = node_id(pl.col("code")), pl.col("n")
    name = pl.col("name") + pl.col("word")
    add(tables, "组织", nodes(each, "派出机构", level="镇街", place=pl.col("county"), id=own, name=name))
    add(tables, "派出机构.组织.组织", relations(each, "派出" + key, parent, own, dimension="业务"))
    add(tables, "管理.组织.组织", relations(each, "管理" + key, township, own, dimension="日常"))
    add(tables, "考核.组织.组织", relations(each, "考核" + key, township, own, dimension="考核"))
    add(tables, "拨款.组织.组织", relations(each, "拨款" + key, parent, own, dimension="经费"))
    add(tables, "成员.组织.组织", relations(each, "成员" + key, own, node_id(pl.col("code"), "/协调会")))


def _posts(tables: Tables, frame: pl.DataFrame) -> None:
    each = slots(frame, POSTS)
    post, person = node_id(pl.col("code"), "/岗位", pl.col("n")), node_id(pl.col("code"), "/干部", pl.col("n"))
    township, key = node_id(pl.col("code")), pl.col("n")
    common = {"level": "镇街", "place": pl.col("code")}
    add(tables, "岗位", nodes(each, "领导岗位", id=post, name=pl.col("name") + "领导岗位" + key, **common))
    add(tables, "人员", nodes(each, "干部", id=person, name=pl.col("name") + "干部" + key, **common))
    add(tables, "设岗.组织.岗位", relations(each, "设岗" + key, township, post))
    add(tables, "隶属.岗位.组织", relations(each, "岗位隶属" + key, post, township, dimension="行政"))
    add(tables, "任职.人员.岗位", relations(each, "任职" + key, person, post))
    add(tables, "隶属.人员.组织", relations(each, "干部隶属" + key, person, township, dimension="行政"))


def _seconded(tables: Tables, frame: pl.DataFrame) -> None:
    each = slots(frame, SECONDED)
    person = node_id(pl.col("code"), "/派驻", pl.col("n"))
    sender, township, key = node_id(pl.col("county"), "/部门", pl.col("n")), node_id(pl.col("code")), pl.col("n")
    name = pl.col("name") + "派驻人员" + key
    add(tables, "人员", nodes(each, "派驻人员", id=person, name=name, level="镇街", place=pl.col("code")))
    add(tables, "派驻.组织.人员", relations(each, "派驻" + key, sender, person))
    add(tables, "隶属.人员.组织", relations(each, "派驻编制" + key, person, sender, dimension="编制"))
    add(tables, "管理.组织.人员", relations(each, "派驻管理" + key, township, person, dimension="日常"))
    add(tables, "任职.人员.组织", relations(each, "派驻任职" + key, person, township))


def agency(shift: int) -> pl.Expr:
    """Return the agency that stands ``shift`` after a duty's lead."""
    number = ((pl.col("i") + shift) % len(AGENCIES)).cast(pl.String).str.zfill(3)
    return node_id(pl.col("code"), "/派出", number)


def duty() -> pl.Expr:
    """Return the id of the duty of a row."""
    return node_id(pl.col("code"), "/职责", pl.col("n"))


def _duties(tables: Tables, frame: pl.DataFrame) -> None:
    each, key = slots(frame, DUTIES), pl.col("n")
    power = pl.col("i") % APPROVED_EVERY == 0
    kind = pl.when(power).then(pl.lit("权力")).otherwise(pl.lit("职责"))
    name = pl.col("name") + "职责" + key
    add(tables, "事项", nodes(each, kind, id=duty(), name=name, level="镇街", place=pl.col("code")))
    add(tables, "主责.组织.事项", relations(each, "主责" + key, agency(0), duty()))
    add(tables, "配合.组织.事项", relations(each, "配合" + key, agency(5), duty()))
    add(tables, "审批.组织.事项", relations(each.filter(power), "审批" + key, agency(0), duty()))
    paid = each.filter(pl.col("i") % FUNDED_EVERY == 1)
    add(tables, "出资.组织.事项", relations(paid, "出资" + key, node_id(pl.col("county")), duty()))
    given = each.filter(pl.col("i").is_in(DELEGATED))
    add(tables, "授权.组织.组织", _delegated(given))
    _resources(tables, frame, each)


def _delegated(each: pl.DataFrame) -> pl.DataFrame:
    departments = list(AGENCIES.values())
    giver = pl.col("i").replace_strict({number: f"{departments[number]:03}" for number in DELEGATED})
    frame = each.with_columns(about=duty(), giver=giver)
    rows = relations(frame, "授权" + pl.col("n"), node_id(pl.col("county"), "/部门", pl.col("giver")), agency(0))
    return rows.with_columns(about=frame["about"])


def _resources(tables: Tables, frame: pl.DataFrame, each: pl.DataFrame) -> None:
    """Add what duties need and their leads hold: powers, money, people, data, a system."""
    for word, need in NEEDS.items():
        own = node_id(pl.col("code"), f"/{word}")
        name = pl.col("name") + word
        add(tables, "资源", nodes(frame, word, id=own, name=name, level="镇街", place=pl.col("code")))
        needing = each.filter(pl.col("i") % need.every == need.first)
        key = pl.lit(word) + pl.col("n")
        add(tables, "需要.事项.资源", relations(needing, "需要" + key, duty(), own))
        leads = sorted({number % len(AGENCIES) for number in range(need.first, DUTIES, need.every)})
        holders = slots(frame, len(AGENCIES)).filter(pl.col("i").is_in(leads))
        agency_id = node_id(pl.col("code"), "/派出", pl.col("n"))
        add(tables, "持有.组织.资源", relations(holders, "持有" + key, agency_id, own))


def frames_of(divisions: Divisions, at_a_time: int = 2000) -> Iterable[Tables]:
    """Yield the tables of the upper levels, then of so many townships at a time."""
    yield upper_levels(divisions)
    village_township = divisions.village["code"].str.head(9)
    for part in divisions.township.iter_slices(at_a_time):
        yield townships(part, divisions.village.filter(village_township.is_in(part["code"].implode())))
