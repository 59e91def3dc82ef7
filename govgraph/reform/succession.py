"""Identity through change: which names mean the same body before and after, by succession and by alias."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import IN_FORCE, SUCCESSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.model.case import Case


@dataclass(frozen=True, slots=True)
class Identity:
    """Names that mean the same body on both sides, and the case ids that are left away.

    ``names`` maps a name to the one that stands for it; ``cases`` are the ids whose prefix in an id is dropped.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    cases: frozenset[str] = frozenset()

    def name(self, name: str) -> str:
        """Return the name that stands for a name."""
        return self.names.get(name, name)

    def value(self, value: Any) -> Any:
        """Return an identity value with ids and names replaced by those that stand for them; a list counts as a set."""
        if isinstance(value, list | tuple):
            return tuple(sorted({str(self.value(item)) for item in value}))
        if not isinstance(value, str):
            return value
        case, slash, rest = value.partition("/")
        if slash and case in self.cases:
            return self._relation(rest)
        return self.name(value)

    def _relation(self, identity: str) -> str:
        """Replace the names in a relation's id (or in a node's, which is its name)."""
        if identity in self.names:
            return self.names[identity]
        match = _relation_pattern().match(identity)
        if match is None:
            return identity
        start, type_, end, details = match.groups()
        inner = ",".join(self.name(part) for part in details[1:-1].split(",")) if details else ""
        return f"{self.name(start)}-{type_}->{self.name(end)}{f'[{inner}]' if details else ''}"


@cache
def _relation_pattern() -> re.Pattern[str]:
    types = "|".join(sorted(map(re.escape, vocabulary().relations), key=len, reverse=True))
    return re.compile(rf"^(.+?)-({types})->(.+?)(\[[^\[\]]*\])?$")


def identity_between(before: Case, after: Case) -> Identity:
    """Return which names mean the same body in two states or versions of an arrangement.

    A body goes on in another where one side records a succession (更名为, 合并为, 分设为) that the other does not,
    or where it is gone by name and another node bears that name as an alias.
    """
    pairs = _successions(before) ^ _successions(after)
    pairs |= _aliases(before, after) | _aliases(after, before)
    return Identity(_classes(sorted(pairs)), frozenset({before.id, after.id}))


def _successions(case: Case) -> set[tuple[str, str]]:
    nodes = case.by_id
    return {
        (nodes[relation.start].name, nodes[relation.end].name)
        for relation in case.relations
        if relation.type in SUCCESSION and relation.status == IN_FORCE
    }


def _aliases(one: Case, other: Case) -> set[tuple[str, str]]:
    names = {node.name for node in other.nodes}
    return {
        (node.name, alias_of.name)
        for node in one.nodes
        if node.name not in names and (alias_of := _bearer(other, node.name)) is not None
    }


def _bearer(case: Case, alias: str) -> Any:
    identity = case.names.get(alias)
    return case.by_id[identity] if identity is not None else None


def _classes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return name → the first name of its class (union of all pairs)."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    return {name: find(name) for name in sorted(leader)}
