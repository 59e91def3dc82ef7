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

from govgraph.check.patterns import has_properties, patterns
from govgraph.check.truth import COMPARISONS, UnclearError, either, negated, truth
from govgraph.cypher import tree
from govgraph.model.case import Relation
from govgraph.store.schema import DERIVED_COLUMNS, node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from govgraph.check.patterns import Pattern
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
        expression: what it says.
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
        expression: tree.Expression,
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
        self._expression = expression
        self._readers: Mapping[type, Callable[[Any], Term]] = {
            tree.Literal: self._literal,
            tree.Parameter: self._parameter,
            tree.Variable: self._variable,
            tree.Property: self._property,
            tree.Items: self._items,
            tree.Call: self._call,
            tree.Unary: self._unary,
            tree.Binary: self._binary,
            tree.IsNull: self._is_null,
            tree.Case: self._case,
            tree.Subquery: self._subquery,
        }
        self._term = self._read(expression)

    def sought(self, variable: str) -> Condition | None:
        """Return what a variable's id must be where the condition is just that, ``x.id = …`` or ``… = x.id``."""
        said = self._expression
        if not isinstance(said, tree.Binary) or said.sign != "=":
            return None
        for side, other in ((said.left, said.right), (said.right, said.left)):
            match side:
                case tree.Property(tree.Variable(name), "id") if self._scope.get(name) == variable:
                    with suppress(UnclearError):
                        return Condition(other, self._parameters, self._graph, self._scope, self._taken, self._terms)
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

    def _read(self, expression: tree.Expression) -> Term:
        reader = self._readers.get(type(expression))
        if reader is None:
            raise UnclearError(type(expression).__name__)
        return reader(expression)

    def _literal(self, literal: tree.Literal) -> Term:
        if type(literal.value) not in (str, int):
            raise UnclearError(repr(literal.value))
        return lambda _: literal.value

    def _parameter(self, parameter: tree.Parameter) -> Term:
        if parameter.name not in self._parameters:
            raise UnclearError(parameter.name)
        value = self._parameters[parameter.name]
        return lambda _: value

    def _variable(self, variable: tree.Variable) -> Term:
        if variable.name not in self._terms:
            raise UnclearError(variable.name)
        self.variables |= self._terms[variable.name].variables
        return self._terms[variable.name].value

    def _property(self, read: tree.Property) -> Term:
        if not isinstance(read.base, tree.Variable) or read.base.name not in self._scope:
            raise UnclearError(read.name)
        variable, column = self._scope[read.base.name], read.name
        self.variables.add(variable)
        of_nodes, of_relations = (column in columns for columns in _columns())
        given = column in GIVEN

        def value(facts: Facts) -> Any:
            fact = facts[variable]
            if not (of_relations if isinstance(fact, Relation) else of_nodes):
                raise UnclearError(column)
            return getattr(fact, column) if given else fact.properties.get(column)

        return value

    def _items(self, listed: tree.Items) -> Term:
        items = [self._read(item) for item in listed.items]
        return lambda facts: [item(facts) for item in items]

    def _call(self, call: tree.Call) -> Term:
        if call.name != "coalesce":
            raise UnclearError(call.name)
        choices = [self._read(argument) for argument in call.arguments]
        return lambda facts: next((value for item in choices if (value := item(facts)) is not None), None)

    def _unary(self, unary: tree.Unary) -> Term:
        if unary.sign != "NOT":
            raise UnclearError(unary.sign)
        inner = self._read(unary.operand)
        return lambda facts: negated(inner(facts))

    def _binary(self, binary: tree.Binary) -> Term:
        left, right = self._read(binary.left), self._read(binary.right)
        if binary.sign == "OR":
            return lambda facts: either([left(facts), right(facts)])
        if binary.sign == "AND":
            return lambda facts: negated(either([negated(left(facts)), negated(right(facts))]))
        if binary.sign not in COMPARISONS:
            raise UnclearError(binary.sign)
        compared = COMPARISONS[binary.sign]
        return lambda facts: compared(left(facts), right(facts))

    def _is_null(self, test: tree.IsNull) -> Term:
        operand = self._read(test.operand)
        return lambda facts: (operand(facts) is None) is not test.negated

    def _case(self, case: tree.Case) -> Term:
        if case.subject is not None:
            raise UnclearError("CASE of a value")
        branches = [(self._read(when), self._read(then)) for when, then in case.branches]
        otherwise: Term = self._read(case.default) if case.default is not None else lambda _: None

        def chosen(facts: Facts) -> Any:
            for when, then in branches:
                if truth(when(facts)):
                    return then(facts)
            return otherwise(facts)

        return chosen

    def _subquery(self, subquery: tree.Subquery) -> Term:
        """Read EXISTS { … } or COUNT { … } of one step or node, with what WHERE says of it."""
        self.nested = True
        paths = [path for match in subquery.matches for path in match.paths]
        if len(paths) > 1 or has_properties(paths[0]):
            raise UnclearError(subquery.word)
        found = patterns(paths[0])
        names = [name for name in found[0].names if name]
        own = {name: name for name in names if name not in self._scope}
        if len(found) > 1 or not found[0].single or len(set(names)) < len(names) or not self._taken.isdisjoint(own):
            raise UnclearError(subquery.word)
        if subquery.word == "COUNT" and not found[0].direction:
            raise UnclearError("how often a relation to itself counts")
        scope = {**self._scope, **own}
        pattern = replace(found[0], names=tuple(scope.get(name, "") for name in found[0].names))
        said = [match.condition for match in subquery.matches if match.condition is not None]
        where = [Condition(one, self._parameters, self._graph, scope, self._taken, self._terms) for one in said]
        used = {*pattern.names, *(variable for condition in where for variable in condition.variables)}
        self.variables |= used - own.keys() - {""}

        def matches(facts: Facts) -> Iterator[bool]:
            for match in self._graph.facts(pattern, facts):
                if all(condition.holds({**facts, **match}) for condition in where):
                    yield True

        return (lambda facts: any(matches(facts))) if subquery.word == "EXISTS" else lambda facts: sum(matches(facts))


@cache
def _columns() -> tuple[frozenset[str], frozenset[str]]:
    """Return the properties of nodes and of relations that a case tells."""
    relations = {*relation_columns(), *DERIVED_COLUMNS}
    return frozenset(node_columns().keys() - NEVER_READ), frozenset(relations - NEVER_READ)
