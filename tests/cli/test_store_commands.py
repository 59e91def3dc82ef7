"""``load``, ``query``, ``queries`` and ``doctor`` from the outside, on both engines."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from govgraph.check.library import load_queries

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.check.library import LibraryQuery
    from tests.cli.conftest import Run

CASE = "园区带街"
POSTS = "MATCH (n:岗位) RETURN n.name AS name, n.kind AS kind ORDER BY name"
AWAY = "bolt://127.0.0.1:1"


@pytest.fixture(params=["disk", "neo4j"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store of each engine in turn."""
    if request.param == "neo4j":
        uri: str = request.getfixturevalue("neo4j_uri")
        return uri
    return str(tmp_path / "store.lbug")


def test_what_is_loaded_can_be_asked(address: str, govgraph: Run) -> None:
    """A case and a library query give the same answer from a store as from the case itself."""
    loaded = govgraph("load", CASE, "两区合一", "--store", address)
    assert (loaded.code, loaded.out) == (0, "")
    assert loaded.err.splitlines()[0].startswith(f"{CASE}: ")
    for arguments in (
        ("MATCH (n:岗位) WHERE n.case_id = '园区带街' RETURN n.name AS name ORDER BY name", "--format", "json"),
        ("--name", "superiors-of", "-p", "name=盘城街道", "--format", "json"),
    ):
        stored = govgraph("query", *arguments, "--store", address)
        assert (stored.code, stored.err) == (0, "")
        assert stored.out == govgraph("query", CASE, *arguments).out
        assert json.loads(stored.out)


def test_refused_case_loads_nothing(address: str, tmp_path: Path, govgraph: Run) -> None:
    """One mistake in one of two cases: neither is loaded."""
    govgraph("load", "两区合一", "--store", address)
    bad = tmp_path / "bad.yaml"
    bad.write_text("meta: {id: bad}\norganizations: [{name: 某区, kind: 曲}]\n", encoding="utf-8")
    outcome = govgraph("load", CASE, str(bad), "--store", address)
    assert outcome.code == 2
    assert "bad.yaml:2:34: '某区' has the unknown kind '曲'" in outcome.err
    held = govgraph("query", "MATCH (c:案例) RETURN c.id AS id ORDER BY id", "--format", "csv", "--store", address)
    assert held.out.split() == ["id", "两区合一"]


def test_doctor_says_what_the_store_holds(address: str, govgraph: Run) -> None:
    """An answering store is named with its cases; an empty one with how to fill it."""
    govgraph("load", CASE, "--store", address)
    outcome = govgraph("doctor", "--store", address)
    assert outcome.code == 0
    assert f"answers at {address}" in outcome.out
    assert f"1 case(s): {CASE}" in outcome.out


def test_write_is_refused(address: str, govgraph: Run) -> None:
    """A write clause in a query is exit code 2, on a store and on a case."""
    govgraph("load", CASE, "--store", address)
    for target in (("--store", address), (CASE,)):
        outcome = govgraph("query", *target, "MATCH (n) DETACH DELETE n")
        assert outcome.code == 2
        assert "the clause DETACH writes; queries only read" in outcome.err
    assert f"1 case(s): {CASE}" in govgraph("doctor", "--store", address).out


def test_query_that_takes_too_long_is_stopped(govgraph: Run) -> None:
    """A time-out is exit code 3, with what to do."""
    words = (
        "MATCH (a:事项), (b:事项), (c:事项), (d:事项), (e:事项) WHERE (a.id + b.id + c.id + d.id + e.id) CONTAINS '?' "
    )
    outcome = govgraph("query", CASE, f"{words} RETURN count(a) AS n ORDER BY n", "--timeout", "0.3")
    assert outcome.code == 3
    assert "stopped after 0.3 s. Narrow it, or raise --timeout" in outcome.err


