"""Check many variants of one case at once: one load, one run of each rule.

A search for reforms tries many small changes; most of the time of a check is spent on opening a store and compiling
queries, which all variants share here. Each variant keeps its nodes and relations apart by a mark in their ids.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govgraph.check.findings import CheckResult, RuleResult
from govgraph.check.lookup import CaseLookup
from govgraph.check.rules import load_rules
from govgraph.check.run import findings_of, rows_of
from govgraph.model.case import Case, Node, Relation
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govgraph.check.rules import Rule
    from govgraph.model.case import Value

MARK = "\u241e"  # a sign that no name has
MARKED = re.compile(rf"{MARK}(\d+)")
CHUNK = 40
"""How many variants share a store: more would cost memory and save little."""


def check_variants(variants: Sequence[Case], rules: Sequence[Rule] | None = None) -> list[CheckResult]:
    """Check variants of a case; each result is that of ``check_case`` but for ``evaluated``, which is 0."""
    chosen = load_rules() if rules is None else list(rules)
    results: list[CheckResult] = []
    for begin in range(0, len(variants), CHUNK):
        results += _check_chunk(variants[begin : begin + CHUNK], chosen)
    return results


def _check_chunk(variants: Sequence[Case], rules: Sequence[Rule]) -> list[CheckResult]:
    from govgraph.store.embedded import EmbeddedStore

    marked = [_marked(case, f"{case.id}{MARK}{number}") for number, case in enumerate(variants)]
    found: list[list[RuleResult]] = [[] for _ in variants]
    with EmbeddedStore() as store:
        store.load_all(marked)
        for rule in sorted(rules, key=lambda rule: rule.id):
            shares = _shares(rows_of(store, rule, rule.defaults), len(variants))
            for number, case in enumerate(variants):
                findings = findings_of(rule, shares[number], rule.defaults, CaseLookup(case))
                found[number].append(RuleResult(rule.id, rule.severity, rule.title, 0, findings))
    return [CheckResult(case.id, None, None, tuple(found[number])) for number, case in enumerate(variants)]


def _marked(case: Case, identity: str) -> Case:
    """Return a case under another id, without what rules do not see."""
    prefix, fresh = f"{case.id}/", f"{identity}/"
    references = {name for name, item in vocabulary().relation_properties.items() if item.type == "reference"}

    def rename(value: str) -> str:
        return fresh + value.removeprefix(prefix)

    def properties(relation: Relation) -> dict[str, Value]:
        return {key: rename(str(v)) if key in references else v for key, v in relation.properties.items()}

    nodes = [Node(rename(n.id), n.family, n.name, n.kind, n.properties, n.evidence) for n in case.nodes]
    relations = [
        Relation(rename(r.id), r.type, rename(r.start), rename(r.end), properties(r), r.evidence)
        for r in case.relations
    ]
    return Case(replace(case.meta, id=identity), (), tuple(nodes), tuple(relations), file=case.file)


def _shares(rows: Iterable[Mapping[str, Any]], count: int) -> list[list[dict[str, Any]]]:
    """Return each variant's rows, in order and without the mark; a row belongs to the variant that its ids name."""
    shares: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    for row in rows:
        number = next(filter(lambda found: found is not None, map(_variant, row.values())), None)
        if number is not None:
            shares[number].append({key: _unmarked(value) for key, value in row.items()})
    return shares


def _variant(value: Any) -> int | None:
    if isinstance(value, str):
        found = MARKED.search(value)
        return int(found.group(1)) if found else None
    if isinstance(value, list | tuple):
        return next(filter(lambda number: number is not None, map(_variant, value)), None)
    return None


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return MARKED.sub("", value)
    if isinstance(value, list | tuple):
        return [_unmarked(item) for item in value]
    return value
