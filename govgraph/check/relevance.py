"""What queries give on a case, told without an engine where that is sure: to plan them is most of a small check.

A query gives no row where its MATCH clauses find nothing together, unless what comes after them counts to zero. This
looks for one match of all that they demand: relations of such types, between such families, of which all holds that
WHERE says of them. Whatever is not understood is taken as met: an answer is never lost. How many things a rule looks
at is told where all of the query is understood.
"""

from __future__ import annotations

from collections import Counter
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any

from govgraph.check.demands import Demands
from govgraph.check.truth import UnclearError
from govgraph.cypher import tree
from govgraph.cypher.parser import parse
from govgraph.errors import QueryError
from govgraph.model.view import superiors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govgraph.check.conditions import Condition, Facts
    from govgraph.check.patterns import Pattern
    from govgraph.model.case import Case, Node, Relation

MOST_TRIED = 20_000  # matches of steps that are tried for one query; then an engine is quicker


class Contents:
    """What a case holds, as the graph of it in a store: nodes by family, relations (with 上级) by type."""

    def __init__(self, case: Case) -> None:
        self._told: dict[tuple[str, str], bool] = {}
        self._counted: dict[tuple[str, str], int | None] = {}
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
        key = (cypher, str(parameters))
        if key not in self._told:
            self._told[key] = self._may_answer(cypher, parameters)
        return self._told[key]

    def _may_answer(self, cypher: str, parameters: Mapping[str, Any]) -> bool:
        try:
            reader = Demands(self, parameters)
            reader.read(_single(cypher))
            return any(True for _ in _Search(self, reader.patterns, reader.conditions).matches())
        except (UnclearError, QueryError):
            return True

    def count(self, cypher: str, parameters: Mapping[str, Any]) -> int | None:
        """Return what a query that only counts comes to; None where that is not sure.

        It must be ``MATCH … WHERE … RETURN count(DISTINCT x.id)``, or count x with more than so many y each:
        ``MATCH … WHERE … WITH x, count(DISTINCT y.id) AS n WHERE n > 1 RETURN count(x.id)``.
        """
        key = (cypher, str(parameters))
        if key not in self._counted:
            self._counted[key] = self._count(cypher, parameters)
        return self._counted[key]

    def _count(self, cypher: str, parameters: Mapping[str, Any]) -> int | None:
        try:
            query = _single(cypher)
            reader = Demands(self, parameters, strict=True)
            for clause in takewhile(_is_plain, query.clauses):
                reader.clause(clause)
            found = _Search(self, reader.patterns, reader.conditions, strict=True).matches()
            return _counted(found, reader.variables, query)
        except (UnclearError, QueryError, KeyError):
            return None

    def facts(self, pattern: Pattern, known: Facts) -> Iterator[dict[str, Node | Relation]]:
        """Yield the nodes, or the relations with their ends, that meet a pattern (see `Graph.facts`).

        Raises:
            UnclearError: the relation is known already.
        """
        if len(pattern.names) == 1:
            name = pattern.names[0]
            given = known.get(name)
            families = pattern.families[0] or self._by_family.keys()
            if given is not None:
                if getattr(given, "family", None) in families:
                    yield {name: given}
                return
            for node in (node for family in families for node in self._by_family.get(family, ())):
                yield {name: node}
            return
        start, relation_name, end = pattern.names
        if relation_name in known:
            raise UnclearError("a relation that is known already")
        first, last = known.get(start), known.get(end)
        begins, ends = pattern.families
        for type_ in pattern.types or self._by_type.keys():
            for left, relation, right in self._steps(type_, pattern.direction, first, last):
                if (not begins or left.family in begins) and (not ends or right.family in ends):
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

    def node(self, identity: object) -> Node | None:
        """Return the node of an id."""
        return self._nodes.get(identity) if isinstance(identity, str) else None

    def size(self, pattern: Pattern) -> int:
        """Return how many nodes or relations there are of what a pattern names."""
        if len(pattern.names) == 1:
            return sum(len(self._by_family.get(family, ())) for family in pattern.families[0] or self._by_family)
        return sum(len(self._by_type.get(type_, ())) for type_ in pattern.types or self._by_type)


