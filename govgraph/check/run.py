"""Run rules on a store and turn their rows into findings."""

from __future__ import annotations

import gc
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from govgraph.assets import cypher_dir
from govgraph.check.findings import (
    CheckResult,
    Finding,
    Link,
    Location,
    RuleResult,
    Subject,
    finding_order,
    fingerprint,
)
from govgraph.check.lookup import CaseLookup, StoreLookup, stated_id
from govgraph.check.part import PartStore, part_of
from govgraph.check.relevance import Contents
from govgraph.check.rules import load_rules
from govgraph.check.wording import Wording
from govgraph.errors import QueryError, RuleError
from govgraph.model.view import as_of as view_as_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govgraph.check.findings import FindingStatus
    from govgraph.check.lookup import Lookup
    from govgraph.check.part import Asked
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case, Evidence, Node, Relation
    from govgraph.store.protocol import Store, Table

Row = dict[str, Any]
BETWEEN_BRANCHES = re.compile(r"^UNION(?: ALL)?$", re.MULTILINE)


@dataclass(slots=True)
class RawFinding:
    """Rows of one rule with one identity, before names and evidence are looked up."""

    fingerprint: str
    status: str
    subjects: list[str]
    relations: list[str]
    row: Row
    identity: tuple[Any, ...] = ()

    @property
    def judged(self) -> FindingStatus:
        """The status as findings have it."""
        return "undetermined" if self.status == "undetermined" else "violated"

    def absorb(self, other: RawFinding) -> None:
        """Take in a further row of the same finding; a violation outweighs an undetermined row."""
        if other.status == "violated" and self.status != "violated":
            self.status, self.row = other.status, other.row
            self.subjects, other.subjects = other.subjects, self.subjects
        self.subjects += [name for name in other.subjects if name not in self.subjects]
        self.relations += [name for name in other.relations if name not in self.relations]


def check_case(
    case: Case,
    *,
    rules: Sequence[Rule] | None = None,
    as_of: str | None = None,
    reform: str | None = None,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
) -> CheckResult:
    """Check a case on the embedded engine in memory.

    Args:
        case: the case as written.
        rules: the rules to run; by default all shipped ones.
        as_of: a partial date; the case is checked as it stood then.
        reform: the name of the reform that was applied to it, for the report.
        parameters: rule id → parameter → value, where other than the default.
    """
    seen = view_as_of(case, as_of) if as_of else case
    chosen = load_rules() if rules is None else rules
    contents = Contents(seen)
    with PartStore(lambda: part_of(seen, _queries(chosen, parameters, contents))) as store:
        results = run_rules(store, chosen, CaseLookup(seen), parameters, contents=contents)
    return CheckResult(case.id, as_of, reform, results)


def check_store(
    store: Store,
    *,
    rules: Sequence[Rule] | None = None,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    timeout: float | None = None,
) -> CheckResult:
    """Check all that a store holds, by its own engine."""
    cases = store.case_ids()
    chosen = load_rules() if rules is None else rules
    results = run_rules(store, chosen, StoreLookup(store), parameters, timeout)
    return CheckResult(cases[0] if len(cases) == 1 else None, None, None, results)


def _queries(
    rules: Iterable[Rule], parameters: Mapping[str, Mapping[str, Any]] | None, contents: Contents
) -> Iterator[str]:
    """Yield the queries that an engine must answer."""
    for rule in rules:
        values = {**rule.defaults, **((parameters or {}).get(rule.id, {}))}
        known = _known(rule, contents)
        evaluated = known.count(rule.population, values) if known else None
        if evaluated is None:
            yield rule.population
        if evaluated != 0:
            branches = BETWEEN_BRANCHES.split(rule.cypher)
            yield from (branch for branch in branches if not known or known.may_answer(branch, values))


def _known(rule: Rule, contents: Contents | None) -> Contents | None:
    """Return what is known of the case where a rule is a shipped one: one of the user's may have mistakes to tell."""
    return contents if rule.path.is_relative_to(cypher_dir()) else None


def run_rules(
    store: Asked,
    rules: Iterable[Rule],
    lookup: Lookup,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    timeout: float | None = None,
    contents: Contents | None = None,
) -> tuple[RuleResult, ...]:
    """Run each rule once and return the results ordered by rule id; ``contents`` tells which queries give nothing."""
    ran: list[tuple[Rule, int, float]] = []
    raws: list[tuple[Rule, list[RawFinding]]] = []
    for rule in sorted(rules, key=lambda rule: rule.id):
        begin = time.perf_counter()
        values = {**rule.defaults, **((parameters or {}).get(rule.id, {}))}
        evaluated = _evaluated(store, rule, values, timeout, contents)
        # where there is nothing to look at there is nothing to say
        rows = rows_of(store, rule, values, timeout, contents) if evaluated else iter(())
        raws.append((rule, raw_findings(rule, rows, values)))
        ran.append((rule, evaluated, time.perf_counter() - begin))
    return tuple(
        RuleResult(rule.id, rule.severity, rule.title, evaluated, findings, seconds)
        for (rule, evaluated, seconds), findings in zip(ran, _with_names(raws, lookup), strict=True)
    )


def _evaluated(
    store: Asked, rule: Rule, values: Mapping[str, Any], timeout: float | None, contents: Contents | None
) -> int:
    """Return how many things a rule looks at."""
    known = _known(rule, contents)
    counted = known.count(rule.population, values) if known else None
    if counted is not None:
        return counted
    try:
        population = store.query(rule.population, used_parameters(rule.population, values), timeout=timeout)
    except QueryError as error:
        raise QueryError(f"rule {rule.id}: {error}") from error
    return int(population.rows[0][0]) if population.rows else 0


