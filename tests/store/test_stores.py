"""What every store does, under one test body: in memory, on disk, and the real Neo4j."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from govgraph.errors import LoginRefusedError, NotFoundError, QueryError, QueryTimeoutError, StoreUnavailableError
from govgraph.model.case import Case, Evidence, Meta, Node, Relation, Text
from govgraph.read.quotes import evidence_of
from govgraph.read.source import read_case
from govgraph.store.embedded import SMALL_POOL, EmbeddedStore
from govgraph.store.fetch import fetch_case
from govgraph.store.neo4j_server import Neo4jStore
from tests.render.test_case_files import AWKWARD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govgraph.model.case import Value
    from govgraph.store.protocol import Store

ENGINES = ("memory", "disk", "neo4j")
CONTENT = """
MATCH (n) WHERE n.case_id = $id
RETURN n.id AS id, n.name AS name, n.kind AS kind, n.status AS status, n.since AS since, n.quotes AS quotes,
       n.line AS line
ORDER BY id
"""
RELATIONS = """
MATCH (a)-[r]->(b) WHERE r.case_id = $id
RETURN r.id AS id, r.type AS type, a.id AS start_id, b.id AS end_id, r.dimension AS dimension, r.status AS status
ORDER BY id
"""
ENDLESS = """
MATCH (a:事项), (b:事项), (c:事项), (d:事项), (e:事项), (f:事项)
WHERE (a.name + b.name + c.name + d.name + e.name + f.name) CONTAINS '没有这样的事'
RETURN count(a) AS found ORDER BY found
"""


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store of each engine in turn."""
    if request.param == "neo4j":
        uri = request.getfixturevalue("neo4j_uri")
        user, password = request.getfixturevalue("neo4j_auth")
        opened: Store = Neo4jStore(uri, user, password)
    else:
        opened = EmbeddedStore(":memory:" if request.param == "memory" else tmp_path / "store.lbug")
    with opened:
        yield opened


@pytest.fixture(scope="module")
def park() -> Case:
    """Return a shipped case."""
    return read_case("园区带街")


@pytest.fixture(scope="module")
def other() -> Case:
    """Return another shipped case."""
    return read_case("两区合一")


def content(store: Store, case_id: str) -> tuple[object, object]:
    """Return what a store holds of a case, derived relations included."""
    return store.query(CONTENT, {"id": case_id}), store.query(RELATIONS, {"id": case_id})


def without(case: Case, name: str) -> Case:
    """Return a case without one node and its relations."""
    identity = case.names[name]
    return case.with_graph(
        [node for node in case.nodes if node.id != identity],
        [
            relation
            for relation in case.relations
            if identity not in (relation.start, relation.end, *relation.properties.values())
        ],
    )


@pytest.mark.parametrize("source", ["园区带街", str(AWKWARD)])
def test_case_comes_back_equal(store: Store, source: str) -> None:
    """A loaded case is read back equal: graph, evidence, sources, reforms, tour."""
    case = read_case(source)
    store.load(case)
    again = fetch_case(store, case.id)
    assert again == case
    assert list(evidence_of(again)) == list(evidence_of(case))
    assert again.file == case.file


def test_reload_changes_nothing(store: Store, park: Case) -> None:
    """Loading the same case again leaves the same content, once."""
    store.load(park)
    before = content(store, park.id)
    for _ in range(2):
        store.load(park)
    assert content(store, park.id) == before
    assert store.case_ids() == [park.id]


def test_reload_removes_what_left_the_source(store: Store, park: Case) -> None:
    """A node that is no longer in the case is gone with its relations, also those derived from them."""
    smaller = without(park, "浦口区")
    store.load(park)
    store.load(smaller)
    assert fetch_case(store, park.id) == smaller
    assert store.query("MATCH (n) WHERE n.name = '浦口区' RETURN n.id ORDER BY n.id").rows == ()
    derived = store.query("MATCH (a)-[r:上级]->(b) RETURN r.via AS via ORDER BY via").rows
    assert {via for (via,) in derived} <= smaller.relations_by_id.keys()


