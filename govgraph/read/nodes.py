"""The nodes of a case: one row of a family's section to one node, and the table of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from govgraph.model.case import Node
from govgraph.read.context import EVIDENCE_KEYS
from govgraph.read.values import MAX_NAME, did_you_mean

if TYPE_CHECKING:
    from govgraph.model.case import Meta, Value
    from govgraph.model.vocabulary import Family
    from govgraph.read.context import Context
    from govgraph.read.tree import Mapping


def build_nodes(context: Context, meta: Meta) -> None:
    """Fill the context with the nodes of all sections, then with their names."""
    for family in context.words.families.values():
        for row in context.rows(family.section):
            _add_node(context, meta, family, row)
    _name_nodes(context)


def _add_node(context: Context, meta: Meta, family: Family, row: Mapping) -> None:
    problems = context.problems
    context.unknown_keys(row, [*context.words.node_properties, *EVIDENCE_KEYS], f"property of {family.name}")
    name = problems.text(row.items.get("name"), "name")
    if not name:
        problems.add(row.where, f"an entry of {family.section} without a name", "name: …")
        return
    place = row.items["name"].where
    if "/" in name or "\n" in name or len(name) > MAX_NAME:
        problems.add(place, f"name {name[:40]!r}", f"one line without slash, at most {MAX_NAME} characters")
        return
    kind = _kind(context, family, name, row)
    identity = f"{context.case_id}/{name}"
    if identity in context.nodes:
        found = f"the name {name!r} stands twice (first at {context.places[identity]})"
        problems.add(place, found, "unique names")
        return
    properties = _properties(context, meta, family, kind, row)
    context.nodes[identity] = Node(identity, family.name, name, kind, properties, context.evidence(row))
    context.places[identity] = place


def _kind(context: Context, family: Family, name: str, row: Mapping) -> str:
    kind = context.problems.text(row.items.get("kind"), "kind")
    expected = f"one of {'、'.join(family.kinds)}"
    if not kind:
        context.problems.add(row.where, f"{name!r} without a kind", expected)
        return ""
    if kind not in family.kinds:
        hint = did_you_mean(kind, family.kinds)
        elsewhere = context.words.kinds.get(kind)
        if elsewhere is not None:
            section = context.words.families[elsewhere.family].section
            hint = f"{kind} is a kind of {elsewhere.family}: move it to {section}"
        context.problems.add(row.items["kind"].where, f"{name!r} has the unknown kind {kind!r}", expected, hint)
    return kind


def _properties(context: Context, meta: Meta, family: Family, kind: str, row: Mapping) -> dict[str, Value]:
    """Read the declared properties; the kind gives the level by default, and 现行 goes without saying."""
    properties: dict[str, Value] = {}
    for key, tree in row.items.items():
        declared = context.words.node_properties.get(key)
        if declared is None or key in ("name", "kind"):
            continue
        value = context.complete(tree) or None if key == "complete" else context.problems.value(tree, declared)
        if value is not None and (key, value) != ("status", "现行"):
            properties[key] = value
    if "level" not in properties and kind in family.kinds:
        level = family.kinds[kind].level
        if level:
            properties["level"] = level
    if meta.complete:
        own = cast("tuple[str, ...]", properties.get("complete", ()))
        properties["complete"] = tuple(dict.fromkeys((*own, *meta.complete)))
    context.dates_in_order(properties.get("since"), properties.get("until"), row)
    return properties


def _name_nodes(context: Context) -> None:
    """Fill the table of names and aliases; one that means two nodes is refused."""
    for node in context.nodes.values():
        for word in (node.name, *node.aliases):
            other = context.names.get(word)
            if other is not None and other != node.id:
                first, place = context.nodes[other], context.places[other]
                found = f"{word!r} names both {first.name!r} ({place}) and {node.name!r}"
                context.problems.add(context.places[node.id], found, "names and aliases unique")
            context.names.setdefault(word, node.id)
