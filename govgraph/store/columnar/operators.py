"""Values of SQL put together as Cypher's operators do."""

from __future__ import annotations

from typing import Any

from govgraph.errors import QueryError
from govgraph.store.columnar.layout import text
from govgraph.store.columnar.scope import Value

NUMBERS = {"INT64", "DOUBLE"}
COMPARED = {"=", "<>", "<", "<=", ">", ">="}
TRUE, FALSE, UNKNOWN = Value("TRUE", "BOOL"), Value("FALSE", "BOOL"), Value("CAST(NULL AS BOOLEAN)", "BOOL")
SQL_OF_TYPE = {"INT64": "BIGINT", "DOUBLE": "DOUBLE", "BOOL": "BOOLEAN", "STRING": "VARCHAR"}
# What Cypher says between two conditions or texts, and how SQL does.
BETWEEN = {
    "XOR": "(CAST({} AS BOOLEAN) <> CAST({} AS BOOLEAN))",
    "=~": "regexp_full_match({}, {})",
    "ENDS WITH": "ends_with({}, {})",
    "CONTAINS": "contains({}, {})",
}


def literal(value: Any) -> Value:
    """Return a value written out."""
    if value is None:
        return Value("NULL", "NULL")
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, str):
        return Value(text(value), "STRING")
    kind = type_of(value)
    return Value(f"CAST({value!r} AS {SQL_OF_TYPE[kind]})", kind)


def type_of(value: Any) -> str:
    """Return the type of a Python value, empty for what has none here."""
    if value is None:
        return "NULL"
    if isinstance(value, list | tuple):
        kinds = {type_of(item) for item in value} or {"STRING"}
        return f"{kinds.pop() if len(kinds) == 1 else 'STRING'}[]"
    return {bool: "BOOL", int: "INT64", float: "DOUBLE", str: "STRING"}.get(type(value), "")


def parameter(name: str, value: Any) -> Value:
    """Return a value that is given with the query, in the type that it has."""
    kind = type_of(value)
    if kind.endswith("[][]"):
        raise QueryError(f"${name} is a list of lists, which is no value here")
    item = SQL_OF_TYPE.get(kind.removesuffix("[]"), "VARCHAR" if kind.endswith("[]") else "")
    if not item:
        return Value(f"${name}", kind)
    return Value(f"CAST(${name} AS {item}{'[]' if kind.endswith('[]') else ''})", kind)


def common_type(values: list[Value]) -> str:
    """Return the type of what is one of some values."""
    return next((value.type for value in values if value.type not in ("", "NULL")), "")


def listed(values: list[Value]) -> Value:
    """Return a list written out."""
    kinds = {value.type for value in values} - {"NULL", ""}
    return Value(f"[{', '.join(value.sql for value in values)}]", f"{kinds.pop() if len(kinds) == 1 else ''}[]")


def among(item: Value, values: list[Value]) -> Value:
    """Return the condition that a value is one of a few; a text is no number, whatever it says."""
    mixed = NUMBERS if item.type == "STRING" else {"STRING"} if item.type in NUMBERS else set()
    alike = [value for value in values if value.type not in mixed]
    if not alike:
        return FALSE
    if item.is_null:
        return UNKNOWN
    if item.is_text and all(value.is_text for value in alike):
        return TRUE if item in alike else FALSE
    return Value(f"({item.sql} IN ({', '.join(value.sql for value in alike)}))", "BOOL")


def negated(value: Value) -> Value:
    """Return a condition turned round."""
    return {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}.get(value) or Value(f"(NOT {value.sql})", "BOOL")


def is_null(value: Value, *, turned: bool) -> Value:
    """Return the condition that a value is null, or that it is not."""
    if value.is_null or value.is_text:
        return TRUE if value.is_null != turned else FALSE
    return Value(f"({value.sql} IS {'NOT ' if turned else ''}NULL)", "BOOL")


def by_case(branches: list[tuple[Value, Value]], default: Value | None) -> Value:
    """Return the first result whose condition is true; conditions that surely are not are left out."""
    results = [result for _, result in branches] + ([default] if default else [])
    kind = common_type(results)
    possible = []
    for condition, result in branches:
        if condition == TRUE:
            default = result
            break
        if condition not in (FALSE, UNKNOWN):
            possible.append((condition, result))
    otherwise = default or null_of(kind)
    if not possible or (otherwise.is_null and all(result.is_null for _, result in possible)):
        return null_of(kind) if otherwise.is_null else otherwise
    cases = "".join(f" WHEN {condition.sql} THEN {result.sql}" for condition, result in possible)
    return Value(f"CASE{cases}{f' ELSE {default.sql}' if default else ''} END", kind)


def null_of(kind: str) -> Value:
    """Return the null of a type."""
    sql = SQL_OF_TYPE.get(kind.removesuffix("[]"))
    return Value(f"CAST(NULL AS {sql}{'[]' if kind.endswith('[]') else ''})" if sql else "NULL", kind)


