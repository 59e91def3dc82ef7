"""Tables of query results as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.store.protocol import Table

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def width(text: str) -> int:
    """Return how many columns a text takes at a terminal: two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def shown(value: Any) -> str:
    """Show one value in a table."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(shown(item) for item in value)
    return str(value)


def grid(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return columns and rows as an aligned plain table that ends in a newline."""
    cells = [list(columns), *[[shown(value) for value in row] for row in rows]]
    widths = [max(width(row[i]) for row in cells) for i in range(len(columns))]
    lines = ["  ".join(text + " " * (widths[i] - width(text)) for i, text in enumerate(row)).rstrip() for row in cells]
    rule = "  ".join("-" * size for size in widths)
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"


def table_text(table: Table) -> str:
    """Return a result as an aligned table."""
    return grid(table.columns, table.rows) + f"({len(table.rows)} rows)\n"


def table_json(table: Table) -> str:
    """Return a result as a JSON list, an object a row."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"


def table_csv(table: Table) -> str:
    """Return a result as CSV; a cell that a spreadsheet would run as a formula is escaped with an apostrophe."""
    return csv_text(table.columns, table.rows)


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return columns and rows as CSV, formulas escaped."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([escaped(shown(value)) for value in row] for row in rows)
    return target.getvalue()


def escaped(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
