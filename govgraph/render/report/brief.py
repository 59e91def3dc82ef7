"""The brief of one page: 问题—依据—影响—建议. Facts first; advice stands only in the last part."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.render.map.text import text_width
from govgraph.render.report.blocks import Heading, Items, Paragraph, Span, plain
from govgraph.render.report.content import instruments, severities
from govgraph.render.report.words import filled, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.check.rules import Rule
    from govgraph.render.report.blocks import Block, Line
    from govgraph.render.report.content import Item, Measure, Report

LISTED = 8  # names in a list of what is hit
SOURCES = 5
NAME = 40  # width of a name in a list
LONGEST = 110  # width of a message or title in Chinese characters; the annex has it whole
LINES = 56  # of the page below its title
EMS = 53  # that a line holds, in the width of a Chinese character


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each part the brief takes."""

    kinds: int
    quotes: int
    laws: int
    reasons: int
    remedies: int
    questions: int


STEPS = (
    Limits(12, 5, 3, 3, 6, 6),
    Limits(10, 5, 2, 3, 5, 5),
    Limits(10, 4, 2, 2, 4, 4),
    Limits(10, 3, 1, 2, 3, 4),
    Limits(10, 3, 1, 1, 2, 3),
    Limits(8, 3, 1, 1, 2, 3),
    Limits(6, 3, 1, 2, 2, 2),
    Limits(4, 2, 1, 1, 2, 2),
)
"""From much to little: the brief takes the first that fits its page."""


def brief_blocks(report: Report, language: str) -> tuple[Block, ...]:
    """Return the brief, with as much in it as its page holds."""
    for limits in STEPS:
        blocks = (
            *_problems(report, limits, language),
            *_grounds(report, limits, language),
            *_consequences(report, limits, language),
            *_proposals(report, limits, language),
        )
        if lines_of(blocks) <= LINES:
            break
    return blocks


def lines_of(blocks: Iterable[Block]) -> float:
    """Estimate how many lines of the page blocks take; headings and gaps count for more than a line."""
    total = 0.0
    for block in blocks:
        if isinstance(block, Heading):
            total += 1.8
        elif isinstance(block, Paragraph):
            total += _wrapped(block.line, EMS) + 0.3
        elif isinstance(block, Items):
            total += sum(_wrapped(line, EMS - 2) + 0.1 for line in block.lines) + 0.3
    return total


def _wrapped(line: Line, width: float) -> int:
    return max(1, math.ceil(text_width("".join(span.text for span in line), 1) / width))


def clipped(text: str, width: float = LONGEST) -> str:
    """Return the beginning of a text that is too long for the brief."""
    if text_width(text, 1) <= width:
        return text
    while text_width(text, 1) > width:
        text = text[: int(len(text) * width / text_width(text, 1))]
    return f"{text}…"


def _named(text: str) -> str:
    """Return a name as lists show it."""
    return clipped(text, NAME)


def references(numbers: Iterable[int], language: str) -> Line:
    """Return references to numbered findings, each of which leads to its finding."""
    shown = " [{}]" if language == "en" else "〔{}〕"
    return tuple(Span(shown.format(number), "faint", target=f"#f{number}") for number in numbers)


def stopped(text: str, language: str) -> str:
    """Return a sentence with a full stop at its end."""
    stop = "." if language == "en" else "。"
    return text if text.endswith(("。", ".", "！", "？", "!", "?")) else f"{text}{stop}"


def _problems(report: Report, limits: Limits, language: str) -> list[Block]:
    blocks: list[Block] = [Heading(2, sentence("problems", language)), Paragraph(_summary(report, language), "lead")]
    groups = report.grouped
    lines = [_problem(rule, items, language) for rule, items in groups[: limits.kinds]]
    if lines:
        blocks.append(Items(tuple(lines), ordered=True))
    if len(groups) > limits.kinds:
        count = (Span(str(len(groups) - limits.kinds)),)
        blocks.append(Paragraph(filled("more_kinds", language, {}, count=count), "note"))
    return blocks


