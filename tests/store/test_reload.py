"""One place of a large store put anew from its own tables."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from benchmarks.national.lookups import cut_place
from govgraph.check.run import check_case
from govgraph.errors import InputError, StoreUnavailableError
from govgraph.store.bulk import load_tables
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.fetch import fetch_case
from govgraph.store.reload import reload_place
from govgraph.store.slice import fetch_slice, find_place
from tests.national import write_national

if TYPE_CHECKING:
    from collections.abc import Callable

    from govgraph.model.case import Case

COUNTY = "320111"
DERIVED = "MATCH (a)-[r:上级]->(b) RETURN r.id AS i, r.via, r.place, r.status, r.quotes, a.id, b.id ORDER BY i"


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``tables``, ``county`` and ``store.duckdb``."""
    folder = tmp_path_factory.mktemp("national")
    write_national(folder / "tables")
    cut_place(folder / "tables", folder / "county", COUNTY)
    load_tables(folder / "tables", folder / "store.duckdb", "全国")
    return folder


@pytest.fixture
def target(national: Path, tmp_path: Path) -> Path:
    """Return a copy of the store."""
    return Path(shutil.copyfile(national / "store.duckdb", tmp_path / "store.duckdb"))


@pytest.fixture
def county(national: Path, tmp_path: Path) -> Path:
    """Return a copy of the county's tables."""
    return Path(shutil.copytree(national / "county", tmp_path / "county"))


def content(store: Path) -> tuple[Case, object]:
    """Return all that a store holds: the case, and the derived relations."""
    with ColumnarStore(store, read_only=True) as opened:
        return fetch_case(opened, "全国"), opened.query(DERIVED).rows


def edit(table: Path, frame: pl.DataFrame) -> None:
    """Put other rows into a table."""
    frame.write_parquet(table)


def change(folder: Path) -> None:
    """Change a county's tables in every way: rows taken out, put in, and said otherwise, of nodes and relations."""
    nodes, relations = folder / "nodes", folder / "relations"
    duties = pl.read_parquet(nodes / "事项.parquet")
    inside = duties.filter(pl.col("code").str.starts_with(COUNTY))["id"]
    gone, renamed = inside[:3].to_list(), inside[3:6].to_list()
    fresh = duties.filter(pl.col("id") == inside[6]).with_columns(
        id=pl.lit("全国/新职责"), name=pl.lit("新职责"), complete=pl.Series([["主责", "配合"]])
    )
    duties = duties.filter(~pl.col("id").is_in(gone)).with_columns(
        name=pl.when(pl.col("id").is_in(renamed)).then(pl.col("name") + "（改）").otherwise(pl.col("name")),
        note=pl.when(pl.col("id") == renamed[0]).then(pl.lit("改过")),
        number=pl.when(pl.col("id") == renamed[1]).then(pl.lit(7)),
    )
    edit(nodes / "事项.parquet", pl.concat([duties, fresh], how="diagonal_relaxed"))
    for file in relations.iterdir():
        frame = pl.read_parquet(file)
        ends = [name for name in ("start", "end", "about") if name in frame.columns]
        edit(file, frame.filter(~pl.any_horizontal(pl.col(name).is_in(gone).fill_null(value=False) for name in ends)))
    leads = pl.read_parquet(relations / "主责.组织.事项.parquet")
    first = leads.filter(pl.col("end") == renamed[0])
    lead = first.with_columns(end=pl.lit("全国/新职责"), id=pl.lit("全国/新主责"))
    leads = leads.with_columns(
        status=pl.when(pl.col("end") == renamed[1]).then(pl.lit("受阻")),
        quotes=pl.when(pl.col("end") == renamed[2]).then(pl.lit(["由其“负责”"])),
    )
    edit(relations / "主责.组织.事项.parquet", pl.concat([leads, lead], how="diagonal_relaxed"))
    above = pl.read_parquet(relations / "隶属.组织.组织.parquet")
    moved = above.filter(pl.col("start").str.starts_with(f"全国/{COUNTY}"))["id"][0]
    law = {"id": "全国/某法", "name": "某法", "kind": "法律法规", "code": COUNTY}
    edit(nodes / "文件.parquet", pl.DataFrame([law]))
    edit(
        relations / "隶属.组织.组织.parquet",
        above.with_columns(
            basis=pl.when(pl.col("id") == moved).then(pl.lit(law["id"])), amount=pl.lit(None, pl.Float64)
        ),
    )


