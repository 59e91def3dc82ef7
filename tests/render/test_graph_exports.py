"""Cases as networkx and py2neo graphs and back; py2neo on the real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.errors import NotFoundError
from govgraph.read.quotes import evidence_of
from govgraph.read.source import read_case
from govgraph.render.networkx_graph import from_networkx, to_networkx
from govgraph.render.py2neo_graph import from_subgraph, merge_subgraph, read_subgraph, to_subgraph
from govgraph.store.fetch import fetch_case
from govgraph.store.neo4j_server import Neo4jStore
from tests.render.test_case_files import AWKWARD

if TYPE_CHECKING:
    import py2neo

    from govgraph.model.case import Case

CASES = ("园区带街", str(AWKWARD))


def evidence(case: Case) -> list[object]:
    """Return all evidence of a case, places included."""
    return list(evidence_of(case))


@pytest.mark.parametrize("source", CASES)
def test_networkx_graph_is_the_case(source: str) -> None:
    """Parallel relations stay apart, and the way back gives the equal case with its evidence."""
    case = read_case(source)
    graph = to_networkx(case)
    assert graph.number_of_nodes() == len(case.nodes)
    assert {key for *_, key in graph.edges(keys=True)} == {relation.id for relation in case.relations}
    again = from_networkx(graph)
    assert (again, evidence(again)) == (case, evidence(case))


def test_change_in_networkx_is_in_the_case() -> None:
    """A node removed and a property set by an analyst are so in the case that comes back."""
    graph = to_networkx(read_case("园区带街"))
    graph.remove_node("园区带街/浦口区")
    graph.nodes["园区带街/盘城街道"]["number"] = 9
    case = from_networkx(graph)
    assert "园区带街/浦口区" not in case.by_id
    assert not [relation for relation in case.relations if "园区带街/浦口区" in (relation.start, relation.end)]
    assert case.by_id["园区带街/盘城街道"].properties["number"] == 9


def test_networkx_graph_of_other_making_is_refused() -> None:
    """A graph without the case's document, or with a strange node, is refused by name."""
    graph = to_networkx(read_case("园区带街"))
    graph.add_node("谁")
    with pytest.raises(NotFoundError, match="the node '谁' lacks family"):
        from_networkx(graph)
    del graph.graph["document"]
    with pytest.raises(NotFoundError, match="make it by to_networkx"):
        from_networkx(graph)


@pytest.mark.parametrize("source", CASES)
def test_subgraph_is_the_case(source: str) -> None:
    """A case as a py2neo subgraph comes back equal, without any server."""
    case = read_case(source)
    again = from_subgraph(to_subgraph(case))
    assert (again, evidence(again)) == (case, evidence(case))


@pytest.mark.parametrize("source", CASES)
def test_subgraph_survives_the_server(
    source: str, py2neo_graph: py2neo.Graph, neo4j_uri: str, neo4j_auth: tuple[str, str]
) -> None:
    """Merged twice by py2neo and read again it is the equal case, by py2neo and by govgraph alike."""
    case = read_case(source)
    for _ in range(2):
        merge_subgraph(py2neo_graph, to_subgraph(case))
    again = from_subgraph(read_subgraph(py2neo_graph, case.id))
    assert (again, evidence(again)) == (case, evidence(case))
    with Neo4jStore(neo4j_uri, *neo4j_auth) as store:
        assert store.case_ids() == [case.id]
        assert fetch_case(store, case.id) == case


def test_py2neo_reads_what_govgraph_loads(
    py2neo_graph: py2neo.Graph, neo4j_uri: str, neo4j_auth: tuple[str, str]
) -> None:
    """A case that the store loaded is the same subgraph as one that py2neo merged: nothing is written differently."""
    case, other = read_case("园区带街"), read_case("两区合一")
    with Neo4jStore(neo4j_uri, *neo4j_auth) as store:
        store.load(case)
        store.load(other)
    before = py2neo_graph.evaluate("MATCH ()-[r]->() RETURN count(r)")
    merge_subgraph(py2neo_graph, to_subgraph(case))
    assert py2neo_graph.evaluate("MATCH ()-[r]->() RETURN count(r)") == before
    assert from_subgraph(read_subgraph(py2neo_graph, case.id)) == case
    assert py2neo_graph.evaluate("MATCH (n:街道 {name: '盘城街道'}) RETURN labels(n)") == ["组织", "街道"]


def test_missing_case_is_named(py2neo_graph: py2neo.Graph) -> None:
    """A case that the server or the subgraph does not hold is refused."""
    with pytest.raises(NotFoundError, match="the server holds no case '园区带街'"):
        read_subgraph(py2neo_graph, "园区带街")
    with pytest.raises(NotFoundError, match="holds no case '没有'; it holds: 园区带街"):
        from_subgraph(to_subgraph(read_case("园区带街")), "没有")
