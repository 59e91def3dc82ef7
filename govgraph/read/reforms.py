"""The reforms and the tour of a case: their shape and their names are checked here, their effect when applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Change, Reform, Step, Text
from govgraph.read.steps import STEPS, check_step, made_by
from govgraph.read.tree import Mapping, Scalar, Sequence, Tree
from govgraph.read.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Map
    from typing import Any

    from govgraph.model.case import Evidence
    from govgraph.read.values import Problems

REFORM_KEYS = ("name", "title", "claims", "changes", "note", "quote", "source")
TOUR_KEYS = ("title", "text", "show")


def build_reforms(
    rows: list[Mapping],
    problems: Problems,
    evidence: Callable[[Mapping], Evidence],
    families: Map[str, str] | None = None,
) -> tuple[Reform, ...]:
    """Build reforms; unknown steps, missing arguments and names that lead nowhere are recorded as problems.

    Args:
        rows: the reforms as written.
        problems: takes the mistakes.
        evidence: reads source and quote of a row.
        families: name or alias → family of the nodes of the case; None leaves names unchecked. What a step makes is
            known to all steps after it, those of later reforms too.
    """
    result: dict[str, Reform] = {}
    known = dict(families) if families is not None else None
    claimed: list[Mapping] = []
    for row in rows:
        name = problems.text(row.items.get("name"), "name")
        if not name:
            problems.add(row.where, "a reform without a name", "name: …")
            continue
        if name in result:
            problems.add(row.items["name"].where, f"the reform {name!r} stands twice", "one of each")
        for key in row.items:
            if key not in REFORM_KEYS:
                hint = did_you_mean(key, REFORM_KEYS)
                problems.add(row.keys[key], f"unknown key {key!r} of a reform", ", ".join(REFORM_KEYS), hint)
        title = both(row.items.get("title"), problems, name)
        changes = _changes(row, problems, evidence, known)
        claims = problems.texts(row.items.get("claims"), "claims")
        result[name] = Reform(name, title, changes, claims, evidence(row))
        claimed.append(row)
    if known is not None:
        for row in claimed:
            _check_names(row, "claims", known, problems)
    return tuple(result.values())


def _check_names(row: Mapping, key: str, known: Map[str, str], problems: Problems) -> None:
    for name, place in problems.located(row.items.get(key), key):
        if name not in known:
            problems.add(place, f"{key}: no node is called {name!r}", "a name or alias", did_you_mean(name, known))


def _changes(
    row: Mapping, problems: Problems, evidence: Callable[[Mapping], Evidence], known: dict[str, str] | None
) -> tuple[Change, ...]:
    tree = row.items.get("changes")
    if not isinstance(tree, Sequence) or not tree.items:
        place = tree.where if tree is not None else row.where
        problems.add(place, "a reform without changes", "changes: [{do: …}]")
        return ()
    result = []
    for item in tree.items:
        if not isinstance(item, Mapping):
            problems.add(item.where, "a change that is not a mapping", "{do: …}")
            continue
        do = problems.text(item.items.get("do"), "do") or ""
        if do not in STEPS:
            place = item.items["do"].where if "do" in item.items else item.where
            problems.add(place, f"unknown step {do!r}", f"one of {', '.join(STEPS)}", did_you_mean(do, STEPS))
            continue
        check_step(do, item, problems, known)
        if known is not None:
            for name, family in made_by(do, item, problems).items():
                known.setdefault(name, family)
        result.append(Change(do, _arguments(item), evidence(item)))
    return tuple(result)


def _arguments(item: Mapping) -> dict[str, Any]:
    """Return the arguments of a step as plain texts; what is empty is left out."""
    given = {key: argument(tree) for key, tree in item.items.items() if key not in ("do", "quote", "source")}
    return {key: value for key, value in given.items() if value}


def argument(tree: Tree) -> Any:
    """Return an argument as plain texts: a list of one is that one, as in a cell of a table."""
    if isinstance(tree, Scalar):
        return tree.text.strip() if tree.text else None
    if isinstance(tree, Sequence):
        values = tuple(value for item in tree.items if (value := argument(item)))
        return values[0] if len(values) == 1 else values
    return {key: value for key, item in tree.items.items() if (value := argument(item))}


def build_tour(rows: list[Mapping], problems: Problems, families: Map[str, str]) -> tuple[Step, ...]:
    """Build the guided tour of a case; ``families`` has the names that a step may show."""
    for row in rows:
        for key in row.items:
            if key not in TOUR_KEYS:
                hint = did_you_mean(key, TOUR_KEYS)
                problems.add(row.keys[key], f"unknown key {key!r} of a step of the tour", ", ".join(TOUR_KEYS), hint)
        if not row.items.get("title"):
            problems.add(row.where, "a step of the tour without a title", "title: {zh: …, en: …}")
        _check_names(row, "show", families, problems)
    return tuple(
        Step(
            both(row.items.get("title"), problems, ""),
            both(row.items.get("text"), problems, ""),
            problems.texts(row.items.get("show"), "show"),
        )
        for row in rows
    )


def both(tree: Tree | None, problems: Problems, default: str) -> Text:
    """Read ``{zh: …, en: …}``; a single text serves both languages."""
    if isinstance(tree, Mapping):
        for key in tree.items:
            if key not in ("zh", "en"):
                problems.add(tree.keys[key], f"unknown language {key!r}", "zh, en")
        zh = problems.text(tree.items.get("zh"), "zh")
        en = problems.text(tree.items.get("en"), "en")
        return Text(zh or en or default, en or zh or default)
    text = problems.text(tree, "text")
    return Text(text or default, text or default)
