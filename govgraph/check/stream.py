"""Findings of a large store one after the other, by ids: a million of them pass through in flat memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from govgraph.check.lookup import stated_id
from govgraph.check.run import merged, raw_findings, rows_of, tables_of
from govgraph.check.spool import ALONE, LAST, Spool
from govgraph.check.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from govgraph.check.rules import Rule
    from govgraph.check.run import RawFinding
    from govgraph.store.protocol import Store


class StreamedFinding(NamedTuple):
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


def stream_findings(
    store: Store,
    rules: Sequence[Rule],
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    timeout: float | None = None,
    folder: Path | None = None,
) -> Iterator[StreamedFinding]:
    """Yield the findings of each rule in turn, in the order in which its queries give their last rows.

    A rule's rows are laid aside in a file of ``folder`` first: rows of one finding may come from several branches of
    the rule. No query is open while findings are yielded. What an analysis finds is in memory.
    """
    for rule in sorted(rules, key=lambda rule: rule.id):
        values = {**rule.defaults, **((parameters or {}).get(rule.id, {}))}
        wording = Wording(rule)
        if rule.analysis:
            for raw in raw_findings(rule, rows_of(store, rule, values, timeout), values):
                yield _finding(rule, wording, raw)
            continue
        with Spool(rule, folder) as spool:
            for table in tables_of(store, rule, values, timeout, batched=True):
                spool.add(table)
            yield from _spooled(rule, wording, spool)


def _spooled(rule: Rule, wording: Wording, spool: Spool) -> Iterator[StreamedFinding]:
    held: dict[int, list[dict[str, Any]]] = {}
    for table, fingerprints, parts in spool.tables():
        for row, number, part in zip(table.rows, fingerprints, parts, strict=True):
            values = dict(zip(table.columns, row, strict=True))
            if part == ALONE:
                yield _of_one_row(rule, wording, values, f"{number:016x}")
                continue
            held.setdefault(number, []).append(values)
            if part == LAST:
                yield _finding(rule, wording, merged(rule, held.pop(number))[0])


def _finding(rule: Rule, wording: Wording, raw: RawFinding) -> StreamedFinding:
    text = wording.text(raw.status, raw.row)
    relations = tuple(sorted(set(raw.relations).difference(raw.subjects)))
    first = raw.subjects[0]
    return StreamedFinding(
        rule.id, rule.severity, raw.judged, raw.fingerprint, first, tuple(raw.subjects), relations, text.zh, text.en
    )


def _of_one_row(rule: Rule, wording: Wording, row: dict[str, Any], fingerprint: str) -> StreamedFinding:
    """Return what `_finding` returns for a finding of this row alone, without the steps between.

    Among the relations of a row there may be subjects, where a rule fills a gap with one; they are left out.
    """
    first, *others = [name for name in row["subjects"] if name is not None]
    subjects = (first, *sorted({*others} - {first})) if others else (first,)
    relations = tuple(sorted({stated_id(name) for name in row["relations"] if name is not None}.difference(subjects)))
    status = "undetermined" if row["status"] == "undetermined" else "violated"
    text = wording.text(status, row)
    return StreamedFinding(rule.id, rule.severity, status, fingerprint, first, subjects, relations, text.zh, text.en)
