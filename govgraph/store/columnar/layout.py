"""The tables of a columnar store: one for each family of nodes and each type of relation, and how they are numbered.

A node has a number ``_n`` whose upper bits say its family; a relation has the number of its row, and the numbers of
its ends, ``_a`` and ``_b``. Joins go by these: the ids of nodes stand once in the store. Nodes also have ``_id`` and
``_name``, hashes of their id and name, to be found by: numbers are gone through ten times faster. Beside a property of
relations that names a node (``about``), a file has the number of that node. A column that no table of a load gives is
not stored: it is unknown throughout, or one value.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import (
    CASE_COLUMNS,
    CASE_LABEL,
    IN_FORCE,
    columns_of,
    node_columns,
    relation_columns,
    relation_tables,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Join = tuple[str, str, str]  # a type, and the families of its ends

NUMBER_BITS = 28  # of a node's number within its family: 268 million nodes, and seven families in 31 bits
TYPE_BITS = 6  # of a relation's number that say its type; the others are the number of its row
SQL_TYPES = {"STRING": "VARCHAR", "INT64": "BIGINT", "DOUBLE": "DOUBLE", "STRING[]": "VARCHAR[]"}
NODE_KEY = {"_n": "INTEGER", "_id": "UINTEGER", "_name": "UINTEGER"}
HASHED = {"id": "_id", "name": "_name"}  # columns of nodes that a column of hashes stands for when they are looked for
PLAIN = ("id", "name", "place")  # columns of nodes that are read here and there: no block is unpacked for a few of them
JOINS = "_joins"  # the table of the families that the relations of each type join
JOINS_TABLE = f"CREATE TABLE {JOINS}(type VARCHAR, first VARCHAR, last VARCHAR)"
MADE = "_made"  # the table that says how the store was made; without it a file is none
HASH = "hash('govgraph')"  # another release of the engine may hash otherwise: rows would not be found
MADE_TABLE = f"CREATE TABLE {MADE} AS SELECT {HASH} AS hash"
RELATION_KEY = {"_a": "INTEGER", "_b": "INTEGER"}
NULL_NUMBER = "CAST(NULL AS INTEGER)"
NOWHERE = -1  # the number of a node that a relation names and that is not there any more


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def hashed(name: str) -> str:
    """Return the expression of the hash of an id or a name, itself an expression."""
    return f"CAST(hash({name}) & 4294967295 AS UINTEGER)"


def has_id(nodes: str, value: str) -> str:
    """Return the condition that a row of a table of nodes has an id, itself an expression."""
    return f"{nodes}._id = {hashed(value)} AND {nodes}.id = {value}"


@cache
def families() -> tuple[str, ...]:
    """Return the labels of nodes, that of cases last."""
    return (*vocabulary().families, CASE_LABEL)


@cache
def labels() -> tuple[str, ...]:
    """Return all families and types."""
    return (*families(), *relation_tables())


def first_number(family: str) -> int:
    """Return the number that the nodes of a family begin at."""
    return families().index(family) << NUMBER_BITS


def last_number(family: str) -> int:
    """Return the highest number that a node of a family may have."""
    return first_number(family) + (1 << NUMBER_BITS) - 1


def next_number(family: str) -> str:
    """Return the expression that numbers new nodes of a family on."""
    return f"row_number() OVER () + coalesce((SELECT max(_n) FROM {quoted(family)}), {first_number(family) - 1})"


@cache
def type_number(type_: str) -> int:
    """Return what the lower bits of a relation's number are."""
    number = list(relation_tables()).index(type_)
    if number >= 1 << TYPE_BITS:
        raise ValueError("the vocabulary has more types of relations than their numbers can tell apart")
    return number


@cache
def columns_of_label(label: str) -> dict[str, str]:
    """Column → type of a table of nodes or relations, without its numbers."""
    if label == CASE_LABEL:
        return CASE_COLUMNS
    return columns_of(relation_tables()[label]) if label in relation_tables() else node_columns()


@cache
def relation_fields() -> dict[str, str]:
    """Column → type of all that a relation of any type may have."""
    fields = dict(relation_columns())
    for type_ in relation_tables():
        fields |= columns_of_label(type_)
    return fields


@cache
def references() -> dict[str, str]:
    """Return the properties of relations that name a node, each with the column of that node's number."""
    declared = vocabulary().relation_properties.values()
    return {item.name: f"_{item.name}" for item in declared if item.type == "reference"}


