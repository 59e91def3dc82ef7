"""The grammar of a cell: lists, pairs, and texts that a spreadsheet would take for a formula. Both directions.

A list is parted by 「；」, the duties that new bodies take are written ``新机构：事项`` in such a list. A backslash
before one of these signs, or before a backslash, takes its meaning away. A text that begins with = + - @ gets an
apostrophe.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "；"
PAIR = "："
ESCAPE = "\\"
FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t]")  # full-width signs too: some locales' spreadsheets run them
GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t]")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Undo `guarded`."""
    return text[1:] if GUARDED.match(text) else text


def join_list(values: Iterable[str]) -> str:
    """Join texts to one cell."""
    return SEPARATOR.join(escaped(value) for value in values)


def join_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """Join pairs to one cell."""
    return SEPARATOR.join(escaped(key, PAIR) + PAIR + escaped(value) for key, value in pairs)


def escaped(text: str, also: str = "") -> str:
    """Escape what parts a list in a cell, and the signs in ``also``."""
    return "".join(ESCAPE + sign if sign in (ESCAPE, SEPARATOR, *also) else sign for sign in text)


def split_list(cell: str) -> list[str]:
    """Split a cell at each separator that is not escaped; empty parts are dropped."""
    return [unescaped(part) for part in _split(cell, SEPARATOR)]


def split_pairs(cell: str) -> list[tuple[str, str]]:
    """Split a cell into pairs; the value of a part without a pair sign is empty."""
    result = []
    for part in _split(cell, SEPARATOR):
        key, *values = _split(part, PAIR) or [""]
        result.append((unescaped(key), unescaped(PAIR.join(values))))
    return result


def _split(cell: str, separator: str) -> list[str]:
    parts, part, signs = [], "", iter(cell)
    for sign in signs:
        if sign == separator:
            parts.append(part)
            part = ""
        else:
            part += sign + (next(signs, "") if sign == ESCAPE else "")
    return [text.strip() for text in (*parts, part) if text.strip()]


def unescaped(text: str) -> str:
    """Take the backslashes away that `escaped` put; before any other sign a backslash is itself."""
    result, signs = "", iter(text)
    for sign in signs:
        follower = next(signs, "") if sign == ESCAPE else ""
        result += follower if follower in (ESCAPE, SEPARATOR, PAIR) and follower else sign + follower
    return result
