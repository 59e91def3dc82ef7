"""The state at a date, and the superiors that follow from the other relations."""

from __future__ import annotations

import pytest

from govgraph.model.case import Case, Meta, Node, Relation, Text, Value, relation_id
from govgraph.model.view import as_of, earliest, effective, latest, superiors
from govgraph.model.vocabulary import vocabulary


def node(name: str, family: str = "组织", **properties: Value) -> Node:
    """Return a node of the case 小城."""
    return Node(f"小城/{name}", family, name, next(iter(vocabulary().families[family].kinds)), properties)


def relation(start: str, type_: str, end: str, **properties: Value) -> Relation:
    """Return a relation of the case 小城."""
    ends = f"小城/{start}", f"小城/{end}"
    return Relation(relation_id(ends[0], type_, ends[1], properties), type_, *ends, properties)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2009", "2009-01-01", "2009-12-31"),
        ("2009-09", "2009-09-01", "2009-09-31"),
        ("2009-09-15", "2009-09-15", "2009-09-15"),
    ],
)
def test_partial_dates_cover_days(date: str, first: str, last: str) -> None:
    """A year covers all its days, a month too; every month ends on the 31st, which only compares."""
    assert (earliest(date), latest(date)) == (first, last)


@pytest.mark.parametrize(
    ("properties", "date", "status"),
    [
        ({}, "1949", "现行"),
        ({"since": "2009-09"}, "2009-08", None),
        ({"since": "2009-09"}, "2009-09", "现行"),
        ({"since": "2009-09"}, "2009", "现行"),  # a partial date means its last day
        ({"since": "2009-09-15"}, "2009-09-14", None),
        ({"since": "2009-09-15"}, "2009-09", "现行"),
        ({"since": "2009"}, "2009-01-01", "现行"),  # a partial since counts from its first day
        ({"until": "2009-09"}, "2009-08", "现行"),
        ({"until": "2009-09"}, "2009-09", "现行"),  # a partial until counts to its last day
        ({"until": "2009-09"}, "2009-10", "终止"),
        ({"until": "2009"}, "2009-12-31", "现行"),
        ({"until": "2009"}, "2010-01-01", "终止"),
        ({"status": "终止", "until": "2009-09"}, "2009-08", "现行"),  # it had not ended yet
        ({"status": "终止", "until": "2009-09"}, "2010", "终止"),
        ({"status": "终止"}, "1949", "终止"),  # nobody knows when
        ({"status": "终止", "since": "2000", "until": "2009"}, "1999", None),
        ({"status": "受阻", "since": "2009-09"}, "2010", "受阻"),
        ({"status": "受阻", "until": "2010"}, "2009", "受阻"),
        ({"status": "受阻", "until": "2010"}, "2011", "终止"),
        ({"status": "建议", "since": "2009-09"}, "2009-08", None),
    ],
)
def test_status_at_a_date(properties: dict[str, Value], date: str, status: str | None) -> None:
    """What has not begun is not there, what has ended is 终止, what had not ended yet was 现行."""
    assert effective(properties, date) == status


def test_view_leaves_out_what_is_not_there_yet() -> None:
    """A node that is not there yet takes its relations with it, and nothing that does not change is copied."""
    old, new = node("旧局", until="2009-06"), node("新局", since="2009-07")
    kept = node("区")
    relations = (
        relation("旧局", "隶属", "区"),
        relation("新局", "隶属", "区"),
        relation("区", "考核", "旧局", since="2008"),
    )
    case = Case(Meta("小城", Text("小城", "Town")), nodes=(kept, old, new), relations=relations)
    before, after = as_of(case, "2009-05"), as_of(case, "2010")
    assert before.nodes == (kept, old)
    assert before.nodes[0] is kept
    assert before.relations == (relations[0], relations[2])
    assert after.by_id["小城/旧局"].status == "终止"
    assert after.by_id["小城/新局"].status == "现行"
    assert after.relations == relations
    assert as_of(case, "2007").relations == (relations[0],)
    assert after.meta is case.meta


def test_superiors_follow_from_types_with_a_superior_end() -> None:
    """隶属 names its superior last, 管理 first; 考核 and 指导 make none."""
    nodes = {item.id: item for item in (node("区", place="某区"), node("局"), node("办"))}
    stated = (
        relation("局", "隶属", "区", dimension="行政", since="2009"),
        relation("区", "管理", "办", dimension="日常", status="受阻", note="原文残缺"),
        relation("局", "考核", "办", dimension="考核"),
        relation("局", "指导", "办", dimension="业务"),
        relation("局", "领导", "办", dimension="党务", joint="共管", basis="小城/文"),
    )
    derived = superiors(nodes, stated)
    assert [(item.type, item.start, item.end) for item in derived] == [
        ("上级", "小城/局", "小城/区"),
        ("上级", "小城/办", "小城/区"),
        ("上级", "小城/办", "小城/局"),
    ]
    assert [dict(item.properties) for item in derived] == [
        {"dimension": "行政", "since": "2009", "status": "现行", "via": stated[0].id, "place": "某区"},
        {"dimension": "日常", "status": "受阻", "via": stated[1].id, "place": "某区"},
        {
            "dimension": "党务",
            "joint": "共管",
            "basis": "小城/文",
            "status": "现行",
            "via": stated[4].id,
            "place": "小城/局",  # a body without a place is a line of its own
        },
    ]
    assert len({item.id for item in derived}) == 3


def test_relation_id_tells_parallel_relations_apart() -> None:
    """Dimension, matter, beneficiary and key make the id; status, dates and notes do not."""
    ids = [
        relation("区", "管理", "办").id,
        relation("区", "管理", "办", dimension="人事").id,
        relation("区", "管理", "办", dimension="人事", key="二").id,
        relation("区", "拨款", "办", about="小城/款", beneficiary="小城/局").id,
    ]
    assert ids == [
        "小城/区-管理->办",
        "小城/区-管理->办[人事]",
        "小城/区-管理->办[人事,二]",
        "小城/区-拨款->办[款,局]",
    ]
    assert relation("区", "管理", "办", status="受阻", since="2009", note="x").id == ids[0]
