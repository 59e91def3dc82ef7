"""A report in one language: title, brief, annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.report.annex import annex_blocks
from govgraph.render.report.blocks import Document, Heading, Paragraph, plain
from govgraph.render.report.brief import brief_blocks, clipped
from govgraph.render.report.words import sentence

if TYPE_CHECKING:
    from govgraph.render.report.content import Report


def compose(report: Report, language: str) -> Document:
    """Return the report in ``zh`` or ``en``."""
    title = report.case.meta.title.to(language)
    parts = [sentence("subtitle", language)]
    if report.case.meta.place and language == "zh":
        parts.append(clipped(report.case.meta.place))
    if report.as_of:
        parts.append(sentence("as_of", language).format(date=report.as_of))
    head = (Heading(1, clipped(title)), Paragraph(plain(" · ".join(parts)), "note"))
    return Document(title, language, (*head, *brief_blocks(report, language)), annex_blocks(report, language))
