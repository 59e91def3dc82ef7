"""Streamed findings are those of the check: in every format, on every engine, whole or not at all."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from benchmarks.national.planted import CASE as PLANTED
from benchmarks.national.planted import RULES, write_planted
from govgraph.check.lookup import StoreLookup
from govgraph.check.rule_cases import read_rule_cases
from govgraph.check.rules import load_rules, read_rule
from govgraph.check.run import check_store
from govgraph.check.stream import StreamedFinding, stream_findings
from govgraph.check.tally import Counting
from govgraph.errors import QueryError
from govgraph.read.source import read_case, shipped_cases
from govgraph.render.finding_stream import FORMATS, write_findings
from govgraph.store.bulk import load_tables
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.embedded import EmbeddedStore
from govgraph.store.neo4j_server import Neo4jStore
from tests.check.test_parity import RULE_CASES
from tests.random_cases import random_case

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.check.rules import Rule
    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

CASE = "园区带街"
ALL_RULES = load_rules()
# Each duty three times in one branch, and again as a violation in the next: one finding, of all four rows.
REPEATED = """// id: own/repeated
// severity: note
// title: {zh: 重复, en: Repeated}
// question: {zh: 问, en: asks}
// why: {zh: 因, en: why}
// remedy: {zh: 改, en: mend}
// basis: {zh: 据, en: basis}
// messages: {zh: "100% {name}：{others}", en: "100% {name}: {others}"}
// identity: [duty]
// population: MATCH (d:事项) RETURN count(d.id)
MATCH (d:事项)
UNWIND ['a', 'b', 'c'] AS other
RETURN [d.id] AS subjects, [d.id + other] AS relations, 'undetermined' AS status,
       d.id AS duty, d.name AS name, [other] AS others
ORDER BY other, duty
UNION
MATCH (d:事项)
WHERE d.kind = '职责'
RETURN [d.id] AS subjects, [] AS relations, 'violated' AS status, d.id AS duty, d.name AS name, ['z'] AS others
ORDER BY duty
"""


def expected(store: Store, rules: list[Rule]) -> list[StreamedFinding]:
    """Return the findings of the ordinary check in the form of streamed ones."""
    return sorted(
        StreamedFinding(
            found.rule,
            found.severity,
            found.status,
            found.fingerprint,
            found.subjects[0].id,
            tuple(subject.id for subject in found.subjects),
            tuple(link.id for link in found.relations),
            found.message.zh,
            found.message.en,
        )
        for found in check_store(store, rules=rules).findings
    )


def speaking_cases() -> list[Case]:
    """Return the shipped cases, one case of each rule's own that makes it speak, and two random graphs."""
    speaking = [
        next(item.case for item in read_rule_cases(rule.id, RULE_CASES) if item.expect == "violated")
        for rule in ALL_RULES
    ]
    made = [random_case(seed, nodes=60, relations=400) for seed in (1, 2)]
    return [*map(read_case, shipped_cases()), *speaking, *made]


def test_every_rule_streams_the_findings_of_the_check() -> None:
    """Ids, status and sentences are those of the check, rules with an analysis among them; each finding comes once."""
    with EmbeddedStore() as store:
        store.load_all(speaking_cases())
        streamed = list(stream_findings(store, ALL_RULES))
        assert sorted(streamed) == expected(store, ALL_RULES)
    assert {found.rule for found in streamed} == {rule.id for rule in ALL_RULES}


def test_neo4j_streams_the_findings_of_the_check(neo4j_uri: str, neo4j_auth: tuple[str, str], tmp_path: Path) -> None:
    """A server's findings stream as those of an embedded store do, and are written alike."""
    cases = [read_case(name) for name in shipped_cases()]
    with EmbeddedStore() as embedded, Neo4jStore(neo4j_uri, *neo4j_auth) as server:
        embedded.load_all(cases)
        for case in cases:
            server.load(case)
        for name, store in (("a", embedded), ("b", server)):
            write_findings(stream_findings(store, ALL_RULES), tmp_path / name, "jsonl")
        assert sorted(stream_findings(server, ALL_RULES)) == expected(server, ALL_RULES)
        with pytest.raises(QueryError, match="refuses the query"):
            list(server.batches("MATCH (n:组织 RETURN n.id", {}))
    assert sorted((tmp_path / "a").read_text().splitlines()) == sorted((tmp_path / "b").read_text().splitlines())


