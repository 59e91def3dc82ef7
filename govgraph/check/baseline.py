"""The baseline: findings that were there when somebody began to keep the list; only new ones fail from then on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govgraph.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from govgraph.check.findings import Finding

VERSION = 1
KEYS = ("case", "rule", "fingerprint", "status", "subject")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One finding of the baseline. ``subject`` is for people who read the file; the fingerprint is what counts."""

    case: str
    rule: str
    subject: str
    fingerprint: str
    status: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a baseline file, ordered."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class BaselineDelta:
    """Findings against a baseline.

    ``new`` are not in it (or were undetermined there and are violated now), ``kept`` are; ``fixed`` are entries whose
    finding is gone, ``beyond`` entries of rules or cases that were not looked at, or whose finding is suppressed.
    """

    new: tuple[Finding, ...]
    fixed: tuple[Entry, ...]
    kept: tuple[Finding, ...]
    remaining: tuple[Entry, ...]
    beyond: tuple[Entry, ...] = ()

    @property
    def line(self) -> str:
        """What every run prints: how many are new, how many are fixed, and how many the list still holds."""
        return f"baseline +{len(self.new)} −{len(self.fixed)} ={len(self.remaining) + len(self.beyond)}"

    @property
    def shrunk(self) -> Baseline:
        """The baseline without what is fixed: it never grows by itself."""
        return Baseline(tuple(sorted((*self.remaining, *self.beyond))))


def compare_baseline(
    findings: Iterable[Finding],
    baseline: Baseline,
    *,
    cases: Iterable[str] | None = None,
    rules: Iterable[str] | None = None,
    suppressed: Iterable[Finding] = (),
) -> BaselineDelta:
    """Compare findings with a baseline.

    Args:
        findings: what is left after selection and suppressions.
        baseline: the list.
        cases: ids of the cases that were checked; entries of others are not called fixed (None: all were).
        rules: ids of the rules that were run; likewise.
        suppressed: findings that suppressions set apart; likewise.
    """
    listed = {entry.fingerprint: entry for entry in baseline.entries}
    ran = None if rules is None else set(rules)
    looked_at = None if cases is None else set(cases)
    hidden = {finding.fingerprint for finding in suppressed}
    new: list[Finding] = []
    kept: list[Finding] = []
    for finding in findings:
        entry = listed.get(finding.fingerprint)
        worse = entry is not None and entry.status == "undetermined" and finding.status == "violated"
        (new if entry is None or worse else kept).append(finding)
    there = {finding.fingerprint for finding in (*new, *kept)}
    statuses = {finding.fingerprint: finding.status for finding in kept}
    fixed: list[Entry] = []
    remaining: list[Entry] = []
    beyond: list[Entry] = []
    for entry in baseline.entries:
        unseen = (ran is not None and entry.rule not in ran) or (looked_at is not None and entry.case not in looked_at)
        if entry.fingerprint in there:
            remaining.append(replace(entry, status=statuses.get(entry.fingerprint, entry.status)))
        elif unseen or entry.fingerprint in hidden:
            beyond.append(entry)
        else:
            fixed.append(entry)
    return BaselineDelta(tuple(new), tuple(fixed), tuple(kept), tuple(remaining), tuple(beyond))


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """Return a baseline that holds all of the findings."""
    return Baseline(tuple(sorted({_entry_of(finding) for finding in findings})))


def _entry_of(finding: Finding) -> Entry:
    first = finding.subjects[0] if finding.subjects else None
    case = first.id.partition("/")[0] if first else ""
    return Entry(case, finding.rule, first.name if first else "", finding.fingerprint, finding.status)


def baseline_text(baseline: Baseline) -> str:
    """Return the file's text: JSON with one entry a line, so that a change of the list is a change of lines."""
    rows = [
        json.dumps({key: getattr(entry, key) for key in KEYS}, ensure_ascii=False) for entry in sorted(baseline.entries)
    ]
    body = ",\n".join(f"    {row}" for row in rows)
    return (
        f'{{\n  "version": {VERSION},\n  "findings": [\n{body}\n  ]\n}}\n'
        if rows
        else (f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n')
    )


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        InputError: there is none, or it is not one.
    """
    shown = path.as_posix()
    try:
        body: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        hint = f"Make one: govgraph baseline write SOURCE -o {shown}"
        raise InputError([Problem(shown, f"cannot be read: {error.strerror}", "a baseline", hint)]) from error
    except ValueError as error:
        raise InputError([Problem(shown, f"not JSON: {error}", "a baseline")]) from error
    if not isinstance(body, dict) or body.get("version") != VERSION or not isinstance(body.get("findings"), list):
        raise InputError([Problem(shown, "not a baseline", f"version {VERSION} and a list of findings")])
    problems = []
    entries = []
    for number, row in enumerate(body["findings"], 1):
        if isinstance(row, dict) and set(row) == set(KEYS) and all(isinstance(row[key], str) for key in KEYS):
            entries.append(Entry(**row))
        else:
            problems.append(Problem(shown, f"entry {number} is not one of a baseline", f"texts {', '.join(KEYS)}"))
    if problems:
        raise InputError(problems)
    return Baseline(tuple(sorted(entries)))
