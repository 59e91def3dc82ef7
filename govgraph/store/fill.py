"""A draft of a store, filled with the pieces of a bulk load, no Python object a row.

Columns that no table gives, or that hold one value throughout, are added after the rows: the engine fills them an order
of magnitude faster than it copies them. Tables are filled side by side, for most of a COPY of nodes, and all of an
ALTER, runs on one core.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from govgraph.model.case import Case, Meta, Text
from govgraph.model.vocabulary import vocabulary
from govgraph.store.embedded import POOL_FULL
from govgraph.store.schema import CASE_COLUMNS, CASE_LABEL, case_row, columns_of, node_columns, relation_tables
from govgraph.store.staging import INDEX_COLUMNS, INDEX_SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from govgraph.store.staging import Piece, Pieces

BUFFER_POOL = 3 * 1024**3  # bytes; with the engine's own needs and polars' the whole stays below 4 GiB
LANES = 2  # tables that are filled at once; each needs its share of the pool


class Progress(Protocol):
    """What a bulk load tells as it goes: the stage, and rows done of all rows."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of one step."""


def fill_draft(
    draft: Path, case: str, pieces: Pieces, constants: dict[str, dict[str, str]], progress: Progress | None
) -> None:
    """Fill a new file in two lanes; in one, which may spill to the disk, where the memory does not suffice for two.

    Args:
        draft: the file.
        case: the case's id.
        pieces: what goes in.
        constants: the one value that a column holds throughout: table → column → value.
        progress: told after each piece.

    Raises:
        RuntimeError: the engine's, where it refuses a piece.
    """
    try:
        _Loader(draft, case, constants, progress, LANES).run(pieces)
    except RuntimeError as error:
        if POOL_FULL not in str(error):
            raise
        for file in (draft, draft.with_name(f"{draft.name}.wal")):
            file.unlink(missing_ok=True)
        _Loader(draft, case, constants, progress, 1).run(pieces)


