import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable

from tools.neo4j_server import Neo4jServer, Neo4jServerError, fetch_jars, neo4j_version

ROOT = Path(__file__).parent.parent


def test_server_keeps_chinese_labels_types_and_values(neo4j_driver: Driver) -> None:
    """Chinese labels, relation types and values come back as they were written."""
    neo4j_driver.execute_query(
        "CREATE (:组织:街道 {name: $street})<-[:派出机构 {dimension: '党务'}]-(:组织:区 {name: '浦口区'})",
        street="盘城街道",
    )
    records = neo4j_driver.execute_query(
        "MATCH (a:组织)-[r]->(b:组织) RETURN labels(b) AS labels, type(r) AS type, r.dimension AS dimension, "
        "b.name AS name"
    ).records
    assert [record.data() for record in records] == [
        {"labels": ["组织", "街道"], "type": "派出机构", "dimension": "党务", "name": "盘城街道"}
    ]


@pytest.mark.parametrize("round_", [1, 2])
def test_each_test_gets_an_empty_database(neo4j_driver: Driver, round_: int) -> None:
    """Nodes, constraints and indexes that a test leaves behind are gone in the next one."""
    count = neo4j_driver.execute_query("MATCH (n) RETURN count(n) AS count").records[0]["count"]
    indexes = neo4j_driver.execute_query("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN type").records
    assert (count, indexes) == (0, [])
    neo4j_driver.execute_query("CREATE CONSTRAINT 组织_id FOR (n:组织) REQUIRE n.id IS UNIQUE")
    neo4j_driver.execute_query("CREATE INDEX 组织_name FOR (n:组织) ON (n.name)")
    neo4j_driver.execute_query("CREATE (:组织 {id: $id})", id=f"round {round_}")


def test_server_refuses_a_wrong_password(neo4j_server: Neo4jServer) -> None:
    """A wrong password is an authentication error, not an empty answer."""
    auth = (neo4j_server.user, "not the password")
    with (
        GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


def test_uri_fixture_gives_the_password_by_environment(neo4j_uri: str, neo4j_auth: tuple[str, str]) -> None:
    """A program that reads NEO4J_PASSWORD can log in at ``neo4j_uri``."""
    assert neo4j_auth == ("neo4j", os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(neo4j_uri.replace("bolt://", "neo4j://"), auth=neo4j_auth) as driver:
        driver.verify_connectivity()


def test_offline_import_is_there_after_the_start(tmp_path: Path) -> None:
    """What ``neo4j-admin import`` loads offline, Chinese names included, is in the server once started."""
    nodes = tmp_path / "组织.csv"
    nodes.write_text("id:ID,name,:LABEL\n1,浦口区,组织;区\n2,盘城街道,组织;街道\n", encoding="utf-8")
    relations = tmp_path / "考核.csv"
    relations.write_text(":START_ID,:END_ID\n1,2\n", encoding="utf-8")
    server = Neo4jServer(heap="512m", pagecache="64m")
    server.run_admin(
        [
            *("database", "import", "full", "neo4j", "--overwrite-destination=true", "--id-type=integer"),
            f"--nodes={nodes}",
            f"--relationships=考核={relations}",
        ]
    )
    with server, GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        records = driver.execute_query("MATCH (a:区)-[:考核]->(b:街道) RETURN a.name, b.name").records
        assert [record.values() for record in records] == [["浦口区", "盘城街道"]]
        with pytest.raises(Neo4jServerError, match="stop the server first"):
            server.run_admin(["--version"])
    assert not server.home.exists()


def test_server_with_a_home_of_its_own_keeps_its_data(tmp_path: Path) -> None:
    """A server started a second time on its home has the first one's data and password."""
    server = Neo4jServer(home=tmp_path, heap="512m", pagecache="64m", config={"db.logs.query.enabled": "OFF"})
    auth = (server.user, server.password)
    with server, GraphDatabase.driver(server.uri, auth=auth) as driver:
        driver.execute_query("CREATE (:事项 {name: '网格化管理'})")
    assert server.pid is None
    with server, GraphDatabase.driver(server.uri, auth=auth) as driver:
        records = driver.execute_query("MATCH (n:事项) RETURN n.name").records
    assert [record.values() for record in records] == [["网格化管理"]]


def test_sigterm_stops_the_server_and_removes_its_home() -> None:
    """A process told to end takes its server along."""
    command = [sys.executable, "tools/neo4j_server.py", "run", "--heap", "512m", "--pagecache", "64m"]
    with Popen(command, cwd=ROOT, stdout=PIPE, text=True) as process:
        assert process.stdout is not None
        uri = process.stdout.readline().split()[-1]
        process.terminate()
        assert process.wait(60) == 143
    with GraphDatabase.driver(uri, auth=("neo4j", "gone")) as driver, pytest.raises(ServiceUnavailable):
        driver.verify_connectivity()


def test_missing_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Java the error says what is missing and how to install it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    server = Neo4jServer(home=tmp_path)
    with pytest.raises(Neo4jServerError, match=r"Java 17 is missing .*tools/setup\.sh"):
        server.start()


def test_missing_maven_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Maven the jars cannot be fetched, and the error says so; jars already there need no Maven."""
    fetch_jars()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fetch_jars().name == f"neo4j-{neo4j_version()}"
    monkeypatch.setenv("GOVGRAPH_CACHE", str(tmp_path))
    with pytest.raises(Neo4jServerError, match=r"Maven is missing .*tools/setup\.sh"):
        fetch_jars()
