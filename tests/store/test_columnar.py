"""The columnar store: what it refuses, how it bounds an answer, and which files it takes for its own."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from govgraph.errors import QueryError, QueryTimeoutError, StoreUnavailableError
from govgraph.read.source import read_case
from govgraph.store.bulk import load_tables
from govgraph.store.columnar.database import ColumnarStore, is_columnar
from govgraph.store.columnar.functions import NAMES
from tests.store.test_bulk import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "analyst.md"
CASE = "园区带街"
REFUSED = {
    "unknown label": ("MATCH (a)\nMATCH (n:村庄) RETURN n.id", "line 2, column 7: no label '村庄'; known: 组织、"),
    "unknown type": ("MATCH (a)\n-[r:喜欢]->(b) RETURN r.id", "line 2, column 1: no relation type '喜欢'; known: "),
    "unknown property": ("MATCH (n:组织)\nRETURN n.colour", "line 2, column 9: 'n' (组织) has no property 'colour'"),
    "unknown property in a map": (
        "MATCH (n:组织 {colour: 'red'}) RETURN n.id",
        "line 1, column 7: 组织 has no property 'colour'",
    ),
    "unbound variable": ("MATCH (n:组织)\nRETURN m.id", "line 2, column 8: 'm' is not bound here"),
    "variable not handed on": (
        "MATCH (n)-->(m)\nWITH n RETURN m.id",
        "line 2, column 15: 'm' is not bound here: WITH hands on only what it names",
    ),
    "missing parameter": ("MATCH (n {id: $who}) RETURN n.id", "the query names $who, which was not given"),
    "unknown function": ("MATCH (n)\nRETURN shout(n.id)", "line 2, column 8: no function 'shout' with 1 argument"),
    "number of arguments": ("RETURN size('a', 'b')", "line 1, column 8: no function 'size' with 2 arguments"),
    "open parenthesis": (
        "MATCH (n) WHERE (n.id = 'x'\nRETURN n.id",
        "line 2, column 1: found 'RETURN', expected ')'",
    ),
    "parenthesis too many": ("MATCH (n) RETURN (n.id))", "line 1, column 24: found ')', expected "),
    "open text": ("MATCH (n)\nRETURN 'x", 'line 2, column 8: "\'" is not understood'),
    "clause that writes": ("MATCH (n)\nDELETE n", "line 2: the clause DELETE writes"),
    "two statements": ("MATCH (n) RETURN n.id;\nMATCH (m) RETURN m.id", "line 2: a second statement"),
    "name of a path": ("MATCH\np = (a)-->(b) RETURN a.id", "line 2, column 1: paths have no names here"),
    "steps without end": ("MATCH (a)\n-[:隶属*]->(b) RETURN a.id", "line 2, column 7: say how many steps, 15"),
    "steps from a number on": ("MATCH (a)-[:隶属*2..]->(b) RETURN a.id", "line 1, column 16: say how many steps, 15"),
    "order that does not last": (
        "MATCH (n) WITH n ORDER BY n.id RETURN n.id",
        "line 1, column 18: ORDER BY in a WITH needs a LIMIT",
    ),
    "count with RETURN": (
        "MATCH (n) RETURN COUNT { MATCH (n)-->(m)\nRETURN m } AS c",
        "line 2, column 1: found 'RETURN', expected '}'",
    ),
    "columns of a union": ("RETURN 1 AS a UNION RETURN 2 AS b", "must return the same columns"),
}


@pytest.fixture(scope="module")
def store() -> Iterator[ColumnarStore]:
    """Return a store in memory with one case."""
    with ColumnarStore() as made:
        made.load(read_case(CASE))
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a store of tables: two bodies, one belongs to the other."""
    load_tables(tables_of(tmp_path), tmp_path / "国.duckdb", "国")
    return tmp_path / "国.duckdb"


@pytest.fixture
def tables(path: Path) -> Iterator[ColumnarStore]:
    """Return the store of tables."""
    with ColumnarStore(path, read_only=True) as made:
        yield made


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_refused_where_it_stands(store: ColumnarStore, name: str) -> None:
    """The message names the thing, and line and column if the query as such is amiss."""
    query, message = REFUSED[name]
    with pytest.raises(QueryError, match=re.escape(message)):
        store.query(query)


def test_a_query_that_takes_too_long_is_stopped(store: ColumnarStore) -> None:
    """After the seconds given the query ends with their number, and the store answers the next one."""
    query = "MATCH (a), (b), (c), (d) RETURN max(a.id + b.id + c.id + d.id)"
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.2 s"):
        store.query(query, timeout=0.2)
    assert store.query("RETURN 1 AS one", timeout=60).rows == ((1,),)


@pytest.mark.parametrize(
    ("limit", "count", "truncated"), [(2, 2, True), (3, 3, False), (4, 3, False), (None, 3, False)]
)
def test_an_answer_is_truncated_at_the_limit(
    store: ColumnarStore, limit: int | None, count: int, *, truncated: bool
) -> None:
    """No more rows than the limit come back, and `truncated` says whether there were more."""
    table = store.query("UNWIND [1, 2, 3] AS x RETURN x ORDER BY x", limit=limit)
    assert (table.rows, table.truncated) == (((1,), (2,), (3,))[:count], truncated)


