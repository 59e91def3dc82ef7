"""The part of a case that some queries look at, and a store that holds it from the first query on.

A relation type that no query names, and a property that none reads, need not be loaded: an engine takes as long to
take up a small case as to answer the queries that are left.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from govgraph.check.patterns import UnclearError, tokens
from govgraph.model.case import Case, Meta, Node, Relation
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from govgraph.check.patterns import Token
    from govgraph.store.columnar.database import ColumnarStore
    from govgraph.store.protocol import Table

WHOLE = frozenset({"PROPERTIES", "KEYS", "CALL"})  # may read any property
EVIDENCE = frozenset({"source", "quotes", "file", "line"})


def part_of(case: Case, queries: Iterable[str]) -> Case:
    """Return the case with only the relations and properties that the queries name; all nodes stay."""
    try:
        words = [word for query in queries for word in tokens(query)]
    except UnclearError:
        return case
    names = {word.text for word in words if word.kind == "word"}
    if WHOLE & {word.keyword for word in words} or EVIDENCE & names or _is_untyped(words):
        return case
    types = {item.name for item in vocabulary().relations.values() if item.name in names}
    read = names
    if not vocabulary().derived.keys().isdisjoint(names):
        types |= {item.name for item in vocabulary().relations.values() if item.superior}
        read = names | {"place"}  # of superiors: the derived relation passes it on
    return Case(
        Meta(case.meta.id, case.meta.title),
        (),
        tuple(Node(n.id, n.family, n.name, n.kind, _named(n.properties, read)) for n in case.nodes),
        tuple(
            Relation(r.id, r.type, r.start, r.end, _named(r.properties, read))
            for r in case.relations
            if r.type in types
        ),
    )


def _named(properties: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name in names or name == "status"}


def _is_untyped(words: Iterable[Token]) -> bool:
    """Tell whether a pattern has a relation of any type: ``--``, ``-[]-``, ``-[r]-``, ``-[r*]-``."""
    signs = [word.keyword if word.kind == "sign" else "" for word in words]
    pairs = list(pairwise(signs))
    opened = [number for number, pair in enumerate(pairs) if pair == ("-", "[")]
    return ("-", "-") in pairs or any(":" not in signs[number + 2 : number + 4] for number in opened)


class Asked(Protocol):
    """What answers queries: a store, or one that is made when it is first asked."""

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Table:
        """Run one read query (see `Store.query`)."""

    def batches(
        self, cypher: str, parameters: Mapping[str, Any], size: int = 10_000, *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run one read query and yield its rows so many at a time (see `Store.batches`)."""


class PartStore:
    """A store in memory that is made when the first query is asked; ``part`` makes the case that it holds."""

    def __init__(self, part: Callable[[], Case]) -> None:
        self._part = part
        self._store: ColumnarStore | None = None

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Table:
        """Run one read query (see `Store.query`)."""
        return self._loaded().query(cypher, parameters, timeout=timeout)

    def batches(
        self, cypher: str, parameters: Mapping[str, Any], size: int = 10_000, *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run one read query and yield its rows so many at a time (see `Store.batches`)."""
        return self._loaded().batches(cypher, parameters, size, timeout=timeout)

    def _loaded(self) -> ColumnarStore:
        if self._store is None:
            from govgraph.store.columnar.database import ColumnarStore

            self._store = ColumnarStore()
            self._store.load(self._part())
        return self._store

    def __enter__(self) -> PartStore:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close what was made."""
        if self._store is not None:
            self._store.close()
