"""How two bodies can reach each other: by coordination, by superiors, by money, or by any relation in force."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govgraph.model.case import Case, Node, Relation

CHANNELS = {
    "coordination": ("协调", "成员", "对接", "配合", "主责"),
    "superior": ("派出机构", "隶属", "领导", "管理"),
    "money": ("拨款", "出资", "审批", "提供"),
    "any": (),
}
"""Channel → relation types that it runs over; empty means all but those of `SEVERING`."""

SEVERING = frozenset({"不认可", "合并为", "更名为", "分设为"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; ``forward`` tells whether the relation points along it."""

    start: Node
    end: Node
    relation: Relation
    forward: bool


def shortest(case: Case, start: str, end: str, channel: str = "any") -> list[Step] | None:
    """Return a shortest path between two nodes over relations in force, or None.

    Of several shortest paths the first by relation ids is returned, so that the same case gives the same path.
    """
    types = CHANNELS[channel]
    around: dict[str, list[tuple[str, Relation, bool]]] = {}
    for relation in sorted(case.relations, key=lambda relation: relation.id):
        if relation.status != "现行" or (relation.type not in types if types else relation.type in SEVERING):
            continue
        around.setdefault(relation.start, []).append((relation.end, relation, True))
        around.setdefault(relation.end, []).append((relation.start, relation, False))
    came: dict[str, tuple[str, Relation, bool] | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        here = queue.popleft()
        for there, relation, forward in around.get(here, ()):
            if there not in came:
                came[there] = (here, relation, forward)
                queue.append(there)
    if end not in came:
        return None
    steps: list[Step] = []
    current = end
    while (before := came[current]) is not None:
        here, relation, forward = before
        steps.append(Step(case.by_id[here], case.by_id[current], relation, forward))
        current = here
    return steps[::-1]