def _summary(report: Report, language: str) -> Line:
    """Say in one sentence what was looked at and what was found."""
    figures = report.figures
    counts: list[Span] = []
    for name in severities():
        if figures[name]:
            counts += [Span(", " if language == "en" else "、")] if counts else []
            counts += filled(name, language, figures)
    line = filled("summary" if report.items else "sound", language, figures, severities=tuple(counts))
    if report.open:
        line += filled("and_open", language, figures)
    return (*line, Span("." if language == "en" else "。"))


def _problem(rule: Rule, items: list[Item], language: str) -> Line:
    """State one kind of problem as the fact that its first finding states."""
    colon = ": " if language == "en" else "："
    line: list[Span] = [
        Span(rule.title.to(language) + colon, "strong"),
        Span(clipped(items[0].finding.message.to(language))),
    ]
    if len(items) > 1:
        line += filled("more_places", language, {}, count=(Span(str(len(items)), figure=f"of:{rule.id}"),))
    return (*line, Span("." if language == "en" else "。"), *references((item.number for item in items), language))


def _grounds(report: Report, limits: Limits, language: str) -> list[Block]:
    blocks: list[Block] = [Heading(2, sentence("basis", language))]
    between = ", " if language == "en" else "、"
    titles = [
        _cited(_named(source.title or source.name), source.number, language) for source in report.case.sources[:LISTED]
    ]
    papers = [_named(name) for name in instruments(report.case)[:LISTED]]
    lines: list[Line] = []
    if titles:
        lines.append((Span(sentence("sources", language), "strong"), Span(stopped(between.join(titles), language))))
    if papers:
        lines.append((Span(sentence("instruments", language), "strong"), Span(stopped(between.join(papers), language))))
    quotes = _quotes(report, limits.quotes, language)
    if quotes:
        lines.append((Span(sentence("quotes", language), "strong"), *quotes))
    laws = list(dict.fromkeys(clipped(rule.basis.to(language)) for rule, _ in report.grouped))[: limits.laws]
    if laws:
        mark = "; " if language == "en" else "；"
        lines.append((Span(sentence("laws", language), "strong"), Span(stopped(mark.join(laws), language))))
    return [*blocks, Items(tuple(lines))] if lines else []


def _cited(title: str, number: str | None, language: str) -> str:
    marked = f"“{title}”" if language == "en" else f"《{title}》"
    return f"{marked}（{number}）" if number else marked


def _quotes(report: Report, most: int, language: str) -> Line:
    """Return one sentence of the documents for each of the gravest findings, no sentence twice."""
    seen: list[str] = []
    line: list[Span] = []
    space = " " if language == "en" else ""
    for item in report.items:
        quotes = [quote for proof in item.finding.evidence for quote in proof.quotes if quote not in seen]
        if quotes and len(seen) < most:
            quote = max(quotes, key=len)  # the longest says most; of equal ones the first
            seen.append(quote)
            line += [Span(f"“{clipped(quote)}”", "quote"), *references([item.number], language), Span(space)]
    return tuple(line)


def _consequences(report: Report, limits: Limits, language: str) -> list[Block]:
    if not report.items:
        return []
    between = ", " if language == "en" else "、"
    hit = [
        subject.name
        for item in report.items
        for subject in item.finding.subjects
        if subject.id in report.case.by_id and report.case.by_id[subject.id].family == "事项"
    ]
    names = list(dict.fromkeys(map(_named, hit)))
    line = filled("reach", language, report.figures)
    if names:
        more = ("…" if language == "en" else "等") if len(names) > LISTED else ""
        line = (*line, Span(sentence("hit", language)), Span(between.join(names[:LISTED]) + more))
    lines: list[Line] = [(*line, Span("." if language == "en" else "。"))]
    for rule, items in report.grouped[: limits.reasons]:
        text = stopped(clipped(rule.why.to(language)), language)
        lines.append((Span(text), *references((item.number for item in items), language)))
    return [Heading(2, sentence("impact", language)), Items(tuple(lines))]


