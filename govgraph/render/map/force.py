"""The force layout: springs along relations, repulsion between neighbours, boxes pushed apart at the end.

Fruchterman & Reingold 1991, with a grid for the repulsion. It starts from the 条块 positions and uses only
arithmetic and square roots, so that every machine computes the same whole pixels.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from govgraph.render.map.placement import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.model.case import Case
    from govgraph.render.map.placement import Box

LENGTH = 105.0  # of a spring at rest
ROUNDS = 160
FULL = 400  # nodes up to which all rounds are run
MOST = 600
"""Beyond this many nodes the layout is not offered: it would take longer than reading it is worth."""
Points = list[list[float]]


def place_by_force(case: Case, start: Layout, boxes: Mapping[str, Box]) -> Layout:
    """Lay a case out by force, deterministically."""
    index = {node.id: position for position, node in enumerate(case.nodes)}
    points = [[float(value) for value in start.positions[node.id]] for node in case.nodes]
    springs = sorted(
        {
            (min(index[r.start], index[r.end]), max(index[r.start], index[r.end]))
            for r in case.relations
            if r.start != r.end
        }
    )
    rounds = min(ROUNDS, ROUNDS * FULL // max(1, len(points)))
    for step in range(rounds):
        _move(points, springs, LENGTH * (1 - step / rounds) + 2)
    sizes = [(boxes[node.id].width + 14, boxes[node.id].height + 12) for node in case.nodes]
    for _ in range(60):
        if not _push_apart(points, sizes):
            break
    return Layout({node.id: (round(x), round(y)) for node, (x, y) in zip(case.nodes, points, strict=True)})


def _move(points: Points, springs: Sequence[tuple[int, int]], limit: float) -> None:
    count = len(points)
    forces = [[0.0, 0.0] for _ in range(count)]
    cells = _cells(points, 2 * LENGTH)
    for (column, row), inside in cells.items():
        near = [other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in cells.get((column + dx, row + dy), ())]
        for a in inside:
            for b in near:
                if b != a:
                    _repel(points[a], points[b], forces[a], a - b)
    for a, b in springs:
        dx, dy = points[b][0] - points[a][0], points[b][1] - points[a][1]
        pull = sqrt(dx * dx + dy * dy) / LENGTH * 0.5
        for end, sign in ((a, 1), (b, -1)):
            forces[end][0] += sign * dx * pull
            forces[end][1] += sign * dy * pull
    middle = [sum(point[axis] for point in points) / max(1, count) for axis in (0, 1)]
    for point, force in zip(points, forces, strict=True):
        for axis in (0, 1):
            force[axis] += (middle[axis] - point[axis]) * 0.08
        size = sqrt(force[0] ** 2 + force[1] ** 2)
        share = min(1.0, limit / size) if size else 0.0
        point[0] += force[0] * share
        point[1] += force[1] * share * 0.75  # screens are wide


def _repel(a: list[float], b: list[float], force: list[float], tie: int) -> None:
    dx, dy = a[0] - b[0], a[1] - b[1]
    square = dx * dx + dy * dy
    if square < 1:  # on one spot: part along a fixed direction
        dx, dy, square = (1.0 if tie > 0 else -1.0), 0.5, 1.25
    if square < 4 * LENGTH * LENGTH:
        push = LENGTH * LENGTH / square
        force[0] += dx * push
        force[1] += dy * push


def _cells(points: Points, size: float) -> dict[tuple[int, int], list[int]]:
    cells: dict[tuple[int, int], list[int]] = {}
    for position, (x, y) in enumerate(points):
        cells.setdefault((int(x // size), int(y // size)), []).append(position)
    return cells


def _push_apart(points: Points, sizes: Sequence[tuple[int, int]]) -> bool:
    """Move overlapping boxes apart along the axis where less is needed; say whether there were any."""
    moved = False
    cells = _cells(points, 200.0)
    for (column, row), inside in sorted(cells.items()):
        near = [o for dx in (-1, 0, 1) for dy in (-1, 0, 1) for o in cells.get((column + dx, row + dy), ())]
        for a in inside:
            for b in near:
                if b <= a:
                    continue
                over = [(sizes[a][k] + sizes[b][k]) / 2 - abs(points[a][k] - points[b][k]) for k in (0, 1)]
                if over[0] <= 0 or over[1] <= 0:
                    continue
                axis = 0 if over[0] < over[1] else 1
                sign = 1 if points[a][axis] > points[b][axis] else -1
                points[a][axis] += sign * (over[axis] / 2 + 0.5)
                points[b][axis] -= sign * (over[axis] / 2 + 0.5)
                moved = True
    return moved
