"""Bulk load: millions of rows from Parquet or CSV tables into an embedded store on disk, no Python object a row.

The next state is built in a file beside the target and renamed into place: a kill, a full disk or a mistake in
the tables leaves what was there. Columns that no table gives, or that hold one value throughout, are added
after the rows: the engine fills them an order of magnitude faster than it copies them.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from govgraph.errors import InputError, StoreUnavailableError
from govgraph.model.case import Case, Meta, Text
from govgraph.model.vocabulary import vocabulary
from govgraph.store.drafts import draft_of
from govgraph.store.embedded import EmbeddedStore, first_line
from govgraph.store.schema import CASE_COLUMNS, CASE_LABEL, case_row, columns_of, node_columns, relation_tables
from govgraph.store.staging import INDEX_COLUMNS, INDEX_SOURCES, Piece, all_pieces
from govgraph.store.table_check import check_ends, check_tables
from govgraph.store.tables import find_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govgraph.store.tables import TableSet

BUFFER_POOL = 2 * 1024**3  # bytes; with the engine's own needs and polars' the whole stays below 4 GiB


class Progress(Protocol):
    """What a bulk load tells as it goes: the stage, and rows done of all rows."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of one step."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How a bulk load went: rows by table, the derived ones among them, and seconds by stage."""

    case: str
    nodes: int
    relations: int
    derived: int
    seconds: dict[str, float]


def load_tables(
    folder: Path, target: Path, case_id: str | None = None, *, progress: Progress | None = None
) -> LoadReport:
    """Load a folder of tables as the one case of the store ``target``; it takes the place of what was loaded before.

    Args:
        folder: the tables (see `govgraph.store.tables`).
        target: the store's file; made if it is not there.
        case_id: the case's id, by default the folder's name; all node ids begin with it and a slash.
        progress: told after each table.

    Raises:
        InputError: one problem a mistake, with counts and samples; the target is as it was.
        StoreUnavailableError: the target is in use, holds other cases, or the disk is full.
    """
    case = case_id or folder.resolve().name
    _refuse_other_cases(target, case)
    clock = Clock()
    tables = find_tables(folder)
    constants = check_tables(tables, case)
    clock.mark("check")
    with (
        draft_of(target) as draft,
        tempfile.TemporaryDirectory(prefix=f"{draft.name}-", dir=target.parent) as staging,
    ):
        try:
            counts = _Loader(draft, case, constants, progress).run(tables, Path(staging), clock)
        except RuntimeError as error:
            problems = check_ends(tables)
            if problems:
                raise InputError(problems) from error
            raise StoreUnavailableError(f"{target} is as it was; the engine refused: {first_line(error)}") from error
        _merge_log(target)
    clock.mark("finish")
    return LoadReport(case, *counts, clock.seconds)


class Clock:
    """Seconds by stage: a stage lasts from the mark before it to its own."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def _refuse_other_cases(target: Path, case: str) -> None:
    if not target.exists():
        return
    with EmbeddedStore(target, read_only=True) as store:
        others = [name for name in store.case_ids() if name != case]
    if others:
        where = f"{target} holds {'、'.join(others)}"
        raise StoreUnavailableError(f"{where}. A bulk load makes a store of its own: give another path.")


def _merge_log(target: Path) -> None:
    """Merge what a place put anew has left in a log beside the store: it must not be read into another file."""
    if target.with_name(f"{target.name}.wal").exists():
        EmbeddedStore(target).close()


class _Loader:
    """Fills one draft file."""

    def __init__(self, draft: Path, case: str, constants: dict[str, dict[str, str]], progress: Progress | None) -> None:
        self._draft = draft
        self._case = case
        self._constants = constants
        self._progress = progress or (lambda *_: None)
        self._done = self._total = 0

    def run(self, tables: TableSet, staging: Path, clock: Clock) -> tuple[int, int, int]:
        """Build the store; return rows of nodes, relations and derived relations."""
        pieces = all_pieces(tables, self._case, staging)
        clock.mark("derive")
        self._total = sum(pieces.counts)
        self._open()
        try:
            self._execute(f"CREATE NODE TABLE {CASE_LABEL}({_columns(CASE_COLUMNS)}, PRIMARY KEY(id))")
            self._execute("CALL threads=1")  # two threads that build one primary key deadlock, one is as fast
            for family in vocabulary().families:
                self._fill_nodes(family, [piece for piece in pieces.nodes if piece.label == family])
            self._execute(f"CALL threads={os.cpu_count() or 1}")
            clock.mark("nodes")
            for type_ in relation_tables():
                every = (*pieces.relations, *pieces.derived)
                self._fill_relations(type_, [piece for piece in every if piece.label == type_])
            clock.mark("relations")
            self._add_case()
        finally:
            self._connection.close()
            self._database.close()
        return pieces.counts

    def _open(self) -> None:
        import ladybug

        self._database: Any = ladybug.Database(str(self._draft), buffer_pool_size=BUFFER_POOL)
        self._connection: Any = ladybug.Connection(self._database)

    def _execute(self, statement: str, parameters: dict[str, Any] | None = None) -> None:
        self._connection.execute(statement, parameters or {})

    def _fill_nodes(self, family: str, pieces: Sequence[Piece]) -> None:
        every = node_columns() | INDEX_COLUMNS
        fixed = self._fixed(pieces, {"case_id": self._case})
        copied = _copied(every, pieces, fixed) if pieces else dict(every)
        self._execute(f"CREATE NODE TABLE {family}({_columns(copied)}, PRIMARY KEY(id))")
        self._copy_and_add(family, every, copied, fixed, pieces)

    def _fill_relations(self, type_: str, pieces: Sequence[Piece]) -> None:
        declared = relation_tables()[type_]
        every = columns_of(declared)
        fixed = self._fixed(pieces, {"case_id": self._case, "type": type_})
        copied = _copied(every, pieces, fixed) if pieces else dict(every)
        pairs = ", ".join(f"FROM {a} TO {b}" for a in declared.from_families for b in declared.to_families)
        self._execute(f"CREATE REL TABLE {type_}({pairs}, {_columns(copied)})")
        self._copy_and_add(type_, every, copied, fixed, pieces)

    def _fixed(self, pieces: Sequence[Piece], given: dict[str, str]) -> dict[str, str]:
        """Return the columns that become defaults of the table: one value in all rows, and given in later rows."""
        fixed = dict(given)
        values = {piece.constant("status", self._constants) for piece in pieces}
        if len(values) == 1 and None not in values:
            fixed["status"] = str(values.pop())
        return fixed

    def _copy_and_add(
        self,
        label: str,
        every: dict[str, str],
        copied: dict[str, str],
        fixed: dict[str, str],
        pieces: Sequence[Piece],
    ) -> None:
        for piece in pieces:
            self._execute(piece.copy_statement(copied))
            self._done += piece.rows
            self._progress(piece.name, self._done, self._total)
        if not pieces:
            return
        self._execute("BEGIN TRANSACTION")  # one commit, one write to the disk
        for name, kind in every.items():
            if name not in copied:
                default = f" DEFAULT '{_quoted(fixed[name])}'" if name in fixed else ""
                self._execute(f"ALTER TABLE {label} ADD `{name}` {kind}{default}")
        self._execute("COMMIT")

    def _add_case(self) -> None:
        row = row_of_case(self._case)
        values = ", ".join(f"{name}: ${name}" for name in CASE_COLUMNS)
        self._execute(f"CREATE (:{CASE_LABEL} {{{values}}})", row)
        self._execute("CHECKPOINT")


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