def test_batches_are_all_rows_in_order(store: ColumnarStore) -> None:
    """Batches of seven rows, one after the other, are the answer as a whole."""
    query = "MATCH (a)-[r]->(b) WHERE r.status = $status RETURN r.id AS i, a.name, b.name ORDER BY i DESC"
    batches = list(store.batches(query, {"status": "现行"}, 7))
    whole = store.query(query, {"status": "现行"})
    assert len(batches) > 2
    assert all(len(batch.rows) <= 7 for batch in batches)
    assert {batch.columns for batch in batches} == {whole.columns}
    assert tuple(row for batch in batches for row in batch.rows) == whole.rows


SLOW = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN max(a * b % 7) AS most"


def test_queries_side_by_side_are_answered_in_order(tables: ColumnarStore) -> None:
    """Each answer is the one to its own query and parameters; an error is that of its query, and the store goes on."""
    asked = [
        ("MATCH (n:组织) WHERE n.id >= $low RETURN $low AS low, n.id AS id ORDER BY id", {"low": low})
        for low in "国中0"
    ]
    for _ in range(20):
        assert list(tables.queries(asked)) == [tables.query(*query) for query in asked]
    answers = tables.queries([asked[0], ("MATCH (n:组织) RETURN n.nonsense", {}), asked[1]])
    assert next(answers) == tables.query(*asked[0])
    with pytest.raises(QueryError, match="nonsense"):
        next(answers)
    assert tables.query("RETURN 1 AS one").rows == ((1,),)


def test_queries_side_by_side_are_stopped(tables: ColumnarStore) -> None:
    """Each has the seconds given; what still runs when no more answers are wanted is stopped."""
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.2 s"):
        list(tables.queries([("RETURN 1 AS one", {}), (SLOW, {})], timeout=0.2))
    before = threading.active_count()
    answers = tables.queries([("RETURN 1 AS one", {}), (SLOW, {}), (SLOW, {})])
    assert next(answers).rows == ((1,),)
    answers.close()  # type: ignore[attr-defined]
    end = time.monotonic() + 30
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert threading.active_count() <= before
    assert tables.query("RETURN 1 AS one").rows == ((1,),)


def test_a_store_of_tables_takes_no_case(path: Path) -> None:
    """A case is neither put beside the tables nor in their place, and the tables are not removed."""
    with ColumnarStore(path) as store:
        with pytest.raises(StoreUnavailableError, match="is a store of tables: load the case into a store of its own"):
            store.load(read_case(CASE))
        with pytest.raises(StoreUnavailableError, match="is a store of tables, which are one case: remove the file"):
            store.remove("国")
        assert store.case_ids() == ["国"]


def test_only_a_file_of_the_engine_is_columnar(tmp_path: Path, path: Path) -> None:
    """A text, an empty file, a folder and nothing at all are no store of tables."""
    (tmp_path / "text.duckdb").write_text("no store, but a text", encoding="utf-8")
    (tmp_path / "empty.duckdb").touch()
    assert is_columnar(path)
    for name in ("text.duckdb", "empty.duckdb", "nothing.duckdb", "."):
        assert not is_columnar(tmp_path / name)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, *, read_only: bool) -> None:
    """A text is called no store of tables, with the command that makes one, and stays as it was."""
    file = tmp_path / "text.duckdb"
    file.write_text("no store, but a text", encoding="utf-8")
    message = f"no store of tables at {file}. Make one: govgraph load TABLES --store {file}"
    with pytest.raises(StoreUnavailableError, match=re.escape(message)):
        ColumnarStore(file, read_only=read_only)
    with pytest.raises(StoreUnavailableError, match="is no store of tables: give another path, or remove it first"):
        load_tables(tables_of(tmp_path), file, "国")
    assert file.read_text(encoding="utf-8") == "no store, but a text"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """No file is made by opening a store."""
    with pytest.raises(StoreUnavailableError, match="no store of tables at"):
        ColumnarStore(tmp_path / "nothing.duckdb")
    assert not list(tmp_path.iterdir())


def test_another_database_of_the_engine_is_refused(tmp_path: Path) -> None:
    """A DuckDB file that govgraph did not make is called so, twice over: it is not kept open."""
    file = tmp_path / "other.duckdb"
    with duckdb.connect(str(file)) as other:
        other.execute("CREATE TABLE people AS SELECT 1 AS id")
    for _ in range(2):
        with pytest.raises(StoreUnavailableError, match=r"other\.duckdb is a DuckDB file, but no store of govgraph's"):
            ColumnarStore(file)
    with duckdb.connect(str(file)) as other:
        assert other.execute("FROM people").fetchall() == [(1,)]


def test_a_store_of_another_release_is_refused(path: Path) -> None:
    """Where the engine hashes otherwise than the one that made the store, the tables are to be loaded again."""
    with duckdb.connect(str(path)) as changed:
        changed.execute("UPDATE _made SET hash = 7")
    with pytest.raises(StoreUnavailableError, match=r"another release of DuckDB.*Load the tables again: govgraph load"):
        ColumnarStore(path, read_only=True)


