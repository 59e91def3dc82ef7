"""One rule as text for the console and as a page of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.words import word

if TYPE_CHECKING:
    from govgraph.check.rules import Rule


def rule_text(rule: Rule, language: str) -> str:
    """Return a rule for the console."""
    lines = [f"{rule.id}  {rule.title.to(language)}  [{word(rule.severity, language)}]", ""]
    for key in ("question", "why", "basis", "remedy"):
        lines += [f"{word(key, language)}: {getattr(rule, key).to(language)}", ""]
    for parameter in rule.parameters:
        lines.append(f"{word('parameters', language)}: {parameter.name} = {parameter.default!r}  {parameter.doc}")
    lines += ["", rule.cypher, ""]
    return "\n".join(lines)


def rule_markdown(rule: Rule) -> str:
    """Return the documentation page of a rule, in both languages, generated from its file alone."""
    lines = [
        f"# {rule.id}",
        "",
        f"**{rule.title.zh} · {rule.title.en}** — {rule.severity}",
        "",
        *_section("问题 · Question", rule.question.zh, rule.question.en),
        *_section("为什么 · Why", rule.why.zh, rule.why.en),
        *_section("依据 · Basis", rule.basis.zh, rule.basis.en),
        *_section("处理 · Remedy", rule.remedy.zh, rule.remedy.en),
        *_section("说法 · Message", rule.messages.zh, rule.messages.en),
    ]
    if rule.undetermined:
        lines += _section("待查 · Undetermined", rule.undetermined.zh, rule.undetermined.en)
    if rule.parameters:
        lines += ["## 参数 · Parameters", "", "| name | type | default | |", "| --- | --- | --- | --- |"]
        lines += [f"| {p.name} | {p.type} | {p.default} | {p.doc} |" for p in rule.parameters]
        lines.append("")
    lines += ["## Cypher", "", "```cypher", rule.cypher, "```", ""]
    return "\n".join(lines)


def _section(title: str, zh: str, en: str) -> list[str]:
    return [f"## {title}", "", zh, "", en, ""]
