"""Steps that change the structure: add, end, create, dissolve, move, merge, split."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from govgraph.errors import Problem
from govgraph.model.case import Node, Relation, Value, relation_id
from govgraph.model.vocabulary import vocabulary
from govgraph.read.tree import Scalar, Sequence, Where
from govgraph.read.values import Problems, did_you_mean
from govgraph.reform.draft import ENDED, IN_FORCE, SUCCESSION, Draft, texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from govgraph.model.vocabulary import Property
    from govgraph.read.tree import Tree

DUTY_TYPES = ("主责", "配合", "审批", "监督", "出资", "准入")
REFERENCES = ("basis", "about", "beneficiary")


def add(draft: Draft) -> None:
    """Put relations in force; blocked, missing or planned ones between the same ends give way."""
    type_ = _type(draft)
    properties = _properties(draft, vocabulary().relation_properties, ("from", "type", "to", "dimension"))
    if properties.pop("status", IN_FORCE) != IN_FORCE:
        draft.refuse("a reform puts a relation in force; leave out its status")
    for start, end, dimension in product(draft.listed("from"), draft.listed("to"), _dimensions(draft) or (None,)):
        own: dict[str, Value] = {"dimension": dimension} if dimension else {}
        draft.establish(type_, start, end, **properties, **own)


def end(draft: Draft) -> None:
    """End the relations of a type between two nodes, in one dimension or about one thing where that is given."""
    type_, about = _type(draft), draft.text("about")
    about_id = draft.node(about).id if about else None
    dimensions = _dimensions(draft)
    for start, last in product(draft.listed("from"), draft.listed("to")):
        found = [
            relation
            for relation in draft.matching(type_, start.id, last.id)
            if (not dimensions or relation.dimension in dimensions)
            and about_id in (None, relation.properties.get("about"))
        ]
        if not found:
            _refuse_missing(draft, type_, start, last)
        for relation in found:
            draft.finish(relation)


def _refuse_missing(draft: Draft, type_: str, start: Node, last: Node) -> None:
    hint = ""
    if draft.matching(type_, last.id, start.id):
        hint = f" It runs the other way: from {last.name!r} to {start.name!r}."
    elif any(
        relation.type == type_ and (relation.start, relation.end) == (start.id, last.id)
        for relation in draft.relations.values()
    ):
        hint = " It has ended already, or it has another dimension."
    draft.refuse(f"there is no {type_} from {start.name!r} to {last.name!r} to change.{hint}")


def create(draft: Draft) -> None:
    """Make a new node, or bring into force one that was planned, missing or had ended."""
    family, name, kind = draft.text("family") or "", draft.text("name") or "", draft.text("kind") or ""
    families = vocabulary().families
    if family not in families:
        draft.refuse(f"{family!r} is no family; expected {'、'.join(families)}. {did_you_mean(family, families)}")
    if kind not in families[family].kinds:
        draft.refuse(f"{kind!r} is no kind of {family}. {did_you_mean(kind, families[family].kinds)}")
    properties = _properties(draft, vocabulary().node_properties, ("family", "name", "kind"))
    if properties.pop("status", IN_FORCE) != IN_FORCE:
        draft.refuse("a reform creates what is in force; leave out its status")
    draft.create(family, name, kind, properties)


def dissolve(draft: Draft) -> None:
    """End nodes with all their relations."""
    for node in draft.listed("what"):
        _end_node(draft, node)


def _end_node(draft: Draft, node: Node) -> None:
    draft.put_node(node.but(status=ENDED))
    for relation in list(draft.of(node)):
        if relation.type not in SUCCESSION:
            draft.finish(relation)


def move(draft: Draft) -> None:
    """Let relations that run between ``what`` and ``from`` run between ``what`` and ``to`` instead."""
    type_, dimensions = _type(draft), _dimensions(draft)
    old, new = draft.one("from"), draft.one("to")
    for what in draft.listed("what"):
        found = [
            relation
            for relation in draft.matching(type_)
            if {relation.start, relation.end} == {what.id, old.id}
            and (not dimensions or relation.dimension in dimensions)
        ]
        if not found:
            _refuse_missing(draft, type_, old, what)
        for relation in found:
            _redirect(draft, relation, old, new)
        finish_handover(draft, what, new)


def _redirect(draft: Draft, relation: Relation, old: Node, new: Node) -> None:
    """End a relation and put the same one in force with another node at the end where ``old`` was."""
    draft.finish(relation)
    start = new if relation.start == old.id else draft.nodes[relation.start]
    last = new if relation.end == old.id else draft.nodes[relation.end]
    gone = ("status", "since", "until", "extent", "note")
    kept = {key: value for key, value in relation.properties.items() if key not in gone}
    draft.establish(relation.type, start, last, **kept)


def finish_handover(draft: Draft, what: Node, receiver: Node) -> None:
    """Mark what was to be handed to the receiver as handed over."""
    for relation in draft.matching("应移交", what.id, receiver.id):
        draft.update(relation, status=None, extent="全部", until=None)


def merge(draft: Draft) -> None:
    """Pass all relations of the bodies to one body, new or one of them; succession is recorded."""
    bodies = [draft.of_family(body, "组织") for body in draft.listed("bodies")]
    for body in bodies:
        if body.status == ENDED:
            draft.refuse(f"{body.name!r} has ended already")
    name = draft.text("into") or ""
    if name not in draft.names:
        first = bodies[0]
        draft.create("组织", name, first.kind, _passed_on(first))
    into = draft.bring_in_force(draft.of_family(draft.node(name), "组织"))
    merged = [body for body in bodies if body.id != into.id]
    if not merged:
        draft.refuse(f"{name!r} would be merged with nothing but itself")
    _narrow_complete(draft, into, merged)
    for body in merged:
        _pass_relations(draft, body, into)
        draft.put_node(body.but(status=ENDED))
        draft.establish("合并为", draft.nodes[body.id], draft.nodes[into.id])


def _passed_on(body: Node) -> dict[str, Value]:
    return {key: body.properties[key] for key in ("level", "place") if key in body.properties}


def _narrow_complete(draft: Draft, into: Node, merged: list[Node]) -> None:
    """A list of the merged body is complete only where the lists of all its parts were."""
    own = into.properties.get("complete")
    if isinstance(own, tuple):
        lists = [set(texts(body.properties.get("complete"))) for body in merged]
        kept = tuple(name for name in own if all(name in complete for complete in lists))
        draft.put_node(into.but(complete=kept or None))


def _pass_relations(draft: Draft, body: Node, into: Node) -> None:
    for relation in list(draft.relations.values()):
        touched = {key: into.id for key in REFERENCES if relation.properties.get(key) == body.id}
        if relation.status == ENDED or relation.type in SUCCESSION:
            continue
        if not touched and body.id not in (relation.start, relation.end):
            continue
        start = into.id if relation.start == body.id else relation.start
        last = into.id if relation.end == body.id else relation.end
        del draft.relations[relation.id]
        if start == last:
            continue
        properties = {**relation.properties, **touched}
        identity = relation_id(start, relation.type, last, properties)
        there = draft.relations.get(identity)
        if there is None or there.status != IN_FORCE:
            draft.relations[identity] = Relation(identity, relation.type, start, last, properties, relation.evidence)


def split(draft: Draft) -> None:
    """Make several bodies of one; the duties named pass, the superiors are those of the old body.

    Unless the body is itself among the new ones it ends; duties that nobody takes are then without a lead.
    """
    body = draft.of_family(draft.one("body"), "组织")
    if body.status == ENDED:
        draft.refuse(f"{body.name!r} has ended already")
    names = texts(draft.change.arguments.get("into"))
    for name in names:
        if name not in draft.names:
            draft.create("组织", name, body.kind, _passed_on(body))
    into = [draft.bring_in_force(draft.of_family(draft.node(name), "组织")) for name in names]
    new = [part for part in into if part.id != body.id]
    for part in new:
        _copy_superiors(draft, body, part)
    takes = draft.change.arguments.get("takes") or {}
    if not hasattr(takes, "items"):
        draft.refuse("takes is {new body: [duties]}")
    for name, duties in takes.items():
        part = draft.node(name)
        if part not in into:
            draft.refuse(f"{name!r} takes duties but is not among the new bodies ({'、'.join(names)})")
        for duty in texts(duties):
            _take(draft, body, part, draft.node(duty))
    if len(new) == len(into):
        _end_node(draft, body)
    for part in new:
        draft.establish("分设为", draft.nodes[body.id], part)


def _copy_superiors(draft: Draft, body: Node, part: Node) -> None:
    types = vocabulary().relations
    for relation in list(draft.of(body)):
        above = types[relation.type].superior
        lower = relation.end if above == "from" else relation.start
        if above is None or lower != body.id or relation.status != IN_FORCE:
            continue
        upper = draft.nodes[relation.start if above == "from" else relation.end]
        if upper.id == part.id:
            continue
        start, last = (upper, part) if above == "from" else (part, upper)
        draft.establish(relation.type, start, last, **relation.properties)


def _take(draft: Draft, body: Node, part: Node, duty: Node) -> None:
    found = [relation for type_ in DUTY_TYPES for relation in draft.matching(type_, body.id, duty.id)]
    if not found:
        draft.refuse(f"{body.name!r} has no part in {duty.name!r} that {part.name!r} could take")
    for relation in found:
        if part.id != body.id:
            _redirect(draft, relation, body, part)
    finish_handover(draft, duty, part)


def _type(draft: Draft) -> str:
    name = draft.text("type") or ""
    known = vocabulary().relations
    if name not in known:
        draft.refuse(f"unknown relation type {name!r}. {did_you_mean(name, known)}".strip())
    return name


def _dimensions(draft: Draft) -> tuple[str, ...]:
    known = vocabulary().enumerations["dimensions"]
    names = texts(draft.change.arguments.get("dimension"))
    for name in names:
        if name not in known:
            draft.refuse(f"unknown dimension {name!r}; expected {'、'.join(known)}. {did_you_mean(name, known)}")
    return names


def _properties(draft: Draft, declared: Mapping[str, Property], others: tuple[str, ...]) -> dict[str, Value]:
    """Return the arguments of a step that are properties, with the types that the vocabulary declares."""
    problems = Problems()
    result: dict[str, Value] = {}
    place = Where(draft.change.evidence.file or "", draft.change.evidence.line or 0)
    for key, written in draft.change.arguments.items():
        if key in others:
            continue
        if key not in declared:
            draft.refuse(f"unknown property {key!r}. {did_you_mean(key, declared)}".strip())
        if declared[key].type == "reference":
            result[key] = draft.one(key).id
            continue
        value = problems.value(_tree(written, place), declared[key])
        if value is not None:
            result[key] = value
    _refuse_problems(draft, problems.found)
    return result


def _refuse_problems(draft: Draft, found: list[Problem]) -> None:
    if found:
        draft.refuse("; ".join(f"{problem.found}, expected {problem.expected}" for problem in found))


def _tree(written: Any, place: Where) -> Tree:
    if isinstance(written, list | tuple):
        return Sequence(tuple(_tree(item, place) for item in written), place)
    return Scalar(None if written is None else str(written), place)
