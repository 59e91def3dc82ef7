"""The 条块 layout: levels are rows, places are columns under the place above them, duties stand with their lead."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.render.map.cards import Card, area, make_card, shelve, sizes_of
from govgraph.render.map.placement import BODY_FAMILY, Frame, Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govgraph.model.case import Case
    from govgraph.render.map.cards import Shelf
    from govgraph.render.map.owners import Places
    from govgraph.render.map.placement import Box

ASPECT = 1.58  # of the map's area on a screen of 1366 × 768 beside the list of findings
LABEL = 34  # room for the level's name at the left of its row
PAD = 7  # between a row's edge and its places
TITLE = 14  # a place's name above its cards
FAMILY_ORDER = ("岗位", "人员", "事项", "资源", "文件")
COLUMNS_BONUS = 1.12  # true columns are worth a little legibility
OWNERLESS, LOOSE = "ownerless", "loose"  # the last rows: duties without a lead, and what belongs to no body
Apart = dict[str, list[Card]]


@dataclass(slots=True)
class _Column:
    """A place: its cards by level, and the places below it."""

    name: str
    cells: dict[int, list[Card]] = field(default_factory=dict)
    below: list[_Column] = field(default_factory=list)

    @property
    def top(self) -> int:
        return min(self.cells)

    def areas(self) -> dict[int, float]:
        """Return the space needed in each row, by this place and those below it."""
        total: dict[int, float] = {row: area(cards) for row, cards in self.cells.items()}
        for column in self.below:
            for row, needed in column.areas().items():
                total[row] = total.get(row, 0.0) + needed
        return total

    def least(self) -> int:
        """Return the least width: the widest card, or the places below side by side."""
        own = max((card.width for cards in self.cells.values() for card in cards), default=0) + 2 * PAD
        return max(own, sum(part.least() for part in _parts(self)) if self.below else 0)


def place_in_bands(case: Case, places: Places, boxes: Mapping[str, Box]) -> Layout:
    """Lay a case out in 条块; of several widths and heights of card the most legible is taken."""
    choices = (6,) if len(case.nodes) > 600 else (4, 5, 7, 9, 12)
    best: tuple[float, Layout] | None = None
    for most_rows in choices:
        columns, apart = _columns(case, places, boxes, most_rows)
        for share, bonus in ((_in_columns, COLUMNS_BONUS), (_in_rows, 1.0)):
            low, high = 300, 400 * max(1, len(case.nodes))
            for _ in range(12):
                middle = (low + high) // 2
                layout, width, height = _draw(share(columns, middle), apart)
                score = bonus * min(ASPECT / width, 1 / height)
                if best is None or score > best[0] + 1e-9:
                    best = (score, layout)
                low, high = (low, middle) if width > height * ASPECT else (middle, high)
    assert best is not None
    return best[1]


def _columns(case: Case, places: Places, boxes: Mapping[str, Box], most_rows: int) -> tuple[list[_Column], Apart]:
    items: dict[str, list[str]] = {}
    loose: dict[str, list[str]] = {}
    for node in case.nodes:
        if node.family == BODY_FAMILY:
            items.setdefault(node.id, [])
        elif (body := places.body.get(node.id)) is not None:
            items.setdefault(body, []).append(node.id)
        else:
            loose.setdefault(node.family, []).append(node.id)
    columns: dict[str, _Column] = {}
    for node in case.nodes:
        if node.family == BODY_FAMILY:
            column = columns.setdefault(places.place[node.id], _Column(places.place[node.id]))
            own = _by_family(items[node.id], case)
            column.cells.setdefault(places.level[node.id], []).append(make_card(node.id, own, boxes, most_rows))
    apart = {
        OWNERLESS: [make_card(None, [item], boxes, 1) for item in loose.pop("事项", ())],
        LOOSE: [make_card(None, [item], boxes, 1) for name in FAMILY_ORDER for item in loose.get(name, ())],
    }
    return _nested(columns, case, places), apart


def _by_family(items: Iterable[str], case: Case) -> list[str]:
    return sorted(items, key=lambda item: FAMILY_ORDER.index(case.by_id[item].family))


def _nested(columns: Mapping[str, _Column], case: Case, places: Places) -> list[_Column]:
    """Put each place below the place that most of its superiors are of; return those with none above."""
    votes: dict[str, dict[str, int]] = {}
    for lower, upper in places.above.items():
        down, up = places.place[lower], places.place[upper]
        if columns[up].top < columns[down].top:
            votes.setdefault(down, {}).setdefault(up, 0)
            votes[down][up] += 1
    order = list(columns)
    highest = min((column.top for column in columns.values()), default=0)
    roots = []
    for name, column in columns.items():
        if column.top == highest:
            roots.append(column)
            continue
        counted = votes.get(name) or _nearest_above(columns, column)
        parent = min(counted, key=lambda up: (-counted[up], order.index(up)))
        columns[parent].below.append(column)
    return roots


def _nearest_above(columns: Mapping[str, _Column], column: _Column) -> dict[str, int]:
    """Where no superior is known: any place one row up, so that nothing needs a column of its own."""
    above = [other for other in columns.values() if other.top < column.top]
    nearest = max(other.top for other in above)
    return {other.name: 0 for other in above if other.top == nearest}


def _parts(column: _Column) -> list[_Column]:
    """Return what stands side by side below a place's first row: its own lower bodies, and the places below."""
    lower = {row: cards for row, cards in column.cells.items() if row != column.top}
    if not column.below or not lower:
        return list(column.below)
    return [_Column(column.name, lower), *column.below]


