"""How well rules find what was planted: recall, precision, and what other rules said of the same cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govgraph.check.mutation.clean import clean_city
from govgraph.check.mutation.planters import defects_of
from govgraph.check.run import check_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govgraph.check.findings import Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case

SIZES = (2, 4)
"""Subdistricts of the arrangements that the documented table is made from."""

BATCH = 6000  # nodes; several cases share a store, since a store costs more than a case

Subject = tuple[str, str]
"""A planted subject: its id, and whether the finding is a violation or undetermined."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A clean case with the defects of one rule in it (of none where ``rule`` is empty), and what must be found."""

    rule: str
    case: Case
    planted: frozenset[Subject] = frozenset()
    expected: frozenset[str] = frozenset()  # other rules that must speak
    shapes: int = 0
    unplanted: tuple[str, ...] = ()  # defects that found no place


@dataclass(slots=True)
class Score:
    """What a rule made of its mutants.

    ``found`` are planted subjects that it names; ``right`` are those of its ``findings`` that name planted subjects.
    """

    rule: str
    shapes: int = 0
    cases: int = 0
    planted: int = 0
    found: int = 0
    findings: int = 0
    right: int = 0
    missed: list[Subject] = field(default_factory=list)
    unplanted: list[str] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)
    explained: Counter[str] = field(default_factory=Counter)
    noise: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float | None:
        """Planted subjects found out of all planted; None where nothing was."""
        return self.found / self.planted if self.planted else None

    @property
    def precision(self) -> float | None:
        """Findings about planted subjects out of all findings of the rule; None where it found nothing."""
        return self.right / self.findings if self.findings else None

    @property
    def perfect(self) -> bool:
        """Whether every defect found a place, and the rule found all of them and nothing else."""
        exact = self.found == self.planted and self.right == self.findings
        return exact and not self.noise and not self.unplanted


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores by rule, and all findings in clean cases (there should be none)."""

    scores: tuple[Score, ...]
    clean: tuple[Finding, ...]
    cases: int
    nodes: int
    relations: int

    @property
    def perfect(self) -> bool:
        """Whether all that was planted was found and nothing else."""
        return not self.clean and all(score.perfect for score in self.scores)


def mutant(rule: str, seed: int, size: int) -> Mutant:
    """Return a clean city of that seed and size with every defect of the rule planted in it."""
    defects = defects_of(rule) if rule else []
    name = (rule or "clean").replace("/", "-")
    city = clean_city(f"{name}-{seed}-{size}", seed, size)
    planted: set[Subject] = set()
    homeless = []
    for defect in defects:
        subjects = defect.plant(city, max(1, size // 2))
        planted |= {(subject, defect.status) for subject in subjects}
        if not subjects:
            homeless.append(defect.title.en)
    causes = frozenset(other for defect in defects for other in defect.causes)
    return Mutant(rule, city.draft.case(), frozenset(planted), causes, len(defects), tuple(homeless))


def score_rules(
    rules: Sequence[Rule], *, seed: int = 1, sizes: Iterable[int] = SIZES, pack: Sequence[Rule] | None = None
) -> Scores:
    """Plant the defects of each rule in clean cities and score all rules on them, in one store.

    Args:
        rules: the rules to score; one without a planter is listed with nothing planted.
        seed: of the arrangements and of the places.
        sizes: subdistricts of the arrangements; one mutant a rule and size.
        pack: the rules that are run on every mutant; by default the same.
    """
    every = [mutant(name, seed, size) for size in sizes for name in ("", *(rule.id for rule in rules))]
    by_case = _findings([item.case for item in every], pack or rules)
    scores = {rule.id: Score(rule.id) for rule in rules}
    for item in every:
        if item.rule:
            _score(scores[item.rule], item, by_case.get(item.case.id, []))
    clean = [f for item in every if not item.rule for f in by_case.get(item.case.id, [])]
    nodes = sum(len(item.case.nodes) for item in every)
    relations = sum(len(item.case.relations) for item in every)
    return Scores(tuple(scores[name] for name in sorted(scores)), tuple(clean), len(every), nodes, relations)


def _findings(cases: Sequence[Case], rules: Sequence[Rule]) -> dict[str, list[Finding]]:
    """Check the cases, several to a store; return the findings by case id."""
    from govgraph.store.embedded import EmbeddedStore

    found: dict[str, list[Finding]] = {}
    for batch in _batches(cases):
        with EmbeddedStore() as store:
            store.load_all(batch)
            for finding in check_store(store, rules=rules).findings:
                found.setdefault(finding.subjects[0].id.partition("/")[0], []).append(finding)
    return found


def _batches(cases: Iterable[Case]) -> Iterator[list[Case]]:
    batch: list[Case] = []
    for case in cases:
        if batch and sum(len(other.nodes) for other in (*batch, case)) > BATCH:
            yield batch
            batch = []
        batch.append(case)
    if batch:
        yield batch


def _score(score: Score, item: Mutant, findings: Iterable[Finding]) -> None:
    own = [finding for finding in findings if finding.rule == item.rule]
    said = {(finding.subjects[0].id, finding.status) for finding in own}
    wrong = [finding for finding in own if (finding.subjects[0].id, finding.status) not in item.planted]
    score.shapes = item.shapes
    score.cases += 1
    score.planted += len(item.planted)
    score.found += len(item.planted & said)
    score.unplanted += item.unplanted
    score.missed += sorted(item.planted - said)
    score.findings += len(own)
    score.right += len(own) - len(wrong)
    score.wrong += wrong
    for finding in findings:
        if finding.rule != item.rule:
            known = score.explained if finding.rule in item.expected else score.noise
            known[finding.rule] += 1
