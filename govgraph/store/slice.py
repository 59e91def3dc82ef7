"""One place out of a large store: the bodies of a division, all that touches them, and the chain above, as a case.

A bulk load gives node tables two columns of numbers that the embedded engine finds rows by without reading the others
(see `govgraph.store.staging.INDEX_COLUMNS`); stores without them are searched by the division code and name themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govgraph.errors import NotFoundError, QueryError
from govgraph.model.case import Case, Meta, Node, Relation, Text, in_file_order
from govgraph.model.vocabulary import vocabulary
from govgraph.store.fetch import node_of, relation_of
from govgraph.store.protocol import first_column
from govgraph.store.schema import node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govgraph.store.protocol import Store, Table

LEVELS_ABOVE = 6  # township, county, city, province, state, and one to spare
DIVISION_DIGITS = 6  # how many digits of a code the column ``division`` holds
FEW_BODIES = 4  # are looked up by their keys
FEW_DIVISIONS = 4  # the engine skips blocks of rows by one division, but not by a list: each is a query of its own


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
        indexed = is_indexed(store, "组织")
        for label in _labels(store):
            query = f"MATCH (n:{label}) WHERE {inside('n', text, indexed=indexed)} RETURN n.id LIMIT 1"
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
    ids = _alike(store, family, name)
    match = f"MATCH (n:{family}) WHERE n.name = $name"
    if ids is not None:
        match = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) WITH n WHERE n.name = $name"
    parameters = {"name": name} | ({} if ids is None else {"ids": ids})
    return store.query(f"{match} RETURN {fields}, n.id AS id_ ORDER BY id_", parameters).rows


def _alike(store: Store, family: str, name: str) -> list[str] | None:
    """Return the ids of all nodes whose name has the hash of this one, None where the store does not tell quickly.

    The engine goes through numbers fast; to read an id it unpacks a whole block of them, so it is told the division.
    """
    if store.engine != "ladybug":
        return None
    same = "n.name_hash = hash($name)"
    try:
        query = f"MATCH (n:{family}) WHERE {same} RETURN DISTINCT n.division"
        divisions = first_column(store.query(query, {"name": name}).rows)
    except QueryError:  # not loaded in bulk
        return None
    if None in divisions or len(divisions) > FEW_DIVISIONS:
        return first_column(store.query(f"MATCH (n:{family}) WHERE {same} RETURN n.id", {"name": name}).rows)
    queries = [f"MATCH (n:{family}) WHERE n.division = {code} AND {same} RETURN n.id" for code in divisions]
    return [str(row[0]) for query in queries for row in store.query(query, {"name": name}).rows]


def fetch_slice(store: Store, place: Place) -> Case:
    """Read one place: its nodes, every relation that touches them with the node at its other end, and their superiors.

    Nodes outside the place come without ``complete``: what they list is not read with them.

    Raises:
        NotFoundError: the place has no nodes.
    """
    indexed = is_indexed(store, "组织")
    nodes = {node.id: node for label in _labels(store) for node in _nodes_of(store, label, place, indexed=indexed)}
    if not nodes:
        raise NotFoundError(f"{store.address} has nothing with a division code that begins with {place.code}")
    present = frozenset(node.family for node in nodes.values())
    relations: dict[str, Relation] = {}
    for label in _labels(store, present):
        for relation in _touching(store, label, place, indexed=indexed):
            relations.setdefault(relation.id, relation)
    outside = _add_outside(store, nodes, relations)
    chain = _Chain(store, indexed=indexed)
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


def is_indexed(store: Store, family: str) -> bool:
    """Tell whether the nodes of a family have the columns of a bulk load."""
    if store.engine != "ladybug":
        return False
    try:
        store.query(f"MATCH (n:{family}) RETURN n.division, n.name_hash LIMIT 0")
    except QueryError:
        return False
    return True


def inside(variable: str, code: str, *, indexed: bool) -> str:
    """Return the condition that a node lies in the division of a code."""
    prefix = f"{variable}.code STARTS WITH '{code}'"
    if not indexed:
        return prefix
    missing = DIVISION_DIGITS - len(code)
    if missing <= 0:
        return f"{variable}.division = {int(code[:DIVISION_DIGITS])} AND {prefix}"
    low, high = int(code + "0" * missing), int(code + "9" * missing)
    whole = f"{variable}.division >= {low} AND {variable}.division <= {high}"
    return f"({whole} OR {variable}.division < {10 ** (DIVISION_DIGITS - 1)}) AND {prefix}"


def _labels(store: Store, families: frozenset[str] | None = None) -> list[str]:
    """Return what a pattern is labelled for the nodes of some families (all): at once, or a family at a time.

    The embedded engine reads several tables in one query faster than in several; Neo4j has an index a label.
    """
    wanted = [family for family in vocabulary().families if families is None or family in families]
    return ["|".join(wanted)] if store.engine == "ladybug" else wanted


def _family(store: Store, variable: str) -> str:
    """Return the expression for the family of a node."""
    if store.engine == "ladybug":
        return f"label({variable})"
    families = ", ".join(f"'{family}'" for family in vocabulary().families)
    return f"[l IN labels({variable}) WHERE l IN [{families}]][0]"


def _nodes_of(store: Store, label: str, place: Place, *, indexed: bool) -> Iterator[Node]:
    yield from _nodes(store, f"MATCH (n:{label}) WHERE {inside('n', place.code, indexed=indexed)}")


def _nodes(store: Store, match: str, parameters: dict[str, Any] | None = None) -> Iterator[Node]:
    columns = [name for name in node_columns() if name != "case_id"]
    fields = ", ".join(f"n.{name} AS {name}_" for name in columns)
    table = store.query(f"{match} RETURN {_family(store, 'n')} AS family_, {fields}", parameters)
    for family, values in _records(table, 1, columns):
        yield node_of(str(family[0]), values)


def _touching(store: Store, label: str, place: Place, *, indexed: bool) -> Iterator[Relation]:
    """Yield the relations that begin at a node of some families in the place, or come to one from outside."""
    types = vocabulary().relations.values()
    families = set(label.split("|"))
    where = inside("n", place.code, indexed=indexed)
    leaving = [type_.name for type_ in types if not families.isdisjoint(type_.from_families)]
    arriving = [type_.name for type_ in types if not families.isdisjoint(type_.to_families)]
    if leaving:
        yield from _relations(store, f"MATCH (n:{label})-[r:{'|'.join(leaving)}]->(b) WHERE {where}", "n", "b")
    if arriving:
        apart = f"NOT coalesce(a.code, '') STARTS WITH '{place.code}'"
        match = f"MATCH (n:{label})<-[r:{'|'.join(arriving)}]-(a) WHERE {where} AND {apart}"
        yield from _relations(store, match, "a", "n")


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

    def __init__(self, store: Store, *, indexed: bool) -> None:
        self._store = store
        self._indexed = indexed
        types = [item for item in vocabulary().relations.values() if item.superior]
        self._upward = "|".join(item.name for item in types if item.superior == "to")
        self._downward = "|".join(item.name for item in types if item.superior == "from")

    def above(self, bodies: Sequence[Node]) -> Iterator[Relation]:
        """Yield the relations over some bodies: one by one where they are few, else a division at a time."""
        if len(bodies) <= FEW_BODIES:
            for body in bodies:
                yield from self._over("n.id = $id", {"id": body.id})
            return
        groups: dict[str, list[str]] = {}
        for body in bodies:
            code = str(body.properties.get("code", ""))[:DIVISION_DIGITS]
            groups.setdefault(code if self._indexed else "", []).append(body.id)
        for code, ids in sorted(groups.items()):
            near = f"n.division = {int(code)} AND " if code else ""
            yield from self._over(f"{near}n.id IN $ids", {"ids": sorted(ids)})

    def _over(self, where: str, parameters: dict[str, Any]) -> Iterator[Relation]:
        """Yield the relations over bodies that a condition names."""
        up = f"MATCH (n:组织)-[r:{self._upward}]->(b) WHERE {where}"
        down = f"MATCH (n:组织)<-[r:{self._downward}]-(a) WHERE {where}"
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
        found = list(_nodes(store, f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}})", {"ids": wanted}))
        wanted = sorted(set(wanted) - {node.id for node in found})
        yield from found
