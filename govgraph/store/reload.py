"""Put the tables of one place in the place of what a bulk store holds of it, at the cost of the place.

One transaction deletes the rows of the place and copies the new ones: a kill or a mistake leaves what was there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from govgraph.errors import InputError, NotFoundError, Problem, StoreUnavailableError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.bulk import LoadReport
from govgraph.store.embedded import EmbeddedStore, first_line
from govgraph.store.schema import columns_of, node_columns, relation_tables
from govgraph.store.slice import inside, is_indexed
from govgraph.store.staging import INDEX_COLUMNS, derived_pieces, node_pieces, relation_pieces
from govgraph.store.table_check import check_unique, check_values
from govgraph.store.tables import find_tables, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.store.tables import TableSet


def reload_place(folder: Path, target: Path, code: str) -> LoadReport:
    """Replace one division in a store that was loaded in bulk.

    Args:
        folder: tables with all nodes of the division (``code`` begins with the division's) and all relations that
            touch them; the other end may be anything that the store holds.
        target: the store's file.
        code: the division code, of a county or below.

    Raises:
        InputError: one problem a mistake; the store is as it was.
        StoreUnavailableError: the store is in use, or refuses the rows; it is as it was.
    """
    with EmbeddedStore(target) as store, tempfile.TemporaryDirectory(dir=target.parent) as staging:
        cases = store.case_ids()
        if len(cases) != 1 or not is_indexed(store, "组织"):
            raise NotFoundError(f"{target} was not loaded in bulk; only such a store takes one place anew")
        tables = find_tables(folder)
        _check(tables, cases[0], code)
        nodes = [piece for table in tables.nodes for piece in node_pieces(table, cases[0], Path(staging))]
        relations = [piece for table in tables.relations for piece in relation_pieces(table, cases[0], Path(staging))]
        derived = derived_pieces(tables, relations, Path(staging), known=_Places(store))
        statements = [
            *_deletions(code),
            *(piece.copy_statement(node_columns() | INDEX_COLUMNS, {"case_id": cases[0]}) for piece in nodes),
            *(
                piece.copy_statement(
                    columns_of(relation_tables()[piece.label]), {"case_id": cases[0], "type": piece.label}
                )
                for piece in (*relations, *derived)
            ),
        ]
        try:
            store.run_all(statements)
        except StoreUnavailableError as error:
            raise StoreUnavailableError(f"{target}: {first_line(error)}") from error
    counts = [sum(piece.rows for piece in pieces) for pieces in (nodes, relations, derived)]
    return LoadReport(cases[0], counts[0], counts[1], counts[2], {})


def _check(tables: TableSet, case: str, code: str) -> None:
    """Raise where the tables have mistakes, or rows that are not of the place."""
    import polars as pl

    problems: list[Problem] = []
    for table in tables.every:
        problems += check_values(table, case)[0]
    problems += check_unique(tables)
    ids = []
    for node_table in tables.nodes:
        frame = scan(node_table.files)
        if "code" not in node_table.columns:
            problems.append(Problem(node_table.name, "no column 'code'", "the division code of every node"))
            continue
        outside = (
            frame.filter(~pl.col("code").str.starts_with(code).fill_null(value=False)).select("id").collect()["id"]
        )
        if len(outside):
            found = f"{len(outside):,} nodes are not of {code}, such as {outside[0]}"
            problems.append(Problem(f"{node_table.name}, column 'code'", found, f"codes that begin with {code}"))
        ids.append(frame.select("id").collect()["id"])
    inside = pl.concat(ids).implode() if ids else pl.Series([[]], dtype=pl.List(pl.String))
    for table in tables.relations:
        apart = scan(table.files).filter(~(pl.col("start").is_in(inside) | pl.col("end").is_in(inside))).collect()
        if apart.height:
            found = f"{apart.height:,} relations do not touch {code}, such as {apart['start'][0]} → {apart['end'][0]}"
            problems.append(Problem(table.name, found, "relations that begin or end in the place"))
    if problems:
        raise InputError(problems)


def _deletions(code: str) -> list[str]:
    where = inside("n", code, indexed=True)
    return [f"MATCH (n:{family}) WHERE {where} DETACH DELETE n" for family in vocabulary().families]


class _Places:
    """The ``place`` of nodes that the store holds, for superiors outside the tables."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store

    def __call__(self, family: str, ids: Sequence[str]) -> dict[str, str]:
        query = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) RETURN n.id, n.place"
        return {identity: place for identity, place in self._store.query(query, {"ids": list(ids)}).rows if place}
