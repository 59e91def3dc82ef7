"""Steps that make bodies act together: connect, coordinate, recognise, evaluate_jointly."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import Draft, is_lacking

if TYPE_CHECKING:
    from govgraph.model.case import Node, Relation, Value


PAIR = 2  # it takes two to interface, to coordinate, and to evaluate jointly


def connect(draft: Draft) -> None:
    """Let systems interface with each other."""
    systems = draft.listed("systems")
    if len(systems) < PAIR:
        draft.refuse("systems names fewer than two systems")
    for one, other in combinations(systems, 2):
        draft.establish("对接", *_as_stated(draft, "对接", one, other))


def _as_stated(draft: Draft, type_: str, one: Node, other: Node) -> tuple[Node, Node]:
    """Return two nodes in the order in which the case relates them, if it does."""
    backward = draft.matching(type_, other.id, one.id) and not draft.matching(type_, one.id, other.id)
    return (other, one) if backward else (one, other)


def coordinate(draft: Draft) -> None:
    """Give bodies a standing mechanism, which coordinates what it is about; without one they coordinate directly."""
    bodies, about = draft.listed("bodies"), draft.listed("about")
    name = draft.text("mechanism")
    if len(bodies) < PAIR and name is None:
        draft.refuse("bodies names fewer than two bodies and there is no mechanism")
    if name is None:
        for one, other in combinations(bodies, 2):
            _between(draft, one, other, about)
        return
    if name not in draft.names:
        draft.create("组织", name, "协调机构", {})
    mechanism = draft.bring_in_force(draft.of_family(draft.node(name), "组织"))
    for body in bodies:
        if body.id != mechanism.id:
            draft.establish("成员", body, mechanism)
    for thing in about:
        draft.establish("协调", mechanism, thing)
    for relation in _missing_between(draft, bodies, about):
        draft.establish("协调", draft.nodes[relation.start], draft.nodes[relation.end], **_about(relation))


def _between(draft: Draft, one: Node, other: Node, about: list[Node]) -> None:
    one, other = _as_stated(draft, "协调", one, other)
    if not about:
        draft.establish("协调", one, other)
    for thing in about:
        draft.establish("协调", one, other, about=thing.id)


def _missing_between(draft: Draft, bodies: list[Node], about: list[Node]) -> list[Relation]:
    """Return the coordination said to be missing among the bodies, on the same matter or on none in particular."""
    members = {body.id for body in bodies}
    matters = {thing.id for thing in about}
    return [
        relation
        for relation in draft.matching("协调")
        if is_lacking(relation)
        and relation.start in members
        and relation.end in members
        and (not matters or relation.properties.get("about") in {None, *matters})
    ]


def _about(relation: Relation) -> dict[str, Value]:
    return {"about": relation.properties["about"]} if "about" in relation.properties else {}


def recognise(draft: Draft) -> None:
    """End 不认可; the blocked superior relations of the body come into force.

    While somebody else still does not recognise it, only those to the body that now does come into force.
    """
    for what in draft.listed("what"):
        for by in draft.listed("by"):
            refusals = draft.matching("不认可", by.id, what.id)
            if not refusals:
                draft.refuse(f"{by.name!r} is not said to refuse {what.name!r} recognition")
            for relation in refusals:
                draft.finish(relation)
        others = draft.in_force("不认可", end=what.id)
        now = {by.id for by in draft.listed("by")}
        for relation in _blocked(draft, what):
            upper = relation.end if relation.start == what.id else relation.start
            if not others or upper in now:
                draft.establish(
                    relation.type,
                    draft.nodes[relation.start],
                    draft.nodes[relation.end],
                    **{key: relation.properties[key] for key in ("dimension", "about") if key in relation.properties},
                )


def _blocked(draft: Draft, what: Node) -> list[Relation]:
    """Return the superior and transfer relations of a body that are blocked."""
    types = vocabulary().relations
    result = []
    for relation in list(draft.of(what)):
        above = types[relation.type].superior
        lower = relation.end if above == "from" else relation.start
        if relation.status == "受阻" and lower == what.id and (above or relation.type in ("划转", "合并为")):
            result.append(relation)
    return result


def evaluate_jointly(draft: Draft) -> None:
    """Let evaluators act as one: their evaluations of a body, or of several as one, share a joint group."""
    evaluators, bodies = draft.listed("by"), draft.listed("what")
    if len(evaluators) < PAIR and len(bodies) < PAIR:
        draft.refuse("by names fewer than two evaluators, so there is nothing to join")
    joint = "联合考核：" + "、".join(body.name for body in bodies)
    for body in bodies:
        for evaluator in evaluators:
            there = draft.in_force("考核", evaluator.id, body.id)
            for relation in there:
                draft.update(relation, joint=joint)
            if not there:
                draft.establish("考核", evaluator, body, joint=joint)
