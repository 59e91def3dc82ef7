"""Reports to look at: a shipped case, a city with every defect planted in it, and one whose names are hostile."""

from __future__ import annotations

from functools import cache

from govgraph.check.findings import CheckResult
from govgraph.check.mutation.clean import clean_city
from govgraph.check.mutation.planters import DEFECTS
from govgraph.check.rules import load_rules
from govgraph.check.run import check_case
from govgraph.model.case import Case, Change, Evidence, Meta, Node, Reform, Relation, Source, Text, relation_id
from govgraph.read.source import read_case
from govgraph.render.report.content import Report, build_report

CASE = "园区带街"
HOSTILE = "<script>alert(1)</script>“&'|`*_[x](y)\u202e\x07" + "长" * 10_000


@cache
def shipped() -> Report:
    """Return the report on the shipped case."""
    case, rules = read_case(CASE), load_rules()
    return build_report(case, check_case(case, rules=rules), rules, map_file="图 1.html")


@cache
def made_again() -> Report:
    """Return the same report, made a second time from the files."""
    return shipped.__wrapped__()


@cache
def broken_city() -> Report:
    """Return the report on a city that has every defect, several times."""
    city = clean_city("city", 1, 6)
    for defect in DEFECTS:
        defect.plant(city, 2)
    case, rules = city.draft.case(), load_rules()
    return build_report(case, check_case(case, rules=rules), rules)


@cache
def hostile() -> Report:
    """Return the report on a case whose names, quotes, title and reform would be markup if they were not escaped."""
    evidence = Evidence(HOSTILE, (HOSTILE,), "case.yaml", 3)
    duty = Node("h/d", "事项", HOSTILE, "职责", {"clarity": "争议"}, evidence)
    body = Node("h/b", "组织", f"{HOSTILE}局", "职能部门", {"place": HOSTILE}, evidence)
    lead = Relation(relation_id("h/b", "主责", "h/d", {}), "主责", "h/b", "h/d", {}, evidence)
    reform = Reform(HOSTILE, Text(HOSTILE, HOSTILE), (Change("clarify", {"what": HOSTILE}),))
    meta = Meta("h", Text(HOSTILE, HOSTILE), place=HOSTILE, notes=(HOSTILE,))
    case = Case(meta, (Source(HOSTILE, HOSTILE),), (duty, body), (lead,), (reform,))
    rules = load_rules()
    return build_report(case, check_case(case, rules=rules), rules, map_file=f"{HOSTILE[:30]}.html")


@cache
def sound() -> Report:
    """Return the report on a city in which nothing is wrong."""
    case, rules = clean_city("sound", 1, 2).draft.case(), load_rules()
    result: CheckResult = check_case(case, rules=rules)
    return build_report(case, result, rules)