def test_load_and_removal_touch_their_own_case_alone(store: Store, park: Case, other: Case) -> None:
    """Another case in the store stays as it is."""
    store.load(park)
    store.load(other)
    before = content(store, other.id)
    store.load(without(park, "浦口区"))
    assert content(store, other.id) == before
    assert store.case_ids() == sorted([park.id, other.id])
    store.remove(park.id)
    assert store.case_ids() == [other.id]
    assert content(store, other.id) == before
    assert store.query(CONTENT, {"id": park.id}).rows == ()
    store.load(park)
    assert fetch_case(store, park.id) == park
    assert content(store, other.id) == before


def test_failed_load_leaves_what_was_there(store: Store, park: Case, other: Case) -> None:
    """A case that the engine refuses is refused as a whole; both cases are as before, and the store still works."""
    store.load(other)
    store.load(park)
    before = content(store, park.id), content(store, other.id)
    twice = park.with_graph((*park.nodes[1:], park.nodes[-1]), ())
    with pytest.raises(StoreUnavailableError, match="refused the load, and is as it was"):
        store.load(twice)
    assert (content(store, park.id), content(store, other.id)) == before
    dangling = Relation("园区带街/x", "管理", "园区带街/没有", park.nodes[0].id, {}, Evidence())
    with pytest.raises(KeyError, match="没有"):
        store.load(park.with_graph(park.nodes, (*park.relations, dangling)))
    assert (content(store, park.id), content(store, other.id)) == before
    store.load(without(park, "浦口区"))
    assert fetch_case(store, other.id) == other


def test_writes_are_refused(store: Store, park: Case) -> None:
    """A write clause is refused by name on every engine, and nothing changes."""
    store.load(park)
    before = content(store, park.id)
    for cypher in ("MATCH (n) DETACH DELETE n", "MATCH (n:组织) SET n.name = 'x'", "CREATE (n:组织 {id: 'x'})"):
        with pytest.raises(QueryError, match="writes; queries only read"):
            store.query(cypher)
    assert content(store, park.id) == before


def test_bad_query_is_refused(store: Store, park: Case) -> None:
    """A syntax error is told, and the store goes on answering."""
    store.load(park)
    with pytest.raises(QueryError, match="refuses the query"):
        store.query("MATCH (n RETURN n")
    assert store.query("MATCH (n:岗位) RETURN count(n) AS posts").rows == ((6,),)


def test_rows_beyond_the_limit_are_said_to_be_there(store: Store, park: Case) -> None:
    """A limit cuts the answer and says so; one that is just met does not."""
    store.load(park)
    query = "MATCH (n:岗位) RETURN n.name AS name ORDER BY name"
    table = store.query(query, limit=2)
    assert (len(table.rows), table.truncated, table.columns) == (2, True, ("name",))
    table = store.query(query, limit=6)
    assert (len(table.rows), table.truncated) == (6, False)


def test_several_queries_are_answered_in_order(store: Store, park: Case) -> None:
    """Each answer is the one to its own query and parameters, also where they run side by side."""
    store.load(park)
    asked = [
        (f"MATCH (n) WHERE n.status = $status RETURN {number} AS number, n.id AS id ORDER BY id", {"status": status})
        for number, status in enumerate(("现行", "受阻", "拟", "现行"))
    ]
    assert list(store.queries(asked)) == [store.query(*query) for query in asked]
    assert list(store.queries(asked[:1])) == [store.query(*asked[0])]
    assert not list(store.queries([]))


def test_one_bad_query_among_several_is_refused(store: Store, park: Case) -> None:
    """The answers before it come, its error is raised, and the store answers on."""
    store.load(park)
    answers = store.queries([("RETURN 1 AS one", {}), ("MATCH (n:组织 RETURN n.id", {}), ("RETURN 3 AS three", {})])
    assert next(answers).rows == ((1,),)
    with pytest.raises(QueryError):
        next(answers)
    assert store.query("RETURN 1 AS one").rows == ((1,),)


def test_query_is_stopped_in_time(store: Store, park: Case) -> None:
    """A query that runs longer than it may is stopped, and the store goes on answering."""
    store.load(park)
    with pytest.raises(QueryTimeoutError, match="--timeout"):
        store.query(ENDLESS, timeout=0.5)
    assert store.query("MATCH (n:岗位) RETURN count(n) AS posts", timeout=30).rows == ((6,),)


