"""Slices of a case: around nodes, and by ids."""

from __future__ import annotations

from govgraph.analyze.slices import around, cut, named_in
from tests.render.map.conftest import make_case


def test_around_counts_hops_both_ways() -> None:
    """From the community one step reaches the street, two its superiors."""
    case = make_case()
    names = [{node.name for node in around(case, ["试例/基层社区"], hops).nodes} for hops in (0, 1, 2)]
    assert names[0] == {"基层社区"}
    assert names[1] == {"基层社区", "盘城街道"}
    assert {"浦口区", "高新区管委会", "征地拆迁"} <= names[2]
    assert "市委" not in names[2]


def test_cut_keeps_named_relations_with_their_ends() -> None:
    """Only the relation asked for stays, although others join the same nodes."""
    case = make_case()
    part = cut(case, [], [case.relations[2].id])
    assert [relation.id for relation in part.relations] == [case.relations[2].id]
    assert [node.name for node in part.nodes] == ["浦口区", "盘城街道"]


def test_ids_are_found_in_rows_and_lists() -> None:
    """Names and unknown ids are no ids."""
    case = make_case()
    values = ["试例/市委", ["试例/浦口区", case.relations[0].id], "市委", None, 3, "试例/无"]
    assert named_in(case, values) == ({"试例/市委", "试例/浦口区"}, {case.relations[0].id})
