"""Expressions of Cypher into expressions of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.errors import QueryError
from govgraph.store.columnar import tree
from govgraph.store.columnar.layout import HASHED, NUMBER_BITS, families, hashed, text
from govgraph.store.columnar.parser import refused
from govgraph.store.columnar.scope import Block, Entity, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AGGREGATES = {"count", "collect", "min", "max", "sum", "avg", "stdev"}
FEW = 64  # values of a list parameter that are written into the SQL one by one; more are joined
NUMBERS = ("INT64", "DOUBLE")

# Cypher's function → how SQL says it, and the type of the answer (empty: that of the first argument).
FUNCTIONS = {
    "tolower": ("lower({0})", "STRING"),
    "toupper": ("upper({0})", "STRING"),
    "trim": ("trim({0})", "STRING"),
    "ltrim": ("ltrim({0})", "STRING"),
    "rtrim": ("rtrim({0})", "STRING"),
    "reverse": ("reverse({0})", ""),
    "replace": ("replace({0}, {1}, {2})", "STRING"),
    "split": ("string_split({0}, {1})", "STRING[]"),
    "left": ("left({0}, CAST({1} AS BIGINT))", "STRING"),
    "right": ("right({0}, CAST({1} AS BIGINT))", "STRING"),
    "tostring": ("CAST({0} AS VARCHAR)", "STRING"),
    "tointeger": ("TRY_CAST(trunc(TRY_CAST({0} AS DOUBLE)) AS BIGINT)", "INT64"),
    "tofloat": ("TRY_CAST({0} AS DOUBLE)", "DOUBLE"),
    "abs": ("abs({0})", ""),
    "ceil": ("ceil(CAST({0} AS DOUBLE))", "DOUBLE"),
    "floor": ("floor(CAST({0} AS DOUBLE))", "DOUBLE"),
    "round": ("round(CAST({0} AS DOUBLE))", "DOUBLE"),
    "sqrt": ("sqrt({0})", "DOUBLE"),
    "sign": ("sign({0})", "INT64"),
    "isempty": ("(len({0}) = 0)", "BOOL"),
    "list_to_string": ("array_to_string({1}, {0})", "STRING"),
    "list_sort": ("list_sort({0})", ""),
}
SUBSTRING = {
    2: "substring({0}, CAST({1} AS BIGINT) + 1)",
    3: "substring({0}, CAST({1} AS BIGINT) + 1, CAST({2} AS BIGINT))",
}
COMPARED = {"=", "<>", "<", "<=", ">", ">="}


class ExpressionWriter:
    """Writes expressions.

    Args:
        cypher: the query, for what errors say.
        parameters: the values given with it.
        subquery: writes ``EXISTS { … }`` and ``COUNT { … }``.
    """

    def __init__(
        self, cypher: str, parameters: Mapping[str, Any], subquery: Callable[[tree.Subquery, Block], Value]
    ) -> None:
        self._cypher = cypher
        self._parameters = parameters
        self._subquery = subquery
        self.used: set[str] = set()

    def condition(self, expression: tree.Expression, block: Block) -> str:
        """Return a condition, in parentheses where it needs them."""
        return f"({self.value(expression, block).sql})"

    def value(self, expression: tree.Expression, block: Block) -> Value:
        """Return the SQL of an expression.

        Raises:
            QueryError: a name that is not bound, a property or function that is not known.
        """
        match expression:
            case tree.Literal(value):
                return literal(value)
            case tree.Parameter(name):
                return self._parameter(name)
            case tree.Variable(name, place):
                found = self.named(name, block, place)
                return Value(found.number, "INT64") if isinstance(found, Entity) else found
            case tree.Property():
                return self._property(expression, block)
            case tree.Call():
                return self._call(expression, block)
            case tree.Unary(sign, operand):
                inner = self.value(operand, block)
                return Value(f"(NOT {inner.sql})", "BOOL") if sign == "NOT" else Value(f"(-{inner.sql})", inner.type)
            case tree.Binary():
                return self._binary(expression, block)
            case tree.IsNull(operand, negated):
                return Value(f"({self.value(operand, block).sql} IS {'NOT ' if negated else ''}NULL)", "BOOL")
            case tree.Items(items):
                return self._items([self.value(item, block) for item in items])
            case tree.Case():
                return self._case(expression, block)
            case tree.Subquery():
                return self._subquery(expression, block)
            case tree.Element(base, number):
                source, place_ = self.value(base, block), self.value(number, block).sql
                # SQL counts from 1, and from the end alike
                return Value(
                    f"{source.sql}[CASE WHEN {place_} >= 0 THEN {place_} + 1 ELSE {place_} END]", source.type[:-2]
                )
            case tree.Part(base, first, last):
                return self._part(self.value(base, block), first, last, block)
            case tree.Comprehension(name, source_, condition, result):
                return self._comprehension(name, self.value(source_, block), (condition, result), block)
            case tree.Quantifier():
                return self._quantifier(expression, block)

    def named(self, name: str, block: Block, place: int) -> Entity | Value:
        """Return what a name stands for."""
        found = block.find(name)
        if found is None:
            raise refused(self._cypher, place, f"{name!r} is not bound here: WITH hands on only what it names")
        return found

    def _parameter(self, name: str) -> Value:
        if name not in self._parameters:
            raise QueryError(f"the query names ${name}, which was not given (-p {name}=…)")
        self.used.add(name)
        value = self._parameters[name]
        if isinstance(value, list | tuple):
            kinds = {type_of(item) for item in value} or {"STRING"}
            kind = kinds.pop() if len(kinds) == 1 else "STRING"
            sql = {"INT64": "BIGINT", "DOUBLE": "DOUBLE", "BOOL": "BOOLEAN"}.get(kind, "VARCHAR")
            return Value(f"CAST(${name} AS {sql}[])", f"{kind}[]")
        kind = type_of(value)
        sql = {"INT64": "BIGINT", "DOUBLE": "DOUBLE", "BOOL": "BOOLEAN", "STRING": "VARCHAR"}.get(kind)
        return Value(f"CAST(${name} AS {sql})" if sql else f"${name}", kind)

    def _property(self, expression: tree.Property, block: Block) -> Value:
        base = expression.base
        if not isinstance(base, tree.Variable):
            raise refused(self._cypher, expression.place, "only a node or a relation has properties here")
        entity = self.named(base.name, block, base.place)
        if not isinstance(entity, Entity):
            raise refused(
                self._cypher, expression.place, f"{base.name!r} is no node or relation, and has no properties"
            )
        kind = entity.columns.get(expression.name)
        if kind is None:
            what = "、".join(entity.labels[:3])
            raise refused(self._cypher, expression.place, f"{base.name!r} ({what}) has no property {expression.name!r}")
        return Value(entity.column(expression.name), kind)

    # -- operators

    def _binary(self, expression: tree.Binary, block: Block) -> Value:
        sign = expression.sign
        if sign == "IN":
            return Value(self._in(expression.left, expression.right, block), "BOOL")
        if sign in ("=", "<>"):
            numbers = self._numbers(expression.left, block), self._numbers(expression.right, block)
            if all(numbers) and numbers[0][0] == numbers[1][0]:  # type: ignore[index]
                return Value(f"({numbers[0][1]} {sign} {numbers[1][1]})", "BOOL")  # type: ignore[index]
        left, right = self.value(expression.left, block), self.value(expression.right, block)
        if sign in ("AND", "OR"):
            return Value(f"({left.sql} {sign} {right.sql})", "BOOL")
        if sign == "XOR":
            return Value(f"(CAST({left.sql} AS BOOLEAN) <> CAST({right.sql} AS BOOLEAN))", "BOOL")
        if sign == "=" and left.type == right.type == "STRING":
            return Value(self._same_text(expression, (left, right), block), "BOOL")
        if sign in COMPARED:
            return Value(_compared(sign, left, right), "BOOL")
        if sign == "=~":
            return Value(f"regexp_full_match({left.sql}, {right.sql})", "BOOL")
        if sign == "STARTS WITH":
            return Value(_starts(left, right, expression.right), "BOOL")
        if sign == "ENDS WITH":
            return Value(f"ends_with({left.sql}, {right.sql})", "BOOL")
        if sign == "CONTAINS":
            return Value(f"contains({left.sql}, {right.sql})", "BOOL")
        return _arithmetic(sign, left, right)

    def _numbers(self, expression: tree.Expression, block: Block) -> tuple[bool, str] | None:
        """Return an id as the number that stands for it, and whether it is a node's; None where it is no id.

        Ids are told apart by their numbers as they are by their texts, which need not be read then.
        """
        match expression:
            case tree.Property(tree.Variable(name), "id"):
                found = block.find(name)
                return (found.is_node, found.number) if isinstance(found, Entity) else None
            case tree.Case(None, branches, None):
                results = [self._numbers(result, block) for _, result in branches]
                if not all(results) or len({result[0] for result in results if result}) > 1:
                    return None
                cases = "".join(
                    f" WHEN {self.value(condition, block).sql} THEN {result[1]}"
                    for (condition, _), result in zip(branches, results, strict=True)
                    if result
                )
                return results[0] and (results[0][0], f"CASE{cases} END")
            case _:
                return None

    def same_text(self, entity: Entity, name: str, right: str) -> str:
        """Return the condition that a property is a text; by its hash first where there is a column of those."""
        same = f"{entity.column(name)} = {right}"
        if not entity.is_node or name not in HASHED:
            return f"({same})"
        return f"({entity.table}.{HASHED[name]} = {hashed(right)} AND {same})"

    def _same_text(self, expression: tree.Binary, values: tuple[Value, Value], block: Block) -> str:
        sides = (expression.left, expression.right)
        for one, other in ((0, 1), (1, 0)):
            side = sides[one]
            if isinstance(side, tree.Property) and side.name in HASHED and isinstance(side.base, tree.Variable):
                entity = block.find(side.base.name)
                if isinstance(entity, Entity):
                    return self.same_text(entity, side.name, values[other].sql)
        return f"({values[0].sql} = {values[1].sql})"

    def _in(self, item: tree.Expression, source: tree.Expression, block: Block) -> str:
        left = self.value(item, block).sql
        if isinstance(source, tree.Parameter):
            value = self._parameters.get(source.name)
            if isinstance(value, list | tuple) and len(value) <= FEW:
                return _among(left, [literal(one).sql for one in value])
            listed = self._parameter(source.name)
            return f"({left} IN (SELECT unnest({listed.sql})))"
        if isinstance(source, tree.Items):
            return _among(left, [self.value(one, block).sql for one in source.items])
        return f"list_contains({self.value(source, block).sql}, {left})"

    def _items(self, values: list[Value]) -> Value:
        kinds = {value.type for value in values} - {"NULL", ""}
        kind = kinds.pop() if len(kinds) == 1 else "STRING" if not values else ""
        listed = f"[{', '.join(value.sql for value in values)}]"
        return Value(listed if values else "CAST([] AS VARCHAR[])", f"{kind}[]")

    def _case(self, expression: tree.Case, block: Block) -> Value:
        subject = "" if expression.subject is None else f" {self.value(expression.subject, block).sql}"
        results = []
        branches = ""
        for condition, result in expression.branches:
            results.append(self.value(result, block))
            branches += f" WHEN {self.value(condition, block).sql} THEN {results[-1].sql}"
        if expression.default is not None:
            results.append(self.value(expression.default, block))
            branches += f" ELSE {results[-1].sql}"
        return Value(f"CASE{subject}{branches} END", _common(results))

    def _part(self, source: Value, first: tree.Expression | None, last: tree.Expression | None, block: Block) -> Value:
        begin = "NULL" if first is None else self.value(first, block).sql
        end = "NULL" if last is None else self.value(last, block).sql
        size = f"len({source.sql})"
        low = (
            "1" if first is None else f"(CASE WHEN {begin} < 0 THEN greatest({size} + {begin}, 0) ELSE {begin} END + 1)"
        )
        high = size if last is None else f"(CASE WHEN {end} < 0 THEN {size} + {end} ELSE {end} END)"
        return Value(f"list_slice({source.sql}, {low}, {high})", source.type)

    def _comprehension(
        self,
        name: str,
        source: Value,
        parts: tuple[tree.Expression | None, tree.Expression | None],
        block: Block,
    ) -> Value:
        condition, result = parts
        inner, variable = block.within(), block.tables.alias()
        inner.names[name] = Value(variable, source.type[:-2])
        sql, kind = source.sql, source.type
        if condition is not None:
            sql = f"list_filter({sql}, lambda {variable}: {self.value(condition, inner).sql})"
        if result is not None:
            made = self.value(result, inner)
            sql, kind = f"list_transform({sql}, lambda {variable}: {made.sql})", f"{made.type}[]"
        return Value(sql, kind)

    def _quantifier(self, expression: tree.Quantifier, block: Block) -> Value:
        source = self.value(expression.source, block)
        kept = self._comprehension(expression.name, source, (expression.condition, None), block)
        wanted = {"ANY": "> 0", "ALL": f"= len({source.sql})", "NONE": "= 0", "SINGLE": "= 1"}[expression.word]
        return Value(f"(len({kept.sql}) {wanted})", "BOOL")

    # -- functions

    def _call(self, call: tree.Call, block: Block) -> Value:
        if call.name in AGGREGATES:
            return self._aggregate(call, block)
        if call.name in ("id", "label", "labels", "type", "elementid"):
            return self._about_entity(call, block)
        values = [self.value(argument, block) for argument in call.arguments]
        given = [value.sql for value in values]
        if call.name == "coalesce" and values:
            return Value(f"coalesce({', '.join(given)})", _common(values))
        if call.name == "size" and len(values) == 1:
            return Value(f"{'len' if values[0].is_list else 'length'}({given[0]})", "INT64")
        if call.name == "exists" and len(values) == 1:
            return Value(f"({given[0]} IS NOT NULL)", "BOOL")
        if call.name in ("head", "last") and len(values) == 1:
            return Value(f"{given[0]}[{1 if call.name == 'head' else -1}]", values[0].type[:-2])
        if call.name == "range" and len(values) in (2, 3):
            step = given[2] if len(given) > 2 else "1"
            return Value(f"generate_series({given[0]}, {given[1]}, {step})", "INT64[]")
        if call.name == "substring" and len(values) in SUBSTRING:
            return Value(SUBSTRING[len(values)].format(*given), "STRING")
        template, kind = FUNCTIONS.get(call.name, ("", ""))
        if not template:
            known = "、".join(sorted({*FUNCTIONS, *AGGREGATES, "coalesce", "size", "substring", "head", "last", "id"}))
            raise refused(self._cypher, call.place, f"the function {call.name!r} is not known here; known: {known}")
        if len(values) != template.count("{"):
            raise refused(self._cypher, call.place, f"{call.name!r} takes {template.count('{')} arguments")
        return Value(template.format(*given), kind or values[0].type)

    def _about_entity(self, call: tree.Call, block: Block) -> Value:
        argument = call.arguments[0] if len(call.arguments) == 1 else None
        found = self.named(argument.name, block, argument.place) if isinstance(argument, tree.Variable) else None
        if not isinstance(found, Entity):
            raise refused(self._cypher, call.place, f"{call.name!r} takes a node or a relation")
        if call.name in ("id", "elementid"):
            return Value(found.number, "INT64")
        if call.name == "type":
            return Value(found.column("type"), "STRING")
        if len(found.labels) == 1 and not found.nullable:
            sql = text(found.labels[0])
        elif found.is_node:
            cases = " ".join(f"WHEN {families().index(label)} THEN {text(label)}" for label in found.labels)
            sql = f"CASE {found.number} >> {NUMBER_BITS} {cases} END"
        else:
            sql = found.column("type")
        if call.name == "labels":
            return Value(f"CASE WHEN {found.number} IS NULL THEN NULL ELSE [{sql}] END", "STRING[]")
        return Value(sql, "STRING")

    def _aggregate(self, call: tree.Call, block: Block) -> Value:
        if call.star:
            return Value("count(*)", "INT64")
        if len(call.arguments) != 1:
            raise refused(self._cypher, call.place, f"{call.name!r} takes one argument")
        argument = call.arguments[0]
        is_entity = isinstance(argument, tree.Variable) and isinstance(block.find(argument.name), Entity)
        if is_entity and call.name != "count":
            raise refused(self._cypher, call.place, f"{call.name!r} takes a property here, such as {argument.name}.id")  # type: ignore[union-attr]
        distinct = "DISTINCT " if call.distinct else ""
        number = self._numbers(argument, block) if call.name == "count" else None
        value = Value(number[1], "INT64") if number else self.value(argument, block)
        if call.name == "count":
            return Value(f"count({distinct}{value.sql})", "INT64")
        if call.name == "collect":
            sql = f"list({distinct}{value.sql}) FILTER (WHERE {value.sql} IS NOT NULL)"
            return Value(f"coalesce({sql}, [])", f"{value.type}[]")
        if call.name == "sum":
            total = f"sum({distinct}{value.sql})"
            whole = value.type == "INT64"
            return Value(f"coalesce(CAST({total} AS {'BIGINT' if whole else 'DOUBLE'}), 0)", value.type)
        name = {"stdev": "stddev_samp"}.get(call.name, call.name)
        return Value(f"{name}({distinct}{value.sql})", value.type if call.name in ("min", "max") else "DOUBLE")


def has_aggregate(expression: Any) -> bool:
    """Tell whether an expression counts, collects or sums rows."""
    if isinstance(expression, tree.Call) and expression.name in AGGREGATES:
        return True
    return any(has_aggregate(part) for part in parts_of(expression))


def parts_of(expression: Any) -> tuple[Any, ...]:
    """Return the expressions right within one; those of a subquery are its own."""
    match expression:
        case tree.Property(base) | tree.Unary(_, base) | tree.IsNull(base):
            return (base,)
        case tree.Call(_, arguments) | tree.Items(arguments):
            return arguments
        case tree.Binary(_, left, right) | tree.Element(left, right):
            return (left, right)
        case tree.Part(base, first, last):
            return tuple(part for part in (base, first, last) if part is not None)
        case tree.Case(subject, branches, default):
            every = (subject, *(part for branch in branches for part in branch), default)
            return tuple(part for part in every if part is not None)
        case tree.Comprehension(_, source, condition, result):
            return tuple(part for part in (source, condition, result) if part is not None)
        case tree.Quantifier(_, _, source, condition):
            return (source, condition)
        case _:
            return ()


def type_of(value: Any) -> str:
    """Return the type of a Python value."""
    if value is None:
        return "NULL"
    return {bool: "BOOL", int: "INT64", float: "DOUBLE", str: "STRING"}.get(type(value), "")


def literal(value: Any) -> Value:
    """Return a value written out."""
    if value is None:
        return Value("NULL", "NULL")
    if isinstance(value, bool):
        return Value("TRUE" if value else "FALSE", "BOOL")
    return Value(text(value) if isinstance(value, str) else repr(value), type_of(value))


def _common(values: list[Value]) -> str:
    return next((value.type for value in values if value.type not in ("", "NULL")), "")


def _among(item: str, listed: list[str]) -> str:
    return f"({item} IN ({', '.join(listed)}))" if listed else "FALSE"


def _compared(sign: str, left: Value, right: Value) -> str:
    kinds = {left.type, right.type}
    if "STRING" in kinds and kinds & set(NUMBERS):  # SQL would read a number in the text
        other = {"=": "FALSE", "<>": "TRUE"}.get(sign, "NULL")
        return f"CASE WHEN {left.sql} IS NULL OR {right.sql} IS NULL THEN NULL ELSE {other} END"
    return f"({left.sql} {sign} {right.sql})"


def _starts(left: Value, right: Value, given: tree.Expression) -> str:
    condition = f"starts_with({left.sql}, {right.sql})"
    if isinstance(given, tree.Literal) and isinstance(given.value, str) and given.value:
        # the same as a range, by which whole blocks of rows are passed over
        beyond = text(given.value[:-1] + chr(ord(given.value[-1]) + 1))
        condition = f"({left.sql} >= {right.sql} AND {left.sql} < {beyond} AND {condition})"
    return condition


def _arithmetic(sign: str, left: Value, right: Value) -> Value:
    if sign == "+" and (left.is_list or right.is_list):
        if not right.is_list:
            return Value(f"list_append({left.sql}, {right.sql})", left.type)
        if not left.is_list:
            return Value(f"list_prepend({left.sql}, {right.sql})", right.type)
        return Value(f"({left.sql} || {right.sql})", left.type if left.type != "[]" else right.type)
    if sign == "+" and "STRING" in (left.type, right.type):
        return Value(f"(CAST({left.sql} AS VARCHAR) || CAST({right.sql} AS VARCHAR))", "STRING")
    kind = "DOUBLE" if "DOUBLE" in (left.type, right.type) else left.type
    if sign == "/":
        return Value(f"({left.sql} {'//' if kind == 'INT64' else '/'} {right.sql})", kind)
    if sign == "^":
        return Value(f"pow({left.sql}, {right.sql})", "DOUBLE")
    return Value(f"({left.sql} {sign} {right.sql})", kind)
