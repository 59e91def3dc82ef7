"""What a layout yields: where each node stands, and the bands and frames drawn behind them. Units are pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.render.map.text import FONT_SIZE, LINE_HEIGHT, text_width, wrap

if TYPE_CHECKING:
    from govgraph.model.case import Node

BODY_FAMILY = "组织"
BODY_WIDTH, ITEM_WIDTH = 136, 130  # the widest a line of a label may be
ICON = 18  # room for the symbol left of an item's label
PADDING = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn: the lines of its label and the size of its box."""

    lines: tuple[str, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle behind the nodes: ``band`` (a level), ``place`` (a 块) or ``card`` (a body with what is its own)."""

    role: str
    name: str
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of node centres by id, and the frames behind them, outermost first."""

    positions: dict[str, tuple[int, int]]
    frames: tuple[Frame, ...] = ()


def box_of(node: Node) -> Box:
    """Return how large a node is drawn."""
    body = node.family == BODY_FAMILY
    lines = wrap(node.name, BODY_WIDTH if body else ITEM_WIDTH)
    widest = max(text_width(line, FONT_SIZE + 1 if body else FONT_SIZE) for line in lines)
    icon = 0 if body else ICON
    height = len(lines) * LINE_HEIGHT + (10 if body else 7)
    return Box(lines, round(widest) + 2 * PADDING + icon, height)
