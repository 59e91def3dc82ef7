"""The reforms and the tour of a case: their shape is checked here, their effect when they are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Change, Reform, Step, Text
from govgraph.read.tree import Mapping, Scalar, Sequence, Tree, plain
from govgraph.read.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from govgraph.model.case import Evidence
    from govgraph.read.values import Problems

# What each step takes: required arguments, then optional ones. docs/encoding.md tells their effect.
STEPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "add": (("from", "type", "to"), ("*",)),
    "end": (("from", "type", "to"), ("dimension", "about")),
    "create": (("family", "name", "kind"), ("*",)),
    "dissolve": (("what",), ()),
    "move": (("what", "type", "from", "to"), ("dimension",)),
    "merge": (("bodies", "into"), ()),
    "split": (("body", "into"), ("takes",)),
    "clarify": ((), ("what", "lead", "basis", "from", "type", "to", "dimension")),
    "grant": (("from", "to", "what"), ("extent",)),
    "fund": (("what", "by"), ("amount",)),
    "staff": (("what",), ("by", "number")),
    "equip": (("what", "with"), ("by",)),
    "connect": (("systems",), ()),
    "coordinate": (("bodies",), ("mechanism", "about")),
    "recognise": (("by", "what"), ()),
    "evaluate_jointly": (("by", "what"), ()),
}
COMMON = ("do", "quote", "source", "note")


def build_reforms(
    rows: list[Mapping], problems: Problems, evidence: Callable[[Mapping], Evidence]
) -> tuple[Reform, ...]:
    """Build the reforms of a case; unknown steps and missing arguments are recorded as problems."""
    result: list[Reform] = []
    for row in rows:
        name = problems.text(row.items.get("name"), "name")
        if not name:
            problems.add(row.where, "a reform without a name", "name: …")
            continue
        if any(reform.name == name for reform in result):
            problems.add(row.where, f"the reform {name!r} stands twice", "one of each")
        for key in row.items:
            known = ("name", "title", "claims", "changes", "note", "quote", "source")
            if key not in known:
                problems.add(row.keys[key], f"unknown key {key!r} of a reform", ", ".join(known), did_you_mean(key, known))
        result.append(
            Reform(
                name,
                both(row.items.get("title"), problems, name),
                _changes(row, problems, evidence),
                problems.texts(row.items.get("claims"), "claims"),
                evidence(row),
            )
        )
    return tuple(result)


def _changes(
    row: Mapping, problems: Problems, evidence: Callable[[Mapping], Evidence]
) -> tuple[Change, ...]:
    tree = row.items.get("changes")
    if not isinstance(tree, Sequence):
        problems.add(row.where, "a reform without changes", "changes: [{do: …}]")
        return ()
    result = []
    for item in tree.items:
        if not isinstance(item, Mapping):
            problems.add(item.where, "a change that is not a mapping", "{do: …}")
            continue
        do = problems.text(item.items.get("do"), "do") or ""
        if do not in STEPS:
            problems.add(item.where, f"unknown step {do!r}", ", ".join(STEPS), did_you_mean(do, STEPS))
            continue
        _check_arguments(do, item, problems)
        arguments = {key: plain(value) for key, value in item.items.items() if key not in ("do", "quote", "source")}
        result.append(Change(do, arguments, evidence(item)))
    return tuple(result)


def _check_arguments(do: str, item: Mapping, problems: Problems) -> None:
    required, optional = STEPS[do]
    for key in required:
        if key not in item.items:
            problems.add(item.where, f"the step {do} lacks {key!r}", ", ".join(required))
    if do == "clarify" and "what" not in item.items and not {"from", "type", "to"} <= set(item.items):
        problems.add(item.where, "the step clarify names nothing", "what, or from, type and to")
    known = {*required, *optional, *COMMON}
    for key in item.items:
        if key not in known and "*" not in optional:
            problems.add(item.keys[key], f"the step {do} takes no {key!r}", ", ".join(sorted(known)), did_you_mean(key, known))


def build_tour(rows: list[Mapping], problems: Problems) -> tuple[Step, ...]:
    """Build the guided tour of a case."""
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
        zh = problems.text(tree.items.get("zh"), "zh")
        en = problems.text(tree.items.get("en"), "en")
        return Text(zh or en or default, en or zh or default)
    if isinstance(tree, Scalar) and tree.text:
        return Text(tree.text, tree.text)
    return Text(default, default)