def test_the_same_tables_change_nothing(national: Path, target: Path, county: Path) -> None:
    """Put anew as it is, a county leaves the store as it is, byte for byte."""
    reload_place(county, target, COUNTY)
    assert content(target) == content(national / "store.duckdb")
    assert target.read_bytes() == (national / "store.duckdb").read_bytes()
    assert list(target.parent.glob("store.duckdb?*")) == []


def test_a_county_put_anew_is_as_if_loaded_with_the_whole(
    national: Path, target: Path, county: Path, tmp_path: Path
) -> None:
    """After any changes the store holds what a load of the changed whole holds, there and back again."""
    changed = shutil.copytree(national / "tables", tmp_path / "changed")
    change(changed)
    change(county)
    load_tables(changed, tmp_path / "whole.duckdb", "全国")
    reload_place(county, target, COUNTY)
    found, expected = content(target), content(tmp_path / "whole.duckdb")
    assert found[0].by_id.keys() ^ fetch_before(national).by_id.keys()
    assert set(map(repr, found[0].nodes)) == set(map(repr, expected[0].nodes))
    assert set(map(repr, found[0].relations)) == set(map(repr, expected[0].relations))
    assert found[1:] == expected[1:]
    reload_place(national / "county", target, COUNTY)
    assert content(target) == content(national / "store.duckdb")


def fetch_before(national: Path) -> Case:
    """Return the case as first loaded."""
    with ColumnarStore(national / "store.duckdb", read_only=True) as store:
        return fetch_case(store, "全国")


def test_a_county_put_anew_is_checked_anew(target: Path, county: Path) -> None:
    """A lead taken out of the tables is found to be missing at the next check of the place."""
    file = county / "relations" / "主责.组织.事项.parquet"
    leads = pl.read_parquet(file)
    orphan = leads.filter(pl.col("start").str.contains("派出"))["end"][5]
    edit(file, leads.filter(pl.col("end") != orphan))
    reload_place(county, target, COUNTY)
    with ColumnarStore(target, read_only=True) as store:
        findings = check_case(fetch_slice(store, find_place(store, COUNTY))).findings
    assert orphan in {finding.subjects[0].id for finding in findings}


def test_rows_of_another_county_are_refused(national: Path, target: Path, county: Path) -> None:
    """Tables that are not of the place leave the store as it was."""
    with pytest.raises(InputError, match="nodes are not of 320112"):
        reload_place(county, target, "320112")
    assert target.read_bytes() == (national / "store.duckdb").read_bytes()


def test_a_relation_to_nowhere_is_refused(national: Path, target: Path, county: Path) -> None:
    """A relation whose end the store does not hold takes back all other changes."""
    change(county)
    file = county / "relations" / "指导.组织.组织.parquet"
    guides = pl.read_parquet(file)
    stray = guides.head(1).with_columns(id=pl.lit("全国/无"), start=pl.lit("全国/无此机构"))
    edit(file, pl.concat([guides, stray]))
    with pytest.raises(StoreUnavailableError, match=r"1 of 指导\.组织\.组织 join nodes"):
        reload_place(county, target, COUNTY)
    assert content(target) == content(national / "store.duckdb")


def test_a_relation_that_names_nothing_is_refused(target: Path, county: Path) -> None:
    """A relation that names a node which the store does not hold is refused with a sample."""
    file = county / "relations" / "指导.组织.组织.parquet"
    edit(file, pl.read_parquet(file).with_columns(about=pl.lit("全国/无此事")))
    with pytest.raises(
        StoreUnavailableError, match=r"of 指导 name what it does not hold in 'about', such as 全国/无此事"
    ):
        reload_place(county, target, COUNTY)


ABOUT = "MATCH (a:组织)-[r:摊派]->(:组织) WHERE r.id = '全国/外' MATCH (d:事项) WHERE d.id = r.about RETURN d.name"
NO_OTHER = (
    "MATCH (a:组织)-[r:摊派]->(:组织) WHERE r.id = '全国/外' "
    "OPTIONAL MATCH (d:事项) WHERE d.id = r.about RETURN r.about, d.name"
)


