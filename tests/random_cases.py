"""Random arrangements for tests: every family and relation type, loops, parallel relations, nulls, self-relations."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from govgraph.model.case import Case, Evidence, Meta, Node, Relation, Text, Value, in_file_order, relation_id
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from govgraph.model.vocabulary import Family, Property

PLACES = ("甲区", "乙区", "丙街道", "丁市")
CHANCE = 0.25  # that a property is there at all


def random_case(seed: int, *, nodes: int = 40, relations: int = 160) -> Case:
    """Return an arrangement without sense but within the vocabulary; the same seed gives the same one."""
    dice = random.Random(seed)
    words = vocabulary()
    identity = f"random-{seed}"
    families = list(words.families.values())
    weights = [5, 2, 2, 5, 3, 1]
    made = [_node(dice, identity, dice.choices(families, weights)[0], number) for number in range(nodes)]
    by_family: dict[str, list[Node]] = {}
    for node in made:
        by_family.setdefault(node.family, []).append(node)
    drawn: dict[str, Relation] = {}
    types = list(words.relations.values())
    for number in range(relations):
        type_ = dice.choice(types)
        starts = [node for family in type_.from_families for node in by_family.get(family, ())]
        ends = [node for family in type_.to_families for node in by_family.get(family, ())]
        if not starts or not ends:
            continue
        start, end = dice.choice(starts), dice.choice(ends)
        properties = _relation_properties(dice, by_family)
        if type_.dimension and dice.random() < 0.8:
            properties["dimension"] = type_.dimension
        key = relation_id(start.id, type_.name, end.id, properties)
        evidence = Evidence("源", (f"引文{number}",), f"{identity}.yaml", 1000 + number)
        drawn.setdefault(key, Relation(key, type_.name, start.id, end.id, properties, evidence))
    chosen = tuple(sorted(drawn.values(), key=in_file_order))
    return Case(Meta(identity, Text(identity, identity)), (), tuple(made), chosen, file=f"{identity}.yaml")


def _node(dice: random.Random, case: str, family: Family, number: int) -> Node:
    kind = dice.choice(list(family.kinds.values()))
    properties: dict[str, Value] = {}
    for declared in vocabulary().node_properties.values():
        if declared.name in ("name", "kind", "aliases", "complete", "code", "since", "until", "note"):
            continue
        if dice.random() < CHANCE:
            properties[declared.name] = _value(dice, declared, [])
    if family.name == "组织" and dice.random() < 0.7:
        properties["place"] = dice.choice(PLACES)
    if dice.random() < 0.5:
        properties["status"] = "现行"
    if dice.random() < CHANCE:
        properties["complete"] = tuple(sorted(dice.sample(list(vocabulary().relations), 3)))
    name = f"{kind.name}{number}"
    return Node(
        f"{case}/{name}",
        family.name,
        name,
        kind.name,
        properties,
        Evidence("源", (f"点{number}",), f"{case}.yaml", number + 1),
    )


def _relation_properties(dice: random.Random, by_family: dict[str, list[Node]]) -> dict[str, Value]:
    properties: dict[str, Value] = {}
    for declared in vocabulary().relation_properties.values():
        if declared.name in ("key", "note", "since", "until") or dice.random() > CHANCE:
            continue
        pool = [node.id for family in declared.families for node in by_family.get(family, ())]
        if declared.type == "reference" and not pool:
            continue
        properties[declared.name] = _value(dice, declared, pool)
    if dice.random() < 0.5:
        properties.pop("status", None)
    return properties


def _value(dice: random.Random, declared: Property, pool: list[str]) -> Value:
    if declared.type == "reference":
        return dice.choice(pool)
    if declared.type == "integer":
        return dice.randrange(1, 50)
    if declared.type == "number":
        return dice.choice([0.5, 1.0, 40.0, 650.0])
    terms = vocabulary().enumerations.get(declared.type)
    return dice.choice(list(terms)) if terms else dice.choice(["甲", "乙", "丙"])
