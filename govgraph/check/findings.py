"""What a check yields: findings with their evidence, and one result a rule."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.model.case import Evidence, Text

SEVERITIES = ("note", "warning", "error")
"""From mild to grave; ``--fail-on`` compares by position."""

FindingStatus = Literal["violated", "undetermined"]
RuleStatus = Literal["violated", "passed", "undetermined", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A node that a finding is about; the first subject of a finding is the one in question."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that a finding rests on."""

    id: str
    type: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Location:
    """Where the input states the first thing that the finding rests on."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one rule: what it says, about whom, resting on what.

    ``identity`` are the values that the fingerprint is made of; with them a finding is followed through a reform.
    """

    rule: str
    severity: str
    status: FindingStatus
    fingerprint: str
    message: Text
    remedy: Text
    subjects: tuple[Subject, ...]
    relations: tuple[Link, ...]
    evidence: tuple[Evidence, ...]
    location: Location | None
    identity: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How one rule came out: how many things it looked at, and its findings (ordered by their subjects)."""

    rule: str
    severity: str
    title: Text
    evaluated: int
    findings: tuple[Finding, ...]
    seconds: float = 0.0

    @property
    def violations(self) -> int:
        """How many findings are violations."""
        return sum(finding.status == "violated" for finding in self.findings)

    @property
    def undetermined(self) -> int:
        """How many findings say that data is missing."""
        return len(self.findings) - self.violations

    @property
    def status(self) -> RuleStatus:
        """The rule's own status: with nothing to look at it is not applicable, never a silent pass."""
        if self.violations:
            return "violated"
        if self.undetermined:
            return "undetermined"
        return "passed" if self.evaluated else "not_applicable"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A whole check: one result a rule, in the order of their ids."""

    case: str | None
    as_of: str | None
    reform: str | None
    results: tuple[RuleResult, ...]

    @property
    def findings(self) -> list[Finding]:
        """All findings: gravest first, violations before undetermined ones, then by rule and subjects."""
        every = [finding for result in self.results for finding in result.findings]
        return sorted(every, key=finding_order)


def finding_order(finding: Finding) -> tuple[Any, ...]:
    """Return the sort key of findings in every output."""
    return (
        finding.status != "violated",
        -SEVERITIES.index(finding.severity),
        finding.rule,
        tuple(subject.id for subject in finding.subjects),
        finding.fingerprint,
    )


def fingerprint(rule: str, identity: Sequence[Any]) -> str:
    """Return the 16 hexadecimal digits that name a finding from week to week.

    It depends on the rule's id and the values of its identity columns alone; a list counts as a set.
    """
    values = [sorted(map(str, value)) if isinstance(value, list | tuple) else value for value in identity]
    return hashlib.sha256(_encode([rule, values]).encode()).hexdigest()[:16]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
