"""The answers of who-owns, duties-of and path as text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from govgraph.analyze.names import Match
    from govgraph.analyze.paths import Step
    from govgraph.analyze.responsibility import Answer, Holding
    from govgraph.model.case import Evidence, Relation


def quoted(evidence: Evidence) -> str:
    """Return the quotes of a fact with their place, or an empty text."""
    if not evidence.quotes:
        return ""
    quotes = "".join(f"“{quote}”" for quote in evidence.quotes[:2])
    place = f" {evidence.file}:{evidence.line}" if evidence.line else ""
    return f"{quotes}（{evidence.source}{place}）"


def type_word(name: str, language: str) -> str:
    """Return a relation type's name in the language."""
    return vocabulary().relations[name].en if language == "en" else name


def status_note(relation: Relation, language: str) -> str:
    """Return the status in brackets where it is not in force."""
    if relation.status == "现行":
        return ""
    term = vocabulary().enumerations["statuses"][relation.status]
    return f" [{term.en if language == 'en' else term.name}]"


def answer_text(match: Match, answer: Answer, language: str) -> str:
    """Return who answers for a duty."""
    zh = language == "zh"
    lines = [f"{answer.duty.name}  ({match.case.id})"]
    if not any(h.role == "主责" and h.relation.status == "现行" for h in answer.holders):
        complete = answer.duty.properties.get("complete")
        stated = isinstance(complete, tuple) and "主责" in complete
        unknown = (
            ("没有主责单位", "no lead: stated") if stated else ("主责单位：原文未写明", "lead: the source does not say")
        )
        lines.append(f"  {unknown[0] if zh else unknown[1]}")
    for holding in answer.inherited:
        body = f"{holding.node.name}（{holding.relation.end.partition('/')[2]}）"
        word = "所属事项的主责" if zh else "lead of the whole it is part of"
        lines.append(f"  {word}: {body}  {quoted(holding.relation.evidence)}".rstrip())
    for holding in answer.holders:
        body = f"{holding.node.name}{status_note(holding.relation, language)}"
        lines.append(f"  {type_word(holding.role, language)}: {body}  {quoted(holding.relation.evidence)}".rstrip())
    if answer.chain:
        names = " → ".join(node.name for node in answer.chain)
        lines.append(f"  {'向上' if zh else 'above the lead'}: {names}")
    for word, nodes in (("属于" if zh else "part of", answer.whole), ("包含" if zh else "has parts", answer.parts)):
        if nodes:
            lines.append(f"  {word}: {'、'.join(node.name for node in nodes)}")
    return "\n".join(lines) + "\n"


def answer_json(match: Match, answer: Answer) -> dict[str, Any]:
    """Return who answers for a duty as plain values."""
    return {
        "case": match.case.id,
        "duty": answer.duty.id,
        "score": round(match.score, 3),
        "holders": [holding_json(holding) for holding in answer.holders],
        "inherited": [holding_json(holding) for holding in answer.inherited],
        "chain": [node.id for node in answer.chain],
        "whole": [node.id for node in answer.whole],
        "parts": [node.id for node in answer.parts],
    }


def holding_json(holding: Holding) -> dict[str, Any]:
    """Return a body's part in a duty as plain values."""
    evidence = holding.relation.evidence
    return {
        "role": holding.role,
        "node": holding.node.id,
        "relation": holding.relation.id,
        "status": holding.relation.status,
        "evidence": [{"source": evidence.source, "quote": quote} for quote in evidence.quotes],
    }


def duties_text(match: Match, found: list[Holding], language: str) -> str:
    """Return what a body answers for."""
    lines = [f"{match.node.name}  ({match.case.id})"]
    for holding in found:
        duty = f"{holding.node.name}{status_note(holding.relation, language)}"
        lines.append(f"  {type_word(holding.role, language)}: {duty}  {quoted(holding.relation.evidence)}".rstrip())
    if not found:
        lines.append("  原文没有写到它的事项" if language == "zh" else "  the source names no duty of it")
    return "\n".join(lines) + "\n"


def choices_text(matches: list[Match], language: str) -> str:
    """Return numbered choices for a text that may mean several nodes."""
    head = "可能是以下之一：" if language == "zh" else "This may mean one of:"
    rows = [f"  {number}. {m.node.name}（{m.node.kind}，{m.case.id}）" for number, m in enumerate(matches, 1)]
    return "\n".join([head, *rows]) + "\n"


def path_text(steps: list[Step], language: str) -> str:
    """Return a path between two bodies, a line a step."""
    lines = []
    for step in steps:
        arrow = (
            f"—{type_word(step.relation.type, language)}→"
            if step.forward
            else f"←{type_word(step.relation.type, language)}—"
        )
        evidence = quoted(step.relation.evidence)
        note = status_note(step.relation, language)
        lines.append(f"  {step.start.name} {arrow} {step.end.name}{note}  {evidence}".rstrip())
    return "\n".join(lines) + "\n"
