"""Every rule has its cases in ``tests/rules/<category>/<name>.yaml``, and answers them as they say.

The format is described in `govgraph.check.rule_cases`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govgraph.check.rule_cases import read_rule_cases
from govgraph.check.rules import load_rules
from govgraph.check.run import check_case, check_store
from govgraph.read.tree import plain
from govgraph.read.yaml_file import read_tree
from govgraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from govgraph.check.findings import Finding
    from govgraph.check.rule_cases import RuleCase

FOLDER = Path(__file__).parent.parent / "rules"
RULES = {rule.id: rule for rule in load_rules()}


@cache
def cases_of(rule: str) -> tuple[RuleCase, ...]:
    """Return the cases of a rule."""
    return read_rule_cases(rule, FOLDER)


@cache
def findings() -> dict[tuple[str, str], list[Finding]]:
    """Run every rule once on the cases of all rules: rule and case id → what it finds there, violations first."""
    with EmbeddedStore() as store:
        store.load_all([item.case for rule in RULES for item in cases_of(rule)])
        checked = check_store(store, rules=list(RULES.values()))
    result: dict[tuple[str, str], list[Finding]] = {}
    for finding in checked.findings:
        case = finding.subjects[0].id.partition("/")[0]
        result.setdefault((finding.rule, case), []).append(finding)
    return result


def _every_case() -> list[Any]:
    return [pytest.param(item, id=f"{rule}: {item.name}") for rule in RULES for item in cases_of(rule)]


@pytest.mark.parametrize("rule", RULES)
def test_rule_finds_in_a_case_alone_what_it_finds_among_others(rule: str) -> None:
    """What a rule looks at, and which of its queries are run, is told by the case itself: nothing is lost by it."""
    for item in cases_of(rule):
        if item.expect != "none":
            result = check_case(item.case, rules=[RULES[rule]]).results[0]
            assert result.evaluated > 0, f"{item.name}: a population of 0"
            assert len(result.findings) == item.findings, item.name


@pytest.mark.parametrize("item", _every_case())
def test_rule_answers_its_case(item: RuleCase) -> None:
    """The rule finds what the case says: so many findings, of that status, about those nodes."""
    found = findings().get((item.rule, item.case.id), [])
    said = [(finding.status, finding.message.zh) for finding in found]
    assert len(found) == item.findings, said
    if item.expect == "none":
        return
    assert {finding.status for finding in found} == {item.expect}, said
    names = [subject.name for subject in found[0].subjects]
    assert names[0] == item.subjects[0]
    assert set(names) == set(item.subjects)
    assert not [text for _, text in said if "?" in text], "a message shows a column that is null"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_rule_has_a_firing_a_near_miss_and_an_undetermined_case(rule: str) -> None:
    """Each rule shows where it fires, where it must not, and where it asks for data (or says why it never does)."""
    path = FOLDER / f"{rule}.yaml"
    assert path.is_file(), f"no cases: write tests/rules/{rule}.yaml"
    reason = plain(read_tree(path, path.name).items.get("undetermined"))
    expected = {item.expect for item in cases_of(rule)}
    assert {"violated", "none"} <= expected
    if reason:
        assert str(reason).startswith("none possible, because ")
        assert RULES[rule].undetermined is None
        assert "undetermined" not in expected
    else:
        assert "undetermined" in expected


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    """No cases are left over from a rule that was renamed."""
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yaml")}
    assert files <= set(RULES)
