"""Views of a case: the state at a date, and the superior relations that follow from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Relation
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.model.case import Case, Node, Value

PASSED_ON = ("dimension", "status", "since", "until", "role", "joint", "basis", "extent", "clarity")


def earliest(date: str) -> str:
    """Return the first day that a partial date covers, as YYYY-MM-DD."""
    return date + "0000-01-01"[len(date) :]


def latest(date: str) -> str:
    """Return the last day that a partial date may cover, as YYYY-MM-DD (31 for every month)."""
    return date + "0000-12-31"[len(date) :]


def effective(properties: Mapping[str, Value], as_of: str) -> str | None:
    """Return the status at a date, or None where the thing does not yet exist then.

    A partial ``since`` counts from its first day, a partial ``until`` to its last; what has ended by the date is
    终止, what ended after it is 现行. A partial ``as_of`` means its last day.
    """
    day = latest(as_of)
    status = str(properties.get("status", "现行"))
    since, until = properties.get("since"), properties.get("until")
    if since is not None and earliest(str(since)) > day:
        return None
    if until is not None:
        if latest(str(until)) < day:
            return "终止"
        return "现行" if status == "终止" else status
    return status


def as_of(case: Case, date: str) -> Case:
    """Return the case as it stood at ``date`` (2009, 2009-09 or 2009-09-01)."""
    nodes = []
    for node in case.nodes:
        status = effective(node.properties, date)
        if status is not None:
            nodes.append(node if status == node.status else node.but(status=status))
    kept = {node.id for node in nodes}
    relations = []
    for relation in case.relations:
        status = effective(relation.properties, date)
        if status is not None and relation.start in kept and relation.end in kept:
            relations.append(relation if status == relation.status else relation.but(status=status))
    return case.with_graph(nodes, relations)


def superiors(nodes: Mapping[str, Node], relations: Iterable[Relation]) -> list[Relation]:
    """Derive 上级 (inferior → superior), one for each relation whose type has a superior end.

    ``via`` is the id of the relation it rests on; ``place`` is the superior's place (its own id where the case
    gives none): superiors of one place are one line.
    """
    types = vocabulary().relations
    result = []
    for relation in relations:
        above = types[relation.type].superior
        if above is None:
            continue
        upper, lower = (relation.start, relation.end) if above == "from" else (relation.end, relation.start)
        properties: dict[str, Value] = {
            key: relation.properties[key] for key in PASSED_ON if key in relation.properties
        }
        properties.setdefault("status", "现行")
        properties["via"] = relation.id
        properties["place"] = nodes[upper].properties.get("place", upper)
        result.append(Relation(f"{relation.id}^", "上级", lower, upper, properties, relation.evidence))
    return result