def test_what_another_place_names_goes_and_comes_back(national: Path, tmp_path: Path) -> None:
    """A relation elsewhere names a duty of the place: not while it is gone, nor the one that has its number then."""
    tables = shutil.copytree(national / "tables", tmp_path / "tables")
    duties = pl.read_parquet(tables / "nodes" / "事项.parquet")
    last = duties.tail(1)
    place = last["code"][0][:6]
    assert place != COUNTY
    pushed = pl.read_parquet(tables / "relations" / "摊派.组织.组织.parquet")
    bodies = pl.read_parquet(tables / "nodes" / "组织.parquet").filter(pl.col("code").str.starts_with(COUNTY))["id"]
    values = {"id": "全国/外", "start": bodies[0], "end": bodies[1], "about": last["id"][0]}
    outer = pushed.head(1).with_columns(**{name: pl.lit(value) for name, value in values.items()})
    edit(tables / "relations" / "摊派.组织.组织.parquet", pl.concat([pushed, outer]))
    store = tmp_path / "store.duckdb"
    load_tables(tables, store, "全国")
    cut_place(tables, tmp_path / "full", place)
    less = shutil.copytree(tmp_path / "full", tmp_path / "less")
    other = last.with_columns(id=pl.lit("全国/另"), name=pl.lit("另一件事"))
    mine = pl.read_parquet(less / "nodes" / "事项.parquet").filter(pl.col("id") != last["id"][0])
    edit(less / "nodes" / "事项.parquet", pl.concat([mine, other]))
    for file in (less / "relations").iterdir():
        frame = pl.read_parquet(file)
        edit(file, frame.filter((pl.col("start") != last["id"][0]) & (pl.col("end") != last["id"][0])))

    def answers() -> list[list[tuple[object, ...]]]:
        with ColumnarStore(store, read_only=True) as opened:
            return [list(opened.query(query).rows) for query in (ABOUT, NO_OTHER)]

    found = [[(last["name"][0],)], [(last["id"][0], last["name"][0])]]
    assert answers() == found
    reload_place(less, store, place)
    assert answers() == [[], [(last["id"][0], None)]]
    with ColumnarStore(store, read_only=True) as opened:
        numbers = opened.connection.execute("SELECT max(_n), max(_n) FILTER (id = '全国/另') FROM 事项").fetchall()
    assert numbers[0][0] == numbers[0][1]  # the other duty has the number of the one that is gone
    reload_place(tmp_path / "full", store, place)
    assert answers() == found


def test_a_load_of_the_whole_leaves_no_log_behind(national: Path, target: Path) -> None:
    """What a place has logged does not reach a store that takes the place of the old one."""
    with ColumnarStore(target) as store:
        store.connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # as if it had been killed
        store.connection.execute("DELETE FROM 事项 WHERE id = (SELECT min(id) FROM 事项)")
    assert target.with_name("store.duckdb.wal").exists()
    load_tables(national / "tables", target, "全国")
    assert not target.with_name("store.duckdb.wal").exists()
    assert content(target) == content(national / "store.duckdb")


RELOAD = """
import sys
from pathlib import Path
from govgraph.store.reload import reload_place
print(flush=True)
reload_place(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""
# What is waited for, and seconds after it; the log comes with the first change, and goes when it is merged.
MOMENTS = [
    ("begun", 0),
    ("begun", 0.2),
    ("begun", 0.4),
    ("log there", 0),
    ("log grown", 0),
    ("log grown", 0.02),
    ("store grown", 0),
    ("store grown", 0.002),
    ("log gone", 0),
    ("ended", 0),
]


def test_a_kill_leaves_the_old_or_the_new(national: Path, target: Path, county: Path, tmp_path: Path) -> None:
    """Killed at any moment, also while the log is merged, the store opens and holds one or the other whole."""
    change(county)
    whole = Path(shutil.copyfile(target, tmp_path / "whole.duckdb"))
    reload_place(county, whole, COUNTY)
    old, new = content(national / "store.duckdb"), content(whole)
    states = []
    for number, (moment, seconds) in enumerate(MOMENTS):
        store = tmp_path / f"{number}" / "store.duckdb"
        store.parent.mkdir()
        shutil.copyfile(target, store)
        with subprocess.Popen([sys.executable, "-c", RELOAD, county, store, COUNTY], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            _wait(moment, store, process)
            time.sleep(seconds)
            process.kill()
        states.append(content(store))
    assert all(state in (old, new) for state in states)
    assert states[0] == old
    assert states[-1] == new


def _wait(moment: str, store: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait for a moment of a load, or for its end if that comes first."""
    log, before = store.with_name("store.duckdb.wal"), _size(store)
    if moment == "begun":
        return
    if moment != "ended":
        _until(process, log.exists)
    if moment == "log grown":
        _until(process, lambda: _size(log) > 0)
    elif moment == "store grown":
        _until(process, lambda: _size(store) > before)
    elif moment == "log gone":
        _until(process, lambda: not log.exists())
    elif moment == "ended":
        process.wait()


def _until(process: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
    while process.poll() is None and not condition():
        pass


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
