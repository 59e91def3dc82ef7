"""From a store back to a case, on either engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govgraph.errors import NotFoundError
from govgraph.model.case import (
    Case,
    Change,
    Evidence,
    Meta,
    Node,
    Reform,
    Relation,
    Source,
    Step,
    Text,
    Value,
    in_file_order,
)
from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import CASE_LABEL, node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.store.protocol import Store

EVIDENCE = ("source", "quotes", "line", "file")
NODE_IDENTITY = ("id", "case_id", "name", "kind")
RELATION_IDENTITY = ("id", "case_id", "type", "start", "end")


def fetch_case(store: Store, case_id: str) -> Case:
    """Read a whole case back from a store.

    Raises:
        NotFoundError: the store does not hold the case.
    """
    query = f"MATCH (c:{CASE_LABEL}) WHERE c.id = $id RETURN c.document, c.file"
    table = store.query(query, {"id": case_id})
    if not table.rows:
        known = "、".join(store.case_ids()) or "none"
        raise NotFoundError(f"{store.address} holds no case {case_id!r}; it holds: {known}")
    document, file = table.rows[0]
    nodes = [node for family in vocabulary().families for node in _nodes(store, family, case_id)]
    relations = [relation for type_ in vocabulary().relations for relation in _relations(store, type_, case_id)]
    return case_of(document, file, nodes, relations)


def case_of(document: str, file: str | None, nodes: Iterable[Node], relations: Iterable[Relation]) -> Case:
    """Put a case together from its graph and its document (see `schema.case_row`)."""
    body = json.loads(document)
    return Case(
        _meta(body["meta"]),
        tuple(Source(**entry) for entry in body["sources"]),
        tuple(sorted(nodes, key=in_file_order)),
        tuple(sorted(relations, key=in_file_order)),
        tuple(_reform(entry) for entry in body["reforms"]),
        tuple(Step(Text(**e["title"]), Text(**e["text"]), tuple(e["show"])) for e in body["tour"]),
        file,
    )


def _nodes(store: Store, family: str, case_id: str) -> list[Node]:
    columns = list(node_columns())
    fields = ", ".join(f"n.{name} AS {name}_" for name in columns)
    query = f"MATCH (n:{family}) WHERE n.case_id = $id RETURN {fields} ORDER BY id_"
    return [node_of(family, dict(zip(columns, row, strict=True))) for row in store.query(query, {"id": case_id}).rows]


def node_of(family: str, values: Mapping[str, Any]) -> Node:
    """Return a node from its columns; what is None or not there is unknown."""
    properties, evidence = _split(values, NODE_IDENTITY)
    return Node(values["id"], family, values["name"], values["kind"], properties, evidence)


def _relations(store: Store, type_: str, case_id: str) -> list[Relation]:
    columns = list(relation_columns())
    fields = ", ".join(f"r.{name} AS {name}_" for name in columns)
    query = (
        f"MATCH (a)-[r:{type_}]->(b) WHERE r.case_id = $id RETURN a.id AS a_, b.id AS b_, {fields} ORDER BY id_, a_, b_"
    )
    rows = store.query(query, {"id": case_id}).rows
    return [relation_of(type_, start, end, dict(zip(columns, row, strict=True))) for start, end, *row in rows]


def relation_of(type_: str, start: str, end: str, values: Mapping[str, Any]) -> Relation:
    """Return a relation from its ends (ids) and columns."""
    properties, evidence = _split(values, RELATION_IDENTITY)
    return Relation(values["id"], type_, start, end, properties, evidence)


def _split(values: Mapping[str, Any], identity: tuple[str, ...]) -> tuple[dict[str, Value], Evidence]:
    """Part columns into properties and evidence. 现行 goes without saying, as in a case file."""
    quotes = tuple(values.get("quotes") or ())
    evidence = Evidence(values.get("source"), quotes, values.get("file"), values.get("line"))
    skipped = {*identity, *EVIDENCE}
    properties: dict[str, Value] = {
        key: tuple(value) if isinstance(value, list | tuple) else value
        for key, value in values.items()
        if value is not None and key not in skipped and not (key == "status" and value == "现行")
    }
    return properties, evidence


def _meta(body: dict[str, Any]) -> Meta:
    body = {key: tuple(value) if isinstance(value, list) else value for key, value in body.items()}
    return Meta(**{**body, "title": Text(**body["title"])})


def _evidence(body: dict[str, Any]) -> Evidence:
    return Evidence(body["source"], tuple(body["quotes"]), body["file"], body["line"])


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def _reform(body: dict[str, Any]) -> Reform:
    changes = tuple(
        Change(change["do"], _tuples(change["arguments"]), _evidence(change["evidence"])) for change in body["changes"]
    )
    return Reform(body["name"], Text(**body["title"]), changes, tuple(body["claims"]), _evidence(body["evidence"]))
