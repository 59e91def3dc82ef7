"""Two engines, one answer: every rule and library query, on all cases and on random graphs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from govgraph.check.library import load_queries
from govgraph.check.rules import load_rules
from govgraph.check.run import check_store
from govgraph.read.source import read_case, shipped_cases
from govgraph.render.json_report import check_json, dump
from govgraph.store.embedded import EmbeddedStore
from govgraph.store.fetch import fetch_case
from govgraph.store.neo4j_server import Neo4jStore
from tests.random_cases import random_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

RULES = load_rules()
SEEDS = range(24)


@pytest.fixture
def neo4j_store(neo4j_uri: str, neo4j_auth: tuple[str, str]) -> Iterator[Neo4jStore]:
    """Return a Neo4j store that holds nothing."""
    with Neo4jStore(neo4j_uri, *neo4j_auth) as store:
        yield store


def report(store: Store) -> str:
    """Return the JSON of a whole check, without what names the store."""
    return dump(check_json(check_store(store, rules=RULES), "zh"))


def rows(store: Store, cypher: str, values: dict[str, Any]) -> list[str]:
    """Return the rows of an answer in the order they came, each as text; lists count as sets."""
    table = store.query(cypher, values)
    return [
        json.dumps([sorted(v) if isinstance(v, list) else v for v in row], ensure_ascii=False) for row in table.rows
    ]


def load_both(cases: Sequence[Case], embedded: EmbeddedStore, neo4j: Neo4jStore) -> None:
    """Load the same cases into both engines."""
    embedded.load_all(cases)
    for case in cases:
        neo4j.load(case)


def differences(left: str, right: str) -> list[str]:
    """Return the findings that only one of two reports has, for a readable failure."""
    sides = [
        {f"{f['rule']} {f['message']} {f['relations']}" for f in json.loads(text)["findings"]} for text in (left, right)
    ]
    return sorted(
        [f"embedded only: {x}" for x in sides[0] - sides[1]] + [f"neo4j only: {x}" for x in sides[1] - sides[0]]
    )


def test_all_cases_give_the_same_bytes_on_both_engines(neo4j_store: Neo4jStore) -> None:
    """The check of all shipped cases is byte for byte the same on the embedded engine and on Neo4j."""
    cases = [read_case(name) for name in shipped_cases()]
    with EmbeddedStore() as embedded:
        load_both(cases, embedded, neo4j_store)
        left, right = report(embedded), report(neo4j_store)
        assert differences(left, right) == []
        assert left == right
        assert json.loads(left)["findings"]


def test_library_queries_answer_alike_on_all_cases(neo4j_store: Neo4jStore) -> None:
    """Each library query gives the same rows in the same order on both engines."""
    cases = [read_case(name) for name in shipped_cases()]
    with EmbeddedStore() as embedded:
        load_both(cases, embedded, neo4j_store)
        for query in load_queries():
            values = query.values({})
            assert rows(embedded, query.cypher, values) == rows(neo4j_store, query.cypher, values), query.id


def test_random_graphs_give_the_same_bytes_on_both_engines(neo4j_store: Neo4jStore) -> None:
    """Loops, parallel relations, nulls and self-relations do not part the engines; each rule answers alike."""
    cases = [random_case(seed, nodes=20 + 3 * seed, relations=60 + 14 * seed) for seed in SEEDS]
    with EmbeddedStore() as embedded:
        load_both(cases, embedded, neo4j_store)
        left, right = report(embedded), report(neo4j_store)
        assert differences(left, right) == []
        assert left == right
        for query in load_queries():
            values = query.values({"name": "街道1"} if any(p.name == "name" for p in query.parameters) else {})
            assert rows(embedded, query.cypher, values) == rows(neo4j_store, query.cypher, values), query.id


def test_a_case_comes_back_equal_from_both_engines(neo4j_store: Neo4jStore) -> None:
    """What is loaded can be read back whole, evidence included, from either engine."""
    case = read_case("园区带街")
    with EmbeddedStore() as embedded:
        load_both([case], embedded, neo4j_store)
        for store in (embedded, neo4j_store):
            back = fetch_case(store, case.id)
            assert back == case
            assert [node.evidence for node in back.nodes] == [node.evidence for node in case.nodes]
            assert [r.evidence for r in back.relations] == [r.evidence for r in case.relations]
