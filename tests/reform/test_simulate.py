"""Simulation: findings are what the changed graph has; each says why it went, stayed or came."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from govgraph.cli import group
from govgraph.errors import InputError, NotFoundError
from govgraph.model.case import Reform, Text
from govgraph.reform.plan import find_reforms, read_plan
from govgraph.reform.simulate import simulate
from govgraph.render.simulation import simulation_json, simulation_markdown
from tests.reform.arrangement import SMALL, step
from tests.reform.rules import ROOT, small_rules

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.model.case import Case, Change
    from govgraph.reform.simulate import Explained, Simulation


def reform(*changes: Change, claims: tuple[str, ...] = ()) -> Reform:
    """Return a reform of these steps."""
    return Reform("试", Text("试", "try"), changes, claims)


def named(entries: tuple[Explained, ...]) -> list[str]:
    """Return rule and first subject of each finding."""
    return sorted(f"{e.finding.rule} {e.finding.subjects[0].name}" for e in entries)


def tried(case: Case, *changes: Change, claims: tuple[str, ...] = ()) -> Simulation:
    """Simulate one reform under the small rules."""
    return simulate(case, [reform(*changes, claims=claims)], rules=small_rules())


def test_a_reform_fixes_what_it_mends_and_keeps_the_rest(small: Case) -> None:
    """One lead instead of two: that finding goes, the others stay, and the data is as it was."""
    before = (small.nodes, small.relations)
    result = tried(small, step("clarify", what="环卫", lead="街道"))
    assert named(result.fixed) == ["duty/two-leads 环卫"]
    assert named(result.kept) == ["duty/no-lead 无主事", "duty/no-money 环卫"]
    assert result.introduced == ()
    assert (small.nodes, small.relations) == before
    (fixed,) = result.fixed
    assert [done.number for done in fixed.steps] == [1]
    assert fixed.why.zh == "第1步（明确“环卫”的责任，由“街道”一家主责）"
    untouched = next(e for e in result.kept if e.finding.subjects[0].name == "无主事")
    assert untouched.why.en == "no step touches it"


def test_a_reform_that_breaks_something_says_so(small: Case) -> None:
    """Dissolving the only lead leaves its duty ownerless: an error that was not there before."""
    result = tried(small, step("dissolve", what="街道"))
    assert named(result.introduced) == ["duty/no-lead 油烟"]
    assert result.introduces_error
    assert "撤销“街道”" in result.introduced[0].why.zh


def test_working_around_a_problem_does_not_make_it_vanish(small: Case) -> None:
    """A mechanism, a clear text without a lead, and too little money leave every finding where it was."""
    result = tried(
        small,
        step("coordinate", bodies=["城管局", "街道"], mechanism="联席会议", about="环卫"),
        step("clarify", what="环卫"),
        step("fund", what="环卫", by="区", amount="10"),
    )
    assert result.fixed == ()
    assert named(result.kept) == ["duty/no-lead 无主事", "duty/no-money 环卫", "duty/two-leads 环卫"]


def test_merged_leads_are_one_lead(small: Case) -> None:
    """Merging the two leads of a duty leaves one; a finding about something else keeps its identity."""
    result = tried(small, step("merge", bodies=["城管局", "街道"], into="街道"))
    assert named(result.fixed) == ["duty/two-leads 环卫"]
    assert named(result.kept) == ["duty/no-lead 无主事", "duty/no-money 环卫"]
    assert result.introduced == ()


def test_a_claim_that_the_graph_does_not_bear_out_is_shown(small: Case) -> None:
    """A measure said to resolve a duty's problems, after which they are there, is listed with the findings left."""
    result = tried(small, step("coordinate", bodies=["城管局", "街道"], about="环卫"), claims=("环卫", "油烟"))
    (unmet,) = result.unmet
    assert (unmet.reform, unmet.claim) == ("试", "环卫")
    assert named(unmet.findings) == ["duty/no-money 环卫", "duty/two-leads 环卫"]


