"""The part of a case that some queries look at, and a store that holds it from the first query on.

A relation type that no query names, and a property that none reads, need not be loaded: an engine takes as long to
take up a small case as to answer the queries that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from govgraph.cypher import tree
from govgraph.cypher.parser import parse
from govgraph.errors import QueryError
from govgraph.model.case import Case, Meta, Node, Relation
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govgraph.store.columnar.database import ColumnarStore
    from govgraph.store.protocol import Table

EVIDENCE = frozenset({"source", "quotes", "file", "line"})


def part_of(case: Case, queries: Iterable[str]) -> Case:
    """Return the case with only the relations and properties that the queries name; all nodes stay."""
    try:
        said = [parse(query) for query in queries]
    except QueryError:
        return case
    types: set[str] = set()
    read = {"status"}
    for part in tree.parts_within(tuple(said)):
        match part:
            case tree.RelationPattern(types=()):
                return case
            case tree.RelationPattern():
                types |= {*part.types}
            case tree.Property():
                read.add(part.name)
        if isinstance(part, tree.NodePattern | tree.RelationPattern):
            read |= {name for name, _ in part.properties}
    if not EVIDENCE.isdisjoint(read) or any(map(_returns_whole, said)):
        return case
    if not vocabulary().derived.keys().isdisjoint(types):
        types |= {item.name for item in vocabulary().relations.values() if item.superior}
        read.add("place")  # of superiors: the derived relation passes it on
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


def _returns_whole(union: tree.Union) -> bool:
    """Tell whether a query returns a node or a relation with all that it has."""
    found: set[str | None] = set()
    for part in tree.parts_within(union):
        match part:
            case tree.NodePattern(variable=name) | tree.RelationPattern(variable=name):
                found.add(name)
            case tree.Item(tree.Variable(name), alias) if name in found:
                found.add(alias)
    results = [query.result.items for query in union.queries]
    return any(items is None or any(item.name in found for item in items) for items in results)


def _named(properties: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name in names}


class Asked(Protocol):
    """What answers queries: a store, or one that is made when it is first asked."""

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Table:
        """Run one read query (see `Store.query`)."""

    def queries(
        self, queries: Sequence[tuple[str, Mapping[str, Any]]], *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run several read queries (see `Store.queries`)."""

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

    def queries(
        self, queries: Sequence[tuple[str, Mapping[str, Any]]], *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run several read queries (see `Store.queries`)."""
        return self._loaded().queries(queries, timeout=timeout)

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
