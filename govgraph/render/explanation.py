"""The story of one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.answers import quoted
from govgraph.render.words import word

if TYPE_CHECKING:
    from govgraph.check.findings import Finding
    from govgraph.check.rules import Rule


def explanation(finding: Finding, rule: Rule, language: str) -> str:
    """Return what a finding says, why it matters, its evidence, what to do, and the Cypher behind it."""
    state = finding.severity if finding.status == "violated" else "undetermined"
    lines = [
        f"{rule.title.to(language)}  [{word(state, language)}]  {rule.id}  {finding.fingerprint}",
        "",
        finding.message.to(language),
        "",
        f"{word('why', language)}: {rule.why.to(language)}",
        f"{word('basis', language)}: {rule.basis.to(language)}",
        "",
        f"{word('evidence', language)}:",
        *(f"  {quoted(proof)}" for proof in finding.evidence),
        "",
        f"{word('subjects', language)}: " + "、".join(f"{s.name}（{s.kind}）" for s in finding.subjects),
        *(f"  {link.id.partition('/')[2]}" for link in finding.relations),
        "",
        f"{word('remedy', language)}: {rule.remedy.to(language)}",
        "",
        f"{word('cypher', language)} ({rule.id}.cypher):",
        *(f"  {line}" for line in rule.cypher.splitlines()),
        "",
    ]
    return "\n".join(lines)
