"""Findings of a large store one after the other, by ids: a million of them pass through in flat memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govgraph.check.findings import fingerprint
from govgraph.check.run import BETWEEN_BRANCHES, findings_of, message, rows_of
from govgraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govgraph.check.rules import Rule
    from govgraph.model.case import Node, Relation
    from govgraph.store.embedded import EmbeddedStore


@dataclass(frozen=True, slots=True)
class StreamedFinding:
    """A finding by ids alone: names and quotes are in the store."""

    rule: str
    severity: str
    status: str
    fingerprint: str
    subject: str
    subjects: tuple[str, ...]
    relations: tuple[str, ...]
    message_zh: str
    message_en: str


class _NoLookup:
    """Knows nothing: findings of analyses are told by the rows themselves."""

    def nodes(self, ids: Any) -> dict[str, Node]:
        del ids
        return {}

    def relations(self, ids: Any) -> dict[str, Relation]:
        del ids
        return {}


def stream_findings(
    store: EmbeddedStore, rules: Sequence[Rule], parameters: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[StreamedFinding]:
    """Yield the findings of each rule in turn, in the order of its query; the first row of a finding stands for it.

    What is kept is eight bytes a finding, to tell a second row of the same finding.
    """
    for rule in sorted(rules, key=lambda rule: rule.id):
        values = {**rule.defaults, **((parameters or {}).get(rule.id, {}))}
        if rule.analysis:
            yield from _analysed(store, rule, values)
            continue
        seen: set[int] = set()
        for branch in BETWEEN_BRANCHES.split(rule.cypher):
            used = {name: value for name, value in values.items() if f"${name}" in branch}
            try:
                for table in store.batches(branch, used):
                    for row in table.rows:
                        found = _finding(rule, dict(zip(table.columns, row, strict=True)))
                        number = int(found.fingerprint, 16)
                        if number not in seen:
                            seen.add(number)
                            yield found
            except QueryError as error:
                raise QueryError(f"rule {rule.id}: {error}") from error


def _finding(rule: Rule, row: dict[str, Any]) -> StreamedFinding:
    first, *others = [name for name in row["subjects"] if name is not None]
    subjects = tuple(dict.fromkeys([first, *sorted(others)]))
    relations = tuple(sorted({name for name in row["relations"] if name is not None}))
    name = fingerprint(rule.id, tuple(row[column] for column in rule.identity))
    text = message(rule, row["status"], row)
    return StreamedFinding(rule.id, rule.severity, row["status"], name, first, subjects, relations, text.zh, text.en)


def _analysed(store: EmbeddedStore, rule: Rule, values: Mapping[str, Any]) -> Iterator[StreamedFinding]:
    for found in findings_of(rule, rows_of(store, rule, values), values, _NoLookup()):
        subject = str(found.identity[0]) if found.identity else ""
        yield StreamedFinding(
            rule.id,
            rule.severity,
            found.status,
            found.fingerprint,
            subject,
            (subject,),
            (),
            found.message.zh,
            found.message.en,
        )
