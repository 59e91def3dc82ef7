"""What a query demands of a graph before it gives a row: steps, nodes, and conditions on them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govgraph.check.conditions import Condition
from govgraph.check.patterns import has_properties, patterns
from govgraph.check.truth import UnclearError
from govgraph.cypher import tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.check.conditions import Graph
    from govgraph.check.patterns import Pattern


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

    def read(self, query: tree.Query) -> None:
        """Read a query: the steps and nodes that must be there for a row, and conditions on them."""
        for clause in query.clauses:
            self.clause(clause)
        self._project(query.result)

    def clause(self, clause: tree.Clause) -> None:
        """Read one clause.

        Raises:
            UnclearError: it is not understood, and all must be.
        """
        self._taken |= _names(clause)
        match clause:
            case tree.Match(optional=False):
                for path in clause.paths:
                    self._demand(path)
                self._restrict(clause.condition)
            case tree.With():
                self._project(clause.projection)
                self._restrict(clause.condition)
            case tree.Unwind():
                self.variables.pop(clause.name, None)
                self._terms.pop(clause.name, None)

    def _demand(self, path: tree.Path) -> None:
        try:
            found = patterns(path)
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
        if self._strict and (has_properties(path) or not _is_free(self.patterns)):
            raise UnclearError("properties in a pattern, or relations that may be the same")

    def _variable(self, name: str) -> str:
        """Return the variable that a name means now; one without a name is always another."""
        self._made += 1
        return self.variables.setdefault(name, f"{name} {self._made}") if name else f" {self._made}"

    def _restrict(self, condition: tree.Expression | None) -> None:
        for part in tree.demanded(condition):
            try:
                self.conditions.append(self._expression(part))
            except UnclearError:
                if self._strict:
                    raise

    def _expression(self, expression: tree.Expression) -> Condition:
        return Condition(
            expression, self._parameters, self._graph, dict(self.variables), self._taken, dict(self._terms)
        )

    def _project(self, projection: tree.Projection) -> None:
        """Follow WITH or RETURN. Without a plain column to group by, it may count nothing to a row."""
        if projection.items is None:  # all of them go on
            return
        if any(map(_calls, projection.items)) and not any(map(_groups, projection.items)):
            self.patterns.clear()
        variables: dict[str, str] = {}
        terms: dict[str, Condition] = {}
        for item in projection.items:
            named = item.expression.name if isinstance(item.expression, tree.Variable) else ""
            if named in self.variables:
                variables[item.name] = self.variables[named]
            else:
                with suppress(UnclearError):
                    terms[item.name] = self._expression(item.expression)
        self.variables, self._terms = variables, terms


def _is_free(wanted: Sequence[Pattern]) -> bool:
    """Tell whether no relation can be met by two of the patterns: engines do not agree on whether it then counts."""
    types = [pattern.types for pattern in wanted if len(pattern.names) > 1]
    return sum(map(len, types)) == len(frozenset().union(*types)) and (all(types) or len(types) == 1)


def _calls(item: tree.Item) -> bool:
    """Tell whether an item calls a function, which may count."""
    return any(isinstance(part, tree.Call) for part in tree.parts_within(item))


def _groups(item: tree.Item) -> bool:
    """Tell whether an item is surely what rows are grouped by: it calls nothing, and names something."""
    return not _calls(item) and any(isinstance(part, tree.Variable) for part in tree.parts_within(item, nested=False))


def _names(clause: tree.Clause) -> frozenset[str]:
    """Return the names that a clause uses or gives; what EXISTS and COUNT hold has names of its own."""
    found: set[str] = set()
    for part in tree.parts_within(clause, nested=False):
        match part:
            case tree.Variable(name) | tree.Item(name=name) | tree.Unwind(name=name):
                found.add(name)
            case tree.NodePattern(variable=name) | tree.RelationPattern(variable=name):
                found.add(name or "")
    return frozenset(found)