def test_a_reform_is_carried_out_on_the_state_of_a_day(small: Case) -> None:
    """At a date before the relation began there is nothing to end."""
    dated = small.with_graph(
        small.nodes,
        (r.but(since="2020") if r.type == "主责" and r.end.endswith("油烟") else r for r in small.relations),
    )
    result = simulate(
        dated, [reform(step("add", from_="街道", type="主责", to="油烟"))], rules=small_rules(), as_of="2019"
    )
    assert "duty/no-lead 油烟" in named(result.fixed)
    assert result.checked_before.as_of == "2019"


def test_json_has_the_findings_of_the_contract(small: Case) -> None:
    """fixed, kept and introduced hold findings as check gives them, with why and the steps."""
    value = simulation_json(tried(small, step("clarify", what="环卫", lead="街道")), "zh")
    assert value["reform"] == "试"
    assert {len(value[key]) for key in ("fixed",)} == {1}
    keys = {"rule", "severity", "status", "fingerprint", "message", "subjects", "relations", "evidence", "location"}
    assert keys | {"why", "steps", "remedy"} <= set(value["fixed"][0])
    assert value["fixed"][0]["steps"] == [{"reform": "试", "number": 1}]


def test_markdown_lists_steps_and_findings(small: Case) -> None:
    """The document has the steps, and a table for what went and what stayed."""
    text = simulation_markdown(tried(small, step("clarify", what="环卫", lead="街道")), "en")
    assert text.startswith("# try\n")
    assert "1. make the division of 环卫 clear, with 街道 alone in the lead" in text
    assert "## fixed (1)" in text
    assert "## kept (2)" in text


PLAN = """
changes:
  - {do: clarify, what: 环卫, lead: 街道}
"""


def test_a_plan_is_one_reform_or_several(small: Case, tmp_path: Path) -> None:
    """A plan with changes alone is named after its file; one with reforms is as in a case."""
    path = tmp_path / "方案.yaml"
    path.write_text(PLAN, encoding="utf-8")
    (only,) = read_plan(path, small)
    assert (only.name, [change.do for change in only.changes]) == ("方案", ["clarify"])
    path.write_text("reforms:\n  - {name: 甲, changes: [{do: dissolve, what: 园区}]}\n", encoding="utf-8")
    assert [entry.name for entry in find_reforms(small, [str(path)])] == ["甲"]


def test_a_bad_plan_or_name_is_refused(small: Case, tmp_path: Path) -> None:
    """The message names the line, or the reforms that there are."""
    path = tmp_path / "plan.yaml"
    path.write_text("changes:\n  - {do: clarifi, what: 环卫}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.yaml:2:.*Did you mean 'clarify'"):
        read_plan(path, small)
    with pytest.raises(NotFoundError, match="no reform called '无此'"):
        find_reforms(small, ["无此"])


def run(*arguments: str) -> int:
    """Run the command line in this process and return its exit code."""
    code = group.main(list(arguments), standalone_mode=False)
    return code if isinstance(code, int) else 0


def test_the_command_exits_by_what_is_introduced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where nothing breaks, 1 where an error comes; JSON on stdout, the case file untouched."""
    case, good, bad = tmp_path / "小城.yaml", tmp_path / "good.yaml", tmp_path / "bad.yaml"
    case.write_text(SMALL, encoding="utf-8")
    good.write_text("changes:\n  - {do: clarify, what: 环卫, lead: 街道}\n", encoding="utf-8")
    bad.write_text("changes:\n  - {do: dissolve, what: 街道}\n", encoding="utf-8")
    rules = ("--rules", str(ROOT))
    assert run("simulate", str(case), str(good), *rules, "--format", "json", "--lang", "zh") == 0
    value = json.loads(capsys.readouterr().out)
    assert "duty/two-leads" in {finding["rule"] for finding in value["fixed"]}
    assert run("simulate", str(case), str(bad), *rules, "--lang", "en") == 1
    assert "introduced" in capsys.readouterr().out
    assert case.read_text(encoding="utf-8") == SMALL
