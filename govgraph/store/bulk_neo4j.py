"""Online bulk load: tables of millions of rows into a running Neo4j, in batches of one statement and one transaction.

A national graph does not fit one transaction, so this load is not all or nothing: it is checked whole before the
first row is written, and what a load that failed or was killed left behind is no case, is told to whoever reads the
store (`Neo4jStore.unfinished`), and is removed by the next load of that case. A node 载入 stands for a load that
runs: every batch locks it, so that of two loads of one case the later one goes on and the earlier one stops.
"""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govgraph.errors import EnvironmentFailure, QueryError, StoreUnavailableError
from govgraph.store.bulk import Clock, LoadReport
from govgraph.store.neo4j_server import BATCH, LOADING, node_statement, relation_statement
from govgraph.store.schema import CASE_LABEL, IN_FORCE, columns_of, node_columns, relation_tables, row_of_case
from govgraph.store.staging import all_pieces
from govgraph.store.table_check import check_tables
from govgraph.store.tables import find_tables, polars_type, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

    from govgraph.store.columnar.fill import Progress
    from govgraph.store.neo4j_server import Neo4jStore
    from govgraph.store.staging import Piece, Pieces

READ = 20 * BATCH  # rows read from a table at a time: a slice is found by the row groups before it
ONE_LOAD = f"CREATE CONSTRAINT `{LOADING}_id` IF NOT EXISTS FOR (l:{LOADING}) REQUIRE l.id IS UNIQUE"
BEGIN = (
    f"MERGE (l:{LOADING} {{id: $case}}) "
    "SET l.token = $token, l.rows = 0, l.total = $total, l.since = toString(datetime.truncate('second')) "
    f"WITH l MATCH (c:{CASE_LABEL} {{id: $case}}) DELETE c"
)
# The node is written before its token is read: the lock makes a later load wait for this batch, or this batch see it.
CLAIM = (
    f"MATCH (l:{LOADING} {{id: $case}}) SET l.rows = l.rows + $size WITH l WHERE l.token = $token "
    "RETURN l.rows AS rows ORDER BY rows"
)
FINISH = f"MATCH (l:{LOADING} {{id: $case}}) DELETE l CREATE (c:{CASE_LABEL}) SET c = $row"


def load_tables_online(
    folder: Path, store: Neo4jStore, case_id: str | None = None, *, progress: Progress | None = None
) -> LoadReport:
    """Load a folder of tables into a Neo4j server; the case of that id there, if any, goes before the first row.

    Args:
        folder: the tables (see `govgraph.store.tables`).
        store: an open store; its other cases stay as they are.
        case_id: the case's id, by default the folder's name; all node ids begin with it and a slash.
        progress: told after each batch.

    Raises:
        InputError: one problem a mistake, with counts and samples; the store is as it was.
        StoreUnavailableError: the server went away or refused a batch; says how far the load came.
    """
    case = case_id or folder.resolve().name
    clock = Clock()
    tables = find_tables(folder)
    check_tables(tables, case, ends=True)  # a MATCH would drop the rows whose ends are missing, and say nothing
    clock.mark("check")
    with tempfile.TemporaryDirectory() as staging:
        pieces = all_pieces(tables, case, Path(staging))
        clock.mark("derive")
        load = _Load(store, case, pieces, progress)
        try:
            load.run(clock)
        except (EnvironmentFailure, QueryError) as error:
            raise StoreUnavailableError(f"{error}\n{load.standing}") from error
    return LoadReport(case, *pieces.counts, clock.seconds)


