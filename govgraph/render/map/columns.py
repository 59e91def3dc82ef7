"""Places as columns: each below the place above it, and how the width of the map is shared among them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING

from govgraph.render.map.cards import Group, shelve, sizes_of
from govgraph.render.map.placement import BODY_FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govgraph.model.case import Case
    from govgraph.render.map.cards import Card, Shelf
    from govgraph.render.map.owners import Places
    from govgraph.render.map.placement import Box

LABEL = 30  # room for the level's name at the left of its row
PAD = 6  # between a row's edge and its places
TITLE = 14  # a place's name above its cards
FAMILY_ORDER = ("岗位", "人员", "事项", "资源", "文件")
CROWD = 100  # groups in one place from which one shape of card must do
ROW_CHOICES = (1, 2, 3, 4, 5, 6, 8, 10, 13)  # items below each other in a card


@dataclass(slots=True)
class Column:
    """A place: its groups by level, and the places below it."""

    name: str
    cells: dict[int, list[Group]] = field(default_factory=dict)
    below: list[Column] = field(default_factory=list)

    @property
    def top(self) -> int:
        """The place's highest level."""
        return min(self.cells)

    def areas(self) -> dict[int, float]:
        """Return the space needed in each row, by this place and those below it."""
        total = {row: sum(group.area for group in groups) for row, groups in self.cells.items()}
        for column in self.below:
            for row, needed in column.areas().items():
                total[row] = total.get(row, 0.0) + needed
        return total

    def least(self) -> int:
        """Return the least width: the widest single item, or the places below side by side."""
        own = max((group.least for groups in self.cells.values() for group in groups), default=0) + 2 * PAD
        return max(own, sum(part.least() for part in self.parts()))

    def parts(self) -> list[Column]:
        """Return what stands side by side below the first row: the place's own lower bodies, and the places below."""
        lower = {row: groups for row, groups in self.cells.items() if row != self.top}
        if not self.below or not lower:
            return list(self.below)
        return [Column(self.name, lower), *self.below]


@dataclass(slots=True)
class Region:
    """A place in one row: where it stands in the row, and the width its cards may take."""

    row: int
    left: int
    top: int
    width: int
    name: str
    groups: list[Group]

    def packed(self) -> tuple[list[Card], Shelf]:
        """Return the cards in the shape that needs the least height in this width."""
        best: tuple[list[Card], Shelf] | None = None
        most = max(len(group.items) for group in self.groups)
        for rows in ROW_CHOICES if len(self.groups) < CROWD else ROW_CHOICES[5:6]:
            cards = [group.card(rows) for group in self.groups]
            shelf = shelve(sizes_of(cards), self.width - 2 * PAD)
            fits = shelf.width <= self.width - 2 * PAD
            if best is None or (fits and shelf.height < best[1].height) or best[1].width > self.width - 2 * PAD:
                best = (cards, shelf)
            if rows > most:
                break
        assert best is not None
        return best


def make_columns(case: Case, places: Places, boxes: Mapping[str, Box]) -> list[Column]:
    """Return the places with none above them, those below nested in them; larger groups first in each."""
    items: dict[str, list[str]] = {node.id: [] for node in case.nodes if node.family == BODY_FAMILY}
    for node in case.nodes:
        if node.id in places.body:
            items[places.body[node.id]].append(node.id)
    columns: dict[str, Column] = {}
    for body, own in items.items():
        column = columns.setdefault(places.place[body], Column(places.place[body]))
        own.sort(key=lambda item: FAMILY_ORDER.index(case.by_id[item].family))
        column.cells.setdefault(places.level[body], []).append(Group(body, tuple(own), boxes))
    for column in columns.values():
        for groups in column.cells.values():
            groups.sort(key=lambda group: not group.items)
    return _nested(columns, places)


