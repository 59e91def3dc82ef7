"""The JSON of a check: a contract that tools outside rely on; it changes only by adding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govgraph.check.findings import CheckResult, Finding, RuleResult

VERSION = 1  # as in govgraph.check.contract, which is not imported here: pydantic is slow to import


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding as plain values, its texts in one language."""
    location = finding.location
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "status": finding.status,
        "fingerprint": finding.fingerprint,
        "message": finding.message.to(language),
        "subjects": [{"id": s.id, "name": s.name, "kind": s.kind} for s in finding.subjects],
        "relations": [{"id": r.id, "type": r.type, "from": r.start, "to": r.end} for r in finding.relations],
        "evidence": [
            {"source": proof.source, "quote": quote, "file": proof.file, "line": proof.line}
            for proof in finding.evidence
            for quote in proof.quotes
        ],
        "location": {"file": location.file, "line": location.line} if location else None,
        "remedy": finding.remedy.to(language),
        "identity": list(finding.identity),
    }


def rule_json(result: RuleResult, language: str) -> dict[str, Any]:
    """Return how one rule came out as plain values."""
    return {
        "id": result.rule,
        "severity": result.severity,
        "title": result.title.to(language),
        "status": result.status,
        "evaluated": result.evaluated,
        "violations": result.violations,
        "undetermined": result.undetermined,
    }


def check_json(result: CheckResult, language: str) -> dict[str, Any]:
    """Return a whole check as plain values (the contract of ``check --format json``)."""
    return {
        "version": VERSION,
        "case": result.case,
        "as_of": result.as_of,
        "reform": result.reform,
        "rules": [rule_json(entry, language) for entry in result.results],
        "findings": [finding_json(finding, language) for finding in result.findings],
    }


def dump(value: Any) -> str:
    """Return JSON as every output writes it: readable, in Chinese characters, ending in a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