def test_tables_are_not_loaded_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The folder is named, and not made."""
    target = tmp_path / "nowhere" / "国.duckdb"
    with pytest.raises(StoreUnavailableError, match="nowhere is no folder: make it first, or give another path"):
        load_tables(tables_of(tmp_path), target, "国")
    assert not target.parent.exists()


NOT_IN_TABLES = {
    "property of nodes": (
        "MATCH (n:组织) RETURN n.id, n.place, n.number, n.amount, n.complete ORDER BY n.id",
        (("国/乙", None, None, None, None), ("国/甲", None, None, None, None)),
    ),
    "property of nodes in a condition": ("MATCH (n:组织) WHERE n.number > 3 OR n.place = '甲区' RETURN n.id", ()),
    "property of a relation": (
        "MATCH ()-[r:隶属]->() RETURN r.id, r.dimension, r.basis, r.amount",
        (("国/一", "行政", None, None),),
    ),
    "status, type and case": (
        "MATCH (a)-[r:隶属]->(b) RETURN a.status, a.case_id, r.status, r.type, type(r), r.case_id, labels(b)",
        (("现行", "国", "现行", "隶属", "隶属", "国", ["组织"]),),
    ),
    "status, type and case, of some types": (
        "MATCH (a)-[r:隶属|上级|考核]->(b) RETURN a.status, r.status, r.type, type(r), r.case_id ORDER BY r.type",
        (("现行", "现行", "上级", "上级", "国"), ("现行", "现行", "隶属", "隶属", "国")),
    ),
    "status, type and case, of any type": (
        "MATCH (a)-[r]->(b) RETURN r.type, r.status, r.case_id, r.dimension, r.amount, b.case_id ORDER BY r.type",
        (("上级", "现行", "国", "行政", None, "国"), ("隶属", "现行", "国", "行政", None, "国")),
    ),
    "status as a condition": (
        "MATCH (n {status: '现行'})-[r:隶属 {status: '现行'}]->() RETURN n.id, r.id",
        (("国/乙", "国/一"),),
    ),
    "status that is no other": ("MATCH (n)-[r]->() WHERE r.status <> '现行' RETURN n.id", ()),
    "what is missing": (
        (
            "MATCH (a:组织) OPTIONAL MATCH (a)-[r:隶属]->(b) "
            "RETURN a.id, r.type, type(r), r.status, r.case_id, b.status, b.case_id ORDER BY a.id"
        ),
        (("国/乙", "隶属", "隶属", "现行", "国", "现行", "国"), ("国/甲", None, None, None, None, None, None)),
    ),
    "what is missing, of some types": (
        (
            "MATCH (a:组织) OPTIONAL MATCH (a)-[r:隶属|考核]->(b) "
            "RETURN a.id, r.type, r.status, r.case_id, b.status ORDER BY a.id"
        ),
        (("国/乙", "隶属", "现行", "国", "现行"), ("国/甲", None, None, None, None)),
    ),
    "what no table holds": (
        (
            "MATCH (a:组织) OPTIONAL MATCH (a)-[r:考核]->(b:人员) "
            "RETURN a.id, r.type, r.status, r.case_id, b.status, b.name, b.status = a.status ORDER BY a.id"
        ),
        (("国/乙", None, None, None, None, None, None), ("国/甲", None, None, None, None, None, None)),
    ),
    "nodes that no table holds": ("MATCH (n:事项|文件) RETURN n.id, n.status", ()),
}


@pytest.mark.parametrize("name", NOT_IN_TABLES)
def test_what_tables_leave_out_reads_as_in_a_case(tables: ColumnarStore, name: str) -> None:
    """What no table holds is null, a status 现行, the type and the case known; and null where there is no row."""
    query, rows = NOT_IN_TABLES[name]
    assert tables.query(query).rows == rows


def test_the_functions_are_those_of_the_page() -> None:
    """The table of docs/analyst.md lists each function, and no other; `exists` stands among the conditions."""
    rows = re.findall(r"\| (over rows|of values|of nodes and relations) \| (.*) \|", PAGE.read_text(encoding="utf-8"))
    items = {item.strip().lower() for _, cell in rows for item in re.split(r"[,;]| and ", cell)}
    assert len(rows) == 3
    assert {item for item in items if " " not in item} == set(NAMES) - {"exists"}


def test_a_whole_node_or_relation_has_what_is_known_of_it(path: Path) -> None:
    """Properties that are unknown are left out; where there is no node there is none."""
    with ColumnarStore(path, read_only=True) as store:
        ((node,),) = store.query("MATCH (n:组织) RETURN n ORDER BY n.id LIMIT 1").rows
        ((absent,),) = store.query("MATCH (n:组织) OPTIONAL MATCH (n)-[:兼任]->(x) RETURN x LIMIT 1").rows
    assert node["label"] == "组织"
    assert node["status"] == "现行"
    assert None not in node.values()
    assert absent is None
