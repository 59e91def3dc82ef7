"""The console report of a check: each rule with how many of how many, each finding with its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text as RichText

    from govgraph.check.findings import CheckResult, Finding, RuleResult

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
MAX_QUOTES = 3
MAX_FINDINGS = 20  # of one rule; a large store may have thousands


def check_lines(result: CheckResult, language: str, *, verbose: bool = False) -> Iterator[RichText]:
    """Yield the lines of the report, styled; plain text is what they hold.

    Args:
        result: the check.
        language: ``zh`` or ``en``.
        verbose: all findings and quotes instead of the first few, and the rules that found nothing.
    """
    from rich.text import Text

    for entry in sorted(result.results, key=_rank):
        if entry.findings:
            yield _rule_head(entry, language)
            shown = entry.findings if verbose else entry.findings[:MAX_FINDINGS]
            for finding in shown:
                yield from _finding_lines(finding, language, verbose=verbose)
            if len(entry.findings) > len(shown):
                yield Text(_more(len(entry.findings) - len(shown), language), "dim")
            yield Text("")
    if verbose:
        for entry in result.results:
            if not entry.findings:
                yield Text(
                    f"  {word(entry.status, language)}  {entry.rule}  {entry.title.to(language)}  ({entry.evaluated})"
                )
        yield Text("")
    yield _summary(result, language)


def _more(count: int, language: str) -> str:
    """Say how many findings of a rule are not shown."""
    if language == "zh":
        return f"  … 另有 {count} 条（--verbose 全部显示，--format json 全部输出）"
    return f"  … and {count} more (--verbose shows, --format json writes all)"


def _rank(entry: RuleResult) -> tuple[int, int, str]:
    order = ["error", "warning", "note"]
    return (entry.violations == 0, order.index(entry.severity), entry.rule)


def _rule_head(entry: RuleResult, language: str) -> RichText:
    from rich.text import Text

    found = entry.violations or entry.undetermined
    counts = word("of", language).format(found=found, all=entry.evaluated)
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
        row.append(f"  {proof.source or ''}  {place}", "dim")
        yield row
    if len(quotes) > len(shown):
        more = len(quotes) - len(shown)
        text = (
            f"      … 另有 {more} 条原文（--verbose）"
            if language == "zh"
            else f"      … {more} more quotes (--verbose)"
        )
        yield Text(text, "dim")


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
    parts = [f"{word(key, language)} {count}" for key, count in counts.items()]
    parts.append(f"{word('undetermined', language)} {unknown}")
    head = "规则" if language == "zh" else "rules"
    tail = "发现" if language == "zh" else "findings"
    name = result.case or ""
    date = f" @ {result.as_of}" if result.as_of else ""
    return Text(f"{name}{date}  {head} {len(rules)}: {', '.join(states)}   {tail}: {', '.join(parts)}")
