"""The Neo4j store, by the official driver: routed reads, batched writes in one transaction a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.errors import EnvironmentFailure, LoginRefusedError, QueryError, QueryTimeoutError, StoreUnavailableError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.protocol import Table, first_column
from govgraph.store.read_only import refuse_writes
from govgraph.store.schema import CASE_LABEL, case_row, neo4j_ddl, nodes_by_family, relations_by_ends
from govgraph.store.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govgraph.model.case import Case

BATCH = 10_000  # rows a statement: from 5,000 to 50,000 the time is the same, the server's memory is not
INDEX_SECONDS = 3600  # how long indexes new to a store of millions of nodes may take to fill
LOADING = "载入"  # a node of this label is a load of tables that runs, or was stopped (see `govgraph.store.bulk_neo4j`)
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class Neo4jStore:
    """A Neo4j 5.26+ server or cluster.

    Args:
        uri: ``bolt://``, ``neo4j://`` or ``neo4j+s://`` address.
        user: user name.
        password: password.
        database: database name; None is the server's default.

    Raises:
        StoreUnavailableError: nothing answers at the address.
        LoginRefusedError: wrong user or password.
    """

    engine = "neo4j"

    def __init__(self, uri: str, user: str, password: str, database: str | None = None) -> None:
        import neo4j

        if uri.partition("://")[0] not in SCHEMES:
            raise StoreUnavailableError(f"{uri} is not a Neo4j address; expected {', '.join(SCHEMES)} and ://HOST:PORT")
        self.address = uri
        self._neo4j = neo4j
        self._database = database
        self._prepared = False
        try:
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password),
                connection_acquisition_timeout=15,
                connection_timeout=5,
                max_transaction_retry_time=5,
                notifications_min_severity="OFF",
            )
            self._driver.verify_connectivity()
        except Exception as error:
            self._close_quietly()
            raise self._wrapped(error) from error

    def _close_quietly(self) -> None:
        driver = getattr(self, "_driver", None)
        if driver is not None:
            driver.close()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def __enter__(self) -> Neo4jStore:
        """Return the store."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        self.close()

    def _wrapped(self, error: Exception) -> Exception:
        """Return the govgraph error that tells the user what to do about a driver's error."""
        exceptions = self._neo4j.exceptions
        if isinstance(error, exceptions.AuthError):
            return LoginRefusedError(f"{self.address} refused the login. Check --user and NEO4J_PASSWORD.")
        if isinstance(error, exceptions.ClientError | exceptions.DatabaseError):
            return self._refused(error.code or "", str(error.message))
        if isinstance(error, exceptions.ConfigurationError | ValueError):
            return StoreUnavailableError(f"{self.address} is not a Neo4j address: {error}")
        if isinstance(error, exceptions.Neo4jError | exceptions.DriverError | OSError):
            return StoreUnavailableError(
                f"no Neo4j answers at {self.address} ({type(error).__name__}). "
                f"Is it running? Try: govgraph doctor --store {self.address}"
            )
        return error

    def _refused(self, code: str, message: str) -> Exception:
        """Return the error for what the server itself refused."""
        if "TransactionTimedOut" in code:
            return QueryTimeoutError("the query was stopped by its time limit. Narrow it, or raise --timeout.")
        if "DatabaseNotFound" in code:
            return StoreUnavailableError(f"{self.address} has no database {self._database!r}. Check --database.")
        return QueryError(f"Neo4j refuses the query: {message.partition(chr(10))[0]}")

    def _run(self, work: Any, *, write: bool) -> Any:
        access = self._neo4j.WRITE_ACCESS if write else self._neo4j.READ_ACCESS
        try:
            with self._driver.session(database=self._database, default_access_mode=access) as session:
                return session.execute_write(work) if write else session.execute_read(work)
        except (EnvironmentFailure, QueryError):
            raise
        except Exception as error:
            raise self._wrapped(error) from error

    def prepare(self) -> None:
        """Create the constraints and indexes that are not there yet; once for each opened store."""
        if self._prepared:
            return
        for statement in neo4j_ddl():
            self.run_schema(statement)
        self._run(lambda tx: tx.run(f"CALL db.awaitIndexes({INDEX_SECONDS})").consume(), write=False)
        self._prepared = True

    def run_schema(self, statement: str) -> None:
        """Create one constraint or index."""
        self.write(lambda tx: tx.run(statement).consume())

    def write(self, work: Any) -> Any:
        """Run ``work``, a function of a driver's transaction, in one; it is run again after a passing error."""
        return self._run(work, write=True)

    def case_ids(self) -> list[str]:
        """Return the ids of the loaded cases, sorted."""
        return sorted(first_column(self.query(f"MATCH (c:{CASE_LABEL}) RETURN c.id").rows))

    def remove(self, case_id: str) -> None:
        """Remove one case."""
        self.write(lambda tx: _delete(tx, case_id))

    def unfinished(self) -> list[str]:
        """Return a sentence for each load of tables that runs or was stopped: its rows are there, its case is not."""
        query = f"MATCH (l:{LOADING}) RETURN l.id AS id, l.rows AS rows, l.total AS total, l.since AS since ORDER BY id"
        return [
            f"{identity}: {rows:,} of {total:,} rows loaded since {since}"
            for identity, rows, total, since in self.query(query).rows
        ]

    def has_rows(self, case_id: str) -> bool:
        """Tell whether there are nodes of a case, be it whole or not."""
        checks = [f"EXISTS {{ MATCH (n:{label}) WHERE n.case_id = $id }}" for label in vocabulary().families]
        query = f"RETURN {' OR '.join(checks)} AS found"
        return bool(self.write(lambda tx: tx.run(query, id=case_id).single()["found"]))  # a secondary may lag behind

    def delete_rows(self, case_id: str) -> None:
        """Delete the nodes and relations of a case in batches, each in a transaction of its own."""
        for label in vocabulary().families:
            statement = (
                f"MATCH (n:{label}) WHERE n.case_id = $id "
                f"CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS"
            )
            try:
                with self._driver.session(database=self._database) as session:
                    session.run(statement, id=case_id).consume()
            except Exception as error:
                raise self._wrapped(error) from error

    def load(self, case: Case) -> None:
        """Replace the case of that id, or add it, in one transaction.

        Raises:
            StoreUnavailableError: the server refused it; what was there stays.
        """
        self.prepare()
        if self.query(f"MATCH (l:{LOADING} {{id: $id}}) RETURN l.id", {"id": case.id}).rows:
            self.delete_rows(case.id)  # more than one transaction may hold

        def write(tx: Any) -> None:
            _delete(tx, case.id)
            tx.run(f"CREATE (c:{CASE_LABEL}) SET c = $row", row=case_row(case)).consume()
            for statement, rows in _statements(case):
                for begin in range(0, len(rows), BATCH):
                    tx.run(statement, rows=rows[begin : begin + BATCH]).consume()

        try:
            self.write(write)
        except QueryError as error:
            raise StoreUnavailableError(f"the store refused the load, and is as it was: {error}") from error

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Run one read query in a routed read transaction (see `Store.query`)."""
        refuse_writes(cypher)
        unit = self._neo4j.unit_of_work(timeout=timeout)

        @unit
        def read(tx: Any) -> Table:
            result = tx.run(cypher, dict(parameters or {}))
            rows: list[tuple[Any, ...]] = []
            for record in result:
                if limit is not None and len(rows) == limit:
                    return Table(tuple(result.keys()), tuple(rows), truncated=True)
                rows.append(tuple(record.values()))
            return Table(tuple(result.keys()), tuple(rows))

        table: Table = self._run(read, write=False)
        return table

    def queries(
        self, queries: Sequence[tuple[str, Mapping[str, Any]]], *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run several read queries side by side, each in a session of its own (see `Store.queries`)."""

        def ask(cypher: str, parameters: Mapping[str, Any]) -> Table:
            return self.query(cypher, parameters, timeout=timeout)

        return side_by_side(ask, queries)  # a query that is not waited for ends when the driver is closed

    def batches(
        self, cypher: str, parameters: Mapping[str, Any], size: int = 10_000, *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run one read query and yield its rows as they come, so many at a time (see `Store.batches`)."""
        refuse_writes(cypher)
        try:
            with (
                self._driver.session(
                    database=self._database, default_access_mode=self._neo4j.READ_ACCESS, fetch_size=size
                ) as session,
                session.begin_transaction(timeout=timeout) as transaction,
            ):
                result = transaction.run(cypher, dict(parameters))
                columns = tuple(result.keys())
                while rows := result.fetch(size):
                    yield Table(columns, tuple(tuple(record.values()) for record in rows))
        except Exception as error:
            raise self._wrapped(error) from error


def _delete(tx: Any, case_id: str) -> None:
    for label in vocabulary().families:
        tx.run(f"MATCH (n:{label}) WHERE n.case_id = $id DETACH DELETE n", id=case_id).consume()
    tx.run(f"MATCH (c:{CASE_LABEL}|{LOADING}) WHERE c.id = $id DELETE c", id=case_id).consume()


def node_statement(family: str) -> str:
    """Return the statement that creates nodes from ``$rows``, one map a node; its kind is its second label."""
    return f"UNWIND $rows AS row CREATE (n:{family}:$(row.kind)) SET n = row"


def relation_statement(type_: str, start: str, end: str) -> str:
    """Return the statement that creates relations from ``$rows``: maps with ``start``, ``end`` and ``properties``."""
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
    )


def _statements(case: Case) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield statements and all their rows: nodes by family, relations by type and ends."""
    for family, rows in nodes_by_family(case).items():
        yield node_statement(family), rows
    for (type_, start, end), rows in relations_by_ends(case).items():
        pairs = [
            {
                "start": row["start"],
                "end": row["end"],
                "properties": {key: value for key, value in row.items() if key not in ("start", "end")},
            }
            for row in rows
        ]
        yield relation_statement(type_, start, end), pairs