def test_rows_of_one_finding_are_put_together(tmp_path: Path) -> None:
    """Rows with one identity are one finding wherever they come from; a violation outweighs what is undetermined."""
    path = tmp_path / "own" / "repeated.cypher"
    path.parent.mkdir()
    path.write_text(REPEATED, encoding="utf-8")
    rule = read_rule(path, tmp_path)
    with EmbeddedStore() as store:
        store.load(read_case(CASE))
        streamed = sorted(stream_findings(store, [rule], folder=tmp_path))
        # the relations of this rule are not there, which only the ordinary check looks up
        assert [found._replace(relations=()) for found in streamed] == expected(store, [rule])
    assert {found.status for found in streamed} == {"violated", "undetermined"}
    assert {len(found.relations) for found in streamed} == {3}
    assert all(found.message_zh.startswith("100% ") for found in streamed)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["own"]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of 30,000 duties, each with one finding."""
    folder = tmp_path_factory.mktemp("planted")
    write_planted(folder / "tables", 30_000)
    load_tables(folder / "tables", folder / "store.duckdb", PLANTED)
    return folder / "store.duckdb"


@pytest.mark.parametrize("format_", FORMATS)
def test_every_planted_finding_is_written_once(planted: Path, tmp_path: Path, format_: str) -> None:
    """A file has all findings, with the columns in their order, and the numbers by rule and place are theirs."""
    rules = [rule for rule in ALL_RULES if rule.id in RULES]
    target = tmp_path / f"findings.{format_}"
    with ColumnarStore(planted, read_only=True) as store:
        counting = Counting(rules, StoreLookup(store))
        write_findings(counting.passing(stream_findings(store, rules)), target, format_)
        tally = counting.tally()
    if format_ == "jsonl":
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    elif format_ == "csv":
        with target.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        rows = pl.read_parquet(target).to_dicts()
    assert {tuple(row) for row in rows} == {StreamedFinding._fields}
    assert len({row["fingerprint"] for row in rows}) == len(rows) == 30_000
    assert {(item.rule, item.violated, item.undetermined) for item in tally.rules} == {(r, 15_000, 0) for r in RULES}
    assert (tally.level, len(tally.places), sum(place.count for place in tally.places)) == ("省", 6, 30_000)
    disputed = [row for row in rows if row["rule"] == "duty/unclear"]
    one = next(row for row in disputed if row["subject"] == f"{PLANTED}/110101000/职责001")
    lead = f"{PLANTED}/110101000"
    assert list(one.values()) == [
        "duty/unclear",
        "error",
        "violated",
        one["fingerprint"],
        f"{lead}/职责001",
        f"{lead}/职责001；{lead}" if format_ == "csv" else [f"{lead}/职责001", lead],
        f"{lead}/职责001/主责" if format_ == "csv" else [f"{lead}/职责001/主责"],
        "“110101000部门职责001”的职责有争议，涉及110101000部门",
        "“110101000部门职责001” is disputed (it concerns 110101000部门)",
    ]


def test_a_stream_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """A rule that the engine refuses is named; the file of an earlier run stays, and no draft."""
    rule = next(rule for rule in ALL_RULES if rule.id == "duty/unclear")
    broken = type(rule)(**{name: getattr(rule, name) for name in rule.__slots__} | {"cypher": "RETURN x.y AS z"})
    target = tmp_path / "findings.jsonl"
    target.write_text("before", encoding="utf-8")
    with EmbeddedStore() as store:
        store.load(read_case(CASE))
        findings = stream_findings(store, [broken], folder=tmp_path)
        with pytest.raises(QueryError, match="rule duty/unclear"):
            write_findings(findings, target, "jsonl")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(target.name, "before")]
