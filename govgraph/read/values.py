"""Single values: a text of the input to a value of the model, or a problem that says what was expected."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govgraph.errors import Problem
from govgraph.model.vocabulary import vocabulary
from govgraph.read.tree import Scalar, Sequence, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.case import Value
    from govgraph.model.vocabulary import Property
    from govgraph.read.tree import Where

DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff]")  # all but tab, line feed and next line
MAX_NAME = 200
MAX_NUMBER = 10**15  # beyond it a spreadsheet no longer keeps every digit


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean …?" for the nearest known word, or an empty text."""
    from difflib import get_close_matches  # only when something is wrong

    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(repr(match) for match in near)}?" if near else ""


def is_date(text: str) -> bool:
    """Tell whether ``text`` is a partial date: 2009, 2009-09 or 2009-09-01, and one that exists."""
    match = DATE.match(text)
    if not match:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class Problems:
    """Collects the mistakes of one input."""

    found: list[Problem] = field(default_factory=list)

    def add(self, where: Where | str, found: str, expected: str = "", hint: str = "") -> None:
        """Record one mistake."""
        self.found.append(Problem(str(where), found, expected, hint))

    def text(self, tree: Tree | None, what: str) -> str | None:
        """Return the text of a scalar, None where it is empty or not a text (then recorded)."""
        if tree is None:
            return None
        if not isinstance(tree, Scalar):
            self.add(tree.where, f"{what} is not a single value", "a text")
            return None
        if tree.text is not None and CONTROL.search(tree.text):
            self.add(tree.where, f"{what} has a control character", "printable text")
            return None
        return tree.text.strip() if tree.text is not None else None

    def texts(self, tree: Tree | None, what: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        return tuple(text for text, _ in self.located(tree, what))

    def located(self, tree: Tree | None, what: str) -> list[tuple[str, Where]]:
        """Return a list of texts, each with its own place."""
        if tree is None:
            return []
        items = tree.items if isinstance(tree, Sequence) else (tree,)
        return [(text, item.where) for item in items if (text := self.text(item, what))]

    def value(self, tree: Tree, declared: Property) -> Value | None:
        """Return the value of a property by its declared type, None where empty or wrong (then recorded)."""
        if declared.type == "texts":
            return self.texts(tree, declared.name) or None
        text = self.text(tree, declared.name)
        if not text:
            return None
        return self._typed(text, tree, declared)

    def _typed(self, text: str, tree: Tree, declared: Property) -> Value | None:
        if declared.type == "date":
            if is_date(text):
                return text
            self.add(tree.where, f"{declared.name}: {text!r} is not a date", "2009, 2009-09 or 2009-09-01")
            return None
        if declared.type in ("integer", "number"):
            return self._number(text, tree, declared)
        known = vocabulary().enumerations.get(declared.type)
        if known is not None and text not in known:
            hint = did_you_mean(text, known)
            self.add(tree.where, f"{declared.name}: {text!r} is unknown", f"one of {'、'.join(known)}", hint)
            return None
        return text

    def _number(self, text: str, tree: Tree, declared: Property) -> int | float | None:
        try:
            number: int | float = int(text) if declared.type == "integer" else float(text)
        except ValueError:
            expected = "a whole number" if declared.type == "integer" else "a number"
            self.add(tree.where, f"{declared.name}: {text!r} is not {expected}", expected)
            return None
        if not (0 <= number < MAX_NUMBER):  # also false for nan
            self.add(tree.where, f"{declared.name}: {text} is out of range", "0 or more, below 10^15")
            return None
        return number
