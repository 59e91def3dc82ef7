"""Circles among bodies: who refers a matter back to the first, who scores whom in a ring.

A query returns one row a step (``shape`` is ``step``, from ``subject`` to ``target``, about ``matter``); the portable
Cypher cannot say a circle, because the engines count walks differently. Rows of another shape pass through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Row = dict[str, Any]
Ends = tuple[str, str]
Steps = dict[Ends, Row]
STEP = "step"
CIRCLE = "circle"


def analyze(rows: Iterable[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Turn steps into circles of ``shortest`` to ``longest`` bodies, each found once.

    A circle about one matter is violated. One that closes only when steps without a stated matter are counted in is
    undetermined where the rule's matter is a duty (the rows have ``matter_name``); elsewhere no matter means the body
    as a whole, a matter of its own.

    Args:
        rows: steps and finished rows.
        parameters: ``shortest`` and ``longest``, how many bodies a circle may have.

    Returns:
        The finished rows, then the circles, ordered by matter and bodies.
    """
    every = list(rows)
    steps = [row for row in every if row["shape"] == STEP]
    finished = [row for row in every if row["shape"] != STEP]
    lengths = (int(parameters["shortest"]), int(parameters["longest"]))
    found: list[Row] = []
    known: set[frozenset[Ends]] = set()
    for matter in sorted({row["matter"] for row in steps}):
        stated = _steps(row for row in steps if row["matter"] == matter)
        certain = bool(matter) or "matter_name" not in next(iter(stated.values()))
        if certain:
            found += _circles(stated, lengths, known, "violated")
    if any(not row["matter"] for row in steps) and "matter_name" in steps[0]:
        for matter in sorted({row["matter"] for row in steps}):
            wider = _steps(row for row in steps if row["matter"] in {matter, ""})
            found += _circles(wider, lengths, known, "undetermined")
    return finished + found


def _steps(rows: Iterable[Row]) -> Steps:
    """Return the steps by their ends; of parallel ones the stated matter counts."""
    result: Steps = {}
    for row in rows:
        ends = (row["subject"], row["target"])
        if ends not in result or (row["matter"] and not result[ends]["matter"]):
            result[ends] = row
    return result


def _circles(steps: Steps, lengths: tuple[int, int], known: set[frozenset[Ends]], status: str) -> Iterator[Row]:
    shortest, longest = lengths
    for circle in _rings(_pruned(steps), longest):
        if len(circle) < shortest:
            continue
        ends = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        if frozenset(ends) in known:
            continue
        known.add(frozenset(ends))
        yield _finding([steps[pair] for pair in ends], status)


def _pruned(steps: Steps) -> list[Ends]:
    """Drop steps that cannot be in a circle: most are gone before a graph library has to be imported."""
    left = set(steps)
    while True:
        starts = {start for start, _ in left}
        ends = {end for _, end in left}
        kept = {(start, end) for start, end in left if start in ends and end in starts}
        if len(kept) == len(left):
            return sorted(left)
        left = kept


def _rings(ends: list[Ends], longest: int) -> list[list[str]]:
    """Return the simple circles, each beginning with its smallest id."""
    if not ends:
        return []
    import networkx as nx

    graph = nx.DiGraph(ends)
    rings = []
    for ring in nx.simple_cycles(graph, length_bound=longest):
        first = ring.index(min(ring))
        rings.append([*ring[first:], *ring[:first]])
    return sorted(rings)


def _finding(steps: list[Row], status: str) -> Row:
    first = steps[0]
    names = [step["name"] for step in steps]
    matters = [step["matter"] for step in steps if step["matter"]]
    result: Row = dict(first)
    result |= {
        "subjects": [step["subject"] for step in steps] + matters[:1],
        "relations": [relation for step in steps for relation in step["relations"]],
        "status": status,
        "shape": CIRCLE,
        "matter": matters[0] if matters else "",
        "order": " → ".join([*names, names[0]]),
        "circle": ">".join(step["subject"] for step in steps),
    }
    if "matter_name" in first:
        result["matter_name"] = next((step["matter_name"] for step in steps if step["matter_name"]), "")
    return result
