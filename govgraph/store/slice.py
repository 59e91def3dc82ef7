"""One place out of a large store: the bodies of a division, all that touches them, and the chain above, as a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govgraph.errors import NotFoundError
from govgraph.model.case import Case, Meta, Node, Relation, Text, in_file_order
from govgraph.model.vocabulary import vocabulary
from govgraph.store.fetch import node_of, relation_of
from govgraph.store.schema import node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govgraph.store.protocol import Store, Table

LEVELS_ABOVE = 6  # township, county, city, province, state, and one to spare


@dataclass(frozen=True, slots=True)
class Place:
    """A division: its code, which all codes below begin with, and the name it was asked for by."""

    code: str
    name: str


def find_place(store: Store, text: str) -> Place:
    """Return the division that a code, or the name of one of its bodies, means.

    Raises:
        NotFoundError: nothing there, or bodies of several divisions are called that.
    """
    if text.isdecimal():
        for label in _labels(store):
            query = f"MATCH (n:{label}) WHERE {inside('n', text)} RETURN n.id LIMIT 1"
            if store.query(query).rows:
                return Place(text, text)
        raise NotFoundError(f"{store.address} has nothing with a division code that begins with {text}")
    rows = find_named(store, "组织", text, "n.code AS code_")
    codes = sorted({str(row[0]) for row in rows if row[0]}, key=lambda code: (len(code), code))
    if not codes:
        raise NotFoundError(f"{store.address} has no body with a division code that is called {text!r}")
    if not all(code.startswith(codes[0]) for code in codes):
        raise NotFoundError(
            f"{text!r} is the name of bodies in several divisions: {'、'.join(codes)}. Give one of these codes."
        )
    return Place(codes[0], text)


def find_named(store: Store, family: str, name: str, fields: str) -> tuple[tuple[Any, ...], ...]:
    """Return some fields of the nodes of a family with this very name, ordered by id."""
    query = f"MATCH (n:{family}) WHERE n.name = $name RETURN {fields}, n.id AS id_ ORDER BY id_"
    return store.query(query, {"name": name}).rows


def fetch_slice(store: Store, place: Place) -> Case:
    """Read one place: its nodes, every relation that touches them with the node at its other end, and their superiors.

    Nodes outside the place come without ``complete``: what they list is not read with them.

    Raises:
        NotFoundError: the place has no nodes.
    """
    nodes: dict[str, Node] = {}
    keys: dict[str, list[Any]] = {}
    for label in _labels(store):
        for node, key in _nodes(store, f"MATCH (n:{label}) WHERE {inside('n', place.code)}"):
            nodes[node.id] = node
            keys.setdefault(node.family, []).append(key)
    if not nodes:
        raise NotFoundError(f"{store.address} has nothing with a division code that begins with {place.code}")
    relations: dict[str, Relation] = {}
    for family, known in keys.items():
        for relation in _touching(store, family, place, known):
            relations.setdefault(relation.id, relation)
    outside = _add_outside(store, nodes, relations)
    chain = _Chain(store)
    for _ in range(LEVELS_ABOVE):
        for relation in chain.above([nodes[identity] for identity in outside if nodes[identity].family == "组织"]):
            relations.setdefault(relation.id, relation)
        outside = _add_outside(store, nodes, relations)
        if not outside:
            break
    case_ids = store.case_ids()
    title = Text(place.name, place.name)
    meta = Meta(case_ids[0] if case_ids else place.code, title, place=place.name)
    ordered = sorted(nodes.values(), key=in_file_order)
    return Case(meta, (), tuple(ordered), tuple(sorted(relations.values(), key=in_file_order)))


def holds_tables(store: Store) -> bool:
    """Tell whether a store was loaded from tables, and may be too large to be read whole."""
    return store.engine == "duckdb"


def inside(variable: str, code: str) -> str:
    """Return the condition that a node lies in the division of a code."""
    return f"{variable}.code STARTS WITH '{code}'"


def _labels(store: Store) -> list[str]:
    """Return what a pattern is labelled for nodes of all families: at once, or a family at a time.

    The embedded engines read several tables in one query faster than in several; Neo4j has an index a label.
    """
    families = list(vocabulary().families)
    return families if store.engine == "neo4j" else ["|".join(families)]


def _key(store: Store) -> str:
    """Return what a node is found by fastest: its number in a columnar store, whose rows lie in that order."""
    return "id(n)" if holds_tables(store) else "n.id"


def _family(store: Store, variable: str) -> str:
    """Return the expression for the family of a node."""
    if store.engine != "neo4j":
        return f"label({variable})"
    families = ", ".join(f"'{family}'" for family in vocabulary().families)
    return f"[l IN labels({variable}) WHERE l IN [{families}]][0]"


def _nodes(store: Store, match: str, parameters: dict[str, Any] | None = None) -> Iterator[tuple[Node, Any]]:
    """Yield nodes, each with its key."""
    columns = [name for name in node_columns() if name != "case_id"]
    fields = ", ".join(f"n.{name} AS {name}_" for name in columns)
    table = store.query(f"{match} RETURN {_family(store, 'n')} AS family_, {_key(store)} AS key_, {fields}", parameters)
    for (family, key), values in _records(table, 2, columns):
        yield node_of(str(family), values), key


def _touching(store: Store, family: str, place: Place, keys: Sequence[Any]) -> Iterator[Relation]:
    """Yield the relations that begin at nodes of a family in the place, or come to one from outside."""
    types = vocabulary().relations.values()
    leaving = "|".join(type_.name for type_ in types if family in type_.from_families)
    arriving = "|".join(type_.name for type_ in types if family in type_.to_families)
    match, given = f"UNWIND $keys AS key MATCH (n:{family})", {"keys": keys}
    if leaving:
        yield from _relations(store, f"{match}-[r:{leaving}]->(b) WHERE {_key(store)} = key", "n", "b", given)
    if arriving:
        where = f"WHERE {_key(store)} = key AND NOT coalesce(a.code, '') STARTS WITH '{place.code}'"
        yield from _relations(store, f"{match}<-[r:{arriving}]-(a) {where}", "a", "n", given)


def _relations(
    store: Store, match: str, start: str, end: str, parameters: dict[str, Any] | None = None
) -> Iterator[Relation]:
    columns = [name for name in relation_columns() if name != "case_id"]
    fields = ", ".join(f"r.{name} AS {name}_" for name in columns)
    table = store.query(f"{match} RETURN {start}.id AS a_, {end}.id AS b_, {fields}", parameters)
    for (first, last), values in _records(table, 2, columns):
        yield relation_of(str(values["type"]), str(first), str(last), values)


def _records(table: Table, first: int, columns: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Yield of each row the ``first`` values, and the others by column; columns that no row fills are left out."""
    used = [
        (first + number, name)
        for number, name in enumerate(columns)
        if any(row[first + number] is not None for row in table.rows)
    ]
    for row in table.rows:
        yield row[:first], {name: row[number] for number, name in used}


