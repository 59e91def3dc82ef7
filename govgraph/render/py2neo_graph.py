"""A case as a ``py2neo.Subgraph``, and back. Needs the extra: ``pip install "govgraph[py2neo]"``.

The subgraph has the nodes, relations and properties that `store.neo4j_server` writes, the derived 上级 and the node of
the case itself included, so that govgraph reads what py2neo has merged, and the other way round.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from govgraph.errors import EnvironmentFailure, NotFoundError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.fetch import case_of, node_of, relation_of
from govgraph.store.schema import CASE_LABEL, all_relations, case_row, node_row, relation_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    import py2neo

    from govgraph.model.case import Case


def to_subgraph(case: Case) -> py2neo.Subgraph:
    """Return a case as a subgraph. Each node has its family as primary label, ``id`` as primary key, its kind beside.

    Merge it with `merge_subgraph`: py2neo's own ``merge`` and ``create`` keep one relationship of a type between two
    nodes, and 人事 and 日常 are two relations of one type.

    Raises:
        EnvironmentFailure: py2neo is not installed.
    """
    py2neo = _py2neo()
    nodes = {node.id: _node((node.family, node.kind), node_row(node, case.id)) for node in case.nodes}
    relationships = []
    for relation in all_relations(case):
        row = relation_row(relation, case.id)
        ends = nodes[row.pop("start")], nodes[row.pop("end")]
        relationships.append(py2neo.Relationship(ends[0], relation.type, ends[1], **_filled(row)))
    return py2neo.Subgraph([_node((CASE_LABEL,), case_row(case)), *nodes.values()], relationships)


def _py2neo() -> Any:
    try:
        import py2neo
    except ImportError as error:
        raise EnvironmentFailure('py2neo is not installed: pip install "govgraph[py2neo]"') from error
    return py2neo


def _node(labels: tuple[str, ...], row: dict[str, Any]) -> py2neo.Node:
    node = _py2neo().Node(*dict.fromkeys(labels), **_filled(row))
    node.__primarylabel__, node.__primarykey__ = labels[0], "id"
    return node


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


def merge_subgraph(graph: py2neo.Graph, subgraph: py2neo.Subgraph) -> None:
    """Merge a subgraph into a server in one transaction: nodes by family and id, relationships by type and id.

    What is on the server and not in the subgraph stays; `Neo4jStore.load` removes it.
    """
    py2neo = _py2neo()
    from py2neo.bulk import merge_relationships

    transaction = graph.begin()
    try:
        transaction.merge(py2neo.Subgraph(subgraph.nodes))
        for type_, relationships in groupby(_sorted(subgraph.relationships), key=_type):
            data = [(r.start_node.identity, dict(r), r.end_node.identity) for r in relationships]
            merge_relationships(transaction, data, (type_, "id"))
    except BaseException:
        graph.rollback(transaction)
        raise
    graph.commit(transaction)


def _type(relationship: py2neo.Relationship) -> str:
    return type(relationship).__name__


def _sorted(relationships: Iterable[py2neo.Relationship]) -> list[py2neo.Relationship]:
    return sorted(relationships, key=lambda relationship: (_type(relationship), relationship["id"]))


def read_subgraph(graph: py2neo.Graph, case_id: str) -> py2neo.Subgraph:
    """Return a case on a server as a subgraph.

    Raises:
        NotFoundError: the server does not hold the case.
    """
    nodes = graph.run(
        f"MATCH (n) WHERE n.case_id = $id OR (n:{CASE_LABEL} AND n.id = $id) RETURN n ORDER BY n.id", id=case_id
    ).to_subgraph()
    if nodes is None:
        raise NotFoundError(f"the server holds no case {case_id!r}")
    relations = graph.run("MATCH ()-[r]->() WHERE r.case_id = $id RETURN r ORDER BY r.id", id=case_id).to_subgraph()
    return nodes if relations is None else nodes | relations


def from_subgraph(subgraph: py2neo.Subgraph, case_id: str | None = None) -> Case:
    """Return the case that a subgraph holds; ``case_id`` is needed where it holds several.

    Raises:
        NotFoundError: it does not hold one case, or not that one.
    """
    documents = {node["id"]: node for node in subgraph.nodes if node.has_label(CASE_LABEL)}
    if case_id is None and len(documents) == 1:
        case_id = next(iter(documents))
    if case_id not in documents:
        held = "、".join(sorted(documents)) or "none"
        raise NotFoundError(f"the subgraph holds no case {case_id or '(give its id)'!r}; it holds: {held}")
    families, types = vocabulary().families, vocabulary().relations
    nodes = {}
    for node in subgraph.nodes:
        family = next((label for label in families if node.has_label(label) and node["case_id"] == case_id), None)
        if family is not None:
            nodes[node["id"]] = node_of(family, dict(node))
    relations = [
        relation_of(_type(relationship), relationship.start_node["id"], relationship.end_node["id"], dict(relationship))
        for relationship in subgraph.relationships
        if _type(relationship) in types and relationship["case_id"] == case_id
    ]
    return case_of(documents[case_id]["document"], documents[case_id]["file"], nodes.values(), relations)
