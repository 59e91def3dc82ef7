"""A case as tables with Chinese (or English) headers, and those as CSV files."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govgraph.model.sheets import Column, Sheet, meta_items, sheets
from govgraph.read.cells import guarded, join_list, join_pairs
from govgraph.read.tables import sheet_of
from govgraph.render.case_rows import case_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govgraph.model.case import Case
    from govgraph.render.case_rows import Row

Value = str | int | float


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A table of a case: only columns that some row fills; an empty cell is an empty text."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def case_tables(case: Case) -> list[CaseTable]:
    """Return the tables of a case that have rows; read again they give the equal case."""
    rows = case_rows(case)
    flat = {"meta": list(_meta_rows(rows.meta))}
    for section, entries in rows.sections.items():
        flat[section] = [_flat(row) for row in entries]
        if section == "reforms":
            flat["changes"] = [{"reform": row["name"], **change} for row in entries for change in row["changes"]]
    return [_table(sheet, flat[key]) for key, sheet in sheets().items() if flat.get(key)]


def _flat(row: Row) -> Row:
    """Give both languages a column of their own."""
    result = {key: value for key, value in row.items() if key not in ("title", "text", "changes")}
    for key in ("title", "text"):
        value = row.get(key)
        if isinstance(value, dict):
            result[key], result[f"{key}_en"] = value.get("zh"), value.get("en")
        elif value is not None:
            result[key] = value
    return result


def _meta_rows(meta: Row) -> Iterator[Row]:
    values = _flat(meta) | meta.get("period", {})
    for item in meta_items():
        value = values.get(item.key)
        if item.key == "notes":
            for note in value or ():
                yield {"item": item.zh, "value": note}
        elif value is not None:
            yield {"item": item.zh, "value": join_list(value) if item.form == "list" else value}


def _table(sheet: Sheet, rows: list[Row]) -> CaseTable:
    columns = tuple(
        column for column in sheet.columns if any(row.get(column.key) not in (None, "", ()) for row in rows)
    )
    return CaseTable(sheet, columns, tuple(tuple(_cell(row.get(c.key), c) for c in columns) for row in rows))


def _cell(value: Any, column: Column) -> Value:
    if value is None:
        return ""
    if column.form in ("integer", "number") and isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if column.form == "list":
        return guarded(join_list(value if isinstance(value, tuple) else (str(value),)))
    if column.form == "takes":
        pairs = [(body, duty) for body, duties in value.items() for duty in _many(duties)]
        return guarded(join_pairs(pairs))
    return guarded(str(value))


def _many(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def heading(item: Column | Sheet, language: str) -> str:
    """Return the name of a table or column."""
    return item.key if language == "en" else item.zh


def csv_text(table: CaseTable, language: str = "zh") -> str:
    """Return a table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([heading(column, language) for column in table.columns])
    writer.writerows([[repr(cell) if isinstance(cell, float) else cell for cell in row] for row in table.rows])
    return buffer.getvalue()


def write_csv_folder(case: Case, folder: Path, *, bom: bool = False, language: str = "zh") -> list[Path]:
    """Write a case as CSV files and return them; tables of an earlier case in the folder are removed.

    Args:
        case: the case.
        folder: where to; made if it is not there.
        bom: begin each file with a byte order mark, by which Excel knows UTF-8.
        language: of the headers and file names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in case_tables(case):
        path = folder / f"{heading(table.sheet, language)}.csv"
        path.write_bytes(csv_text(table, language).encode("utf-8-sig" if bom else "utf-8"))
        written.append(path)
    for path in case_files(folder):
        if path not in written:
            path.unlink()
    return written


def case_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are tables of a case."""
    return [path for path in sorted(folder.glob("*.csv")) if sheet_of(path.stem) is not None]
