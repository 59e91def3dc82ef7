"""Slices: the part of a case around some nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from govgraph.model.case import Case


def around(case: Case, starts: Iterable[str], hops: int) -> Case:
    """Return the case cut to the nodes within ``hops`` relations of the start ids, either way, and what joins them."""
    kept = {start for start in starts if start in case.by_id}
    for _ in range(hops):
        kept |= {
            end
            for relation in case.relations
            if relation.start in kept or relation.end in kept
            for end in (relation.start, relation.end)
        }
    return cut(case, kept)


def cut(case: Case, nodes: Collection[str], relations: Collection[str] | None = None) -> Case:
    """Return the case cut to these nodes, and to the relations named (by default all between them).

    The ends of a named relation are kept too.
    """
    named = set(relations or ())
    ends = {end for item in case.relations if item.id in named for end in (item.start, item.end)}
    kept = {*nodes, *ends}
    return case.with_graph(
        (node for node in case.nodes if node.id in kept),
        (
            item
            for item in case.relations
            if item.start in kept and item.end in kept and (relations is None or item.id in named)
        ),
    )


def named_in(case: Case, values: Iterable[object]) -> tuple[set[str], set[str]]:
    """Return the node ids and relation ids among the values of a query's rows; lists are looked into."""
    nodes: set[str] = set()
    relations: set[str] = set()
    for value in values:
        for item in value if isinstance(value, list | tuple) else (value,):
            if item in case.by_id:
                nodes.add(str(item))
            elif item in case.relations_by_id:
                relations.add(str(item))
    return nodes, relations
