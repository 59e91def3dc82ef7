"""Rows of one rule laid aside on disk until it is known which of them are of one finding."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from typing import IO, TYPE_CHECKING, Any

from govgraph.check.findings import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govgraph.check.rules import Rule
    from govgraph.store.protocol import Table

ALONE, MORE, LAST = 0, 1, 2  # a row that is a whole finding; one that others of its finding follow; the last of those


class Spool:
    """The rows of one rule in a file that goes when it is closed.

    In memory are eight bytes a row, the row's fingerprint as a number, and some twenty more while rows are compared.

    Args:
        rule: the rule.
        folder: where the file is made; the system's folder of temporary files where None.
    """

    def __init__(self, rule: Rule, folder: Path | None = None) -> None:
        self._rule = rule
        self._fingerprints = array("Q")
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - __exit__ closes it

    def __enter__(self) -> Spool:
        """Return the spool."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Let the file go."""
        self._file.close()

    def add(self, table: Table) -> None:
        """Lay rows aside."""
        rule, positions = self._rule.id, [table.columns.index(name) for name in self._rule.identity]
        self._fingerprints.extend(
            [int(fingerprint(rule, [row[position] for position in positions]), 16) for row in table.rows]
        )
        pickle.dump(table, self._file, pickle.HIGHEST_PROTOCOL)

    def tables(self) -> Iterator[tuple[Table, list[int], list[int]]]:
        """Yield the rows as they were laid aside, with the fingerprint and the part (`ALONE` …) of each."""
        parts = self._parts()
        self._file.seek(0)
        begin = 0
        while begin < len(parts):
            table = pickle.load(self._file)
            end = begin + len(table.rows)
            yield table, self._fingerprints[begin:end].tolist(), parts[begin:end].tolist()
            begin = end

    def _parts(self) -> Any:
        """Return for each row whether further rows have its fingerprint."""
        import numpy as np

        if not self._fingerprints:
            return np.empty(0, np.uint8)
        prints = np.frombuffer(self._fingerprints, np.uint64)
        order = np.argsort(prints, kind="stable")
        ordered = prints[order]
        same = ordered[1:] == ordered[:-1]  # as the row before it
        parts = np.full(len(prints), ALONE, np.uint8)
        parts[order[1:][same]] = LAST
        parts[order[:-1][same]] = MORE
        return parts
