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
from govgraph.store.schema import node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govgraph.store.protocol import Store

LEVELS_ABOVE = 6  # township, county, city, province, state, and one to spare
DIVISION_DIGITS = 6  # how many digits of a code the column ``division`` holds


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
        if not any(_select(store, family, Place(text, text), "n.id", limit=1) for family in vocabulary().families):
            raise NotFoundError(f"{store.address} has nothing with a division code that begins with {text}")
        return Place(text, text)
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
    quick = ""
    if is_indexed(store, family):
        number = int(store.query("RETURN hash($name)", {"name": name}).rows[0][0])
        quick = f"n.name_hash = {number} AND "
    query = f"MATCH (n:{family}) WHERE {quick}n.name = $name RETURN {fields}, n.id AS id_ ORDER BY id_"
    return store.query(query, {"name": name}).rows


def fetch_slice(store: Store, place: Place) -> Case:
    """Read one place: its nodes, every relation that touches them with the node at its other end, and their superiors.

    Nodes outside the place come without ``complete``: what they list is not read with them.

    Raises:
        NotFoundError: the place has no nodes.
    """
    nodes = {node.id: node for family in vocabulary().families for node in _nodes_of(store, family, place)}
    if not nodes:
        raise NotFoundError(f"{store.address} has nothing with a division code that begins with {place.code}")
    relations: dict[str, Relation] = {}
    families = {node.family for node in nodes.values()}
    for family in sorted(families):
        for relation in _touching(store, family, place):
            relations.setdefault(relation.id, relation)
    outside = _add_outside(store, nodes, relations)
    for _ in range(LEVELS_ABOVE):
        bodies = [nodes[identity] for identity in outside if nodes[identity].family == "组织"]
        for relation in _superiors(store, bodies):
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


def condition(store: Store, family: str, place: Place, variable: str) -> str:
    """Return the condition that a node lies in the place."""
    prefix = f"{variable}.code STARTS WITH '{place.code}'"
    if not is_indexed(store, family):
        return prefix
    missing = DIVISION_DIGITS - len(place.code)
    if missing <= 0:
        return f"{variable}.division = {int(place.code[:DIVISION_DIGITS])} AND {prefix}"
    low, high = int(place.code + "0" * missing), int(place.code + "9" * missing)
    whole = f"{variable}.division >= {low} AND {variable}.division <= {high}"
    return f"({whole} OR {variable}.division < {10 ** (DIVISION_DIGITS - 1)}) AND {prefix}"


def _select(
    store: Store, family: str, place: Place, fields: str, limit: int | None = None
) -> tuple[tuple[Any, ...], ...]:
    query = f"MATCH (n:{family}) WHERE {condition(store, family, place, 'n')} RETURN {fields}"
    return store.query(query, limit=limit).rows


def _nodes_of(store: Store, family: str, place: Place) -> list[Node]:
    columns = list(node_columns())
    fields = ", ".join(f"n.{name} AS {name}_" for name in columns)
    rows = _select(store, family, place, fields)
    return [node_of(family, dict(zip(columns, row, strict=True))) for row in rows]


def _touching(store: Store, family: str, place: Place) -> Iterator[Relation]:
    """Yield the relations that begin or end at a node of the family in the place."""
    types = vocabulary().relations.values()
    where = condition(store, family, place, "n")
    leaving = [type_.name for type_ in types if family in type_.from_families]
    arriving = [type_.name for type_ in types if family in type_.to_families]
    if leaving:
        yield from _relations(store, f"MATCH (n:{family})-[r:{'|'.join(leaving)}]->(b) WHERE {where}", "n", "b")
    if arriving:
        yield from _relations(store, f"MATCH (n:{family})<-[r:{'|'.join(arriving)}]-(a) WHERE {where}", "a", "n")


def _relations(
    store: Store, match: str, start: str, end: str, parameters: dict[str, Any] | None = None
) -> Iterator[Relation]:
    columns = list(relation_columns())
    fields = ", ".join(f"r.{name} AS {name}_" for name in columns)
    query = f"{match} RETURN {start}.id AS a_, {end}.id AS b_, {fields}"
    for first, last, *row in store.query(query, parameters).rows:
        values = dict(zip(columns, row, strict=True))
        yield relation_of(values["type"], first, last, values)


def _superiors(store: Store, bodies: Sequence[Node]) -> Iterator[Relation]:
    """Yield the relations that place a superior over some bodies; on an indexed store a division at a time."""
    types = [item for item in vocabulary().relations.values() if item.superior]
    upward = "|".join(item.name for item in types if item.superior == "to")
    downward = "|".join(item.name for item in types if item.superior == "from")
    indexed = is_indexed(store, "组织")
    groups: dict[str, list[str]] = {}
    for body in bodies:
        code = str(body.properties.get("code", ""))[:DIVISION_DIGITS]
        groups.setdefault(code if indexed else "", []).append(body.id)
    for code, ids in sorted(groups.items()):
        near = f"n.division = {int(code)} AND " if code else ""
        where = f"WHERE {near}n.id IN $ids"
        parameters = {"ids": sorted(ids)}
        yield from _relations(store, f"MATCH (n:组织)-[r:{upward}]->(b) {where}", "n", "b", parameters)
        yield from _relations(store, f"MATCH (n:组织)<-[r:{downward}]-(a) {where}", "a", "n", parameters)


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
    columns = list(node_columns())
    fields = ", ".join(f"n.{name} AS {name}_" for name in columns)
    for family in vocabulary().families:
        if not wanted:
            return
        query = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) RETURN {fields}"
        rows = store.query(query, {"ids": wanted}).rows
        found = [node_of(family, dict(zip(columns, row, strict=True))) for row in rows]
        wanted = sorted(set(wanted) - {node.id for node in found})
        yield from found
