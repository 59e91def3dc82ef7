"""Suggestions: every one that is printed clears its finding when it is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.check.batch import check_variants
from govgraph.check.run import check_case
from govgraph.read.source import read_case, shipped_cases
from govgraph.reform.plan import read_plan
from govgraph.reform.simulate import simulate
from govgraph.reform.steps import apply_reform
from govgraph.reform.suggest import Search, Suggestion
from govgraph.render.suggestions import suggestions_yaml
from tests.reform.rules import small_rules

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.check.findings import Finding
    from govgraph.model.case import Case


def clears_when_simulated(case: Case, suggestion: Suggestion, finding: Finding, search: Search) -> bool:
    """Tell whether the finding is gone after the suggestion's steps, by a simulation of its own."""
    result = simulate(case, [suggestion.as_reform("建议")], rules=search.rules, checked=search.checked)
    return finding.fingerprint in {entry.finding.fingerprint for entry in result.fixed}


def test_every_suggestion_for_the_small_town_clears_its_finding(small: Case) -> None:
    """Each of the three findings has suggestions, and all of them hold; the smallest is one step."""
    search = Search(small, small_rules())
    assert len(search.checked.findings) == 3
    for finding in search.checked.findings:
        found = search.clearing(finding)
        assert found
        assert {len(suggestion.changes) for suggestion in found} == {1}
        assert all(clears_when_simulated(small, suggestion, finding, search) for suggestion in found)


def test_suggestions_are_ranked_by_what_they_break(small: Case) -> None:
    """Whoever introduces least comes first, then the smaller; two searches give the same."""
    search = Search(small, small_rules())
    (finding,) = [found for found in search.checked.findings if found.rule == "duty/two-leads"]
    found = search.clearing(finding)
    assert [s.rank for s in found] == sorted(s.rank for s in found)
    again = Search(small, small_rules()).clearing(finding)
    assert [s.text for s in found] == [s.text for s in again]
    assert found[0].delta.introduced == ()


def test_no_suggestion_drops_the_need(small: Case) -> None:
    """Ending the need for money, or dissolving the duty, would clear the finding and is never proposed."""
    search = Search(small, small_rules())
    for finding in search.checked.findings:
        for suggestion in search.clearing(finding, 20):
            for change in suggestion.changes:
                assert change.do != "dissolve"
                assert not (change.do == "end" and change.arguments["type"] in ("需要", "涉及", "包含"))


def test_a_set_of_steps_clears_most_within_its_budget(small: Case) -> None:
    """With three steps all three findings go; with one, the gravest of what one step can do."""
    search = Search(small, small_rules())
    grown = search.best_set(3)
    assert [len(suggestion.changes) for suggestion in grown] == [1, 2, 3]
    assert len(grown[-1].delta.fixed) == 3
    assert grown[-1].delta.introduced == ()
    assert {finding.severity for finding in grown[0].delta.fixed} == {"error"}


def test_a_plan_of_suggestions_can_be_simulated(small: Case, tmp_path: Path) -> None:
    """The YAML that suggest prints is a plan that simulate takes, with the same steps."""
    search = Search(small, small_rules())
    found = search.clearing(search.checked.findings[0])
    path = tmp_path / "plan.yaml"
    path.write_text(suggestions_yaml(found), encoding="utf-8")
    plan = read_plan(path, small)
    assert [[c.do for c in reform.changes] for reform in plan] == [[c.do for c in s.changes] for s in found]
    for reform, suggestion in zip(plan, found, strict=True):
        result = simulate(small, [reform], rules=search.rules, checked=search.checked)
        assert {e.finding.fingerprint for e in result.fixed} == {f.fingerprint for f in suggestion.delta.fixed}


@pytest.mark.parametrize("name", sorted(shipped_cases()))
def test_variants_checked_together_give_what_each_gives_alone(name: str) -> None:
    """One store for all variants of a case, or one for each: the same findings."""
    case = read_case(name)
    variants = [case, *(apply_reform(case, reform) for reform in case.reforms[:2])]
    together = check_variants(variants)
    assert [result.findings for result in together] == [check_case(variant).findings for variant in variants]


@pytest.mark.parametrize("name", ["园区带街", "复兴扩权强镇"])
def test_every_suggestion_for_a_shipped_case_clears_its_finding(name: str) -> None:
    """The gravest violations of real arrangements: what is proposed holds under all rules."""
    search = Search(read_case(name))
    violations = [finding for finding in search.checked.findings if finding.status == "violated"][:2]
    assert violations
    for finding in violations:
        for suggestion in search.clearing(finding, 2):
            assert clears_when_simulated(search.case, suggestion, finding, search)
