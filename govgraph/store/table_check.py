"""Checks of whole tables, column by column: what a reader refuses in a small case is refused in millions of rows.

Each mistake becomes one problem with the number of rows it hits and up to three of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.errors import InputError, Problem
from govgraph.model.vocabulary import vocabulary
from govgraph.store.tables import NodeTable, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    import polars as pl

    from govgraph.store.tables import RelationTable, TableSet

SAMPLES = 3
DIVISION_CODE = r"^\d{2,12}$"
PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


def check_tables(tables: TableSet, case_id: str, *, ends: bool = False) -> None:
    """Check every table.

    Args:
        tables: the tables.
        case_id: all ids must begin with it.
        ends: also look for relations that end nowhere, where the engine would not refuse them itself.

    Raises:
        InputError: one problem a mistake.
    """
    problems: list[Problem] = []
    for table in tables.every:
        problems += check_values(table, case_id)
    problems += check_unique(tables)
    if ends:
        problems += check_ends(tables)
    if problems:
        raise InputError(problems)


def check_values(table: NodeTable | RelationTable, case_id: str) -> list[Problem]:
    """Check one table's cells in one pass."""
    import polars as pl

    frame = scan(table.files)
    words = words_of(table)
    counts = {f"bad:{name}": bad.sum() for name, (bad, _) in _tests(table, case_id).items()}
    values = {f"values:{name}": pl.col(name).unique().implode() for name in words if name in table.columns}
    rows = frame.select(**counts, **values).collect(engine="streaming").row(0, named=True)
    problems = []
    for name, (bad, expected) in _tests(table, case_id).items():
        if rows[f"bad:{name}"]:
            samples = [str(value) for value in frame.filter(bad).select(name).head(SAMPLES).collect()[name]]
            problems.append(_problem(table, f"column {name!r}", rows[f"bad:{name}"], samples, expected))
    for name, known in words.items():
        found = rows.get(f"values:{name}")
        if found is None:
            continue
        unknown = sorted({str(value) for value in found if value is not None} - set(known))
        if unknown:
            count = frame.filter(pl.col(name).is_in(unknown)).select(pl.len()).collect(engine="streaming").item()
            problems.append(_problem(table, f"column {name!r}", count, unknown[:SAMPLES], f"one of {'、'.join(known)}"))
    return problems


def words_of(table: NodeTable | RelationTable) -> dict[str, list[str]]:
    """Return the words that each enumerated column of a table may hold."""
    words = vocabulary()
    declared = words.node_properties if isinstance(table, NodeTable) else words.relation_properties
    result = {
        name: list(words.enumerations[item.type]) for name, item in declared.items() if item.type in words.enumerations
    }
    if isinstance(table, NodeTable):
        result["kind"] = list(words.families[table.family].kinds)
    return result


def _tests(table: NodeTable | RelationTable, case_id: str) -> dict[str, tuple[pl.Expr, str]]:
    """Column → which rows are wrong, and what was expected."""
    import polars as pl

    words = vocabulary()
    node = isinstance(table, NodeTable)
    declared = words.node_properties if node else words.relation_properties
    tests: dict[str, tuple[pl.Expr, str]] = {}
    for name in table.columns:
        column = pl.col(name)
        kind = declared[name].type if name in declared else ""
        if name in ("id", "start", "end"):
            prefix = f"{case_id}/"
            tests[name] = (~column.str.starts_with(prefix).fill_null(value=False), f"an id that begins with {prefix!r}")
        elif name in ("name", "kind"):
            tests[name] = (column.is_null() | (column.cast(pl.String).str.len_bytes() == 0), "a text")
        elif name == "code":
            tests[name] = (~column.cast(pl.String).str.contains(DIVISION_CODE), "a division code of 2 to 12 digits")
        elif kind == "date":
            tests[name] = (~column.cast(pl.String).str.contains(PARTIAL_DATE), "2009, 2009-09 or 2009-09-01")
        elif kind in ("integer", "number"):
            number = column.cast(pl.Float64, strict=False)
            wrong = number.is_null() & column.is_not_null() | ~number.is_between(0, 1e15, closed="left")
            if kind == "integer":
                wrong = wrong | (number != number.floor())
            tests[name] = (wrong.fill_null(value=False), "a number of 0 or more, below 10^15")
    return tests


