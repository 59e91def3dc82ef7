"""Online bulk loads into the real Neo4j: graph and findings as by the other loads, checked first, never half a case."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from govgraph.check.run import check_case, check_store
from govgraph.errors import InputError, StoreUnavailableError
from govgraph.read.source import read_case
from govgraph.render.json_report import check_json, dump
from govgraph.store.bulk import load_tables
from govgraph.store.bulk_neo4j import load_tables_online
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.fetch import fetch_case
from govgraph.store.neo4j_server import Neo4jStore
from govgraph.store.slice import fetch_slice, find_place
from tests.national import write_national
from tests.store.test_bulk import MISTAKES, tables_of, write_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.store.protocol import Store

CASE = "园区带街"  # has quotes, lists, whole and broken numbers, and nodes without them
PLACE = "320111"


@pytest.fixture
def server(neo4j_uri: str, neo4j_auth: tuple[str, str]) -> Iterator[Neo4jStore]:
    """Return an empty Neo4j store; nothing is left in it, for the tests that share the server."""
    with Neo4jStore(neo4j_uri, *neo4j_auth) as store:
        yield store
        store.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def graph(store: Neo4jStore) -> tuple[list[Any], list[Any]]:
    """Return the labels and properties of all nodes and relations; the case itself has those of its file."""
    nodes = "MATCH (n) WHERE NOT n:案例 RETURN labels(n) AS labels, properties(n) AS p, n.id AS i ORDER BY i"
    relations = (
        "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS start, b.id AS end, properties(r) AS p, r.id AS i ORDER BY i"
    )
    return list(store.query(nodes).rows), list(store.query(relations).rows)


def report(store: Store) -> str:
    """Return the JSON of a whole check."""
    return dump(check_json(check_store(store), "zh"))


def count(store: Neo4jStore, case_id: str) -> int:
    """Return how many nodes of a case are there, be it whole or not."""
    return int(store.query("MATCH (n) WHERE n.case_id = $id RETURN count(n)", {"id": case_id}).rows[0][0])


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_tables_make_the_graph_that_the_case_makes(tmp_path: Path, server: Neo4jStore, suffix: str) -> None:
    """Labels and properties are those of a case file's load, lists, numbers and unknown values included."""
    case = read_case(CASE)
    server.load(case)
    nodes, relations = graph(server)
    properties = [row[1] for row in nodes] + [row[3] for row in relations]
    assert {type(value) for row in properties for value in row.values()} == {str, int, float, list}
    folder = write_case(case, tmp_path / "tables", suffix=suffix)
    told: list[tuple[str, int, int]] = []
    loaded = load_tables_online(folder, server, CASE, progress=lambda *step: told.append(step))
    assert graph(server) == (nodes, relations)
    assert server.case_ids() == [CASE]
    assert (loaded.nodes, loaded.relations) == (len(case.nodes), len(case.relations))
    assert told[0][0] == "removing what was there"
    rows = loaded.nodes + loaded.relations + loaded.derived
    assert told[-1][1:] == (rows, rows)


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_findings_are_those_of_the_load_into_a_file(tmp_path: Path, server: Neo4jStore, suffix: str) -> None:
    """One folder of tables, loaded into either engine, is checked to the same bytes."""
    folder = write_case(read_case(CASE), tmp_path / "tables", suffix=suffix)
    load_tables(folder, tmp_path / "bulk.duckdb", CASE)
    load_tables_online(folder, server, CASE)
    with ColumnarStore(tmp_path / "bulk.duckdb", read_only=True) as store:
        expected = report(store)
        assert fetch_case(server, CASE) == fetch_case(store, CASE)
    assert report(server) == expected
    assert '"fingerprint"' in expected


