"""The order of what counts: suppressions, then the baseline, then thresholds; on the command line and off it."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

import pytest

from govgraph.check.baseline import baseline_of
from govgraph.check.judgement import judge
from govgraph.check.run import check_case
from govgraph.check.suppressions import Suppression
from govgraph.cli import group
from govgraph.read.source import read_case
from tests.reform.arrangement import SMALL
from tests.reform.rules import ROOT, small_rules

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.date(2026, 3, 1)
SELECTED = ("--select", "duty/no-lead", "--select", "duty/two-leads", "--select", "duty/no-money")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return the file of a town with two errors and a warning under the small rules."""
    path = tmp_path / "小城.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> int:
    """Run the command line in this process and return its exit code."""
    code = group.main([str(argument) for argument in arguments], standalone_mode=False)
    return code if isinstance(code, int) else 0


def check(town: Path, *options: str | Path) -> int:
    """Check the town with the small rules alone."""
    return run("check", town, "--rules", ROOT, *SELECTED, "--lang", "en", *options)


def test_a_suppressed_finding_is_neither_new_nor_fixed(town: Path) -> None:
    """Suppressions come before the baseline: what they set apart does not count, and stays on the list."""
    result = check_case(read_case(town), rules=small_rules())
    baseline = baseline_of(result.findings)
    decision = Suppression("duty/no-lead", "无主事", "过渡", "改革办", datetime.date(2027, 1, 1), "s.yaml:1")
    judged = judge(result, TODAY, suppressions=[decision], baseline=baseline)
    assert [apart.finding.rule for apart in judged.outcome.suppressed] == ["duty/no-lead"]
    assert judged.delta is not None
    assert judged.delta.line == "baseline +0 −0 =3"
    assert judged.counted == ()
    assert "duty/no-lead" not in {finding.rule for finding in judged.result.findings}


def test_thresholds_see_only_what_counts(town: Path) -> None:
    """An error that the baseline knows does not reach the level error; without the baseline it does."""
    result = check_case(read_case(town), rules=small_rules())
    assert judge(result, TODAY).reaches("error")
    assert not judge(result, TODAY).reaches("never")
    assert not judge(result, TODAY, baseline=baseline_of(result.findings)).reaches("note")


def test_only_new_findings_fail(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its own baseline a town passes; a second duty without a lead makes it fail, and the list does not grow."""
    baseline = tmp_path / "baseline.json"
    assert check(town) == 1
    assert run("baseline", "write", town, "--rules", ROOT, "-o", baseline) == 0
    capsys.readouterr()
    assert check(town, "--baseline", baseline) == 0
    assert "baseline +0 −0 =" in capsys.readouterr().out
    written = baseline.read_bytes()
    town.write_text(
        SMALL.replace("  - {name: 处罚", "  - {name: 又无主, kind: 职责}\n  - {name: 处罚"), encoding="utf-8"
    )
    assert check(town, "--baseline", baseline) == 1
    assert "baseline +1 −0 =" in capsys.readouterr().out
    assert baseline.read_bytes() == written


def test_what_is_fixed_drops_out_unless_locked(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A locked baseline stays as it is; an unlocked one loses what is fixed, and nothing else."""
    baseline = tmp_path / "baseline.json"
    run("baseline", "write", town, "--rules", ROOT, "-o", baseline)
    before = json.loads(baseline.read_text(encoding="utf-8"))["findings"]
    town.write_text(SMALL + "  - {from: 园区, type: 主责, to: 无主事}\n", encoding="utf-8")
    assert check(town, "--baseline", baseline, "--baseline-locked") == 0
    assert json.loads(baseline.read_text(encoding="utf-8"))["findings"] == before
    assert "−1 =" in capsys.readouterr().out
    assert check(town, "--baseline", baseline) == 0
    after = json.loads(baseline.read_text(encoding="utf-8"))["findings"]
    assert [row for row in before if row not in after] == [row for row in before if row["rule"] == "duty/no-lead"]


def suppressions(until: str, subject: str = "无主事") -> str:
    """Return a file of suppressions for the two errors of the town."""
    row = "  - {{rule: {}, subject: {}, reason: 过渡期, decided_by: 改革办, until: {}}}\n"
    return "suppressions:\n" + row.format("duty/no-lead", subject, until) + row.format("duty/two-leads", "环卫", until)


def test_suppressed_findings_are_shown_apart(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They do not fail, are listed with reason and end on request, and stand in a list of their own in JSON."""
    file = tmp_path / "s.yaml"
    file.write_text(suppressions("2999-01-01"), encoding="utf-8")
    assert check(town, "--suppressions", file, "--show-suppressed") == 0
    shown = capsys.readouterr().out
    assert "suppressed 2" in shown
    assert "过渡期  改革办  until 2999-01-01" in shown
    assert check(town, "--suppressions", file, "--format", "json") == 0
    value = json.loads(capsys.readouterr().out)
    assert {row["rule"] for row in value["findings"]} == {"duty/no-money"}
    assert [row["suppression"]["decided_by"] for row in value["suppressed"]] == ["改革办", "改革办"]


def test_a_past_suppression_fails_and_an_unused_one_warns(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A past date fails even where nothing else would; an entry that met nothing is told on stderr."""
    file = tmp_path / "s.yaml"
    file.write_text(suppressions("2001-01-01"), encoding="utf-8")
    assert check(town, "--suppressions", file, "--fail-on", "never") == 1
    assert "has expired" in capsys.readouterr().err
    file.write_text(suppressions("2999-01-01", subject="油烟"), encoding="utf-8")
    assert check(town, "--suppressions", file, "--fail-on", "never") == 0
    assert "met no finding" in capsys.readouterr().err


def test_a_warning_level_warns_and_does_not_fail(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--warn-on says on stderr what --fail-on does not fail for."""
    assert check(town, "--ignore", "duty/no-lead", "--ignore", "duty/two-leads", "--warn-on", "warning") == 0
    assert "at or above warning" in capsys.readouterr().err
