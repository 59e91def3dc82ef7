"""A case as a folder of CSV files: 组织.csv or organizations.csv, and so on. UTF-8, with or without a BOM."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from govgraph.errors import InputError, Problem
from govgraph.read.tables import Cell, RawTable, assemble
from govgraph.read.tree import Mapping, Where
from govgraph.read.yaml_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

MAX_FIELD = 1_000_000  # characters; a quote that never closes would swallow the file


def read_tables(folder: Path, shown: str) -> Mapping:
    """Return the CSV files of a folder as the tree of a case; ``shown`` is how messages name the folder.

    A place is file, line, and number of the column.

    Raises:
        InputError: no tables, an unknown table or column, not UTF-8, or not CSV.
    """
    problems: list[Problem] = []
    tables = []
    for path in sorted(folder.glob("*.csv")):
        try:
            tables.append(_read_table(path, f"{shown}/{path.name}"))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return assemble(tables, Where(shown, 1))


def _read_table(path: Path, shown: str) -> RawTable:
    text = read_text(path, shown).replace("\r\n", "\n")
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    line = 1
    try:
        for row in reader:
            where = [Where(shown, line, number) for number in range(1, max(len(row), 1) + 1)]
            rows.append(tuple(Cell(cell, place) for cell, place in zip(row or [""], where, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError([Problem(f"{shown}:{line}", f"not CSV: {error}", "cells parted by commas")]) from error
    return RawTable(path.stem, Where(shown, 1), tuple(rows))
