"""A simulated reform as text, JSON and Markdown: what it mends, what it leaves, what it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.reform.wording import describe
from govgraph.render.json_report import finding_json
from govgraph.render.text_report import STYLES
from govgraph.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text as RichText

    from govgraph.reform.simulate import Explained, Simulation, UnmetClaim

HEADS = {
    "introduced": ("带来", "introduced", "bold red"),
    "fixed": ("解决", "fixed", "bold green"),
    "kept": ("仍在", "kept", "bold yellow"),
    "unmet": ("自称解决而图上未解决", "claimed but not resolved", "bold magenta"),
}
SIGNS = {"introduced": "+", "fixed": "−", "kept": "="}


def simulation_json(simulation: Simulation, language: str) -> dict[str, Any]:
    """Return a simulation as plain values; findings as in ``check``, each with ``why`` and the numbers of steps."""
    return {
        "version": 1,
        "case": simulation.before.id,
        "as_of": simulation.checked_before.as_of,
        "reform": simulation.name,
        "steps": [
            {
                "reform": step.reform,
                "number": step.number,
                "do": step.change.do,
                "text": describe(step.change).to(language),
                "already_done": not step.touched,
            }
            for step in simulation.steps
        ],
        "fixed": [_explained_json(entry, language) for entry in simulation.fixed],
        "kept": [_explained_json(entry, language) for entry in simulation.kept],
        "introduced": [_explained_json(entry, language) for entry in simulation.introduced],
        "claimed_not_resolved": [_claim_json(claim, language) for claim in simulation.unmet],
    }


def _explained_json(entry: Explained, language: str) -> dict[str, Any]:
    steps = [{"reform": step.reform, "number": step.number} for step in entry.steps]
    return {**finding_json(entry.finding, language), "why": entry.why.to(language), "steps": steps}


def _claim_json(claim: UnmetClaim, language: str) -> dict[str, Any]:
    prints = [{"fingerprint": e.finding.fingerprint, "why": e.why.to(language)} for e in claim.findings]
    return {"reform": claim.reform, "claim": claim.claim, "findings": prints}


def simulation_lines(simulation: Simulation, language: str, *, verbose: bool = False) -> Iterator[RichText]:
    """Yield the console report of a simulation; with ``verbose`` kept findings that no step touches are listed too."""
    from rich.text import Text

    yield Text(f"{simulation.before.id}: {simulation.name}", "bold")
    for step in simulation.steps:
        note = "" if step.touched else ("（前已完成）" if language == "zh" else " (done by an earlier step)")
        yield Text(f"  {step.number}. {describe(step.change).to(language)}{note}", "dim")
    for key in ("introduced", "fixed", "kept"):
        entries: tuple[Explained, ...] = getattr(simulation, key)
        if not entries:
            continue
        yield Text("")
        yield Text(f"{_head(key, language)} {len(entries)}", HEADS[key][2])
        untouched = [entry for entry in entries if key == "kept" and not entry.steps]
        for entry in entries:
            if verbose or entry not in untouched:
                yield from _entry_lines(SIGNS[key], entry, language)
        if untouched and not verbose:
            more = (
                f"  = 另有 {len(untouched)} 项没有一步涉及（--verbose）"
                if language == "zh"
                else f"  = {len(untouched)} more that no step touches (--verbose)"
            )
            yield Text(more, "dim")
    if simulation.unmet:
        yield Text("")
        yield Text(_head("unmet", language), HEADS["unmet"][2])
        for claim in simulation.unmet:
            titles = _titles(simulation, claim, language)
            yield Text(f"  ! {claim.claim}: {titles}")
    yield Text("")
    yield Text(summary(simulation, language), "bold")


def _entry_lines(sign: str, entry: Explained, language: str) -> Iterator[RichText]:
    from rich.text import Text

    finding = entry.finding
    level = finding.severity if finding.status == "violated" else "undetermined"
    line = Text(f"  {sign} ")
    line.append(word(level, language), STYLES.get(level, "blue"))
    line.append(f" {finding.message.to(language)}")
    line.append(f"  {finding.rule}  {finding.fingerprint}", "dim")
    yield line
    if entry.before is not None:
        yield Text(f"      {'原为' if language == 'zh' else 'was'}: {entry.before.message.to(language)}", "dim")
    yield Text(f"      {'因为' if language == 'zh' else 'why'}: {entry.why.to(language)}", "italic")


def _titles(simulation: Simulation, claim: UnmetClaim, language: str) -> str:
    """Name the rules of a claim's findings with how many each has."""
    titles = {result.rule: result.title.to(language) for result in simulation.checked_after.results}
    counts: dict[str, int] = {}
    for entry in claim.findings:
        counts[entry.finding.rule] = counts.get(entry.finding.rule, 0) + 1
    shown = [f"{titles[rule]}{f' × {count}' if count > 1 else ''}" for rule, count in sorted(counts.items())]
    return ("、" if language == "zh" else ", ").join(shown)


def _head(key: str, language: str) -> str:
    return HEADS[key][language == "en"]


def summary(simulation: Simulation, language: str) -> str:
    """Return the counts of a simulation in one line."""
    counts = [f"{_head(key, language)} {len(getattr(simulation, key))}" for key in ("fixed", "kept", "introduced")]
    return f"{simulation.before.id}  {simulation.name}  {', '.join(counts)}"


def simulation_markdown(simulation: Simulation, language: str, *, level: int = 1) -> str:
    """Return a simulation as a Markdown section whose heading has ``level`` number signs."""
    title = "、".join(reform.title.to(language) for reform in simulation.reforms)
    lines = [f"{'#' * level} {title}", ""]
    for reform in simulation.reforms:
        lines += [f"> {quote}" for quote in reform.evidence.quotes]
    steps = [f"{number}. {describe(step.change).to(language)}" for number, step in enumerate(simulation.steps, 1)]
    lines += ["", *steps, "", f"**{summary(simulation, language).partition('  ')[2]}**", ""]
    for key in ("fixed", "introduced", "kept"):
        lines += _table(key, getattr(simulation, key), language, level)
    if simulation.unmet:
        lines += [f"{'#' * (level + 1)} {_head('unmet', language)}", ""]
        lines += [f"- **{c.claim}**: {_titles(simulation, c, language)}" for c in simulation.unmet]
        lines.append("")
    return "\n".join(lines)


def _table(key: str, entries: Sequence[Explained], language: str, level: int) -> list[str]:
    if not entries:
        return []
    columns = ("发现", "规则", "为什么") if language == "zh" else ("finding", "rule", "why")
    lines = [f"{'#' * (level + 1)} {_head(key, language)} ({len(entries)})", ""]
    lines += [f"| {' | '.join(columns)} |", "| --- | --- | --- |"]
    for entry in entries:
        finding = entry.finding
        unknown = f" ({word('undetermined', language)})" if finding.status == "undetermined" else ""
        cells = (f"{finding.message.to(language)}{unknown}", f"`{finding.rule}`", entry.why.to(language))
        lines.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return [*lines, ""]