def test_server_away_is_exit_code_3(govgraph: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing at the address: doctor, query and load say so."""
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    for arguments in (("doctor",), ("query", POSTS), ("load", CASE)):
        outcome = govgraph(*arguments, "--store", AWAY)
        assert outcome.code == 3
        assert f"no Neo4j answers at {AWAY}" in outcome.err
    assert "ok    ladybug" in govgraph("doctor", "--store", AWAY).out, "what is well is said before"


def test_wrong_password_is_exit_code_3(neo4j_uri: str, govgraph: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused login is told as such."""
    monkeypatch.setenv("NEO4J_PASSWORD", "not the password")
    outcome = govgraph("doctor", "--store", neo4j_uri)
    assert outcome.code == 3
    assert "refused the login. Check --user and NEO4J_PASSWORD" in outcome.err


def test_missing_password_is_exit_code_3(govgraph: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal nothing is asked: the variable to set is named."""
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    outcome = govgraph("doctor", "--store", AWAY)
    assert (outcome.code, "set NEO4J_PASSWORD" in outcome.err) == (3, True)


def test_unknown_database_is_exit_code_3(neo4j_uri: str, govgraph: Run) -> None:
    """A database that the server does not have is told by name."""
    outcome = govgraph("doctor", "--store", neo4j_uri, "--database", "nowhere")
    assert outcome.code == 3
    assert "has no database 'nowhere'" in outcome.err


@pytest.mark.parametrize("address", ["no-such-store", "bolts://127.0.0.1:1"])
def test_address_of_nothing_is_exit_code_3(
    address: str, tmp_path: Path, govgraph: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path where no store is, and an address of no known kind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    outcome = govgraph("query", POSTS, "--store", address)
    assert outcome.code == 3
    assert address in outcome.err
    assert list(tmp_path.iterdir()) == [], "reading makes no store"


def test_answers_come_as_table_json_and_csv(govgraph: Run) -> None:
    """The same rows in three forms; a limit is told on stderr."""
    table = govgraph("query", CASE, POSTS).out
    assert table.splitlines()[0].split() == ["name", "kind"]
    rows = json.loads(govgraph("query", CASE, POSTS, "--format", "json").out)
    listed = list(csv.reader(io.StringIO(govgraph("query", CASE, POSTS, "--format", "csv").out)))
    assert listed[0] == ["name", "kind"]
    assert len(listed) == 7
    assert json.dumps(rows, ensure_ascii=False).count("领导岗位") == 6
    cut = govgraph("query", CASE, POSTS, "--limit", "2", "--format", "csv")
    assert len(cut.out.splitlines()) == 3
    assert cut.err == "only the first 2 rows; raise --limit for more\n"


def test_parameters_and_files_are_taken(tmp_path: Path, govgraph: Run) -> None:
    """A query from a file, with a parameter that is no part of the text."""
    file = tmp_path / "q.cypher"
    file.write_text("MATCH (n) WHERE n.name = $name RETURN n.kind AS kind ORDER BY kind", encoding="utf-8")
    outcome = govgraph("query", CASE, "--file", str(file), "-p", "name=盘城街道", "--format", "csv")
    assert (outcome.code, outcome.out.split()) == (0, ["kind", "街道"])
    file.write_bytes("MATCH (n:街道) RETURN n.name".encode("gb18030"))
    outcome = govgraph("query", CASE, "--file", str(file))
    assert (outcome.code, "is not UTF-8" in outcome.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((CASE,), "expected SOURCE CYPHER"),
        ((CASE, "MATCH (n RETURN n"), "refuses the query"),
        ((CASE, POSTS, "-p", "name"), "expected NAME=VALUE"),
        ((CASE, "--name", "superior-of"), "superiors-of"),
        ((CASE, "--name", "superiors-of", "-p", "nam=x"), "has no parameter 'nam'"),
        (("园区带接", POSTS), "Did you mean '园区带街'"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...], told: str, govgraph: Run) -> None:
    """What is wrong is told with what was expected."""
    outcome = govgraph("query", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_load_needs_a_store_and_different_cases(tmp_path: Path, govgraph: Run) -> None:
    """Without --store there is nowhere to load to; one case twice is a mistake."""
    assert "give --store" in govgraph("load", CASE).err
    outcome = govgraph("load", CASE, f"{CASE}", "--store", str(tmp_path / "store"))
    assert (outcome.code, f"several sources are the case {CASE}" in outcome.err) == (2, True)
    assert not (tmp_path / "store").exists()


def test_queries_lists_and_shows_the_library(govgraph: Run) -> None:
    """Each query is listed in both languages, and shown with its parameters and Cypher."""
    for language in ("zh", "en"):
        listed = govgraph("queries", "--lang", language).out.splitlines()
        assert [line.split("\t")[:2] for line in listed] == [[q.id, q.title.to(language)] for q in load_queries()]
    shown = govgraph("queries", "superiors-of", "--lang", "zh").out
    assert shown.startswith("superiors-of: 机构的全部上级\n")
    assert "-p name=…  text, default '盘城街道'" in shown
    assert "MATCH (x)-[r:上级]->(s:组织)" in shown
    assert govgraph("queries", "superior-of").code == 2


@pytest.mark.parametrize("query", load_queries(), ids=lambda query: query.id)
def test_library_query_runs_with_its_defaults(query: LibraryQuery, govgraph: Run) -> None:
    """Each query of the library answers on a case, defaults and all."""
    outcome = govgraph("query", CASE, "--name", query.id, "--format", "json")
    assert outcome.code == 0, outcome.err


def test_doctor_proves_the_installation(govgraph: Run) -> None:
    """Without a store doctor names the packages, rules and cases that it found."""
    outcome = govgraph("doctor")
    assert outcome.code == 0
    assert "MISSING" not in outcome.out
    for words in ("ok    ladybug", "ok    neo4j", "rules in", "cases in", "no store asked about"):
        assert words in outcome.out


def test_doctor_tells_an_empty_store(neo4j_uri: str, govgraph: Run) -> None:
    """A server without a case says how to load one."""
    outcome = govgraph("doctor", "--store", neo4j_uri)
    assert (outcome.code, "EMPTY no case is loaded. Load one: govgraph load" in outcome.out) == (0, True)
