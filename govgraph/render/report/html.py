"""A report as one HTML page: no script, no request, a sheet of A4 for the brief."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from govgraph.render.map.text import harmless
from govgraph.render.report.blocks import Grid, Heading, Items, PageBreak, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.render.report.blocks import Block, Document, Line, Span

STYLE = """\
@page { size: A4; margin: 12mm 16mm; }
body { margin: 0 auto; max-width: 178mm; padding: 8mm; color: #1a1a1a; background: #fff;
  font: 10pt/1.5 "Source Han Serif SC", "Noto Serif CJK SC", SimSun, "WenQuanYi Micro Hei", serif; }
h1, h2, h3, strong, th {
  font-family: "Source Han Sans SC", "Noto Sans CJK SC", SimHei, "WenQuanYi Micro Hei", sans-serif; }
h1 { font-size: 16pt; line-height: 1.3; text-align: center; margin: 0 0 1mm; }
h2 { font-size: 11.5pt; margin: 3mm 0 1mm; border-bottom: .4pt solid #888; break-after: avoid; }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 1mm 0; }
p.note { color: #555; font-size: 8.5pt; }
h1 + p.note { text-align: center; border-bottom: 1.2pt solid #b00; padding-bottom: 1.5mm; }
ol, ul { margin: 1mm 0; padding-left: 1.7em; }
li { margin: .4mm 0; overflow-wrap: anywhere; }
.brief { font-size: 9.3pt; line-height: 1.4; }
.quote { font-family: KaiTi, STKaiti, "Noto Serif CJK SC", serif; }
.faint, a.faint { color: #456; font-size: 8.5pt; text-decoration: none; }
a { color: #0b5394; }
code { font: 8.5pt monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.35; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: .4pt solid #999; padding: .6mm 1.2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; }
tr.marked td { background: #fbe3d6; }
.break { break-before: page; }
@media print { body { padding: 0; max-width: none; } a { color: inherit; } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_html(document: Document) -> str:
    """Return the page; all text is data and is escaped."""
    language = "en" if document.language == "en" else "zh-CN"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(document.title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f'<section class="brief">\n{_blocks(document.brief)}</section>\n'
        f'<section class="annex">\n{_blocks(document.annex)}</section>\n</body>\n</html>\n'
    )


def _text(text: str) -> str:
    return escape(harmless(text))


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(f"{_block(block)}\n" for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, anchor):
            identity = f' id="{escape(anchor)}"' if anchor else ""
            return f"<h{level}{identity}>{_text(text)}</h{level}>"
        case Paragraph(line, kind):
            return f'<p class="{kind}">{_line(line)}</p>'
        case Items(lines, ordered):
            tag = "ol" if ordered else "ul"
            inner = "\n".join(f"<li>{_line(line)}</li>" for line in lines)
            return f"<{tag}>\n{inner}\n</{tag}>"
        case Grid():
            return _table(block)
        case PageBreak():
            return '<div class="break"></div>'


def _table(table: Grid) -> str:
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in table.headings)
    lines = []
    for number, row in enumerate(table.rows):
        mark = ' class="marked"' if number in table.marked else ""
        lines.append(f"<tr{mark}>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>")
    body = "\n".join(lines)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    text = _text(span.text)
    if span.figure:
        return f'<data value="{escape(span.text)}" data-figure="{_text(span.figure)}">{text}</data>'
    if span.target:
        place = span.target if span.target.startswith("#") else percent(span.target)
        return f'<a class="{span.style}" href="{escape(place)}">{text}</a>'
    tags = {"strong": f"<strong>{text}</strong>", "code": f"<code>{text}</code>"}
    return tags.get(span.style) or (text if span.style == "plain" else f'<span class="{span.style}">{text}</span>')
