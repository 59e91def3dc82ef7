"""Conditions of Cypher on facts of a case: `x.status = '现行' AND NOT EXISTS { MATCH (x)-[r:出资]->(d) }`, in Python.

Understood is what both engines surely understand alike: equality, IN, IS NULL, AND, OR, NOT, coalesce and CASE WHEN
over texts and properties, EXISTS and COUNT of one step. Everything else is an `UnclearError`, and the caller must
leave it to an engine.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from govgraph.check.patterns import UnclearError, clauses, closing, patterns
from govgraph.check.truth import COMPARISONS, either, negated, truth
from govgraph.model.case import Relation
from govgraph.store.schema import DERIVED_COLUMNS, node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from govgraph.check.patterns import Pattern, Token
    from govgraph.model.case import Node

    Facts = Mapping[str, Node | Relation]
    Term = Callable[[Facts], Any]

NEVER_READ = frozenset({"case_id", "source", "quotes", "line", "file"})  # columns that a fact has elsewhere
GIVEN = frozenset({"id", "name", "kind", "type", "status"})


class Graph(Protocol):
    """Where the facts of a pattern are found."""

    def facts(self, pattern: Pattern, known: Facts) -> Iterator[dict[str, Node | Relation]]:
        """Yield what meets a pattern, by its names; ``known`` are the nodes that some of them mean already."""


class Condition:
    """A condition, or another expression, on some variables, which are ``variables`` after it is read.

    Args:
        words: its tokens.
        parameters: values for ``$name``.
        graph: where EXISTS and COUNT look.
        scope: the names it may use, with what each is called among the facts.
        taken: names that mean something else; a name within EXISTS or COUNT that is in neither is its own.
        terms: what the names of a WITH … AS stand for.

    Raises:
        UnclearError: it says something that is not understood here.
    """

    def __init__(
        self,
        words: Sequence[Token],
        parameters: Mapping[str, Any],
        graph: Graph,
        scope: Mapping[str, str],
        taken: frozenset[str] = frozenset(),
        terms: Mapping[str, Condition] | None = None,
    ) -> None:
        self.variables: set[str] = set()
        self.nested = False
        self._parameters = parameters
        self._graph = graph
        self._scope = scope
        self._taken = taken
        self._terms = terms or {}
        self._words = words
        self._next = 0
        self._term = self._either()
        if self._next < len(words):
            raise UnclearError(" ".join(word.text for word in words[self._next :]))

    def sought(self, variable: str) -> Condition | None:
        """Return what a variable's id must be where the condition is just that, ``x.id = …`` or ``… = x.id``."""
        for key, sign, rest in ((self._words[:3], 3, self._words[4:]), (self._words[-3:], -4, self._words[:-4])):
            texts = [word.text for word in key]
            if texts[1:] == [".", "id"] and self._scope.get(texts[0]) == variable and self._words[sign].text == "=":
                with suppress(UnclearError):
                    return Condition(rest, self._parameters, self._graph, self._scope, self._taken, self._terms)
        return None

    def holds(self, facts: Facts) -> bool | None:
        """Tell whether the condition holds of nodes and relations by variable; None is Cypher's null.

        Raises:
            UnclearError: it compares what is not comparable.
        """
        return truth(self._term(facts))

    def value(self, facts: Facts) -> Any:
        """Return the value of what need not be a condition."""
        return self._term(facts)

    def _peek(self) -> str:
        return self._words[self._next].keyword if self._next < len(self._words) else ""

    def _skip(self, word: str) -> bool:
        found = self._peek() == word
        self._next += found
        return found

    def _take(self, expected: str = "") -> Token:
        if self._next >= len(self._words) or (expected and self._peek() != expected):
            raise UnclearError(f"{expected or 'something'} is missing")
        self._next += 1
        return self._words[self._next - 1]

    def _either(self) -> Term:
        parts = [self._both()]
        while self._skip("OR"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda facts: either([part(facts) for part in parts])

    def _both(self) -> Term:
        parts = [self._not()]
        while self._skip("AND"):
            parts.append(self._not())
        if len(parts) == 1:
            return parts[0]
        return lambda facts: negated(either([negated(part(facts)) for part in parts]))

    def _not(self) -> Term:
        if self._skip("NOT"):
            inner = self._not()
            return lambda facts: negated(inner(facts))
        return self._comparison()

    def _comparison(self) -> Term:
        left = self._value()
        if self._skip("IS"):
            wanted = not self._skip("NOT")
            self._take("NULL")
            return lambda facts: (left(facts) is None) is wanted
        for sign, compared in COMPARISONS.items():
            if self._skip(sign):
                right = self._value()
                return lambda facts: compared(left(facts), right(facts))
        return left

    def _value(self) -> Term:
        if self._skip("("):
            inner = self._either()
            self._take(")")
            return inner
        if self._skip("["):
            items = self._list("]")
            return lambda facts: [item(facts) for item in items]
        if self._skip("CASE"):
            return self._case()
        word = self._take()
        if word.kind != "word":
            constant = self._constant(word)
            return lambda _: constant
        return self._named(word)

    def _named(self, word: Token) -> Term:
        if word.keyword in ("EXISTS", "COUNT") and self._peek() == "{":
            return self._nested(word.keyword)
        if word.keyword == "COALESCE" and self._skip("("):
            choices = self._list(")")
            return lambda facts: next((value for item in choices if (value := item(facts)) is not None), None)
        if word.text in self._terms and self._peek() != ".":
            self.variables |= self._terms[word.text].variables
            return self._terms[word.text].value
        self._take(".")
        return self._property(word.text, self._take().text)

    def _constant(self, word: Token) -> Any:
        if word.kind == "text":
            return word.text[1:-1]
        if word.kind == "number":
            return int(word.text)
        if word.kind == "parameter" and word.text[1:] in self._parameters:
            return self._parameters[word.text[1:]]
        raise UnclearError(word.text)

    def _list(self, end: str) -> list[Term]:
        items: list[Term] = []
        while not self._skip(end):
            if items:
                self._take(",")
            items.append(self._value())
        return items

    def _case(self) -> Term:
        branches: list[tuple[Term, Term]] = []
        while self._skip("WHEN"):
            when = self._either()
            self._take("THEN")
            branches.append((when, self._value()))
        otherwise: Term = self._value() if self._skip("ELSE") else lambda _: None
        self._take("END")

        def chosen(facts: Facts) -> Any:
            for when, then in branches:
                if truth(when(facts)):
                    return then(facts)
            return otherwise(facts)

        return chosen

    def _property(self, name: str, column: str) -> Term:
        if name not in self._scope:
            raise UnclearError(name)
        variable = self._scope[name]
        self.variables.add(variable)
        of_nodes, of_relations = (column in columns for columns in _columns())
        given = column in GIVEN

        def read(facts: Facts) -> Any:
            fact = facts[variable]
            if not (of_relations if isinstance(fact, Relation) else of_nodes):
                raise UnclearError(column)
            return getattr(fact, column) if given else fact.properties.get(column)

        return read

    def _nested(self, word: str) -> Term:
        """Read EXISTS { … } or COUNT { … } of one step or node, with what WHERE says of it."""
        self.nested = True
        begin = self._next
        self._next = closing(self._words, begin) + 1
        parts = clauses(self._words[begin + 1 : self._next - 1])
        if [name for name, _ in parts] not in (["MATCH"], ["MATCH", "WHERE"]) or "{" in map(_keyword, parts[0][1]):
            raise UnclearError(word)
        found = patterns(parts[0][1])
        names = [name for name in found[0].names if name]
        own = {name: name for name in names if name not in self._scope}
        if len(found) > 1 or not found[0].single or len(set(names)) < len(names) or not self._taken.isdisjoint(own):
            raise UnclearError(word)
        if word == "COUNT" and not found[0].direction:
            raise UnclearError("how often a relation to itself counts")
        scope = {**self._scope, **own}
        pattern = replace(found[0], names=tuple(scope.get(name, "") for name in found[0].names))
        where = [
            Condition(body, self._parameters, self._graph, scope, self._taken, self._terms) for _, body in parts[1:]
        ]
        used = {*pattern.names, *(variable for condition in where for variable in condition.variables)}
        self.variables |= used - own.keys() - {""}

        def matches(facts: Facts) -> Iterator[bool]:
            for match in self._graph.facts(pattern, facts):
                if all(condition.holds({**facts, **match}) for condition in where):
                    yield True

        return (lambda facts: any(matches(facts))) if word == "EXISTS" else lambda facts: sum(matches(facts))


def _keyword(word: Token) -> str:
    return word.keyword


@cache
def _columns() -> tuple[frozenset[str], frozenset[str]]:
    """Return the properties of nodes and of relations that a case tells."""
    relations = {*relation_columns(), *DERIVED_COLUMNS}
    return frozenset(node_columns().keys() - NEVER_READ), frozenset(relations - NEVER_READ)
