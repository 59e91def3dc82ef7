"""The embedded store: ladybug in this process, in memory or in one file on disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govgraph.errors import QueryError, QueryTimeoutError, StoreUnavailableError
from govgraph.store.drafts import draft_of
from govgraph.store.engine_faults import refuse_wrong_answers
from govgraph.store.protocol import Table, first_column, first_line
from govgraph.store.read_only import refuse_writes
from govgraph.store.schema import (
    CASE_COLUMNS,
    CASE_LABEL,
    case_row,
    columns_of,
    embedded_ddl,
    node_columns,
    nodes_by_family,
    relation_tables,
    relations_by_ends,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from govgraph.model.case import Case

MEMORY = ":memory:"
ONE_THREAD = "CALL threads=1"  # before a COPY of nodes: two threads that build one primary key may deadlock
SMALL_POOL = 512 * 1024 * 1024  # bytes; the engine would take 80 % of the machine otherwise
LARGE_POOL = 3584 * 1024 * 1024
EMPTIED = "does not match the current database"  # what the engine says of shadow pages of another file, or of none
LEFT_OVER = ("checkpoint is in progress", EMPTIED)  # what it says while a log is merged, and where that was cut short
POOL_FULL = "buffer pool is full"  # what the engine says then
UNPLANNED = "unordered_map::at"  # what it says where its planner stumbles, and what is known to help
ADVICE = (
    "It cannot plan it. Where an OPTIONAL MATCH names several families of a node, follow no relation on from there; "
    "do not compare id() in an OPTIONAL MATCH."
)
SMALL_FILE = 256 * 1024 * 1024  # a store on disk beyond this size gets the large pool


class EmbeddedStore:
    """A ladybug database.

    Args:
        path: the database file, or ``:memory:``.
        read_only: refuse all writes; the file must exist.
        pool: buffer pool in bytes; by default chosen by the size of the file.

    Raises:
        StoreUnavailableError: the file is missing, locked, or not a database.
    """

    engine = "ladybug"

    def __init__(self, path: str | Path = MEMORY, *, read_only: bool = False, pool: int | None = None) -> None:
        self.address = str(path)
        self._read_only = read_only
        self._copies = 0
        self._held: dict[str, Case] = {}
        self._pool = pool or self._pool_for(self.address)
        self._open()

    @staticmethod
    def _pool_for(address: str) -> int:
        path = Path(address)
        if address != MEMORY and path.is_file() and path.stat().st_size > SMALL_FILE:
            return LARGE_POOL
        return SMALL_POOL

    def _open(self) -> None:
        import ladybug

        exists = self.address != MEMORY and Path(self.address).exists()
        if self._read_only and not exists:
            raise StoreUnavailableError(
                f"no store at {self.address}. Make one: govgraph load CASE|TABLES --store {self.address}"
            )
        try:
            self._database: Any = ladybug.Database(
                self.address,
                buffer_pool_size=self._pool,
                read_only=self._read_only,
                max_num_threads=1 if self.address == MEMORY else 0,  # threads cost more than a small case
            )
            self._connection: Any = ladybug.Connection(self._database)
            if not exists:
                for statement in embedded_ddl():
                    self._connection.execute(statement)
            else:
                self._connection.execute(f"MATCH (c:{CASE_LABEL}) RETURN count(c)")
        except RuntimeError as error:
            if any(words in str(error) for words in LEFT_OVER) and self._took_up():
                self._open()
                return
            raise StoreUnavailableError(f"{self.address} cannot be opened as a store: {first_line(error)}") from error

    def _took_up(self) -> bool:
        """Finish what a killed writer was merging into the file; False where a writer is still at it.

        A log that ends with the mark of a merge beside shadow pages that are emptied is merged already: the engine
        was killed before it removed it, and refuses it since the pages do not name the database any more.
        """
        import ladybug

        shadow, log = (Path(f"{self.address}.{ending}") for ending in ("shadow", "wal.checkpoint"))
        for _ in range(2):
            try:
                ladybug.Database(self.address, buffer_pool_size=self._pool).close()
            except RuntimeError as error:
                if EMPTIED not in str(error) or not shadow.is_file() or shadow.stat().st_size:
                    return False
                log.unlink(missing_ok=True)
            else:
                return True
        return False

    def close(self) -> None:
        """Let go of the database file."""
        self._connection.close()
        self._database.close()

    def __enter__(self) -> EmbeddedStore:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        self.close()

    def case_ids(self) -> list[str]:
        """Return the ids of the loaded cases, sorted."""
        return sorted(first_column(self.query(f"MATCH (c:{CASE_LABEL}) RETURN c.id").rows))

    def load(self, case: Case) -> None:
        """Add the case, or put it in the place of the loaded one of that id: all of it or nothing."""
        self.load_all([case])

    def load_all(self, cases: Sequence[Case]) -> None:
        """Load several cases in one transaction, a COPY a table for all of them."""
        unique = {case.id: case for case in cases}
        if self.address == MEMORY:
            self._load_memory(unique)
            return
        held = sorted(set(self.case_ids()) & unique.keys())

        def write(copy: EmbeddedStore) -> None:
            for identity in held:
                copy._delete(identity)
            copy._copy_cases(list(unique.values()))

        self._change(write)

    def _change(self, work: Callable[[EmbeddedStore], None]) -> None:
        """Let ``work`` change a copy of the file, which then takes its place: a kill leaves the old or the new.

        Killed while it merges what was copied and deleted into its file, the engine may not open it again.
        """
        try:
            self._connection.execute("CHECKPOINT")
        except RuntimeError as error:
            raise StoreUnavailableError(f"the store refused the load, and is as it was: {first_line(error)}") from error
        with draft_of(Path(self.address)) as draft:
            shutil.copyfile(self.address, draft)
            with EmbeddedStore(draft, pool=self._pool) as copy:
                copy._connection.execute(ONE_THREAD)
                copy._transaction(lambda: work(copy))
        self._renew()

    def _load_memory(self, cases: Mapping[str, Case]) -> None:
        """Build the database in memory anew, with what it held before; the old one comes back where that fails."""
        before = dict(self._held)
        self._held |= cases
        try:
            if before:
                self._renew()
            self._transaction(lambda: self._copy_cases(list(self._held.values())))
        except BaseException:
            self._held = before
            self._transaction(lambda: self._copy_cases(list(before.values())))
            raise

    def remove(self, case_id: str) -> None:
        """Remove one case."""
        if self.address == MEMORY:
            self._held.pop(case_id, None)
            self._transaction(lambda: self._delete(case_id))
        else:
            self._change(lambda copy: copy._delete(case_id))

    def _renew(self) -> None:
        """Open the database anew: the engine keeps the memory of each COPY until then, some 200 MB for a small case."""
        self.close()
        self._open()

    def _transaction(self, work: Callable[[], None]) -> None:
        """Run ``work`` in a transaction; after an error the database is opened anew (a failed COPY poisons it)."""
        self._connection.execute("BEGIN TRANSACTION")
        try:
            work()
            self._connection.execute("COMMIT")
        except RuntimeError as error:
            self._renew()
            raise StoreUnavailableError(f"the store refused the load, and is as it was: {first_line(error)}") from error
        except BaseException:  # interrupted, or a case that does not hold together: nothing of it may stay
            self._renew()
            raise

    def _delete(self, case_id: str) -> None:
        from govgraph.model.vocabulary import vocabulary

        for family in vocabulary().families:
            statement = f"MATCH (n:{family}) WHERE n.case_id = $id DETACH DELETE n"
            self._connection.execute(statement, {"id": case_id})
        self._connection.execute(f"MATCH (c:{CASE_LABEL}) WHERE c.id = $id DELETE c", {"id": case_id})

    def _copy_cases(self, cases: Sequence[Case]) -> None:
        self._copy(CASE_LABEL, list(CASE_COLUMNS), [case_row(case) for case in cases])
        nodes: dict[str, list[dict[str, Any]]] = {}
        relations: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for case in cases:
            for family, rows in nodes_by_family(case).items():
                nodes.setdefault(family, []).extend(rows)
            for ends, rows in relations_by_ends(case).items():
                relations.setdefault(ends, []).extend(rows)
        for family, rows in nodes.items():
            self._copy(family, list(node_columns()), rows)
        for (type_, start, end), rows in relations.items():
            columns = ["start", "end", *columns_of(relation_tables()[type_])]
            self._copy(type_, columns, rows, f" (from='{start}', to='{end}')")

    def _copy(self, table: str, columns: list[str], rows: list[dict[str, Any]], options: str = "") -> None:
        """Copy rows in one statement, a parameter a column: the engine takes up a row as a dictionary slowly.

        Columns that no row fills are left out: the engine's time goes by the column.
        """
        used = [name for name in columns if any(row[name] is not None for row in rows)]
        self._copies += 1
        number = f"r{self._copies}"  # the engine crashes when a cached COPY statement runs again: no two alike
        parameters: dict[str, Any] = {"n": len(rows)}
        fields = []
        for place, name in enumerate(used):
            field, given = _column(f"c{place}", number, [row[name] for row in rows])
            fields.append(field)
            parameters |= given
        named = ", ".join(name for name in used if name not in ("start", "end"))
        source = f"UNWIND range(1, $n) AS {number} RETURN {', '.join(fields)}"
        self._connection.execute(f"COPY {table}({named}) FROM ({source}){options}", parameters)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Run one read query (see `Store.query`)."""
        result = self._answer(cypher, parameters or {}, timeout)
        columns = tuple(result.get_column_names())
        rows: list[tuple[Any, ...]] = []
        while result.has_next() and (limit is None or len(rows) < limit):
            rows.append(tuple(result.get_next()))
        table = Table(columns, tuple(rows), truncated=bool(result.has_next()))
        if self._pool > SMALL_POOL:
            self._free(result)
        return table

    def queries(
        self, queries: Sequence[tuple[str, Mapping[str, Any]]], *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run several read queries one after the other: the engine would hold the memory of all of them."""
        for cypher, parameters in queries:
            yield self.query(cypher, parameters, timeout=timeout)

    def _answer(self, cypher: str, parameters: Mapping[str, Any], timeout: float | None, tried: int = 0) -> Any:
        """Return the engine's answer to one read query; where its memory is full, room is made for it."""
        refuse_writes(cypher)
        refuse_wrong_answers(cypher)
        self._connection.set_query_timeout(int(timeout * 1000) if timeout else 0)
        try:
            result = self._connection.execute(cypher, dict(parameters))
        except RuntimeError as error:
            message = first_line(error)
            if POOL_FULL in message and (self._reconnected(tried) or self._enlarge()):
                return self._answer(cypher, parameters, timeout, tried + 1)
            if self._pool > SMALL_POOL:
                self._free(None)
            if "interrupt" in message.lower():
                raise QueryTimeoutError(
                    f"the query was stopped after {timeout:g} s. Narrow it, or raise --timeout."
                ) from error
            advice = f". {ADVICE}" if message == UNPLANNED else ""
            raise QueryError(f"the embedded engine refuses the query: {message}{advice}") from error
        if isinstance(result, list):
            raise QueryError("one query at a time")
        return result

    def _reconnected(self, tried: int) -> bool:
        """Let go of what earlier queries left in a small pool; False where that was tried, or is done after each."""
        if tried or self._pool > SMALL_POOL:
            return False
        self._reconnect()
        return True

    def _reconnect(self) -> None:
        import ladybug

        self._connection.close()
        self._connection = ladybug.Connection(self._database)

    def _enlarge(self) -> bool:
        """Open a store on disk anew with a pool of half of the machine's memory, if it has not that much already.

        The engine counts what it reserves: a query that wants more than the large pool takes up less than half of it.
        """
        half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
        if self.address == MEMORY or not self._read_only or half <= self._pool:
            return False
        self._pool = half
        self._renew()
        return True

    def _free(self, result: Any) -> None:
        """Give back the memory of a query: the engine keeps some with the connection, and a full pool for good."""
        if result is not None:
            result.close()
        self._connection.set_query_timeout(0)
        used = int(self._connection.execute("CALL bm_info() RETURN mem_usage").get_next()[0])
        if used > self._pool // 2 and self.address != MEMORY:  # what is in memory would go with it
            self._renew()
        else:
            self._reconnect()

    def batches(
        self, cypher: str, parameters: Mapping[str, Any], size: int = 10_000, *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run one read query and yield its rows so many at a time (see `Store.batches`)."""
        result = self._answer(cypher, parameters, timeout)
        columns = tuple(result.get_column_names())
        while result.has_next():
            rows: list[tuple[Any, ...]] = []
            while len(rows) < size and result.has_next():
                rows.append(tuple(result.get_next()))
            yield Table(columns, tuple(rows))
        if self._pool > SMALL_POOL:
            self._free(result)


def _column(key: str, number: str, values: list[Any]) -> tuple[str, dict[str, Any]]:
    """Return the field of a column in a row of some number, and the parameters that it reads."""
    if not any(isinstance(value, list) for value in values):
        return f"${key}[{number}]", {key: values}
    # a list of lists must have no null, and not be all empty: the engine would take it for something else
    given = {f"{key}_": [value is not None for value in values], key: [*(value or [] for value in values), [""]]}
    return f"CASE WHEN ${key}_[{number}] THEN ${key}[{number}] END", given
