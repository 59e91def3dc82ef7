"""The relations of a case: one row to one relation, or to several where it lists ends or dimensions."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from govgraph.model.case import Relation, relation_id
from govgraph.model.vocabulary import vocabulary
from govgraph.read.context import EVIDENCE_KEYS
from govgraph.read.values import did_you_mean

if TYPE_CHECKING:
    from govgraph.model.case import Value
    from govgraph.model.vocabulary import RelationType
    from govgraph.read.context import Context
    from govgraph.read.tree import Mapping, Where

END_KEYS = ("from", "type", "to")


def build_relations(context: Context) -> tuple[Relation, ...]:
    """Build all relations; two of one id are refused."""
    result: dict[str, Relation] = {}
    places: dict[str, Where] = {}
    for row in context.rows("relations"):
        for relation in _relations_of(context, row):
            if relation.id in result:
                found = f"the relation {relation.id.partition('/')[2]} stands twice (first at {places[relation.id]})"
                context.problems.add(row.where, found, "one of each", "Tell them apart with key: or merge them.")
            result[relation.id] = relation
            places[relation.id] = row.where
    return tuple(result.values())


def _relations_of(context: Context, row: Mapping) -> list[Relation]:
    declared = context.words.relation_properties
    context.unknown_keys(row, [*END_KEYS, *declared, *EVIDENCE_KEYS], "property of a relation")
    type_ = relation_type(context, row)
    starts = _ends(context, row, "from", type_)
    ends = _ends(context, row, "to", type_)
    properties = _properties(context, row)
    evidence = context.evidence(row)
    if type_ is None:
        return []
    result = []
    for start, end, dimension in product(starts, ends, _dimensions(context, row, type_)):
        own = {**properties, **dimension}
        result.append(Relation(relation_id(start, type_.name, end, own), type_.name, start, end, own, evidence))
    return result


def relation_type(context: Context, row: Mapping) -> RelationType | None:
    """Read the type of a relation; an unknown one is recorded."""
    name = context.problems.text(row.items.get("type"), "type")
    if not name:
        context.problems.add(row.where, "a relation without 'type'", "from, type and to")
        return None
    problem = relation_type_problem(name)
    if problem:
        context.problems.add(row.items["type"].where, *problem)
        return None
    return context.words.relations[name]


def relation_type_problem(name: str) -> tuple[str, str, str] | None:
    """Return (found, expected, hint) where ``name`` is no relation type that a case may use, else None."""
    words = vocabulary()
    if name in words.relations:
        return None
    hint = did_you_mean(name, words.relations)
    if name in words.derived:
        hint = "It follows from the other relations when a case is loaded; leave it out."
    return f"unknown relation type {name!r}", f"one of {'、'.join(words.relations)}", hint


def _dimensions(context: Context, row: Mapping, type_: RelationType) -> list[dict[str, Value]]:
    known = context.words.enumerations["dimensions"]
    names = context.problems.located(row.items.get("dimension"), "dimension")
    for name, place in names:
        if name not in known:
            found = f"dimension: {name!r} is unknown"
            context.problems.add(place, found, f"one of {'、'.join(known)}", did_you_mean(name, known))
    if not names:
        return [{"dimension": type_.dimension}] if type_.dimension else [{}]
    return [{"dimension": name} for name, _ in names]


def _ends(context: Context, row: Mapping, key: str, type_: RelationType | None) -> list[str]:
    names = context.problems.located(row.items.get(key), key)
    if not names:
        context.problems.add(row.where, f"a relation without {key!r}", "from, type and to")
    result = []
    for name, place in names:
        identity = context.resolve(name, place)
        if identity is None:
            continue
        result.append(identity)
        if type_ is not None:
            problem = wrong_end(type_, key, name, context.nodes[identity].family)
            if problem:
                context.problems.add(place, *problem)
    return result


def wrong_end(type_: RelationType, key: str, name: str, family: str) -> tuple[str, str] | None:
    """Return (found, expected) where a relation may not begin (``from``) or end (``to``) at a family, else None."""
    allowed = type_.from_families if key == "from" else type_.to_families
    if family in allowed:
        return None
    return f"{type_.name} {'begins' if key == 'from' else 'ends'} at {name!r}, a {family}", "、".join(allowed)


def _properties(context: Context, row: Mapping) -> dict[str, Value]:
    properties: dict[str, Value] = {}
    for key, tree in row.items.items():
        declared = context.words.relation_properties.get(key)
        if declared is None or key == "dimension":
            continue
        value = context.problems.value(tree, declared)
        if value is None or (key, value) == ("status", "现行"):
            continue
        if declared.type == "reference":
            name = str(value)
            value = context.resolve(name, tree.where)
            if value is None:
                continue
            family = context.nodes[value].family
            if family not in declared.families:
                context.problems.add(tree.where, f"{key} names {name!r}, a {family}", "、".join(declared.families))
        properties[key] = value
    context.dates_in_order(properties.get("since"), properties.get("until"), row)
    return properties