def rows_of(
    store: Asked,
    rule: Rule,
    values: Mapping[str, Any],
    timeout: float | None = None,
    contents: Contents | None = None,
) -> Iterator[Row]:
    """Yield the rows that a rule's query gives, before its analysis; no other query may run until they have all come.

    Rows for an analysis may be many, and come in batches; others come in one table a branch.
    """
    for table in tables_of(store, rule, values, timeout, contents, batched=bool(rule.analysis)):
        yield from (dict(zip(table.columns, row, strict=True)) for row in table.rows)


def tables_of(
    store: Asked,
    rule: Rule,
    values: Mapping[str, Any],
    timeout: float | None = None,
    contents: Contents | None = None,
    *,
    batched: bool,
) -> Iterator[Table]:
    """Yield the answers to a rule's query, in batches, or one a branch, for which a server is asked again if need be.

    Answers in batches may be large: their branches run one after the other, or the engine would hold the memory of all
    of them. Rows that two branches have in common come twice; they are one finding by their identity.
    """
    known = _known(rule, contents)
    branches = [
        (branch, used_parameters(branch, values))
        for branch in BETWEEN_BRANCHES.split(rule.cypher)
        if known is None or known.may_answer(branch, values)
    ]
    try:
        if batched:
            for branch in branches:
                yield from store.batches(*branch, timeout=timeout)
        elif branches:
            yield from store.queries(branches, timeout=timeout)
    except QueryError as error:
        raise QueryError(f"rule {rule.id}: {error}") from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles from going through rows by the million again and again: they have no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def findings_of(rule: Rule, rows: Iterable[Row], values: Mapping[str, Any], lookup: Lookup) -> tuple[Finding, ...]:
    """Turn the rows of a rule's query into its findings, by way of its analysis where it has one."""
    return next(_with_names([(rule, raw_findings(rule, rows, values))], lookup))


def raw_findings(rule: Rule, rows: Iterable[Row], values: Mapping[str, Any]) -> list[RawFinding]:
    """Return the findings of the rows of a rule's query, by way of its analysis, before names are looked up.

    The rows of a rule with an analysis are not held together, where the analysis does not: they may be half a million.
    """
    with _uncollected():
        return merged(rule, analysis_of(rule)(rows, values) if rule.analysis else rows)


def used_parameters(cypher: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that a query names: the embedded engine refuses others."""
    return {name: value for name, value in values.items() if f"${name}" in cypher}


def analysis_of(rule: Rule) -> Callable[[Iterable[Row], Mapping[str, Any]], list[Row]]:
    """Return the function ``analyze`` of ``govgraph.analyze.<name>`` that a rule names."""
    try:
        function: Callable[[Iterable[Row], Mapping[str, Any]], list[Row]] = import_module(
            f"govgraph.analyze.{rule.analysis}"
        ).analyze
    except (ImportError, AttributeError) as error:
        raise RuleError(f"{rule.path}: there is no analysis {rule.analysis!r}") from error
    return function


def merged(rule: Rule, rows: Iterable[Row]) -> list[RawFinding]:
    """Return one finding for each identity among the rows of a rule, in the order in which they begin."""
    found: dict[str, RawFinding] = {}
    for row in rows:
        first, *others = [name for name in row["subjects"] if name is not None]
        subjects = list(dict.fromkeys([first, *sorted(others)]))
        relations = sorted({stated_id(name) for name in row["relations"] if name is not None})
        identity = tuple(row[name] for name in rule.identity)
        print_ = fingerprint(rule.id, identity)
        raw = RawFinding(print_, row["status"], subjects, relations, row, identity)
        if print_ in found:
            found[print_].absorb(raw)
        else:
            found[print_] = raw
    return list(found.values())


def _with_names(pairs: Sequence[tuple[Rule, list[RawFinding]]], lookup: Lookup) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of each rule; what they are about is looked up once for all of them."""
    every = [raw for _, raws in pairs for raw in raws]
    names = {name for raw in every for name in raw.subjects}
    nodes = lookup.nodes(names)
    relations = lookup.relations({name for raw in every for name in raw.relations}, nodes.values())
    for rule, raws in pairs:
        yield _findings(rule, raws, nodes, relations)


def _findings(
    rule: Rule, raws: Iterable[RawFinding], nodes: Mapping[str, Node], relations: Mapping[str, Relation]
) -> tuple[Finding, ...]:
    wording = Wording(rule)
    findings = []
    for raw in raws:
        subjects = tuple(Subject(name, nodes[name].name, nodes[name].kind) for name in raw.subjects if name in nodes)
        found = [relations[name] for name in sorted(set(raw.relations)) if name in relations]
        links = tuple(Link(item.id, item.type, item.start, item.end) for item in found)
        proofs = [item.evidence for item in found]
        proofs += [nodes[subject.id].evidence for subject in subjects[:1]]
        findings.append(
            Finding(
                rule.id,
                rule.severity,
                raw.judged,
                raw.fingerprint,
                wording.text(raw.status, raw.row),
                rule.remedy,
                subjects,
                links,
                _distinct(proofs),
                _location(proofs),
                raw.identity,
            )
        )
    return tuple(sorted(findings, key=finding_order))


def _distinct(proofs: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence that quotes something, each source and quote once."""
    seen: dict[tuple[str | None, tuple[str, ...]], Evidence] = {}
    for proof in proofs:
        if proof.quotes:
            seen.setdefault((proof.source, proof.quotes), proof)
    return tuple(seen.values())


def _location(proofs: Sequence[Evidence]) -> Location | None:
    return next((Location(proof.file, proof.line) for proof in proofs if proof.file and proof.line), None)
