"""A small arrangement with a check result written by hand: a street led from two sides, and a duty without money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.check.findings import CheckResult, Finding, Link, Location, RuleResult, Subject
from govgraph.model.case import Case, Evidence, Meta, Node, Relation, Source, Step, Text, relation_id
from govgraph.render.map.content import MapContent, RuleCard
from govgraph.render.map.page import render_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import BrowserPage

NODES = (
    ("市委", "组织", "市委", {"level": "市", "place": "市"}),
    ("浦口区", "组织", "区", {"level": "区县", "place": "浦口区", "aliases": ("浦口",)}),
    ("高新区管委会", "组织", "高新区管委会", {"level": "区县", "place": "高新区", "aliases": ("管委会",)}),
    ("盘城街道", "组织", "街道", {"level": "镇街", "place": "盘城街道"}),
    ("基层社区", "组织", "社区", {"level": "村社", "place": "盘城街道"}),
    ("两区协调会", "组织", "协调机构", {"level": "区县", "place": "浦口区", "status": "建议"}),
    ("街道主任", "岗位", "领导岗位", {}),
    ("派驻人员", "人员", "派驻人员", {"number": 12}),
    ("征地拆迁", "事项", "职责", {}),
    ("社会保障", "事项", "职责", {}),
    ("区级拨付资金", "资源", "资金", {"amount": 650}),
    ("58号文", "文件", "文件", {"document_number": "浦委发[09]58"}),
)
RELATIONS = (
    ("市委", "领导", "浦口区", {"dimension": "行政"}),
    ("市委", "领导", "高新区管委会", {"dimension": "行政"}),
    ("浦口区", "管理", "盘城街道", {"dimension": "人事"}),
    ("高新区管委会", "管理", "盘城街道", {"dimension": "人事"}),
    ("高新区管委会", "管理", "盘城街道", {"dimension": "日常"}),
    ("浦口区", "协调", "高新区管委会", {"status": "缺失"}),
    ("两区协调会", "协调", "盘城街道", {"status": "建议"}),
    ("盘城街道", "领导", "基层社区", {"dimension": "日常"}),
    ("盘城街道", "设岗", "街道主任", {}),
    ("浦口区", "派驻", "派驻人员", {"number": 12}),
    ("盘城街道", "主责", "征地拆迁", {}),
    ("高新区管委会", "审批", "征地拆迁", {}),
    ("盘城街道", "配合", "社会保障", {}),
    ("浦口区", "拨款", "高新区管委会", {"amount": 650, "dimension": "经费"}),
    ("浦口区", "持有", "区级拨付资金", {}),
    ("浦口区", "制定", "58号文", {}),
)


def make_case(rename: dict[str, str] | None = None, quote: str = "高新区统筹管理盘城街道工作") -> Case:
    """Return the case; ``rename`` puts other names in place of some."""
    names = rename or {}
    ids = {name: f"试例/{names.get(name, name)}" for name, *_ in NODES}
    proof = Evidence("报告", (quote,), "data/试例/case.yaml", 7)
    nodes = tuple(
        Node(ids[name], family, names.get(name, name), kind, properties, proof)
        for name, family, kind, properties in NODES
    )
    relations = tuple(
        Relation(relation_id(ids[a], type_, ids[b], properties), type_, ids[a], ids[b], properties, proof)
        for a, type_, b, properties in RELATIONS
    )
    tour = (
        Step(
            Text("一个街道", "One street"),
            Text("街道在两区之间。", "Between two."),
            (names.get("盘城街道", "盘城街道"),),
        ),
        Step(
            Text("两个上级", "Two superiors"), Text("人事由两边管。", "Both hold it."), (names.get("浦口区", "浦口区"),)
        ),
    )
    meta = Meta("试例", Text("街道由谁管", "Who runs the street"), place="浦口区")
    return Case(meta, (Source("报告", "调研报告", date="2009"),), nodes, relations, (), tour)


def make_check(case: Case) -> CheckResult:
    """Return two findings as a check would give them, and a rule that passed."""
    street, district, zone = (case.nodes[place] for place in (3, 1, 2))
    both = tuple(Link(r.id, r.type, r.start, r.end) for r in case.relations[2:4])
    dual = Finding(
        "reporting/dual-reporting", "error", "violated", "0123456789abcdef",
        Text(f"“{street.name}”的人事由两条线管：{district.name}、{zone.name}。", "Two lines hold personnel."),
        Text("由一份文件写明人事归一方。", "Settle it in one paper."),
        tuple(Subject(node.id, node.name, node.kind) for node in (street, district, zone)),
        both, (Evidence("报告", ("高新区统筹管理盘城街道工作",), "data/试例/case.yaml", 7),),
        Location("data/试例/case.yaml", 7),
    )  # fmt: skip
    care = case.nodes[9]
    lead = Finding(
        "duty/ownerless", "warning", "undetermined", "fedcba9876543210",
        Text(f"“{care.name}”没有写明主责。", "No lead is stated."), Text("问清谁主责。", "Ask who leads."),
        (Subject(care.id, care.name, care.kind),), (), (), None,
    )  # fmt: skip
    return CheckResult(case.id, None, None, (
        RuleResult("duty/ownerless", "warning", Text("无主", "Ownerless"), 2, (lead,)),
        RuleResult("reporting/dual-reporting", "error", Text("双重汇报", "Dual reporting"), 4, (dual,)),
        RuleResult("reporting/no-superior", "note", Text("无上级", "No superior"), 5, ()),
    ))  # fmt: skip


def make_content(case: Case | None = None, **options: object) -> MapContent:
    """Return a map's content, with a card for one rule."""
    case = case or make_case()
    text = Text("同一维度只应有一条线。", "One line for one dimension.")
    cards = {
        "reporting/dual-reporting": RuleCard(
            Text("双重汇报", "Dual reporting"), text, text, text, "MATCH (n:组织)\nRETURN n.id\nORDER BY n.id"
        )
    }
    return MapContent(case, make_check(case), cards, **options)  # type: ignore[arg-type]


@pytest.fixture
def map_page(browser_page: BrowserPage, tmp_path: Path) -> Iterator[Page]:
    """Return the small map opened in the browser; at the end there must be no error on its console."""
    path = tmp_path / "map.html"
    path.write_bytes(render_map(make_content()).encode())
    page = browser_page.open(path)
    yield page
    assert browser_page.console_errors == []
