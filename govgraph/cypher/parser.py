"""Cypher that reads, into `govgraph.cypher.tree`. What it does not know it refuses, and says where."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govgraph.cypher import tree
from govgraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

TOKENS = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    |(?P<quoted>`(?:``|[^`])*`)
    |(?P<parameter>\$\w+)
    |(?P<word>\w+)
    |(?P<sign><=|>=|<>|=~|\.\.|[-+*/%^=<>()\[\]{},.:;|])""",
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
TESTS = frozenset({"IS", "IN", "STARTS", "ENDS", "CONTAINS"})
CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}
FAR = 15  # steps that a pattern of many may have at the most: each is joined
# Words that end an expression: no variable is called so unless it stands in backticks.
RESERVED = frozenset(
    {"MATCH", "OPTIONAL", "WHERE", "WITH", "UNWIND", "RETURN", "UNION", "ORDER", "SKIP", "LIMIT", "AND", "OR", "XOR"}
    | {"NOT", "IN", "IS", "STARTS", "ENDS", "CONTAINS", "AS", "CASE", "WHEN", "THEN", "ELSE", "END", "DISTINCT"}
    | {"ASC", "DESC", "ASCENDING", "DESCENDING"}
)


class Token(NamedTuple):
    """A word, number, text or sign: ``value`` is what it stands for, ``upper`` a plain word in capitals."""

    kind: str
    value: str
    start: int
    end: int
    upper: str = ""


@lru_cache(maxsize=512)
def parse(cypher: str) -> tree.Union:
    """Return what a query says.

    Raises:
        QueryError: it is not Cypher that reads, or more of Cypher than is known here; names line and column.
    """
    return _Parser(cypher).union()


def _tokens(cypher: str) -> list[Token]:
    found = []
    offset = 0
    while offset < len(cypher):
        match = TOKENS.match(cypher, offset)
        if match is None:
            raise refused(cypher, offset, f"{cypher[offset]!r} is not understood")
        kind, value, end = str(match.lastgroup), match.group(), match.end()
        if kind == "text":
            value = ESCAPED.sub(_unescaped, value[1:-1])
        elif kind == "quoted":
            value = value[1:-1].replace("``", "`")
        elif kind == "parameter":
            value = value[1:]
        if kind != "space":
            found.append(Token(kind, value, offset, end, value.upper() if kind == "word" else ""))
        offset = end
    found.append(Token("end", "", len(cypher), len(cypher)))
    return found


def _unescaped(escaped: re.Match[str]) -> str:
    if escaped[1]:
        return chr(int(escaped[1], 16))
    return ESCAPES.get(escaped[2], escaped[2])


def refused(cypher: str, offset: int, why: str) -> QueryError:
    """Return the error of a query that is not understood at an offset."""
    line, column = cypher.count("\n", 0, offset) + 1, offset - cypher.rfind("\n", 0, offset)
    return QueryError(f"line {line}, column {column}: {why}")


