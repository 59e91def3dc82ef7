"""What became of findings between two checks: fixed, kept, introduced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govgraph.check.findings import finding_order
from govgraph.reform.succession import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govgraph.check.findings import Finding


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding that is there before and after; its wording and evidence may have changed."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class FindingsDelta:
    """Findings that went, stayed and came, each in the order of reports.

    One that was undetermined and is now violated has come: it was no problem that anybody knew of. One that was
    violated and is now undetermined has stayed: not knowing is no cure.
    """

    fixed: tuple[Finding, ...]
    kept: tuple[Kept, ...]
    introduced: tuple[Finding, ...]


def compare_findings(
    before: Sequence[Finding], after: Sequence[Finding], identity: Identity | None = None
) -> FindingsDelta:
    """Compare two lists of findings by what they are about; ``identity`` follows bodies through succession."""
    same = identity or Identity()
    old, new = _by_key(before, same), _by_key(after, same)
    fixed: list[Finding] = []
    kept: list[Kept] = []
    introduced: list[Finding] = []
    for key in sorted(old.keys() | new.keys(), key=repr):
        was, now = old.get(key, []), new.get(key, [])
        if not now:
            fixed += was
        elif not was:
            introduced += now
        elif _violated(now) and not _violated(was):
            introduced += [finding for finding in now if finding.status == "violated"]
        else:
            kept += [Kept(_closest(finding, was), finding) for finding in now]
            matched = {pair.before.fingerprint for pair in kept}
            kept += [Kept(finding, now[0]) for finding in was if finding.fingerprint not in matched]
    return FindingsDelta(
        tuple(sorted(fixed, key=finding_order)),
        tuple(sorted(kept, key=lambda pair: (finding_order(pair.after), finding_order(pair.before)))),
        tuple(sorted(introduced, key=finding_order)),
    )


def _by_key(findings: Iterable[Finding], identity: Identity) -> dict[Any, list[Finding]]:
    result: dict[Any, list[Finding]] = {}
    for finding in findings:
        result.setdefault(finding_key(finding, identity), []).append(finding)
    return result


def finding_key(finding: Finding, identity: Identity) -> tuple[Any, ...]:
    """Return what makes a finding the same one on both sides: its rule and identity, bodies followed by succession.

    A finding read from an old saved result has no identity values; then its subjects stand for them where bodies
    were renamed, and its fingerprint where none were.
    """
    if finding.identity:
        return (finding.rule, *(identity.value(value) for value in finding.identity))
    if identity.names or len(identity.cases) > 1:
        return (finding.rule, tuple(sorted({str(identity.value(subject.id)) for subject in finding.subjects})))
    return (finding.rule, finding.fingerprint)


def _violated(findings: Iterable[Finding]) -> bool:
    return any(finding.status == "violated" for finding in findings)


def _closest(finding: Finding, others: Sequence[Finding]) -> Finding:
    """Return the finding of the same fingerprint, or the first."""
    return next((other for other in others if other.fingerprint == finding.fingerprint), others[0])
