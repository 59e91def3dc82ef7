"""The text of a source: its file, and the part of it that a case is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.errors import InputError, Problem
from govgraph.read.values import did_you_mean
from govgraph.read.yaml_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.model.case import Source


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's whole text, and the offsets at which the part that is meant begins and ends."""

    source: Source
    text: str
    begin: int
    end: int

    @property
    def part(self) -> str:
        """The part that is meant."""
        return self.text[self.begin : self.end]


def read_part(source: Source, path: Path) -> SourceText:
    """Read a source's file and find the part between its ``begin`` and ``end``, both included.

    Raises:
        InputError: the file is not UTF-8, or a marker is not in it.
    """
    text = read_text(path, str(path))
    begin = _offset(source, "begin", source.begin, text, 0)
    end = _offset(source, "end", source.end, text, begin) + len(source.end) if source.end else len(text)
    return SourceText(source, text, begin, end)


def _offset(source: Source, which: str, marker: str | None, text: str, start: int) -> int:
    if not marker:
        return start
    offset = text.find(marker, start)
    if offset < 0:
        found = f"source {source.name!r}: its {which} {marker!r} is not in {source.file}"
        after = " after its begin" if start else ""
        lines = [line[: len(marker)] for line in text[start:].splitlines()]
        raise InputError([Problem(source.name, found, f"an exact substring{after}", did_you_mean(marker, lines))])
    return offset