def test_missing_case_is_named(store: Store, park: Case) -> None:
    """A case that is not there is refused with those that are."""
    with pytest.raises(NotFoundError, match="holds no case '没有'; it holds: none"):
        fetch_case(store, "没有")
    store.load(park)
    with pytest.raises(NotFoundError, match="it holds: 园区带街"):
        fetch_case(store, "没有")


def test_empty_case_can_be_loaded(store: Store, park: Case) -> None:
    """A case without relations, or without anything left in it, is a case."""
    bare = replace(park, nodes=park.nodes[:1], relations=(), reforms=(), tour=())
    store.load(park)
    store.load(bare)
    assert fetch_case(store, park.id) == bare


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("aliases", (None, (), ("一",))),
        ("aliases", ((), None)),
        ("aliases", (("一、'二'", '"三"'), None, ("[四]", "{五}"))),
        ("note", (None, "[1]", "2", "'")),
        ("number", (None, 1, None)),
        ("amount", (1.5, None, 2)),
    ],
)
def test_values_that_some_rows_lack_come_back(store: Store, name: str, values: tuple[Value | None, ...]) -> None:
    """Unknown, empty and awkward values of one column stay what they were, in whatever order."""
    nodes = [
        Node(f"例/{number}", "事项", f"事{number}", "职责", {} if value is None else {name: value})
        for number, value in enumerate(values)
    ]
    case = Case(Meta("例", Text("例", "Example")), (), tuple(nodes), ())
    store.load(case)
    assert fetch_case(store, "例").by_id == case.by_id


def test_kinds_are_labels_in_neo4j(neo4j_uri: str, neo4j_auth: tuple[str, str], park: Case) -> None:
    """A Neo4j node carries its family and its kind as labels; ids are unique by a constraint."""
    with Neo4jStore(neo4j_uri, *neo4j_auth) as store:
        store.load(park)
        query = "MATCH (n:街道 {name: '盘城街道'}) RETURN labels(n) AS labels"
        assert store.query(query).rows == ((["组织", "街道"],),)
        constraints = store.query("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name").rows
        assert ("组织_id",) in constraints
        indexes = store.query("SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name").rows
        assert {state for _, state in indexes} == {"ONLINE"}


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) \\u0053ET n.name = 'x'",  # Cypher reads this escape before it reads the clause
        "MATCH (n) CALL (n) { \\u0043REATE (m:组织) } RETURN count(n)",
    ],
)
def test_server_itself_refuses_a_write_in_a_read(
    cypher: str, neo4j_uri: str, neo4j_auth: tuple[str, str], park: Case
) -> None:
    """A write that is disguised from the first look is refused by the read transaction that it runs in."""
    with Neo4jStore(neo4j_uri, *neo4j_auth) as store:
        store.load(park)
        before = content(store, park.id)
        with pytest.raises(QueryError):
            store.query(cypher)
        assert content(store, park.id) == before


def test_store_on_disk_stays(tmp_path: Path, park: Case, other: Case) -> None:
    """What was loaded is there when the store is opened again, also for reading alone, where loading is refused."""
    path = tmp_path / "store.lbug"
    with EmbeddedStore(path) as store:
        store.load(park)
    with EmbeddedStore(path, read_only=True) as store:
        assert fetch_case(store, park.id) == park
        with pytest.raises(StoreUnavailableError):
            store.load(other)
    with EmbeddedStore(path) as store:
        store.load(other)
        assert store.case_ids() == sorted([park.id, other.id])


LOAD_FOR_EVER = """
import sys
from govgraph.store.embedded import SMALL_POOL, EmbeddedStore
from govgraph.store.fetch import fetch_case
with EmbeddedStore(sys.argv[1]) as store:
    case = fetch_case(store, sys.argv[2])
    for number in range(10_000):
        store.load(case)
        print(number, flush=True)
"""