def key_of(label: str) -> dict[str, str]:
    """Column → type of the numbers of a table."""
    return RELATION_KEY if label in relation_tables() else NODE_KEY


def named_by(reference: str) -> str:
    """Return a table of the nodes that a property of relations may name: ``_n``, ``_id`` and ``id``."""
    wanted = vocabulary().relation_properties[reference].families
    return f"({' UNION ALL '.join(f'SELECT _n, _id, id FROM {quoted(family)}' for family in wanted)})"


def naming(reference: str, relations: str) -> str:
    """Return the join that finds the nodes which a property of a table of relations names."""
    table, value = quoted(f"named_{reference}"), f"{relations}.{quoted(reference)}"
    return f"LEFT JOIN {named_by(reference)} {table} ON {has_id(table, value)}"


def number_named(reference: str, relations: str) -> str:
    """Return the expression of a node's number where it is joined by what names it."""
    found = f"coalesce({quoted(f'named_{reference}')}._n, {NOWHERE})"
    return f"CASE WHEN {relations}.{quoted(reference)} IS NOT NULL THEN {found} END"


def empty_table(label: str, columns: Iterable[str], *, numbered: Iterable[str] = ()) -> str:
    """Return the statement that makes a table without rows.

    Args:
        label: a family or a type.
        columns: those of its columns that it has.
        numbered: the ones among them that name a node and have its number beside them.
    """
    chosen = {name: SQL_TYPES[columns_of_label(label)[name]] for name in columns}
    if label in families():
        chosen |= {name: f"{chosen[name]} USING COMPRESSION uncompressed" for name in PLAIN if name in chosen}
    numbers = {references()[name]: "INTEGER" for name in numbered}
    fields = ", ".join(f"{quoted(name)} {kind}" for name, kind in (key_of(label) | chosen | numbers).items())
    return f"CREATE TABLE {quoted(label)}({fields})"


class Catalog:
    """What the tables of one store hold.

    Args:
        held: label → the columns that its table has.
        joins: type → the families that its relations begin and end at; a type that is not there has none.
        case: the one case of the store, where ``case_id`` is no column.
    """

    def __init__(self, held: Mapping[str, Collection[str]], joins: Iterable[Join], case: str | None = None) -> None:
        self._held = {label: set(columns) for label, columns in held.items()}
        self._joins: dict[str, set[tuple[str, str]]] = {}
        self._case = case
        for join in joins:
            self.add_join(*join)

    def add_join(self, type_: str, start: str, end: str) -> bool:
        """Take note of the families that relations of a type join; False where that is known."""
        known = self._joins.setdefault(type_, set())
        if (start, end) in known:
            return False
        known.add((start, end))
        return True

    def ends(self, type_: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the families that relations of a type begin and end at."""
        joins = self._joins.get(type_, ())
        return frozenset(start for start, _ in joins), frozenset(end for _, end in joins)

    def holds(self, label: str, name: str) -> bool:
        """Tell whether a table has a column."""
        return name in self._held[label]

    def reference(self, label: str, name: str) -> str | None:
        """Return the column of the number of the node that a property names; None where only the property is held."""
        number = references()[name]
        if number in self._held[label]:
            return number
        return None if name in self._held[label] else NULL_NUMBER

    def add_column(self, label: str, name: str) -> None:
        """Take note of a column that a table has got."""
        self._held[label].add(name)

    def column(self, label: str, name: str, table: str = "") -> str:
        """Return the expression of a column: what the table holds, or what is so throughout."""
        if name in self._held[label]:
            return f"{table}{quoted(name)}"
        if name in references().values():
            return NULL_NUMBER
        value = self.throughout(label, name)
        return f"CAST(NULL AS {SQL_TYPES[self._type(label, name)]})" if value is None else text(value)

    def throughout(self, label: str, name: str) -> str | None:
        """Return the value of a column that the table does not hold, None if that is unknown."""
        if name == "type" and label in relation_tables():
            return label
        if label == CASE_LABEL or name not in columns_of_label(label):
            return None
        return {"case_id": self._case, "status": IN_FORCE}.get(name)

    @staticmethod
    def _type(label: str, name: str) -> str:
        return columns_of_label(label).get(name) or (relation_fields() | node_columns() | CASE_COLUMNS)[name]


WHOLE = Catalog(
    {label: columns_of_label(label) for label in labels()},
    [(name, a, b) for name, type_ in relation_tables().items() for a in type_.from_families for b in type_.to_families],
)
