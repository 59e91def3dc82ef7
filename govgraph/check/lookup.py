"""Nodes and relations by id: names, evidence and places in the input for findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from govgraph.model.case import Evidence, Node, Relation
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

BATCH = 1000


class Lookup(Protocol):
    """Where findings get names and evidence from."""

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes with these ids."""

    def relations(self, ids: Iterable[str]) -> dict[str, Relation]:
        """Return the relations with these ids; a derived one is answered by the one it rests on."""


def stated_id(identity: str) -> str:
    """Return the id of the stated relation that a derived one (…^) rests on."""
    return identity.removesuffix("^")


class CaseLookup:
    """Looks up in a case in memory."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes with these ids."""
        known = self._case.by_id
        return {identity: known[identity] for identity in ids if identity in known}

    def relations(self, ids: Iterable[str]) -> dict[str, Relation]:
        """Return the relations with these ids."""
        known = self._case.relations_by_id
        return {identity: known[identity] for identity in map(stated_id, ids) if identity in known}


class StoreLookup:
    """Looks up in a store, in batches; types and start nodes are taken from the ids, so that indexes serve."""

    def __init__(self, store: Store) -> None:
        self._store = store
        types = "|".join(sorted(map(re.escape, vocabulary().relations), key=len, reverse=True))
        self._type = re.compile(rf"-({types})->")

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes with these ids."""
        result: dict[str, Node] = {}
        wanted = sorted(set(ids))
        for begin in range(0, len(wanted), BATCH):
            batch = {"ids": wanted[begin : begin + BATCH]}
            for family in vocabulary().families:
                fields = "n.id, n.name, n.kind, n.source, n.quotes, n.file, n.line"
                query = f"MATCH (n:{family}) WHERE n.id IN $ids RETURN {fields}"
                for identity, name, kind, source, quotes, file, line in self._store.query(query, batch).rows:
                    evidence = Evidence(source, tuple(quotes or ()), file, line)
                    result[identity] = Node(identity, family, name, kind, {}, evidence)
        return result

    def relations(self, ids: Iterable[str]) -> dict[str, Relation]:
        """Return the relations with these ids."""
        result: dict[str, Relation] = {}
        by_type: dict[str, dict[str, list[str]]] = {}
        for identity in sorted({stated_id(identity) for identity in ids}):
            for match in self._type.finditer(identity):
                starts = by_type.setdefault(match.group(1), {})
                starts.setdefault(identity[: match.start()], []).append(identity)
        for type_, starts in by_type.items():
            names = sorted(starts)
            for begin in range(0, len(names), BATCH):
                chosen = names[begin : begin + BATCH]
                values = {"upper": chosen, "ids": [identity for name in chosen for identity in starts[name]]}
                query = (
                    f"MATCH (a)-[r:{type_}]->(b) WHERE a.id IN $upper AND r.id IN $ids "
                    "RETURN r.id, a.id, b.id, r.source, r.quotes, r.file, r.line"
                )
                for identity, start, end, source, quotes, file, line in self._store.query(query, values).rows:
                    evidence = Evidence(source, tuple(quotes or ()), file, line)
                    result[identity] = Relation(identity, type_, start, end, {}, evidence)
        return result
