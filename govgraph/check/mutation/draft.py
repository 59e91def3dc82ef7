"""A case under construction: nodes and relations that can still be added, changed and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Case, Meta, Node, Relation, Text, Value, relation_id
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

IN_FORCE = "现行"


class Draft:
    """Builds one case. Nodes and relations are named by their ids; a reference in a property is an id too."""

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.nodes: dict[str, Node] = {}
        self.relations: dict[str, Relation] = {}
        self._starting: dict[str, list[str]] = {}
        self._ending: dict[str, list[str]] = {}

    def node(self, family: str, kind: str, name: str, **properties: Value) -> str:
        """Add a node and return its id; a name that is taken gets a number."""
        unique, count = name, 1
        while f"{self.case_id}/{unique}" in self.nodes:
            count += 1
            unique = f"{name}{count}"
        level = vocabulary().families[family].kinds[kind].level
        if level:
            properties.setdefault("level", level)
        node = Node(f"{self.case_id}/{unique}", family, unique, kind, properties)
        self.nodes[node.id] = node
        return node.id

    def relate(self, start: str, type_: str, end: str, **properties: Value) -> str:
        """Add a relation and return its id; what is parallel to another in all that tells them apart gets a key."""
        default = vocabulary().relations[type_].dimension
        if default:
            properties.setdefault("dimension", default)
        name, count = relation_id(start, type_, end, properties), 1
        while name in self.relations:
            count += 1
            name = relation_id(start, type_, end, properties | {"key": str(count)})
        if count > 1:
            properties["key"] = str(count)
        self.relations[name] = Relation(name, type_, start, end, properties)
        self._starting.setdefault(start, []).append(name)
        self._ending.setdefault(end, []).append(name)
        return name

    def change(self, name: str, **changes: Value | None) -> None:
        """Change properties of a node or relation; None removes one."""
        if name in self.nodes:
            self.nodes[name] = self.nodes[name].but(**changes)
        else:
            self.relations[name] = self.relations[name].but(**changes)

    def drop(self, relations: Iterable[Relation]) -> None:
        """Take relations away, as if the document had never spoken of them."""
        for relation in list(relations):
            del self.relations[relation.id]
            self._starting[relation.start].remove(relation.id)
            self._ending[relation.end].remove(relation.id)

    def outgoing(self, start: str, *types: str) -> list[Relation]:
        """Return the relations in force that begin at a node, of the types named."""
        return self._in_force(self._starting.get(start, ()), types)

    def incoming(self, end: str, *types: str) -> list[Relation]:
        """Return the relations in force that end at a node, of the types named."""
        return self._in_force(self._ending.get(end, ()), types)

    def superiors(self, lower: str) -> list[Relation]:
        """Return the relations in force that give a node a superior."""
        types = vocabulary().relations
        above = [r for r in self.outgoing(lower, *types) if types[r.type].superior == "to"]
        return above + [r for r in self.incoming(lower, *types) if types[r.type].superior == "from"]

    def _in_force(self, names: Iterable[str], types: tuple[str, ...]) -> list[Relation]:
        every = (self.relations[name] for name in names)
        return [relation for relation in every if relation.type in types and relation.status == IN_FORCE]

    def case(self) -> Case:
        """Return the case as it stands."""
        title = Text(self.case_id, self.case_id)
        return Case(Meta(self.case_id, title), (), tuple(self.nodes.values()), tuple(self.relations.values()))
