"""Put the tables of one place in the place of what a bulk store holds of it, at the cost of what changes.

What the store holds of the place is compared with the tables, and only rows that differ are written, in one transaction
that the engine logs: a kill or a mistake leaves what was there. Nothing is copied in bulk, nothing detached: the engine
(ladybug 0.20.4) does not log a COPY, and its log of DETACH DELETE cannot be read again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govgraph.errors import InputError, NotFoundError, Problem, StoreUnavailableError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.bulk import LoadReport
from govgraph.store.difference import (
    NODE_KEY,
    RELATION_KEY,
    compare,
    node_schema,
    read_rows,
    relation_schema,
    rows_of,
)
from govgraph.store.embedded import LARGE_POOL, EmbeddedStore, first_line
from govgraph.store.schema import relation_tables
from govgraph.store.slice import inside, is_indexed
from govgraph.store.staging import INDEX_FIELDS, INDEX_SOURCES, derived_pieces, node_pieces, relation_pieces
from govgraph.store.table_check import check_unique, check_values
from govgraph.store.tables import find_tables, scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from govgraph.store.difference import Difference
    from govgraph.store.tables import TableSet

LOG_LIMIT = 16 * 1024 * 1024  # bytes; a longer log is merged into the store, which costs seconds, as reading it does


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
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        staging = Path(name)
        tables = find_tables(folder)
        with EmbeddedStore(target, read_only=True) as store:
            cases = store.case_ids()
            if len(cases) != 1 or not is_indexed(store, "组织"):
                raise NotFoundError(f"{target} was not loaded in bulk; only such a store takes one place anew")
            _check(tables, cases[0], code)
            nodes = [piece for table in tables.nodes for piece in node_pieces(table, cases[0], staging)]
            relations = [piece for table in tables.relations for piece in relation_pieces(table, cases[0], staging)]
            derived = derived_pieces(tables, relations, staging, known=_Places(store))
            before = _read(store, code, staging)
        nodes_differ = compare(before[0], rows_of(nodes, node_schema()), NODE_KEY)
        relations_differ = compare(before[1], rows_of((*relations, *derived), relation_schema()), RELATION_KEY)
        _Writer(target, cases[0], code).run(nodes_differ, relations_differ)
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


def _read(store: EmbeddedStore, code: str, staging: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what the store holds of a place: nodes, and relations that touch them."""
    where = inside("n", code, indexed=True)
    families = "|".join(vocabulary().families)
    types = "|".join(relation_tables())
    nodes, leaving, arriving = (staging / f"before-{name}.parquet" for name in ("nodes", "leaving", "arriving"))
    store.copy_to(
        f"MATCH (n:{families}) WHERE {where} RETURN label(n) AS label, {_fields('n', node_schema(), 1)}", nodes
    )
    columns = _fields("r", relation_schema(), len(RELATION_KEY) - 1)
    store.copy_to(
        f"MATCH (n:{families})-[r:{types}]->(b) WHERE {where} "
        f"RETURN r.type AS label, label(n) AS first, label(b) AS last, n.id AS start, b.id AS `end`, {columns}",
        leaving,
    )
    store.copy_to(
        f"MATCH (n:{families})<-[r:{types}]-(a) WHERE {where} AND NOT coalesce(a.code, '') STARTS WITH '{code}' "
        f"RETURN r.type AS label, label(a) AS first, label(n) AS last, a.id AS start, n.id AS `end`, {columns}",
        arriving,
    )
    return read_rows([nodes], node_schema()), read_rows([leaving, arriving], relation_schema())


def _fields(variable: str, schema: Mapping[str, str], skipped: int) -> str:
    return ", ".join(f"{variable}.`{name}` AS `{name}`" for name in [*schema][skipped:])


