"""What a Cypher query says: clauses, patterns and expressions, as the parser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

AGGREGATES = frozenset({"count", "collect", "min", "max", "sum", "avg", "stdev"})


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text, boolean or null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value given with the query: ``$name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that a clause has bound; ``place`` is the offset where it stands."""

    name: str
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Property:
    """``base.name``."""

    base: Expression
    name: str
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function; ``count(*)`` has no arguments and ``star``."""

    name: str
    arguments: tuple[Expression, ...]
    distinct: bool = False
    star: bool = False
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """``NOT`` or ``-`` before an expression."""

    sign: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and a sign between them: arithmetic, comparison, text search, AND, OR, XOR, IN."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class IsNull:
    """``operand IS NULL``, or with ``negated`` IS NOT NULL."""

    operand: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class Items:
    """A list written out: ``[a, b]``."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """``list[number]``, counted from 0, from the end where negative."""

    base: Expression
    number: Expression


@dataclass(frozen=True, slots=True)
class Part:
    """``list[first..last]``; ``last`` is not in it."""

    base: Expression
    first: Expression | None
    last: Expression | None


@dataclass(frozen=True, slots=True)
class Case:
    """``CASE [subject] WHEN … THEN … ELSE … END``."""

    subject: Expression | None
    branches: tuple[tuple[Expression, Expression], ...]
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Comprehension:
    """``[name IN list WHERE condition | result]``."""

    name: str
    source: Expression
    condition: Expression | None
    result: Expression | None


@dataclass(frozen=True, slots=True)
class Quantifier:
    """``any``, ``all``, ``none`` or ``single`` ``(name IN list WHERE condition)``."""

    word: str
    name: str
    source: Expression
    condition: Expression


@dataclass(frozen=True, slots=True)
class Subquery:
    """``EXISTS { … }`` or ``COUNT { … }``: patterns and a condition of their own."""

    word: str
    matches: tuple[Match, ...]


Expression = (
    Literal
    | Parameter
    | Variable
    | Property
    | Call
    | Unary
    | Binary
    | IsNull
    | Items
    | Element
    | Part
    | Case
    | Comprehension
    | Quantifier
    | Subquery
)


def parts_of(expression: Expression) -> Iterator[Expression]:
    """Yield the expressions right within one; those of a subquery are its own."""
    if not isinstance(expression, Subquery):
        for item in fields(expression):
            yield from _expressions(getattr(expression, item.name))


def _expressions(value: Any) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions(item)


def parts_within(part: Any, *, nested: bool = True) -> Iterator[Any]:
    """Yield a query, or part of one, and all clauses, patterns and expressions in it.

    Args:
        part: where to begin.
        nested: go into subqueries too.
    """
    left = [part]
    while left:
        found = left.pop()
        if isinstance(found, tuple):
            left += reversed(found)
        elif hasattr(found, "__match_args__"):  # one of the classes above
            yield found
            if nested or not isinstance(found, Subquery):
                left += [getattr(found, name) for name in reversed(found.__match_args__)]


def demanded(condition: Expression | None) -> list[Expression]:
    """Return the conditions that must all hold for one to be true: what stands between its ANDs."""
    if isinstance(condition, Binary) and condition.sign == "AND":
        return [*demanded(condition.left), *demanded(condition.right)]
    return [] if condition is None else [condition]


def is_aggregate(expression: Expression) -> bool:
    """Tell whether an expression itself counts, collects or sums rows."""
    return isinstance(expression, Call) and expression.name in AGGREGATES


def has_aggregate(expression: Expression) -> bool:
    """Tell whether an expression, or any part of it, counts, collects or sums rows."""
    return is_aggregate(expression) or any(map(has_aggregate, parts_of(expression)))


@dataclass(frozen=True, slots=True)
class NodePattern:
    """``(variable:Label|Label {property: value})``."""

    variable: str | None
    labels: tuple[str, ...]
    properties: tuple[tuple[str, Expression], ...]
    place: int


@dataclass(frozen=True, slots=True)
class RelationPattern:
    """``-[variable:TYPE|TYPE*least..most {property: value}]->``; ``direction`` is ``>``, ``<`` or empty."""

    variable: str | None
    types: tuple[str, ...]
    direction: str
    steps: tuple[int, int] | None
    properties: tuple[tuple[str, Expression], ...]
    place: int


@dataclass(frozen=True, slots=True)
class Path:
    """Nodes, with a relation between each two."""

    nodes: tuple[NodePattern, ...]
    relations: tuple[RelationPattern, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """``[OPTIONAL] MATCH paths WHERE condition``."""

    optional: bool
    paths: tuple[Path, ...]
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Unwind:
    """``UNWIND source AS name``."""

    source: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """``expression AS name``; without a name it is called as it is written."""

    expression: Expression
    name: str
    named: bool


@dataclass(frozen=True, slots=True)
class Projection:
    """What WITH and RETURN have in common; no ``items`` stands for ``*``."""

    distinct: bool
    items: tuple[Item, ...] | None
    order: tuple[tuple[Expression, bool], ...]  # and whether it descends
    skip: Expression | None
    limit: Expression | None
    place: int  # of its ORDER BY


@dataclass(frozen=True, slots=True)
class With:
    """``WITH projection WHERE condition``."""

    projection: Projection
    condition: Expression | None


Clause = Match | Unwind | With


@dataclass(frozen=True, slots=True)
class Query:
    """One query without UNION: clauses, then what is returned."""

    clauses: tuple[Clause, ...]
    result: Projection


@dataclass(frozen=True, slots=True)
class Union:
    """Queries one after the other; ``every`` keeps rows that they have in common."""

    queries: tuple[Query, ...]
    every: bool