def test_a_place_has_the_same_findings_on_both_engines(tmp_path: Path, server: Neo4jStore) -> None:
    """Every rule speaks on the national tables, and a place cut out of either store gives the same bytes."""
    write_national(tmp_path / "tables")
    load_tables(tmp_path / "tables", tmp_path / "bulk.duckdb", "全国")
    load_tables_online(tmp_path / "tables", server, "全国")
    with ColumnarStore(tmp_path / "bulk.duckdb", read_only=True) as store:
        assert report(server) == report(store)
        for place in (PLACE, f"{PLACE}003街道"):
            cases = [fetch_slice(engine, find_place(engine, place)) for engine in (server, store)]
            left, right = (dump(check_json(check_case(case), "zh")) for case in cases)
            assert left == right
            assert PLACE in left


def test_the_division_code_is_indexed(tmp_path: Path, server: Neo4jStore) -> None:
    """A place is found by an index, not by a look at every node."""
    load_tables_online(tables_of(tmp_path), server, "国")
    indexed = server.query(
        "SHOW INDEXES YIELD labelsOrTypes, properties WHERE properties = ['code'] "
        "RETURN labelsOrTypes[0] AS label ORDER BY label"
    ).rows
    assert ("组织",) in indexed
    assert ("事项",) in indexed


def test_a_mistake_is_named_before_anything_is_written(tmp_path: Path, server: Neo4jStore) -> None:
    """The mistakes that the load into a file refuses are refused in the same words; what was loaded stays."""
    load_tables_online(tables_of(tmp_path / "good"), server, "国")
    before = graph(server)
    for name, (changes, message) in MISTAKES.items():
        with pytest.raises(InputError) as refusal:
            load_tables_online(tables_of(tmp_path / name, **changes), server, "国")
        assert message in str(refusal.value)
    assert graph(server) == before
    assert server.case_ids() == ["国"]


def test_batches_and_reads_lose_no_row(tmp_path: Path, server: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables longer than a batch, and than what is read at a time, arrive whole."""
    monkeypatch.setattr("govgraph.store.bulk_neo4j.BATCH", 7)
    monkeypatch.setattr("govgraph.store.bulk_neo4j.READ", 21)
    case = read_case(CASE)
    server.load(case)
    expected = graph(server)
    load_tables_online(write_case(case, tmp_path / "tables"), server, CASE)
    assert graph(server) == expected


def test_the_old_case_is_replaced_and_others_stay(tmp_path: Path, server: Neo4jStore) -> None:
    """What is no longer in the tables is gone; another case in the store is as it was."""
    other = read_case("两区合一")
    server.load(other)
    load_tables_online(tables_of(tmp_path), server, "国")
    smaller = pl.DataFrame({"id": ["国/甲"], "name": ["甲"], "kind": ["街道"]})
    none = pl.DataFrame({"start": [], "end": []}, schema={"start": pl.String, "end": pl.String})
    load_tables_online(tables_of(tmp_path, nodes__组织=smaller, relations__隶属_组织_组织=none), server, "国")
    assert server.case_ids() == sorted([other.id, "国"])
    assert count(server, "国") == 1
    assert fetch_case(server, other.id) == other


def killed_load(folder: Path, uri: str, auth: tuple[str, str]) -> None:
    """Load in a process of its own that is killed after its first batch."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom govgraph.store.bulk_neo4j import load_tables_online\n"
        "from govgraph.store.neo4j_server import Neo4jStore\n"
        "def wait(stage, done, total):\n    if done:\n        print(stage, flush=True)\n        time.sleep(60)\n"
        "folder, uri, *auth = sys.argv[1:]\n"
        "load_tables_online(Path(folder), Neo4jStore(uri, *auth), '国', progress=wait)\n"
    )
    command = [sys.executable, "-c", code, str(folder), uri, *auth]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)