class _Parser:
    def __init__(self, cypher: str) -> None:
        self._cypher = cypher
        self._tokens = _tokens(cypher)
        self._at = 0

    # -- tokens

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _ahead(self, steps: int = 1) -> Token:
        return self._tokens[min(self._at + steps, len(self._tokens) - 1)]

    def _unexpected(self, expected: str) -> QueryError:
        token = self._now
        found = repr(self._cypher[token.start : token.end]) if token.kind != "end" else "the end"
        return refused(self._cypher, token.start, f"found {found}, expected {expected}")

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        return token

    def _is(self, *signs: str) -> bool:
        token = self._tokens[self._at]
        return token.kind == "sign" and token.value in signs

    def _sign(self, *signs: str) -> str | None:
        """Take one of some signs, if it stands here."""
        return self._take().value if self._is(*signs) else None

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            raise self._unexpected(repr(sign))

    def _words(self, *words: str) -> bool:
        """Take keywords one after the other, if they all stand here."""
        if self._tokens[self._at].upper != words[0]:
            return False
        if any(self._ahead(number).upper != word for number, word in enumerate(words)):
            return False
        self._at += len(words)
        return True

    def _name(self, what: str) -> str:
        token = self._now
        if token.kind != "quoted" and (token.kind != "word" or token.value[0].isdigit()):
            raise self._unexpected(what)
        return self._take().value

    def _is_variable(self) -> bool:
        token = self._now
        return token.kind == "quoted" or (
            token.kind == "word" and token.upper not in RESERVED and not token.value[0].isdigit()
        )

    # -- clauses

    def union(self) -> tree.Union:
        """Read the whole query."""
        queries = [self._query()]
        kinds = set()
        while self._words("UNION"):
            kinds.add(self._words("ALL"))
            queries.append(self._query())
        self._sign(";")
        if self._now.kind != "end":
            raise self._unexpected("a clause, or the end")
        if len(kinds) > 1:
            raise QueryError("UNION and UNION ALL cannot be mixed")
        return tree.Union(tuple(queries), every=kinds == {True})

    def _query(self) -> tree.Query:
        clauses: list[tree.Match | tree.Unwind | tree.With] = []
        while True:
            if self._words("OPTIONAL", "MATCH"):
                clauses.append(self._match(optional=True))
            elif self._words("MATCH"):
                clauses.append(self._match(optional=False))
            elif self._words("UNWIND"):
                source = self._expression()
                if not self._words("AS"):
                    raise self._unexpected("AS")
                clauses.append(tree.Unwind(source, self._name("a name")))
            elif self._words("WITH"):
                clauses.append(tree.With(self._projection(), self._where()))
            elif self._words("RETURN"):
                return tree.Query(tuple(clauses), self._projection())
            else:
                raise self._unexpected("MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN")

    def _match(self, *, optional: bool) -> tree.Match:
        paths = [self._path()]
        while self._sign(","):
            paths.append(self._path())
        return tree.Match(optional, tuple(paths), self._where())

    def _where(self) -> tree.Expression | None:
        return self._expression() if self._words("WHERE") else None

    def _projection(self) -> tree.Projection:
        distinct = self._words("DISTINCT")
        items: list[tree.Item] | None = None
        if not self._sign("*"):
            items = [self._item()]
            while self._sign(","):
                items.append(self._item())
        order, place = [], self._now.start
        if self._words("ORDER", "BY"):
            order.append(self._order())
            while self._sign(","):
                order.append(self._order())
        skip = self._expression() if self._words("SKIP") or self._words("OFFSET") else None
        limit = self._expression() if self._words("LIMIT") else None
        return tree.Projection(distinct, None if items is None else tuple(items), tuple(order), skip, limit, place)

    def _item(self) -> tree.Item:
        begin = self._now.start
        expression = self._expression()
        end = self._tokens[self._at - 1].end
        if self._words("AS"):
            return tree.Item(expression, self._name("a name"), named=True)
        name = expression.name if isinstance(expression, tree.Variable) else self._cypher[begin:end]
        return tree.Item(expression, name, named=isinstance(expression, tree.Variable))

    def _order(self) -> tuple[tree.Expression, bool]:
        expression = self._expression()
        descends = self._words("DESC") or self._words("DESCENDING")
        if not descends and not self._words("ASC"):
            self._words("ASCENDING")
        return expression, descends

    # -- patterns

    def _path(self) -> tree.Path:
        if self._ahead().value == "=" and self._is_variable():
            raise refused(self._cypher, self._now.start, "paths have no names here: name the nodes and relations")
        if self._now.upper in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            raise refused(self._cypher, self._now.start, f"{self._now.value} is not known here")
        nodes = [self._node()]
        relations = []
        while self._is("-", "<"):
            relations.append(self._relation())
            nodes.append(self._node())
        return tree.Path(tuple(nodes), tuple(relations))

    def _node(self) -> tree.NodePattern:
        place = self._now.start
        self._expect("(")
        variable = self._name("a variable") if self._is_variable() else None
        labels = self._labels()
        properties = self._properties()
        self._expect(")")
        return tree.NodePattern(variable, labels, properties, place)

    def _labels(self) -> tuple[str, ...]:
        if not self._sign(":"):
            return ()
        labels = [self._name("a label")]
        while self._sign("|"):
            self._sign(":")
            labels.append(self._name("a label"))
        return tuple(labels)

    def _properties(self) -> tuple[tuple[str, tree.Expression], ...]:
        if not self._sign("{"):
            return ()
        properties = []
        while True:
            name = self._name("a property")
            self._expect(":")
            properties.append((name, self._expression()))
            if not self._sign(","):
                break
        self._expect("}")
        return tuple(properties)

    def _relation(self) -> tree.RelationPattern:
        place = self._now.start
        backward = bool(self._sign("<"))
        self._expect("-")
        variable: str | None = None
        types: tuple[str, ...] = ()
        steps: tuple[int, int] | None = None
        properties: tuple[tuple[str, tree.Expression], ...] = ()
        if self._sign("["):
            variable = self._name("a variable") if self._is_variable() else None
            types = self._labels()
            steps = self._steps() if self._sign("*") else None
            properties = self._properties()
            self._expect("]")
        self._expect("-")
        forward = bool(self._sign(">"))
        direction = "" if forward == backward else ">" if forward else "<"
        if steps and (variable or properties):
            raise refused(self._cypher, place, "a relation of several steps has neither name nor properties here")
        return tree.RelationPattern(variable, types, direction, steps, properties, place)

    def _steps(self) -> tuple[int, int]:
        place = self._now.start
        least = int(self._take().value) if self._now.kind == "number" else None
        most = least
        if self._sign(".."):
            most = int(self._take().value) if self._now.kind == "number" else None
        if most is None or most > FAR:
            raise refused(self._cypher, place, f"say how many steps, {FAR} at the most: *1..6")
        return 1 if least is None else least, most

    # -- expressions

    def _expression(self) -> tree.Expression:
        return self._chain(("OR",), lambda: self._chain(("XOR",), lambda: self._chain(("AND",), self._not)))

    def _chain(self, words: tuple[str, ...], part: Callable[[], tree.Expression]) -> tree.Expression:
        left = part()
        while self._words(*words):
            left = tree.Binary(words[0], left, part())
        return left

    def _not(self) -> tree.Expression:
        if self._words("NOT"):
            return tree.Unary("NOT", self._not())
        return self._comparison()

    def _comparison(self) -> tree.Expression:
        left = self._tested()
        compared: tree.Expression | None = None
        while self._is(*COMPARISONS, "=~"):
            sign = self._take().value
            right = self._tested()
            one = tree.Binary(sign, left, right)
            compared = one if compared is None else tree.Binary("AND", compared, one)  # 1 < x < 3
            left = right
        return left if compared is None else compared

    def _tested(self) -> tree.Expression:
        left = self._sum()
        while True:
            if self._now.upper not in TESTS:
                return left
            if self._words("IS", "NULL"):
                left = tree.IsNull(left, negated=False)
            elif self._words("IS", "NOT", "NULL"):
                left = tree.IsNull(left, negated=True)
            elif self._words("IN"):
                left = tree.Binary("IN", left, self._sum())
            elif self._words("STARTS", "WITH"):
                left = tree.Binary("STARTS WITH", left, self._sum())
            elif self._words("ENDS", "WITH"):
                left = tree.Binary("ENDS WITH", left, self._sum())
            elif self._words("CONTAINS"):
                left = tree.Binary("CONTAINS", left, self._sum())
            else:
                return left

    def _sum(self) -> tree.Expression:
        left = self._product()
        while sign := self._sign("+", "-"):
            left = tree.Binary(sign, left, self._product())
        return left

    def _product(self) -> tree.Expression:
        left = self._power()
        while sign := self._sign("*", "/", "%"):
            left = tree.Binary(sign, left, self._power())
        return left

    def _power(self) -> tree.Expression:
        left = self._signed()
        while self._sign("^"):
            left = tree.Binary("^", left, self._signed())
        return left

    def _signed(self) -> tree.Expression:
        if self._sign("-"):
            return tree.Unary("-", self._signed())
        self._sign("+")
        return self._postfix()

    def _postfix(self) -> tree.Expression:
        left = self._atom()
        while True:
            place = self._now.start
            if self._sign("."):
                left = tree.Property(left, self._name("a property"), place)
            elif self._sign("["):
                left = self._subscript(left)
            else:
                return left

    def _subscript(self, base: tree.Expression) -> tree.Expression:
        first = None if self._is("..") else self._expression()
        if self._sign(".."):
            last = None if self._is("]") else self._expression()
            self._expect("]")
            return tree.Part(base, first, last)
        self._expect("]")
        if first is None:
            raise self._unexpected("a number")
        return tree.Element(base, first)

    def _atom(self) -> tree.Expression:
        token = self._now
        if self._is("["):
            return self._list()
        if self._is("("):
            return self._pattern_or_parentheses()
        read = self._given if token.kind in ("number", "text", "parameter") else self._begun_by(token)
        if read is not None:
            return read()
        if not self._is_variable():
            raise self._unexpected("an expression")
        return tree.Variable(self._take().value, token.start)

    def _given(self) -> tree.Expression:
        token = self._take()
        if token.kind == "parameter":
            return tree.Parameter(token.value)
        if token.kind == "text":
            return tree.Literal(token.value)
        return tree.Literal(int(token.value) if token.value.isdigit() else float(token.value))

    def _begun_by(self, token: Token) -> Callable[[], tree.Expression] | None:
        """Return what reads the expression that a word begins, None where it is a variable or begins none."""
        follows = self._ahead().value
        if token.upper in CONSTANTS:
            return self._constant
        if token.upper == "CASE":
            return self._case
        if token.upper in ("EXISTS", "COUNT") and follows == "{":
            return self._subquery
        if token.upper in ("ANY", "ALL", "NONE", "SINGLE") and follows == "(":
            return self._quantifier
        return self._call if token.kind == "word" and follows == "(" else None

    def _constant(self) -> tree.Expression:
        return tree.Literal(CONSTANTS[self._take().upper])

    def _pattern_or_parentheses(self) -> tree.Expression:
        """A path as a condition stands for its being there; anything else in parentheses is an expression."""
        begin = self._at
        try:
            path = self._path()
        except QueryError:
            path = None
        if path is not None and path.relations:
            return tree.Subquery("EXISTS", (tree.Match(optional=False, paths=(path,), condition=None),))
        self._at = begin
        self._expect("(")
        inner = self._expression()
        self._expect(")")
        return inner

    def _list(self) -> tree.Expression:
        self._expect("[")
        if self._is_variable() and self._ahead().upper == "IN":
            name = self._name("a name")
            self._words("IN")
            source = self._expression()
            condition = self._where()
            result = self._expression() if self._sign("|") else None
            self._expect("]")
            return tree.Comprehension(name, source, condition, result)
        items: list[tree.Expression] = []
        while not self._is("]"):
            items.append(self._expression())
            if not self._sign(","):
                break
        self._expect("]")
        return tree.Items(tuple(items))

    def _case(self) -> tree.Expression:
        self._words("CASE")
        subject = None if self._now.upper == "WHEN" else self._expression()
        branches = []
        while self._words("WHEN"):
            condition = self._expression()
            if not self._words("THEN"):
                raise self._unexpected("THEN")
            branches.append((condition, self._expression()))
        default = self._expression() if self._words("ELSE") else None
        if not self._words("END"):
            raise self._unexpected("END")
        return tree.Case(subject, tuple(branches), default)

    def _subquery(self) -> tree.Expression:
        word = self._take().upper
        self._expect("{")
        matches = []
        while self._words("MATCH"):
            matches.append(self._match(optional=False))
        if not matches:
            matches.append(self._match(optional=False))
        if word == "EXISTS" and self._words("RETURN"):  # it makes no difference to whether there is any
            self._projection()
        self._expect("}")
        return tree.Subquery(word, tuple(matches))

    def _quantifier(self) -> tree.Expression:
        word = self._take().upper
        self._expect("(")
        name = self._name("a name")
        if not self._words("IN"):
            raise self._unexpected("IN")
        source = self._expression()
        condition = self._where()
        if condition is None:
            raise self._unexpected("WHERE")
        self._expect(")")
        return tree.Quantifier(word, name, source, condition)

    def _call(self) -> tree.Expression:
        token = self._take()
        self._expect("(")
        if self._sign("*"):
            self._expect(")")
            return tree.Call(token.value.lower(), (), star=True, place=token.start)
        distinct = self._words("DISTINCT")
        arguments: list[tree.Expression] = []
        while not self._is(")"):
            arguments.append(self._expression())
            if not self._sign(","):
                break
        self._expect(")")
        return tree.Call(token.value.lower(), tuple(arguments), distinct, place=token.start)