@dataclass(slots=True)
class _Region:
    """A place's cards in one row: where it stands in the row, and the width its cards may take."""

    row: int
    left: int
    top: int
    width: int
    name: str
    cards: list[Card]

    def shelf(self) -> Shelf:
        """Return the place's cards packed into its width."""
        return shelve(sizes_of(self.cards), self.width - 2 * PAD)


def _in_columns(columns: Sequence[_Column], width: int) -> list[_Region]:
    """Give every place a column, below that of the place above it."""
    regions = list(_shares(columns, LABEL, width))
    return [replace(region, width=_room(region, regions, LABEL + width)) for region in regions]


def _room(region: _Region, regions: Sequence[_Region], end: int) -> int:
    """Let a place use what its row leaves free at its right."""
    right = [other.left for other in regions if other.row == region.row and other.left > region.left]
    return max(region.width, min(right, default=end) - region.left)


def _shares(columns: Sequence[_Column], left: int, width: int) -> Iterable[_Region]:
    """Share a width among places, by the space each needs in its most crowded row."""
    weights = [max(column.areas().values()) for column in columns]
    least = [column.least() for column in columns]
    spare = max(0, width - sum(least))
    whole = sum(weights) or 1.0
    wanted = [max(0.0, width * weight / whole - need) for weight, need in zip(weights, least, strict=True)]
    total = sum(wanted) or 1.0
    for column, need, want in zip(columns, least, wanted, strict=True):
        share = need + int(spare * want / total)
        yield _Region(column.top, left, 0, share, column.name, column.cells[column.top])
        if column.below:
            yield from _shares(_parts(column), left, share)
        else:
            for row, cards in column.cells.items():
                if row != column.top:
                    yield _Region(row, left, 0, share, column.name, cards)
        left += share


def _in_rows(columns: Sequence[_Column], width: int) -> list[_Region]:
    """Pack the places of each row on their own, in the order of their columns: denser, and less in line."""
    rows: dict[int, list[_Region]] = {}
    for region in _shares(columns, 0, sum(column.least() for column in columns)):
        widest = max(card.width for card in region.cards)
        region.width = min(width, max(widest, round(sqrt(area(region.cards) * 1.9)))) + 2 * PAD
        rows.setdefault(region.row, []).append(region)
    for regions in rows.values():
        sizes = []
        for region in regions:
            shelf = region.shelf()
            region.width = shelf.width + 2 * PAD
            sizes.append((region.width, shelf.height + TITLE + 2 * PAD))
        for region, (x, y) in zip(regions, shelve(sizes, width, gap=0).corners, strict=True):
            region.left, region.top = LABEL + x, y
    return [region for _, regions in sorted(rows.items()) for region in regions]


def _draw(regions: Sequence[_Region], apart: Apart) -> tuple[Layout, int, int]:
    positions: dict[str, tuple[int, int]] = {}
    bands: list[Frame] = []
    inner: list[Frame] = []
    top = 0
    names = {term.rank: name for name, term in vocabulary().enumerations["levels"].items()}
    shelves = [(region, region.shelf()) for region in regions]
    total = max((region.left + shelf.width + 2 * PAD for region, shelf in shelves), default=400)
    for row in sorted({region.row for region in regions}):
        start, height = top, 0
        for region, shelf in (pair for pair in shelves if pair[0].row == row):
            left, y = region.left + PAD, start + region.top + PAD + TITLE
            inner.append(
                Frame("place", region.name, left - 4, y - TITLE - 2, shelf.width + 8, shelf.height + TITLE + 6)
            )
            _put(region.cards, shelf.corners, (left, y), positions, inner)
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
