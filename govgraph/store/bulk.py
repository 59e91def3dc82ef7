"""Bulk load: millions of rows from Parquet or CSV tables into a columnar store on disk, no Python object a row.

The next state is built in a file beside the target and renamed into place: a kill, a full disk or a mistake in
the tables leaves what was there.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govgraph.errors import InputError, StoreUnavailableError
from govgraph.store.columnar.database import ColumnarStore, is_columnar
from govgraph.store.columnar.fill import DanglingEndsError, fill_draft
from govgraph.store.drafts import draft_of
from govgraph.store.protocol import first_line
from govgraph.store.staging import all_pieces
from govgraph.store.table_check import check_ends, check_tables
from govgraph.store.tables import find_tables

if TYPE_CHECKING:
    from govgraph.store.columnar.fill import Progress


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
    import duckdb

    clock = Clock()
    tables = find_tables(folder)
    check_tables(tables, case)
    clock.mark("check")
    with (
        draft_of(target) as draft,
        tempfile.TemporaryDirectory(prefix=f"{draft.name}-", dir=target.parent) as staging,
    ):
        pieces = all_pieces(tables, case, Path(staging))
        clock.mark("derive")
        try:
            fill_draft(draft, case, pieces, progress)
        except DanglingEndsError as error:
            raise InputError(check_ends(tables)) from error
        except duckdb.Error as error:
            raise StoreUnavailableError(f"{target} is as it was; the engine refused: {first_line(error)}") from error
        clock.mark("copy")
        _merge_log(target)
    clock.mark("finish")
    return LoadReport(case, *pieces.counts, clock.seconds)


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
    if not target.parent.is_dir():
        raise StoreUnavailableError(f"{target.parent} is no folder: make it first, or give another path.")
    if not target.exists():
        return
    if not is_columnar(target):
        raise StoreUnavailableError(f"{target} is no store of tables: give another path, or remove it first.")
    with ColumnarStore(target, read_only=True) as store:
        others = [name for name in store.case_ids() if name != case]
    if others:
        where = f"{target} holds {'、'.join(others)}"
        raise StoreUnavailableError(f"{where}. A bulk load makes a store of its own: give another path.")


def _merge_log(target: Path) -> None:
    """Merge what a place put anew has left in a log beside the store: it must not be read into another file."""
    if target.with_name(f"{target.name}.wal").exists():
        ColumnarStore(target).close()
