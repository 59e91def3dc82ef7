"""A case as one file for another tool: Cypher statements, GraphML, GEXF, node-link JSON."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from govgraph.store.schema import all_relations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govgraph.model.case import Case, Node, Relation


def cypher_text(case: Case) -> str:
    """Return statements that build the case in an empty Neo4j database, derived relations included."""
    lines = [f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{family}) REQUIRE n.id IS UNIQUE;" for family in _families(case)]
    for node in case.nodes:
        second = f":`{node.kind}`" if node.kind != node.family else ""
        lines.append(f"CREATE (:{node.family}{second} {_literal_map(_node_values(node))});")
    families = {node.id: node.family for node in case.nodes}
    for relation in all_relations(case):
        ends = [
            f"({name}:{families[end]} {{id: {_literal(end)}}})"
            for name, end in (("a", relation.start), ("b", relation.end))
        ]
        values = _literal_map(_relation_values(relation))
        lines.append(f"MATCH {ends[0]}, {ends[1]} CREATE (a)-[:{relation.type} {values}]->(b);")
    return "\n".join(lines) + "\n"


def _families(case: Case) -> list[str]:
    return list(dict.fromkeys(node.family for node in case.nodes))


def _node_values(node: Node) -> dict[str, Any]:
    identity = {"id": node.id, "name": node.name, "kind": node.kind, "status": node.status}
    return {**identity, **node.properties, **_evidence(node)}


def _relation_values(relation: Relation) -> dict[str, Any]:
    identity = {"id": relation.id, "type": relation.type, "status": relation.status}
    return {**identity, **relation.properties, **_evidence(relation)}


def _evidence(item: Node | Relation) -> dict[str, Any]:
    values = {"source": item.evidence.source, "quotes": item.evidence.quotes, "line": item.evidence.line}
    return {key: value for key, value in values.items() if value}


def _literal(value: Any) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{text}'"


def _literal_map(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_literal(value)}" for key, value in values.items()) + "}"


def _network(case: Case) -> Any:
    """Return the case as a networkx ``MultiDiGraph`` whose values are plain: lists become texts."""
    import networkx

    graph = networkx.MultiDiGraph(name=case.id)
    for node in case.nodes:
        graph.add_node(node.id, label=node.name, family=node.family, **_plain(_node_values(node), {"id"}))
    for relation in case.relations:
        values = _plain(_relation_values(relation), {"id"})
        graph.add_edge(relation.start, relation.end, key=relation.id, label=relation.type, **values)
    return graph


def _plain(values: Mapping[str, Any], skipped: set[str]) -> dict[str, Any]:
    joined = {key: "；".join(value) if isinstance(value, tuple | list) else value for key, value in values.items()}
    return {key: value for key, value in joined.items() if key not in skipped}


def graphml_text(case: Case) -> str:
    """Return the case as GraphML."""
    import networkx

    return "\n".join(networkx.generate_graphml(_network(case), named_key_ids=True)) + "\n"


def gexf_text(case: Case) -> str:
    """Return the case as GEXF, without the date that the library writes."""
    import re

    import networkx

    buffer = io.BytesIO()
    networkx.write_gexf(_network(case), buffer)
    return re.sub(r' lastmodifieddate="[^"]*"', "", buffer.getvalue().decode()) + "\n"


def json_text(case: Case) -> str:
    """Return the case as nodes and links, as d3 and networkx read them."""
    nodes = [{"family": node.family, **_node_values(node)} for node in case.nodes]
    links = [
        {
            "source": r.start,
            "target": r.end,
            **{f"_{k}" if k == "source" else k: v for k, v in _relation_values(r).items()},
        }
        for r in case.relations
    ]
    return json.dumps({"case": case.id, "nodes": nodes, "links": links}, ensure_ascii=False, indent=1) + "\n"


FILES: dict[str, Callable[[Case], str]] = {
    "cypher": cypher_text,
    "graphml": graphml_text,
    "gexf": gexf_text,
    "json": json_text,
}
