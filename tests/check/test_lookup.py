"""What findings of a store are told by: the same on both engines, whatever the ids of relations look like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from govgraph.check import lookup
from govgraph.check.lookup import CaseLookup, StoreLookup
from govgraph.check.rule_cases import read_rule_cases
from govgraph.check.rules import load_rules
from govgraph.check.run import check_case, check_store
from govgraph.read.source import read_case
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.embedded import EmbeddedStore
from govgraph.store.neo4j_server import Neo4jStore
from tests.check.test_parity import RULE_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

CASE = "园区带街"


def renumbered(case: Case) -> Case:
    """Return a case whose relations have ids of their own, as those of tables may."""
    relations = tuple(replace(r, id=f"{case.id}/关系{n:03}") for n, r in enumerate(case.relations))
    return replace(case, relations=relations)


@pytest.fixture(scope="module")
def case() -> Case:
    """Return the case with renumbered relations."""
    return renumbered(read_case(CASE))


@pytest.fixture(params=["ladybug", "duckdb", "neo4j"])
def store(request: pytest.FixtureRequest, case: Case) -> Iterator[Store]:
    """Return a store of either engine that holds the case."""
    embedded = {"ladybug": EmbeddedStore, "duckdb": ColumnarStore}.get(request.param)
    if embedded:
        opened: Store = embedded()
    else:
        opened = Neo4jStore(request.getfixturevalue("neo4j_uri"), *request.getfixturevalue("neo4j_auth"))
    with opened:
        opened.load(case)
        yield opened


def test_relations_with_ids_of_their_own_give_their_links_and_quotes(store: Store, case: Case) -> None:
    """A check of a store finds, quotes and links what a check of the case does."""
    found = check_store(store).findings
    assert found == check_case(case).findings
    assert all(finding.relations and finding.evidence for finding in found)


@pytest.mark.parametrize("near", ["both ends", "starts", "ends", "none", "too many"])
def test_relations_are_found_from_wherever_they_touch(
    store: Store, case: Case, near: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether one end is known, both or none: the relations are those of the case, derived ones too."""
    nodes = {
        "starts": {case.by_id[r.start].id: case.by_id[r.start] for r in case.relations[:5]},
        "ends": {case.by_id[r.end].id: case.by_id[r.end] for r in case.relations[:5]},
        "none": {},
    }.get(near, case.by_id)
    if near == "too many":
        monkeypatch.setattr(lookup, "NEAR", 3)
    wanted = [relation.id for relation in case.relations] + [case.relations[0].id + "^", "nowhere"]
    looked_up = StoreLookup(store).relations(wanted, nodes.values())
    known = CaseLookup(case).relations(wanted)
    assert known == case.relations_by_id
    assert {key: (r.type, r.start, r.end, r.evidence) for key, r in looked_up.items()} == {
        key: (r.type, r.start, r.end, r.evidence) for key, r in known.items()
    }


def test_places_are_counted_and_named_alike_from_case_and_store(neo4j_uri: str, neo4j_auth: tuple[str, str]) -> None:
    """Codes are cut to the township, names stand in where there are none, and the territory names its division."""
    base = read_case(CASE)
    codes = {"区": "320111", "街道": "320111004001", "职能部门": "320111"}
    nodes = tuple(
        replace(node, properties={**node.properties, **({"code": codes[node.kind]} if node.kind in codes else {})})
        for node in base.nodes
    )
    case = replace(base, nodes=nodes)
    ids = [node.id for node in nodes] * 2 + ["nowhere"]
    told = []
    with EmbeddedStore() as embedded, Neo4jStore(neo4j_uri, *neo4j_auth) as server:
        for store in (embedded, server):
            store.load(case)
            told.append(StoreLookup(store))
        for one in (CaseLookup(case), *told):
            places = one.places(ids)
            assert places == CaseLookup(case).places(ids)
            assert places.total() == 2 * len(nodes)
            assert places["320111004"] == 2 * sum(node.kind == "街道" for node in nodes)
            assert None in places
            names = one.place_names(["320111", "99"])
            assert names == {"320111": next(node.name for node in nodes if node.kind == "区")}


def test_every_rule_has_its_links_from_a_store() -> None:
    """On a case that makes a rule speak, a store tells as much as the case, relations renumbered."""
    told = {}
    cases = []
    for rule in load_rules():
        for item in read_rule_cases(rule.id, RULE_CASES):
            case = renumbered(item.case)
            findings = check_case(case, rules=[rule]).findings if item.expect == "violated" else []
            if findings:
                told |= {finding.fingerprint: finding for finding in findings}
                cases.append(case)
                break
    with EmbeddedStore() as store:
        store.load_all(cases)
        found = {finding.fingerprint: finding for finding in check_store(store).findings}
    assert {name: found[name] for name in told} == told
    assert len(cases) == len(load_rules())
