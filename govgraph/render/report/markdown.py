"""A report as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from govgraph.render.map.text import harmless
from govgraph.render.report.blocks import Grid, Heading, Items, PageBreak, Paragraph

if TYPE_CHECKING:
    from govgraph.render.report.blocks import Block, Document, Line, Span

_LIST_MARK = re.compile(r"^(\d*)([-+.)])")  # at the beginning of a paragraph it would make a list


def as_markdown(document: Document) -> str:
    """Return the report; names and quotes are escaped, so that none of them becomes markup."""
    return "\n\n".join(_block(block) for block in (*document.brief, *document.annex)) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    single = " ".join(harmless(text).split())
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", single)


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, anchor):
            mark = f'<a id="{anchor}"></a>' if anchor else ""
            return f"{'#' * level} {mark}{escaped(text)}"
        case Paragraph(line, _):
            return _LIST_MARK.sub(r"\1\\\2", _line(line))
        case Items(lines, ordered):
            heads = (f"{number}." if ordered else "-" for number in range(1, len(lines) + 1))
            return "\n".join(f"{head} {_line(line)}" for head, line in zip(heads, lines, strict=True))
        case Grid(headings, rows, marked):
            return _table(headings, rows, marked)
        case PageBreak():
            return "---"


def _table(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], marked: frozenset[int]) -> str:
    lines = [_cells(headings), f"|{' --- |' * len(headings)}"]
    for number, row in enumerate(rows):
        lines.append(_cells((f"⚠ {row[0]}", *row[1:]) if number in marked else row))
    return "\n".join(lines)


def _cells(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    if span.style == "code":
        return "`" + " ".join(harmless(span.text).replace("`", "'").split()) + "`"
    text = escaped(span.text)
    before, after = (" " if edge and edge.isspace() else "" for edge in (span.text[:1], span.text[-1:]))
    if not text:
        return before
    if span.style == "strong":
        text = f"**{text}**"
    elif span.target:
        place = span.target if span.target.startswith("#") else percent(span.target)
        text = f"[{text}]({place})"
    return f"{before}{text}{after}"
