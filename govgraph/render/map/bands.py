"""The 条块 layout: levels are rows, places are columns under the place above them, duties stand with their lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.render.map.cards import make_card, shelve, sizes_of
from govgraph.render.map.columns import FAMILY_ORDER, LABEL, PAD, TITLE, in_columns, in_order, in_rows, make_columns
from govgraph.render.map.placement import BODY_FAMILY, Frame, Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.model.case import Case
    from govgraph.render.map.cards import Card
    from govgraph.render.map.columns import Region
    from govgraph.render.map.owners import Places
    from govgraph.render.map.placement import Box

ASPECT = 1.64  # of the map's area on a screen of 1366 × 768 beside the list of findings
# Ways to share the width, and what each is worth in legibility: true columns tell more than mere order.
SHARES = ((in_columns, 1.12), (in_order, 1.04), (in_rows, 1.0))
TRIES = 16
OWNERLESS, LOOSE = "ownerless", "loose"  # the last rows: duties without a lead, and what belongs to no body


def place_in_bands(case: Case, places: Places, boxes: Mapping[str, Box]) -> Layout:
    """Lay a case out in 条块; of several widths the most legible is taken."""
    columns = make_columns(case, places, boxes)
    apart = _apart(case, places, boxes)
    best: tuple[float, Layout] | None = None
    for share, bonus in SHARES:
        low, high = 300.0, 400.0 * max(2, len(case.nodes))
        for _ in range(TRIES):
            middle = round((low * high) ** 0.5)
            layout, width, height = _draw(share(columns, middle), apart)
            score = bonus * min(ASPECT / width, 1 / height)
            if best is None or score > best[0] + 1e-9:
                best = (score, layout)
            low, high = (low, middle) if width > height * ASPECT else (middle, high)
    assert best is not None
    return best[1]


def _apart(case: Case, places: Places, boxes: Mapping[str, Box]) -> dict[str, list[Card]]:
    loose = [n for n in case.nodes if n.family != BODY_FAMILY and n.id not in places.body]
    loose.sort(key=lambda node: FAMILY_ORDER.index(node.family))
    return {
        name: [make_card(None, [node.id], boxes, 1) for node in loose if (node.family == "事项") is duties]
        for name, duties in ((OWNERLESS, True), (LOOSE, False))
    }


def _draw(regions: Sequence[Region], apart: Mapping[str, list[Card]]) -> tuple[Layout, int, int]:
    positions: dict[str, tuple[int, int]] = {}
    bands: list[Frame] = []
    inner: list[Frame] = []
    top = 0
    names = {term.rank: name for name, term in vocabulary().enumerations["levels"].items()}
    packed = [(region, *region.packed()) for region in regions]
    total = max((region.left + shelf.width + 2 * PAD for region, _, shelf in packed), default=400)
    for row in sorted({region.row for region in regions}):
        start, height = top, 0
        for region, cards, shelf in (entry for entry in packed if entry[0].row == row):
            left, y = region.left + PAD, start + region.top + PAD + TITLE
            inner.append(
                Frame("place", region.name, left - 4, y - TITLE - 2, shelf.width + 8, shelf.height + TITLE + 6)
            )
            _put(cards, shelf.corners, (left, y), positions, inner)
            height = max(height, region.top + shelf.height + TITLE + 2 * PAD)
        bands.append(Frame("band", names[row], 0, start, total, height))
        top += height
    for name, cards in apart.items():
        if cards:
            shelf = shelve(sizes_of(cards), total - LABEL - PAD, gap=6)
            bands.append(Frame("band", name, 0, top, total, shelf.height + 2 * PAD))
            _put(cards, shelf.corners, (LABEL + PAD, top + PAD), positions, inner)
            top += shelf.height + 2 * PAD
    frames = (*bands, *(f for f in inner if f.role == "place"), *(f for f in inner if f.role == "card"))
    return Layout(positions, frames), total, max(top, 1)


def _put(
    cards: Sequence[Card],
    corners: Sequence[tuple[int, int]],
    origin: tuple[int, int],
    positions: dict[str, tuple[int, int]],
    frames: list[Frame],
) -> None:
    for card, (x, y) in zip(cards, corners, strict=True):
        left, top = origin[0] + x, origin[1] + y
        for node, (dx, dy) in card.centres.items():
            positions[node] = (left + dx, top + dy)
        if len(card.centres) > 1 and card.name:
            frames.append(Frame("card", card.name, left, top, card.width, card.height))