class _Search:
    """A search for what meets some patterns together; where ``strict``, all that is not understood raises."""

    def __init__(
        self, contents: Contents, wanted: Sequence[Pattern], conditions: Sequence[Condition], *, strict: bool = False
    ) -> None:
        self._contents = contents
        self._wanted = wanted
        self._conditions = sorted(conditions, key=lambda condition: condition.nested)
        self._strict = strict
        self._tried = 0

    def matches(self) -> Iterator[Facts]:
        """Yield what the variables may mean, each time for all patterns together.

        Raises:
            UnclearError: that takes too long.
        """
        if not self._strict and not all(self._is_met(pattern) for pattern in self._wanted):
            return
        if len(self._wanted) > 1 or self._strict:
            yield from self._extended({}, self._ordered(), self._conditions)
        else:
            yield {}

    def _is_met(self, pattern: Pattern) -> bool:
        """Tell whether anything may meet a pattern by itself; the condition that failed last is asked first."""
        order = [item for item in self._conditions if item.variables <= {*pattern.names}]
        for facts in self._contents.facts(pattern, {}):
            for number, condition in enumerate(order):
                if not self._holds(condition, facts):
                    order.insert(0, order.pop(number))
                    break
            else:
                return True
        return False

    def _ordered(self) -> list[Pattern]:
        """Return the patterns, the rarest first, each that follows joined to those before it where one is."""
        left = sorted(self._wanted, key=self._contents.size)
        order: list[Pattern] = []
        known: set[str] = set()
        while left:
            chosen = next((pattern for pattern in left if known & {*pattern.names}), left[0])
            left.remove(chosen)
            order.append(chosen)
            known |= {*chosen.names}
        return order

    def _extended(self, known: Facts, left: Sequence[Pattern], conditions: Sequence[Condition]) -> Iterator[Facts]:
        if not left:
            yield known
            return
        bound = {*known, *left[0].names}
        now = [item for item in conditions if item.variables <= bound]
        later = [item for item in conditions if not item.variables <= bound]
        for match in self._candidates(left[0], known, now):
            self._tried += 1
            if self._tried > MOST_TRIED:
                raise UnclearError("too many matches")
            facts = {**known, **match}
            if all(self._holds(condition, facts) for condition in now):
                yield from self._extended(facts, left[1:], later)

    def _candidates(self, pattern: Pattern, known: Facts, conditions: Sequence[Condition]) -> Iterator[Facts]:
        """Yield what may meet a pattern: the one node whose id a condition tells, or all."""
        if len(pattern.names) == 1:
            for condition in conditions:
                sought = condition.sought(pattern.names[0])
                if sought is not None and sought.variables <= known.keys():
                    node = self._contents.node(sought.value(known))
                    return self._contents.facts(pattern, {**known, pattern.names[0]: node}) if node else iter(())
        return self._contents.facts(pattern, known)

    def _holds(self, condition: Condition, facts: Facts) -> bool:
        try:
            return condition.holds(facts) is True
        except UnclearError:
            if self._strict:
                raise
            return True


def _single(cypher: str) -> tree.Query:
    """Read a query that is no UNION.

    Raises:
        UnclearError: it is one.
        QueryError: it does not read.
    """
    queries = parse(cypher).queries
    if len(queries) > 1:
        raise UnclearError("UNION")
    return queries[0]


def _counted(found: Iterator[Facts], variables: Mapping[str, str], query: tree.Query) -> int:
    """Count matches as a query says (see `Contents.count`)."""
    (result,) = _plain_items(query.result, 1)
    last, distinct = _counts(result)
    match tuple(dropwhile(_is_plain, query.clauses)):
        case ():
            ids = [facts[variables[last]].id for facts in found]
            return len(set(ids) if distinct else ids)
        case [tree.With(projection, tree.Binary(">", tree.Variable(number), tree.Literal(int(least))))]:
            group, each = _plain_items(projection, 2)
            other, once = _counts(each)
            if once and each.name == number and group.expression == tree.Variable(last):
                pairs = {(facts[variables[last]].id, facts[variables[other]].id) for facts in found}
                sizes = Counter(first for first, _ in pairs)
                return sum(size > least for size in sizes.values())
    raise UnclearError("no such count")


def _is_plain(clause: tree.Clause) -> bool:
    return isinstance(clause, tree.Match) and not clause.optional


def _plain_items(projection: tree.Projection, count: int) -> tuple[tree.Item, ...]:
    """Return the items of a WITH or RETURN that says nothing else."""
    items = projection.items or ()
    if len(items) != count or projection.distinct or projection.skip is not None or projection.limit is not None:
        raise UnclearError("no such count")
    return items


def _counts(item: tree.Item) -> tuple[str, bool]:
    """Read ``count(x.id)`` or ``count(DISTINCT x.id)``: the name, and whether it is distinct."""
    match item.expression:
        case tree.Call("count", (tree.Property(tree.Variable(name), "id"),), distinct):
            return name, distinct
    raise UnclearError("not a count of ids")