class _Loader:
    """Fills one draft file, so many tables at once."""

    def __init__(
        self, draft: Path, case: str, constants: dict[str, dict[str, str]], progress: Progress | None, lanes: int
    ) -> None:
        self._draft = draft
        self._case = case
        self._constants = constants
        self._progress = progress or (lambda *_: None)
        self._lanes = lanes
        self._done = self._total = 0
        self._telling = Lock()

    def run(self, pieces: Pieces) -> None:
        """Build the store."""
        import ladybug

        self._total = sum(pieces.counts)
        # several writers may fill different tables; merging what one has done must wait for the others: at the end
        with ladybug.Database(
            str(self._draft), buffer_pool_size=BUFFER_POOL, enable_multi_writes=True, auto_checkpoint=False
        ) as self._database:
            self._fill(pieces)
            with self._connected() as connection:
                self._add_case(connection)

    @contextmanager
    def _connected(self, threads: int = 1) -> Iterator[Any]:
        import ladybug

        with ladybug.Connection(self._database) as connection:
            connection.execute(f"CALL threads={threads}")
            if self._lanes > 1:  # they would spill into one file, and empty it for each other
                connection.execute("CALL spill_to_disk=false")
            yield connection

    def _fill(self, pieces: Pieces) -> None:
        """Fill all tables, the largest first; relations of nodes that are there while the last nodes are copied.

        Where a table fails, those that are not begun are left out.
        """
        of_family = {label: [p for p in pieces.nodes if p.label == label] for label in vocabulary().families}
        of_type = {
            label: [p for p in (*pieces.relations, *pieces.derived) if p.label == label] for label in relation_tables()
        }
        families = sorted(of_family, key=lambda label: -_rows(of_family[label]))

        def latest(type_: str) -> tuple[bool, int]:
            return families[0] in _joined(type_), -_rows(of_type[type_])

        with ThreadPoolExecutor(self._lanes) as lanes:
            nodes = {label: lanes.submit(self._fill_nodes, label, of_family[label]) for label in families}
            relations = [
                lanes.submit(self._fill_relations, type_, of_type[type_], [nodes[label] for label in _joined(type_)])
                for type_ in sorted(of_type, key=latest)
            ]
            try:
                for filled in as_completed([*nodes.values(), *relations]):
                    filled.result()
            except BaseException:
                lanes.shutdown(cancel_futures=True)
                raise

    def _fill_nodes(self, family: str, pieces: Sequence[Piece]) -> None:
        every = node_columns() | INDEX_COLUMNS
        fixed = self._fixed(pieces, {"case_id": self._case})
        copied = _copied(every, pieces, fixed) if pieces else dict(every)
        create = f"CREATE NODE TABLE {family}({_columns(copied)}, PRIMARY KEY(id))"
        with self._connected() as connection:  # two threads that build one primary key deadlock
            connection.execute(create)
            self._copy_and_add(connection, family, every, copied, fixed, pieces)

    def _fill_relations(self, type_: str, pieces: Sequence[Piece], nodes: Sequence[Future[None]]) -> None:
        for filled in nodes:
            filled.result()
        declared = relation_tables()[type_]
        every = columns_of(declared)
        fixed = self._fixed(pieces, {"case_id": self._case, "type": type_})
        copied = _copied(every, pieces, fixed) if pieces else dict(every)
        pairs = ", ".join(f"FROM {a} TO {b}" for a in declared.from_families for b in declared.to_families)
        create = f"CREATE REL TABLE {type_}({pairs}, {_columns(copied)})"
        with self._connected(max(1, (os.cpu_count() or 1) // self._lanes)) as connection:
            connection.execute(create)
            self._copy_and_add(connection, type_, every, copied, fixed, pieces)

    def _fixed(self, pieces: Sequence[Piece], given: dict[str, str]) -> dict[str, str]:
        """Return the columns that become defaults of the table: one value in all rows, and given in later rows."""
        fixed = dict(given)
        values = {piece.constant("status", self._constants) for piece in pieces}
        if len(values) == 1 and None not in values:
            fixed["status"] = str(values.pop())
        return fixed

    def _copy_and_add(
        self,
        connection: Any,
        label: str,
        every: dict[str, str],
        copied: dict[str, str],
        fixed: dict[str, str],
        pieces: Sequence[Piece],
    ) -> None:
        for piece in pieces:
            connection.execute(piece.copy_statement(copied))
            self._tell(piece)
        if not pieces:
            return
        connection.execute("BEGIN TRANSACTION")  # one commit, one write to the disk
        for name, kind in every.items():
            if name not in copied:
                default = f" DEFAULT '{_quoted(fixed[name])}'" if name in fixed else ""
                connection.execute(f"ALTER TABLE {label} ADD `{name}` {kind}{default}")
        connection.execute("COMMIT")

    def _tell(self, piece: Piece) -> None:
        with self._telling:
            self._done += piece.rows
            self._progress(piece.name, self._done, self._total)

    def _add_case(self, connection: Any) -> None:
        row = row_of_case(self._case)
        connection.execute(f"CREATE NODE TABLE {CASE_LABEL}({_columns(CASE_COLUMNS)}, PRIMARY KEY(id))")
        values = ", ".join(f"{name}: ${name}" for name in CASE_COLUMNS)
        connection.execute(f"CREATE (:{CASE_LABEL} {{{values}}})", row)
        connection.execute("CHECKPOINT")


def _rows(pieces: Iterable[Piece]) -> int:
    return sum(piece.rows for piece in pieces)


def _joined(type_: str) -> frozenset[str]:
    """Return the families that relations of a type join."""
    declared = relation_tables()[type_]
    return frozenset((*declared.from_families, *declared.to_families))


def row_of_case(case_id: str) -> dict[str, Any]:
    """Return the row of a case of tables: its name is all that is known of it."""
    return case_row(Case(Meta(case_id, Text(case_id, case_id))))


def _copied(every: dict[str, str], pieces: Iterable[Piece], fixed: dict[str, str]) -> dict[str, str]:
    present = {name for piece in pieces for name in piece.columns}
    return {
        name: kind for name, kind in every.items() if INDEX_SOURCES.get(name, name) in present and name not in fixed
    }


def _columns(columns: dict[str, str]) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
