"""The small graphs of a rule: where it must fire, where it must not, and where it must ask for data.

``<folder>/<category>/<name>.yaml`` holds ``cases``: ``{name, expect: violated|none|undetermined, subjects, graph}``.
``subjects`` are the names of the first finding's nodes, the one in question first; ``findings`` says how many there
are where not one. ``graph`` has the sections of a case file. A rule that is never undetermined says why:
``undetermined: none possible, because …``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govgraph.errors import InputError, Problem
from govgraph.read.build import build_case
from govgraph.read.tree import Mapping, Scalar, Sequence, plain
from govgraph.read.yaml_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from govgraph.check.findings import Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case

EXPECTATIONS = ("violated", "none", "undetermined")
KEYS = ("name", "expect", "subjects", "findings", "graph")


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One small graph, and what a rule must say of it."""

    rule: str
    name: str
    expect: str
    subjects: tuple[str, ...]
    findings: int
    case: Case


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule said of one of its cases; ``problem`` is empty where that is what it must say."""

    item: RuleCase
    problem: str

    @property
    def passed(self) -> bool:
        """Whether the rule said what the case expects."""
        return not self.problem


def read_rule_cases(rule: str, folder: Path) -> tuple[RuleCase, ...]:
    """Read the cases of one rule; none where it has no file.

    Raises:
        InputError: a case is not one; every mistake with its line.
    """
    path = folder / f"{rule}.yaml"
    if not path.is_file():
        return ()
    tree = read_tree(path, str(path))
    listed = tree.items.get("cases")
    if not isinstance(listed, Sequence):
        raise InputError([Problem(f"{path}", "no list 'cases'", "cases: [{name, expect, graph}, …]")])
    return tuple(_case(rule, number, item, str(path)) for number, item in enumerate(listed.items, 1))


def _case(rule: str, number: int, item: object, file: str) -> RuleCase:
    where = str(getattr(item, "where", file))
    graph = item.items.get("graph") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(graph, Mapping):
        raise InputError([Problem(where, "not a case", "a mapping with name, expect and graph")])
    for key in item.items:
        if key not in KEYS:
            raise InputError([Problem(where, f"unknown key {key!r}", ", ".join(KEYS))])
    values: dict[str, Any] = {key: plain(value) for key, value in item.items.items() if key != "graph"}
    expect = values.get("expect")
    if expect not in EXPECTATIONS:
        raise InputError([Problem(where, f"expect: {expect!r}", " or ".join(EXPECTATIONS))])
    case = _graph(graph, f"{rule.replace('/', '-')}-{number}", file)
    count = int(values.get("findings", 0 if expect == "none" else 1))
    return RuleCase(rule, str(values.get("name", number)), expect, tuple(values.get("subjects", ())), count, case)


def _graph(tree: Mapping, identity: str, file: str) -> Case:
    """Build a case from the sections of a graph; its title and id are the rule's name and a number."""
    meta = Mapping({"id": Scalar(identity, tree.where)}, tree.where, {"id": tree.where})
    whole = Mapping({"meta": meta, **tree.items}, tree.where, {**tree.keys, "meta": tree.where})
    return build_case(whole, file=file, default_id=identity)


def answers(rule: Rule, cases: Iterable[RuleCase]) -> list[Answer]:
    """Run a rule once on all of its cases and judge each answer."""
    from govgraph.check.run import check_store
    from govgraph.store.embedded import EmbeddedStore

    every = list(cases)
    if not every:
        return []
    found: dict[str, list[Finding]] = {item.case.id: [] for item in every}
    with EmbeddedStore() as store:
        store.load_all([item.case for item in every])
        for finding in check_store(store, rules=[rule]).findings:
            found[finding.subjects[0].id.partition("/")[0]].append(finding)
    return [Answer(item, _problem(item, found[item.case.id])) for item in every]


def _problem(item: RuleCase, findings: list[Finding]) -> str:
    said = "; ".join(f"{finding.status}: {finding.message.zh}" for finding in findings) or "nothing"
    statuses = {finding.status for finding in findings}
    if len(findings) != item.findings:
        return f"expected {item.findings} findings, found {len(findings)} ({said})"
    if findings and statuses != {item.expect}:
        return f"expected {item.expect}, found {said}"
    if findings and item.subjects:
        names = [subject.name for subject in findings[0].subjects]
        if names[0] != item.subjects[0] or set(names) != set(item.subjects):
            return f"expected the subjects {'、'.join(item.subjects)}, found {'、'.join(names)}"
    return ""
