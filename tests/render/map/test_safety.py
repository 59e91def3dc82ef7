"""Names, quotes and notes are data: whatever they hold, the page opens and runs nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.render.map.page import render_map
from govgraph.render.map.text import harmless
from tests.render.map.conftest import make_case, make_content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import BrowserPage

HOSTILE = [
    "</script><script>window.bad=1</script>",
    "<img src=x onerror=window.bad=1>",
    "<!--<script>",
    "{{ 7*7 }}{% raw %}",
    "\"'><svg onload=window.bad=1>",
    "a\u202eb\u2066c\u200fd",
    "nul\x00bell\x07esc\x1b",
    "line\u2028sep\u2029para",
    "half\ud800surrogate",
    "长" * 10_000,
    "x" * 10_000,
    "javascript:window.bad=1",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_name_and_quote_run_nothing(browser_page: BrowserPage, tmp_path: Path, text: str) -> None:
    """The page opens, shows the node when it is searched for, and nothing of the text has run."""
    case = make_case({"盘城街道": text, "征地拆迁": text + "2"}, quote=text)
    path = tmp_path / "map.html"
    path.write_bytes(render_map(make_content(case)).encode("utf-8"))
    page = browser_page.open(path)
    page.click("#worst")
    page.click("#tab-table")
    page.click("#tab-matrix")
    page.click("#tab-map")
    page.click("#start-tour")
    id_ = page.evaluate("JSON.parse(document.getElementById('data-map').textContent).nodes[3].id")
    page.evaluate("id => history.replaceState(null, '', '#node=' + encodeURIComponent(id))", id_)
    page.reload()
    page.wait_for_selector("#details h2")
    assert page.evaluate("window.bad") is None
    assert page.locator("img, #details svg, #findings script").count() == 0
    assert browser_page.console_errors == []


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u202e", "\u2066", "\u200f", "\u2028", "\ud800", "\x85"])
def test_characters_that_hide_or_reorder_are_shown_as_such(char: str) -> None:
    """Such a character becomes a visible replacement; text around it stays."""
    assert harmless(f"甲{char}乙") == "甲\ufffd乙"
    assert harmless("甲\t乙\n丙") == "甲\t乙\n丙"


def test_template_code_in_a_name_is_only_text() -> None:
    """Jinja does not run what stands in the data."""
    html = render_map(make_content(make_case({"盘城街道": "{{ 7*7 }}"})))
    assert "{{ 7*7 }}" in html
