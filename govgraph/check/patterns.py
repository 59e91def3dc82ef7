"""Cypher cut into clauses, and the patterns of a MATCH read: only the plain forms that rules are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import relation_tables

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

TOKEN = re.compile(
    r"(?P<nothing>\s+|//[^\n]*|/\*.*?\*/)|(?P<text>'[^'\\]*')|(?P<number>\d+)|(?P<parameter>\$\w+)|(?P<word>\w+)"
    r"|(?P<sign><>|[-<>=()\[\]{},.:|*;+/%^!&])",
    re.DOTALL,
)
OPENING, CLOSING = "([{", ")]}"
CLAUSES = frozenset({"MATCH", "WHERE", "WITH", "UNWIND", "RETURN", "ORDER", "SKIP", "LIMIT"})
REFUSED = frozenset(
    {"UNION", "CALL", "FOREACH", "LOAD", "USE", "FINISH", "SET", "CREATE", "MERGE", "DELETE", "REMOVE", "FILTER", "LET"}
)


class UnclearError(Exception):
    """A text says something that is not understood here."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign, number, parameter or text of Cypher; ``keyword`` is a word or sign in capitals, else empty."""

    kind: str
    text: str
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A node, or a relation between two nodes: names (empty where there are none), families, types.

    No families or types mean any. ``direction`` is ``>``, ``<``, or empty for both. ``steps`` is False for a relation
    of variable length, of which nothing else is known.
    """

    names: tuple[str, ...]
    families: tuple[frozenset[str], ...]
    types: frozenset[str] = frozenset()
    direction: str = ""
    single: bool = True


@lru_cache(maxsize=512)
def tokens(cypher: str) -> tuple[Token, ...]:
    """Cut Cypher into tokens.

    Raises:
        UnclearError: there is a sign, quoted name or escape that is not known.
    """
    found: list[Token] = []
    position = 0
    while position < len(cypher):
        match = TOKEN.match(cypher, position)
        if match is None:
            raise UnclearError(cypher[position : position + 20])
        kind, text = str(match.lastgroup), match.group()
        if kind != "nothing":
            found.append(Token(kind, text, text.upper() if kind in ("word", "sign") else ""))
        position = match.end()
    return tuple(found)


def clauses(words: Sequence[Token]) -> list[tuple[str, Sequence[Token]]]:
    """Return the clauses at the top, each with its tokens; ``OPTIONAL MATCH`` and its WHERE are ``OPTIONAL``.

    Raises:
        UnclearError: a clause that is not known, or brackets that do not match.
    """
    starts: list[tuple[int, str]] = []
    depth = 0
    for number, word in enumerate(words):
        depth += _bracket(word)
        before = words[number - 1].keyword if number else ""
        if depth or word.kind != "word" or before in (".", ":"):
            continue
        if word.keyword in REFUSED:
            raise UnclearError(word.text)
        if word.keyword not in CLAUSES or (word.keyword == "WITH" and before in ("STARTS", "ENDS")):
            continue
        follows_optional = word.keyword == "WHERE" and bool(starts) and starts[-1][1] == "OPTIONAL"
        starts.append((number, "OPTIONAL" if before == "OPTIONAL" or follows_optional else word.keyword))
    if depth or not starts or starts[0][0] > (starts[0][1] == "OPTIONAL"):
        raise UnclearError("brackets, or no clause")
    ends = [begin - (words[begin - 1].keyword == "OPTIONAL") for begin, _ in starts[1:]]
    return [(name, words[begin + 1 : end]) for (begin, name), end in zip(starts, [*ends, len(words)], strict=True)]


def split(words: Sequence[Token], separator: str) -> list[Sequence[Token]]:
    """Cut tokens at a comma or AND that stands in no bracket and in no CASE."""
    parts: list[Sequence[Token]] = []
    begin = depth = 0
    for number, word in enumerate(words):
        depth += _bracket(word) + (word.keyword == "CASE") - (word.keyword == "END")
        if depth == 0 and word.keyword == separator:
            parts.append(words[begin:number])
            begin = number + 1
    return [*parts, words[begin:]]


def closing(words: Sequence[Token], begin: int) -> int:
    """Return where the bracket closes that opens at ``begin``.

    Raises:
        UnclearError: it does not.
    """
    depth = 0
    for number in range(begin, len(words)):
        depth += _bracket(words[number])
        if depth == 0:
            return number
    raise UnclearError("brackets")


def patterns(words: Sequence[Token]) -> list[Pattern]:
    """Read one chain ``(a:F)-[r:T]->(b:G)…`` into its relations, or its one node.

    Raises:
        UnclearError: it is no such chain, or the vocabulary has no such family or type.
    """
    position, left, families = _node(words, 0)
    if position == len(words):
        return [Pattern((left,), (families,))]
    found: list[Pattern] = []
    while position < len(words):
        arrow = position
        while position < len(words) and words[position].keyword != "(":
            position = closing(words, position) + 1 if words[position].keyword == "[" else position + 1
        name, types, direction, single = _relation(words[arrow:position])
        position, right, right_families = _node(words, position)
        found.append(Pattern((left, name, right), (families, right_families), types, direction, single))
        left, families = right, right_families
    return found


def _bracket(word: Token) -> int:
    if word.kind != "sign":
        return 0
    return (word.text in OPENING) - (word.text in CLOSING)


def _node(words: Sequence[Token], begin: int) -> tuple[int, str, frozenset[str]]:
    if begin >= len(words) or words[begin].keyword != "(":
        raise UnclearError("no node")
    end = closing(words, begin)
    name, inner = _named(words[begin + 1 : end])
    return end + 1, name, _known(_labels(inner), vocabulary().families.keys())


def _named(inner: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    return (inner[0].text, inner[1:]) if inner and inner[0].kind == "word" else ("", inner)


def _labels(words: Sequence[Token]) -> frozenset[str]:
    """Read ``:A|B``; properties in braces are not looked at."""
    names = words[: next((number for number, word in enumerate(words) if word.keyword == "{"), len(words))]
    if not names:
        return frozenset()
    if names[0].keyword != ":" or any(word.keyword != "|" for word in names[2::2]):
        raise UnclearError("labels")
    if len(names) % 2 or any(word.kind != "word" for word in names[1::2]):
        raise UnclearError("labels")
    return frozenset(word.text for word in names[1::2])


def _known(labels: frozenset[str], words: Set[str]) -> frozenset[str]:
    if not labels <= words:
        raise UnclearError("a word that is not of the vocabulary")
    return labels


def _relation(arrow: Sequence[Token]) -> tuple[str, frozenset[str], str, bool]:
    """Read what stands between two nodes: name, types, direction, and whether it is one step."""
    signs = [word.keyword for word in arrow]
    if "[" not in signs:
        raise UnclearError("no relation in brackets")
    begin = signs.index("[")
    end = closing(arrow, begin)
    direction = {("-", "->"): ">", ("<-", "-"): "<", ("-", "-"): ""}.get(
        ("".join(signs[:begin]), "".join(signs[end + 1 :]))
    )
    if direction is None:
        raise UnclearError("an arrow")
    name, inner = _named(arrow[begin + 1 : end])
    star = next((number for number, word in enumerate(inner) if word.keyword == "*"), None)
    return name, _known(_labels(inner[:star]), relation_tables().keys()), direction, star is None
