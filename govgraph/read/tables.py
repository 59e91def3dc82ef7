"""From the tables of a case to its tree; CSV files and workbooks differ only in how their cells are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from govgraph.errors import InputError
from govgraph.model.sheets import meta_items, sheets
from govgraph.read.cells import split_list, split_pairs, unguarded
from govgraph.read.tree import Mapping, Scalar, Sequence, Tree
from govgraph.read.values import Problems, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.sheets import Column, Sheet
    from govgraph.read.tree import Where

Form = Literal["text", "number", "date", "formula", "error"]
NUMERIC = ("integer", "number")
YEAR = 4  # digits


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands: its text, its place, and what a spreadsheet takes it for."""

    text: str
    where: Where
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as a reader left it: the first row has the headers; empty cells have an empty text."""

    name: str
    where: Where
    rows: tuple[tuple[Cell, ...], ...]


Row = dict[str, Tree]


def assemble(tables: Iterable[RawTable], where: Where) -> Mapping:
    """Return the tree of a case from its tables.

    Args:
        tables: the tables, named in Chinese or English.
        where: the folder or workbook.

    Raises:
        InputError: one problem for each unknown table or column, and each cell that cannot be read exactly.
    """
    problems = Problems()
    read: dict[str, tuple[RawTable, list[Mapping]]] = {}
    for table in tables:
        sheet = sheet_of(table.name)
        if sheet is None:
            if any(cell.text for row in table.rows for cell in row):
                names = [name for known in sheets().values() for name in (known.zh, known.key)]
                expected = f"one of {'、'.join(known.zh for known in sheets().values())}"
                found = f"unknown table {table.name!r}"
                problems.add(table.where, found, expected, did_you_mean(table.name, names))
        elif sheet.key in read:
            found = f"the table {sheet.zh} ({sheet.key}) is there twice"
            problems.add(table.where, found, "one of each", f"The other one: {read[sheet.key][0].where}")
        else:
            read[sheet.key] = (table, _rows(table, sheet, problems))
    if not read and not problems.found:
        problems.add(
            where, "no tables", f"{'、'.join(known.zh for known in sheets().values())}", "At least 组织 and 关系."
        )
    tree = _tree(
        {key: rows for key, (_, rows) in read.items()}, {key: t.where for key, (t, _) in read.items()}, where, problems
    )
    if problems.found:
        raise InputError(problems.found)
    return tree


def sheet_of(name: str) -> Sheet | None:
    """Return the table that a file or a sheet of that name holds, or None."""
    return next((sheet for sheet in sheets().values() if name.strip() in (sheet.zh, sheet.key)), None)


def _rows(table: RawTable, sheet: Sheet, problems: Problems) -> list[Mapping]:
    if not table.rows:
        return []
    header, *body = table.rows
    columns = _columns(header, sheet, problems)
    keys = {column.key: cell.where for column, cell in zip(columns, header, strict=True) if column is not None}
    result = []
    for cells in body:
        if not any(cell.text.strip() for cell in cells):
            continue
        items: Row = {}
        for number, cell in enumerate(cells):
            if not cell.text.strip():
                continue
            if number >= len(columns) or (columns[number] is None and not header[number].text):
                problems.add(cell.where, f"{cell.text[:40]!r} stands beyond the headers", "a header above it")
            elif (column := columns[number]) is not None:
                items[column.key] = _value(cell, column, problems)
        result.append(Mapping(items, cells[0].where, keys))
    return result


def _columns(header: tuple[Cell, ...], sheet: Sheet, problems: Problems) -> list[Column | None]:
    result: list[Column | None] = []
    for cell in header:
        name = cell.text.strip()
        column = sheet.column(name) if name else None
        if name and column is None:
            words = [word for known in sheet.columns for word in (known.zh, known.key)]
            expected = f"one of {'、'.join(known.zh for known in sheet.columns)}"
            found = f"{sheet.zh} has no column {name!r}"
            problems.add(cell.where, found, expected, did_you_mean(name, words))
        if column is not None and column in result:
            problems.add(cell.where, f"the column {name!r} stands twice", "one of each")
        result.append(column)
    return result


def _value(cell: Cell, column: Column, problems: Problems) -> Tree:
    """Return what a cell holds; a cell that the spreadsheet has changed, or may have changed, is refused."""
    text = cell.text.strip()
    if _is_lossy(cell, column):
        found, expected = _loss(cell, column)
        problems.add(cell.where, found, expected, "Format the column as text and type the value again.")
        return Scalar(None, cell.where)
    if cell.form == "text":
        text = unguarded(text)
    if column.form == "list":
        values = split_list(text)
        items = tuple(Scalar(value, cell.where) for value in values)
        return items[0] if len(items) == 1 else Sequence(items, cell.where)
    if column.form == "takes":
        return _takes(text, cell.where)
    return Scalar(text, cell.where)


def _is_lossy(cell: Cell, column: Column) -> bool:
    """Tell whether a spreadsheet may have changed the value: a number has lost its leading zeros, a date its precision.

    A number is exact where a number is wanted, and as a year where a date is.
    """
    if cell.form == "number":
        is_year = column.form == "date" and len(cell.text) == YEAR and cell.text.isdecimal()
        return column.form not in NUMERIC and not is_year
    return cell.form != "text"


def _loss(cell: Cell, column: Column) -> tuple[str, str]:
    if cell.form == "number":
        return f"{column.zh}: the number {cell.text}; leading zeros may be lost", "a text cell"
    if cell.form == "date":
        return (
            f"{column.zh}: a date cell ({cell.text}); it has a day even where none was written",
            "a text cell: 2009-09",
        )
    if cell.form == "formula":
        return f"{column.zh}: a formula", "its value"
    return f"{column.zh}: the error value {cell.text}", "a value"


def _takes(text: str, where: Where) -> Mapping:
    duties: dict[str, list[Scalar]] = {}
    for body, duty in split_pairs(text):
        duties.setdefault(body, []).append(Scalar(duty, where))
    items: Row = {body: Sequence(tuple(values), where) for body, values in duties.items()}
    return Mapping(items, where, dict.fromkeys(items, where))


def _tree(rows: dict[str, list[Mapping]], places: dict[str, Where], where: Where, problems: Problems) -> Mapping:
    items: Row = {"meta": _meta(rows.pop("meta", []), places.get("meta", where), problems)}
    changes = rows.pop("changes", [])
    if "reforms" in rows or changes:
        rows["reforms"] = _with_changes(rows.get("reforms", []), changes, places.get("changes", where), problems)
    for row in rows.get("reforms", []):
        _nest(row, "title")
    for row in rows.get("tour", []):
        _nest(row, "title")
        _nest(row, "text")
    for key, section in rows.items():
        items[key] = Sequence(tuple(section), places.get(key, where))
    return Mapping(items, where, {key: places.get(key, where) for key in items})


def _meta(rows: list[Mapping], where: Where, problems: Problems) -> Mapping:
    """Build the meta section from a table that has a row an item; an item with several rows is a list."""
    known = {name: item for item in meta_items() for name in (item.key, item.zh)}
    items: dict[str, list[Scalar]] = {}
    for row in rows:
        name, value = row.items.get("item"), row.items.get("value")
        item = known.get(problems.text(name, "item") or "")
        if item is None:
            written = problems.text(name, "item") or ""
            expected = f"one of {'、'.join(entry.zh for entry in meta_items())}"
            place = name.where if name is not None else row.where
            problems.add(place, f"unknown item {written!r}", expected, did_you_mean(written, known))
        elif isinstance(value, Scalar) and value.text:
            texts = split_list(value.text) if item.form == "list" else [value.text]
            items.setdefault(item.key, []).extend(Scalar(text, value.where) for text in texts)
    tree: Row = {}
    for key, values in items.items():
        if len(values) > 1 and key not in ("aliases", "notes", "complete"):
            problems.add(values[1].where, f"the item {key!r} stands twice", "one of each")
        tree[key] = values[0] if len(values) == 1 else Sequence(tuple(values), where)
    result = Mapping(tree, where, {key: values[0].where for key, values in items.items()})
    _nest(result, "title")
    period: Row = {key: result.items.pop(key) for key in ("since", "until") if key in result.items}
    if period:
        result.items["period"] = Mapping(period, where, {key: result.keys[key] for key in period})
        result.keys["period"] = where
    return result


def _nest(row: Mapping, key: str) -> None:
    """Put a text and its English column together: ``{zh: …, en: …}``."""
    texts = {"zh": row.items.pop(key, None), "en": row.items.pop(f"{key}_en", None)}
    given = {language: tree for language, tree in texts.items() if tree is not None}
    if given:
        row.items[key] = Mapping(given, next(iter(given.values())).where, dict.fromkeys(given, row.where))
        row.keys.setdefault(key, row.where)


def _with_changes(reforms: list[Mapping], changes: list[Mapping], where: Where, problems: Problems) -> list[Mapping]:
    """Put each step under the reform that its first column names."""
    steps: dict[str, list[Mapping]] = {}
    names = [name for row in reforms if (name := problems.text(row.items.get("name"), "name"))]
    for change in changes:
        tree = change.items.pop("reform", None)
        name = problems.text(tree, "reform")
        if name not in names:
            place = tree.where if tree is not None else change.where
            known = "、".join(names) or "a row in 改革"
            problems.add(place, f"no reform is called {name or ''!r}", known, did_you_mean(name or "", names))
            continue
        steps.setdefault(name, []).append(change)
    result = []
    for row in reforms:
        name = problems.text(row.items.get("name"), "name")
        items: Row = dict(row.items)
        if name in steps:
            items["changes"] = Sequence(tuple(steps.pop(name)), where)
        result.append(Mapping(items, row.where, dict(row.keys)))
    return result
