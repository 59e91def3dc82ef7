"""The hierarchy layout: an organisation chart. What has nothing below it hangs in a column under its superior."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.map.placement import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.model.case import Case
    from govgraph.render.map.placement import Box
    from govgraph.render.map.tree import Tree

ACROSS, DOWN = 16, 44
HANGING = 6
COLUMN = 9  # leaves below each other before a further column begins
ASPECT = 1.64


class _Chart:
    """Widths first, from the leaves up; then positions, from the roots down."""

    def __init__(self, tree: Tree, boxes: Sequence[Box]) -> None:
        self.tree = tree
        self.boxes = boxes
        self.widths = [0] * len(boxes)
        self.heights = [0] * len(boxes)
        self.spots: list[tuple[int, int]] = [(0, 0)] * len(boxes)
        for position in sorted(range(len(boxes)), key=lambda item: -tree.order[item]):
            self._measure(position)

    def parts(self, position: int) -> tuple[list[int], list[list[int]]]:
        """Return the children that have children, and the leaves in columns."""
        children = self.tree.children[position]
        leaves = [child for child in children if not self.tree.children[child]]
        columns = [leaves[start : start + COLUMN] for start in range(0, len(leaves), COLUMN)]
        return [child for child in children if self.tree.children[child]], columns

    def _column(self, column: list[int]) -> tuple[int, int]:
        width = max(self.boxes[leaf].width for leaf in column)
        return width + ACROSS, sum(self.boxes[leaf].height + HANGING for leaf in column)

    def _measure(self, position: int) -> None:
        branches, columns = self.parts(position)
        sizes = [(self.widths[child], self.heights[child]) for child in branches]
        sizes += [self._column(column) for column in columns]
        box = self.boxes[position]
        self.widths[position] = max(box.width + ACROSS, sum(width for width, _ in sizes))
        self.heights[position] = box.height + (DOWN + max(height for _, height in sizes) if sizes else 0)

    def place(self, root: int, left: int, top: int) -> None:
        """Place a tree into its rectangle; iterative, since a chain may be long."""
        stack = [(root, left, top)]
        while stack:
            position, x, y = stack.pop()
            box = self.boxes[position]
            self.spots[position] = (x + self.widths[position] // 2, y + box.height // 2)
            branches, columns = self.parts(position)
            below = y + box.height + DOWN
            needed = sum(self.widths[child] for child in branches) + sum(self._column(c)[0] for c in columns)
            x += (self.widths[position] - needed) // 2
            for column in columns:
                self._hang(column, x, below)
                x += self._column(column)[0]
            for child in branches:
                stack.append((child, x, below))
                x += self.widths[child]

    def _hang(self, column: list[int], left: int, top: int) -> None:
        for leaf in column:
            box = self.boxes[leaf]
            self.spots[leaf] = (left + ACROSS // 2 + box.width // 2, top + box.height // 2)
            top += box.height + HANGING


def place_in_hierarchy(case: Case, tree: Tree, boxes: Mapping[str, Box]) -> Layout:
    """Lay a case out as charts, side by side and in as many rows as the screen's shape asks for."""
    ordered = [boxes[node.id] for node in case.nodes]
    chart = _Chart(tree, ordered)
    roots = sorted(tree.roots, key=lambda root: not tree.children[root])
    space = sum((chart.widths[root] + ACROSS) * (chart.heights[root] + DOWN) for root in roots)
    width = max([(space * ASPECT) ** 0.5, *(float(chart.widths[root]) for root in roots)])
    x = y = row = 0
    for root in roots:
        if x and x + chart.widths[root] > width:
            x, y, row = 0, y + row + DOWN // 2, 0
        chart.place(root, x, y)
        x += chart.widths[root] + ACROSS
        row = max(row, chart.heights[root])
    return Layout({node.id: chart.spots[position] for position, node in enumerate(case.nodes)})
