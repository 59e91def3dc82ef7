"""Cards and shelves: a body with what is its own below it, and cards side by side in rows of a given width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.render.map.placement import Box

GAP = 5  # between the items of a card
MARGIN = 6  # between a card's edge and its items
CARD_GAP = 10  # between cards


@dataclass(frozen=True, slots=True)
class Card:
    """A rectangle of nodes; ``centres`` are relative to its upper left corner."""

    name: str
    width: int
    height: int
    centres: dict[str, tuple[int, int]]


def make_card(head: str | None, items: Sequence[str], boxes: Mapping[str, Box], most_rows: int) -> Card:
    """Lay a body over its items, which fill columns of at most ``most_rows``."""
    count = max(1, -(-len(items) // most_rows))
    rows = -(-len(items) // count) if items else 0
    columns = [items[start : start + rows] for start in range(0, len(items), rows)] if rows else []
    widths = [max(boxes[item].width for item in column) for column in columns]
    margin = MARGIN if items and head is not None else 0
    inner = sum(widths) + GAP * max(0, len(widths) - 1)
    if head is not None:
        inner = max(inner, boxes[head].width)
    centres: dict[str, tuple[int, int]] = {}
    top = margin
    if head is not None:
        centres[head] = (margin + inner // 2, top + boxes[head].height // 2)
        top += boxes[head].height + (GAP + 2 if items else 0)
    left, bottom = margin, top
    for column, width in zip(columns, widths, strict=True):
        y = top
        for item in column:
            centres[item] = (left + boxes[item].width // 2, y + boxes[item].height // 2)
            y += boxes[item].height + GAP
        bottom = max(bottom, y - GAP)
        left += width + GAP
    return Card(head or "", inner + 2 * margin, bottom + margin, centres)


class Group:
    """A body with what is its own, before it is known how many columns its items fill."""

    def __init__(self, head: str, items: tuple[str, ...], boxes: Mapping[str, Box]) -> None:
        self.head = head
        self.items = items
        self._boxes = boxes
        self._cards: dict[int, Card] = {}
        self.least = max(boxes[name].width for name in (head, *items)) + (2 * MARGIN if items else 0)
        middle = self.card(5)
        self.area = float((middle.width + CARD_GAP) * (middle.height + CARD_GAP))

    def card(self, most_rows: int) -> Card:
        """Return the card with columns of at most ``most_rows`` items."""
        rows = min(most_rows, max(1, len(self.items)))
        if rows not in self._cards:
            self._cards[rows] = make_card(self.head, self.items, self._boxes, rows)
        return self._cards[rows]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rectangles placed in a given width; ``corners`` are upper left corners, in the order given."""

    corners: tuple[tuple[int, int], ...]
    width: int
    height: int


def shelve(sizes: Sequence[tuple[int, int]], width: float, gap: int = CARD_GAP) -> Shelf:
    """Place rectangles, in their order, each as high as it can go and then as far left (a skyline packing)."""
    corners: list[tuple[int, int]] = []
    skyline: list[tuple[int, int, int]] = [(0, int(width) + gap, 0)]  # left, right, height reached
    for wide, high in sizes:
        x, y = _lowest(skyline, wide + gap)
        corners.append((x, y))
        skyline = _raised(skyline, x, x + wide + gap, y + high + gap)
    right = max((x + wide for (x, _), (wide, _) in zip(corners, sizes, strict=True)), default=0)
    bottom = max((y + high for (_, y), (_, high) in zip(corners, sizes, strict=True)), default=0)
    return Shelf(tuple(corners), right, bottom)


def _lowest(skyline: Sequence[tuple[int, int, int]], wide: int) -> tuple[int, int]:
    best: tuple[int, int] | None = None
    end = skyline[-1][1]
    for position, (left, _, _) in enumerate(skyline):
        if left + wide > end and left > 0:
            break
        y = 0
        for _, right, height in skyline[position:]:
            y = max(y, height)
            if right >= left + wide:
                break
        if best is None or y < best[0]:
            best = (y, left)
    assert best is not None
    return best[1], best[0]


def _raised(skyline: Sequence[tuple[int, int, int]], left: int, right: int, height: int) -> list[tuple[int, int, int]]:
    result: list[tuple[int, int, int]] = []
    for start, end, level in skyline:
        if start < left:
            result.append((start, min(end, left), level))
        if start <= left < end:
            result.append((left, right, height))
        if end > right:
            result.append((max(start, right), end, level))
    return result


def sizes_of(cards: Sequence[Card]) -> list[tuple[int, int]]:
    """Return the width and height of each card."""
    return [(card.width, card.height) for card in cards]
