"""The clean arrangement: what every division gets when nothing is wrong, as frames made from code alone.

Every frame is a table of `load`: nodes have ``id``, ``name``, ``kind`` …, relations ``id``, ``start``, ``end`` ….
A table's name says what it holds: ``组织``, or ``主责.组织.事项`` (type, family of the start, family of the end).
All figures are arithmetic on the place in the tree, so a county's rows are the same in every size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.national.division import Divisions

CASE = "全国"
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
