"""Pinyin initials, so that 盘城街道 is found by ``pcjd``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govgraph.model.case import Node

LONGEST = 60  # characters of a name that are looked at


def initials(nodes: tuple[Node, ...]) -> list[list[str]]:
    """Return the initials of each node's name and aliases, in lower case, where they differ from the name."""
    from pypinyin import Style, lazy_pinyin

    found: dict[str, str] = {}

    def of(name: str) -> str:
        if name not in found:
            parts = lazy_pinyin(name[:LONGEST], style=Style.FIRST_LETTER, errors="default")
            found[name] = "".join(part for part in parts if part.isalnum()).lower()
        return found[name]

    return [
        list(dict.fromkeys(text for name in (node.name, *node.aliases) if (text := of(name)) and text != name.lower()))
        for node in nodes
    ]
