"""Bulk loads: the same store as from a case, the same strictness, all or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from govgraph.errors import InputError, StoreUnavailableError
from govgraph.model.case import relation_id
from govgraph.read.source import read_case
from govgraph.store.bulk import load_tables
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.embedded import EmbeddedStore
from govgraph.store.fetch import fetch_case
from govgraph.store.schema import node_columns, nodes_by_family, relation_columns, relations_by_ends
from govgraph.store.tables import LIST_SEPARATOR, polars_type

if TYPE_CHECKING:
    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

CASE = "园区带街"


def write_case(case: Case, folder: Path, *, suffix: str = ".parquet", ids: bool = True) -> Path:
    """Write a case as tables."""
    for section in ("nodes", "relations"):
        (folder / section).mkdir(parents=True)
    for family, rows in nodes_by_family(case).items():
        write(folder / "nodes" / f"{family}{suffix}", rows, node_columns(), {"case_id"})
    for (type_, start, end), rows in relations_by_ends(case).items():
        if type_ != "上级":
            columns = {"start": "STRING", "end": "STRING", **relation_columns()}
            dropped = {"case_id", "type"} | (set() if ids else {"id"})
            write(folder / "relations" / f"{type_}.{start}.{end}{suffix}", rows, columns, dropped)
    return folder


def write(file: Path, rows: list[dict[str, Any]], columns: dict[str, str], dropped: set[str]) -> None:
    """Write rows with the columns that any of them fills."""
    names = [name for name in columns if name not in dropped and any(row[name] is not None for row in rows)]
    frame = pl.DataFrame(
        {name: [row[name] for row in rows] for name in names},
        schema={name: polars_type(columns[name]) for name in names},
    )
    if file.suffix == ".parquet":
        frame.write_parquet(file)
    else:
        lists = [name for name in names if columns[name] == "STRING[]"]
        frame.with_columns(pl.col(name).list.join(LIST_SEPARATOR) for name in lists).write_csv(file)


def answers(store: Store) -> list[Any]:
    """Return what rules see of the derived relations."""
    query = (
        "MATCH (a)-[r:上级]->(b) RETURN r.id AS i, a.id, b.id, r.via, r.place, r.dimension, r.status, r.type, "
        "r.case_id, r.basis ORDER BY i"
    )
    return list(store.query(query).rows)


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_tables_make_the_store_that_the_case_makes(tmp_path: Path, suffix: str) -> None:
    """A case loaded from its tables is read back as it was, its derived relations included."""
    case = read_case(CASE)
    folder = write_case(case, tmp_path / "tables", suffix=suffix)
    report = load_tables(folder, tmp_path / "bulk.duckdb", CASE)
    with ColumnarStore(tmp_path / "bulk.duckdb", read_only=True) as store, EmbeddedStore() as other:
        other.load(case)
        assert answers(store) == answers(other)
        loaded, expected = fetch_case(store, CASE), fetch_case(other, CASE)
    assert (report.nodes, report.relations) == (len(case.nodes), len(case.relations))
    assert set(map(repr, loaded.nodes)) == set(map(repr, expected.nodes))
    assert set(map(repr, loaded.relations)) == set(map(repr, expected.relations))


def test_relations_without_ids_get_those_of_a_case(tmp_path: Path) -> None:
    """Where the tables give no ids, relations are called as the reader would call them."""
    case = read_case(CASE)
    load_tables(write_case(case, tmp_path / "tables", ids=False), tmp_path / "bulk.duckdb", CASE)
    with ColumnarStore(tmp_path / "bulk.duckdb", read_only=True) as store:
        loaded = fetch_case(store, CASE)
    assert {relation.id for relation in loaded.relations} == {relation.id for relation in case.relations}
    for relation in loaded.relations:
        assert relation.id == relation_id(relation.start, relation.type, relation.end, relation.properties)


def tables_of(tmp_path: Path, **changes: pl.DataFrame) -> Path:
    """Write two bodies and one relation, with some tables put in their place."""
    folder = tmp_path / "tables"
    for section in ("nodes", "relations"):
        (folder / section).mkdir(parents=True, exist_ok=True)
    tables = {
        "nodes/组织": pl.DataFrame({"id": ["国/甲", "国/乙"], "name": ["甲", "乙"], "kind": ["街道", "社区"]}),
        "relations/隶属.组织.组织": pl.DataFrame(
            {"id": ["国/一"], "start": ["国/乙"], "end": ["国/甲"], "dimension": ["行政"]}
        ),
    } | {name.replace("__", "/").replace("_", "."): frame for name, frame in changes.items()}
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return folder


RELATION = {"id": ["国/一"], "start": ["国/乙"], "end": ["国/甲"]}
MISTAKES = {
    "dangling end": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"end": ["国/无"]})},
        "column 'end': 1 row, such as 国/无 (no such node); expected the id of a node of 组织",
    ),
    "end of another family": (
        {
            "nodes__人员": pl.DataFrame({"id": ["国/丙"], "name": ["丙"], "kind": ["干部"]}),
            "relations__隶属_组织_组织": pl.DataFrame(RELATION | {"start": ["国/丙"]}),
        },
        "column 'start': 1 row, such as 国/丙 (人员)",
    ),
    "what a relation names is not there": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"about": ["国/无"]})},
        "column 'about': 1 row, such as 国/无 (no such node); expected the id of a node of 事项、资源、组织、人员",
    ),
    "what a relation names is of another family": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"basis": ["国/甲"]})},
        "column 'basis': 1 row, such as 国/甲 (组织); expected the id of a node of 文件",
    ),
    "unknown kind": (
        {"nodes__组织": pl.DataFrame({"id": ["国/甲", "国/乙"], "name": ["甲", "乙"], "kind": ["街到", "街到"]})},
        "组织, column 'kind': 2 rows, such as 街到",
    ),
    "unknown dimension": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"dimension": ["行整"]})},
        "隶属.组织.组织, column 'dimension': 1 row, such as 行整",
    ),
    "id twice in a family": (
        {"nodes__组织": pl.DataFrame({"id": ["国/甲", "国/甲"], "name": ["甲", "乙"], "kind": ["街道", "街道"]})},
        "1 ids stand more than once: 国/甲 (组织)",
    ),
    "id twice over families": (
        {"nodes__人员": pl.DataFrame({"id": ["国/甲"], "name": ["丙"], "kind": ["干部"]})},
        "国/甲 (人员, 组织)",
    ),
    "id of another case": (
        {"nodes__人员": pl.DataFrame({"id": ["省/丙"], "name": ["丙"], "kind": ["干部"]})},
        "expected an id that begins with '国/'",
    ),
    "unknown column": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"dimention": ["行政"]})},
        "Did you mean 'dimension'?",
    ),
    "unknown type": ({"relations__隶书_组织_组织": pl.DataFrame(RELATION)}, "Did you mean '隶属'?"),
    "wrong column type": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"amount": ["many"]})},
        "column 'amount' is String; expected Float64",
    ),
    "bad date": (
        {"relations__隶属_组织_组织": pl.DataFrame(RELATION | {"since": ["2009-13"]})},
        "such as 2009-13; expected 2009, 2009-09 or 2009-09-01",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_and_leaves_the_store_as_it_was(tmp_path: Path, name: str) -> None:
    """Each mistake is refused with its table, column, number of rows and a sample; what was loaded stays."""
    target = tmp_path / "bulk.duckdb"
    load_tables(tables_of(tmp_path), target, "国")
    before = target.read_bytes()
    changes, message = MISTAKES[name]
    with pytest.raises(InputError) as refusal:
        load_tables(tables_of(tmp_path, **changes), target, "国")
    assert message in str(refusal.value)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bulk.duckdb", "tables"]


def test_a_store_with_other_cases_is_left_alone(tmp_path: Path) -> None:
    """A bulk load does not take the place of somebody else's case."""
    target = tmp_path / "bulk.duckdb"
    load_tables(tables_of(tmp_path), target, "国")
    with pytest.raises(StoreUnavailableError, match="holds 国"):
        load_tables(tables_of(tmp_path), target, "省")


def test_a_killed_load_leaves_the_store_and_its_leavings_go_with_the_next(tmp_path: Path) -> None:
    """SIGKILL in the middle of a load: the old store stands, and the next load removes the draft."""
    target = tmp_path / "bulk.duckdb"
    load_tables(tables_of(tmp_path), target, "国")
    before = target.read_bytes()
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom govgraph.store.bulk import load_tables\n"
        "def wait(stage, done, total):\n    print(stage, flush=True)\n    time.sleep(60)\n"
        "load_tables(Path(sys.argv[1]), Path(sys.argv[2]), '国', progress=wait)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "tables"), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
    time.sleep(0.1)
    assert list(tmp_path.glob("bulk.duckdb.*.new")), "it was killed with a draft on disk"
    assert target.read_bytes() == before
    load_tables(tables_of(tmp_path), target, "国")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bulk.duckdb", "tables"]
