"""What is told without an engine is what the engine would say."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govgraph.check.conditions import Condition
from govgraph.check.relevance import Contents
from govgraph.check.rule_cases import read_rule_cases
from govgraph.check.rules import load_rules
from govgraph.check.run import BETWEEN_BRANCHES, CaseLookup, check_case, rows_of, run_rules
from govgraph.check.truth import UnclearError
from govgraph.cypher import tree
from govgraph.cypher.parser import parse
from govgraph.model.case import Case, Meta, Node, Relation, Text
from govgraph.read.source import read_case, shipped_cases
from govgraph.store.embedded import EmbeddedStore
from tests.random_cases import random_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.check.rules import Rule

RULES = load_rules()
RULE_CASES = Path(__file__).parent.parent / "rules"
SPARSE = range(16)  # random graphs of so few relations that most queries give nothing
CONDITIONS = 300


@cache
def cases() -> tuple[Case, ...]:
    """Return the shipped cases, the cases of all rules, and random graphs, thin and dense."""
    shipped = [read_case(name) for name in shipped_cases()]
    small = [item.case for rule in RULES for item in read_rule_cases(rule.id, RULE_CASES)]
    thin = [random_case(seed, nodes=14, relations=10 + 4 * seed) for seed in SPARSE]
    dense = [random_case(100 + seed, nodes=60, relations=300) for seed in range(3)]
    return (*shipped, *small, *thin, *dense)


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    """Return a store of all cases."""
    with EmbeddedStore() as opened:
        opened.load_all(cases())
        yield opened


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_is_left_out_gives_no_row(rule: Rule, store: EmbeddedStore) -> None:
    """A branch that `Contents` rules out for a case gives, run on a store of all cases, no row about that case."""
    contents = {case.id: Contents(case) for case in cases()}
    left_out = 0
    for branch in BETWEEN_BRANCHES.split(rule.cypher):
        values = {name: value for name, value in rule.defaults.items() if f"${name}" in branch}
        table = store.query(branch, values)
        place = table.columns.index("subjects")
        speaking = {next(name for name in row[place] if name).partition("/")[0] for row in table.rows}
        silent = {name for name, held in contents.items() if not held.may_answer(branch, rule.defaults)}
        assert silent.isdisjoint(speaking)
        left_out += len(silent)
    assert left_out > len(cases()) / 2, "hardly a query is left out: nothing was tried"


@pytest.mark.parametrize("number", range(len(shipped_cases()) + 6))
def test_findings_are_those_of_all_queries(number: int) -> None:
    """A case has the same results, finding by finding and count by count, as with all queries run on all of it."""
    shipped = list(shipped_cases())
    if number < len(shipped):
        case = read_case(shipped[number])
    else:
        case = random_case(number, nodes=10 + 3 * number, relations=20 * (number - len(shipped)))
    with EmbeddedStore() as opened:
        opened.load(case)
        every = run_rules(opened, RULES, CaseLookup(case))
    some = check_case(case).results
    assert [(r.rule, r.evaluated, r.findings) for r in some] == [(r.rule, r.evaluated, r.findings) for r in every]


LEFT = """x.place;x.kind;r.status;r.extent;d.status;d.clarity;r.type;coalesce(r.clarity, '明确')
CASE WHEN r.status = '现行' THEN r.extent ELSE r.status END;coalesce(x.place, x.id)"""
RIGHT = "'现行';'受阻';'部分';'明确';'甲区';'主责';coalesce(d.clarity, '明确');x.kind;r.joint"
SIMPLE = """{left} = {right};{left} <> {right};{left} IN [{some}, {right}];NOT {left} IN [{some}];{left} IN $words
{left} IS NULL;{left} IS NOT NULL;'协调' IN coalesce(x.complete, []);NOT '主责' IN coalesce(d.complete, [])
'主责' IN x.complete"""
NESTED = """EXISTS {{ MATCH (x)-[s:协调|成员]->(o:组织){where} }};EXISTS {{ MATCH (x)-[s:协调]-(o:组织){where} }}
EXISTS {{ MATCH (d)<-[s:主责]-(o){where} }};EXISTS {{ MATCH (o:组织)-[s:配合]->(d){where} }}
EXISTS {{ MATCH (d)-[s:需要]->(o:资源){where} }};EXISTS {{ MATCH (x)-[s:协调]->(o) WHERE o.id <> x.id }}
EXISTS {{ MATCH (x)-[s:考核]->(o) WHERE s.about = d.id }};COUNT {{ MATCH (d)<-[s:主责|配合]-(o){where} }} > 1"""
WHERE = " WHERE s.status = '现行'; WHERE s.status <> '终止' AND o.kind IN ['街道', '镇', '权限']; WHERE s.basis IS NULL"
WHOLE = "{a};{a};{simple};NOT ({a});NOT {nested};{nested};({a} AND {b});({a} OR {b})"


def condition(dice: random.Random, depth: int = 3) -> str:
    """Return a condition on (x:组织)-[r:主责|配合]->(d:事项), made by chance."""

    def one(choices: str) -> str:
        return dice.choice([choice for line in choices.splitlines() for choice in line.split(";")])

    some = ", ".join(one(RIGHT) for _ in range(2))
    simple = one(SIMPLE).format(left=one(LEFT), right=one(RIGHT), some=some)
    if not depth:
        return simple
    nested = one(NESTED).format(where=dice.choice(["", one(WHERE)]))
    a, b = (condition(dice, depth - 1) for _ in range(2))
    return one(WHOLE).format(a=a, b=b, simple=simple, nested=nested)


def test_conditions_hold_where_the_engine_says_so() -> None:
    """Of conditions made by chance, each holds in Python of just those rows that the engine gives."""
    case = random_case(7, nodes=40, relations=500)
    contents, by_id = Contents(case), case.by_id
    ties = [r for r in case.relations if r.type in ("主责", "配合") and by_id[r.start].family == "组织"]
    words = {"words": ["现行", "甲区", "部分"]}
    names = {"x": "x", "r": "r", "d": "d"}
    taken = frozenset(names)
    kept = understood = 0
    with EmbeddedStore() as opened:
        opened.load(case)
        for seed in range(CONDITIONS):
            text = condition(random.Random(seed))
            query = f"MATCH (x:组织)-[r:主责|配合]->(d:事项) WHERE {text} RETURN r.id"
            found = sorted(row[0] for row in opened.query(query, words if "$words" in text else {}).rows)
            (clause,) = parse(query).queries[0].clauses
            assert isinstance(clause, tree.Match)
            assert clause.condition is not None
            told = Condition(clause.condition, words, contents, names, taken)
            facts = ({"x": by_id[r.start], "r": r, "d": by_id[r.end]} for r in ties)
            try:
                said = sorted(str(f["r"].id) for f in facts if told.holds(f) is True)
            except UnclearError:
                continue
            assert said == found, text
            understood += 1
            kept += 0 < len(found) < len(ties)
    assert understood > 0.8 * CONDITIONS
    assert kept > 0.2 * CONDITIONS


SMALL = Case(
    Meta("小", Text("小", "small")),
    (),
    (
        Node("小/甲", "组织", "甲", "街道", {"complete": ("主责",)}),
        Node("小/乙", "组织", "乙", "区直部门", {"status": "终止"}),
        Node("小/事", "事项", "事", "公共服务"),
    ),
    (Relation("小/甲-主责->事", "主责", "小/甲", "小/事"), Relation("小/乙-隶属->甲", "隶属", "小/乙", "小/甲")),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("MATCH (x:组织)-[r:主责]->(d:事项) RETURN x.id", True),
        ("MATCH (x:组织)-[r:配合]->(d:事项) RETURN x.id", False),
        ("MATCH (x:组织)-[r:主责|配合]->(d:资源) RETURN x.id", False),
        ("MATCH (x)<-[r:主责]-(d:组织) RETURN d.id", True),
        ("MATCH (x:组织)-[r:隶属]-(y) WHERE x.status = '终止' RETURN x.id", True),
        ("MATCH (x:组织)-[r:隶属]->(y) WHERE y.status = '终止' RETURN x.id", False),
        ("MATCH (x)-[r:上级]->(y) WHERE r.place = '小/甲' RETURN x.id", True),
        ("MATCH (x)-[r:上级]->(y) WHERE r.place = '小/乙' RETURN x.id", False),
        # what counts nothing to a row
        ("MATCH (x:组织)-[r:配合]->(d) RETURN count(r.id) AS n", True),
        ("MATCH (x:组织)-[r:配合]->(d) WITH collect(x.id) AS ids RETURN size(ids) AS n", True),
        ("MATCH (x:组织)-[r:配合]->(d) WITH x.id AS i, count(*) AS n RETURN i, n", False),
        ("MATCH (x:组织)-[r:配合]->(d) WITH x.id + 'a' AS i, count(*) AS n RETURN n", False),
        ("MATCH (x:组织)-[r:配合]->(d) WITH coalesce(x.id, 'a') AS i, count(*) AS n RETURN n", True),
        ("MATCH (x:组织)-[r:配合]->(d) RETURN [x.id] + collect(d.id) AS ids", True),
        ("MATCH (x:组织)-[r:配合]->(d) RETURN 1 AS one", False),
        ("OPTIONAL MATCH (x:组织)-[r:配合]->(d) WHERE r.status = '现行' RETURN x.id", True),
        ("MATCH (x:组织) OPTIONAL MATCH (x)-[r:配合]->(d) WHERE d.status = '终止' RETURN x.id, d.id", True),
        # names: dropped and used again, renamed, found by OPTIONAL MATCH
        ("MATCH (x:组织) WHERE x.status = '终止' WITH x.id AS i MATCH (x:组织)-[r:主责]->(d) RETURN i", True),
        ("MATCH (x:组织) WHERE x.status = '终止' WITH x MATCH (x)-[r:主责]->(d) RETURN x.id", False),
        ("MATCH (x:组织) WHERE x.status = '终止' WITH x AS y MATCH (y)-[r:主责]->(d) RETURN y.id", False),
        ("MATCH (x:组织) WHERE x.status = '终止' WITH x AS y MATCH (x)-[r:主责]->(d) RETURN x.id", True),
        ("MATCH (x:组织) WHERE x.status = '终止' WITH * MATCH (x)-[r:主责]->(d) RETURN x.id", False),
        ("MATCH (y:组织) WITH y AS x WHERE NOT EXISTS { MATCH (x)-[r:主责]->(d) } RETURN x.id", True),
        ("MATCH (x) OPTIONAL MATCH (d:资源) WITH x, d WHERE NOT EXISTS { MATCH (x)-[r:主责]->(d) } RETURN 1", True),
        ("MATCH (x:组织) WHERE x.kind = '街道' AND NOT EXISTS { MATCH (x)-[r:主责]->(d) } RETURN x.id", False),
        ("MATCH (x) WHERE x.kind = '街道' AND NOT EXISTS { MATCH (x)-[r:主责]->({kind: '权力'}) } RETURN x.id", True),
        ("MATCH (x:组织) WHERE EXISTS { MATCH (x)-[r:主责]->(d:事项) WHERE d.status = '终止' } RETURN x.id", False),
        # what is not understood is taken as met
        ("MATCH (x:组织) WHERE x.kind STARTS WITH '无' RETURN x.id", True),
        ("MATCH (x:组织) WHERE x.kind = '无' OR x.name =~ '甲' RETURN x.id", True),
        ("MATCH (x:组织) WHERE x.kind = \"无\" RETURN x.id", False),
        ("MATCH (x:组织) WHERE x.kind = '街道' OR x.kind = '无' AND x.name = '无' RETURN x.id", True),
        ("MATCH (x:组织) WHERE (x.kind = '街道' OR x.kind = '无') AND x.name = '无' RETURN x.id", False),
        ("MATCH (x:组织) WHERE NOT (x)-[:主责]->() AND x.kind = '街道' RETURN x.id", False),
        ("MATCH (x:街道)-[r:配合]->(d:无) RETURN x.id", True),
        ("MATCH (x:组织)-[r:主责*1..2]->(d:资源) RETURN x.id", True),
        ("CALL show_tables() RETURN *", True),
        # what is found together
        ("MATCH (x:组织)-[r:主责]->(d:事项), (y:组织)-[s:隶属]->(x) RETURN x.id", True),
        ("MATCH (x:组织)-[r:主责]->(d:事项) MATCH (x)-[s:隶属]->(y:组织) RETURN x.id", False),
        ("MATCH (x)-[r:主责]->(d)<-[s:主责]-(y) WHERE x.id <> y.id RETURN d.id", False),
        ("MATCH (x)-[r:主责]->(d) MATCH (p:组织) WHERE p.id = d.id RETURN p.id", False),
        ("MATCH (x)-[r:主责]->(d) MATCH (p:事项) WHERE d.id = p.id RETURN p.id", True),
        ("MATCH (x)-[r:主责]->(d) MATCH (p:事项) WHERE p.id = r.about RETURN p.id", False),
        ("MATCH (x)-[r:主责]->(d) MATCH (p:事项) WHERE coalesce(r.about, p.id) = p.id RETURN p.id", True),
        ("MATCH (x)-[r:主责]->(d) WITH x, x.status = '终止' AS over WHERE over RETURN x.id", False),
        ("MATCH (x)-[r:主责]->(d) WITH x, x.status = '终止' AS over WITH x AS y, d AS x WHERE over RETURN 1", True),
        ("MATCH (x)-[r:主责]->(d) WITH d, count(x.id) AS n WHERE n > 1 RETURN d.id", True),
        ("MATCH (x:组织)-[r:配合]->(d) RETURN x.id UNION MATCH (x:组织) RETURN x.id", True),
    ],
)  # fmt: skip
def test_a_query_is_left_out_only_where_it_surely_gives_nothing(query: str, expected: bool) -> None:
    """Counts, names that are taken again and unknown forms are no reason to leave a query out."""
    assert Contents(SMALL).may_answer(query, {}) is expected


COUNTS = {
    "MATCH (x:组织) RETURN count(x.id)": True,
    "MATCH (x:组织)-[r:主责|配合]->(d:事项) WHERE r.status = '现行' RETURN count(DISTINCT d.id)": True,
    "MATCH (x:组织)-[r:主责|配合]->(d:事项) WHERE NOT x.kind IN ['街道'] RETURN count(r.id)": True,
    "MATCH (x)-[r:主责]->(d:事项)-[n:需要]->(z:资源) WHERE n.status <> '计划' RETURN count(d.id)": True,
    "MATCH (x:组织)-[r:协调]-(y:组织) RETURN count(DISTINCT y.id)": True,
    "MATCH (d)<-[r:主责|配合]-(y:组织) WITH d, count(DISTINCT y.id) AS n WHERE n > 1 RETURN count(d.id)": True,
    "MATCH (x) WHERE x.clarity = '不清' OR EXISTS { MATCH (x)<-[r:主责]-(y) } RETURN count(x.id)": True,
    "MATCH (x:组织)-[r:主责]->(d)<-[s:主责]-(y) RETURN count(d.id)": False,
    "MATCH (x:组织)-[r:协调]-(y), (y)-[s]-(z) RETURN count(DISTINCT z.id)": False,
    "MATCH (x:组织)-[r:上级*1..2]->(y) RETURN count(y.id)": False,
    "MATCH (x:组织 {status: '现行'}) RETURN count(x.id)": False,
    "MATCH (x:组织) WHERE x.id STARTS WITH 'r' RETURN count(x.id)": False,
    "MATCH (x:组织) RETURN count(x.id) + 1": False,
    "MATCH (x:组织) RETURN count(x.place)": False,
    "MATCH (d)<-[r:主责]-(y) WITH d, count(y.id) AS n WHERE n > 1 RETURN count(d.id)": False,
    "MATCH (x:组织) OPTIONAL MATCH (x)-[r:主责]->(d) RETURN count(d.id)": False,
    "MATCH (x:组织) OPTIONAL MATCH (x)-[r:主责]->(d) RETURN count(x.id)": False,
    "MATCH (x:组织) WITH x LIMIT 3 RETURN count(x.id)": False,
    "MATCH (d)<-[r:主责]-(y) WITH d, count(DISTINCT y.id) AS n MATCH (d)-[:需要]->(z) RETURN count(d.id)": False,
}


@pytest.mark.parametrize(("query", "told"), COUNTS.items())
def test_counts_are_those_of_the_engine(query: str, told: bool) -> None:
    """What a query counts is told as the engine tells it, or not at all."""
    case = random_case(3, nodes=50, relations=700)
    with EmbeddedStore() as opened:
        opened.load(case)
        expected = opened.query(query).rows[0][0]
    assert Contents(case).count(query, {}) == (expected if told else None)
    assert expected


def test_a_rule_of_the_users_is_always_run(tmp_path: Path) -> None:
    """A mistake in a rule of one's own is told, whatever the case holds."""
    rule: Any = RULES[0]
    own = type(rule)(**{name: getattr(rule, name) for name in rule.__slots__} | {"path": tmp_path / "own.cypher"})
    with EmbeddedStore() as opened:
        opened.load(SMALL)
        seen: list[str] = []
        batches = opened.batches
        opened.batches = lambda text, *rest, **named: (seen.append(text), batches(text, *rest, **named))[1]  # type: ignore[method-assign]
        list(rows_of(opened, rule, rule.defaults, contents=Contents(SMALL)))
        few = len(seen)
        list(rows_of(opened, own, own.defaults, contents=Contents(SMALL)))
        assert few < len(BETWEEN_BRANCHES.split(rule.cypher)) == len(seen) - few
