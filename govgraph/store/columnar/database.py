"""The columnar store: a DuckDB database in this process, in memory or in one file on disk, that is asked in Cypher."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from govgraph.errors import QueryError, QueryTimeoutError, StoreUnavailableError
from govgraph.store.columnar.clauses import translate
from govgraph.store.columnar.layout import (
    HASH,
    JOINS,
    JOINS_TABLE,
    MADE,
    Catalog,
    columns_of_label,
    empty_table,
    hashed,
    labels,
    next_number,
    quoted,
    text,
)
from govgraph.store.protocol import Table, first_column, first_line
from govgraph.store.read_only import refuse_writes
from govgraph.store.schema import CASE_LABEL, case_row, nodes_by_family, relations_by_ends
from govgraph.store.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb
    import polars as pl
    import pyarrow as pa

    from govgraph.model.case import Case
    from govgraph.store.columnar.clauses import Translation

MEMORY = ":memory:"
MAGIC = b"DUCK"  # in a file of the engine's, after eight bytes
# What plans of queries on a file do not go through.
LEFT_OUT = (
    "statistics_propagation",  # refuses a query with a column that is null throughout (duckdb 2.0.0)
    "distinct_aggregate_rewrite",  # plans each collect(DISTINCT) as a query of its own
)
# What plans of queries in memory go through: a pass takes longer there than it saves. The others are turned off.
PASSES = (
    "filter_pushdown",
    "filter_pullup",
    "join_order",
    "build_side_probe_side",
    "deliminator",
    "unused_columns",
    "expression_rewriter",
)
MEMORY_LIMIT = "3GB"  # of the engine; beyond it spills to disk, and the whole process stays below 4 GiB


def is_columnar(path: Path) -> bool:
    """Tell whether a file is a columnar store."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC) + 8)[8:] == MAGIC