def _nested(columns: Mapping[str, Column], places: Places) -> list[Column]:
    """Put each place below the place that most of its superiors are of; return those with none above."""
    votes: dict[str, dict[str, int]] = {}
    for lower, upper in places.above.items():
        down, up = places.place[lower], places.place[upper]
        if columns[up].top < columns[down].top:
            votes.setdefault(down, {}).setdefault(up, 0)
            votes[down][up] += 1
    order = {name: position for position, name in enumerate(columns)}
    highest = min((column.top for column in columns.values()), default=0)
    roots = []
    for name, column in columns.items():
        if column.top == highest:
            roots.append(column)
            continue
        counted = votes.get(name) or _nearest_above(columns, column)
        columns[min(counted, key=lambda up: (-counted[up], order[up]))].below.append(column)
    return roots


def _nearest_above(columns: Mapping[str, Column], column: Column) -> dict[str, int]:
    """Where no superior is known: any place one row up, so that nothing needs a column of its own."""
    above = [other for other in columns.values() if other.top < column.top]
    nearest = max(other.top for other in above)
    return {other.name: 0 for other in above if other.top == nearest}


def in_columns(columns: Sequence[Column], width: int) -> list[Region]:
    """Give every place a column, below that of the place above it."""
    regions = list(_shares(columns, LABEL, width))
    return [replace(region, width=_room(region, regions, LABEL + width)) for region in regions]


def _room(region: Region, regions: Sequence[Region], end: int) -> int:
    """Let a place use what its row leaves free at its right."""
    right = [other.left for other in regions if other.row == region.row and other.left > region.left]
    return max(region.width, min(right, default=end) - region.left)


def _shares(columns: Sequence[Column], left: int, width: int) -> Iterable[Region]:
    """Share a width among places, by the space each needs in its most crowded row."""
    weights = [max(column.areas().values()) for column in columns]
    least = [column.least() for column in columns]
    spare = max(0, width - sum(least))
    whole = sum(weights) or 1.0
    wanted = [max(0.0, width * weight / whole - need) for weight, need in zip(weights, least, strict=True)]
    total = sum(wanted) or 1.0
    for column, need, want in zip(columns, least, wanted, strict=True):
        share = need + int(spare * want / total)
        yield Region(column.top, left, 0, share, column.name, column.cells[column.top])
        if column.below:
            yield from _shares(column.parts(), left, share)
        else:
            for row, groups in column.cells.items():
                if row != column.top:
                    yield Region(row, left, 0, share, column.name, groups)
        left += share


def in_order(columns: Sequence[Column], width: int) -> list[Region]:
    """Share the width anew in each row, in the order of the columns."""
    rows: dict[int, list[Region]] = {}
    for region in _shares(columns, 0, sum(column.least() for column in columns)):
        rows.setdefault(region.row, []).append(region)
    for regions in rows.values():
        least = [max(group.least for group in region.groups) + 2 * PAD for region in regions]
        space = [sum(group.area for group in region.groups) for region in regions]
        spare, left = max(0, width - sum(least)), LABEL
        wanted = [max(1.0, width * part / sum(space) - need) for part, need in zip(space, least, strict=True)]
        for region, need, want in zip(regions, least, wanted, strict=True):
            region.left, region.width = left, need + int(spare * want / sum(wanted))
            left += region.width
    return [region for _, regions in sorted(rows.items()) for region in regions]


def in_rows(columns: Sequence[Column], width: int) -> list[Region]:
    """Pack the places of each row on their own, in the order of their columns: denser, and less in line."""
    rows: dict[int, list[Region]] = {}
    for region in _shares(columns, 0, sum(column.least() for column in columns)):
        space = sum(group.area for group in region.groups)
        least = max(group.least for group in region.groups)
        region.width = min(width, max(least, round(sqrt(space * 1.9)))) + 2 * PAD
        rows.setdefault(region.row, []).append(region)
    for regions in rows.values():
        sizes = []
        for region in regions:
            _, shelf = region.packed()
            region.width = shelf.width + 2 * PAD
            sizes.append((region.width, shelf.height + TITLE + 2 * PAD))
        for region, (x, y) in zip(regions, shelve(sizes, width, gap=0).corners, strict=True):
            region.left, region.top = LABEL + x, y
    return [region for _, regions in sorted(rows.items()) for region in regions]
