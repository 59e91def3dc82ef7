"""Exports are read back by the tools that they are for."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from govgraph.read.source import read_case
from govgraph.render.graph_files import FILES
from govgraph.render.neo4j_admin import export_neo4j_admin
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.fetch import fetch_case
from govgraph.store.neo4j_server import Neo4jStore
from govgraph.store.schema import all_relations
from tools.neo4j_server import Neo4jServer

if TYPE_CHECKING:
    from pathlib import Path

    from neo4j import Driver

CASE = "园区带街"


def test_neo4j_admin_imports_what_was_exported(tmp_path: Path) -> None:
    """A case exported, imported by neo4j-admin and read from the server is the case, quotes and lists included."""
    case = read_case(CASE)
    with ColumnarStore() as store:
        store.load(case)
        written = export_neo4j_admin(store, tmp_path / "out")
        expected = fetch_case(store, CASE)
    server = Neo4jServer(heap="512m", pagecache="64m")
    try:
        server.run_admin(["database", "import", "full", "neo4j", f"@{tmp_path}/out/import.args"])
        server.start()
        imported = Neo4jStore(server.uri, server.user, server.password)
        loaded = fetch_case(imported, CASE)
        kinds = imported.query("MATCH (n:组织:街道) RETURN count(n)").rows
        derived = imported.query("MATCH ()-[r:上级]->() RETURN count(r)").rows[0][0]
        imported.close()
    finally:
        server.stop()
    assert set(map(repr, loaded.nodes)) == set(map(repr, expected.nodes))
    assert set(map(repr, loaded.relations)) == set(map(repr, expected.relations))
    assert loaded.meta == expected.meta
    assert kinds == ((sum(node.kind == "街道" for node in case.nodes),),)
    assert derived == len(all_relations(case)) - len(case.relations)
    assert sum(written.rows.values()) == 1 + len(case.nodes) + len(all_relations(case))


def test_cypher_statements_build_the_case(neo4j_driver: Driver) -> None:
    """Run one by one on an empty Neo4j, the statements give all nodes and relations with their properties."""
    case = read_case(CASE)
    with neo4j_driver.session() as session:
        for statement in FILES["cypher"](case).splitlines():
            session.run(statement).consume()
        names = {row["n.id"]: row["n.name"] for row in session.run("MATCH (n) RETURN n.id, n.name")}
        quotes = {row["r.id"]: row["r.quotes"] for row in session.run("MATCH ()-[r]->() RETURN r.id, r.quotes")}
    assert names == {node.id: node.name for node in case.nodes}
    assert quotes == {r.id: list(r.evidence.quotes) or None for r in all_relations(case)}


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_graph_files_are_read_by_networkx(format_: str) -> None:
    """GraphML and GEXF have every node and relation, by id."""
    case = read_case(CASE)
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format_]
    options = {"force_multigraph": True} if format_ == "graphml" else {}
    graph = read(io.BytesIO(FILES[format_](case).encode()), **options)
    assert set(graph.nodes) == set(case.by_id)
    assert graph.number_of_edges() == len(case.relations)
    assert {graph.nodes[node.id]["kind"] for node in case.nodes} == {node.kind for node in case.nodes}


def test_json_has_nodes_and_links() -> None:
    """The JSON lists nodes and links whose ends are nodes."""
    case = read_case(CASE)
    body = json.loads(FILES["json"](case))
    assert [node["id"] for node in body["nodes"]] == [node.id for node in case.nodes]
    assert [(link["source"], link["target"]) for link in body["links"]] == [(r.start, r.end) for r in case.relations]


@pytest.mark.parametrize("format_", sorted(FILES))
def test_the_same_case_gives_the_same_bytes(format_: str) -> None:
    """Nothing in an export depends on the day or the run."""
    case = read_case(CASE)
    assert FILES[format_](case) == FILES[format_](case)
