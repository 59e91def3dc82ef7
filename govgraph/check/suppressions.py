"""Suppressions: findings that somebody has decided to live with, for a reason and until a date."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from govgraph.errors import InputError
from govgraph.read.tree import Mapping, Scalar, Sequence
from govgraph.read.values import Problems, did_you_mean, is_date
from govgraph.read.yaml_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Listed
    from pathlib import Path

    from govgraph.check.findings import Finding

KEYS = ("rule", "subject", "reason", "decided_by", "until")
NEAR_DAYS = 30
FULL_DATE = len("2026-01-01")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One decision: the rule (id, category or pattern), the subject (name or id), why, by whom, and until when.

    ``where`` is the place in the file that states it.
    """

    rule: str
    subject: str
    reason: str
    decided_by: str
    until: datetime.date
    where: str

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is the one meant: by its rule, and by the subject in question (the first)."""
        if not self.covers_rule(finding.rule) or not finding.subjects:
            return False
        first = finding.subjects[0]
        return self.subject in (first.id, first.name)

    def covers_rule(self, rule: str) -> bool:
        """Tell whether a rule is meant: by its id, its category, or a pattern."""
        return self.rule == rule.partition("/")[0] or fnmatchcase(rule, self.rule)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is set apart, and the decision that does so."""

    finding: Finding
    by: Suppression


@dataclass(frozen=True, slots=True)
class Outcome:
    """Findings after suppressions.

    ``expired`` entries no longer suppress anything and fail the check; ``near`` ones expire within 30 days; ``unused``
    ones met no finding of a rule that was run.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    expired: tuple[Suppression, ...] = ()
    near: tuple[Suppression, ...] = ()
    unused: tuple[Suppression, ...] = ()


def apply_suppressions(
    findings: Iterable[Finding],
    suppressions: Listed[Suppression],
    today: datetime.date,
    rules: Iterable[str] | None = None,
) -> Outcome:
    """Set suppressed findings apart.

    Args:
        findings: what the rules found, severities set and selection made.
        suppressions: the decisions; the last day of ``until`` still counts.
        today: the day of the check.
        rules: ids of the rules that were run; an entry for others is not called unused.
    """
    valid = [entry for entry in suppressions if entry.until >= today]
    active: list[Finding] = []
    apart: list[Suppressed] = []
    used: set[str] = set()
    for finding in findings:
        covering = [entry for entry in valid if entry.covers(finding)]
        if covering:
            apart.append(Suppressed(finding, covering[0]))
            used |= {entry.where for entry in covering}
        else:
            active.append(finding)
    ran = None if rules is None else list(rules)
    return Outcome(
        tuple(active),
        tuple(apart),
        tuple(entry for entry in suppressions if entry.until < today),
        tuple(entry for entry in valid if (entry.until - today).days <= NEAR_DAYS),
        tuple(
            entry
            for entry in valid
            if entry.where not in used and (ran is None or any(entry.covers_rule(rule) for rule in ran))
        ),
    )


def read_suppressions(path: Path, rules: Iterable[str] = ()) -> tuple[Suppression, ...]:
    """Read ``suppressions.yaml``.

    Args:
        path: the file: ``suppressions: [{rule, subject, reason, decided_by, until}]``.
        rules: ids of all rules; an entry that matches none of them is a mistake.

    Raises:
        InputError: one problem for each mistake.
    """
    tree = read_tree(path, path.as_posix())
    problems = Problems()
    for key in tree.items:
        if key != "suppressions":
            problems.add(tree.keys[key], f"unknown key {key!r}", "suppressions")
    listed = tree.items.get("suppressions")
    known = list(rules)
    result = []
    if isinstance(listed, Sequence):
        for item in listed.items:
            entry = _entry(item, problems) if isinstance(item, Mapping) else None
            if entry is None:
                continue
            if known and not any(entry.covers_rule(rule) for rule in known):
                problems.add(
                    entry.where, f"{entry.rule!r} matches no rule", "a rule's id", did_you_mean(entry.rule, known)
                )
            result.append(entry)
    elif not (isinstance(listed, Scalar) and not listed.text):
        problems.add(tree.where, "no list of suppressions", "suppressions: [{rule: …, subject: …}]")
    if problems.found:
        raise InputError(problems.found)
    return tuple(result)


def _entry(row: Mapping, problems: Problems) -> Suppression | None:
    for key in row.items:
        if key not in KEYS:
            problems.add(row.keys[key], f"unknown key {key!r}", ", ".join(KEYS), did_you_mean(key, KEYS))
    values = {key: problems.text(row.items.get(key), key) for key in KEYS}
    missing = [key for key in KEYS if not values[key]]
    if missing:
        problems.add(row.where, f"a suppression without {', '.join(missing)}", ", ".join(KEYS))
        return None
    until = str(values["until"])
    if not is_date(until) or len(until) != FULL_DATE:
        problems.add(row.items["until"].where, f"until: {until!r} is not a day", "2027-06-30")
        return None
    day = datetime.date.fromisoformat(until)
    texts = [str(values[key]) for key in KEYS[:-1]]
    return Suppression(texts[0], texts[1], texts[2], texts[3], day, str(row.where))
