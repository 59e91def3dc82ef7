"""Text as the map draws it: made harmless, measured, and broken into lines."""

from __future__ import annotations

import re
import unicodedata

FONT_SIZE = 14
LINE_HEIGHT = 16
ELLIPSIS = "…"
# Control characters (tab and newline apart), bidirectional marks and overrides, lone surrogates: they hide or
# reorder what a reader sees, and some cannot be written as UTF-8.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """Return the text with each control or bidirectional character shown as ``�``."""
    return _HARMFUL.sub("\ufffd", text)


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Estimate the width of a line in pixels: a Chinese character is one em, others a little over half."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size * 0.58 for char in text)


def wrap(text: str, limit: float, most_lines: int = 2) -> tuple[str, ...]:
    """Break a label into lines of at most ``limit`` pixels; what does not fit ends in an ellipsis.

    Lines are evened out, so that nine characters become five and four, not eight and one.
    """
    text = " ".join(harmless(text[:400]).split()) or "�"
    total = text_width(text)
    if total <= limit:
        return (text,)
    needed = min(most_lines, int(total // limit) + 1)
    target = min(limit, total / needed + FONT_SIZE)
    lines: list[str] = []
    rest = text
    while rest and len(lines) < needed:
        line = _fitting(rest, limit if len(lines) == needed - 1 else target)
        lines.append(line.strip())
        rest = rest[len(line) :].lstrip()
    if rest:
        lines[-1] = _fitting(lines[-1], limit - FONT_SIZE).rstrip() + ELLIPSIS
    return tuple(lines)


def _fitting(text: str, limit: float) -> str:
    """Return the longest beginning that fits, cut between words where the text is Latin."""
    used = 0.0
    for position, char in enumerate(text):
        used += text_width(char)
        if used > limit and position:
            space = text.rfind(" ", 0, position)
            latin = char.isascii() and text[position - 1].isascii()
            return text[: space + 1] if latin and space > 0 else text[:position]
    return text
