"""Commands on a store of tables: load, one place, the two questions, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.store.columnar.database import ColumnarStore
from tests.national import write_national

if TYPE_CHECKING:
    from pathlib import Path

    from neo4j import Driver

    from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of tables of three counties."""
    folder = tmp_path_factory.mktemp("tables")
    write_national(folder)
    return folder


def test_a_folder_of_tables_is_loaded_checked_and_asked(govgraph: Run, tables: Path, tmp_path: Path) -> None:
    """Load tells rows and rate; a place is checked by code; a duty and a body are found by name."""
    store = str(tmp_path / "store.duckdb")
    loaded = govgraph("load", str(tables), "--as", "全国", "--store", store)
    assert loaded.code == 0
    assert "rows" in loaded.err
    assert "s left" in loaded.err
    with ColumnarStore(store, read_only=True) as opened:
        assert opened.case_ids() == ["全国"]
    checked = govgraph("check", "--store", store, "--scope", "320111", "--lang", "en")
    assert checked.code == 1
    assert "320111" in checked.out
    assert "410102" not in checked.out
    owner = govgraph("who-owns", "320111003街道职责005", "--store", store, "--lang", "zh")
    assert owner.code == 0
    assert "主责: 320111003街道环保所" in owner.out or "主责: 320111003街道建管所" in owner.out
    duties = govgraph("duties-of", "320111003街道派出所", "--store", store, "--lang", "zh")
    assert "320111003街道职责000" in duties.out
    assert govgraph("who-owns", "没有的事", "--store", store, "--lang", "zh").code == 1


def test_a_folder_of_tables_is_loaded_into_a_server(
    govgraph: Run, tables: Path, tmp_path: Path, neo4j_uri: str
) -> None:
    """Load tells rows and rate; a place has the findings that it has in an embedded store, byte for byte."""
    loaded = govgraph("load", str(tables), "--as", "全国", "--store", neo4j_uri)
    assert (loaded.code, loaded.out) == (0, "")
    assert "/s  " in loaded.err
    assert f"derived → {neo4j_uri}, " in loaded.err
    store = str(tmp_path / "store.duckdb")
    assert govgraph("load", str(tables), "--as", "全国", "--store", store).code == 0
    for scope in ((), ("--scope", "320111")):
        server, embedded = (
            govgraph("check", "--store", address, *scope, "--format", "json") for address in (neo4j_uri, store)
        )
        assert server == embedded
        assert "320111" in server.out
    refused = govgraph("load", str(tables), "--as", "全国", "--store", neo4j_uri, "--scope", "320111")
    assert refused.code == 2
    assert "into Neo4j, load the whole case" in refused.err


def test_a_half_loaded_server_is_not_read(govgraph: Run, neo4j_uri: str, neo4j_driver: Driver) -> None:
    """While a load runs, or after it was stopped, a check says so instead of half the findings; a load goes through."""
    assert govgraph("load", "园区带街", "--store", neo4j_uri).code == 0
    neo4j_driver.execute_query("CREATE (:载入 {id: '园区带街', rows: 5, total: 1200, since: '2025-01-01T00:00:00Z'})")
    refused = govgraph("check", "--store", neo4j_uri)
    assert (refused.code, refused.out) == (3, "")
    assert "half loaded (园区带街: 5 of 1,200 rows loaded since 2025-01-01T00:00:00Z)" in refused.err
    assert govgraph("load", "园区带街", "--store", neo4j_uri).code == 0
    assert govgraph("check", "--store", neo4j_uri).out == govgraph("check", "园区带街").out


def test_a_map_reads_one_place_of_a_store(govgraph: Run, tables: Path, tmp_path: Path) -> None:
    """A map of a place, or around a body, of a store of tables holds that place and no other county."""
    store = str(tmp_path / "store.duckdb")
    assert govgraph("load", str(tables), "--as", "全国", "--store", store).code == 0
    for number, wanted in enumerate((("--scope", "320111"), ("--focus", "320111003街道", "--hops", "1"))):
        page = tmp_path / f"{number}.html"
        drawn = govgraph("map", "--store", store, *wanted, "-o", str(page))
        assert drawn.code == 0, drawn.err
        text = page.read_text(encoding="utf-8")
        assert "320111003街道" in text
        assert "410102" not in text
    assert govgraph("map", "园区带街", "--scope", "320111").code == 2


def test_a_scope_needs_a_store(govgraph: Run) -> None:
    """--scope on a case file is a mistake that says what is missing."""
    refused = govgraph("check", "园区带街", "--scope", "320111")
    assert refused.code == 2
    assert "--store" in refused.err
