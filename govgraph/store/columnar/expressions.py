"""Expressions of Cypher into expressions of SQL."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from govgraph.cypher import tree
from govgraph.cypher.parser import refused
from govgraph.errors import QueryError
from govgraph.store.columnar.functions import ABOUT_ENTITIES, NAMES, aggregated, called
from govgraph.store.columnar.layout import HASHED, NUMBER_BITS, families, hashed, references, text
from govgraph.store.columnar.operators import (
    TRUE,
    UNKNOWN,
    among,
    between,
    by_case,
    in_list,
    is_null,
    listed,
    literal,
    negated,
    parameter,
    quantified,
    starts_with,
)
from govgraph.store.columnar.scope import Block, Entity, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FEW = 64  # values of a list parameter that are written into the SQL one by one; more are joined


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
        self.used: set[str] = set()
        self._writers: dict[type, Callable[[Any, Block], Value]] = {
            tree.Literal: lambda expression, _: literal(expression.value),
            tree.Parameter: lambda expression, _: self._parameter(expression.name),
            tree.Variable: self._variable,
            tree.Property: self._property,
            tree.Call: self._call,
            tree.Unary: self._unary,
            tree.Binary: self._binary,
            tree.IsNull: self._is_null,
            tree.Items: lambda expression, block: listed([self.value(item, block) for item in expression.items]),
            tree.Element: self._element,
            tree.Part: self._part,
            tree.Case: self._case,
            tree.Comprehension: self._comprehension,
            tree.Quantifier: self._quantifier,
            tree.Subquery: subquery,
        }

    def value(self, expression: tree.Expression, block: Block) -> Value:
        """Return the SQL of an expression.

        Raises:
            QueryError: a name that is not bound, a property or function that is not known.
        """
        return self._writers[type(expression)](expression, block)

    def condition(self, expression: tree.Expression, block: Block) -> list[str]:
        """Return the conditions that must all hold for an expression to be true."""
        found = [sql for part in tree.demanded(expression) for sql in self._one_condition(part, block)]
        return ["FALSE" if sql == UNKNOWN.sql else sql for sql in found if sql != TRUE.sql]

    def _one_condition(self, expression: tree.Expression, block: Block) -> list[str]:
        if isinstance(expression, tree.Binary) and expression.sign == "=":
            sides = expression.left, expression.right
            if numbers := self._numbers(sides, block):
                left, right = numbers
                return [f"{left} IS NOT NULL" if left == right else f"{left} = {right}"]
            for side, other in (sides, sides[::-1]):
                if isinstance(side, tree.Property) and side.name in HASHED:
                    entity = block.find(side.base.name) if isinstance(side.base, tree.Variable) else None
                    if isinstance(entity, Entity) and entity.is_node:
                        return self.property_is(entity, side.name, other, block)
        return [self.value(expression, block).sql]

    def property_is(self, entity: Entity, name: str, expression: tree.Expression, block: Block) -> list[str]:
        """Return the conditions that a property has a value.

        Where there is a column of hashes, rows are found by these alone: the engine passes over most of a table for one
        condition between two tables, but not for two. It knows no second one in a comparison that counts as a number.
        """
        value = self.value(expression, block)
        same = between("=", Value(entity.column(name), entity.columns[name]), value)
        if entity.table is None or not entity.is_node or name not in HASHED or value.type != "STRING":
            return [same.sql]
        is_given = isinstance(expression, tree.Literal | tree.Parameter)
        alike = same.sql if is_given else f"CAST({same.sql} AS INTEGER) > 0"
        return [f"{entity.table}.{HASHED[name]} = {hashed(value.sql)}", alike]

    def named(self, variable: tree.Variable, block: Block) -> Entity | Value:
        """Return what a name stands for."""
        found = block.find(variable.name)
        if found is None:
            raise self.refused(variable.place, f"{variable.name!r} is not bound here: WITH hands on only what it names")
        return found

    def refused(self, place: int, why: str) -> QueryError:
        """Return the error of what is not understood at an offset of the query."""
        return refused(self._cypher, place, why)

    # -- names

    def _parameter(self, name: str) -> Value:
        if name not in self._parameters:
            raise QueryError(f"the query names ${name}, which was not given (-p {name}=…)")
        self.used.add(name)
        return parameter(name, self._parameters[name])

    def _variable(self, variable: tree.Variable, block: Block) -> Value:
        found = self.named(variable, block)
        return Value(found.number, "INT64") if isinstance(found, Entity) else found

    def _property(self, expression: tree.Property, block: Block) -> Value:
        base, name = expression.base, expression.name
        if not isinstance(base, tree.Variable):
            raise self.refused(expression.place, "only a node or a relation has properties here")
        entity = self.named(base, block)
        if not isinstance(entity, Entity):
            raise self.refused(expression.place, f"{base.name!r} is no node or relation, and has no properties")
        if name not in entity.columns:
            what = f"{base.name!r} ({'、'.join(entity.labels[:3])})"
            near = get_close_matches(name, entity.columns, 1)
            hint = f". Did you mean {near[0]!r}?" if near else ""
            raise self.refused(expression.place, f"{what} has no property {name!r}{hint}")
        return Value(entity.column(name), entity.columns[name])

    # -- operators

    def _unary(self, expression: tree.Unary, block: Block) -> Value:
        inner = self.value(expression.operand, block)
        return negated(inner) if expression.sign == "NOT" else Value(f"(-{inner.sql})", inner.type)

    def _is_null(self, expression: tree.IsNull, block: Block) -> Value:
        return is_null(self.value(expression.operand, block), turned=expression.negated)

    def _binary(self, expression: tree.Binary, block: Block) -> Value:
        sign, right = expression.sign, expression.right
        if sign == "IN":
            return self._one_of(expression, block) or self._in(self.value(expression.left, block), right, block)
        if sign in ("=", "<>") and (numbers := self._numbers((expression.left, right), block)):
            return Value(f"({numbers[0]} {sign} {numbers[1]})", "BOOL")
        left_value, right_value = self.value(expression.left, block), self.value(right, block)
        if sign == "STARTS WITH":
            return starts_with(left_value, right_value, right.value if isinstance(right, tree.Literal) else None)
        return between(sign, left_value, right_value)

    def _in(self, item: Value, source: tree.Expression, block: Block) -> Value:
        if isinstance(source, tree.Items):
            return among(item, [self.value(one, block) for one in source.items])
        if isinstance(source, tree.Parameter):
            given = self._parameters.get(source.name)
            if given is None:
                return Value("NULL", "NULL")
            if isinstance(given, list | tuple) and len(given) <= FEW:
                return among(item, [literal(one) for one in given])
            return Value(f"({item.sql} IN (SELECT unnest({self._parameter(source.name).sql})))", "BOOL")
        if isinstance(source, tree.Property):  # what is stored has no nulls in it
            return Value(f"list_contains({self.value(source, block).sql}, {item.sql})", "BOOL")
        return in_list(item, self.value(source, block))

    def _one_of(self, expression: tree.Binary, block: Block) -> Value | None:
        """Tell by their numbers whether an id is one of a few."""
        if not isinstance(expression.right, tree.Items):
            return None
        numbers = self._numbers((expression.left, *expression.right.items), block)
        return Value(f"({numbers[0]} IN ({', '.join(numbers[1:])}))", "BOOL") if numbers and numbers[1:] else None

    def _numbers(self, ids: Sequence[tree.Expression], block: Block) -> list[str] | None:
        """Return the numbers that stand for ids that are compared, so that their texts need not be read.

        Two properties that name nodes are compared by what they say: what they name may not be there.
        """
        known = [self._number(id_, block) for id_ in ids]
        named = [None if number else self.named_number(id_, block) for number, id_ in zip(known, ids, strict=True)]
        sides = [number or (name and (True, name)) for number, name in zip(known, named, strict=True)]
        found = [side for side in sides if side]
        if len(found) < len(ids) or len({is_node for is_node, _ in found}) > 1 or (named[0] and any(named[1:])):
            return None
        return [number for _, number in found]

    def named_number(self, expression: tree.Expression, block: Block) -> str | None:
        """Return the number of the node that a relation's property names, None for anything else."""
        match expression:
            case tree.Property(tree.Variable(name), property_) if property_ in references():
                found = block.find(name)
                return found.reference(property_) if isinstance(found, Entity) and not found.is_node else None
            case _:
                return None

    def _number(self, expression: tree.Expression, block: Block) -> tuple[bool, str] | None:
        """Return the number that stands for an id, and whether it is a node's; None where it is no id."""
        match expression:
            case tree.Property(tree.Variable(name), "id"):
                found = block.find(name)
                return (found.is_node, found.number) if isinstance(found, Entity) else None
            case tree.Case(None, branches, None):
                results = [self._number(result, block) for _, result in branches]
                known = [result for result in results if result is not None]
                if len(known) < len(results) or len({is_node for is_node, _ in known}) > 1:
                    return None
                numbers = [Value(number, "INT64") for _, number in known]
                conditions = [self.value(condition, block) for condition, _ in branches]
                return known[0][0], by_case(list(zip(conditions, numbers, strict=True)), None).sql
            case _:
                return None

    def _case(self, expression: tree.Case, block: Block) -> Value:
        branches = [
            (self._when(expression.subject, condition, block), self.value(result, block))
            for condition, result in expression.branches
        ]
        return by_case(branches, self.value(expression.default, block) if expression.default is not None else None)

    def _when(self, subject: tree.Expression | None, condition: tree.Expression, block: Block) -> Value:
        """Return the condition of a branch; one with a subject is that it has a value."""
        value = self.value(condition, block)
        return value if subject is None else between("=", self.value(subject, block), value)

    # -- lists

    def _element(self, expression: tree.Element, block: Block) -> Value:
        source, number = self.value(expression.base, block), self.value(expression.number, block).sql
        place = f"CASE WHEN {number} >= 0 THEN {number} + 1 ELSE {number} END"  # SQL counts from 1, backwards alike
        return Value(f"{source.sql}[{place}]", source.type[:-2])

    def _part(self, expression: tree.Part, block: Block) -> Value:
        source = self.value(expression.base, block)
        size, low, high = f"len({source.sql})", "1", f"len({source.sql})"
        if expression.first is not None:
            begin = self.value(expression.first, block).sql
            low = f"CASE WHEN {begin} < 0 THEN greatest({size} + {begin}, 0) ELSE {begin} END + 1"
        if expression.last is not None:
            end = self.value(expression.last, block).sql
            high = f"CASE WHEN {end} < 0 THEN greatest({size} + {end}, 0) ELSE {end} END"
        return Value(f"list_slice({source.sql}, {low}, {high})", source.type)

    def _comprehension(self, expression: tree.Comprehension, block: Block) -> Value:
        made = self.value(expression.source, block)
        inner, item = block.within(), block.tables.alias()
        inner.names[expression.name] = Value(item, made.type[:-2])
        if expression.condition is not None:
            condition = self.value(expression.condition, inner).sql
            made = Value(f"list_filter({made.sql}, lambda {item}: {condition})", made.type)
        if expression.result is not None:
            result = self.value(expression.result, inner)
            made = Value(f"list_transform({made.sql}, lambda {item}: {result.sql})", f"{result.type}[]")
        return made

    def _quantifier(self, expression: tree.Quantifier, block: Block) -> Value:
        truths = tree.Comprehension(expression.name, expression.source, None, expression.condition)
        return quantified(expression.word, self._comprehension(truths, block))

    # -- functions

    def _call(self, call: tree.Call, block: Block) -> Value:
        if call.star and call.name == "count":
            return Value("count(*)", "INT64")
        if tree.is_aggregate(call):
            return self._aggregate(call, block)
        if call.name in ABOUT_ENTITIES:
            return self._about_entity(call, block)
        if call.name == "exists" and len(call.arguments) == 1:
            argument = call.arguments[0]
            found = self.value(argument, block)
            return found if isinstance(argument, tree.Subquery) else Value(f"({found.sql} IS NOT NULL)", "BOOL")
        made = called(call.name, [self.value(argument, block) for argument in call.arguments])
        if made is None:
            arguments = f"with {len(call.arguments)} argument{'s' if len(call.arguments) != 1 else ''}"
            known = ", ".join(NAMES)
            raise self.refused(call.place, f"no function {call.name!r} {arguments} is known here; known: {known}")
        return made

    def _aggregate(self, call: tree.Call, block: Block) -> Value:
        if len(call.arguments) != 1:
            raise self.refused(call.place, f"{call.name!r} takes one argument")
        argument = call.arguments[0]
        named = self.named(argument, block) if isinstance(argument, tree.Variable) else None
        if call.name != "count" and isinstance(named, Entity):
            raise self.refused(call.place, f"{call.name!r} takes a property here, such as an id, not the whole")
        number = self._number(argument, block) if call.name == "count" else None
        value = self.value(argument, block) if number is None else Value(number[1], "INT64")
        return aggregated(call.name, value, distinct=call.distinct)

    def _about_entity(self, call: tree.Call, block: Block) -> Value:
        argument = call.arguments[0] if len(call.arguments) == 1 else None
        found = self.named(argument, block) if isinstance(argument, tree.Variable) else None
        if not isinstance(found, Entity):
            raise self.refused(call.place, f"{call.name!r} takes a node or a relation")
        if call.name in ("id", "elementid"):
            return Value(found.number, "INT64")
        label = _label(found) if found.is_node else found.column("type")
        if call.name == "labels":
            return Value(f"CASE WHEN {found.number} IS NOT NULL THEN [{label}] END", "STRING[]")
        return Value(label, "STRING")


def _label(node: Entity) -> str:
    """Return the label of a node, by its number where it may be several."""
    if len(node.labels) == 1 and not node.nullable:
        return text(node.labels[0])
    cases = " ".join(f"WHEN {families().index(label)} THEN {text(label)}" for label in node.labels)
    return f"CASE {node.number} >> {NUMBER_BITS} {cases} END"
