"""Apply reforms to a case, check it again, and say what they mend, what they leave and what they break."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govgraph.model.case import Text
from govgraph.model.view import as_of as view_as_of
from govgraph.reform.delta import Kept, compare_findings
from govgraph.reform.steps import Applied, AppliedStep, apply_reforms
from govgraph.reform.succession import identity_between
from govgraph.reform.wording import describe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.check.findings import CheckResult, Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case, Reform, Relation


NOTHING = Text("", "")
SHOWN_STEPS = 3


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with why it went, stayed or came, and the steps that touch it.

    ``before`` is the finding as it was before the reform, where that reads differently.
    """

    finding: Finding
    why: Text
    steps: tuple[AppliedStep, ...]
    before: Finding | None = None


@dataclass(frozen=True, slots=True)
class UnmetClaim:
    """A node whose problems a reform is said to resolve, and the findings about it that are still there."""

    reform: str
    claim: str
    findings: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What reforms do to an arrangement: the case and the findings before and after."""

    before: Case
    after: Case
    reforms: tuple[Reform, ...]
    steps: tuple[AppliedStep, ...]
    checked_before: CheckResult
    checked_after: CheckResult
    fixed: tuple[Explained, ...]
    kept: tuple[Explained, ...]
    introduced: tuple[Explained, ...]
    unmet: tuple[UnmetClaim, ...]

    @property
    def name(self) -> str:
        """The reforms' names, joined."""
        return "、".join(reform.name for reform in self.reforms)

    @property
    def introduces_error(self) -> bool:
        """Whether a violation of severity error has come."""
        return any(e.finding.severity == "error" and e.finding.status == "violated" for e in self.introduced)


def simulate(
    case: Case,
    reforms: Sequence[Reform],
    *,
    rules: Sequence[Rule] | None = None,
    as_of: str | None = None,
    checked: CheckResult | None = None,
) -> Simulation:
    """Simulate reforms on a case; the case itself is untouched.

    Args:
        case: the arrangement as written.
        reforms: what to carry out, in this order.
        rules: the rules that judge; by default all shipped ones.
        as_of: a partial date; the reforms are carried out on the state of that day.
        checked: the check of that state, where it has been made already.

    Raises:
        ReformError: a step does not apply; it says which, where and why.
    """
    from govgraph.check.run import check_case

    before = view_as_of(case, as_of) if as_of else case
    applied = apply_reforms(before, reforms)
    was = checked or replace(check_case(before, rules=rules), as_of=as_of)
    now = check_case(applied.case, rules=rules)
    return outcome(before, applied, reforms, was, replace(now, as_of=as_of))


def outcome(
    before: Case, applied: Applied, reforms: Sequence[Reform], was: CheckResult, now: CheckResult
) -> Simulation:
    """Return what reforms do, from the checks of the state before and of the state that they lead to."""
    delta = compare_findings(was.findings, now.findings, identity_between(before, applied.case))
    trace = Trace(before, applied.case, applied.steps)
    kept = tuple(trace.kept(pair) for pair in delta.kept)
    introduced = tuple(trace.introduced(finding) for finding in delta.introduced)
    return Simulation(
        before,
        applied.case,
        tuple(reforms),
        applied.steps,
        was,
        replace(now, reform="、".join(reform.name for reform in reforms)),
        tuple(trace.fixed(finding) for finding in delta.fixed),
        kept,
        introduced,
        unmet_claims(reforms, applied.case, (*introduced, *kept)),
    )


class Trace:
    """Finds the steps that touch what a finding rests on."""

    def __init__(self, before: Case, after: Case, steps: Sequence[AppliedStep]) -> None:
        relations = {**before.relations_by_id, **after.relations_by_id}
        self._steps = [(step, step.touched, _ends(step, relations)) for step in steps]
        self._many = len({step.reform for step in steps}) > 1

    def steps(self, finding: Finding) -> tuple[AppliedStep, ...]:
        """Return the steps that changed a relation of the finding; failing that, something at its first subject."""
        rests_on = {link.id for link in finding.relations}
        first = {finding.subjects[0].id} if finding.subjects else set()
        others = {subject.id for subject in finding.subjects}
        for sought, with_ends in ((rests_on, False), (first, True), (others, False)):
            found = tuple(
                step for step, touched, ends in self._steps if (touched | ends if with_ends else touched) & sought
            )
            if found:
                return found
        return ()

    def fixed(self, finding: Finding) -> Explained:
        """Explain a finding that is no longer there."""
        steps = self.steps(finding)
        gone = Text("它所依据的情形已不存在", "what it rested on is no longer so")
        why = self._sentence(steps) if steps else gone
        return Explained(finding, why, steps)

    def kept(self, pair: Kept) -> Explained:
        """Explain a finding that is still there."""
        steps = self.steps(pair.after) or self.steps(pair.before)
        changed = pair.before if pair.before.message != pair.after.message else None
        if not steps:
            why = Text("没有一步涉及它", "no step touches it")
        elif pair.after.status != pair.before.status:
            why = self._sentence(steps, Text("之后，是否仍有此问题不得而知", ": whether it remains is now unknown"))
        else:
            why = self._sentence(steps, Text("涉及它，但情形依旧", " touches it, yet it is still so"))
        return Explained(pair.after, why, steps, changed)

    def introduced(self, finding: Finding) -> Explained:
        """Explain a finding that was not there before."""
        steps = self.steps(finding)
        if steps:
            why = self._sentence(steps, Text("之后才有", " brings it"))
        else:
            why = Text("改革之后才有", "it comes with the reform")
        return Explained(finding, why, steps)

    def _sentence(self, steps: Sequence[AppliedStep], tail: Text = NOTHING) -> Text:
        shown = steps[:SHOWN_STEPS]
        zh = "；".join(f"{self._number(step, 'zh')}（{describe(step.change).zh}）" for step in shown)
        en = "; ".join(f"{self._number(step, 'en')} ({describe(step.change).en})" for step in shown)
        if len(steps) > len(shown):
            zh, en = f"{zh}等{len(steps)}步", f"{en} and {len(steps) - len(shown)} more"
        return Text(f"{zh}{tail.zh}", f"{en}{tail.en}")

    def _number(self, step: AppliedStep, language: str) -> str:
        if language == "zh":
            return f"“{step.reform}”第{step.number}步" if self._many else f"第{step.number}步"
        return f"step {step.number} of {step.reform}" if self._many else f"step {step.number}"


def _ends(step: AppliedStep, relations: Mapping[str, Relation]) -> frozenset[str]:
    """Return the ends of the relations that a step changed."""
    ends: set[str] = set()
    for identity in step.touched:
        relation = relations.get(identity)
        if relation is not None:
            ends |= {relation.start, relation.end}
    return frozenset(ends)


def unmet_claims(reforms: Sequence[Reform], after: Case, there: Sequence[Explained]) -> tuple[UnmetClaim, ...]:
    """Return the claims of reforms that the graph does not bear out: the node still has, or now gets, findings."""
    result = []
    for reform in reforms:
        for claim in reform.claims:
            identity = after.names.get(claim)
            about = tuple(
                entry
                for entry in there
                if entry.finding.status == "violated" and identity in {s.id for s in entry.finding.subjects}
            )
            if about:
                result.append(UnmetClaim(reform.name, claim, about))
    return tuple(result)
