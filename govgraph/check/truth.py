"""Truth with nulls, as Cypher has it: values are compared, and conditions joined; None is neither true nor false."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnclearError(Exception):
    """Something is said, or would be compared, that is not understood here."""


def truth(value: Any) -> bool | None:
    """Return a truth; null is None."""
    if value is not True and value is not False and value is not None:
        raise UnclearError("a condition that is neither true nor false")
    return value


def negated(value: Any) -> bool | None:
    """Return NOT of a truth."""
    known = truth(value)
    return None if known is None else not known


def either(values: Sequence[Any]) -> bool | None:
    """Return OR of truths."""
    truths = [truth(value) for value in values]
    return True if True in truths else None if None in truths else False


def _equal(left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    if type(left) is str and type(right) is str:
        return left == right
    if not (_is_number(left) and _is_number(right)):
        raise UnclearError("values of different types, or lists, compared")
    return bool(left == right)


def _differs(left: Any, right: Any) -> bool | None:
    return negated(_equal(left, right))


def _exceeds(left: Any, right: Any) -> bool | None:
    if not _is_number(left) or not _is_number(right):
        raise UnclearError("texts in order")
    return bool(left > right)


def _among(value: Any, values: Any) -> bool | None:
    if not isinstance(values, list | tuple) or (value is None and not values):
        raise UnclearError("IN something else than a list, or nothing in an empty list")
    found = either([_equal(value, item) for item in values])
    if found is None and value is not None:
        raise UnclearError("a null in a list: no match is null in Neo4j, and false in the embedded engine")
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


COMPARISONS = {"=": _equal, "<>": _differs, ">": _exceeds, "IN": _among}
