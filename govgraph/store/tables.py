"""Tables on disk for a bulk load: which file holds what, and which columns it has.

A folder of tables has ``nodes/<family>.parquet`` and ``relations/<type>.<family>.<family>.parquet`` (or ``.csv``);
the two families may be left out where the type joins only one pair. A further part after a dot
(``事项.320111.parquet``) tells several files of one table apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from govgraph.errors import InputError, Problem
from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import node_columns, relation_columns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import polars as pl

SUFFIXES = (".parquet", ".csv")
GIVEN = ("case_id", "type")  # columns that the load itself fills
NAMED_ENDS = 3  # parts of a file's name that says both families
LIST_SEPARATOR = "；"  # between the items of a list in a CSV cell


@dataclass(frozen=True, slots=True)
class NodeTable:
    """The files of one family's nodes."""

    family: str
    files: tuple[Path, ...]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """What messages call the table."""
        return self.family


@dataclass(frozen=True, slots=True)
class RelationTable:
    """The files of one relation type between two families."""

    type: str
    start: str
    end: str
    files: tuple[Path, ...]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """What messages call the table."""
        return f"{self.type}.{self.start}.{self.end}"


@dataclass(frozen=True, slots=True)
class TableSet:
    """All tables of one folder."""

    folder: Path
    nodes: tuple[NodeTable, ...]
    relations: tuple[RelationTable, ...]

    @property
    def every(self) -> tuple[NodeTable | RelationTable, ...]:
        """All tables, those of nodes first."""
        return (*self.nodes, *self.relations)


def polars_type(column_type: str) -> pl.DataType | type[pl.DataType]:
    """Return the polars type of an embedded column type."""
    import polars as pl

    types: dict[str, pl.DataType | type[pl.DataType]] = {
        "STRING": pl.String,
        "INT64": pl.Int64,
        "DOUBLE": pl.Float64,
        "STRING[]": pl.List(pl.String),
    }
    return types[column_type]


def scan(files: Iterable[Path]) -> pl.LazyFrame:
    """Return the rows of some files as one lazy frame; every cell of a CSV file is text."""
    import polars as pl

    frames = [
        pl.scan_parquet(file) if file.suffix == ".parquet" else pl.scan_csv(file, infer_schema=False, encoding="utf8")
        for file in files
    ]
    return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal")


def find_tables(folder: Path) -> TableSet:
    """Return the tables of a folder, their names and columns checked.

    Raises:
        InputError: one problem a file that is not a table of the vocabulary, or a column that is none.
    """
    problems: list[Problem] = []
    nodes: dict[str, list[Path]] = {}
    relations: dict[tuple[str, str, str], list[Path]] = {}
    for file in sorted(path for section in ("nodes", "relations") for path in (folder / section).glob("*.*")):
        parts = file.name.removesuffix(file.suffix).split(".")
        if file.suffix not in SUFFIXES:
            problems.append(Problem(str(file), f"a {file.suffix} file", " or ".join(SUFFIXES)))
        elif file.parent.name == "nodes":
            if parts[0] in vocabulary().families:
                nodes.setdefault(parts[0], []).append(file)
            else:
                problems.append(_unknown(file, parts[0], vocabulary().families, "a family of nodes"))
        elif parts[0] not in vocabulary().relations:
            problems.append(_unknown(file, parts[0], vocabulary().relations, "a relation type"))
        else:
            ends = _ends(file, parts, problems)
            if ends:
                relations.setdefault((parts[0], *ends), []).append(file)
    if not nodes and not problems:
        problems.append(Problem(str(folder), "no tables", "nodes/<family>.parquet or .csv"))
    tables = TableSet(
        folder,
        tuple(NodeTable(family, tuple(nodes[family]), _columns(nodes[family])) for family in nodes),
        tuple(
            RelationTable(*key, tuple(relations[key]), _columns(relations[key]))
            for key in sorted(relations, key=_load_order)
        ),
    )
    problems += [problem for table in tables.every for problem in _header(table)]
    if problems:
        raise InputError(problems)
    return tables


def _load_order(key: tuple[str, str, str]) -> tuple[int, str, str]:
    return (list(vocabulary().relations).index(key[0]), key[1], key[2])


def _unknown(file: Path, word: str, known: Iterable[str], expected: str) -> Problem:
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return Problem(str(file), f"{word!r} is unknown", expected, f"Did you mean {near[0]!r}?" if near else "")


def _ends(file: Path, parts: list[str], problems: list[Problem]) -> tuple[str, str] | None:
    type_ = vocabulary().relations[parts[0]]
    pairs = [(start, end) for start in type_.from_families for end in type_.to_families]
    named = (parts[1], parts[2]) if len(parts) >= NAMED_ENDS else None
    if named in pairs:
        return named
    if len(pairs) == 1 and (named is None or not set(named) & set(vocabulary().families)):
        return pairs[0]
    names = ", ".join(f"{parts[0]}.{start}.{end}" for start, end in pairs)
    problems.append(Problem(str(file), "the name does not say which families the relations join", f"one of {names}"))
    return None


def _columns(files: list[Path]) -> tuple[str, ...]:
    return tuple(scan(files).collect_schema().names())


def _header(table: NodeTable | RelationTable) -> Iterable[Problem]:
    """Yield the mistakes in a table's column names and types."""
    is_node = isinstance(table, NodeTable)
    known = {} if is_node else {"start": "STRING", "end": "STRING"}
    known |= {
        name: kind for name, kind in (node_columns() if is_node else relation_columns()).items() if name not in GIVEN
    }
    for name in ("id", "name", "kind") if is_node else ("start", "end"):
        if name not in table.columns:
            yield Problem(str(table.files[0]), f"no column {name!r}", "a column of that name")
    for file in table.files:
        for name, found in scan([file]).collect_schema().items():
            if name not in known:
                yield _unknown(file, name, known, "a column of the vocabulary")
            elif file.suffix == ".parquet" and not _fits(found, known[name]):
                yield Problem(str(file), f"column {name!r} is {found}", f"{polars_type(known[name])}")


def _fits(found: pl.DataType, expected: str) -> bool:
    import polars as pl

    if expected == "INT64":
        return found.is_integer()
    if expected == "DOUBLE":
        return found.is_numeric()
    if expected == "STRING[]":
        return found == pl.List(pl.String) or found == pl.Null
    return found in (pl.String, pl.Null) or isinstance(found, pl.Categorical | pl.Enum)
