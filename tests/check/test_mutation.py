"""Every rule finds what is planted for it, names nothing else, and says nothing of a clean city."""

from __future__ import annotations

from functools import cache

import pytest

from govgraph.check.findings import CheckResult
from govgraph.check.mutation.clean import clean_city
from govgraph.check.mutation.planters import DEFECTS, defects_of
from govgraph.check.mutation.score import Scores, mutant, score_rules
from govgraph.check.rules import load_rules
from govgraph.check.run import check_case
from govgraph.model.vocabulary import vocabulary

RULES = {rule.id: rule for rule in load_rules()}
SEEDS = (1, 2)


@cache
def scores(seed: int) -> Scores:
    """Score the whole pack once on the smallest cities of a seed."""
    return score_rules(list(RULES.values()), seed=seed, sizes=(2,))


@cache
def clean(seed: int, size: int) -> CheckResult:
    """Check a clean city once."""
    return check_case(clean_city(f"clean-{seed}-{size}", seed, size).draft.case())


@pytest.mark.parametrize("rule", sorted(RULES))
def test_rule_has_planters_for_all_it_can_say(rule: str) -> None:
    """A rule has a planter for a violation, and one that takes knowledge away where it can be undetermined."""
    statuses = {defect.status for defect in defects_of(rule)}
    assert statuses == ({"violated", "undetermined"} if RULES[rule].undetermined else {"violated"})


def test_every_planter_belongs_to_a_rule() -> None:
    """No planter, and no reason for a side effect, is left over from a rule that was renamed."""
    assert {name for defect in DEFECTS for name in (defect.rule, *defect.causes)} <= set(RULES)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rule", sorted(RULES))
def test_rule_finds_what_was_planted_and_nothing_else(rule: str, seed: int) -> None:
    """Recall and precision are 1, every defect found its place, and other rules speak only where it is explained."""
    score = next(score for score in scores(seed).scores if score.rule == rule)
    assert score.planted >= score.shapes > 0
    assert (score.unplanted, score.missed, score.wrong, dict(score.noise)) == ([], [], [], {})
    assert (score.recall, score.precision) == (1.0, 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_clean_cities_give_no_finding(seed: int) -> None:
    """In a city where nothing is wrong the pack finds nothing, and nothing it would have to ask about."""
    assert scores(seed).clean == ()


def test_a_larger_clean_city_gives_no_finding() -> None:
    """Several districts that share a zone are as clean as one."""
    assert clean(3, 9).findings == []


def test_every_rule_has_something_to_look_at_in_a_clean_city() -> None:
    """No rule is silent for want of a population: its silence in a clean city is a judgement."""
    assert [result.rule for result in clean(3, 9).results if not result.evaluated] == []


def test_same_seed_same_case() -> None:
    """A mutant is the same each time it is made, and another seed makes another."""
    first, again, other = (mutant("duty/ownerless", seed, 3) for seed in (5, 5, 6))
    assert (first.case, first.planted) == (again.case, again.planted)
    assert first.case.nodes != other.case.nodes


def test_clean_cities_keep_to_the_vocabulary() -> None:
    """Kinds, relation ends, properties and their values are those that a case file may have."""
    words = vocabulary()
    case = clean_city("vocabulary", 1, 6).draft.case()
    for node in case.nodes:
        assert node.kind in words.families[node.family].kinds
        assert set(node.properties) <= set(words.node_properties)
    for relation in case.relations:
        type_ = words.relations[relation.type]
        assert case.by_id[relation.start].family in type_.from_families, relation.id
        assert case.by_id[relation.end].family in type_.to_families, relation.id
        for key, value in relation.properties.items():
            declared = words.relation_properties[key]
            if declared.type == "reference":
                assert case.by_id[str(value)].family in declared.families
            elif declared.type in words.enumerations:
                assert value in words.enumerations[declared.type]
