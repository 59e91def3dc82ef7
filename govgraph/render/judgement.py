"""What suppressions and the baseline set apart, as lines for the console and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.render.json_report import check_json, finding_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text as RichText

    from govgraph.check.judgement import Judgement
    from govgraph.check.suppressions import Suppression


def judgement_json(judgement: Judgement, language: str) -> dict[str, Any]:
    """Return a check as in `check_json`, with what was suppressed and how it stands to the baseline added."""
    value = check_json(judgement.result, language)
    outcome, delta = judgement.outcome, judgement.delta
    if outcome.suppressed:
        value["suppressed"] = [
            {**finding_json(apart.finding, language), "suppression": _decision_json(apart.by)}
            for apart in outcome.suppressed
        ]
    for key in ("expired", "near", "unused"):
        entries = getattr(outcome, key)
        if entries:
            value[f"suppressions_{key}"] = [_decision_json(entry) for entry in entries]
    if delta is not None:
        new = {finding.fingerprint for finding in delta.new}
        for finding in value["findings"]:
            finding["baseline"] = "new" if finding["fingerprint"] in new else "kept"
        value["baseline"] = {
            "new": len(delta.new),
            "fixed": [{"rule": e.rule, "subject": e.subject, "fingerprint": e.fingerprint} for e in delta.fixed],
            "size": len(delta.remaining) + len(delta.beyond),
        }
    return value


def _decision_json(entry: Suppression) -> dict[str, str]:
    return {
        "rule": entry.rule,
        "subject": entry.subject,
        "reason": entry.reason,
        "decided_by": entry.decided_by,
        "until": entry.until.isoformat(),
        "where": entry.where,
    }


def apart_lines(judgement: Judgement, language: str, *, show_suppressed: bool) -> Iterator[RichText]:
    """Yield what was set apart: the suppressed findings (each, or their number), and the line of the baseline."""
    from rich.text import Text

    chinese = language == "zh"
    outcome, delta = judgement.outcome, judgement.delta
    if outcome.suppressed:
        yield Text(f"{'已抑制' if chinese else 'suppressed'} {len(outcome.suppressed)}", "bold")
        for apart in outcome.suppressed if show_suppressed else ():
            finding, decision = apart.finding, apart.by
            yield Text(f"  ~ {finding.message.to(language)}  {finding.rule}  {finding.fingerprint}", "dim")
            until = "至" if chinese else "until "
            yield Text(
                f"      {decision.reason}  {decision.decided_by}  {until}{decision.until}  {decision.where}", "dim"
            )
    if delta is not None:
        known = f"{'基线之内' if chinese else 'known by the baseline'} {len(delta.kept)}"
        yield Text(known, "dim")
        yield Text(delta.line, "bold")


def warnings(judgement: Judgement, language: str) -> Iterator[str]:
    """Yield what whoever keeps the suppressions should know: expired, soon to expire, unused entries."""
    chinese = language == "zh"
    words = {
        "expired": ("已过期，不再生效", "has expired and no longer counts"),
        "near": ("即将到期", "expires soon"),
        "unused": ("没有用上，可以删去", "met no finding; remove it"),
    }
    for key, (zh, en) in words.items():
        for entry in getattr(judgement.outcome, key):
            text = zh if chinese else en
            yield f"{entry.where}: {entry.rule} {entry.subject} ({entry.until}): {text}"
