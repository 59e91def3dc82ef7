"""What a query's names stand for in the SQL that is being written, and the block of SQL that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govgraph.store.columnar.layout import (
    NODE_KEY,
    NULL_NUMBER,
    SQL_TYPES,
    TYPE_BITS,
    columns_of_label,
    quoted,
    references,
    relation_fields,
    type_number,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.store.columnar.layout import Catalog

Turned = tuple[tuple[str, bool], ...]  # relation types, each as it runs or turned round
NOTHING = "CAST(NULL AS BIGINT)"  # the number of what surely is not there
MARK = re.compile("\0(t[0-9]+)\0")
NULL = re.compile(r"NULL|CAST\(NULL AS [A-Z]+(\[\])?\)")
TEXT = re.compile(r"'([^']|'')*'")


@dataclass(frozen=True, slots=True)
class Value:
    """An expression of SQL and its type: STRING, INT64, DOUBLE, BOOL, NULL, these with ``[]``; empty if unknown."""

    sql: str
    type: str = ""

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return self.type.endswith("[]")

    @property
    def is_null(self) -> bool:
        """Whether it surely is null: no row has it."""
        return NULL.fullmatch(self.sql) is not None

    @property
    def is_known(self) -> bool:
        """Whether it is written out, and one value for all rows."""
        return self.is_null or self.is_text or self.sql in ("TRUE", "FALSE")

    @property
    def is_text(self) -> bool:
        """Whether it is a text that is written out."""
        return TEXT.fullmatch(self.sql) is not None


class Tables:
    """The tables that one query joins, by alias.

    Those of several labels are written last, with the columns that were asked for.

    Args:
        catalog: what the store holds.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._count = 0
        self._nodes: dict[str, tuple[str, ...]] = {}
        self._relations: dict[str, Turned] = {}
        self._asked: dict[str, dict[str, None]] = {}

    def alias(self) -> str:
        """Return a new alias."""
        self._count += 1
        return f"t{self._count}"

    def nodes(self, families: Sequence[str]) -> tuple[str, str]:
        """Return a table of some families' nodes, and its alias."""
        alias = self.alias()
        self._nodes[alias] = tuple(families)
        return self._source(alias, quoted(families[0]) if len(families) == 1 else None), alias

    def relations(self, turned: Turned) -> tuple[str, str]:
        """Return a table of some types' relations, and its alias; its ends are ``_a`` and ``_b``."""
        alias = self.alias()
        self._relations[alias] = turned
        return self._source(alias, quoted(turned[0][0]) if len(turned) == 1 and not turned[0][1] else None), alias

    def _source(self, alias: str, plain: str | None) -> str:
        if plain is None:
            self._asked[alias] = {}
        return f"{plain or f'({chr(0)}{alias}{chr(0)})'} {alias}"

    def column(self, alias: str, name: str) -> str:
        """Return the expression of a property in a table."""
        labels = self._nodes[alias] if alias in self._nodes else [type_ for type_, _ in self._relations[alias]]
        if alias not in self._asked:
            return self.catalog.column(labels[0], name, f"{alias}.")
        found = {self.catalog.column(label, name) for label in labels}
        if len(found) == 1 and quoted(name) not in found:  # one value in all of them
            return found.pop()
        self._asked[alias][name] = None
        return f"{alias}.{quoted(name)}"

    def reference(self, alias: str, name: str) -> str | None:
        """Return the expression of the number of the node that a property names; None where no table has it."""
        found = {self.catalog.reference(type_, name) for type_, _ in self._relations[alias]}
        if None in found:
            return None
        if found == {NULL_NUMBER}:
            return NULL_NUMBER
        column = references()[name]
        if alias in self._asked:
            self._asked[alias][column] = None
        return f"{alias}.{column}"

    def number(self, alias: str) -> str:
        """Return the expression of the number of a table's relations."""
        if alias in self._asked:
            self._asked[alias]["_r"] = None
            return f"{alias}._r"
        return f"({alias}.rowid * {1 << TYPE_BITS} + {type_number(self._relations[alias][0][0])})"

    def row_is(self, alias: str, number: str) -> str:
        """Return the condition that a table's relation has a number."""
        if alias in self._asked:
            return f"{self.number(alias)} = {number}"
        return f"{alias}.rowid = ({number} >> {TYPE_BITS})"  # whole blocks of rows are passed over by this

    def written(self, sql: str) -> str:
        """Return the SQL with the tables of several labels written out."""
        return MARK.sub(lambda mark: self._written(mark.group(1)), sql)

    def _written(self, alias: str) -> str:
        asked = self._asked[alias]
        if alias in self._nodes:
            parts = [
                f"SELECT {', '.join([*NODE_KEY, *self._listed(family, asked)])} FROM {quoted(family)}"
                for family in self._nodes[alias]
            ]
            return " UNION ALL ".join(parts)
        turned = self._relations[alias]
        parts = []
        for type_, back in turned:
            fields = ["_b AS _a, _a AS _b" if back else "_a, _b", *self._listed(type_, asked)]
            if "_r" in asked:
                fields.append(f"rowid * {1 << TYPE_BITS} + {type_number(type_)} AS _r")
            once = " WHERE _a <> _b" if back and (type_, False) in turned else ""  # a loop runs both ways, and is one
            parts.append(f"SELECT {', '.join(fields)} FROM {quoted(type_)}{once}")
        return " UNION ALL ".join(parts)

    def _listed(self, label: str, asked: dict[str, None]) -> list[str]:
        return [f"{self.catalog.column(label, name)} AS {quoted(name)}" for name in asked if name != "_r"]


