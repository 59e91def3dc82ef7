"""The map of a reform: one file, three states, each a whole map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Reform, Text
from govgraph.reform.simulate import simulate
from govgraph.render.reform_map import difference_case, reform_map
from tests.reform.arrangement import step
from tests.reform.rules import small_rules

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.model.case import Case
    from tests.conftest import BrowserPage

REFORM = Reform("试", Text("试", "try"), (step("clarify", what="无主事", lead="民政局"), step("dissolve", what="园区")))


def test_the_difference_holds_what_the_reform_touched(small: Case) -> None:
    """New and ended relations with a note, and no relation that stayed as it was."""
    case = difference_case(simulate(small, [REFORM], rules=small_rules()), "zh")
    notes = {relation.id.partition("/")[2]: relation.properties["note"] for relation in case.relations}
    assert notes == {
        "民政局-主责->无主事": "改革新增",
        "园区-管理->街道[经费]": "改革终止",
        "园区-考核->街道[考核]": "改革终止",
        "油烟-应移交->园区": "改革终止",
    }


def test_the_three_states_can_be_switched(small: Case, tmp_path: Path, browser_page: BrowserPage) -> None:
    """Each button shows its map, without a request beyond the file and without an error."""
    path = tmp_path / "reform.html"
    path.write_text(reform_map(simulate(small, [REFORM], rules=small_rules()), "zh"), encoding="utf-8")
    page = browser_page.open(path)
    for state, text in (("before", "改革前"), ("difference", "差别"), ("after", "改革后")):
        page.get_by_role("tab", name=text).click()
        frame = page.frame_locator("iframe:not([hidden])")
        frame.locator("canvas").first.wait_for()
        assert page.url.endswith(f"#{state}")
        assert page.locator("iframe:not([hidden])").count() == 1
    assert browser_page.console_errors == []
