"""Rows of a columnar store changed: taken out, put in, or said otherwise, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.errors import StoreUnavailableError
from govgraph.store.columnar.database import given, insert
from govgraph.store.columnar.layout import (
    JOINS,
    NOWHERE,
    SQL_TYPES,
    TYPE_BITS,
    columns_of_label,
    has_id,
    hashed,
    named_by,
    naming,
    next_number,
    number_named,
    quoted,
    references,
    text,
)
from govgraph.store.protocol import first_line
from govgraph.store.schema import relation_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb
    import polars as pl

    from govgraph.store.columnar.database import ColumnarStore
    from govgraph.store.columnar.layout import Catalog
    from govgraph.store.difference import Difference

NUMBER = "_number"  # the column of what is there that says its number


def change(store: ColumnarStore, nodes: Difference, relations: Difference, ends: Sequence[str]) -> None:
    """Write the differences of a place; after an error the store is as it was.

    Args:
        store: open for writing.
        nodes: by ``label``; what is gone or changed has its ``_number``.
        relations: by ``label``, and by the families of its ``ends``; likewise.
        ends: the columns of those families.

    Raises:
        StoreUnavailableError: a relation joins nodes that the store does not hold, or the engine refuses a row.
    """
    import duckdb
    import polars as pl

    if not any(frame.height for part in (nodes, relations) for frame in (part.gone, part.fresh, part.changed)):
        return
    writer = _Writer(store.connection, store.catalog)
    columns = ["label", NUMBER]
    try:
        fresh = [(nodes.fresh, ()), (nodes.changed, ()), (relations.fresh, ends), (relations.changed, ends)]
        for frame, also in fresh:
            writer.make_room(frame, also)
        with store.transaction():
            writer.delete(pl.concat([relations.gone.select(columns), relations.changed.select(columns)]), "rowid")
            writer.delete(pl.concat([nodes.gone.select(columns), nodes.changed.select(columns)]), "_n")
            if nodes.gone.height:
                writer.forget(nodes.gone)
            writer.add_nodes(nodes.changed)
            writer.add_nodes(nodes.fresh)
            if nodes.fresh.height:
                writer.recall(nodes.fresh)
            writer.add_relations(pl.concat([relations.fresh, relations.changed.drop(NUMBER)]), ends)
    except (duckdb.Error, RuntimeError) as error:
        raise StoreUnavailableError(f"{store.address} is as it was: {first_line(error)}") from error


class _Writer:
    """Writes rows of one case."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
        self._connection = connection
        self._catalog = catalog

    def make_room(self, rows: pl.DataFrame, ends: Sequence[str]) -> None:
        """Add the columns that rows fill with something else than what the store says of all rows."""
        for (label, *_), part in _parts(rows, ["label", *ends]):
            for name in self._filled(label, part):
                if not self._catalog.holds(label, name):
                    value = self._catalog.throughout(label, name)
                    default = f" DEFAULT {text(value)}" if value is not None else ""
                    kind = SQL_TYPES[columns_of_label(label)[name]]
                    self._connection.execute(f"ALTER TABLE {quoted(label)} ADD COLUMN {quoted(name)} {kind}{default}")
                    self._catalog.add_column(label, name)
                    if ends and name in references():
                        self._connection.execute(f"ALTER TABLE {quoted(label)} ADD COLUMN {references()[name]} INTEGER")
                        self._catalog.add_column(label, references()[name])

    def _filled(self, label: str, part: pl.DataFrame) -> Iterator[str]:
        for name in columns_of_label(label):
            if name in part.columns and not self._catalog.holds(label, name):
                value = self._catalog.throughout(label, name)
                if (part[name].is_not_null() if value is None else part[name].ne_missing(value)).any():
                    yield name

    def delete(self, rows: pl.DataFrame, key: str) -> None:
        """Delete nodes or relations by their numbers."""
        for (label,), part in _parts(rows, ["label"]):
            number = f"{NUMBER} >> {TYPE_BITS}" if key == "rowid" else NUMBER
            with given(self._connection, part.to_arrow()):
                self._connection.execute(f"DELETE FROM {quoted(label)} WHERE {key} IN (SELECT {number} FROM given)")

    def forget(self, gone: pl.DataFrame) -> None:
        """Take note, where a relation of another place names a node that is gone, that it is not there."""
        with given(self._connection, gone.select(NUMBER).to_arrow()):
            for type_, name in self._every_reference():
                number = references()[name]
                there = f"{number} IN (SELECT {NUMBER} FROM given)"
                self._connection.execute(f"UPDATE {quoted(type_)} SET {number} = {NOWHERE} WHERE {there}")

    def recall(self, fresh: pl.DataFrame) -> None:
        """Take note, where a relation of another place names a node that was not there, that it is."""
        with given(self._connection, fresh.select("id").to_arrow()):
            for type_, name in self._every_reference():
                number = references()[name]
                same = f"r.{number} = {NOWHERE} AND r.{quoted(name)} = g.id AND {has_id('n', 'g.id')}"
                self._connection.execute(
                    f"UPDATE {quoted(type_)} r SET {number} = n._n FROM given g, {named_by(name)} n WHERE {same}"
                )

    def _every_reference(self) -> Iterator[tuple[str, str]]:
        """Yield the types that have a property which names a node, and it."""
        for type_ in relation_tables():
            for name in self._references(type_):
                yield type_, name

    def _references(self, type_: str) -> list[str]:
        """Return the properties of a type that name a node, where the node's number is kept."""
        return [name for name, number in references().items() if self._catalog.holds(type_, number)]

    def add_nodes(self, rows: pl.DataFrame) -> None:
        """Insert nodes, with their numbers if they have any."""
        for (family,), part in _parts(rows, ["label"]):
            number = f"g.{NUMBER}" if NUMBER in rows.columns else next_number(family)
            fields = {"_n": number, "_id": hashed("g.id"), "_name": hashed("g.name")}
            with given(self._connection, part.to_arrow()):
                insert(self._connection, family, fields | self._values(family, part), "given g")

    def add_relations(self, rows: pl.DataFrame, ends: Sequence[str]) -> None:
        """Insert relations; all of them must join nodes, and name such as are there.

        Raises:
            RuntimeError: some do not.
        """
        for (type_, first, last), part in _parts(rows, ["label", *ends]):
            if self._catalog.add_join(type_, first, last):
                self._connection.execute(f"INSERT INTO {JOINS} VALUES (?, ?, ?)", [type_, first, last])
            joins = (
                f"JOIN {quoted(family)} {alias} ON {has_id(alias, end)}"
                for family, alias, end in ((first, "a", "g.start"), (last, "b", 'g."end"'))
            )
            named = self._references(type_)
            source = " ".join(["given g", *joins, *(naming(name, "g") for name in named)])
            numbers = {"_a": "a._n", "_b": "b._n"} | {references()[name]: number_named(name, "g") for name in named}
            with given(self._connection, part.to_arrow()):
                made = insert(self._connection, type_, numbers | self._values(type_, part), source)
            if made != part.height:
                raise RuntimeError(f"{part.height - made:,} of {type_}.{first}.{last} join nodes that it does not hold")
            self._refuse_nowhere(type_, part, named)

    def _refuse_nowhere(self, type_: str, part: pl.DataFrame, named: Sequence[str]) -> None:
        """Raise where a new relation names what is not there."""
        for name in named:
            with given(self._connection, part.select("id").to_arrow()):
                nowhere = f"{references()[name]} = {NOWHERE} AND id IN (SELECT id FROM given)"
                found = self._connection.execute(
                    f"SELECT {quoted(name)} FROM {quoted(type_)} WHERE {nowhere}"
                ).fetchall()
            if found:
                problem = f"{len(found):,} of {type_} name what it does not hold in {name!r}, such as {found[0][0]}"
                raise RuntimeError(problem)

    def _values(self, label: str, part: pl.DataFrame) -> dict[str, str]:
        """Return the columns of a table, and the expressions of them in rows ``g``."""
        values = {}
        for name in columns_of_label(label):
            if self._catalog.holds(label, name):
                value = self._catalog.throughout(label, name)
                values[name] = f"g.{quoted(name)}" if name in part.columns else text(str(value))
        return values


def _parts(rows: pl.DataFrame, by: Sequence[str]) -> list[tuple[tuple[str, ...], pl.DataFrame]]:
    """Return the rows of each table: its labels, and them."""
    groups = rows.partition_by(list(by), as_dict=True)
    return [(tuple(map(str, labels)), groups[labels]) for labels in sorted(groups)]
