"""One superior or owner for every node: the tree of the hierarchy layout, and of large maps that open step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from govgraph.model.case import Case
    from govgraph.render.map.owners import Places

LARGE = 2000
"""From this many nodes on, a map opens with superiors standing for what is below them."""
MOST_IN_BUNDLE = 300
FIRST_SIGHT = 150  # nodes that a large map shows at first, at the most


@dataclass(frozen=True, slots=True)
class Tree:
    """Parents by position in the case (None for roots); ``order`` is the place in a walk from the roots down."""

    parents: list[int | None]
    children: list[list[int]]
    order: list[int]

    @property
    def roots(self) -> list[int]:
        """Positions of the nodes with nothing above them."""
        return [position for position, parent in enumerate(self.parents) if parent is None]


def make_tree(case: Case, places: Places) -> Tree:
    """Return the tree of a case: owners of things, first superiors of bodies; a circle is cut where it closes."""
    index = {node.id: position for position, node in enumerate(case.nodes)}
    parents: list[int | None] = [None] * len(index)
    higher = _higher(case, places)
    for node, position in index.items():
        above = places.owner.get(node) or places.above.get(node) or higher.get(node)
        if above is not None:
            parents[position] = index[above]
    _cut_circles(parents)
    children: list[list[int]] = [[] for _ in parents]
    for position, parent in enumerate(parents):
        if parent is not None:
            children[parent].append(position)
    order = [0] * len(parents)
    stack = [position for position, parent in enumerate(parents) if parent is None][::-1]
    step = 0
    while stack:
        position = stack.pop()
        order[position] = step
        step += 1
        stack.extend(reversed(children[position]))
    return Tree(parents, children, order)


def _higher(case: Case, places: Places) -> dict[str, str]:
    """Return for each body the first body of a higher level that any relation joins it to."""
    result: dict[str, str] = {}
    for relation in case.relations:
        for lower, upper in ((relation.start, relation.end), (relation.end, relation.start)):
            if lower in places.level and upper in places.level and places.level[upper] < places.level[lower]:
                result.setdefault(lower, upper)
    return result


@dataclass(frozen=True, slots=True)
class Bundle:
    """Roots of one family and kind that a large map shows as one box until it is opened."""

    name: str
    members: list[int]


def bundles(case: Case, tree: Tree) -> list[Bundle]:
    """Return the boxes for roots, where there are too many to show each."""
    if len(tree.roots) <= FIRST_SIGHT:
        return []
    by_kind: dict[str, list[int]] = {}
    for position in tree.roots:
        if not tree.children[position]:
            by_kind.setdefault(case.nodes[position].kind, []).append(position)
    result = []
    for kind, members in by_kind.items():
        for start in range(0, len(members), MOST_IN_BUNDLE):
            part = members[start : start + MOST_IN_BUNDLE]
            numbered = f"{kind} {start + 1}–{start + len(part)}" if len(members) > MOST_IN_BUNDLE else kind
            result.append(Bundle(numbered, part))
    return result


def _cut_circles(parents: list[int | None]) -> None:
    done = [False] * len(parents)
    for start in range(len(parents)):
        trail: dict[int, None] = {}
        position: int | None = start
        while position is not None and not done[position]:
            if position in trail:
                parents[position] = None
                break
            trail[position] = None
            position = parents[position]
        for passed in trail:
            done[passed] = True


def opened_at_first(tree: Tree) -> list[int]:
    """Return the nodes that are open at first: level by level from the roots, while few enough are seen."""
    seen = min(len(tree.roots), FIRST_SIGHT // 2)
    opened: list[int] = []
    queue = list(tree.roots)
    for position in queue:
        children = tree.children[position]
        if children and seen + len(children) <= FIRST_SIGHT:
            seen += len(children)
            opened.append(position)
            queue.extend(children)
    return opened


def ranks(case: Case, places: Places) -> tuple[list[int], dict[int, str]]:
    """Return the row of each node on a large map and the rows' names: bodies by level, things below their body."""
    names = {term.rank: name for name, term in vocabulary().enumerations["levels"].items()}
    result: list[int] = []
    for node in case.nodes:
        if node.id in places.level:
            result.append(places.level[node.id] * 2)
        else:
            body = places.body.get(node.id)
            result.append(places.level[body] * 2 + 1 if body in places.level else 2 * len(names))
    return result, {rank * 2: name for rank, name in names.items()}
