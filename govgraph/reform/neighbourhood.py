"""What is near a finding in a case: its subjects, the relations that it rests on, and who is at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import ENDED, IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.check.findings import Finding
    from govgraph.model.case import Case, Node, Relation


class Neighbourhood:
    """What a finding is about, as nodes and relations of the case."""

    def __init__(self, case: Case, finding: Finding) -> None:
        self.case = case
        self.finding = finding
        subjects = [case.by_id[s.id] for s in finding.subjects if s.id in case.by_id]
        self.relations = [case.relations_by_id[r.id] for r in finding.relations if r.id in case.relations_by_id]
        ends = {end for relation in self.relations for end in (relation.start, relation.end)}
        about = {str(r.properties["about"]) for r in self.relations if "about" in r.properties}
        extra = sorted((ends | about) - {node.id for node in subjects})
        self.nodes = [*subjects, *(case.by_id[identity] for identity in extra if identity in case.by_id)]

    def of(self, *families: str) -> list[Node]:
        """Return the near nodes of some families that are there."""
        return [node for node in self.nodes if node.family in families and node.status != ENDED]

    def name(self, identity: str) -> str:
        """Return a node's name."""
        return self.case.by_id[identity].name

    def at(self, node: Node, *types: str, outward: bool | None = None) -> list[Relation]:
        """Return the relations of some types at a node that have not ended."""
        return [
            relation
            for relation in self.case.relations
            if relation.type in types
            and relation.status != ENDED
            and (
                (relation.start == node.id and outward is not False)
                or (relation.end == node.id and outward is not True)
            )
        ]

    def in_force(self, node: Node, *types: str, outward: bool | None = None) -> list[Relation]:
        """Return the relations of some types at a node in force."""
        return [relation for relation in self.at(node, *types, outward=outward) if relation.status == IN_FORCE]

    def superiors(self, node: Node) -> list[str]:
        """Return the names of a node's superiors, whatever the dimension."""
        types = vocabulary().relations
        names = []
        for relation in self.case.relations:
            above = types[relation.type].superior
            upper, lower = (relation.start, relation.end) if above == "from" else (relation.end, relation.start)
            if above and lower == node.id and relation.status == IN_FORCE:
                names.append(self.name(upper))
        return list(dict.fromkeys(names))

    def names(self, identities: Iterable[str], *families: str) -> list[str]:
        """Return the names of nodes of some families that are there, each once."""
        nodes = (self.case.by_id[identity] for identity in identities)
        return list(dict.fromkeys(node.name for node in nodes if node.family in families and node.status != ENDED))
