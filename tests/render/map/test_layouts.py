"""Where nodes stand: the same every time, none over another, levels from top to bottom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from govgraph.read.source import read_case, shipped_cases
from govgraph.render.map.bands import place_in_bands
from govgraph.render.map.force import place_by_force
from govgraph.render.map.hierarchy import place_in_hierarchy
from govgraph.render.map.owners import find_places
from govgraph.render.map.placement import box_of
from govgraph.render.map.text import text_width, wrap
from govgraph.render.map.tree import make_tree
from tests.render.map.conftest import make_case

if TYPE_CHECKING:
    from govgraph.model.case import Case
    from govgraph.render.map.placement import Box, Layout


def lay_out(case: Case, name: str) -> tuple[Layout, dict[str, Box]]:
    """Return one layout of a case, and the boxes."""
    places = find_places(case)
    boxes = {node.id: box_of(node) for node in case.nodes}
    if name == "hierarchy":
        return place_in_hierarchy(case, make_tree(case, places), boxes), boxes
    bands = place_in_bands(case, places, boxes)
    return (place_by_force(case, bands, boxes) if name == "force" else bands), boxes


def overlaps(layout: Layout, boxes: dict[str, Box]) -> list[tuple[str, str]]:
    """Return the pairs of nodes whose boxes overlap."""
    found = []
    for a, b in combinations(layout.positions, 2):
        (ax, ay), (bx, by) = layout.positions[a], layout.positions[b]
        wide = (boxes[a].width + boxes[b].width) / 2 - abs(ax - bx)
        high = (boxes[a].height + boxes[b].height) / 2 - abs(ay - by)
        if wide > 1 and high > 1:
            found.append((a, b))
    return found


@pytest.mark.parametrize("name", ["bands", "hierarchy", "force"])
@pytest.mark.parametrize("source", ["园区带街", "凤阳扩权强镇"])
def test_no_label_covers_another(source: str, name: str) -> None:
    """On real cases every box has its own ground."""
    layout, boxes = lay_out(read_case(source), name)
    assert overlaps(layout, boxes) == []


@pytest.mark.parametrize("name", ["bands", "hierarchy", "force"])
def test_positions_are_the_same_every_time(name: str) -> None:
    """Two computations agree to the pixel."""
    case = read_case("凤阳扩权强镇")
    assert lay_out(case, name)[0] == lay_out(case, name)[0]


def test_levels_run_from_top_to_bottom() -> None:
    """City over districts over street over community."""
    layout, _ = lay_out(make_case(), "bands")
    rows = [layout.positions[f"试例/{name}"][1] for name in ("市委", "浦口区", "盘城街道", "基层社区")]
    assert rows == sorted(rows)
    bands = [frame.name for frame in layout.frames if frame.role == "band"]
    assert bands == ["市", "区县", "镇街", "村社", "ownerless"]


def test_duty_stands_in_the_card_of_its_lead() -> None:
    """The card drawn for the street holds its duty; the duty without a lead stands in the last row."""
    layout, _ = lay_out(make_case(), "bands")
    card = next(frame for frame in layout.frames if frame.name == "试例/盘城街道")
    x, y = layout.positions["试例/征地拆迁"]
    assert card.left < x < card.left + card.width
    assert card.top < y < card.top + card.height
    last = layout.frames[4]
    assert last.top < layout.positions["试例/社会保障"][1] < last.top + last.height


def test_shipped_cases_are_legible_on_a_small_screen() -> None:
    """On 1366 × 768 the whole map still shows letters of nine pixels."""
    for source in shipped_cases():
        layout, _ = lay_out(read_case(source), "bands")
        width = max(frame.left + frame.width for frame in layout.frames)
        height = max(frame.top + frame.height for frame in layout.frames)
        assert 14 * min(1024 / width, 616 / height) > 8.8, source


@pytest.mark.parametrize("text", ["街道", "园区带街工作协调小组办公室", "a longer English name of a body", "x" * 500])
def test_label_fits_its_lines(text: str) -> None:
    """A label has at most two lines, each within the width; nothing is cut without a sign."""
    lines = wrap(text, 130)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line) <= 130 for line in lines)
    whole = "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert whole or lines[-1].endswith("…")
