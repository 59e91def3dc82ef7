"""What a query demands of a graph before it gives a row: steps, nodes, and conditions on them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govgraph.check.conditions import Condition
from govgraph.check.patterns import UnclearError, clauses, patterns, split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.check.conditions import Graph
    from govgraph.check.patterns import Pattern, Token


class Demands:
    """Reads what a query needs, clause by clause. A name that a WITH drops and that comes again is another variable.

    ``strict`` raises where something is not understood; it is left out otherwise.
    """

    def __init__(self, graph: Graph, parameters: Mapping[str, Any], *, strict: bool = False) -> None:
        self._graph = graph
        self._parameters = parameters
        self._strict = strict
        self._taken: frozenset[str] = frozenset()
        self._made = 0
        self.variables: dict[str, str] = {}
        self.patterns: list[Pattern] = []
        self.conditions: list[Condition] = []
        self._terms: dict[str, Condition] = {}

    def read(self, words: Sequence[Token]) -> None:
        """Read a query: the steps and nodes that must be there for a row, and conditions on them.

        Raises:
            UnclearError: the query is none that can be followed.
        """
        for name, body in clauses(words):
            self.clause(name, body)

    def clause(self, name: str, body: Sequence[Token]) -> None:
        """Read one clause."""
        self._taken |= _names(body)
        if name == "MATCH":
            for part in split(body, ","):
                self._demand(part)
        elif name == "WHERE":
            for part in split(body, "AND"):
                self._restrict(part)
        elif name in ("WITH", "RETURN"):
            self._project(body)
        elif name == "UNWIND":
            self.variables.pop(body[-1].text, None)
            self._terms.pop(body[-1].text, None)

    def _demand(self, words: Sequence[Token]) -> None:
        try:
            found = patterns(words)
        except UnclearError:
            if self._strict:
                raise
            return
        for pattern in found:
            names = tuple(self._variable(name) for name in pattern.names)
            if pattern.single and len(set(names)) == len(names):
                self.patterns.append(replace(pattern, names=names))
            elif self._strict:
                raise UnclearError("a way of several steps, or back to where it began")
        if self._strict and ("{" in {word.keyword for word in words} or not _is_free(self.patterns)):
            raise UnclearError("properties in a pattern, or relations that may be the same")

    def _variable(self, name: str) -> str:
        """Return the variable that a name means now; one without a name is always another."""
        self._made += 1
        return self.variables.setdefault(name, f"{name} {self._made}") if name else f" {self._made}"

    def _restrict(self, words: Sequence[Token]) -> None:
        try:
            self.conditions.append(self._expression(words))
        except UnclearError:
            if self._strict:
                raise

    def _expression(self, words: Sequence[Token]) -> Condition:
        return Condition(words, self._parameters, self._graph, dict(self.variables), self._taken, dict(self._terms))

    def _project(self, body: Sequence[Token]) -> None:
        """Follow WITH or RETURN. Without a plain column to group by, it may count nothing to a row."""
        items = split(body[1:] if body and body[0].keyword == "DISTINCT" else body, ",")
        texts = [tuple(word.keyword or word.text for word in item) for item in items]
        plain = {item[0].text for item in items if len(item) == 1 and item[0].kind == "word"}
        if ("*",) not in texts and not plain - {"null", "true", "false"} and not any(map(_is_column, texts)):
            self.patterns.clear()
        known = self.variables.keys() | self._terms.keys()
        kept = known - {item[-1].text for item in items if item} if ("*",) in texts else plain
        terms = {name: self._terms[name] for name in kept & self._terms.keys()}
        for item in items:
            if item[-2:-1] and item[-2].keyword == "AS":
                with suppress(UnclearError):
                    terms[item[-1].text] = self._expression(item[:-2])
        self.variables = {name: self.variables[name] for name in kept & self.variables.keys()}
        self._terms = terms


def _is_free(wanted: Sequence[Pattern]) -> bool:
    """Tell whether no relation can be met by two of the patterns: engines do not agree on whether it then counts."""
    types = [pattern.types for pattern in wanted if len(pattern.names) > 1]
    return sum(map(len, types)) == len(frozenset().union(*types)) and (all(types) or len(types) == 1)


def _is_column(item: Sequence[str]) -> bool:
    """Tell whether a projected item is ``x.name`` or ``x.name AS name`` and nothing else."""
    return item[1:2] == (".",) and item[3:4] in ((), ("AS",))


def _names(words: Sequence[Token]) -> frozenset[str]:
    """Return the words that stand outside braces: what EXISTS and COUNT hold has names of its own."""
    found: set[str] = set()
    depth = 0
    for word in words:
        depth += (word.keyword == "{") - (word.keyword == "}")
        if depth == 0 and word.kind == "word":
            found.add(word.text)
    return frozenset(found)
