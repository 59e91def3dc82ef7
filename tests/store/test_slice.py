"""One place of a large store: read and looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.national.rules import mismatches, time_rules
from govgraph.analyze.responsibility import duties_of, who_owns
from govgraph.check.run import check_case, check_store
from govgraph.errors import NotFoundError
from govgraph.store.bulk import load_tables
from govgraph.store.columnar.database import ColumnarStore
from govgraph.store.fetch import fetch_case
from govgraph.store.neighbourhood import fetch_around
from govgraph.store.slice import fetch_slice, find_named, find_place
from tests.national import write_national

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.national.plan import Plan


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Plan]:
    """Return a folder with ``tables`` and ``store.duckdb``, and what was planted."""
    folder = tmp_path_factory.mktemp("national")
    plan = write_national(folder / "tables")
    load_tables(folder / "tables", folder / "store.duckdb", "全国")
    return folder, plan


def test_every_rule_finds_what_was_planted_and_nothing_else(national: tuple[Path, Plan]) -> None:
    """The clean arrangement gives no finding; each planted defect gives the findings it was planted for."""
    folder, plan = national
    with ColumnarStore(folder / "store.duckdb", read_only=True) as store:
        results = time_rules(store)
    assert mismatches(results, plan.expected) == []
    assert {rule for rule, _ in plan.expected} == {result.rule for result in results}


def test_a_place_has_the_findings_that_the_whole_has_of_it(national: tuple[Path, Plan]) -> None:
    """Cut out and checked alone, a county gives the findings of the whole store whose subject lies in it."""
    folder, _ = national
    with ColumnarStore(folder / "store.duckdb", read_only=True) as store:
        whole = check_store(store).findings
        for code in ("320111", "320112", "410102"):
            case = fetch_slice(store, find_place(store, code))
            inside = {node.id for node in case.nodes if str(node.properties.get("code", "")).startswith(code)}
            expected = {f.fingerprint for f in whole if f.subjects[0].id in inside}
            found = {f.fingerprint for f in check_case(case).findings if f.subjects[0].id in inside}
            assert found == expected
            assert expected


def test_a_place_is_found_by_code_and_by_name(national: tuple[Path, Plan]) -> None:
    """A name means the division of the body that bears it; what is not there is said."""
    folder, _ = national
    with ColumnarStore(folder / "store.duckdb", read_only=True) as store:
        assert find_place(store, "320111003街道").code == "320111003"
        assert find_place(store, "3201").code == "3201"
        with pytest.raises(NotFoundError, match="99"):
            find_place(store, "99")
        with pytest.raises(NotFoundError, match="没有这个地方"):
            find_place(store, "没有这个地方")


def test_the_two_questions_have_the_answers_of_the_whole_case(national: tuple[Path, Plan]) -> None:
    """``who-owns`` and ``duties-of`` on what is read around a node are those on everything."""
    folder, _ = national
    with ColumnarStore(folder / "store.duckdb", read_only=True) as store:
        whole = fetch_case(store, "全国")
        duty = find_named(store, "事项", "320111003街道职责005", "n.id")[0][0]
        body = find_named(store, "组织", "320111003街道派出所", "n.id")[0][0]
        near = who_owns(fetch_around(store, "事项", duty), whole.by_id[duty])
        far = who_owns(whole, whole.by_id[duty])
        assert [(h.role, h.node.id, h.relation.id) for h in near.holders] == [
            (h.role, h.node.id, h.relation.id) for h in far.holders
        ]
        assert [node.name for node in near.chain] == [node.name for node in far.chain]
        assert len(near.chain) > 1
        near_duties = duties_of(fetch_around(store, "组织", body), whole.by_id[body])
        assert [h.relation.id for h in near_duties] == [h.relation.id for h in duties_of(whole, whole.by_id[body])]
