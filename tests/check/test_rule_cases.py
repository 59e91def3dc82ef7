"""Every rule has its cases in ``tests/rules/<category>/<name>.yaml``, and answers them as they say.

A file holds ``cases``: ``{name, expect: violated|none|undetermined, subjects, graph}``. ``subjects`` are the names of
the first finding's nodes, the one in question first; ``findings`` says how many there are where not one. ``graph`` has
the sections of a case file. A rule that cannot be undetermined says why: ``undetermined: none possible, because …``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govgraph.check.rules import load_rules
from govgraph.check.run import check_store
from govgraph.read.build import build_case
from govgraph.read.tree import Mapping, Scalar, plain
from govgraph.read.yaml_file import read_tree
from govgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from govgraph.check.findings import Finding
    from govgraph.model.case import Case

FOLDER = Path(__file__).parent.parent / "rules"
RULES = {rule.id: rule for rule in load_rules()}
EXPECTATIONS = ("violated", "none", "undetermined")
KEYS = {"name", "expect", "subjects", "findings", "graph"}


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One small graph, and what a rule must say of it."""

    rule: str
    name: str
    expect: str
    subjects: tuple[str, ...]
    findings: int
    case: Case


def _graph(tree: Mapping, identity: str, file: str) -> Case:
    title = Scalar(identity, tree.where)
    meta = Mapping({"id": title}, tree.where, {"id": tree.where})
    items = {"meta": meta, **tree.items}
    return build_case(Mapping(items, tree.where, {**tree.keys, "meta": tree.where}), file=file, default_id=identity)


@cache
def read_cases(rule: str) -> tuple[str | None, tuple[RuleCase, ...]]:
    """Return why the rule cannot be undetermined (or None), and its cases."""
    path = FOLDER / f"{rule}.yaml"
    shown = path.relative_to(FOLDER.parent.parent).as_posix()
    tree = read_tree(path, shown)
    cases = []
    for number, item in enumerate(tree.items["cases"].items, 1):  # type: ignore[union-attr]
        assert isinstance(item, Mapping), f"{item.where}: a case is a mapping"
        assert set(item.items) <= KEYS, f"{item.where}: unknown keys {set(item.items) - KEYS}"
        values: dict[str, Any] = {key: plain(value) for key, value in item.items.items() if key != "graph"}
        assert values["expect"] in EXPECTATIONS, f"{item.where}: expect is one of {EXPECTATIONS}"
        graph = item.items["graph"]
        assert isinstance(graph, Mapping), f"{item.where}: a graph is a mapping"
        case = _graph(graph, f"{rule.replace('/', '-')}-{number}", shown)
        cases.append(
            RuleCase(
                rule,
                values["name"],
                values["expect"],
                tuple(values.get("subjects", ())),
                int(values.get("findings", 0 if values["expect"] == "none" else 1)),
                case,
            )
        )
    reason = plain(tree.items.get("undetermined"))
    return (str(reason) if reason else None), tuple(cases)


@cache
def findings_of(rule: str) -> dict[str, list[Finding]]:
    """Run the rule once on all of its cases: case id → findings, violations first."""
    _, cases = read_cases(rule)
    result: dict[str, list[Finding]] = {item.case.id: [] for item in cases}
    with EmbeddedStore() as store:
        for item in cases:
            store.load(item.case)
        checked = check_store(store, rules=[RULES[rule]])
    for finding in checked.findings:
        result[finding.subjects[0].id.partition("/")[0]].append(finding)
    return result


def _every_case() -> list[Any]:
    found = []
    for rule in RULES:
        if (FOLDER / f"{rule}.yaml").is_file():
            found += [pytest.param(item, id=f"{rule}: {item.name}") for item in read_cases(rule)[1]]
    return found


@pytest.mark.parametrize("item", _every_case())
def test_rule_answers_its_case(item: RuleCase) -> None:
    """The rule finds what the case says: so many findings, of that status, about those nodes."""
    findings = findings_of(item.rule)[item.case.id]
    said = [(finding.status, finding.message.zh) for finding in findings]
    assert len(findings) == item.findings, said
    if item.expect == "none":
        return
    assert {finding.status for finding in findings} == {item.expect}, said
    names = [subject.name for subject in findings[0].subjects]
    assert names[0] == item.subjects[0]
    assert set(names) == set(item.subjects)
    assert not [text for _, text in said if "?" in text], "a message shows a column that is null"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_rule_has_a_firing_a_near_miss_and_an_undetermined_case(rule: str) -> None:
    """Each rule shows where it fires, where it must not, and where it asks for data (or says why it never does)."""
    assert (FOLDER / f"{rule}.yaml").is_file(), f"no cases: write tests/rules/{rule}.yaml"
    reason, cases = read_cases(rule)
    expected = {item.expect for item in cases}
    assert {"violated", "none"} <= expected
    if reason:
        assert reason.startswith("none possible, because ")
        assert RULES[rule].undetermined is None
        assert "undetermined" not in expected
    else:
        assert "undetermined" in expected


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    """No cases are left over from a rule that was renamed."""
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yaml")}
    assert files <= set(RULES)
