"""The part of a case that queries look at."""

from __future__ import annotations

import pytest

from govgraph.check.part import PartStore, part_of
from govgraph.store.columnar.database import ColumnarStore
from tests.random_cases import random_case

CASE = random_case(5, nodes=40, relations=400)
NAMING = [
    "MATCH (x:组织)-[r:主责|配合]->(d:事项) WHERE r.clarity = '不清' RETURN x.id AS a, d.clarity AS b, r.type AS c",
    "MATCH (x)-[u:上级]->(s) RETURN x.id AS a, u.place AS b, u.via AS c, u.dimension AS d",
    "MATCH (x:组织) WHERE NOT EXISTS { MATCH (x)-[r:协调]-(y) WHERE r.about = y.id } RETURN x.place AS a, x.level AS b",
    "MATCH (x:组织)-[`r`:主责]->(y) RETURN x.id AS a",
]
ALL = [
    "MATCH (x:组织)-[r]->(y) RETURN x.id AS a, r.type AS b, y.id AS c",
    "MATCH (x:组织)--(y) RETURN x.id AS a, y.id AS b",
    "MATCH (x:组织)<--(y) RETURN x.id AS a, y.id AS b",
    "MATCH (x:组织)-[*1..2]->(y) RETURN x.id AS a, y.id AS b",
    "MATCH (x:组织)-[r:主责]->(y) RETURN r.quotes AS a",
    "MATCH (x:组织)-[r:主责]->(y) WITH x AS z, y RETURN z",
    "MATCH (x:资源) RETURN *",
]


def test_a_query_that_does_not_read_gets_all() -> None:
    """Its mistake is told by the store."""
    assert part_of(CASE, [*NAMING, "MATCH (x) RETURN shortestPath((x)-[*]->())"]) is CASE


@pytest.mark.parametrize("query", [*NAMING, *ALL])
def test_a_part_answers_as_the_whole(query: str) -> None:
    """Loaded with what it names alone, a query gives the rows that it gives on the whole case."""
    with ColumnarStore() as store, PartStore(lambda: part_of(CASE, [query])) as part:
        store.load(CASE)
        expected = sorted(map(repr, store.query(query).rows))
        assert sorted(map(repr, part.query(query).rows)) == expected
    assert expected


@pytest.mark.parametrize("query", NAMING)
def test_a_part_leaves_out_what_is_not_named(query: str) -> None:
    """Relation types, properties and evidence that no query names are not loaded."""
    part = part_of(CASE, [query])
    assert 0 < len(part.relations) < len(CASE.relations) / 2
    assert not any(relation.evidence.quotes or "amount" in relation.properties for relation in part.relations)


@pytest.mark.parametrize("query", ALL)
def test_a_query_that_may_look_at_all_gets_all(query: str) -> None:
    """A relation without a type, evidence, or a node with all that it has asks for the whole case."""
    assert part_of(CASE, [*NAMING, query]) is CASE
