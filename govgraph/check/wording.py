"""The sentences of a rule's findings: templates compiled once, filled from the columns of a row in both languages."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from govgraph.errors import RuleError
from govgraph.model.case import Text
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govgraph.check.rules import Rule

Template = tuple[str, tuple[str, ...]]  # a %-format, and the columns that fill it
SHAPE = "shape"  # the column whose value chooses words of the rule


class Wording:
    """What a rule says; a template is compiled when it is first needed."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._compiled: dict[tuple[bool, str], tuple[Template, Template]] = {}

    def text(self, status: str, row: Mapping[str, Any]) -> Text:
        """Return the sentence of a finding in both languages.

        Raises:
            RuleError: it names a column that the query does not return.
        """
        shape = str(row.get(SHAPE))
        key = (status == "undetermined", shape if shape in self._rule.shapes else "")
        pair = self._compiled.get(key)
        if pair is None:
            pair = self._compiled[key] = self._pair(*key)
        (zh, zh_columns), (en, en_columns) = pair
        try:
            return Text(
                zh % tuple([_shown(row[name], "、") for name in zh_columns]),
                en % tuple([_shown(row[name], ", ", _english()) for name in en_columns]),
            )
        except KeyError as error:
            what = f"a message names {error.args[0]!r}, which the query does not return"
            raise RuleError(f"{self._rule.path}: {what}") from error

    def _pair(self, undetermined: bool, shape: str) -> tuple[Template, Template]:
        rule = self._rule
        words = rule.undetermined if undetermined and rule.undetermined else rule.messages
        shapes = rule.shapes.get(shape)
        return (
            _compile(words.zh, shapes.zh if shapes else None),
            _compile(words.en, shapes.en if shapes else None),
        )


def _compile(template: str, shape: str | None) -> Template:
    """Return a template whose columns stand in braces as a format, the words of the shape in their place."""
    pattern: list[str] = []
    columns: list[str] = []
    for literal, column, _, _ in Formatter().parse(template):
        pattern.append(literal.replace("%", "%%"))
        if column == SHAPE and shape is not None:
            inner, names = _compile(shape, None)
            pattern.append(inner)
            columns += names
        elif column is not None:
            pattern.append("%s")
            columns.append(column)
    return "".join(pattern), tuple(columns)


def _shown(value: Any, separator: str, words: Mapping[str, str] | None = None) -> str:
    """Show a value in a message: lists sorted and joined, words of the vocabulary translated, no trailing .0."""
    if isinstance(value, str):
        return words.get(value, value) if words else value
    if value is None:
        return "?"
    if isinstance(value, list | tuple):
        return separator.join(sorted({_shown(item, separator, words) for item in value if item is not None}))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@cache
def _english() -> dict[str, str]:
    """Return the words of the vocabulary's enumerations in English; the first enumeration with a word counts."""
    result: dict[str, str] = {}
    for terms in vocabulary().enumerations.values():
        for word, term in terms.items():
            result.setdefault(word, term.en)
    return result
