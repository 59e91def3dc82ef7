"""The annexes: findings in full, what has to be verified, the responsibility matrix, the map, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.analyze.matrix import ROLES
from govgraph.model.vocabulary import vocabulary
from govgraph.render.report.blocks import Grid, Heading, Items, PageBreak, Paragraph, Span, plain
from govgraph.render.report.words import filled, sentence
from govgraph.render.words import word

if TYPE_CHECKING:
    from govgraph.analyze.matrix import Row
    from govgraph.render.report.blocks import Block, Line
    from govgraph.render.report.content import Item, Report


def annex_blocks(report: Report, language: str) -> tuple[Block, ...]:
    """Return the annexes in their order."""
    blocks: list[Block] = [PageBreak(), Heading(2, sentence("annex_findings", language), "findings")]
    blocks += _every(report.items, report, language)
    blocks.append(Heading(2, sentence("annex_open", language), "open"))
    blocks += _every(report.open, report, language)
    blocks += [PageBreak(), Heading(2, sentence("annex_matrix", language), "matrix"), *_matrix(report, language)]
    blocks += [Heading(2, sentence("annex_map", language), "map"), _map(report, language)]
    blocks += [Heading(2, sentence("annex_notes", language), "notes"), *_notes(report, language)]
    return tuple(blocks)


def _every(items: tuple[Item, ...], report: Report, language: str) -> list[Block]:
    if not items:
        return [Paragraph(plain(sentence("none", language)))]
    return [block for item in items for block in _finding(item, report, language)]


def _finding(item: Item, report: Report, language: str) -> list[Block]:
    finding, rule = item.finding, item.rule
    state = finding.severity if finding.status == "violated" else "undetermined"
    head = f"{item.number}. {rule.title.to(language)}（{word(state, language)}）"
    if language == "en":
        head = f"{item.number}. {rule.title.en} ({word(state, language)})"
    lines: list[Line] = [(Span(sentence("why", language), "strong"), Span(rule.why.to(language)))]
    lines += _evidence(item, language) if not _is_redacted(report) else []
    subjects = ("、" if language == "zh" else ", ").join(_subject(s.name, s.kind, language) for s in finding.subjects)
    lines.append((Span(sentence("concerned", language), "strong"), Span(subjects)))
    lines.append((Span(sentence("remedy", language), "strong"), Span(rule.remedy.to(language))))
    lines.append((Span(sentence("law", language), "strong"), Span(rule.basis.to(language))))
    mark = filled("mark", language, {}, rule=(Span(rule.id, "code"),), fingerprint=(Span(finding.fingerprint, "code"),))
    return [
        Heading(3, head, f"f{item.number}"),
        Paragraph((Span(finding.message.to(language)),), "lead"),
        Items(tuple(lines)),
        Paragraph(mark, "note"),
    ]


def _evidence(item: Item, language: str) -> list[Line]:
    """Return each quote once, with its source and the places in the case that state it."""
    places: dict[tuple[str, str], list[str]] = {}
    for proof in item.finding.evidence:
        for quote in proof.quotes:
            found = places.setdefault((quote, proof.source or ""), [])
            if proof.file and proof.line and f"{proof.file}:{proof.line}" not in found:
                found.append(f"{proof.file}:{proof.line}")
    lines: list[Line] = []
    for (quote, source), found in places.items():
        where = " · ".join(part for part in (source, _lines(found)) if part)
        line = [Span(sentence("evidence", language), "strong"), Span(f"“{quote}”", "quote")]
        lines.append(tuple([*line, Span(f"  {where}", "faint")] if where else line))
    return lines or [plain(sentence("unquoted", language))]


def _lines(places: list[str]) -> str:
    """Return places in files, a file's name once: ``case.yaml:12, 40``."""
    files: dict[str, list[str]] = {}
    for place in places:
        file, _, line = place.rpartition(":")
        files.setdefault(file, []).append(line)
    return "; ".join(f"{file}:{', '.join(lines)}" for file, lines in files.items())


def _subject(name: str, kind: str, language: str) -> str:
    for family in vocabulary().families.values():
        if language == "en" and kind in family.kinds:
            return f"{name} ({family.kinds[kind].en})"
    return f"{name} ({kind})" if language == "en" else f"{name}（{kind}）"


def _matrix(report: Report, language: str) -> list[Block]:
    """Return the matrix with a column for each role that occurs: it fits a page however many bodies there are."""
    types = vocabulary().relations
    shown = [row for row in report.matrix.rows if row.cells or row.complete]
    present = {cell.role for row in shown for cell in row.cells}
    roles = [role for role in ROLES if role in present or role == ROLES[0]]
    headings = (sentence("duty", language), *(types[r].en if language == "en" else r for r in roles))
    rows = tuple(_matrix_row(row, roles, report, language) for row in shown)
    marked = frozenset(number for number, row in enumerate(shown) if row.sound is False)
    note = Paragraph(plain(sentence("matrix_note", language)), "note")
    return [note, Grid(headings, rows, marked)] if rows else [Paragraph(plain(sentence("none", language)))]


def _matrix_row(row: Row, roles: list[str], report: Report, language: str) -> tuple[str, ...]:
    names = report.case.by_id
    between = "、" if language == "zh" else ", "
    cells = []
    for role in roles:
        holders = dict.fromkeys(names[cell.holder].name for cell in row.cells if cell.role == role)
        cells.append(between.join(holders))
    if not cells[0]:
        cells[0] = sentence("no_lead" if row.complete else "unstated", language)
    return (names[row.duty].name, *cells)


def _map(report: Report, language: str) -> Paragraph:
    if report.map_file:
        return Paragraph((Span(sentence("map_there", language)), Span(report.map_file, target=report.map_file)))
    call = "govgraph map … --redact" if _is_redacted(report) else f"govgraph map {report.case.id}"
    return Paragraph((Span(sentence("map_elsewhere", language)), Span(call, "code")))


def _notes(report: Report, language: str) -> list[Block]:
    lines: list[Line] = [plain(sentence("reading", language)), plain(sentence("generated", language))]
    if _is_redacted(report):
        lines.append(plain(sentence("redacted", language)))
    lines += [plain(note) for note in report.case.meta.notes]
    return [Items(tuple(lines))]


def _is_redacted(report: Report) -> bool:
    from govgraph.render.redact import CASE_ID

    return report.case.id == CASE_ID
