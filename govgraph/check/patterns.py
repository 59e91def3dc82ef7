"""The steps that a MATCH demands, one by one: only the plain forms that rules are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.check.truth import UnclearError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import relation_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from govgraph.cypher import tree


@dataclass(frozen=True, slots=True)
class Pattern:
    """A node, or a relation between two nodes: names (empty where there are none), families, types.

    No families or types mean any. ``direction`` is ``>``, ``<``, or empty for both. ``single`` is False for a relation
    of variable length, of which nothing else is known.
    """

    names: tuple[str, ...]
    families: tuple[frozenset[str], ...]
    types: frozenset[str] = frozenset()
    direction: str = ""
    single: bool = True


def patterns(path: tree.Path) -> list[Pattern]:
    """Return the relations of a path, or its one node; properties in braces are not looked at.

    Raises:
        UnclearError: the vocabulary has no such family or type.
    """
    names = [node.variable or "" for node in path.nodes]
    families = [_known(node.labels, vocabulary().families.keys()) for node in path.nodes]
    if not path.relations:
        return [Pattern((names[0],), (families[0],))]
    return [
        Pattern(
            (names[number], relation.variable or "", names[number + 1]),
            (families[number], families[number + 1]),
            _known(relation.types, relation_tables().keys()),
            relation.direction,
            relation.steps is None,
        )
        for number, relation in enumerate(path.relations)
    ]


def has_properties(path: tree.Path) -> bool:
    """Tell whether a path says something in braces."""
    return any(node.properties for node in path.nodes) or any(step.properties for step in path.relations)


def _known(labels: Iterable[str], words: Set[str]) -> frozenset[str]:
    if not words >= {*labels}:
        raise UnclearError("a word that is not of the vocabulary")
    return frozenset(labels)
