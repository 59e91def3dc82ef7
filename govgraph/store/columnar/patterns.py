"""Patterns of Cypher into joins of SQL: relations by the numbers of their ends, nodes only where they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.cypher import tree
from govgraph.store.columnar.expressions import ExpressionWriter
from govgraph.store.columnar.layout import NULL_NUMBER, families, first_number, last_number
from govgraph.store.columnar.scope import NOTHING, Block, Entity, Value
from govgraph.store.schema import relation_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govgraph.store.columnar.layout import Catalog
    from govgraph.store.columnar.scope import Turned

Families = frozenset[str]


class PatternWriter:
    """Writes MATCH, OPTIONAL MATCH, EXISTS and COUNT.

    Args:
        cypher: the query, for what errors say.
        parameters: the values given with it.
    """

    def __init__(self, cypher: str, parameters: Mapping[str, Any]) -> None:
        self.expressions = ExpressionWriter(cypher, parameters, self.subquery)

    def match(self, match: tree.Match, block: Block) -> None:
        """Join what a clause matches to a block."""
        if not match.optional:
            self._patterns(match, block)
            return
        inner = block.within()
        self._patterns(match, inner)
        condition = " AND ".join(inner.conditions)
        if inner.source and not inner.is_empty:
            source = f"({inner.source})" if " JOIN " in inner.source else inner.source
            block.join(source, condition, outer=True)
        for name, found in inner.names.items():
            if isinstance(found, Entity):
                found.nullable, found.home = True, block
                if not inner.source:
                    found.number = f"CASE WHEN {condition} THEN {found.number} END"
                elif found.is_node and found.table:
                    found.number = f"{found.table}._n"
                if inner.is_empty:
                    found.number, found.table = NOTHING, None
            block.names[name] = found

    def subquery(self, expression: tree.Subquery, block: Block) -> Value:
        """Return the SQL of ``EXISTS { … }`` or ``COUNT { … }``."""
        inner = block.within()
        for match in expression.matches:
            self._patterns(match, inner)
        if inner.is_empty:
            return Value("0", "INT64") if expression.word == "COUNT" else Value("FALSE", "BOOL")
        if expression.word == "COUNT":
            return Value(f"({inner.select('count(*)')})", "INT64")
        return Value(f"EXISTS ({inner.select('1')})", "BOOL")

    def _patterns(self, match: tree.Match, block: Block) -> None:
        """Join the paths of a clause; no relation stands in two places of them."""
        relations: list[Entity] = []
        patterns = [pattern for path in match.paths for pattern in path.relations]
        for pattern in patterns:
            if pattern.steps and len(patterns) > 1:
                raise self.expressions.refused(pattern.place, "a relation of several steps stands alone in a MATCH")
        for path in match.paths:
            if path.relations:
                self._path(path, block, relations)
            else:
                self._alone(path.nodes[0], match, block)
        if match.condition is not None:
            block.conditions += self.expressions.condition(match.condition, block)

    def _alone(self, node: tree.NodePattern, match: tree.Match, block: Block) -> None:
        """Join a node without relations; one that a relation names is known by its number."""
        wanted = self._wanted(node, None)
        found = self._bound(node, block)
        if found is None:
            number = None if match.optional and len(match.paths) > 1 else self._named(node, match.condition, block)
            if number is None:
                source, alias = block.tables.nodes(_ordered(wanted))
                block.join(source)
                found = Entity(True, f"{alias}._n", _ordered(wanted), block, alias)
            else:
                found = Entity(True, number, _ordered(wanted), block)
                block.conditions.append("FALSE" if number == NULL_NUMBER else _within(number, wanted))
            if node.variable:
                block.names[node.variable] = found
        elif found.nullable or not wanted.issuperset(found.labels):
            block.conditions.append(_within(found.number, wanted.intersection(found.labels)))
        self._properties(node, found, block)

    def _named(self, node: tree.NodePattern, condition: tree.Expression | None, block: Block) -> str | None:
        """Return the number of the node that must be the one which a relation's property names."""
        identity = tree.Property(tree.Variable(node.variable), "id") if node.variable else None
        for part in tree.demanded(condition):
            if isinstance(part, tree.Binary) and part.sign == "=" and identity in (part.left, part.right):
                other = part.right if part.left == identity else part.left
                if number := self.expressions.named_number(other, block):
                    return number
        return None

    def _path(self, path: tree.Path, block: Block, relations: list[Entity]) -> None:
        """Join the relations of a path, from its beginning on."""
        near = self._bound(path.nodes[0], block)
        for number, pattern in enumerate(path.relations):
            if pattern.steps and (relations or len(path.relations) > 1):
                raise self.expressions.refused(pattern.place, "a relation of several steps stands alone in a MATCH")
            nodes = path.nodes[number], path.nodes[number + 1]
            begin, near = self._hop(pattern, nodes, near, block, relations)
            if not number:
                self._properties(nodes[0], begin, block)
            self._properties(nodes[1], near, block)

    def _hop(
        self,
        pattern: tree.RelationPattern,
        nodes: tuple[tree.NodePattern, tree.NodePattern],
        near: Entity | None,
        block: Block,
        relations: list[Entity],
    ) -> tuple[Entity, Entity]:
        """Join one relation; return the nodes that it begins and ends at, as the pattern runs."""
        far = self._bound(nodes[1], block)
        wanted = self._wanted(nodes[0], near), self._wanted(nodes[1], far)
        turned = self._turned(pattern, wanted, block.tables.catalog)
        if not turned:
            block.conditions.append("FALSE")
            turned = ((next(iter(pattern.types or relation_tables())), False),)
        if pattern.steps:
            source, alias = _walks(pattern.steps, turned, block)
            reached = frozenset(families()), frozenset(families())
        else:
            source, alias = block.tables.relations(turned)
            reached = _reached(turned, block.tables.catalog)
            self._bind_relation(pattern, turned, alias, block, relations)
        block.join(source)
        columns = f"{alias}._a", f"{alias}._b"
        for column, present, labels, known in zip(columns, reached, wanted, (near, far), strict=True):
            if not present <= labels and not (known and labels.issuperset(known.labels)):
                block.conditions.append(_within(column, labels))
        begin = self._end(nodes[0], near, columns[0], wanted[0] & reached[0], block)
        same = nodes[0].variable is not None and nodes[0].variable == nodes[1].variable
        end = self._end(nodes[1], begin if same else far, columns[1], wanted[1] & reached[1], block)
        self._properties(pattern, Entity(False, "", _types(turned), block, alias), block)
        return begin, end

    def _end(self, node: tree.NodePattern, known: Entity | None, column: str, labels: Families, block: Block) -> Entity:
        """Return the node at one end of a relation: the one that is known, or a new one."""
        if known is not None:
            block.conditions.append(f"{column} = {known.number}")
            return known
        found = Entity(True, column, _ordered(labels) or families()[:1], block)
        if node.variable:
            block.names[node.variable] = found
        return found

    def _bind_relation(
        self, pattern: tree.RelationPattern, turned: Turned, alias: str, block: Block, relations: list[Entity]
    ) -> None:
        """Bind a relation's name; it is no other relation of the clause."""
        relation = Entity(False, block.tables.number(alias), _types(turned), block, alias)
        others = (other for other in relations if not set(other.labels).isdisjoint(relation.labels))
        block.conditions += [f"{relation.number} <> {other.number}" for other in others]
        relations.append(relation)
        known = block.find(pattern.variable) if pattern.variable else None
        if isinstance(known, Entity):
            block.conditions.append(f"{relation.number} = {known.number}")
        elif pattern.variable:
            block.names[pattern.variable] = relation

    def _properties(self, pattern: tree.NodePattern | tree.RelationPattern, entity: Entity, block: Block) -> None:
        for name, expression in pattern.properties:
            if name not in entity.columns:
                what = "、".join(entity.labels[:3])
                raise self.expressions.refused(pattern.place, f"{what} has no property {name!r}")
            block.conditions += self.expressions.property_is(entity, name, expression, block)

    def _bound(self, node: tree.NodePattern, block: Block) -> Entity | None:
        found = block.find(node.variable) if node.variable else None
        if isinstance(found, Value):
            raise self.expressions.refused(node.place, f"{node.variable!r} is no node")
        return found

    def _wanted(self, node: tree.NodePattern, known: Entity | None) -> Families:
        """Return the families that a node of a pattern may be of."""
        for label in node.labels:
            if label not in families():
                known_labels = "、".join(families())
                raise self.expressions.refused(node.place, f"no label {label!r}; known: {known_labels}")
        wanted = frozenset(node.labels or families())
        return wanted.intersection(known.labels) if known else wanted

    def _turned(self, pattern: tree.RelationPattern, ends: tuple[Families, Families], catalog: Catalog) -> Turned:
        """Return the types, as they run or turned round, that may join nodes of some families."""
        for type_ in pattern.types:
            if type_ not in relation_tables():
                known = "、".join(relation_tables())
                raise self.expressions.refused(pattern.place, f"no relation type {type_!r}; known: {known}")
        wanted = dict.fromkeys(pattern.types) or relation_tables()
        sides = {">": (False,), "<": (True,), "": (False, True)}[pattern.direction]
        turned = ((type_, back) for type_ in wanted for back in sides)
        if pattern.steps:  # what lies between may be anything
            return tuple(turned)
        return tuple(one for one in turned if all(a & b for a, b in zip(_reached((one,), catalog), ends, strict=True)))


def _walks(steps: tuple[int, int], turned: Turned, block: Block) -> tuple[str, str]:
    """Return a table of the ends of all walks that use no relation twice, of each length in turn, and its alias."""
    tables = block.tables
    parts = []
    for length in range(steps[0], steps[1] + 1):
        if not length:
            source, alias = tables.nodes(families())
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


def _reached(turned: Turned, catalog: Catalog) -> tuple[Families, Families]:
    """Return the families that some types begin and end at, as they are turned."""
    ends = [catalog.ends(type_)[:: -1 if back else 1] for type_, back in turned]
    return frozenset().union(*(end[0] for end in ends)), frozenset().union(*(end[1] for end in ends))


def _types(turned: Turned) -> tuple[str, ...]:
    return tuple(dict.fromkeys(type_ for type_, _ in turned))


def _ordered(wanted: Families) -> tuple[str, ...]:
    return tuple(family for family in families() if family in wanted)


def _within(number: str, wanted: Families) -> str:
    """Return the condition that a node is of some families."""
    ranges = [f"{number} BETWEEN {first_number(f)} AND {last_number(f)}" for f in _ordered(wanted)]
    return f"({' OR '.join(ranges)})" if ranges else "FALSE"
