"""Who answers for a duty, and what a body answers for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.model.view import superiors

if TYPE_CHECKING:
    from govgraph.model.case import Case, Node, Relation

ROLES = ("主责", "配合", "审批", "监督", "出资")
OPEN = ("现行", "受阻", "计划", "建议", "缺失")


@dataclass(frozen=True, slots=True)
class Holding:
    """A body's part in a duty: the relation that says so, and the body or duty at its other end."""

    role: str
    node: Node
    relation: Relation


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers for a duty: its holders by role, the chain above its lead, its whole and its parts.

    ``inherited`` holds the leads of the nearest whole that has one, where the duty itself has none.
    """

    duty: Node
    holders: tuple[Holding, ...]
    inherited: tuple[Holding, ...]
    chain: tuple[Node, ...]
    whole: tuple[Node, ...]
    parts: tuple[Node, ...]


def holders(case: Case, duty: Node) -> list[Holding]:
    """Return the bodies that have a part in a duty, in the order of the roles, those in force first."""
    found = [
        Holding(relation.type, case.by_id[relation.start], relation)
        for relation in case.relations
        if relation.end == duty.id and relation.type in ROLES and relation.status in OPEN
    ]
    return sorted(found, key=lambda h: (ROLES.index(h.role), OPEN.index(h.relation.status), h.node.id))


def who_owns(case: Case, duty: Node) -> Answer:
    """Answer 这个事情谁来管 for one duty."""
    found = holders(case, duty)
    inherited = [] if leads(found) else inherited_leads(case, duty)
    lead = next((h.node for h in (*leads(found), *inherited)), None)
    return Answer(
        duty,
        tuple(found),
        tuple(inherited),
        tuple(chain_above(case, lead)) if lead else (),
        tuple(case.by_id[r.start] for r in case.relations if r.type == "包含" and r.end == duty.id),
        tuple(case.by_id[r.end] for r in case.relations if r.type == "包含" and r.start == duty.id),
    )


def leads(found: list[Holding]) -> list[Holding]:
    """Return the leads in force among the holders of a duty."""
    return [holding for holding in found if holding.role == "主责" and holding.relation.status == "现行"]


def inherited_leads(case: Case, duty: Node) -> list[Holding]:
    """Return the leads of the nearest whole (包含) above a duty that has one."""
    seen = {duty.id}
    level = [duty.id]
    while level:
        level = sorted({r.start for r in case.relations if r.type == "包含" and r.end in level} - seen)
        seen.update(level)
        found = [holding for whole in level for holding in leads(holders(case, case.by_id[whole]))]
        if found:
            return found
    return []


def chain_above(case: Case, node: Node, limit: int = 8) -> list[Node]:
    """Return the superiors in force above a body, one a step: 行政 before other dimensions, a post by its body."""
    above: dict[str, list[Relation]] = {}
    for relation in superiors(case.by_id, case.relations):
        if relation.status == "现行":
            above.setdefault(relation.start, []).append(relation)
    posts = {r.end: r.start for r in case.relations if r.type == "设岗"}
    chain: list[Node] = []
    current, seen = node.id, {node.id}
    while len(chain) < limit:
        options = sorted(above.get(current, ()), key=lambda r: (r.dimension != "行政", r.dimension or "", r.id))
        step = options[0].end if options else posts.get(current)
        if step is None or step in seen:
            break
        chain.append(case.by_id[step])
        seen.add(step)
        current = step
    return chain


def duties_of(case: Case, body: Node) -> list[Holding]:
    """Answer 这个部门管什么: the duties that a body, or a post of it, has a part in, in the order of the roles."""
    own = {body.id} | {r.end for r in case.relations if r.type == "设岗" and r.start == body.id}
    found = [
        Holding(relation.type, case.by_id[relation.end], relation)
        for relation in case.relations
        if relation.start in own
        and relation.type in ROLES
        and relation.status in OPEN
        and case.by_id[relation.end].family == "事项"
    ]
    return sorted(found, key=lambda h: (ROLES.index(h.role), OPEN.index(h.relation.status), h.node.id))
