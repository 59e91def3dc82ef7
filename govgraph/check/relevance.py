"""Which queries give nothing on a case, told without an engine: to read and plan a query is most of a small check.

A query gives no row where one of its MATCH clauses finds nothing, unless what comes after it counts to zero. Of each
step that a MATCH demands, this asks whether the case has any relation of such a type, between such families, of which
all holds that WHERE says of it and its two ends. Whatever is not understood is taken as met: an answer is never lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govgraph.check.conditions import Condition
from govgraph.check.patterns import UnclearError, clauses, patterns, split, tokens
from govgraph.model.view import superiors
from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import relation_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govgraph.check.conditions import Facts
    from govgraph.check.patterns import Pattern, Token
    from govgraph.model.case import Case, Node, Relation


class Contents:
    """What a case holds, as the graph of it in a store: nodes by family, relations (with 上级) by type."""

    def __init__(self, case: Case) -> None:
        self._nodes = case.by_id
        self._by_family: dict[str, list[Node]] = {}
        for node in case.nodes:
            self._by_family.setdefault(node.family, []).append(node)
        self._by_type: dict[str, list[Relation]] = {}
        self._leaving: dict[tuple[str, str], list[Relation]] = {}
        self._arriving: dict[tuple[str, str], list[Relation]] = {}
        for relation in (*case.relations, *superiors(case.by_id, case.relations)):
            self._by_type.setdefault(relation.type, []).append(relation)
            self._leaving.setdefault((relation.type, relation.start), []).append(relation)
            self._arriving.setdefault((relation.type, relation.end), []).append(relation)

    def may_answer(self, cypher: str, parameters: Mapping[str, Any]) -> bool:
        """Return False where a query (one branch, without UNION) surely gives no row on the case."""
        try:
            wanted, conditions = _Reader(self, parameters).read(tokens(cypher))
            return all(
                self._is_met(pattern, [item for item in conditions if item.variables <= {*pattern.names}])
                for pattern in wanted
            )
        except UnclearError:
            return True

    def _is_met(self, pattern: Pattern, conditions: Sequence[Condition]) -> bool:
        """Tell whether anything may meet a pattern; the condition that failed last is asked first."""
        order = sorted(conditions, key=lambda condition: condition.nested)
        for facts in self.facts(pattern, {}):
            for number, condition in enumerate(order):
                if not _may_hold(condition, facts):
                    order.insert(0, order.pop(number))
                    break
            else:
                return True
        return False

    def facts(self, pattern: Pattern, known: Facts) -> Iterator[dict[str, Node | Relation]]:
        """Yield the nodes, or the relations with their ends, that meet a pattern (see `Graph.facts`).

        Raises:
            UnclearError: the vocabulary has no such family or type.
        """
        if (
            not vocabulary().families.keys() >= set().union(*pattern.families)
            or not relation_tables().keys() >= pattern.types
        ):
            raise UnclearError("a word that is not of the vocabulary")
        if len(pattern.names) == 1:
            name = pattern.names[0]
            given = known.get(name)
            families = pattern.families[0] or self._by_family.keys()
            for node in (node for family in families for node in self._by_family.get(family, ())):
                if given is None or given is node:
                    yield {name: node}
            return
        start, relation_name, end = pattern.names
        if relation_name in known:
            raise UnclearError("a relation that is known already")
        first, last = known.get(start), known.get(end)
        for type_ in pattern.types or self._by_type.keys():
            for left, relation, right in self._steps(type_, pattern.direction, first, last):
                if _fits(left, pattern.families[0]) and _fits(right, pattern.families[1]):
                    yield {start: left, relation_name: relation, end: right}

    def _steps(
        self, type_: str, direction: str, first: Node | Relation | None, last: Node | Relation | None
    ) -> Iterator[tuple[Node, Relation, Node]]:
        """Yield the relations of a type from a node (None: any) to a node, as the direction goes."""
        if direction != "<":
            for relation in self._between(type_, first, last):
                yield self._nodes[relation.start], relation, self._nodes[relation.end]
        if direction != ">":
            for relation in self._between(type_, last, first):
                yield self._nodes[relation.end], relation, self._nodes[relation.start]

    def _between(self, type_: str, start: Node | Relation | None, end: Node | Relation | None) -> Iterator[Relation]:
        if start is not None:
            found = self._leaving.get((type_, start.id), [])
        elif end is not None:
            found = self._arriving.get((type_, end.id), [])
        else:
            found = self._by_type.get(type_, [])
        return (relation for relation in found if end is None or relation.end == end.id)


def _fits(node: Node, families: frozenset[str]) -> bool:
    return not families or node.family in families


def _may_hold(condition: Condition, facts: Facts) -> bool:
    try:
        return condition.holds(facts) is True
    except UnclearError:
        return True


class _Reader:
    """Reads what a query needs, clause by clause. A name that a WITH drops and that comes again is another variable."""

    def __init__(self, contents: Contents, parameters: Mapping[str, Any]) -> None:
        self._contents = contents
        self._parameters = parameters
        self._variables: dict[str, str] = {}
        self._taken: frozenset[str] = frozenset()
        self._made = 0
        self._patterns: list[Pattern] = []
        self._conditions: list[Condition] = []

    def read(self, words: Sequence[Token]) -> tuple[list[Pattern], list[Condition]]:
        """Return the steps and nodes that must be there for the query to give a row, and conditions on them.

        Raises:
            UnclearError: the query is none that can be followed.
        """
        for name, body in clauses(words):
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
                self._variables.pop(body[-1].text, None)
        return self._patterns, self._conditions

    def _demand(self, words: Sequence[Token]) -> None:
        try:
            found = patterns(words)
        except UnclearError:
            return
        for pattern in found:
            names = tuple(self._variable(name) for name in pattern.names)
            if pattern.single and len(set(names)) == len(names):
                self._patterns.append(replace(pattern, names=names))

    def _variable(self, name: str) -> str:
        """Return the variable that a name means now; one without a name is always another."""
        self._made += 1
        return self._variables.setdefault(name, f"{name} {self._made}") if name else f" {self._made}"

    def _restrict(self, words: Sequence[Token]) -> None:
        try:
            self._conditions.append(
                Condition(words, self._parameters, self._contents, dict(self._variables), self._taken)
            )
        except UnclearError:
            return

    def _project(self, body: Sequence[Token]) -> None:
        """Follow WITH or RETURN. Without a plain column to group by, it may count nothing to a row."""
        items = split(body[1:] if body and body[0].keyword == "DISTINCT" else body, ",")
        texts = [tuple(word.keyword or word.text for word in item) for item in items]
        plain = {item[0].text for item in items if len(item) == 1 and item[0].kind == "word"}
        if ("*",) not in texts and not plain - {"null", "true", "false"} and not any(map(_is_column, texts)):
            self._patterns.clear()
        kept = self._variables.keys() - {item[-1].text for item in items if item} if ("*",) in texts else plain
        self._variables = {name: self._variables[name] for name in kept & self._variables.keys()}


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