def test_a_killed_load_is_no_case_and_goes_with_the_next(
    tmp_path: Path, server: Neo4jStore, neo4j_auth: tuple[str, str]
) -> None:
    """SIGKILL in the middle: the rows are no case, the store says so, and the next load of the case removes them."""
    folder = tables_of(tmp_path)
    load_tables_online(folder, server, "国")
    whole = graph(server)
    killed_load(folder, server.address, neo4j_auth)
    assert (server.case_ids(), count(server, "国")) == ([], 2)
    (sentence,) = server.unfinished()
    assert sentence.startswith("国: 2 of 4 rows loaded since 20")
    server.load(read_case("两区合一").with_graph((), ()))
    assert server.unfinished() == [sentence], "another case leaves it alone"
    server.remove("两区合一")
    load_tables_online(folder, server, "国")
    assert graph(server) == whole
    assert (server.unfinished(), server.case_ids()) == ([], ["国"])


def test_a_case_file_takes_the_place_of_a_stopped_load(tmp_path: Path, server: Neo4jStore) -> None:
    """Ctrl-C in a load of tables, then the case from its file: nothing of the tables is left."""
    case = read_case(CASE)

    def interrupt(stage: str, done: int, total: int) -> None:
        del stage, total
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_tables_online(write_case(case, tmp_path / "tables"), server, CASE, progress=interrupt)
    assert (server.case_ids(), len(server.unfinished())) == ([], 1)
    server.load(case)
    assert fetch_case(server, CASE) == case
    assert count(server, CASE) == len(case.nodes)
    assert server.unfinished() == []


def test_a_load_that_fails_says_how_far_it_came(tmp_path: Path, server: Neo4jStore) -> None:
    """What the server refuses in the middle is told with what it means for the store; a new load mends it."""
    folder = tables_of(tmp_path)
    server.write(lambda tx: tx.run("CREATE CONSTRAINT no_two FOR ()-[r:隶属]-() REQUIRE r.id IS UNIQUE").consume())
    server.load(read_case("两区合一"))
    server.write(
        lambda tx: tx.run("MATCH (a:组织), (b:组织) WITH a, b LIMIT 1 CREATE (a)-[:隶属 {id: '国/一'}]->(b)").consume()
    )
    with pytest.raises(StoreUnavailableError) as failure:
        load_tables_online(folder, server, "国")
    assert "Neo4j refuses" in str(failure.value)
    assert "The load stopped at 2 of 4 rows. They are no case, and the next load of 国 removes them" in str(
        failure.value
    )
    assert server.case_ids() == ["两区合一"]
    server.write(lambda tx: tx.run("MATCH ()-[r:隶属 {id: '国/一'}]->() DELETE r").consume())
    load_tables_online(folder, server, "国")
    assert server.case_ids() == ["两区合一", "国"]


def test_of_two_loads_of_a_case_the_later_goes_on(tmp_path: Path, server: Neo4jStore) -> None:
    """A load whose case another load has begun stops at its next batch, and the other's graph is whole."""
    folder = tables_of(tmp_path)
    overtaken = []

    def overtake(stage: str, done: int, total: int) -> None:
        if done and not overtaken:
            overtaken.append((stage, total))
            load_tables_online(folder, server, "国")

    with pytest.raises(StoreUnavailableError, match="another load of 国 was begun"):
        load_tables_online(folder, server, "国", progress=overtake)
    assert server.case_ids() == ["国"]
    assert (count(server, "国"), len(graph(server)[1])) == (2, 2)
    assert server.unfinished() == []


def test_nodes_removed_meanwhile_stop_the_load(tmp_path: Path, server: Neo4jStore) -> None:
    """Relations that find no ends are not dropped in silence."""

    def remove(stage: str, done: int, total: int) -> None:
        del stage, total
        if done == 2:
            server.write(lambda tx: tx.run("MATCH (n:组织 {id: '国/甲'}) DETACH DELETE n").consume())

    with pytest.raises(StoreUnavailableError, match=r"隶属\.组织\.组织: nodes of 国 were removed while it was loaded"):
        load_tables_online(tables_of(tmp_path), server, "国", progress=remove)
    assert server.case_ids() == []
