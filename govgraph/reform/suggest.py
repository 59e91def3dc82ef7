"""The smallest changes that clear a finding, or most of a case: found by search, with the rules as the judge."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from govgraph.check.findings import SEVERITIES, finding_order
from govgraph.errors import ReformError
from govgraph.model.case import Reform, Text
from govgraph.reform.candidates import bundles, candidates
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


WEIGHED = 40
"""How many trials that clear the finding are weighed by all rules."""


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

    def judge(self, trials: Sequence[_Trial], rules: Sequence[Rule] | None = None) -> list[Suggestion]:
        """Run rules (by default all) on the trials and return what each changes."""
        from govgraph.check.batch import check_variants

        chosen = self.rules if rules is None else rules
        known = {rule.id for rule in chosen}
        before = [finding for finding in self.checked.findings if finding.rule in known]
        results = check_variants([trial.case for trial in trials], chosen)
        return [
            Suggestion(
                trial.changes, compare_findings(before, result.findings, identity_between(self.case, trial.case))
            )
            for trial, result in zip(trials, results, strict=True)
        ]

    def clearing(self, finding: Finding, most: int = 5) -> list[Suggestion]:
        """Return the best suggestions that clear a finding, of as few steps as will do it.

        The finding's own rule sorts out the trials; those that clear it are then judged by all rules.
        """
        own = [rule for rule in self.rules if rule.id == finding.rule]
        singles = _trials(self.case, [(change,) for change in candidates(self.case, finding)])
        judged = self.judge(singles, own)
        found = self._verified(_those_clearing(singles, judged, finding), finding, most)
        promising = [s.changes[0] for s in sorted(judged, key=_promise(finding))][:PAIRED]
        for groups in (
            combinations(promising, 2),
            combinations(promising, MOST_STEPS),
            bundles(self.case, finding),
        ):
            if found:
                break
            trials = _trials(self.case, list(groups))
            found = self._verified(_those_clearing(trials, self.judge(trials, own), finding), finding, most)
        return found

    def _verified(self, trials: Sequence[_Trial], finding: Finding, most: int) -> list[Suggestion]:
        """Judge trials by all rules and return the best; each of them is then checked once more by itself."""
        from govgraph.check.run import check_case

        cases = {_key(trial.changes): trial.case for trial in trials}
        result: list[Suggestion] = []
        for suggestion in sorted(self.judge(trials[:WEIGHED]), key=lambda suggestion: suggestion.rank)[: 2 * most]:
            if len(result) == most:
                break
            case = cases[_key(suggestion.changes)]
            checked = check_case(case, rules=self.rules)
            delta = compare_findings(self.checked.findings, checked.findings, identity_between(self.case, case))
            alone = Suggestion(suggestion.changes, delta)
            if clears(alone, finding):
                result.append(alone)
        return sorted(result, key=lambda suggestion: suggestion.rank)

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


def _key(changes: Sequence[Change]) -> str:
    return repr([(change.do, change.arguments) for change in changes])


def _those_clearing(trials: Sequence[_Trial], judged: Sequence[Suggestion], finding: Finding) -> list[_Trial]:
    return [trial for trial, result in zip(trials, judged, strict=True) if clears(result, finding)]


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