def test_a_kill_leaves_a_store_on_disk_whole(tmp_path: Path, park: Case) -> None:
    """Killed at any moment of a load, the store opens, holds the case whole, and the next load clears what was left."""
    path = tmp_path / "store.lbug"
    with EmbeddedStore(path) as store:
        store.load(park)
    drafts = 0
    for number in range(8):
        code = [sys.executable, "-c", LOAD_FOR_EVER, str(path), park.id]
        with subprocess.Popen(code, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            time.sleep(number * 0.05)
            process.kill()
        drafts += len(list(tmp_path.glob("store.lbug.*.new")))
        with EmbeddedStore(path, read_only=True) as store:
            assert fetch_case(store, park.id) == park
    assert drafts, "it was killed with a draft on disk"
    with EmbeddedStore(path) as store:
        store.load(park)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["store.lbug"]


def test_a_large_store_answers_on_after_each_query(tmp_path: Path, park: Case) -> None:
    """What a query took up is given back, by opening the file anew where it filled the pool, after a time limit too."""
    path = tmp_path / "store.lbug"
    with EmbeddedStore(path) as store:
        store.load(park)
    many = "UNWIND range(1, 2000000) AS i RETURN i % 1000003 AS k, count(DISTINCT i) AS n ORDER BY k LIMIT 1"
    with EmbeddedStore(path, read_only=True, pool=SMALL_POOL + 1) as store:
        for _ in range(2):
            assert store.query(many).rows == ((0, 1),)
            with pytest.raises(QueryTimeoutError):
                store.query(ENDLESS, timeout=0.1)
            assert fetch_case(store, park.id) == park


def test_a_query_that_wants_more_memory_than_reserved_is_given_it(tmp_path: Path, park: Case) -> None:
    """A store on disk that is only read opens anew with a larger pool and answers; one open for writing refuses."""
    path = tmp_path / "store.lbug"
    many = "MATCH (a:事项), (b:事项), (c:组织) WITH DISTINCT a.id + b.id + c.id AS three RETURN count(three) AS n"
    pool = 16 * 1024**2
    with EmbeddedStore(path) as store:
        store.load(park)
        expected = store.query(many).rows
    with EmbeddedStore(path, pool=pool) as writable, pytest.raises(QueryError, match="buffer pool is full"):
        writable.query(many)
    with EmbeddedStore(path, read_only=True, pool=pool) as store:
        assert store.query(many).rows == expected


def test_what_is_in_memory_stays_after_a_query_that_fills_a_large_pool(park: Case) -> None:
    """A store in memory is never opened anew for its memory's sake: its cases would be gone."""
    many = "UNWIND range(1, 3000000) AS i RETURN i % 1000003 AS k, count(DISTINCT i) AS n ORDER BY k LIMIT 1"
    with EmbeddedStore(pool=SMALL_POOL + 1) as store:
        store.load(park)
        assert store.query(many).columns == ("k", "n")
        assert fetch_case(store, park.id) == park


def test_missing_store_on_disk_says_how_to_make_one(tmp_path: Path) -> None:
    """Reading from a path where nothing is says how to load a case there."""
    with pytest.raises(StoreUnavailableError, match=r"no store at .*Make one: govgraph load CASE\|TABLES --store"):
        EmbeddedStore(tmp_path / "nothing", read_only=True)


@pytest.mark.parametrize("kind", ["text", "folder", "no folder"])
def test_what_is_no_store_is_refused(kind: str, tmp_path: Path) -> None:
    """A file of another kind, a folder, or a path into nowhere is an error of the environment, not a crash."""
    path = tmp_path / "thing"
    if kind == "text":
        path.write_text("not a database " * 1000, encoding="utf-8")
    elif kind == "folder":
        path.mkdir()
    else:
        path = tmp_path / "nowhere" / "deep" / "store"
    with pytest.raises(StoreUnavailableError, match=r"(thing|store) cannot be opened as a store"):
        EmbeddedStore(path)


def test_wrong_password_is_refused(neo4j_uri: str) -> None:
    """A wrong password is said to be one."""
    with pytest.raises(LoginRefusedError, match=r"refused the login\. Check --user and NEO4J_PASSWORD"):
        Neo4jStore(neo4j_uri, "neo4j", "not the password")


def test_server_that_is_away_is_told() -> None:
    """Nothing at an address, or no address at all, is an error of the environment."""
    with pytest.raises(StoreUnavailableError, match=r"no Neo4j answers at bolt://127\.0\.0\.1:1 "):
        Neo4jStore("bolt://127.0.0.1:1", "neo4j", "x")
    with pytest.raises(StoreUnavailableError, match=r"http://127\.0\.0\.1:1 is not a Neo4j address"):
        Neo4jStore("http://127.0.0.1:1", "neo4j", "x")
