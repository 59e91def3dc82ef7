"""Cypher's functions in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.cypher import tree
from govgraph.store.columnar.operators import common_type
from govgraph.store.columnar.scope import Value

if TYPE_CHECKING:
    pass

ABOUT_ENTITIES = ("id", "elementid", "label", "labels", "type")
SAME = ""  # the type of the first argument
SPACE = "chr(32) || chr(9) || chr(10) || chr(13)"
ITEM = "item"  # the type of what the list holds that is the first argument

# Function and number of arguments → how SQL says it, and the type of the answer.
FUNCTIONS = {
    ("tolower", 1): ("lower({0})", "STRING"),
    ("toupper", 1): ("upper({0})", "STRING"),
    ("trim", 1): ("trim({0}, {SPACE})", "STRING"),
    ("ltrim", 1): ("ltrim({0}, {SPACE})", "STRING"),
    ("rtrim", 1): ("rtrim({0}, {SPACE})", "STRING"),
    ("reverse", 1): ("reverse({0})", SAME),
    ("replace", 3): ("replace({0}, {1}, {2})", "STRING"),
    ("split", 2): ("string_split({0}, {1})", "STRING[]"),
    ("left", 2): ("left({0}, CAST({1} AS BIGINT))", "STRING"),
    ("right", 2): ("right({0}, CAST({1} AS BIGINT))", "STRING"),
    ("substring", 2): ("substring({0}, CAST({1} AS BIGINT) + 1)", "STRING"),
    ("substring", 3): ("substring({0}, CAST({1} AS BIGINT) + 1, CAST({2} AS BIGINT))", "STRING"),
    ("tostring", 1): ("CAST({0} AS VARCHAR)", "STRING"),
    ("tointeger", 1): ("TRY_CAST(trunc(TRY_CAST({0} AS DOUBLE)) AS BIGINT)", "INT64"),
    ("tofloat", 1): ("TRY_CAST({0} AS DOUBLE)", "DOUBLE"),
    ("abs", 1): ("abs({0})", SAME),
    ("ceil", 1): ("ceil(CAST({0} AS DOUBLE))", "DOUBLE"),
    ("floor", 1): ("floor(CAST({0} AS DOUBLE))", "DOUBLE"),
    ("round", 1): ("floor(CAST({0} AS DOUBLE) + 0.5)", "DOUBLE"),
    ("sqrt", 1): ("sqrt({0})", "DOUBLE"),
    ("sign", 1): ("sign({0})", "INT64"),
    ("isempty", 1): ("(len({0}) = 0)", "BOOL"),
    ("head", 1): ("{0}[1]", ITEM),
    ("last", 1): ("{0}[-1]", ITEM),
    ("range", 2): ("generate_series({0}, {1})", "INT64[]"),
    ("range", 3): ("generate_series({0}, {1}, {2})", "INT64[]"),
    ("list_to_string", 2): ("array_to_string({1}, {0})", "STRING"),
    ("list_sort", 1): ("list_sort({0})", SAME),
}
NAMES = sorted({name for name, _ in FUNCTIONS} | {*tree.AGGREGATES, *ABOUT_ENTITIES, "coalesce", "exists", "size"})


def called(name: str, values: list[Value]) -> Value | None:
    """Return a function of some values, None if it is not known with so many."""
    given = [value.sql for value in values]
    if name == "coalesce" and values:
        return Value(f"coalesce({', '.join(given)})", common_type(values))
    if name == "size" and len(values) == 1:
        return Value(f"{'len' if values[0].is_list else 'length'}({given[0]})", "INT64")
    template, kind = FUNCTIONS.get((name, len(values)), ("", ""))
    if not template:
        return None
    first = values[0].type
    return Value(template.format(*given, SPACE=SPACE), {SAME: first, ITEM: first[:-2]}.get(kind, kind))


def aggregated(name: str, value: Value, *, distinct: bool) -> Value:
    """Return an aggregate of a value over rows; null does not count."""
    of = f"{'DISTINCT ' if distinct and not value.is_null else ''}{value.sql}"
    if name == "count":
        return Value(f"count({of})", "INT64")
    if name == "collect":
        return Value(f"coalesce(list({of}) FILTER (WHERE {value.sql} IS NOT NULL), [])", f"{value.type}[]")
    if name == "sum":
        whole = value.type == "INT64"
        return Value(f"coalesce(CAST(sum({of}) AS {'BIGINT' if whole else 'DOUBLE'}), 0)", value.type)
    sql = {"stdev": "stddev_samp"}.get(name, name)
    return Value(f"{sql}({of})", value.type if name in ("min", "max") else "DOUBLE")
