"""Where things belong on the map: a duty beside its lead, a resource beside its holder, a body at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govgraph.model.view import superiors
from govgraph.model.vocabulary import vocabulary
from govgraph.render.map.placement import BODY_FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.case import Case, Node, Relation

# Family → relation types that say where a thing belongs, the strongest first; ``from`` or ``to`` is the owner's end.
TIES: dict[str, tuple[tuple[str, str], ...]] = {
    "事项": (("主责", "from"), ("包含", "from")),
    "资源": (
        ("持有", "from"),
        ("提供", "from"),
        ("出资", "from"),
        ("需要", "from"),
        ("审批", "from"),
        ("应移交", "to"),
    ),
    "文件": (("制定", "from"), ("签订", "from"), ("规定", "to")),
    "岗位": (("设岗", "from"), ("兼任", "to"), ("领导", "from"), ("成员", "to")),
    "人员": (("任职", "to"), ("隶属", "to"), ("派驻", "from"), ("管理", "from"), ("划转", "to")),
}
WEAK = {"资源", "文件", "岗位", "人员"}  # these may stand beside any neighbour; a duty without a lead stands apart

PASSES = 4  # unknowns pass on what they learn this many steps
NOWHERE = ""  # the place of bodies whose place is not known
UNKNOWN_LEVEL = 3  # 区县, where nothing at all is known


@dataclass(slots=True)
class Places:
    """The answer, by node id.

    Attributes:
        owner: thing → what it belongs to.
        body: thing → the body it stands with.
        level: body → rank of its level.
        place: body → its place.
        above: body → its first superior in force.
    """

    owner: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    level: dict[str, int] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)


def find_places(case: Case) -> Places:
    """Say where every node of a case belongs."""
    result = Places()
    _find_owners(case, result)
    for node in case.nodes:
        if node.family != BODY_FAMILY:
            body = _body(node.id, result.owner, case)
            if body is not None:
                result.body[node.id] = body
    _find_levels(case, result)
    return result


def _find_owners(case: Case, result: Places) -> None:
    ranks = {(family, type_, end): rank for family, ties in TIES.items() for rank, (type_, end) in enumerate(ties)}
    best: dict[str, tuple[int, int, str]] = {}
    for order, relation in enumerate(case.relations):
        weak = 0 if relation.status in ("现行", "计划") else 50
        for thing, owner, end in ((relation.end, relation.start, "from"), (relation.start, relation.end, "to")):
            family = case.by_id[thing].family
            if family == BODY_FAMILY or thing == owner:
                continue
            rank = ranks.get((family, relation.type, end))
            if rank is None and family in WEAK and case.by_id[owner].family == BODY_FAMILY:
                rank = 20
            if rank is None or (family == "事项" and weak):
                continue
            best[thing] = min(best.get(thing, (99, 0, "")), (rank + weak, order, owner))
    result.owner.update({thing: owner for thing, (_, _, owner) in best.items()})


def _body(thing: str, owner: dict[str, str], case: Case) -> str | None:
    """Follow owners to a body; a circle of owners leads nowhere."""
    seen = {thing}
    while (above := owner.get(thing)) is not None and above not in seen:
        if case.by_id[above].family == BODY_FAMILY:
            return above
        seen.add(above)
        thing = above
    return None


def _find_levels(case: Case, result: Places) -> None:
    levels = vocabulary().enumerations["levels"]
    bodies = [node for node in case.nodes if node.family == BODY_FAMILY]
    for node in bodies:
        if (level := node.properties.get("level")) is not None:
            result.level[node.id] = levels[str(level)].rank
        if (place := node.properties.get("place")) is not None:
            result.place[node.id] = str(place)
    neighbours = _neighbours(case, bodies)
    by_place: dict[str, int] = {}
    for node in bodies:
        if node.id in result.level and node.id in result.place:
            by_place.setdefault(result.place[node.id], result.level[node.id])
    for _ in range(PASSES):
        for node in bodies:
            _ask_neighbours(node.id, neighbours[node.id], by_place, result)
    for node in bodies:
        result.level.setdefault(node.id, UNKNOWN_LEVEL)
        result.place.setdefault(node.id, NOWHERE)
    _find_above(case, result)


def _ask_neighbours(body: str, neighbours: list[str], by_place: dict[str, int], result: Places) -> None:
    """What a body does not say, those of its place or its neighbours say."""
    if body not in result.level:
        near = [result.level[other] for other in neighbours if other in result.level]
        known = by_place.get(result.place.get(body, ""))
        if known is not None or near:
            result.level[body] = known if known is not None else near[0]
    if body not in result.place:
        level = result.level.get(body)
        same = [other for other in neighbours if other in result.place and result.level.get(other) == level]
        if same:
            result.place[body] = result.place[same[0]]


def _find_above(case: Case, result: Places) -> None:
    for relation in superiors(case.by_id, case.relations):
        ends = {case.by_id[relation.start].family, case.by_id[relation.end].family}
        if relation.status == "现行" and relation.start != relation.end and ends == {BODY_FAMILY}:
            result.above.setdefault(relation.start, relation.end)


def _neighbours(case: Case, bodies: Iterable[Node]) -> dict[str, list[str]]:
    """Return the bodies next to each body: superiors first, then the others in file order."""
    result: dict[str, list[str]] = {node.id: [] for node in bodies}
    types = vocabulary().relations

    def strength(relation: Relation) -> bool:
        return types[relation.type].group not in ("structure", "staff")

    for relation in sorted(case.relations, key=strength):
        if relation.start in result and relation.end in result:
            result[relation.start].append(relation.end)
            result[relation.end].append(relation.start)
    return result
