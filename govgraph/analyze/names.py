"""Finding nodes by what people call them: exact names first, then aliases, parts of names, and near misses."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.case import Case, Node

SURE = 0.95  # an alias; from here on nothing less sure is worth showing
NEAR = 0.5  # share of matching characters from which a name counts as a near miss


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a text may mean; ``score`` is 1 for its name, below that the less sure it is."""

    case: Case
    node: Node
    score: float


def score(text: str, node: Node) -> float:
    """Return how well a text names a node, from 0 to 1."""
    if text == node.name:
        return 1.0
    if text in node.aliases:
        return SURE
    names = (node.name, *node.aliases)
    if any(text in name for name in names):
        return 0.8
    if any(name in text for name in names if len(name) > 1):
        return 0.7
    best = max(SequenceMatcher(None, text, name).ratio() for name in names)
    return best * 0.7 if best >= NEAR else 0.0


def find(cases: Iterable[Case], text: str, families: Iterable[str], limit: int = 8) -> list[Match]:
    """Return the nodes of some families that a text may mean, best first.

    Exact names and aliases drive out everything less sure.
    """
    wanted = set(families)
    matches = [
        Match(case, node, value)
        for case in cases
        for node in case.nodes
        if node.family in wanted and (value := score(text, node)) > 0
    ]
    matches.sort(key=lambda match: (-match.score, match.node.id))
    if matches and matches[0].score >= SURE:
        matches = [match for match in matches if match.score >= SURE]
    return matches[:limit]
