"""A case as one Excel workbook: a sheet a table, named as the CSV files are."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from govgraph.errors import InputError, Problem
from govgraph.read.tables import Cell, RawTable, assemble
from govgraph.read.tree import Mapping, Where

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.read.tables import Form

FORMS: dict[str, Form] = {"n": "number", "d": "date", "f": "formula", "e": "error", "b": "number"}


def read_workbook(path: Path, shown: str) -> Mapping:
    """Return a workbook as the tree of a case; ``shown`` is how messages name the file.

    A place is a cell of a sheet: ``组织!C7``. Codes, names and dates must be text cells: what the spreadsheet has
    made a number or a date is refused, since its leading zeros or its precision may be lost.

    Raises:
        InputError: not a workbook, an unknown sheet or column, or a cell that cannot be read exactly.
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep, such as drop-down lists
            book = openpyxl.load_workbook(path, read_only=True, data_only=False)
            try:
                tables = [_read_sheet(sheet, shown) for sheet in book.worksheets]
            finally:
                book.close()
    except OSError as error:
        raise InputError([Problem(shown, f"cannot be read: {error.strerror or error}")]) from error
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError, zlib.error) as error:
        hint = "Open it in a spreadsheet and save it as .xlsx, or use CSV files."
        raise InputError([Problem(shown, f"not an Excel workbook: {error}", "an .xlsx file", hint)]) from error
    return assemble(tables, Where(shown, 1))


def _read_sheet(sheet: Any, shown: str) -> RawTable:
    from openpyxl.utils import get_column_letter

    rows = []
    for line, row in enumerate(sheet.iter_rows(), 1):
        cells = []
        for number, cell in enumerate(row, 1):
            where = Where(shown, line, number, f"{sheet.title}!{get_column_letter(number)}{line}")
            cells.append(_cell(cell, where))
        while cells and not cells[-1].text:
            cells.pop()
        rows.append(tuple(cells) or (Cell("", Where(shown, line, 1, f"{sheet.title}!A{line}")),))
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    return RawTable(sheet.title, Where(shown, 1, 1, f"{sheet.title}!A1"), tuple(rows))


def _cell(cell: Any, where: Where) -> Cell:
    value = cell.value
    if value is None:
        return Cell("", where)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return Cell(str(value), where, "date")
    form = FORMS.get(cell.data_type, "text") if cell.data_type != "s" else "text"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Cell(str(value).replace("\r\n", "\n"), where, form)
