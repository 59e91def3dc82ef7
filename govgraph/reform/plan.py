"""Which reforms to simulate: those of the case by name, all of them, or those of a plan file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govgraph.errors import InputError, NotFoundError
from govgraph.model.case import Evidence
from govgraph.read.reforms import build_reforms
from govgraph.read.tree import Mapping, Scalar, Sequence
from govgraph.read.values import Problems, did_you_mean
from govgraph.read.yaml_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.case import Case, Reform

PLAN_SUFFIXES = (".yaml", ".yml")
ONE_REFORM = ("name", "title", "claims", "changes", "note", "quote", "source")


def find_reforms(case: Case, names: Iterable[str]) -> tuple[Reform, ...]:
    """Return the reforms that ``names`` give: each a reform of the case (by name or title) or a plan file.

    Raises:
        NotFoundError: the case has no such reform, and there is no such file.
        InputError: a plan file is refused; one problem for each mistake.
    """
    result: list[Reform] = []
    for name in names:
        found = [reform for reform in case.reforms if name in (reform.name, reform.title.zh, reform.title.en)]
        if found:
            result.append(found[0])
        elif Path(name).suffix in PLAN_SUFFIXES and Path(name).is_file():
            result += read_plan(Path(name), case)
        else:
            known = [reform.name for reform in case.reforms]
            hint = did_you_mean(name, known) or f"It has: {'、'.join(known) or 'none'}"
            raise NotFoundError(f"{case.id} has no reform called {name!r}, and there is no such plan file. {hint}")
    return tuple(result)


def read_plan(path: Path, case: Case) -> tuple[Reform, ...]:
    """Read a plan: ``reforms:`` as in a case, or the ``changes:`` of one reform.

    Raises:
        InputError: one problem for each mistake.
    """
    shown = path.as_posix()
    tree = read_tree(path, shown)
    problems = Problems()
    rows = _rows(tree, path.stem, problems)

    def evidence(row: Mapping) -> Evidence:
        quotes = problems.texts(row.items.get("quote"), "quote")
        source = problems.text(row.items.get("source"), "source")
        known = [entry.name for entry in case.sources]
        if source is not None and source not in known:
            problems.add(row.items["source"].where, f"unknown source {source!r}", f"one of {known}")
        if source is None and quotes and len(known) == 1:
            source = known[0]
        return Evidence(source, quotes, shown, row.where.line)

    reforms = build_reforms(rows, problems, evidence)
    if problems.found:
        raise InputError(problems.found)
    return reforms


def _rows(tree: Mapping, stem: str, problems: Problems) -> list[Mapping]:
    """Return the reforms of a plan as rows; a plan that is one reform may leave out its name."""
    listed = tree.items.get("reforms")
    if listed is None and "changes" in tree.items:
        for key in tree.items:
            if key not in ONE_REFORM:
                hint = did_you_mean(key, ONE_REFORM)
                problems.add(tree.keys[key], f"unknown key {key!r}", ", ".join(ONE_REFORM), hint)
        items = {"name": Scalar(stem, tree.where), **tree.items}
        kept = {key: value for key, value in items.items() if key in ONE_REFORM}
        return [Mapping(kept, tree.where, {key: tree.keys.get(key, tree.where) for key in kept})]
    if not isinstance(listed, Sequence):
        problems.add(tree.where, "a plan without reforms", "reforms: [ … ], or changes: [{do: …}]")
        return []
    for key in tree.items:
        if key != "reforms":
            problems.add(tree.keys[key], f"unknown key {key!r}", "reforms, or changes")
    for item in listed.items:
        if not isinstance(item, Mapping):
            problems.add(item.where, "an entry of reforms is not a mapping", "{name: …, changes: [ … ]}")
    return [item for item in listed.items if isinstance(item, Mapping)]
