"""Legal and normal arrangements give no finding: dual leadership, several departments, delegation done right.

``legal_arrangements.yaml`` holds the graphs. A finding there is a false alarm: mend the rule, not the graph.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govgraph.check.run import check_store
from govgraph.model.case import Case
from govgraph.read.build import build_case
from govgraph.read.tree import Mapping, Scalar, Sequence, plain
from govgraph.read.yaml_file import read_tree
from govgraph.store.embedded import EmbeddedStore

FILE = Path(__file__).with_name("legal_arrangements.yaml")
ALARMS = ("error", "warning")


@cache
def arrangements() -> tuple[tuple[str, Case], ...]:
    """Return the arrangements by name, each as a case of its own."""
    tree = read_tree(FILE, FILE.name).items["arrangements"]
    assert isinstance(tree, Sequence)
    result = []
    for number, item in enumerate(tree.items, 1):
        assert isinstance(item, Mapping)
        graph = item.items["graph"]
        assert isinstance(graph, Mapping)
        identity = f"legal-{number}"
        meta = Mapping({"id": Scalar(identity, item.where)}, item.where, {"id": item.where})
        keys = {**graph.keys, "meta": item.where}
        whole = Mapping({"meta": meta, **graph.items}, item.where, keys)
        result.append((str(plain(item.items["name"])), build_case(whole, file=FILE.name, default_id=identity)))
    return tuple(result)


@cache
def alarms() -> dict[str, list[str]]:
    """Run every rule once on all arrangements: case id → what it wrongly says."""
    with EmbeddedStore() as store:
        store.load_all([case for _, case in arrangements()])
        checked = check_store(store)
    result: dict[str, list[str]] = {}
    for finding in checked.findings:
        if finding.severity in ALARMS and finding.status == "violated":
            case = finding.subjects[0].id.partition("/")[0]
            result.setdefault(case, []).append(f"{finding.rule}: {finding.message.zh}")
    return result


def _every() -> list[Any]:
    return [pytest.param(case, id=name) for name, case in arrangements()]


@pytest.mark.parametrize("case", _every())
def test_legal_arrangement_raises_no_alarm(case: Case) -> None:
    """The whole rule pack says nothing above a note about an arrangement that is legal."""
    assert alarms().get(case.id, []) == []


def test_suite_covers_what_a_careless_rule_would_flag() -> None:
    """The suite holds two superiors, two evaluators, a concurrent post, a payment on the way, and several leads."""
    words = {relation.type for _, case in arrangements() for relation in case.relations}
    assert {"派出机构", "合署", "挂牌", "派驻", "兼任", "考核", "授权", "委托", "转办", "包含", "合并为"} <= words
    assert len(arrangements()) >= 20
