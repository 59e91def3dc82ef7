"""The differences of two arrangements and of their findings as text, JSON and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.render.json_report import finding_json
from govgraph.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govgraph.check.findings import Finding
    from govgraph.model.case import Text
    from govgraph.reform.delta import FindingsDelta
    from govgraph.reform.diff import ArrangementDiff, Holding

HEADS = {
    "appeared": ("新设", "appeared"),
    "gone": ("撤销", "gone"),
    "succeeded": ("承继", "succession"),
    "gained": ("得到", "gained"),
    "lost": ("失去", "lost"),
    "changed": ("改变", "changed"),
    "introduced": ("新增问题", "new findings"),
    "fixed": ("已解决问题", "fixed findings"),
    "kept": ("仍在的问题", "kept findings"),
}


def difference_json(
    names: tuple[str, str], arrangement: ArrangementDiff | None, delta: FindingsDelta, language: str
) -> dict[str, Any]:
    """Return a difference as plain values; ``arrangement`` is null where saved results were compared."""
    return {
        "version": 1,
        "before": names[0],
        "after": names[1],
        "arrangement": _arrangement_json(arrangement, language) if arrangement else None,
        "new": [finding_json(finding, language) for finding in delta.introduced],
        "fixed": [finding_json(finding, language) for finding in delta.fixed],
        "kept": [finding_json(pair.after, language) for pair in delta.kept],
    }


def _arrangement_json(diff: ArrangementDiff, language: str) -> dict[str, Any]:
    return {
        "appeared": [{"name": name, "kind": kind} for name, kind in diff.appeared],
        "gone": [{"name": name, "kind": kind} for name, kind in diff.gone],
        "succession": [{"from": start, "type": type_, "to": end} for start, type_, end in diff.succeeded],
        "gained": [_holding_json(holding, language) for holding in diff.gained],
        "lost": [_holding_json(holding, language) for holding in diff.lost],
        "changed": [{"name": c.name, "property": c.key, "before": c.before, "after": c.after} for c in diff.changed],
    }


def _holding_json(holding: Holding, language: str) -> dict[str, str]:
    what = holding.what_en if language == "en" else holding.what_zh
    return {"who": holding.holder, "what": what, "of": holding.other, "detail": holding.detail}


def difference_text(
    names: tuple[str, str], arrangement: ArrangementDiff | None, delta: FindingsDelta, language: str
) -> str:
    """Return a difference for the console."""
    lines = [f"{names[0]} → {names[1]}", ""]
    for head, rows in _sections(arrangement, delta, language):
        if rows:
            lines += [f"{head} ({len(rows)})", *(f"  {row}" for row in rows), ""]
    if len(lines) == 2:  # noqa: PLR2004 - the heading and an empty line
        lines += ["两者没有差别" if language == "zh" else "no difference", ""]
    return "\n".join([*lines, summary(delta, language)]) + "\n"


def difference_markdown(
    names: tuple[str, str], arrangement: ArrangementDiff | None, delta: FindingsDelta, language: str
) -> str:
    """Return a difference as a Markdown document."""
    lines = [f"# {names[0]} → {names[1]}", "", f"**{summary(delta, language)}**", ""]
    for head, rows in _sections(arrangement, delta, language):
        if rows:
            lines += [f"## {head} ({len(rows)})", "", *(f"- {row}" for row in rows), ""]
    return "\n".join(lines)


def summary(delta: FindingsDelta, language: str) -> str:
    """Return the counts of findings in one line."""
    if language == "zh":
        return f"问题：新增 {len(delta.introduced)}，解决 {len(delta.fixed)}，仍在 {len(delta.kept)}"
    return f"findings: new {len(delta.introduced)}, fixed {len(delta.fixed)}, kept {len(delta.kept)}"


def _sections(
    arrangement: ArrangementDiff | None, delta: FindingsDelta, language: str
) -> Iterator[tuple[str, list[str]]]:
    def head(key: str) -> str:
        return HEADS[key][language == "en"]

    if arrangement is not None:
        yield head("succeeded"), [f"{start} {type_} {end}" for start, type_, end in arrangement.succeeded]
        yield head("appeared"), [f"{name} ({kind})" for name, kind in arrangement.appeared]
        yield head("gone"), [f"{name} ({kind})" for name, kind in arrangement.gone]
        yield head("gained"), _holding_rows(arrangement.gained, "+", language)
        yield head("lost"), _holding_rows(arrangement.lost, "−", language)
        unknown = "未写明" if language == "zh" else "not stated"
        yield (
            head("changed"),
            [f"{c.name}  {c.key}: {c.before or unknown} → {c.after or unknown}" for c in arrangement.changed],
        )
    yield head("introduced"), [_finding_row(finding, language) for finding in delta.introduced]
    yield head("fixed"), [_finding_row(finding, language) for finding in delta.fixed]
    yield head("kept"), [_finding_row(pair.after, language) for pair in delta.kept]


def _holding_rows(holdings: Iterable[Holding], sign: str, language: str) -> list[str]:
    rows = []
    for holding in holdings:
        what = holding.what_en if language == "en" else holding.what_zh
        detail = f" ({holding.detail})" if holding.detail else ""
        rows.append(f"{sign} {holding.holder}  {what}: {holding.other}{detail}")
    return rows


def _finding_row(finding: Finding, language: str) -> str:
    message: Text = finding.message
    level = finding.severity if finding.status == "violated" else "undetermined"
    return f"[{word(level, language)}] {message.to(language)}  {finding.rule}  {finding.fingerprint}"
