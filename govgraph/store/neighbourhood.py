"""One node of a large store with what answers the two questions, as a small case: who owns it, what does it own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.errors import NotFoundError
from govgraph.model.case import Case, Meta, Node, Relation, Text
from govgraph.model.vocabulary import vocabulary
from govgraph.store.fetch import node_of, relation_of
from govgraph.store.schema import node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.store.protocol import Store

STEPS = 8  # how far the chain of superiors is followed


def fetch_around(store: Store, family: str, identity: str) -> Case:
    """Read a node, its relations with the nodes at their other ends, and the superiors of its leads.

    Raises:
        NotFoundError: the store holds no such node.
    """
    columns = list(node_columns())
    fields = ", ".join(f"n.{name} AS {name}_" for name in columns)
    rows = store.query(f"MATCH (n:{family}) WHERE n.id = $id RETURN {fields}", {"id": identity}).rows
    if not rows:
        raise NotFoundError(f"{store.address} holds no {family} {identity!r}")
    nodes = {identity: node_of(family, dict(zip(columns, rows[0], strict=True)))}
    relations: dict[str, Relation] = {}
    for relation, other in _relations(store, family, identity):
        relations[relation.id] = relation
        nodes.setdefault(other.id, other)
    leads = [r.start for r in relations.values() if r.type == "主责" and r.end == identity]
    for start in sorted({lead for lead in leads if nodes[lead].family == "组织"}):
        for relation, other in _chain(store, start):
            relations[relation.id] = relation
            nodes.setdefault(other.id, other)
    case_id = identity.partition("/")[0]
    return Case(Meta(case_id, Text(case_id, case_id)), (), tuple(nodes.values()), tuple(relations.values()))


def _relations(store: Store, family: str, identity: str) -> Iterator[tuple[Relation, Node]]:
    """Yield the relations of a node, each with the node at its other end (without its properties)."""
    types = vocabulary().relations.values()
    columns = list(relation_columns())
    fields = ", ".join(f"r.{name} AS {name}_" for name in columns)
    for leaving in (True, False):
        names = [t.name for t in types if family in (t.from_families if leaving else t.to_families)]
        if not names:
            continue
        arrow = f"-[r:{'|'.join(names)}]->" if leaving else f"<-[r:{'|'.join(names)}]-"
        others = sorted({f for t in types if t.name in names for f in (t.to_families if leaving else t.from_families)})
        query = f"MATCH (n:{family}){arrow}(b) WHERE n.id = $id RETURN b.id, b.name, b.kind, label(b), {fields}"
        if store.engine == "neo4j":
            query = query.replace("label(b)", "[l IN labels(b) WHERE l IN $families][0]")
        parameters: dict[str, Any] = {"id": identity} | ({"families": others} if store.engine == "neo4j" else {})
        for other_id, name, kind, label, *row in store.query(query, parameters).rows:
            values = dict(zip(columns, row, strict=True))
            start, end = (identity, other_id) if leaving else (other_id, identity)
            yield relation_of(values["type"], start, end, values), Node(other_id, label, name, kind)


def _chain(store: Store, identity: str) -> Iterator[tuple[Relation, Node]]:
    """Yield the superiors in force above a body, one a step, as `govgraph.analyze.responsibility.chain_above` goes."""
    query = (
        "MATCH (n:组织)-[u:上级]->(s:组织) WHERE n.id = $id AND u.status = '现行' "
        "RETURN u.dimension AS dimension_, u.via AS via_, s.id AS id_, s.name AS name_, s.kind AS kind_"
    )
    seen = {identity}
    current = identity
    for _ in range(STEPS):
        options = sorted(
            store.query(query, {"id": current}).rows, key=lambda row: (row[0] != "行政", row[0] or "", f"{row[1]}^")
        )
        if not options:
            return
        dimension, via, upper, name, kind = options[0]
        properties = {"dimension": dimension} if dimension else {}
        yield Relation(via, "领导", upper, current, properties), Node(upper, "组织", name, kind)
        if upper in seen:
            return
        seen.add(upper)
        current = upper
