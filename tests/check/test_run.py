"""The runner: what it may skip, how rows become findings."""

from __future__ import annotations

from govgraph.check.lookup import CaseLookup, StoreLookup
from govgraph.check.rules import load_rules
from govgraph.check.run import check_store, findings_of, rows_of, run_rules
from govgraph.read.source import read_case, shipped_cases
from govgraph.store.embedded import EmbeddedStore
from tests.random_cases import random_case

CASE = "园区带街"


def test_a_rule_with_nothing_to_look_at_has_nothing_to_say() -> None:
    """The runner skips a query whose population is 0: on no graph would it have returned a row."""
    rules = load_rules()
    cases = [read_case("雨花台民政办"), *(random_case(seed, nodes=10, relations=12) for seed in range(4))]
    skipped = 0
    for case in cases:
        with EmbeddedStore() as store:
            store.load(case)
            for rule in rules:
                population = {k: v for k, v in rule.defaults.items() if f"${k}" in rule.population}
                if store.query(rule.population, population).rows[0][0] == 0:
                    skipped += 1
                    rows = rows_of(store, rule, rule.defaults)
                    said = findings_of(rule, rows, rule.defaults, CaseLookup(case))
                    assert said == (), f"{rule.id} on {case.id}"
    assert skipped > 0


def test_evidence_is_the_same_from_the_case_and_from_the_store() -> None:
    """Findings get the same names, quotes and places whether looked up in memory or by Cypher."""
    case = read_case(CASE)
    rules = load_rules()
    with EmbeddedStore() as store:
        store.load(case)
        assert [r.findings for r in run_rules(store, rules, CaseLookup(case))] == [
            r.findings for r in run_rules(store, rules, StoreLookup(store))
        ]


def test_every_finding_of_a_shipped_case_rests_on_a_quote_and_has_its_own_fingerprint() -> None:
    """No finding on the shipped cases is without evidence, a place in the case file, or a name of its own."""
    with EmbeddedStore() as store:
        store.load_all([read_case(name) for name in shipped_cases()])
        findings = check_store(store).findings
    assert findings
    for finding in findings:
        assert finding.evidence, finding.message.zh
        assert finding.location is not None
        assert "?" not in finding.message.zh, finding.message.zh
    assert len({finding.fingerprint for finding in findings}) == len(findings)
