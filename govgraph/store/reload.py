"""Put the tables of one place in the place of what a bulk store holds of it, at the cost of what changes.

What the store holds of the place is compared with the tables, and only rows that differ are written, in one transaction
that the engine logs: a kill or a mistake leaves what was there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from govgraph.errors import InputError, NotFoundError, Problem
from govgraph.model.vocabulary import vocabulary
from govgraph.store.bulk import LoadReport
from govgraph.store.columnar.change import change
from govgraph.store.columnar.database import ColumnarStore, is_columnar
from govgraph.store.difference import NODE_KEY, RELATION_KEY, compare, node_schema, relation_schema, rows_of
from govgraph.store.schema import relation_tables
from govgraph.store.slice import inside
from govgraph.store.staging import derived_pieces, node_pieces, relation_pieces
from govgraph.store.table_check import check_unique, check_values
from govgraph.store.tables import find_tables, polars_type, scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

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
    if not is_columnar(target):
        raise NotFoundError(f"{target} was not loaded from tables; only such a store takes one place anew")
    with tempfile.TemporaryDirectory() as name, ColumnarStore(target) as store:
        staging = Path(name)
        tables = find_tables(folder)
        case = store.case_ids()[0]
        _check(tables, case, code)
        nodes = [piece for table in tables.nodes for piece in node_pieces(table, case, staging)]
        relations = [piece for table in tables.relations for piece in relation_pieces(table, case, staging)]
        derived = derived_pieces(tables, relations, staging, known=_Places(store))
        before = _read(store, code)
        nodes_differ = compare(before[0], rows_of(nodes, node_schema()), NODE_KEY)
        relations_differ = compare(before[1], rows_of((*relations, *derived), relation_schema()), RELATION_KEY)
        change(store, nodes_differ, relations_differ, RELATION_KEY[1:3])
    counts = [sum(piece.rows for piece in pieces) for pieces in (nodes, relations, derived)]
    return LoadReport(case, counts[0], counts[1], counts[2], {})


def _check(tables: TableSet, case: str, code: str) -> None:
    """Raise where the tables have mistakes, or rows that are not of the place."""
    import polars as pl

    problems: list[Problem] = []
    for table in tables.every:
        problems += check_values(table, case)
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


def _read(store: ColumnarStore, code: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what the store holds of a place: nodes, and relations that touch them, with their numbers."""
    import polars as pl

    where = inside("n", code)
    families = "|".join(vocabulary().families)
    types = "|".join(relation_tables())
    fields = f"{_fields('n', node_schema(), 1)}, id(n) AS _number"
    nodes = store.frame(f"MATCH (n:{families}) WHERE {where} RETURN label(n) AS label, {fields}")
    ids = {"ids": nodes["id"].to_list()}
    match = f"UNWIND $ids AS identity MATCH (n:{families} {{id: identity}})"
    columns = f"{_fields('r', relation_schema(), len(RELATION_KEY) - 1)}, id(r) AS _number"
    leaving = (
        f"{match}-[r:{types}]->(b) "
        f"RETURN r.type AS label, label(n) AS first, label(b) AS last, n.id AS start, b.id AS `end`, {columns}"
    )
    arriving = (
        f"{match}<-[r:{types}]-(a) WHERE NOT coalesce(a.code, '') STARTS WITH '{code}' "
        f"RETURN r.type AS label, label(a) AS first, label(n) AS last, a.id AS start, n.id AS `end`, {columns}"
    )
    return (
        _typed(nodes, node_schema()),
        _typed(pl.concat([store.frame(leaving, ids), store.frame(arriving, ids)]), relation_schema()),
    )


def _typed(rows: pl.DataFrame, schema: Mapping[str, str]) -> pl.DataFrame:
    import polars as pl

    return rows.select(*(pl.col(name).cast(polars_type(kind)) for name, kind in schema.items()), "_number")


def _fields(variable: str, schema: Mapping[str, str], skipped: int) -> str:
    return ", ".join(f"{variable}.`{name}` AS `{name}`" for name in [*schema][skipped:])


class _Places:
    """The ``place`` of nodes that the store holds, for superiors outside the tables."""

    def __init__(self, store: ColumnarStore) -> None:
        self._store = store

    def __call__(self, family: str, ids: Sequence[str]) -> dict[str, str]:
        query = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) RETURN n.id, n.place"
        return {identity: place for identity, place in self._store.query(query, {"ids": list(ids)}).rows if place}
