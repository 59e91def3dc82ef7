"""The console report of a check: each rule with how many of how many, each finding with its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.tally import advice_lines, tally_lines
from govgraph.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text as RichText

    from govgraph.check.findings import CheckResult, Finding, RuleResult
    from govgraph.check.tally import Tally

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
MAX_QUOTES = 3
MAX_FINDINGS = 20  # of one rule; a large store may have thousands
MANY = 200  # findings beyond which a rule shows its first few, for the numbers to stay on the screen
FEW = 5
MAX_LINKS = 3  # relations of a finding that has no quote


def is_cut(result: CheckResult) -> bool:
    """Tell whether the report of a check leaves findings out, unless it is verbose."""
    return any(len(entry.findings) > MAX_FINDINGS for entry in result.results)


def check_lines(
    result: CheckResult,
    language: str,
    *,
    verbose: bool = False,
    tally: Tally | None = None,
    store: str | None = None,
) -> Iterator[RichText]:
    """Yield the lines of the report, styled; plain text is what they hold.

    Args:
        result: the check.
        language: ``zh`` or ``en``.
        verbose: all findings and quotes instead of the first few, and the rules that found nothing.
        tally: its numbers, where they are to stand at the end.
        store: the address of the store that was checked, for the advice beside the numbers.
    """
    from rich.text import Text

    most = FEW if tally and len(result.findings) > MANY else MAX_FINDINGS
    for entry in sorted(result.results, key=_rank):
        if entry.findings:
            yield _rule_head(entry, language)
            shown = entry.findings if verbose else entry.findings[:most]
            for finding in shown:
                yield from _finding_lines(finding, language, verbose=verbose)
            if len(entry.findings) > len(shown):
                yield Text(_more(len(entry.findings) - len(shown), language, advised=tally is not None), "dim")
            yield Text("")
    if verbose:
        for entry in result.results:
            if not entry.findings:
                yield Text(
                    f"  {word(entry.status, language)}  {entry.rule}  {entry.title.to(language)}  ({entry.evaluated})"
                )
        yield Text("")
    if tally:
        yield from tally_lines(tally, language)
    yield _summary(result, language)
    if tally:
        yield from advice_lines(tally, store, language)


def _more(count: int, language: str, *, advised: bool) -> str:
    """Say how many findings of a rule are not shown, and how to see them where that is not said at the end."""
    if language == "zh":
        return f"  … 另有 {count:,} 条" + ("" if advised else "（--verbose 全部显示，--format json 全部输出）")
    return f"  … and {count:,} more" + ("" if advised else " (--verbose shows, --format json writes all)")


def _rank(entry: RuleResult) -> tuple[int, int, str]:
    order = ["error", "warning", "note"]
    return (entry.violations == 0, order.index(entry.severity), entry.rule)


def _rule_head(entry: RuleResult, language: str) -> RichText:
    from rich.text import Text

    found = entry.violations or entry.undetermined
    counts = word("of", language).format(found=f"{found:,}", all=f"{entry.evaluated:,}")
    severity = entry.severity if entry.violations else "undetermined"
    line = Text()
    line.append(f"{word(severity, language).upper():<5}", STYLES.get(severity, "bold blue"))
    line.append(f"  {entry.title.to(language)}", "bold")
    line.append(f"  {entry.rule}", "dim")
    line.append(f"  {counts}")
    return line


def _finding_lines(finding: Finding, language: str, *, verbose: bool) -> Iterator[RichText]:
    from rich.text import Text

    sign = "✗" if finding.status == "violated" else "?"
    style = STYLES[finding.severity] if finding.status == "violated" else "blue"
    line = Text("  ")
    line.append(sign, style)
    line.append(f" {finding.message.to(language)}")
    line.append(f"  {finding.fingerprint}", "dim")
    yield line
    quotes = [(proof, quote) for proof in finding.evidence for quote in proof.quotes]
    shown = quotes if verbose else quotes[:MAX_QUOTES]
    for proof, quote in shown:
        row = Text("      ")
        row.append(f"“{quote}”", "green")
        place = f"{proof.file}:{proof.line}" if proof.line else ""
        row.append("".join(f"  {word}" for word in (proof.source or "", place)).rstrip(), "dim")
        yield row
    if not quotes:
        yield from _link_lines(finding, verbose=verbose)
    if len(quotes) > len(shown):
        more = len(quotes) - len(shown)
        text = (
            f"      … 另有 {more} 条原文（--verbose）"
            if language == "zh"
            else f"      … {more} more quotes (--verbose)"
        )
        yield Text(text, "dim")


def _link_lines(finding: Finding, *, verbose: bool) -> Iterator[RichText]:
    """Yield the relations that a finding rests on, for one whose relations have no quotes to show."""
    from rich.text import Text

    names = {subject.id: subject.name for subject in finding.subjects}
    for link in finding.relations if verbose else finding.relations[:MAX_LINKS]:
        row = Text("      ")
        row.append(f"{names.get(link.start, link.start)} -{link.type}-> {names.get(link.end, link.end)}", "green")
        row.append(f"  {link.id}", "dim")
        yield row
    if not verbose and len(finding.relations) > MAX_LINKS:
        yield Text(f"      … +{len(finding.relations) - MAX_LINKS}", "dim")


def _summary(result: CheckResult, language: str) -> RichText:
    from rich.text import Text

    counts = dict.fromkeys(("error", "warning", "note"), 0)
    unknown = 0
    for finding in result.findings:
        if finding.status == "violated":
            counts[finding.severity] += 1
        else:
            unknown += 1
    rules = [entry.status for entry in result.results]
    states = [f"{word(s, language)} {rules.count(s)}" for s in ("violated", "undetermined", "passed", "not_applicable")]
    parts = [f"{word(key, language)} {count:,}" for key, count in counts.items()]
    parts.append(f"{word('undetermined', language)} {unknown:,}")
    head = "规则" if language == "zh" else "rules"
    tail = "发现" if language == "zh" else "findings"
    name = result.case or ""
    date = f" @ {result.as_of}" if result.as_of else ""
    return Text(f"{name}{date}  {head} {len(rules)}: {', '.join(states)}   {tail}: {', '.join(parts)}")
