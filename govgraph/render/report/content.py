"""What a report says, in no language yet: numbered findings, what would mend them, the matrix, the figures."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.analyze.matrix import responsibility_matrix
from govgraph.errors import ReformError
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govgraph.analyze.matrix import Matrix
    from govgraph.check.findings import CheckResult, Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case, Reform

PARTY_TO_A_FINDING = "组织"


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its number in the report and the rule behind it."""

    number: int
    finding: Finding
    rule: Rule


@dataclass(frozen=True, slots=True)
class Measure:
    """A reform that the document proposes, and what a simulation says of it.

    ``clears`` are numbers of violations that are gone after it, ``brings`` the rules of those that come with it;
    ``clears`` is None where its steps cannot be carried out on this arrangement.
    """

    reform: Reform
    clears: tuple[int, ...] | None
    brings: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says. ``items`` are violations, gravest first; ``open`` asks for what is not stated."""

    case: Case
    result: CheckResult
    as_of: str | None
    items: tuple[Item, ...]
    open: tuple[Item, ...]
    measures: tuple[Measure, ...]
    left: tuple[int, ...]  # numbers of violations that no measure clears
    matrix: Matrix
    figures: Mapping[str, int]
    map_file: str | None = None

    @property
    def grouped(self) -> list[tuple[Rule, list[Item]]]:
        """The violations by rule, in the order of their gravest finding."""
        groups: dict[str, tuple[Rule, list[Item]]] = {}
        for item in self.items:
            groups.setdefault(item.rule.id, (item.rule, []))[1].append(item)
        return list(groups.values())


def build_report(
    case: Case,
    result: CheckResult,
    rules: Sequence[Rule],
    *,
    as_of: str | None = None,
    map_file: str | None = None,
) -> Report:
    """Gather a report from a case (as it stands at the date), its check and the rules that made it."""
    known = {rule.id: rule for rule in rules}
    violated = [finding for finding in result.findings if finding.status == "violated"]
    unknown = [finding for finding in result.findings if finding.status != "violated"]
    items = tuple(Item(number, f, known[f.rule]) for number, f in enumerate(violated, 1))
    asked = tuple(Item(number, f, known[f.rule]) for number, f in enumerate(unknown, len(items) + 1))
    measures = tuple(_measures(case, result, rules, items)) if case.reforms else ()
    cleared = {number for measure in measures for number in measure.clears or ()}
    left = tuple(item.number for item in items if item.number not in cleared)
    matrix = responsibility_matrix(case)
    figures = _figures(case, result, measures, left)
    return Report(case, result, as_of, items, asked, measures, left, matrix, figures, map_file)


def _measures(case: Case, result: CheckResult, rules: Sequence[Rule], items: Sequence[Item]) -> Iterator[Measure]:
    """Carry out each reform by itself, check all outcomes at once, and compare each with what was found before."""
    from govgraph.check.batch import check_variants
    from govgraph.reform.delta import compare_findings
    from govgraph.reform.steps import apply_reforms
    from govgraph.reform.succession import identity_between

    outcomes: dict[str, Case] = {}
    for reform in case.reforms:
        with suppress(ReformError):
            outcomes[reform.name] = apply_reforms(case, [reform]).case
    checked = dict(zip(outcomes, check_variants(list(outcomes.values()), rules), strict=True))
    numbers = {item.finding.fingerprint: item.number for item in items}
    known = {rule.id: rule for rule in rules}
    for reform in case.reforms:
        if reform.name not in outcomes:
            yield Measure(reform, None)
            continue
        same = identity_between(case, outcomes[reform.name])
        delta = compare_findings(result.findings, checked[reform.name].findings, same)
        gone = sorted(numbers[f.fingerprint] for f in delta.fixed if f.fingerprint in numbers)
        brings = tuple(known[finding.rule] for finding in delta.introduced if finding.status == "violated")
        yield Measure(reform, tuple(gone), brings)


def _figures(case: Case, result: CheckResult, measures: Sequence[Measure], left: Sequence[int]) -> dict[str, int]:
    """Count what the report's sentences count; each can be told from the JSON of the check and from the case."""
    violated = [finding for finding in result.findings if finding.status == "violated"]
    touched = {subject.id for finding in violated for subject in finding.subjects if subject.id in case.by_id}
    families = [case.by_id[name].family for name in touched]
    present = [node for node in case.nodes if node.status in ("现行", "受阻")]
    return {
        "rules": len(result.results),
        "applied": sum(entry.status != "not_applicable" for entry in result.results),
        "broken": sum(entry.violations > 0 for entry in result.results),
        "violations": len(violated),
        "errors": sum(finding.severity == "error" for finding in violated),
        "warnings": sum(finding.severity == "warning" for finding in violated),
        "notes": sum(finding.severity == "note" for finding in violated),
        "undetermined": len(result.findings) - len(violated),
        "bodies_hit": families.count(PARTY_TO_A_FINDING),
        "duties_hit": families.count("事项"),
        "bodies": sum(node.family == PARTY_TO_A_FINDING for node in present),
        "duties": sum(node.family == "事项" for node in present),
        "relations": sum(relation.status == "现行" for relation in case.relations),
        "measures": len(measures),
        "cleared": len(violated) - len(left),
        "left": len(left),
    }


def severities() -> tuple[str, ...]:
    """Return the severities that a report counts, gravest first."""
    return ("errors", "warnings", "notes")


def instruments(case: Case) -> list[str]:
    """Return the documents that the arrangement rests on, with their numbers where the name does not hold it."""
    kinds = [kind for kind in vocabulary().families["文件"].kinds if kind != "方案"]
    found = []
    for node in case.nodes:
        if node.family == "文件" and node.kind in kinds and node.status == "现行":
            number = str(node.properties.get("document_number", ""))
            found.append(f"{node.name}（{number}）" if number and number not in node.name else node.name)
    return found
