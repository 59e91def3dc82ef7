"""Suggested changes as text, JSON, and a plan in YAML that ``simulate`` takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govgraph.render.json_report import finding_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.model.case import Case, Change
    from govgraph.reform.suggest import Suggestion


def suggestions_text(head: str, case: Case, found: Sequence[Suggestion], language: str) -> str:
    """Return suggestions for the console: the steps in words and as a plan, then what else they do."""
    chinese = language == "zh"
    lines = [f"{case.id}: {head}", ""]
    if not found:
        lines.append("没有找到能解决它的改动" if chinese else "no change was found that would clear it")
    for number, suggestion in enumerate(found, 1):
        delta = suggestion.delta
        counts = (
            f"共解决 {len(delta.fixed)}，新增 {len(delta.introduced)}"
            if chinese
            else f"fixes {len(delta.fixed)}, introduces {len(delta.introduced)}"
        )
        lines.append(f"{number}. {suggestion.text.to(language)}  ({counts})")
        lines += [f"     - {flow(change)}" for change in suggestion.changes]
        lines += [f"     + {finding.message.to(language)}  {finding.rule}" for finding in delta.introduced]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def suggestions_json(head: str, case: Case, found: Sequence[Suggestion], language: str) -> dict[str, Any]:
    """Return suggestions as plain values."""
    return {
        "version": 1,
        "case": case.id,
        "target": head,
        "suggestions": [
            {
                "changes": [{"do": change.do, **_plain(change)} for change in suggestion.changes],
                "text": suggestion.text.to(language),
                "fixed": [finding_json(finding, language) for finding in suggestion.delta.fixed],
                "introduced": [finding_json(finding, language) for finding in suggestion.delta.introduced],
            }
            for suggestion in found
        ],
    }


def suggestions_yaml(found: Sequence[Suggestion]) -> str:
    """Return a plan with one reform a suggestion."""
    lines = ["reforms:"] if found else ["reforms: []"]
    for number, suggestion in enumerate(found, 1):
        text = suggestion.text
        lines += [
            f"  - name: {quoted(f'建议{number}')}",
            f"    title: {{zh: {quoted(text.zh)}, en: {quoted(text.en)}}}",
        ]
        lines += ["    changes:", *(f"      - {flow(change)}" for change in suggestion.changes)]
    return "\n".join(lines) + "\n"


def flow(change: Change) -> str:
    """Return a step as one line of YAML."""
    parts = [f"do: {change.do}"]
    for key, value in _plain(change).items():
        shown = f"[{', '.join(map(quoted, value))}]" if isinstance(value, list) else quoted(str(value))
        parts.append(f"{key}: {shown}")
    return "{" + ", ".join(parts) + "}"


def quoted(text: str) -> str:
    """Return a text as YAML reads it back: JSON's quotes are YAML's; a plain Chinese or Latin word needs none."""
    return text if text.isalnum() and not text.isascii() else json.dumps(text, ensure_ascii=False)


def _plain(change: Change) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in change.arguments.items()}
