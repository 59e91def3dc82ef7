"""What a map is made from: the case, what a check found, the rules' own words, and what to open with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.check.findings import CheckResult
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case, Text


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What the map says of a rule: its question, why it matters, what it rests on, and its Cypher."""

    title: Text
    question: Text
    why: Text
    basis: Text
    cypher: str


@dataclass(frozen=True, slots=True)
class MapContent:
    """Everything that one map shows.

    Attributes:
        case: The arrangement, already seen at a date and cut to what was asked for.
        check: The findings; those whose subjects the case does not hold are left out of the picture.
        cards: Rule id → card; a rule without one is shown by its title alone.
        as_of: The date that the case was seen at, if any.
        language: The language that the page opens in, ``zh`` or ``en``.
        opening: State that the page opens with, as in its address: ``{"finding": "0123456789abcdef"}``.
    """

    case: Case
    check: CheckResult
    cards: Mapping[str, RuleCard] = field(default_factory=dict)
    as_of: str | None = None
    language: str = "zh"
    opening: Mapping[str, str] = field(default_factory=dict)


def cards_of(rules: Iterable[Rule]) -> dict[str, RuleCard]:
    """Return the cards of rules by their ids."""
    return {rule.id: RuleCard(rule.title, rule.question, rule.why, rule.basis, rule.cypher.strip()) for rule in rules}