@dataclass(slots=True)
class Entity:
    """A node or a relation: the SQL of its number, and the families or types that it may be of.

    ``table`` is the alias under which its properties stand in the block ``home``; it is joined when one is asked for.
    """

    is_node: bool
    number: str
    labels: tuple[str, ...]
    home: Block
    table: str | None = None
    nullable: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """Property → type."""
        if not self.is_node:
            return relation_fields() if len(self.labels) > 1 else columns_of_label(self.labels[0])
        columns: dict[str, str] = {}
        for label in self.labels:
            columns |= columns_of_label(label)
        return columns

    def column(self, name: str) -> str:
        """Return the expression of a property; joins the table that holds it if no clause has."""
        if self.number == NOTHING:
            return f"CAST(NULL AS {SQL_TYPES[self.columns[name]]})"
        table = self._joined()
        found = self.home.tables.column(table, name)
        if self.nullable and not found.startswith(f"{table}."):  # one value throughout, but not where there is no row
            return f"CASE WHEN {self.number} IS NOT NULL THEN {found} END"
        return found

    def reference(self, name: str) -> str | None:
        """Return the number of the node that a relation's property names; None where the store does not say it."""
        return NULL_NUMBER if self.number == NOTHING else self.home.tables.reference(self._joined(), name)

    def _joined(self) -> str:
        """Return the alias of the table that holds the properties."""
        tables = self.home.tables
        if self.table is None:
            if self.is_node:
                source, self.table = tables.nodes(self.labels)
                same = f"{self.table}._n = {self.number}"
            else:
                source, self.table = tables.relations(tuple((label, False) for label in self.labels))
                same = tables.row_is(self.table, self.number)
            self.home.join(source, same, outer=self.nullable)
        return self.table


@dataclass(slots=True)
class Block:
    """One SELECT in the making: what is joined, on what conditions, and what the names stand for."""

    tables: Tables
    outer: Block | None = None
    names: dict[str, Entity | Value] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    source: str = ""

    def within(self) -> Block:
        """Return a block that sees the names of this one."""
        return Block(self.tables, self)

    def after(self, sql: str, alias: str) -> Block:
        """Return a block that goes on from the rows of a finished one; it sees what that one saw around it."""
        return Block(self.tables, self.outer, source=f"({sql}) {alias}")

    @property
    def is_empty(self) -> bool:
        """Whether it surely has no rows: it joins what no table of the store does."""
        return "FALSE" in self.conditions

    def find(self, name: str) -> Entity | Value | None:
        """Return what a name stands for, here or around."""
        block: Block | None = self
        while block is not None:
            if name in block.names:
                return block.names[name]
            block = block.outer
        return None

    def join(self, table: str, condition: str = "", *, outer: bool = False) -> None:
        """Join a table; without a condition each row with each."""
        if not self.source:
            self.source = table
            if outer:
                self.source = f"(SELECT 1) {self.tables.alias()} LEFT JOIN {table} ON {condition or 'TRUE'}"
            elif condition:
                self.conditions.append(condition)
        elif outer:
            self.source += f" LEFT JOIN {table} ON {condition or 'TRUE'}"
        elif condition:
            self.source += f" JOIN {table} ON {condition}"
        else:
            self.source += f" CROSS JOIN {table}"

    def select(self, what: str, rest: str = "") -> str:
        """Return the SELECT of all that was joined."""
        source = f" FROM {self.source}" if self.source else ""
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        return f"SELECT {what}{source}{where}{rest}"