def connected(path: str | Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a database file, or one in memory.

    Raises:
        StoreUnavailableError: it is missing, in use, or no database.
    """
    import duckdb

    try:
        return duckdb.connect(str(path), read_only=read_only, config={"memory_limit": MEMORY_LIMIT})
    except duckdb.Error as error:
        raise StoreUnavailableError(f"{path} cannot be opened as a store: {first_line(error)}") from error


class ColumnarStore:
    """A store of tables.

    Args:
        path: the database file, or ``:memory:``.
        read_only: refuse all writes; the file must exist.

    Raises:
        StoreUnavailableError: the file is missing, in use, or no columnar store.
    """

    engine = "duckdb"
    connection: duckdb.DuckDBPyConnection
    catalog: Catalog

    def __init__(self, path: str | Path = MEMORY, *, read_only: bool = False) -> None:
        self.address = str(path)
        if self.address != MEMORY and not is_columnar(Path(path)):
            raise StoreUnavailableError(f"no store of tables at {path}. Make one: govgraph load TABLES --store {path}")
        self.connection = connected(path, read_only=read_only)
        if self.address == MEMORY:
            self._make()
        else:
            self._refuse_others()
            self.connection.execute(f"SET disabled_optimizers = '{','.join(LEFT_OUT)}'")
        self.catalog = self._read_catalog()

    def _refuse_others(self) -> None:
        """Raise where the file is none of ours, or the engine would not find by hash what it holds."""
        import duckdb

        try:
            alike = self.connection.execute(f"SELECT hash = {HASH} FROM {MADE}").fetchall() == [(True,)]
        except duckdb.Error as error:
            self.close()
            raise StoreUnavailableError(f"{self.address} is a DuckDB file, but no store of govgraph's") from error
        if not alike:
            self.close()
            raise StoreUnavailableError(
                f"{self.address} was made with another release of DuckDB, which {duckdb.__version__} cannot look up "
                f"in. Load the tables again: govgraph load TABLES --store {self.address}"
            )

    def _make(self) -> None:
        """Make the tables of a store in memory, and have it answer small queries fast."""
        optimizers = "SELECT string_agg(name, ',') FROM duckdb_optimizers() WHERE NOT list_contains($kept, name)"
        others = self.connection.execute(optimizers, {"kept": list(PASSES)}).fetchall()[0][0]
        tables = (empty_table(label, columns_of_label(label)) for label in labels())
        settings = (f"SET disabled_optimizers = {text(others)}", "SET threads = 1")
        self.connection.execute(";".join([*settings, JOINS_TABLE, *tables]))

    def _read_catalog(self) -> Catalog:
        held: dict[str, set[str]] = {}
        query = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        for label, column in self.connection.execute(query).fetchall():
            held.setdefault(label, set()).add(column)
        cases = first_column(self.connection.execute(f"SELECT id FROM {quoted(CASE_LABEL)}").fetchall())
        joins = self.connection.execute(f"FROM {JOINS}").fetchall()
        return Catalog(held, joins, cases[0] if len(cases) == 1 else None)

    def close(self) -> None:
        """Let go of the database file."""
        self.connection.close()

    def __enter__(self) -> ColumnarStore:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        self.close()

    def case_ids(self) -> list[str]:
        """Return the ids of the loaded cases, sorted."""
        return sorted(first_column(self.query(f"MATCH (c:{CASE_LABEL}) RETURN c.id").rows))

    # -- cases

    def load(self, case: Case) -> None:
        """Add the case, or put it in the place of the loaded one of that id: all of it or nothing."""
        self.load_all([case])

    def load_all(self, cases: Sequence[Case]) -> None:
        """Load several cases in one transaction.

        Raises:
            StoreUnavailableError: the store is of tables; it takes no case beside them.
        """
        if self.address != MEMORY:
            raise StoreUnavailableError(f"{self.address} is a store of tables: load the case into a store of its own.")
        with self.transaction():
            nodes: dict[str, list[dict[str, Any]]] = {CASE_LABEL: [case_row(case) for case in cases]}
            relations: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
            for case in cases:
                self._delete(case.id)
                for family, rows in nodes_by_family(case).items():
                    nodes.setdefault(family, []).extend(rows)
                for ends, rows in relations_by_ends(case).items():
                    relations.setdefault(ends, []).extend(rows)
            for family, rows in nodes.items():
                self._insert_nodes(family, rows)
            for ends, rows in relations.items():
                self._insert_relations(*ends, rows)
                self.catalog.add_join(*ends)

    def remove(self, case_id: str) -> None:
        """Remove one case.

        Raises:
            StoreUnavailableError: the store is of tables, which are one case.
        """
        if self.address != MEMORY:
            raise StoreUnavailableError(f"{self.address} is a store of tables, which are one case: remove the file.")
        with self.transaction():
            self._delete(case_id)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run what follows as one change: all of it or, on any error, nothing."""
        self.connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def _delete(self, case_id: str) -> None:
        if case_id not in self.case_ids():
            return
        for label in labels():
            column = "id" if label == CASE_LABEL else "case_id"
            self.connection.execute(f"DELETE FROM {quoted(label)} WHERE {column} = $id", {"id": case_id})

    def _insert_nodes(self, label: str, rows: list[dict[str, Any]]) -> None:
        name = "title_zh" if label == CASE_LABEL else "name"
        numbers = {"_n": next_number(label), "_id": hashed("id"), "_name": hashed(name)}
        table = _table(rows, columns_of_label(label))
        with given(self.connection, table):
            insert(self.connection, label, numbers | {name: quoted(name) for name in table.column_names}, "given")

    def _insert_relations(self, type_: str, start: str, end: str, rows: list[dict[str, Any]]) -> None:
        table = _table(rows, {"start": "STRING", "end": "STRING"} | columns_of_label(type_))
        fields = {name: f"g.{quoted(name)}" for name in table.column_names if name not in ("start", "end")}
        joined = f'given g JOIN {quoted(start)} a ON a.id = g.start JOIN {quoted(end)} b ON b.id = g."end"'
        with given(self.connection, table):
            insert(self.connection, type_, {"_a": "a._n", "_b": "b._n"} | fields, joined)

    # -- queries

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Run one read query (see `Store.query`)."""
        return self._answer(self.connection, cypher, parameters or {}, timeout, limit)

    def queries(
        self, queries: Sequence[tuple[str, Mapping[str, Any]]], *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run several read queries, in a file side by side (see `Store.queries`); in memory they take no time."""
        if self.address == MEMORY:
            for cypher, parameters in queries:
                yield self.query(cypher, parameters, timeout=timeout)
            return
        connections: list[duckdb.DuckDBPyConnection] = []

        def ask(cypher: str, parameters: Mapping[str, Any]) -> Table:
            connection = self.connection.cursor()
            connections.append(connection)
            return self._answer(connection, cypher, parameters, timeout)

        def stop() -> None:
            for connection in connections:
                connection.interrupt()

        try:
            yield from side_by_side(ask, queries, stop)
        finally:
            for connection in connections:
                connection.close()

    def _answer(
        self,
        connection: duckdb.DuckDBPyConnection,
        cypher: str,
        parameters: Mapping[str, Any],
        timeout: float | None,
        limit: int | None = None,
    ) -> Table:
        with self._asked(connection, cypher, parameters, timeout) as asked:
            cursor = connection.execute(asked.sql, asked.parameters or None)
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
            wholes = [number for number, field in enumerate(cursor.description) if str(field[1]).startswith("STRUCT")]
        if wholes:
            rows = [_with_what_is_known(row, wholes) for row in rows]
        truncated = limit is not None and len(rows) > limit
        return Table(asked.columns, tuple(rows[:limit] if truncated else rows), truncated=truncated)

    def batches(
        self, cypher: str, parameters: Mapping[str, Any], size: int = 10_000, *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run one read query and yield its rows so many at a time (see `Store.batches`)."""
        with self._asked(self.connection, cypher, parameters, timeout) as asked:
            answer = self.connection.sql(asked.sql, params=asked.parameters or None)
            for batch in answer.to_arrow_reader(size):  # by the column: twice as fast as by the row
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                yield Table(asked.columns, tuple(rows))

    @contextmanager
    def _asked(
        self,
        connection: duckdb.DuckDBPyConnection,
        cypher: str,
        parameters: Mapping[str, Any],
        timeout: float | None,
    ) -> Iterator[Translation]:
        """Give the SQL of one read query; what the engine raises until the answer is read is said in our words."""
        import duckdb

        refuse_writes(cypher)
        asked = translate(cypher, parameters, self.catalog)
        timer = Timer(timeout, connection.interrupt) if timeout else None
        if timer:
            timer.start()
        try:
            yield asked
        except duckdb.InterruptException as error:
            raise QueryTimeoutError(
                f"the query was stopped after {timeout:g} s. Narrow it, or raise --timeout."
            ) from error
        except duckdb.Error as error:
            raise QueryError(f"the columnar engine refuses the query: {first_line(error)}") from error
        finally:
            if timer:
                timer.cancel()

    def frame(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """Run one read query and return its rows as a frame.

        Raises:
            QueryError: the query is refused.
        """
        import polars as pl

        with self._asked(self.connection, cypher, parameters or {}, None) as asked:
            table = self.connection.sql(asked.sql, params=asked.parameters or None).to_arrow_table()
            return pl.DataFrame(table.rename_columns(list(asked.columns)))

    def copy_to(self, cypher: str, file: Path) -> None:
        """Write the rows of a read query to a CSV file without a header, by the engine itself.

        Raises:
            QueryError: the query is refused, or the file cannot be written.
        """
        target = text(str(file))
        with self._asked(self.connection, cypher, {}, None) as asked:
            self.connection.execute(f"COPY ({asked.sql}) TO {target} (FORMAT csv, HEADER false)")


@contextmanager
def given(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Make rows known to the engine as the table ``given``."""
    connection.register("given", rows)
    try:
        yield
    finally:
        connection.unregister("given")


def insert(connection: duckdb.DuckDBPyConnection, label: str, values: Mapping[str, str], source: str) -> int:
    """Insert rows of a source, with an expression for each column; return how many."""
    columns, fields = ", ".join(map(quoted, values)), ", ".join(values.values())
    made = connection.execute(f"INSERT INTO {quoted(label)}({columns}) SELECT {fields} FROM {source}")
    return int(made.fetchall()[0][0])


def _table(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pa.Table:
    """Return rows as a table of the columns that any of them fills."""
    import pyarrow as pa

    types = {"STRING": pa.string(), "INT64": pa.int64(), "DOUBLE": pa.float64(), "STRING[]": pa.list_(pa.string())}
    values = {name: [row[name] for row in rows] for name in columns}
    filled = {name: column for name, column in values.items() if any(value is not None for value in column)}
    return pa.table({name: pa.array(column, types[columns[name]]) for name, column in filled.items()})


def _with_what_is_known(row: tuple[Any, ...], wholes: Sequence[int]) -> tuple[Any, ...]:
    """Return a row whose nodes and relations have only the properties that are known."""
    values = list(row)
    for number in wholes:
        if values[number] is not None:
            values[number] = {key: value for key, value in values[number].items() if value is not None}
    return tuple(values)