class _Writer:
    """Writes the differences of one place in one transaction."""

    def __init__(self, target: Path, case: str, code: str) -> None:
        self._target = target
        self._case = case
        self._inside = inside("n", code, indexed=True)

    def run(self, nodes: Difference, relations: Difference) -> None:
        """Write; after an error the store is as it was.

        Raises:
            StoreUnavailableError: the store is in use, or refuses a row.
        """
        import ladybug
        import polars as pl

        try:
            database: Any = ladybug.Database(str(self._target), buffer_pool_size=LARGE_POOL, auto_checkpoint=False)
            self._connection: Any = ladybug.Connection(database)
            try:
                self._connection.execute("CALL force_checkpoint_on_close=false")
                self._connection.execute("BEGIN TRANSACTION")
                self._disconnect(pl.concat([relations.gone, relations.changed.select(relations.gone.columns)]))
                self._remove(nodes.gone)
                self._add(nodes.fresh)
                self._change(nodes.changed)
                self._connect(pl.concat([relations.fresh, relations.changed]))
                self._connection.execute("COMMIT")
                log = self._target.with_name(f"{self._target.name}.wal")
                if log.exists() and log.stat().st_size > LOG_LIMIT:
                    self._connection.execute("CHECKPOINT")
            finally:
                self._connection.close()
                database.close()
        except RuntimeError as error:
            raise StoreUnavailableError(f"{self._target} is as it was: {first_line(error)}") from error

    def _disconnect(self, rows: pl.DataFrame) -> None:
        """Delete relations, of each table in one scan of the place."""
        for (type_, first, last), part in _parts(rows, RELATION_KEY[:3]):
            for match in (f"(n:{first})-[r:{type_}]->(:{last})", f"(n:{last})<-[r:{type_}]-(:{first})"):
                statement = f"MATCH {match} WHERE {self._inside} AND r.id IN $ids DELETE r"
                self._connection.execute(statement, {"ids": part["id"].to_list()})

    def _remove(self, rows: pl.DataFrame) -> None:
        for (family,), part in _parts(rows, ("label",)):
            statement = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) DELETE n"
            self._connection.execute(statement, {"ids": part["id"].to_list()})

    def _add(self, rows: pl.DataFrame) -> None:
        for (family,), part in _parts(rows, ("label",)):
            row = _Row(part.drop("label"))
            values = row.values | row.numbers | {"case_id": f"'{self._case}'"}
            listed = ", ".join(f"`{name}`: {value}" for name, value in values.items())
            self._connection.execute(f"UNWIND $rows AS r CREATE (:{family} {{{listed}}})", {"rows": row.rows})

    def _change(self, rows: pl.DataFrame) -> None:
        for (family,), part in _parts(rows, ("label",)):
            row = _Row(part.drop("label"))
            values = dict.fromkeys(part.columns[2:], "NULL") | row.values | row.numbers
            listed = ", ".join(f"n.`{name}` = {value}" for name, value in values.items() if name != "id")
            statement = f"UNWIND $rows AS r MATCH (n:{family} {{id: {row.values['id']}}}) SET {listed}"
            self._connection.execute(statement, {"rows": row.rows})

    def _connect(self, rows: pl.DataFrame) -> None:
        for (type_, first, last), part in _parts(rows, RELATION_KEY[:3]):
            row = _Row(part.drop(RELATION_KEY[:3]))
            values = row.values | {"case_id": f"'{self._case}'", "type": f"'{type_}'"}
            start, end = values.pop("start"), values.pop("end")
            listed = ", ".join(f"`{name}`: {value}" for name, value in values.items())
            made = self._connection.execute(
                f"UNWIND $rows AS r MATCH (a:{first} {{id: {start}}}) MATCH (b:{last} {{id: {end}}}) "
                f"CREATE (a)-[n:{type_} {{{listed}}}]->(b) RETURN count(n.id)",
                {"rows": row.rows},
            ).get_next()[0]
            if made != part.height:
                raise RuntimeError(f"{part.height - made:,} of {type_}.{first}.{last} join nodes that it does not hold")


class _Row:
    """Rows as a parameter ``$rows``, and for each column that has values the expression of it in a row ``r``."""

    def __init__(self, frame: pl.DataFrame) -> None:
        filled = [name for name in frame.columns if frame[name].null_count() < frame.height]
        keys = {name: f"c{number}" for number, name in enumerate(filled)}
        self.rows = frame.select(filled).rename(keys).to_dicts()
        kinds = node_schema() | relation_schema()
        self.values = {
            name: f"r.{key}" if kinds[name] == "STRING" else f"CAST(r.{key} AS {kinds[name]})"
            for name, key in keys.items()
        }
        self.numbers = {
            name: expression.replace(f"`{INDEX_SOURCES[name]}`", f"r.{keys[INDEX_SOURCES[name]]}")
            for name, expression in INDEX_FIELDS.items()
            if INDEX_SOURCES[name] in keys
        }


def _parts(rows: pl.DataFrame, by: Sequence[str]) -> list[tuple[tuple[str, ...], pl.DataFrame]]:
    """Return the rows of each table: its labels, and them."""
    groups = rows.partition_by(list(by), as_dict=True)
    return [(tuple(map(str, labels)), groups[labels]) for labels in sorted(groups)]


class _Places:
    """The ``place`` of nodes that the store holds, for superiors outside the tables."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store

    def __call__(self, family: str, ids: Sequence[str]) -> dict[str, str]:
        query = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) RETURN n.id, n.place"
        return {identity: place for identity, place in self._store.query(query, {"ids": list(ids)}).rows if place}
