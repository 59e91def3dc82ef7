"""The responsibility matrix as CSV, Markdown, HTML or an Excel workbook."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from govgraph.analyze.matrix import Matrix
    from govgraph.model.case import Case

WORDS = {
    "duty": ("事项", "Duty"),
    "leads": ("主责数", "Leads"),
    "relations": ("关系", "Relations"),
    "unstated": ("未写明", "not stated"),
    "title": ("责任矩阵", "Responsibility matrix"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with in a spreadsheet, which would run it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix as text: headings, and for each duty its name, number of leads, roles and relation ids."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def grid(case: Case, matrix: Matrix, language: str) -> Grid:
    """Return the matrix in one language; a cell lists the roles that its body has."""
    names = {node.id: node.name for node in case.nodes}
    rows = []
    for row in matrix.rows:
        held: dict[str, list[str]] = {}
        for cell in row.cells:
            held.setdefault(cell.holder, []).append(_role(cell.role, language))
        leads = _word("unstated", language) if row.sound is None else str(row.leads)
        between = "、" if language == "zh" else ", "
        rows.append(
            (
                names[row.duty],
                leads,
                *(between.join(dict.fromkeys(held.get(holder, ()))) for holder in matrix.holders),
                " ".join(cell.relation for cell in row.cells),
            )
        )
    headings = (
        _word("duty", language),
        _word("leads", language),
        *(names[holder] for holder in matrix.holders),
        _word("relations", language),
    )
    title = f"{case.meta.title.to(language)} · {_word('title', language)}"
    return Grid(title, headings, tuple(rows))


def _word(key: str, language: str) -> str:
    return WORDS[key][language == "en"]


def _role(role: str, language: str) -> str:
    return vocabulary().relations[role].en if language == "en" else role


def as_csv(table: Grid) -> str:
    """Return the matrix as CSV; what a spreadsheet would take for a formula is kept as text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (table.headings, *table.rows):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return text.getvalue()


def as_markdown(table: Grid) -> str:
    """Return the matrix as a Markdown table without the relation ids."""

    def line(cells: tuple[str, ...]) -> str:
        shown = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells[:-1])
        return f"| {' | '.join(shown)} |"

    rule = f"|{'---|' * (len(table.headings) - 1)}"
    return "\n".join([f"# {table.title}", "", line(table.headings), rule, *map(line, table.rows), ""])


def as_html(table: Grid, language: str) -> str:
    """Return the matrix as a page of its own; a cell's relation ids are in the last column."""

    def line(cells: tuple[str, ...], tag: str) -> str:
        inner = "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
        return f"<tr>{inner}</tr>"

    body = "\n".join(line(row, "td") for row in table.rows)
    title = html.escape(table.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if language == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>body{{font:14px sans-serif}}table{{border-collapse:collapse}}"
        "td,th{border:1px solid #ccc;padding:2px 6px}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<table>\n<thead>{line(table.headings, 'th')}</thead>\n<tbody>\n{body}\n</tbody>\n"
        "</table>\n</body>\n</html>\n"
    )


def as_workbook(table: Grid) -> bytes:
    """Return the matrix as an Excel workbook, every cell text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "matrix"
    for number, row in enumerate((table.headings, *table.rows), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = "".join(char for char in text if char >= " ")[:32000]
            cell.data_type = "s"  # text, also where it begins like a formula
    sheet.freeze_panes = "B2"
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(workbook: bytes) -> bytes:
    """Return a workbook without the time it was written at, so that the same matrix gives the same bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", body)
            new.writestr(zipfile.ZipInfo(entry.filename), body, zipfile.ZIP_DEFLATED)
    return result.getvalue()
