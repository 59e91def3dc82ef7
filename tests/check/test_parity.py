"""Three engines, one answer: every rule and library query, on all cases and on random graphs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govgraph.check.library import load_queries
from govgraph.check.rule_cases import read_rule_cases
from govgraph.check.rules import load_rules
from govgraph.check.run import check_store
from govgraph.read.source import read_case, shipped_cases
from govgraph.render.json_report import check_json, dump
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.embedded import EmbeddedStore
from govgraph.store.fetch import fetch_case
from govgraph.store.neo4j_server import Neo4jStore
from tests.random_cases import random_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.check.library import LibraryQuery
    from govgraph.model.case import Case
    from govgraph.store.protocol import Store
    from tools.neo4j_server import Neo4jServer

RULES = load_rules()
RULE_CASES = Path(__file__).parent.parent / "rules"
SEEDS = range(6)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Return the shipped cases, a case of each rule's own that makes it speak, and random graphs."""
    shipped = [read_case(name) for name in shipped_cases()]
    speaking = [
        next(item.case for item in read_rule_cases(rule.id, RULE_CASES) if item.expect == "violated") for rule in RULES
    ]
    made = [random_case(seed, nodes=60 + 10 * seed, relations=300 + 60 * seed) for seed in SEEDS]
    return [*shipped, *speaking, *made]


@pytest.fixture(scope="module")
def engines(neo4j_server: Neo4jServer, cases: list[Case]) -> Iterator[tuple[Store, ...]]:
    """Return the engines, each with all cases and graphs, Neo4j last; every test here only reads."""
    with (
        EmbeddedStore() as embedded,
        ColumnarStore() as columnar,
        Neo4jStore(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as neo4j,
    ):
        for left_over in neo4j.case_ids():
            neo4j.remove(left_over)
        embedded.load_all(cases)
        columnar.load_all(cases)
        for case in cases:
            neo4j.load(case)
        yield embedded, columnar, neo4j


def report(store: Store) -> str:
    """Return the JSON of a whole check, without what names the store."""
    return dump(check_json(check_store(store, rules=RULES), "zh"))


def rows(store: Store, cypher: str, values: dict[str, Any]) -> list[str]:
    """Return the rows of an answer in the order they came, each as text; lists count as sets."""
    table = store.query(cypher, values)
    return [
        json.dumps([sorted(v) if isinstance(v, list) else v for v in row], ensure_ascii=False) for row in table.rows
    ]


def differences(left: str, right: str) -> list[str]:
    """Return the findings that only one of two reports has, for a readable failure."""
    sides = [
        {f"{f['rule']} {f['message']} {f['relations']}" for f in json.loads(text)["findings"]} for text in (left, right)
    ]
    return sorted([f"here only: {x}" for x in sides[0] - sides[1]] + [f"neo4j only: {x}" for x in sides[1] - sides[0]])


def test_rules_give_the_same_bytes_on_all_engines(engines: tuple[Store, ...]) -> None:
    """The check of all cases and random graphs is byte for byte the same on the embedded engines and on Neo4j.

    Loops, parallel relations, nulls and self-relations do not part the engines.
    """
    *others, expected = (report(store) for store in engines)
    for found in others:
        assert differences(found, expected) == []
        assert found == expected
    silent = {rule.id for rule in RULES} - {finding["rule"] for finding in json.loads(expected)["findings"]}
    assert silent == set(), "no graph makes these rules speak, so nothing was compared"


@pytest.mark.parametrize("query", load_queries(), ids=lambda query: query.id)
def test_library_queries_answer_alike(query: LibraryQuery, engines: tuple[Store, ...]) -> None:
    """Each library query gives the same rows in the same order on all engines."""
    values = query.values({})
    *others, expected = (rows(store, query.cypher, values) for store in engines)
    assert expected
    for found in others:
        assert found == expected


def test_a_case_comes_back_equal_from_every_engine(engines: tuple[Store, ...], cases: list[Case]) -> None:
    """What is loaded can be read back whole, evidence included, from any engine."""
    case = next(case for case in cases if case.id == "园区带街")
    for store in engines:
        back = fetch_case(store, case.id)
        assert back == case
        assert [node.evidence for node in back.nodes] == [node.evidence for node in case.nodes]
        assert [r.evidence for r in back.relations] == [r.evidence for r in case.relations]
