"""What a report is made of when it is written: headings, paragraphs, lists and tables of spans, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "strong", "quote", "faint", "code"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. ``figure`` names the number that it is; ``target`` is the anchor or file that it leads to."""

    text: str
    style: Style = "plain"
    figure: str | None = None
    target: str | None = None


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``anchor`` is where links to it lead."""

    level: int
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of spans."""

    line: Line
    kind: Literal["text", "lead", "note"] = "text"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``ordered`` ones are numbered from 1."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a heading row; a row may be marked as one that needs a look."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Items | Grid | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A report in one language, ready to be written: the brief of one page, then the annexes."""

    title: str
    language: str
    brief: tuple[Block, ...]
    annex: tuple[Block, ...]


def plain(*texts: str) -> Line:
    """Return a line of plain text."""
    return tuple(Span(text) for text in texts)