def _proposals(report: Report, limits: Limits, language: str) -> list[Block]:
    blocks: list[Block] = [Heading(2, sentence("advice", language))]
    if report.measures:
        blocks += _measures(report, language)
    unanswered = [(rule, items) for rule, items in report.grouped if any(i.number in report.left for i in items)]
    if unanswered:
        head = "unanswered" if report.measures else "by_rule"
        blocks.append(Paragraph(plain(sentence(head, language)), "lead"))
        shown = unanswered[: limits.remedies]
        blocks.append(Items(tuple(_remedy(rule, items, report, language) for rule, items in shown)))
        if len(unanswered) > len(shown):
            count = (Span(str(len(unanswered) - len(shown))),)
            blocks.append(Paragraph(filled("more_remedies", language, {}, count=count), "note"))
    if report.open:
        blocks.append(Paragraph(_verify(report, limits.questions, language)))
    if len(blocks) == 1:
        blocks.append(Paragraph(plain(sentence("no_advice", language))))
    return blocks


def _measures(report: Report, language: str) -> list[Block]:
    """List the measures that clear something (or cannot be simulated); name the others in one sentence."""
    cleared, left = report.figures["cleared"], report.figures["left"]
    key = "proposed" if cleared and left else "proposed_all" if cleared else "proposed_none"
    key = key if report.items else "proposed_sound"
    blocks: list[Block] = [Paragraph(filled(key, language, report.figures), "lead")]
    told = [measure for measure in report.measures if measure.clears != ()]
    if told:
        blocks.append(Items(tuple(_measure(measure, language) for measure in told), ordered=True))
    idle = [measure for measure in report.measures if measure.clears == ()]
    if idle and not told:
        titles = (Span(stopped(clipped(measure.reform.title.to(language)), language)) for measure in idle[:LISTED])
        blocks.append(Items(tuple((title,) for title in titles), ordered=True))
    elif idle:
        mark = "; " if language == "en" else "；"
        line: list[Span] = list(filled("clear_none", language, {}, count=(Span(str(len(idle)), figure="idle"),)))
        for measure in idle:
            line += [Span(mark)] if measure is not idle[0] else []
            line += [Span(clipped(measure.reform.title.to(language))), *_brings(measure, language)]
        blocks.append(Paragraph((*line, Span("." if language == "en" else "。"))))
    return blocks


def _measure(measure: Measure, language: str) -> Line:
    """Return a measure by its title, with what a simulation says of it."""
    title = Span(clipped(measure.reform.title.to(language)))
    opening, closing = (" (", ").") if language == "en" else ("（", "）。")
    if measure.clears is None:
        effect: Line = plain(sentence("not_simulated", language))
    else:
        effect = filled("clears", language, {}, numbers=references(measure.clears, language))
    return (title, Span(opening), *effect, *_brings(measure, language), Span(closing))


def _brings(measure: Measure, language: str) -> Line:
    if not measure.brings:
        return ()
    titles = dict.fromkeys(rule.title.to(language) for rule in measure.brings)
    between = ", " if language == "en" else "、"
    return filled("brings", language, {}, rules=plain(between.join(titles)))


def _remedy(rule: Rule, items: list[Item], report: Report, language: str) -> Line:
    colon = ": " if language == "en" else "："
    left = [item.number for item in items if item.number in report.left]
    text = stopped(clipped(rule.remedy.to(language)), language)
    return (Span(rule.title.to(language) + colon, "strong"), Span(text), *references(left, language))


def _verify(report: Report, most: int, language: str) -> Line:
    """Name what is not stated, by rule and subject; whom to ask stands in the annex."""
    opening, closing, between = (" (", ")", ", ") if language == "en" else ("（", "）", "、")
    line: list[Span] = [Span(sentence("verify", language), "strong")]
    for item in report.open[:most]:
        line += [Span(between)] if item is not report.open[0] else []
        subject = _named(item.finding.subjects[0].name) if item.finding.subjects else ""
        line.append(Span(f"{item.rule.title.to(language)}{opening}{subject}{closing}"))
        line += references([item.number], language)
    more = "…" if len(report.open) > most else ""
    return (*line, Span(more + sentence("details", language)))
