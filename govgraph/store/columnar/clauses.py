"""A whole query of Cypher into one of SQL.

Clauses are gathered into one SELECT for as long as they only join, filter and rename: the engine orders the joins
itself. Where rows are counted, sorted or made distinct a SELECT ends, and the next one goes on from its rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govgraph.cypher import tree
from govgraph.cypher.parser import parse
from govgraph.errors import QueryError
from govgraph.store.columnar.layout import NUMBER_BITS, WHOLE, families, quoted, text
from govgraph.store.columnar.patterns import PatternWriter
from govgraph.store.columnar.scope import NOTHING, Block, Entity, Tables, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.store.columnar.layout import Catalog


@dataclass(frozen=True, slots=True)
class Translation:
    """SQL that answers a query, the names of its columns, and the values that it takes."""

    sql: str
    columns: tuple[str, ...]
    parameters: dict[str, Any]


def translate(cypher: str, parameters: Mapping[str, Any] | None = None, catalog: Catalog = WHOLE) -> Translation:
    """Return the SQL of a query.

    Args:
        cypher: the query.
        catalog: what the tables hold.
        parameters: the values of its ``$name``; lists of few values are written into the SQL.

    Raises:
        QueryError: it is not Cypher that reads, or more of Cypher than is known here; names line and column.
    """
    given = dict(parameters or {})
    union = parse(cypher)
    writer = _QueryWriter(cypher, given, catalog)
    written = [writer.query(query) for query in union.queries]
    columns = written[0][1]
    if any(names != columns for _, names in written):
        raise QueryError("all parts of a UNION must return the same columns")
    sql = written[0][0]
    if len(written) > 1:
        sql = (" UNION ALL " if union.every else " UNION ").join(f"({part})" for part, _ in written)
    # a part that surely has no rows is left out, and the values that it takes with it
    used = {name: given[name] for name in writer.used if re.search(rf"\${name}\b", sql)}
    return Translation(writer.tables.written(sql), columns, used)


class _QueryWriter:
    def __init__(self, cypher: str, parameters: Mapping[str, Any], catalog: Catalog) -> None:
        self.tables = Tables(catalog)
        self._patterns = PatternWriter(cypher, parameters)
        self._expressions = self._patterns.expressions

    @property
    def used(self) -> set[str]:
        return self._expressions.used

    def query(self, query: tree.Query) -> tuple[str, tuple[str, ...]]:
        """Return the SQL of a query, and its columns."""
        block = Block(self.tables)
        for clause in query.clauses:
            match clause:
                case tree.Match():
                    self._patterns.match(clause, block)
                case tree.Unwind(source, name):
                    self._unwind(source, name, block)
                case tree.With(projection, condition):
                    block = self._with(projection, condition, block)
        items = _items(query.result, block)
        select = self._select(query.result, items, block, final=True)
        return select, tuple(item.name for item in items)

    def _unwind(self, source: tree.Expression, name: str, block: Block) -> None:
        if isinstance(source, tree.Items) and len(source.items) == 1:  # a list of one is it
            block.names[name] = self._expressions.value(source.items[0], block)
            return
        value = self._expressions.value(source, block)
        if value.type == "NULL":  # is no row
            block.conditions.append("FALSE")
            block.names[name] = value
            return
        alias = self.tables.alias()
        block.join(f"unnest({value.sql}) {alias}(v)")
        block.names[name] = Value(f"{alias}.v", value.type[:-2])

    def _with(self, projection: tree.Projection, condition: tree.Expression | None, block: Block) -> Block:
        items = _items(projection, block)
        if projection.order and projection.limit is None:
            why = "ORDER BY in a WITH needs a LIMIT: no order lasts beyond it"
            raise self._expressions.refused(projection.place, why)
        ends = (
            projection.distinct
            or projection.order
            or projection.skip is not None
            or projection.limit is not None
            or any(tree.has_aggregate(item.expression) for item in items)
        )
        names = {item.name: self._named(item.expression, block) for item in items} if not ends else {}
        if ends:
            alias = self.tables.alias()
            following = block.after(self._select(projection, items, block, final=False), alias)
            for number, item in enumerate(items):
                column = f"{alias}.{_column(number)}"
                found = self._named(item.expression, block)
                if isinstance(found, Entity):
                    place = NOTHING if found.number == NOTHING else column
                    names[item.name] = Entity(found.is_node, place, found.labels, following, None, found.nullable)
                else:
                    names[item.name] = replace(found, sql=column)
            if block.is_empty and not _counts_all(items):
                following.conditions.append("FALSE")
            block = following
        block.names = names
        if condition is not None:
            block.conditions += self._expressions.condition(condition, block)
        return block

    def _named(self, expression: tree.Expression, block: Block) -> Entity | Value:
        """Return what an item stands for."""
        if isinstance(expression, tree.Variable):
            return self._expressions.named(expression, block)
        return self._expressions.value(expression, block)

    def _select(self, projection: tree.Projection, items: Sequence[tree.Item], block: Block, *, final: bool) -> str:
        """Return the SELECT that a block ends with."""
        if final and block.is_empty and not _counts_all(items):
            return f"SELECT {', '.join(f'NULL AS {_column(number)}' for number in range(len(items)))} WHERE FALSE"
        values = [self._selected(item.expression, block, final=final) for item in items]
        listed = ", ".join(f"{value} AS {_column(number)}" for number, value in enumerate(values))
        grouped = any(tree.has_aggregate(item.expression) for item in items)
        keys = self._keys(items, values, block) if grouped else {}
        order = self._order(projection, items, block, keys if grouped else None)
        rest = f" GROUP BY {', '.join(keys)}" if keys else ""
        if grouped and not keys and not _counts_all(items):
            rest = " HAVING count(*) > 0"
        rest += f" ORDER BY {', '.join(order)}" if order else ""
        for word, count in (("LIMIT", projection.limit), ("OFFSET", projection.skip)):
            if count is not None:
                rest += f" {word} {self._expressions.value(count, Block(self.tables)).sql}"
        return block.select(f"{'DISTINCT ' if projection.distinct else ''}{listed}", rest)

    def _selected(self, expression: tree.Expression, block: Block, *, final: bool) -> str:
        found = self._named(expression, block)
        if isinstance(found, Value):
            return found.sql
        return _whole(found) if final else found.number

    def _keys(self, items: Sequence[tree.Item], values: Sequence[str], block: Block) -> dict[str, None]:
        """Return what rows are grouped by: all items, and parts of items, that are not counted or collected."""
        keys: dict[str, None] = {}
        for item, value in zip(items, values, strict=True):
            if tree.has_aggregate(item.expression):
                keys |= {self._expressions.value(part, block).sql: None for part in _plain_parts(item.expression)}
            elif _names_something(item.expression):
                keys[value] = None
        return keys

    def _order(
        self, projection: tree.Projection, items: Sequence[tree.Item], block: Block, keys: dict[str, None] | None
    ) -> list[str]:
        """Return what rows are ordered by; properties of what rows are grouped by are further keys of a group."""
        names = {item.name: self._shown(item, number, block) for number, item in enumerate(items)}
        shown = Block(self.tables, None if projection.distinct else block, names)
        order = []
        for expression, descends in projection.order:
            same = next((names[item.name] for item in items if item.expression == expression), None)
            if isinstance(same, Value):
                sql = same.sql
            else:
                sql = self._expressions.value(expression, shown).sql
                if keys is not None and not tree.has_aggregate(expression) and _names_entity(expression, names):
                    keys[sql] = None
            if not Value(sql).is_known:
                order.append(f"{sql} {'DESC NULLS FIRST' if descends else 'ASC NULLS LAST'}")
        return order

    def _shown(self, item: tree.Item, number: int, block: Block) -> Entity | Value:
        """Return what a name that is handed on stands for in ORDER BY."""
        found = self._named(item.expression, block)
        return found if isinstance(found, Entity) else Value(_column(number), found.type)


def _column(number: int) -> str:
    """Return what a column of a SELECT is called: the engine takes names that differ by case alone for one."""
    return f"c{number}"


def _items(projection: tree.Projection, block: Block) -> list[tree.Item]:
    """Return what is handed on, ``*`` written out."""
    if projection.items is not None:
        return list(projection.items)
    return [tree.Item(tree.Variable(name), name, named=True) for name in block.names]


def _counts_all(items: Sequence[tree.Item]) -> bool:
    """Tell whether items count or collect all rows together, and are one row where there is none."""
    return all(tree.has_aggregate(item.expression) and not _plain_parts(item.expression) for item in items)


def _plain_parts(expression: tree.Expression) -> list[tree.Expression]:
    """Return the largest parts of an item that neither count nor collect, and name something."""
    if not tree.has_aggregate(expression):
        return [expression] if _names_something(expression) else []
    if tree.is_aggregate(expression):
        return []
    if isinstance(expression, tree.Comprehension | tree.Quantifier):
        return _plain_parts(expression.source)
    return [found for part in tree.parts_of(expression) for found in _plain_parts(part)]


def _names_entity(expression: tree.Expression, names: Mapping[str, Entity | Value]) -> bool:
    if isinstance(expression, tree.Variable):
        return isinstance(names.get(expression.name), Entity)
    return any(_names_entity(part, names) for part in tree.parts_of(expression))


def _names_something(expression: tree.Expression) -> bool:
    if isinstance(expression, tree.Variable | tree.Subquery):
        return True
    return any(map(_names_something, tree.parts_of(expression)))


def _whole(entity: Entity) -> str:
    """Return a node or relation with all its properties, as one value."""
    fields = [f"{quoted(name)} := {entity.column(name)}" for name in entity.columns]
    if entity.is_node:
        cases = " ".join(f"WHEN {families().index(label)} THEN {text(label)}" for label in entity.labels)
        fields.insert(0, f'"label" := CASE {entity.number} >> {NUMBER_BITS} {cases} END')
    return f"CASE WHEN {entity.number} IS NOT NULL THEN struct_pack({', '.join(fields)}) END"
