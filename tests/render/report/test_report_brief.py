"""The brief says what the check says: every number in it can be told from the JSON, every problem from a finding."""

from __future__ import annotations

import re
from typing import Any

import pytest

from govgraph.check.findings import Finding
from govgraph.render.json_report import check_json
from govgraph.render.report.annex import annex_blocks
from govgraph.render.report.blocks import Heading, Items, Line, Paragraph, Span
from govgraph.render.report.brief import LINES, brief_blocks, lines_of
from govgraph.render.report.content import Report
from govgraph.render.report.words import SENTENCES
from tests.render.report.report_samples import broken_city, hostile, shipped, sound

REPORTS = {"shipped": shipped, "broken": broken_city, "hostile": hostile, "sound": sound}
EVERY = pytest.mark.parametrize("name", REPORTS)
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
DUTIES = ("职责", "权力", "任务")


def _lines(report: Report, language: str) -> list[Line]:
    found: list[Line] = []
    for block in brief_blocks(report, language):
        if isinstance(block, Paragraph):
            found.append(block.line)
        elif isinstance(block, Items):
            found += block.lines
    return found


def _spans(report: Report, language: str) -> list[Span]:
    return [span for line in _lines(report, language) for span in line]


def _from_json(report: Report) -> dict[str, int]:
    """Count again, from the JSON of the check, what the brief's sentences count."""
    told: dict[str, Any] = check_json(report.result, "zh")
    violated = [finding for finding in told["findings"] if finding["status"] == "violated"]
    present = {node.id for node in report.case.nodes if node.family == "组织"}
    subjects = {(s["id"], s["kind"]) for finding in violated for s in finding["subjects"]}
    by_rule = {rule["id"]: rule["violations"] for rule in told["rules"]}
    return {
        "rules": len(told["rules"]),
        "applied": sum(rule["status"] != "not_applicable" for rule in told["rules"]),
        "broken": sum(rule["status"] == "violated" for rule in told["rules"]),
        "violations": sum(rule["violations"] for rule in told["rules"]),
        "undetermined": sum(rule["undetermined"] for rule in told["rules"]),
        **{f"{level}s": sum(f["severity"] == level for f in violated) for level in ("error", "warning", "note")},
        "bodies_hit": sum(name in present for name, _ in subjects),
        "duties_hit": sum(kind in DUTIES for _, kind in subjects),
        **{f"of:{rule}": count for rule, count in by_rule.items()},
    }


@EVERY
@BOTH
def test_every_figure_is_in_the_json(name: str, language: str) -> None:
    """A figure of the brief is the number that the JSON of the check, or the case, gives for it."""
    report = REPORTS[name]()
    wanted = _from_json(report)
    wanted |= {
        "bodies": sum(node.family == "组织" and node.status in ("现行", "受阻") for node in report.case.nodes),
        "duties": sum(node.family == "事项" and node.status in ("现行", "受阻") for node in report.case.nodes),
        "relations": sum(relation.status == "现行" for relation in report.case.relations),
        "measures": len(report.case.reforms),
        "idle": sum(measure.clears == () for measure in report.measures),
        "left": len(report.left),
        "cleared": len(report.items) - len(report.left),
    }
    told = {span.figure: int(span.text) for span in _spans(report, language) if span.figure}
    assert told
    assert told == {key: wanted[key] for key in told}


@BOTH
def test_no_other_number_is_made_up(language: str) -> None:
    """What is left of the brief without figures, references and the texts of data and rules has no digit in it."""
    report = shipped()
    known = {text for item in (*report.items, *report.open) for text in _texts(item.finding, language)}
    known |= {rule.basis.to(language) for rule, _ in report.grouped}
    known |= {node.name for node in report.case.nodes} | {source.title for source in report.case.sources}
    for span in _spans(report, language):
        rest = span.text
        for text in sorted(known, key=len, reverse=True):
            rest = rest.replace(text, "")
        if span.figure is None and span.target is None:
            assert not re.search(r"\d", rest) or _counts_the_rest(rest, report), span.text


def _texts(finding: Finding, language: str) -> set[str]:
    quotes = {quote for proof in finding.evidence for quote in proof.quotes}
    return {finding.message.to(language), finding.remedy.to(language), *quotes}


def _counts_the_rest(text: str, report: Report) -> bool:
    """Whether a text is the number of kinds that the brief leaves to the annex (its sentence names the annex)."""
    named = set(re.findall(r"\d+", text))
    return named <= {str(number) for number in range(1, len(report.grouped) + 1)}


@EVERY
@BOTH
def test_every_reference_leads_to_a_finding(name: str, language: str) -> None:
    """Each reference of the brief is an anchor of the annex, and every finding has one there."""
    report = REPORTS[name]()
    anchors = {block.anchor for block in annex_blocks(report, language) if isinstance(block, Heading)}
    targets = {span.target for span in _spans(report, language) if span.target}
    assert {target.removeprefix("#") for target in targets} <= anchors
    assert {f"f{item.number}" for item in (*report.items, *report.open)} <= anchors


@EVERY
@BOTH
def test_brief_is_estimated_to_fit_its_page(name: str, language: str) -> None:
    """However much was found, the brief takes no more lines than the page has."""
    assert lines_of(brief_blocks(REPORTS[name](), language)) <= LINES


def test_problem_part_gives_no_advice() -> None:
    """Facts come first: no remedy stands before the proposals."""
    blocks = brief_blocks(shipped(), "zh")
    end = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == SENTENCES["advice"][0])
    before = "".join(
        span.text
        for block in blocks[:end]
        if isinstance(block, Paragraph | Items)
        for line in ((block.line,) if isinstance(block, Paragraph) else block.lines)
        for span in line
    )
    assert not any(item.rule.remedy.zh in before for item in shipped().items)


def test_measures_say_what_they_clear() -> None:
    """The document's own measures stand with the findings that a simulation of each clears; the rest is left."""
    report = shipped()
    cleared = {
        measure.reform.name: {report.items[number - 1].rule.id for number in measure.clears or ()}
        for measure in report.measures
    }
    assert cleared["按原渠道拨付盘城"] == {"funding/payment-detour"}
    assert cleared["建立统筹协调机制"] == {"coordination/missing-mechanism"}
    assert "reporting/split-channels" in {report.items[number - 1].rule.id for number in report.left}


def test_sound_city_has_nothing_to_mend() -> None:
    """Where nothing was found the brief says so and proposes nothing."""
    text = "".join(span.text for span in _spans(sound(), "zh"))
    assert "没有查出问题" in text
    assert SENTENCES["no_advice"][0] in text


def test_every_sentence_has_both_languages() -> None:
    """The two versions of a sentence fill in the same things."""
    for zh, en in SENTENCES.values():
        assert zh != en
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en))