def check_unique(tables: TableSet) -> list[Problem]:
    """Find ids that stand twice: among all nodes, and among all relations."""
    problems = []
    for group in (tables.nodes, tables.relations):
        hashes = {table.name: _hashes(table) for table in group if "id" in table.columns}
        problems += list(_repeated(group, _twice(hashes)))
    return problems


def _hashes(table: NodeTable | RelationTable) -> np.ndarray:
    import polars as pl

    hashed = scan(table.files).select(pl.col("id").hash(seed=0)).collect(engine="streaming")
    return hashed["id"].to_numpy()


def _twice(hashes: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the hash values that occur more than once (8 bytes a row, sorted in place)."""
    import numpy as np

    if not hashes:
        return np.empty(0, dtype=np.uint64)
    every = np.concatenate(list(hashes.values()))
    every.sort()
    return np.unique(every[1:][every[1:] == every[:-1]])


def _repeated(group: tuple[NodeTable, ...] | tuple[RelationTable, ...], twice: np.ndarray) -> Iterator[Problem]:
    import polars as pl

    if not len(twice):
        return
    wanted = pl.Series(twice).implode()
    found = [
        scan(table.files)
        .filter(pl.col("id").hash(seed=0).is_in(wanted))
        .select("id", table=pl.lit(table.name))
        .collect(engine="streaming")
        for table in group
        if "id" in table.columns
    ]
    repeated = (
        pl.concat(found)
        .group_by("id")
        .agg(pl.len(), pl.col("table").unique().sort())
        .filter(pl.col("len") > 1)
        .sort("id")
    )
    if repeated.height:  # the same hash alone is no mistake
        samples = [f"{row['id']} ({', '.join(row['table'])})" for row in repeated.head(SAMPLES).iter_rows(named=True)]
        where = f"{'nodes' if isinstance(group[0], NodeTable) else 'relations'}, column 'id'"
        yield Problem(where, f"{repeated.height:,} ids stand more than once: {', '.join(samples)}", "each id once")


def check_ends(tables: TableSet) -> list[Problem]:
    """Find relations whose ends, or what they name, are no nodes or nodes of another family.

    Takes memory for all node ids.
    """
    import polars as pl

    families = [scan(table.files).select("id", family=pl.lit(table.family)) for table in tables.nodes]
    nodes = pl.concat(families).unique("id").collect(engine="streaming") if families else pl.DataFrame()
    declared = vocabulary().relation_properties
    named = {name: item.families for name, item in declared.items() if item.type == "reference"}
    problems = []
    for table in tables.relations:
        wanted = {"start": (table.start,), "end": (table.end,)} | {c: named[c] for c in table.columns if c in named}
        for column, allowed in wanted.items():
            ids = scan(table.files).select(id=pl.col(column).cast(pl.String))
            if column in named:
                ids = ids.drop_nulls()
            known = nodes.lazy().filter(pl.col("family").is_in(allowed))
            bad = ids.join(known, on="id", how="anti").collect(engine="streaming")
            if not bad.height:
                continue
            samples = bad.unique(maintain_order=True).head(SAMPLES).join(nodes, on="id", how="left")
            texts = [f"{row['id']} ({row['family'] or 'no such node'})" for row in samples.iter_rows(named=True)]
            expected = f"the id of a node of {'、'.join(allowed)}"
            problems.append(_problem(table, f"column {column!r}", bad.height, texts, expected))
    return problems


def _problem(table: NodeTable | RelationTable, where: str, count: int, samples: list[str], expected: str) -> Problem:
    rows = f"{count:,} row{'s' if count != 1 else ''}"
    return Problem(f"{table.name}, {where}", f"{rows}, such as {', '.join(samples)}", expected)
