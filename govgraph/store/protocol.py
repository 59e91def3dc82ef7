"""What every store can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govgraph.model.case import Case


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: column names, and rows of plain values (lists sorted by nobody)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


class Store(Protocol):
    """A property graph that cases are loaded into and that Cypher reads.

    ``engine`` is ``ladybug``, ``duckdb`` or ``neo4j``; ``address`` is what the user gave.
    """

    engine: str
    address: str

    def load(self, case: Case) -> None:
        """Replace the case of that id, or add it: all of it or, on any error, nothing."""

    def remove(self, case_id: str) -> None:
        """Remove one case."""

    def case_ids(self) -> list[str]:
        """Return the ids of the loaded cases, sorted."""

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Table:
        """Run one read query.

        Args:
            cypher: the query; a write clause is refused.
            parameters: values for ``$name``.
            timeout: seconds until the query is stopped.
            limit: rows to fetch at the most; ``truncated`` says whether there were more.

        Raises:
            QueryError: the query is refused.
            QueryTimeoutError: it ran longer than ``timeout``.
            StoreUnavailableError: the store went away.
        """

    def queries(
        self, queries: Sequence[tuple[str, Mapping[str, Any]]], *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run several read queries, each with its parameters, and yield their answers in order.

        They may run side by side; no other query may run until all answers have come.

        Raises:
            QueryError: one is refused.
            QueryTimeoutError: one ran longer than ``timeout`` seconds.
            StoreUnavailableError: the store went away.
        """

    def batches(
        self, cypher: str, parameters: Mapping[str, Any], size: int = 10_000, *, timeout: float | None = None
    ) -> Iterator[Table]:
        """Run one read query and yield its rows so many at a time; no other query may run until they have all come.

        Raises:
            QueryError: the query is refused.
            QueryTimeoutError: it ran longer than ``timeout`` seconds.
            StoreUnavailableError: the store went away.
        """

    def close(self) -> None:
        """Let go of the store."""

    def __enter__(self) -> Store:
        """Return the store."""

    def __exit__(self, *exc: object) -> None:
        """Close the store."""


def first_line(error: BaseException) -> str:
    """Return the first line of an engine's message."""
    return str(error).strip().partition("\n")[0]


def first_column(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Return the first value of each row."""
    return [row[0] for row in rows]
