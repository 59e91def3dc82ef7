"""Several places side by side: the same duties, and who leads, supports, decides and pays where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.model.case import Case, Node

ROLES = ("主责", "配合", "审批", "出资")
WORDS = re.compile(r"[（）()“”\"、，,。·\s]|工作|职责|任务|建设|管理|事务|事项|等")


@dataclass(frozen=True, slots=True)
class Part:
    """What one body does for a duty, with the body's kind and level."""

    role: str
    name: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A duty in one place: under which names, who does what; ``None`` duties mean that the place does not name it."""

    duties: tuple[str, ...]
    parts: tuple[Part, ...]

    def who(self, role: str) -> tuple[Part, ...]:
        """Return who has a role."""
        return tuple(part for part in self.parts if part.role == role)


@dataclass(frozen=True, slots=True)
class Row:
    """A duty that several places have, and what each does with it."""

    duty: str
    cells: tuple[Cell | None, ...]

    @property
    def lead_kinds(self) -> frozenset[str]:
        """The kinds of bodies that lead it, over all places."""
        return frozenset(part.kind for cell in self.cells if cell for part in cell.who("主责"))

    @property
    def differs(self) -> bool:
        """Whether bodies of different kinds lead it in different places."""
        leads = {frozenset(p.kind for p in cell.who("主责")) for cell in self.cells if cell}
        return len(leads) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places side by side.

    ``levels`` counts, for each place and level of government, the duties led there: the rows of the heat map.
    """

    cases: tuple[str, ...]
    rows: tuple[Row, ...]
    levels: Mapping[str, tuple[int, ...]]


def compare_cases(cases: Sequence[Case], *, alone: bool = False) -> Comparison:
    """Compare who does what about the same duties.

    Duties are the same where their names or aliases are, or where what is left of the names without words such as
    工作 and 管理 is. With ``alone`` duties that only one place names are listed too.
    """
    duties = [_by_key(case) for case in cases]
    keys = sorted({key for found in duties for key in found})
    rows = []
    for key in keys:
        there = [found.get(key) for found in duties]
        if not alone and sum(nodes is not None for nodes in there) <= 1:
            continue
        cells = tuple(_cell(case, nodes) if nodes else None for case, nodes in zip(cases, there, strict=True))
        name = next(nodes[0].name for nodes in there if nodes)
        rows.append(Row(name, cells))
    return Comparison(tuple(case.id for case in cases), tuple(rows), _levels(cases))


def _by_key(case: Case) -> dict[str, list[Node]]:
    """Return the duties of a case by what is the same in other places; an alias counts as a name."""
    result: dict[str, list[Node]] = {}
    for node in case.nodes:
        if node.family != "事项" or node.status != IN_FORCE:
            continue
        for key in dict.fromkeys(map(key_of, (node.name, *node.aliases))):
            result.setdefault(key, []).append(node)
    return result


def key_of(name: str) -> str:
    """Return what tells a duty's name apart: without the words that any duty has, unless nothing is left."""
    return WORDS.sub("", name) or name


def _cell(case: Case, duties: Sequence[Node]) -> Cell:
    identities = {duty.id for duty in duties}
    parts = {
        Part(relation.type, node.name, node.kind, str(node.properties.get("level", "")))
        for relation in case.relations
        if relation.type in ROLES and relation.status == IN_FORCE and relation.end in identities
        for node in (case.by_id[relation.start],)
    }
    ordered = sorted(parts, key=lambda part: (ROLES.index(part.role), part.name))
    return Cell(tuple(duty.name for duty in duties), tuple(ordered))


def _levels(cases: Sequence[Case]) -> dict[str, tuple[int, ...]]:
    """Return level → for each case the number of duties led at that level; "" is the level of those without one."""
    levels = [*vocabulary().enumerations["levels"], ""]
    counts = {level: [0] * len(cases) for level in levels}
    for number, case in enumerate(cases):
        for relation in case.relations:
            if relation.type == "主责" and relation.status == IN_FORCE:
                counts[str(case.by_id[relation.start].properties.get("level", ""))][number] += 1
    return {level: tuple(row) for level, row in counts.items() if any(row)}
