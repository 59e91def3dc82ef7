"""The smallest changes that clear a finding, or most of a case: found by search, with the rules as the judge."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from govgraph.check.findings import SEVERITIES, finding_order
from govgraph.errors import ReformError
from govgraph.model.case import Reform, Text
from govgraph.reform.candidates import candidates
from govgraph.reform.delta import FindingsDelta, compare_findings, finding_key
from govgraph.reform.steps import apply_change
from govgraph.reform.succession import Identity, identity_between
from govgraph.reform.wording import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govgraph.check.findings import CheckResult, Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case, Change

MOST_STEPS = 3
PAIRED = 9
"""How many of the most promising steps are tried together where no single one clears the finding."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Steps that clear a finding, and all that they do besides, as the rules judge it."""

    changes: tuple[Change, ...]
    delta: FindingsDelta

    @property
    def text(self) -> Text:
        """The steps in words."""
        parts = [describe(change) for change in self.changes]
        return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Side effects first: what it introduces by gravity, then the number of steps, then what else it fixes."""
        return (_weight(self.delta.introduced), len(self.changes), -_weight(self.delta.fixed), self.text.zh)

    def as_reform(self, name: str) -> Reform:
        """Return the steps as a reform, which ``simulate`` takes."""
        return Reform(name, self.text, self.changes)


def _weight(findings: Sequence[Finding]) -> int:
    """Return how grave findings are together; an undetermined one counts less than any violation."""
    return sum(
        10 ** (SEVERITIES.index(finding.severity) + 1) if finding.status == "violated" else 1 for finding in findings
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """A case after some steps."""

    changes: tuple[Change, ...]
    case: Case


class Search:
    """Tries steps on a case and lets the rules judge.

    Args:
        case: the arrangement.
        rules: the rules that judge; by default all shipped ones.
    """

    def __init__(self, case: Case, rules: Sequence[Rule] | None = None) -> None:
        from govgraph.check.rules import load_rules
        from govgraph.check.run import check_case

        self.case = case
        self.rules = load_rules() if rules is None else list(rules)
        self.checked: CheckResult = check_case(case, rules=self.rules)

    def judge(self, trials: Sequence[_Trial]) -> list[Suggestion]:
        """Run all rules on the trials and return what each changes."""
        from govgraph.check.batch import check_variants

        results = check_variants([trial.case for trial in trials], self.rules)
        return [
            Suggestion(
                trial.changes,
                compare_findings(self.checked.findings, result.findings, identity_between(self.case, trial.case)),
            )
            for trial, result in zip(trials, results, strict=True)
        ]

    def clearing(self, finding: Finding, most: int = 5) -> list[Suggestion]:
        """Return the best suggestions that clear a finding, of as few steps as will do it."""
        steps = candidates(self.case, finding)
        singles = self.judge(_trials(self.case, [(change,) for change in steps]))
        found = [suggestion for suggestion in singles if clears(suggestion, finding)]
        promising = [s.changes[0] for s in sorted(singles, key=_promise(finding))][:PAIRED]
        for size in range(2, MOST_STEPS + 1):
            if found:
                break
            groups = list(combinations(promising, size))
            judged = self.judge(_trials(self.case, groups))
            found = [suggestion for suggestion in judged if clears(suggestion, finding)]
        return sorted(found, key=lambda suggestion: suggestion.rank)[:most]

    def best_set(self, budget: int) -> list[Suggestion]:
        """Return a growing set of at most ``budget`` steps, each the one that then helps most; it stops when none does.

        The first suggestion has one step, the last one all; each is judged on the case as it was.
        """
        chosen: list[Suggestion] = []
        current, value = _Trial((), self.case), 0
        for _ in range(budget):
            left = self._left(chosen)
            pool = [change for finding in left for change in candidates(current.case, finding)[:12]]
            distinct = list({repr((c.do, c.arguments)): c for c in pool}.values())
            trials = _trials(current.case, [(change,) for change in distinct], current.changes)
            judged = sorted(self.judge(trials), key=lambda s: (-_gain(s), s.rank[1:]))
            if not judged or _gain(judged[0]) <= value:
                break
            chosen.append(judged[0])
            value = _gain(judged[0])
            current = next(trial for trial in trials if trial.changes == judged[0].changes)
        return chosen

    def _left(self, chosen: Sequence[Suggestion]) -> list[Finding]:
        """Return the violations that are still there, gravest first."""
        if not chosen:
            there = self.checked.findings
        else:
            there = [*chosen[-1].delta.introduced, *(pair.after for pair in chosen[-1].delta.kept)]
        return sorted((finding for finding in there if finding.status == "violated"), key=finding_order)


def _gain(suggestion: Suggestion) -> int:
    return _weight(suggestion.delta.fixed) - _weight(suggestion.delta.introduced)


def clears(suggestion: Suggestion, finding: Finding) -> bool:
    """Tell whether a finding is among those that a suggestion fixes."""
    return any(finding_key(f, Identity()) == finding_key(finding, Identity()) for f in suggestion.delta.fixed)


def _promise(finding: Finding) -> Callable[[Suggestion], tuple[bool, int, int]]:
    """Order single steps that do not clear a finding: those that change what it says come first."""

    def order(suggestion: Suggestion) -> tuple[bool, int, int]:
        changed = any(
            pair.before.fingerprint == finding.fingerprint
            and (pair.before.message, pair.before.relations) != (pair.after.message, pair.after.relations)
            for pair in suggestion.delta.kept
        )
        return (not changed, _weight(suggestion.delta.introduced), -_weight(suggestion.delta.fixed))

    return order


def _trials(case: Case, groups: Sequence[tuple[Change, ...]], before: tuple[Change, ...] = ()) -> list[_Trial]:
    """Apply each group of steps to the case; groups with a step that does not apply fall out."""
    result = []
    for changes in groups:
        changed = case
        try:
            for change in changes:
                changed = apply_change(changed, change)
        except ReformError:
            continue
        result.append(_Trial((*before, *changes), changed))
    return result
