"""The look-ups that every official asks for, and the small commands around them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CASE = "园区带街"


def test_who_owns_names_the_lead_with_its_quote(govgraph: Run) -> None:
    """A duty with a lead is answered with the lead, the quote and the chain above."""
    outcome = govgraph("who-owns", "盘城财政税收", "--lang", "zh")
    assert outcome.code == 0
    assert "主责: 浦口区" in outcome.out
    assert "暂不能划入高新" in outcome.out
    assert "向上: 市政府" in outcome.out


def test_who_owns_finds_by_a_part_of_the_name_and_says_when_no_lead_is_stated(govgraph: Run) -> None:
    """A duty whose lead the source does not state is answered so, with the lead of the whole."""
    outcome = govgraph("who-owns", "农民合作", "--in", CASE, "--lang", "zh")
    assert outcome.code == 0
    assert "原文未写明" in outcome.out
    assert "所属事项的主责: 高新区各部门及各职能局" in outcome.out


def test_who_owns_exits_with_1_when_nothing_has_the_name(govgraph: Run) -> None:
    """An unknown duty is no error of usage: exit 1 and a word on stderr."""
    outcome = govgraph("who-owns", "油烟扰民投诉")
    assert outcome.code == 1
    assert "油烟扰民投诉" in outcome.err


def test_duties_of_lists_by_role(govgraph: Run) -> None:
    """A body's duties come in the order of the roles, as JSON with relation ids."""
    outcome = govgraph("duties-of", "盘城街道", "--in", CASE, "--format", "json")
    rows = json.loads(outcome.out)
    assert rows[0]["body"] == f"{CASE}/盘城街道"
    roles = [duty["role"] for duty in rows[0]["duties"]]
    assert roles == sorted(roles, key=["主责", "配合", "审批", "监督", "出资"].index)
    assert "主责" in roles


def test_path_shows_each_channel_or_that_there_is_none(govgraph: Run) -> None:
    """Between two bodies each channel is shown with its steps, or said to be closed."""
    outcome = govgraph("path", CASE, "市财政局", "盘城", "--lang", "zh")
    assert outcome.code == 0
    assert "上级: 3" in outcome.out
    assert "协调: 不通" in outcome.out


def test_explain_tells_the_story_of_a_finding(govgraph: Run) -> None:
    """A fingerprint is explained with why, evidence, remedy and Cypher; a few digits are enough."""
    report = json.loads(govgraph("check", CASE, "--format", "json").out)
    finding = report["findings"][0]
    outcome = govgraph("explain", finding["fingerprint"][:10], "--in", CASE, "--lang", "zh")
    assert outcome.code == 0
    for part in (finding["rule"], "为什么", "原文", "怎么办", "MATCH", finding["evidence"][0]["quote"]):
        assert part in outcome.out
    assert govgraph("explain", "ffffffffffffffff", "--in", CASE).code == 2


def test_explain_takes_a_rule_too(govgraph: Run) -> None:
    """A rule's id is explained by the rule itself."""
    assert "reporting/dual-reporting" in govgraph("explain", "dual-reporting").out


def test_init_writes_a_case_that_checks_and_refuses_to_overwrite(govgraph: Run, tmp_path: Path) -> None:
    """The template loads and yields findings; a second init keeps what is there."""
    folder = tmp_path / "我的案例"
    assert govgraph("init", str(folder)).code == 0
    assert govgraph("validate", str(folder)).code == 0
    assert govgraph("check", str(folder)).code == 1
    again = govgraph("init", str(folder))
    assert again.code == 2
    assert "--force" in again.err


def test_cases_lists_all_with_aliases(govgraph: Run) -> None:
    """Every shipped case is listed with its English alias, and the alias opens it."""
    out = govgraph("cases", "--lang", "en").out
    assert "park-leads-street" in out
    assert govgraph("validate", "park-leads-street").code == 0


def test_demo_writes_a_map_and_says_where(govgraph: Run, tmp_path: Path) -> None:
    """The demo checks the case and leaves an HTML file at the place it prints."""
    outcome = govgraph("demo", "-o", str(tmp_path / "demo"))
    assert outcome.code == 0
    target = tmp_path / "demo" / f"{CASE}.html"
    assert str(target) in outcome.out
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_an_unknown_command_is_answered_with_its_neighbour(govgraph: Run) -> None:
    """A mistyped command exits with 2 and a suggestion."""
    outcome = govgraph("chek", CASE)
    assert outcome.code == 2
    assert "check" in outcome.err


def test_an_unknown_case_is_answered_with_its_neighbour(govgraph: Run) -> None:
    """A mistyped case exits with 2 and a suggestion."""
    outcome = govgraph("check", "园区带")
    assert outcome.code == 2
    assert CASE in outcome.err
