"""From what the rules found to what counts: suppressions, then the baseline, then thresholds, in this order.

Severities are set and rules selected before the rules run, so that neither list sees a finding of a rule that was not
asked for; formats come last and show what each stage set apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govgraph.check.baseline import Baseline, BaselineDelta, compare_baseline
from govgraph.check.findings import SEVERITIES
from govgraph.check.suppressions import Outcome, Suppression, apply_suppressions

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from govgraph.check.findings import CheckResult, Finding


@dataclass(frozen=True, slots=True)
class Judgement:
    """A check after suppressions and baseline.

    ``result`` has the findings that are not suppressed; ``counted`` are those that thresholds see: with a baseline
    only the new ones.
    """

    result: CheckResult
    counted: tuple[Finding, ...]
    outcome: Outcome
    delta: BaselineDelta | None = None

    def reaches(self, level: str) -> bool:
        """Tell whether a counted violation is at or above a severity; nothing reaches ``never``."""
        if level not in SEVERITIES:
            return False
        bar = SEVERITIES.index(level)
        return any(f.status == "violated" and SEVERITIES.index(f.severity) >= bar for f in self.counted)

    @property
    def newest(self) -> CheckResult:
        """The check with the counted findings alone."""
        return with_findings(self.result, self.counted)


def judge(
    result: CheckResult,
    today: datetime.date,
    *,
    suppressions: Sequence[Suppression] = (),
    baseline: Baseline | None = None,
    cases: Iterable[str] | None = None,
) -> Judgement:
    """Set suppressed findings apart, then compare the rest with the baseline.

    Args:
        result: the check, with severities set and rules selected.
        today: the day against which ``until`` is held.
        suppressions: decisions to live with findings.
        baseline: the list of known findings, or None.
        cases: ids of the cases that were checked, where the baseline may hold others.
    """
    ran = [entry.rule for entry in result.results]
    outcome = apply_suppressions(result.findings, suppressions, today, ran)
    left = with_findings(result, outcome.findings)
    if baseline is None:
        return Judgement(left, outcome.findings, outcome)
    apart = [entry.finding for entry in outcome.suppressed]
    delta = compare_baseline(outcome.findings, baseline, cases=cases, rules=ran, suppressed=apart)
    return Judgement(left, delta.new, outcome, delta)


def with_findings(result: CheckResult, findings: Iterable[Finding]) -> CheckResult:
    """Return a check that has only these of its findings."""
    kept = set(map(id, findings))
    return replace(
        result,
        results=tuple(
            replace(entry, findings=tuple(finding for finding in entry.findings if id(finding) in kept))
            for entry in result.results
        ),
    )
