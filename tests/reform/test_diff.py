"""Differences: who gained and lost what, and findings that follow bodies through rename, merger and split."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govgraph.check.run import check_case
from govgraph.check.saved import read_saved
from govgraph.cli import group
from govgraph.model.view import as_of
from govgraph.reform.compare import compare_cases
from govgraph.reform.delta import FindingsDelta, compare_findings
from govgraph.reform.diff import diff_arrangements
from govgraph.reform.steps import apply_change
from govgraph.reform.succession import identity_between
from govgraph.render.comparison import comparison_html, comparison_json
from govgraph.render.json_report import check_json, dump
from tests.reform.arrangement import SMALL, step
from tests.reform.rules import small_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from govgraph.model.case import Case


def delta(before: Case, after: Case) -> FindingsDelta:
    """Compare the findings of two cases under the small rules."""
    one, other = check_case(before, rules=small_rules()), check_case(after, rules=small_rules())
    return compare_findings(one.findings, other.findings, identity_between(before, after))


def counts(found: FindingsDelta) -> tuple[int, int, int]:
    """Return how many findings are new, fixed and kept."""
    return (len(found.introduced), len(found.fixed), len(found.kept))


def test_a_moved_duty_is_gained_and_lost(small: Case) -> None:
    """The lead that passes from one body to another is named on both sides, and nothing else."""
    after = apply_change(small, step("move", what="油烟", type="主责", from_="街道", to="园区"))
    found = diff_arrangements(small, after)
    assert [(h.holder, h.what_zh, h.other) for h in found.gained] == [("园区", "主责", "油烟")]
    assert [(h.holder, h.what_zh, h.other) for h in found.lost] == [("街道", "主责", "油烟")]
    assert [(c.name, c.key, c.before, c.after) for c in found.changed] == [
        ("油烟-应移交->园区", "extent", "部分", "全部")
    ]
    assert (found.appeared, found.gone, found.succeeded) == ((), (), ())


def test_nothing_changed_is_no_difference(small: Case) -> None:
    """A case differs from itself in nothing."""
    assert diff_arrangements(small, small).is_empty
    assert counts(delta(small, small)) == (0, 0, 3)


def test_a_rename_alone_is_no_new_and_no_fixed_finding(case_of: Callable[[str], Case]) -> None:
    """A body and a duty under new names, by 更名为 and by alias: every finding is kept."""
    before = case_of(SMALL)
    text = SMALL.replace("{name: 民政局,", "{name: 社会局,").replace("from: 民政局", "from: 社会局")
    text = text.replace("{name: 无主事,", "{name: 无人事, aliases: [无主事],")
    text = text.replace("posts:", "  - {name: 民政局, kind: 职能部门, place: 区, status: 终止}\nposts:").replace(
        "  - {from: 区, type: 不认可", "  - {from: 民政局, type: 更名为, to: 社会局}\n  - {from: 区, type: 不认可"
    )
    after = case_of(text)
    assert counts(delta(before, after)) == (0, 0, 3)
    found = diff_arrangements(before, after)
    assert (found.gained, found.lost, found.appeared, found.gone) == ((), (), (), ())
    assert found.succeeded == (("民政局", "更名为", "社会局"),)


def test_another_case_id_is_no_difference(case_of: Callable[[str], Case]) -> None:
    """The same arrangement under another id has the same findings."""
    before, after = case_of(SMALL), case_of(SMALL.replace("id: 小城", "id: 小城二版"))
    assert counts(delta(before, after)) == (0, 0, 3)
    assert diff_arrangements(before, after).is_empty


def test_a_merger_keeps_the_identity_of_findings(small: Case) -> None:
    """The lack of money of the street is that of the body it was merged into."""
    after = apply_change(small, step("merge", bodies=["街道", "园区"], into="新街道"))
    found = delta(small, after)
    assert found.introduced == ()
    assert "duty/no-money" in {pair.after.rule for pair in found.kept}


def test_two_dates_of_one_case_differ_by_what_began_between(case_of: Callable[[str], Case]) -> None:
    """What began after the first date is gained at the second."""
    text = SMALL + '  - {from: 园区, type: 主责, to: 无主事, since: "2020"}\n'
    case = case_of(text)
    before, after = as_of(case, "2019"), as_of(case, "2020")
    assert [h.other for h in diff_arrangements(before, after).gained] == ["无主事"]
    assert [finding.rule for finding in delta(before, after).fixed] == ["duty/no-lead"]


def test_an_unknown_that_turns_out_violated_is_new(small: Case) -> None:
    """Unknown → violated is a new violation; violated → undetermined is not fixed."""
    from dataclasses import replace

    found = check_case(small, rules=small_rules()).findings
    unknown = [replace(finding, status="undetermined") for finding in found]
    assert counts(compare_findings(unknown, found)) == (3, 0, 0)
    assert counts(compare_findings(found, unknown)) == (0, 0, 3)


def test_a_saved_result_is_read_back(small: Case, tmp_path: Path) -> None:
    """What check --format json writes can be compared with a later check."""
    result = check_case(small, rules=small_rules())
    path = tmp_path / "result.json"
    path.write_text(dump(check_json(result, "zh")), encoding="utf-8")
    saved = read_saved(path)
    assert saved.case == "小城"
    assert counts(compare_findings(saved.findings, result.findings)) == (0, 0, 3)


def test_the_command_compares_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two versions of a case: the gained lead and the fixed finding, as JSON."""
    one, other = tmp_path / "1.yaml", tmp_path / "2.yaml"
    one.write_text(SMALL, encoding="utf-8")
    other.write_text(SMALL + "  - {from: 园区, type: 主责, to: 无主事}\n", encoding="utf-8")
    group.main(["diff", str(one), str(other), "--format", "json", "--lang", "zh"], standalone_mode=False)
    value = json.loads(capsys.readouterr().out)
    assert value["arrangement"]["gained"] == [{"who": "园区", "what": "主责", "of": "无主事", "detail": ""}]
    assert "duty/ownerless" in {finding["rule"] for finding in value["fixed"]}


def test_the_same_duty_in_two_places_is_one_row(case_of: Callable[[str], Case]) -> None:
    """Names that differ only in words any duty has are one duty; who leads it is told for each place."""
    other = (
        SMALL.replace("id: 小城", "id: 大城")
        .replace("油烟", "油烟管理")
        .replace("街道, type: 主责, to: 油", "城管局, type: 主责, to: 油")
    )
    cases = [case_of(SMALL), case_of(other)]
    compared = compare_cases(cases)
    row = next(row for row in compared.rows if row.duty == "油烟")
    assert [[part.name for part in cell.who("主责")] for cell in row.cells if cell] == [["街道"], ["城管局"]]
    assert row.differs
    assert comparison_json(compared)["cases"] == ["小城", "大城"]
    html = comparison_html(compared, "zh")
    assert "http" not in html.replace("http-equiv", "")
    assert html == comparison_html(compare_cases(cases), "zh")
