"""A report as a Word file, by python-docx (the extra ``docx``)."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from govgraph.errors import EnvironmentFailure
from govgraph.render.map.text import harmless
from govgraph.render.report.blocks import Grid, Heading, Items, PageBreak, Paragraph

if TYPE_CHECKING:
    from govgraph.render.report.blocks import Block, Line
    from govgraph.render.report.blocks import Document as Report

FONT, CHINESE, CHINESE_HEADS = "Times New Roman", "SimSun", "SimHei"
BODY, SMALL = 10, 8.5  # points
SHADE = "FBE3D6"
LONGEST_TITLE = 255  # characters that the format allows
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EPOCH = b"1980-01-01T00:00:00Z"


def as_docx(document: Report) -> bytes:
    """Return the file; the same report gives the same bytes.

    Raises:
        EnvironmentFailure: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise EnvironmentFailure("a Word file needs python-docx: pip install 'govgraph[docx]'") from error
    file = Document()
    _set_page(file)
    for block in (*document.brief, *document.annex):
        _write(file, block)
    file.core_properties.title = _text(document.title)[:LONGEST_TITLE]
    file.core_properties.author = "govgraph"
    buffer = io.BytesIO()
    file.save(buffer)
    return _timeless(buffer.getvalue())


def _text(text: str) -> str:
    """Return a text that XML can hold."""
    return NOT_XML.sub("", harmless(text))


def _set_page(file: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(15)
    for name, size, face in (
        ("Normal", BODY, CHINESE),
        ("Heading 1", 16, CHINESE_HEADS),
        ("Heading 2", 12, CHINESE_HEADS),
        ("Heading 3", 10.5, CHINESE_HEADS),
    ):
        style = file.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 6)
        style.paragraph_format.space_after = Pt(2)


def _write(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text, _):
            file.add_heading(_text(text), level)
        case Paragraph(line, kind):
            _spans(file.add_paragraph(), line, small=kind == "note")
        case Items(lines, ordered):
            for number, line in enumerate(lines, 1):
                # numbers are written out: a numbered style would count on from one list to the next
                paragraph = file.add_paragraph(style=None if ordered else "List Bullet")
                if ordered:
                    paragraph.add_run(f"{number}. ")
                _spans(paragraph, line)
        case Grid():
            _table(file, block)
        case PageBreak():
            file.add_page_break()


def _spans(paragraph: Any, line: Line, *, small: bool = False) -> None:
    from docx.shared import Pt

    for span in line:
        run = paragraph.add_run(_text(span.text))
        run.bold = span.style == "strong"
        run.italic = span.style == "quote"
        if small or span.style in ("faint", "code"):
            run.font.size = Pt(SMALL)


def _table(file: Any, table: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    grid = file.add_table(rows=0, cols=len(table.headings), style="Table Grid")
    for number, row in enumerate((table.headings, *table.rows), -1):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(_text(text))
            run.font.size, run.bold = Pt(SMALL), number < 0
            if number in table.marked:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), SHADE)
                cell._tc.get_or_add_tcPr().append(shade)


def _timeless(content: bytes) -> bytes:
    """Return the file without the times it was written at."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", EPOCH, body)
            new.writestr(zipfile.ZipInfo(entry.filename), body, zipfile.ZIP_DEFLATED)
    return result.getvalue()
