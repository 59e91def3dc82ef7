"""The tree that every reader hands to the builder: texts, lists and mappings that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an input: a file with line and column, or a cell of a sheet."""

    file: str
    line: int
    column: int = 1
    cell: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.cell}" if self.cell else f"{self.file}:{self.line}:{self.column}"

    @property
    def document(self) -> str:
        """What ``line`` counts in: the file, or the sheet of a workbook as ``file!sheet``."""
        return f"{self.file}!{self.cell.partition('!')[0]}" if self.cell else self.file


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it stands in the file, or None for an empty value."""

    text: str | None
    where: Where


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Tree, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; ``keys`` says where each key stands."""

    items: dict[str, Tree]
    where: Where
    keys: dict[str, Where]


Tree = Scalar | Sequence | Mapping


def plain(tree: Tree | None) -> object:
    """Return the tree as plain texts, tuples and dicts, without places."""
    if tree is None:
        return None
    if isinstance(tree, Scalar):
        return tree.text
    if isinstance(tree, Sequence):
        return tuple(plain(item) for item in tree.items)
    return {key: plain(value) for key, value in tree.items.items()}
