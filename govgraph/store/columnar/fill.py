"""A draft of a columnar store, filled with the pieces of a bulk load, no Python object a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from govgraph.store.columnar.database import connected
from govgraph.store.columnar.layout import (
    JOINS,
    JOINS_TABLE,
    MADE_TABLE,
    NOWHERE,
    NUMBER_BITS,
    SQL_TYPES,
    columns_of_label,
    empty_table,
    families,
    first_number,
    hashed,
    naming,
    number_named,
    quoted,
    references,
    text,
)
from govgraph.store.schema import CASE_LABEL, IN_FORCE, relation_tables, row_of_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from govgraph.store.staging import Piece, Pieces


class Progress(Protocol):
    """What a bulk load tells as it goes: the stage, and rows done of all rows."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of one step."""


class DanglingEndsError(Exception):
    """Relations of a table begin at, end at or name what is no node of the families that they may."""


def fill_draft(draft: Path, case: str, pieces: Pieces, progress: Progress | None) -> None:
    """Fill a new file.

    Args:
        draft: the file.
        case: the case's id.
        pieces: what goes in.
        progress: told after each table.

    Raises:
        DanglingEndsError: a relation begins at, ends at or names what is no node.
        duckdb.Error: the engine's, where it refuses a table.
    """
    connection = connected(draft)
    try:
        total, done = sum(pieces.counts), 0
        if progress:
            progress("nodes", 0, total)
        every = (*pieces.nodes, *pieces.relations, *pieces.derived)
        connection.execute(f"{JOINS_TABLE}; {MADE_TABLE}")
        for label in (*families(), *relation_tables()):
            mine = [piece for piece in every if piece.label == label]
            if label == CASE_LABEL:
                _add_case(connection, case)
                continue
            _fill(connection, label, mine)
            done += sum(piece.rows for piece in mine)
            if progress and mine:
                progress(label, done, total)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _fill(connection: duckdb.DuckDBPyConnection, label: str, pieces: Sequence[Piece]) -> None:
    """Make one table, of the columns that any piece has."""
    declared = columns_of_label(label)
    present = [name for name in declared if name == "id" or any(name in piece.columns for piece in pieces)]
    named = [name for name in references() if name in present and label in relation_tables()]
    connection.execute(empty_table(label, present, numbered=named))
    if pieces:
        part = _relations if label in relation_tables() else _nodes
        rows = " UNION ALL ".join(part(connection, label, pieces, present))
        connection.execute(f"INSERT INTO {quoted(label)} {rows}")
    nowhere = " OR ".join(f"{references()[name]} = {NOWHERE}" for name in named) or "FALSE"
    counts = connection.execute(f"SELECT count(*), count(*) FILTER ({nowhere}) FROM {quoted(label)}").fetchall()
    if counts != [(sum(piece.rows for piece in pieces), 0)]:
        raise DanglingEndsError(label)
    joins = {piece.ends for piece in pieces if piece.ends and piece.rows}
    if joins:
        connection.executemany(f"INSERT INTO {JOINS} VALUES (?, ?, ?)", [(label, *ends) for ends in sorted(joins)])


def _nodes(
    connection: duckdb.DuckDBPyConnection, family: str, pieces: Sequence[Piece], present: Sequence[str]
) -> list[str]:
    """Return a SELECT for each file of nodes, numbered on."""
    selects = []
    number = first_number(family)
    for piece in pieces:
        for file in piece.files:
            source = f"read_parquet({text(str(file))}, file_row_number = true)"
            fields = [f"CAST(file_row_number + {number} AS INTEGER) AS _n", f"{hashed('id')} AS _id"]
            fields.append(f"{hashed('name')} AS _name")
            fields += [field(piece, name, "") for name in present]
            selects.append(f"SELECT {', '.join(fields)} FROM {source}")
            number += connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    if number > first_number(family) + (1 << NUMBER_BITS):
        raise ValueError(f"more than {1 << NUMBER_BITS:,} nodes of {family} do not fit a store")
    return selects


def _relations(
    connection: duckdb.DuckDBPyConnection, type_: str, pieces: Sequence[Piece], present: Sequence[str]
) -> list[str]:
    """Return a SELECT for each piece of relations, their ends found by id."""
    del connection, type_
    selects = []
    for piece in pieces:
        assert piece.ends is not None
        fields = ["s._n AS _a", "e._n AS _b", *(field(piece, name, "r.") for name in present)]
        files = ", ".join(text(str(file)) for file in piece.files)
        source = f"read_parquet([{files}]) r "
        source += f'JOIN {quoted(piece.ends[0])} s ON s.id = r.start JOIN {quoted(piece.ends[1])} e ON e.id = r."end"'
        for name in references():
            if name in piece.columns:
                source += f" {naming(name, 'r')}"
        fields += [
            number_named(name, "r") if name in piece.columns else "NULL" for name in references() if name in present
        ]
        selects.append(f"SELECT {', '.join(fields)} FROM {source}")
    return selects


def field(piece: Piece, name: str, table: str) -> str:
    """Return the expression of a column in the files of a piece."""
    kind = SQL_TYPES[columns_of_label(piece.label)[name]]
    if name == "status":
        value = f"coalesce({table}status, {text(IN_FORCE)})" if name in piece.columns else text(IN_FORCE)
    else:
        value = f"{table}{quoted(name)}" if name in piece.columns else "NULL"
    return f"CAST({value} AS {kind}) AS {quoted(name)}"


def _add_case(connection: duckdb.DuckDBPyConnection, case: str) -> None:
    row = row_of_case(case)
    fields = ", ".join(f"${name}" for name in row)
    connection.execute(empty_table(CASE_LABEL, row))
    connection.execute(
        f"INSERT INTO {quoted(CASE_LABEL)} SELECT {first_number(CASE_LABEL)}, {hashed('$id')}, 0, {fields}", row
    )