class _Chain:
    """The relations that place a superior over bodies outside the place."""

    def __init__(self, store: Store) -> None:
        self._store = store
        types = [item for item in vocabulary().relations.values() if item.superior]
        self._upward = "|".join(item.name for item in types if item.superior == "to")
        self._downward = "|".join(item.name for item in types if item.superior == "from")

    def above(self, bodies: Sequence[Node]) -> Iterator[Relation]:
        """Yield the relations over some bodies."""
        parameters = {"ids": sorted(body.id for body in bodies)}
        up = f"MATCH (n:组织)-[r:{self._upward}]->(b) WHERE n.id IN $ids"
        down = f"MATCH (n:组织)<-[r:{self._downward}]-(a) WHERE n.id IN $ids"
        yield from _relations(self._store, up, "n", "b", parameters)
        yield from _relations(self._store, down, "a", "n", parameters)


def _add_outside(store: Store, nodes: dict[str, Node], relations: dict[str, Relation]) -> list[str]:
    """Add the nodes that relations join but that are not there yet; return their ids."""
    ends = {identity for relation in relations.values() for identity in (relation.start, relation.end)}
    missing = sorted(ends - nodes.keys())
    for node in _by_id(store, missing):
        kept = {key: value for key, value in node.properties.items() if key != "complete"}
        nodes[node.id] = replace(node, properties=kept)
    return missing


def _by_id(store: Store, ids: Iterable[str]) -> Iterator[Node]:
    wanted = list(ids)
    for family in vocabulary().families:
        if not wanted:
            return
        match = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}})"
        found = [node for node, _ in _nodes(store, match, {"ids": wanted})]
        wanted = sorted(set(wanted) - {node.id for node in found})
        yield from found