def between(sign: str, left: Value, right: Value) -> Value:
    """Return two values with an operator between them, but for IN and STARTS WITH."""
    if sign in COMPARED:
        return _compared(sign, left, right)
    if sign in ("AND", "OR"):
        return _both(sign, left, right)
    if sign in BETWEEN:
        return Value(BETWEEN[sign].format(left.sql, right.sql), "BOOL")
    return _calculated(sign, left, right)


def starts_with(left: Value, right: Value, given: Any) -> Value:
    """Return the condition that a text begins with another; ``given`` is that, if it is known here."""
    condition = f"starts_with({left.sql}, {right.sql})"
    if isinstance(given, str) and given:  # the same as a range, by which whole blocks of rows are passed over
        beyond = text(given[:-1] + chr(ord(given[-1]) + 1))
        condition = f"({left.sql} >= {right.sql} AND {left.sql} < {beyond} AND {condition})"
    return Value(condition, "BOOL")


def in_list(item: Value, source: Value) -> Value:
    """Return the condition that a value is in a list; unknown where that, or all that is not equal to it, is null."""
    left, right = item.sql, source.sql
    unknown = f"{left} IS NULL OR len({right}) > list_count({right})"
    cases = f"WHEN len({right}) = 0 THEN FALSE WHEN {unknown} THEN NULL"
    found = f"CASE WHEN list_contains({right}, {left}) THEN TRUE {cases} WHEN {right} IS NOT NULL THEN FALSE END"
    return Value(found, "BOOL")


def quantified(word: str, truths: Value) -> Value:
    """Return whether any, all, none or a single one of a list of truths is true; unknown ones count as they may."""
    listed_ = truths.sql
    unknown = f"WHEN len({listed_}) > list_count({listed_}) THEN NULL"
    known = f"WHEN {listed_} IS NOT NULL THEN"
    true = f"len(list_filter({listed_}, lambda one: one))"
    cases = {
        "ANY": f"WHEN list_contains({listed_}, TRUE) THEN TRUE {unknown} {known} FALSE",
        "ALL": f"WHEN list_contains({listed_}, FALSE) THEN FALSE {unknown} {known} TRUE",
        "NONE": f"WHEN list_contains({listed_}, TRUE) THEN FALSE {unknown} {known} TRUE",
        "SINGLE": f"WHEN {true} > 1 THEN FALSE {unknown} {known} {true} = 1",
    }
    return Value(f"CASE {cases[word]} END", "BOOL")


def _sort(kind: str) -> str:
    """Return what a type is compared with: numbers with numbers, lists with lists; empty if that is not known."""
    return "number" if kind in NUMBERS else "list" if kind.endswith("[]") else "" if kind == "NULL" else kind


def _both(sign: str, left: Value, right: Value) -> Value:
    """Return that both of two conditions are true, or one of them; what is known of them is not asked again."""
    neutral, decisive = (TRUE, FALSE) if sign == "AND" else (FALSE, TRUE)
    if decisive in (left, right):
        return decisive
    if neutral in (left, right):
        return left if right == neutral else right
    return Value(f"({left.sql} {sign} {right.sql})", "BOOL")


def _compared(sign: str, left: Value, right: Value) -> Value:
    if left.is_null or right.is_null:
        return UNKNOWN
    if sign in ("=", "<>") and left.is_text and right.is_text:
        return TRUE if (left == right) == (sign == "=") else FALSE
    sorts = {_sort(left.type), _sort(right.type)}
    if "" not in sorts and len(sorts) > 1:  # SQL would read a number in a text
        other = {"=": "FALSE", "<>": "TRUE"}.get(sign, "NULL")
        return Value(f"CASE WHEN {left.sql} IS NULL OR {right.sql} IS NULL THEN NULL ELSE {other} END", "BOOL")
    return Value(f"({left.sql} {sign} {right.sql})", "BOOL")


def _calculated(sign: str, left: Value, right: Value) -> Value:
    if sign == "+" and (left.is_list or right.is_list):
        return _joined(left, right)
    if sign == "+" and "STRING" in (left.type, right.type):
        return Value(f"(CAST({left.sql} AS VARCHAR) || CAST({right.sql} AS VARCHAR))", "STRING")
    kind = "DOUBLE" if "DOUBLE" in (left.type, right.type) else left.type
    if sign == "^":
        return Value(f"pow({left.sql}, {right.sql})", "DOUBLE")
    return Value(f"({left.sql} {'//' if sign == '/' and kind == 'INT64' else sign} {right.sql})", kind)


def _joined(left: Value, right: Value) -> Value:
    """Return two lists one after the other, or a list with one more value; null where either list is."""
    if left.is_list and right.is_list:
        return Value(f"({left.sql} || {right.sql})", left.type if left.type != "[]" else right.type)
    if left.is_list:
        return Value(f"CASE WHEN {right.sql} IS NOT NULL THEN {left.sql} || [{right.sql}] END", left.type)
    return Value(f"CASE WHEN {left.sql} IS NOT NULL THEN [{left.sql}] || {right.sql} END", right.type)