class _Load:
    """One load that runs."""

    def __init__(self, store: Neo4jStore, case: str, pieces: Pieces, progress: Progress | None) -> None:
        self._store = store
        self._case = case
        self._pieces = pieces
        self._progress = progress or (lambda *_: None)
        self._token = secrets.token_hex(8)
        self._done = 0
        self._total = sum(pieces.counts)
        self._begun = False

    @property
    def standing(self) -> str:
        """What a user must know of the store after a failure."""
        if not self._begun:
            return "Nothing was loaded; the store is as it was."
        return (
            f"The load stopped at {self._done:,} of {self._total:,} rows. They are no case, and the next load of "
            f"{self._case} removes them first: load it again."
        )

    def run(self, clock: Clock) -> None:
        """Write all rows, and the case itself last."""
        self._store.prepare()
        self._store.run_schema(ONE_LOAD)
        self._begin()
        clock.mark("clear")
        self._progress("nodes", 0, self._total)
        for piece in self._pieces.nodes:
            statement = node_statement(piece.label)
            columns = {name: kind for name, kind in node_columns().items() if name in piece.columns}
            for frame in self._batches(piece, columns, {"case_id": self._case}):
                self._write(piece.name, statement, frame.to_dicts())
        clock.mark("nodes")
        for piece in (*self._pieces.relations, *self._pieces.derived):
            assert piece.ends is not None
            statement = relation_statement(piece.label, *piece.ends)
            declared = columns_of(relation_tables()[piece.label])
            columns = {name: kind for name, kind in declared.items() if name in piece.columns}
            for frame in self._batches(piece, columns, {"case_id": self._case, "type": piece.label}):
                self._write(piece.name, statement, _with_properties(frame).to_dicts())
        self._finish()
        clock.mark("relations")

    def _begin(self) -> None:
        parameters = {"case": self._case, "token": self._token, "total": self._total}
        self._begun = True
        self._store.write(lambda tx: tx.run(BEGIN, parameters).consume())
        if self._store.has_rows(self._case):
            self._progress("removing what was there", 0, self._total)
            self._store.delete_rows(self._case)

    def _batches(self, piece: Piece, columns: Mapping[str, str], fixed: Mapping[str, str]) -> Iterator[pl.DataFrame]:
        """Yield a piece's rows in the types of its columns, ``fixed`` columns and the default status added."""
        rows = scan(piece.files).select(_typed(piece, columns, fixed))
        for begin in range(0, piece.rows, READ):
            yield from rows.slice(begin, READ).collect().iter_slices(BATCH)

    def _write(self, stage: str, statement: str, rows: list[dict[str, Any]]) -> None:
        def work(tx: Any) -> None:
            self._claim(tx, len(rows))
            counters = tx.run(statement, rows=rows).consume().counters
            if counters.nodes_created + counters.relationships_created != len(rows):
                raise StoreUnavailableError(f"{stage}: nodes of {self._case} were removed while it was loaded.")

        self._store.write(work)
        self._done += len(rows)
        self._progress(stage, self._done, self._total)

    def _claim(self, tx: Any, size: int) -> None:
        """Take the lock of this load.

        Raises:
            StoreUnavailableError: a later load of the case has taken its place.
        """
        if tx.run(CLAIM, case=self._case, token=self._token, size=size).single() is None:
            raise StoreUnavailableError(f"another load of {self._case} was begun on {self._store.address}.")

    def _finish(self) -> None:
        def work(tx: Any) -> None:
            self._claim(tx, 0)
            tx.run(FINISH, case=self._case, row=row_of_case(self._case)).consume()

        self._store.write(work)


def _typed(piece: Piece, columns: Mapping[str, str], fixed: Mapping[str, str]) -> list[pl.Expr]:
    """Return the columns in the engine's types. Neo4j takes no null in a list."""
    import polars as pl

    fields = [pl.col(name) for name in ("start", "end") if piece.ends]
    for name, kind in columns.items():
        field = pl.col(name).cast(polars_type(kind))
        if kind == "STRING[]":
            field = field.list.drop_nulls()
        fields.append(field.fill_null(IN_FORCE) if name == "status" else field)
    if "status" not in columns:
        fields.append(pl.lit(IN_FORCE).alias("status"))
    return [*fields, *(pl.lit(text).alias(name) for name, text in fixed.items())]


def _with_properties(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``start``, ``end``, and all other columns as the one column ``properties``."""
    import polars as pl

    return frame.select("start", "end", properties=pl.struct(pl.exclude("start", "end")))
