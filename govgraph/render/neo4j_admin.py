"""Export to what ``neo4j-admin database import full`` eats: CSV files, their headers, and the arguments.

The columnar engine writes the files itself, column by column, so a national store is exported in one pass. Columns
that are empty throughout are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import CASE_COLUMNS, CASE_LABEL, columns_of, neo4j_ddl, node_columns, relation_tables

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.store.columnar.database import ColumnarStore

LIST_DELIMITER = "\x1f"  # never in a text: the readers refuse control characters
TYPES = {"STRING": "string", "INT64": "long", "DOUBLE": "double", "STRING[]": "string[]"}
ARGUMENTS = "import.args"
SCHEMA = "schema.cypher"


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: rows by file, and the command that imports them."""

    folder: Path
    rows: dict[str, int]
    command: str


def export_neo4j_admin(store: ColumnarStore, folder: Path) -> Export:
    """Write all that a columnar store holds.

    Args:
        store: an open columnar store.
        folder: made if it is not there; files of an earlier export are overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(store, folder.resolve())
    writer.nodes(CASE_LABEL, CASE_COLUMNS, second="''")
    for family in vocabulary().families:
        writer.nodes(
            family, node_columns(), second=f"CASE WHEN n.kind = '{family}' THEN '' ELSE '{LIST_DELIMITER}' + n.kind END"
        )
    for type_, declared in relation_tables().items():
        for start in declared.from_families:
            for end in declared.to_families:
                writer.relations(type_, start, end, columns_of(declared))
    return writer.finish()


class _Writer:
    def __init__(self, store: ColumnarStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._rows: dict[str, int] = {}
        self._arguments: list[str] = []
        self._multiline = False

    def nodes(self, label: str, columns: dict[str, str], second: str) -> None:
        """Write one family's nodes; ``second`` is the expression of a second label, with the delimiter before it."""
        match = f"MATCH (n:{label})"
        names, rows = self._filled(match, "n", columns)
        if not rows:
            return
        header = [f"{name}:ID" if name == "id" else f"{name}:{TYPES[columns[name]]}" for name in names]
        fields = [_field("n", name, columns[name]) for name in names]
        self._rows[label] = rows
        self._write(label, match, [*header, ":LABEL"], [*fields, f"'{label}' + {second}"])
        self._arguments.append(self._argument("--nodes", label))

    def relations(self, type_: str, start: str, end: str, columns: dict[str, str]) -> None:
        """Write the relations of one type between two families."""
        match = f"MATCH (a:{start})-[r:{type_}]->(b:{end})"
        names, rows = self._filled(match, "r", columns)
        if not rows:
            return
        name = f"{type_}.{start}.{end}"
        self._rows[name] = rows
        header = [":START_ID", ":END_ID", *(f"{column}:{TYPES[columns[column]]}" for column in names)]
        self._write(name, match, header, ["a.id", "b.id", *(_field("r", column, columns[column]) for column in names)])
        self._arguments.append(self._argument(f"--relationships={type_}", name, "="))

    def _argument(self, option: str, name: str, mark: str = "=") -> str:
        return f'"{option}{mark}{self._folder}/{name}.header.csv,{self._folder}/{name}.csv"'

    def _filled(self, match: str, variable: str, columns: dict[str, str]) -> tuple[list[str], int]:
        """Return the columns that hold anything, and the number of rows."""
        counts = ", ".join(f"count({variable}.{name})" for name in columns)
        texts = [name for name, kind in columns.items() if kind == "STRING" and name not in ("id", "case_id", "type")]
        row = self._store.query(f"{match} RETURN {counts}").rows[0]
        filled = [name for name, count in zip(columns, row, strict=True) if count]
        breaks = " OR ".join(f"{variable}.{name} CONTAINS '\n'" for name in texts if name in filled)
        if breaks and not self._multiline:
            self._multiline = bool(self._store.query(f"{match} WHERE {breaks} RETURN 1 LIMIT 1").rows)
        return filled, row[0]

    def _write(self, name: str, match: str, header: list[str], fields: list[str]) -> None:
        (self._folder / f"{name}.header.csv").write_text(",".join(header) + "\n", encoding="utf-8")
        self._store.copy_to(f"{match} RETURN {', '.join(fields)}", self._folder / f"{name}.csv")

    def finish(self) -> Export:
        """Write the arguments and the constraints, and return what was written."""
        options = ['"--array-delimiter=U+001F"', f'"--multiline-fields={str(self._multiline).lower()}"']
        text = "\n".join(["--overwrite-destination=true", *options, *self._arguments]) + "\n"
        (self._folder / ARGUMENTS).write_text(text, encoding="utf-8")
        (self._folder / SCHEMA).write_text("".join(f"{line};\n" for line in neo4j_ddl()), encoding="utf-8")
        command = f"neo4j-admin database import full neo4j @{self._folder / ARGUMENTS}"
        return Export(self._folder, self._rows, command)


def _field(variable: str, name: str, kind: str) -> str:
    if kind == "STRING[]":
        return f"list_to_string('{LIST_DELIMITER}', {variable}.{name})"
    return f"{variable}.{name}"
