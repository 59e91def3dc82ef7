"""A case as one Excel workbook: text cells throughout, so that codes and dates stay what they are."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary
from govgraph.render.case_tables import case_tables, heading
from govgraph.render.tables import width

if TYPE_CHECKING:
    from govgraph.model.case import Case
    from govgraph.render.case_tables import CaseTable

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP entry can have
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
TEXT = "@"
WIDEST = 60  # characters
SPARE_ROWS = 1000  # rows below the last that offer the words of the vocabulary too


def workbook_bytes(case: Case, language: str = "zh") -> bytes:
    """Return the workbook of a case; the same case gives the same bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in case_tables(case):
        _fill(book.create_sheet(heading(table.sheet, language)), table, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_time(buffer.getvalue())


def _fill(sheet: Any, table: CaseTable, language: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    for number, column in enumerate(table.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        texts = [heading(column, language), *(str(row[number - 1]) for row in table.rows)]
        dimension.width = min(WIDEST, max(width(text) for text in texts) + 2)
        if column.form not in ("integer", "number"):
            dimension.number_format = TEXT  # what is typed below stays text too
        cell = sheet.cell(1, number)
        _set(cell, texts[0])
        cell.font = Font(bold=True)
    for line, row in enumerate(table.rows, 2):
        for number, value in enumerate(row, 1):
            if value == "":
                continue
            cell = sheet.cell(line, number)
            _set(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and width(value) > WIDEST)
    _offer_words(sheet, table)


def _set(cell: Any, value: str | float) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make a formula of what begins with =
        cell.number_format = TEXT


def _offer_words(sheet: Any, table: CaseTable) -> None:
    """Offer the words of an enumeration as a drop-down list in its column."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    words = vocabulary()
    declared = words.relation_properties if table.sheet.key == "relations" else words.node_properties
    if table.sheet.key in ("meta", "sources", "reforms", "changes", "tour"):
        return
    for number, column in enumerate(table.columns, 1):
        known = words.enumerations.get(declared[column.key].type) if column.key in declared else None
        if known is None or column.form == "list":
            continue
        offer = DataValidation("list", formula1=f'"{",".join(known)}"', allow_blank=True)
        letter = get_column_letter(number)
        offer.add(f"{letter}2:{letter}{len(table.rows) + SPARE_ROWS}")
        sheet.add_data_validation(offer)


def _without_time(content: bytes) -> bytes:
    """Return the same workbook with all times set to a fixed one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            body = old.read(name)
            if name == "docProps/core.xml":
                body = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", body)
            new.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
