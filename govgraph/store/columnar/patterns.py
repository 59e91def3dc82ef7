"""Patterns of Cypher into joins of SQL: the relations by the numbers of their ends, the nodes only where they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.store.columnar import tree
from govgraph.store.columnar.layout import (
    ends_of,
    families,
    first_number,
    last_number,
)
from govgraph.store.columnar.parser import refused
from govgraph.store.columnar.scope import Block, Entity, Value
from govgraph.store.schema import relation_tables

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from govgraph.store.columnar.scope import Turned

from govgraph.store.columnar.expressions import ExpressionWriter


class PatternWriter:
    """Writes MATCH, OPTIONAL MATCH, EXISTS and COUNT.

    Args:
        cypher: the query, for what errors say.
        parameters: the values given with it.
    """

    def __init__(self, cypher: str, parameters: Mapping[str, Any]) -> None:
        self._cypher = cypher
        self.expressions = ExpressionWriter(cypher, parameters, self.subquery)

    def match(self, match: tree.Match, block: Block) -> None:
        """Join what a clause matches to a block."""
        if not match.optional:
            self._patterns(match, block)
            return
        inner = block.within()
        self._patterns(match, inner)
        conditions = " AND ".join(inner.conditions)
        source = f"({inner.source})" if " JOIN " in inner.source else inner.source
        if source:
            block.join(source, conditions, outer=True)
        for name, found in inner.names.items():
            if isinstance(found, Entity):
                found.nullable, found.home = True, block
            block.names[name] = found

    def subquery(self, expression: tree.Subquery, block: Block) -> Value:
        """Return the SQL of ``EXISTS { … }`` or ``COUNT { … }``."""
        inner = block.within()
        for match in expression.matches:
            self._patterns(match, inner)
        if expression.word == "COUNT":
            return Value(f"({inner.select('count(*)')})", "INT64")
        return Value(f"EXISTS ({inner.select('1')})", "BOOL")

    def _patterns(self, match: tree.Match, block: Block) -> None:
        """Join the paths of a clause; no relation stands in two places of them."""
        relations: list[Entity] = []
        for path in match.paths:
            self._path(path, block, relations)
        if match.condition is not None:
            block.conditions.append(self.expressions.condition(match.condition, block))

    def _path(self, path: tree.Path, block: Block, relations: list[Entity]) -> None:
        if not path.relations:
            self._node(path.nodes[0], block)
            return
        ends: list[Entity | None] = [self._bound(node, block) for node in path.nodes]
        for number, pattern in enumerate(path.relations):
            labels = [self._labels(node) for node in path.nodes[number : number + 2]]
            near, far = ends[number], ends[number + 1]
            known = [
                frozenset(wanted) & frozenset(end.labels if end else wanted)
                for wanted, end in zip(labels, (near, far), strict=True)
            ]
            turned, possible = self._types(pattern, *known)
            if pattern.steps:
                source, alias = self._steps(pattern.steps, turned, block)
            else:
                source, alias = block.tables.relations(turned)
            start, end = f"{alias}._a", f"{alias}._b"
            conditions = [] if possible else ["FALSE"]
            reached = _reached(turned) if not pattern.steps else (frozenset(families()), frozenset(families()))
            if near is not None:
                conditions.append(f"{start} = {near.number}")
            if far is not None:
                conditions.append(f"{end} = {far.number}")
            for number_, wanted, present in zip((start, end), known, reached, strict=True):
                if not present <= wanted:
                    conditions.append(_within(number_, wanted))
            if pattern.steps:
                if relations or len(path.relations) > 1:
                    raise refused(
                        self._cypher, pattern.place, "a relation of several steps stands alone in a MATCH here"
                    )
            else:
                relation = Entity(
                    False, block.tables.number(alias), tuple(dict.fromkeys(t for t, _ in turned)), block, alias
                )
                for other in relations:
                    if set(other.labels) & set(relation.labels):
                        conditions.append(f"{relation.number} <> {other.number}")
                relations.append(relation)
            block.join(source)
            block.conditions += conditions
            for place, (found, column) in enumerate(((near, start), (far, end)), number):
                if found is None:
                    reachable = tuple(f for f in families() if f in known[place - number] & reached[place - number])
                    ends[place] = self._bind(path.nodes[place], block, column, reachable or families()[:1])
            self._equal_ends(path, number, ends, block, (start, end))
            if not pattern.steps:
                self._bind_relation(pattern, relation, block)
        for node, entity in zip(path.nodes, ends, strict=True):
            if entity is not None:
                self._properties(node.properties, entity, block)

    def _equal_ends(
        self, path: tree.Path, number: int, ends: list[Entity | None], block: Block, columns: tuple[str, str]
    ) -> None:
        """A variable that stands at several places of a path is one node."""
        for place, column in zip((number, number + 1), columns, strict=True):
            name, found = path.nodes[place].variable, ends[place]
            if name is not None and found is not None and found.number != column:
                first = block.names.get(name)
                if isinstance(first, Entity) and first is not found:
                    block.conditions.append(f"{first.number} = {found.number}")
            for later in range(place + 1, len(ends)):
                if ends[later] is None and name is not None and path.nodes[later].variable == name:
                    ends[later] = found

    def _node(self, node: tree.NodePattern, block: Block) -> None:
        """Join a node that stands alone."""
        wanted = self._labels(node)
        bound = self._bound(node, block)
        if bound is None:
            source, alias = block.tables.nodes(wanted)
            block.join(source)
            bound = Entity(True, f"{alias}._n", wanted, block, alias)
            if node.variable:
                block.names[node.variable] = bound
        elif not frozenset(bound.labels) <= frozenset(wanted):
            block.conditions.append(_within(bound.number, frozenset(bound.labels) & frozenset(wanted)))
        elif bound.nullable:
            block.conditions.append(f"{bound.number} IS NOT NULL")
        self._properties(node.properties, bound, block)

    def _bound(self, node: tree.NodePattern, block: Block) -> Entity | None:
        found = block.find(node.variable) if node.variable else None
        if isinstance(found, Value):
            raise refused(self._cypher, node.place, f"{node.variable!r} is no node")
        return found

    def _bind(self, node: tree.NodePattern, block: Block, column: str, labels: tuple[str, ...]) -> Entity:
        found = Entity(True, column, labels, block)
        if node.variable:
            if node.variable in block.names:  # it stands twice in this path
                other = block.names[node.variable]
                if isinstance(other, Entity):
                    block.conditions.append(f"{column} = {other.number}")
                    return other
            block.names[node.variable] = found
        return found

    def _bind_relation(self, pattern: tree.RelationPattern, relation: Entity, block: Block) -> None:
        if pattern.variable:
            known = block.find(pattern.variable)
            if isinstance(known, Entity):
                block.conditions.append(f"{relation.number} = {known.number}")
            else:
                block.names[pattern.variable] = relation
        self._properties(pattern.properties, relation, block)

    def _properties(self, properties: tuple[tuple[str, tree.Expression], ...], entity: Entity, block: Block) -> None:
        for name, expression in properties:
            if name not in entity.columns:
                raise refused(self._cypher, 0, f"{'、'.join(entity.labels[:3])} has no property {name!r}")
            value = self.expressions.value(expression, block)
            same = f"({entity.column(name)} = {value.sql})"
            block.conditions.append(
                self.expressions.same_text(entity, name, value.sql) if value.type == "STRING" else same
            )

    def _labels(self, node: tree.NodePattern) -> tuple[str, ...]:
        for label in node.labels:
            if label not in families():
                raise refused(self._cypher, node.place, f"no label {label!r}; known: {'、'.join(families())}")
        return node.labels or families()

    def _types(self, pattern: tree.RelationPattern, near: Collection[str], far: Collection[str]) -> tuple[Turned, bool]:
        """Return the types, as they run or turned round, that may join two nodes, and whether there are any."""
        for type_ in pattern.types:
            if type_ not in relation_tables():
                raise refused(
                    self._cypher, pattern.place, f"no relation type {type_!r}; known: {'、'.join(relation_tables())}"
                )
        wanted = list(dict.fromkeys(pattern.types)) or list(relation_tables())
        sides = {">": (False,), "<": (True,), "": (False, True)}[pattern.direction]
        every = tuple((type_, back) for type_ in wanted for back in sides)
        if pattern.steps:  # what lies between may be anything
            return every, True
        fitting = tuple(
            (type_, back)
            for type_, back in every
            if (ends := ends_of(type_)[:: -1 if back else 1]) and ends[0] & set(near) and ends[1] & set(far)
        )
        return fitting or every, bool(fitting)

    def _steps(self, steps: tuple[int, int], turned: Turned, block: Block) -> tuple[str, str]:
        """Return a table of the ends of all walks that use no relation twice, of each length in turn, and its alias."""
        tables = block.tables
        parts = []
        for length in range(steps[0], steps[1] + 1):
            if not length:
                source, alias = tables.nodes(families()[:-1])
                parts.append(f"SELECT {alias}._n AS _a, {alias}._n AS _b FROM {source}")
                continue
            walk = [tables.relations(turned) for _ in range(length)]
            joined, begin = walk[0]
            for number, (source, alias) in enumerate(walk[1:], 1):
                here = tables.number(alias)
                apart = "".join(f" AND {here} <> {tables.number(other)}" for _, other in walk[:number])
                joined += f" JOIN {source} ON {alias}._a = {walk[number - 1][1]}._b{apart}"
            parts.append(f"SELECT {begin}._a AS _a, {walk[-1][1]}._b AS _b FROM {joined}")
        alias = tables.alias()
        return f"({' UNION ALL '.join(parts)}) {alias}", alias


def _reached(turned: Turned) -> tuple[frozenset[str], frozenset[str]]:
    """Return the families that some types begin and end at, as they are turned."""
    ends = [ends_of(type_)[:: -1 if back else 1] for type_, back in turned]
    return frozenset().union(*(end[0] for end in ends)), frozenset().union(*(end[1] for end in ends))


def _within(number: str, wanted: Collection[str]) -> str:
    """Return the condition that a node is of some families."""
    ranges = [f"{number} BETWEEN {first_number(f)} AND {last_number(f)}" for f in families() if f in wanted]
    return f"({' OR '.join(ranges)})" if ranges else "FALSE"
