"""A large map opens with superiors standing for what is below them, and opens further on demand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from benchmarks.map import make_arrangement
from govgraph.check.findings import CheckResult
from govgraph.render.map.content import MapContent
from govgraph.render.map.page import render_map

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import BrowserPage


@pytest.fixture(scope="module")
def large_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page of 20,000 nodes."""
    case = make_arrangement(20_000)
    path = tmp_path_factory.mktemp("large") / "map.html"
    path.write_bytes(render_map(MapContent(case, CheckResult(case.id, None, None, ()))).encode())
    return path


def test_twenty_thousand_nodes_open_grouped_and_expand(browser_page: BrowserPage, large_map: Path) -> None:
    """At first few boxes are drawn; a search opens the way to a node deep below, and it can be closed again."""
    begin = time.monotonic()
    page = browser_page.open(large_map)
    first = int(page.get_attribute("#canvas", "data-nodes") or 0)
    assert 100 < first < 400
    assert time.monotonic() - begin < 15  # 5 s on a machine of its own: docs/performance-map.md
    page.fill("#search", "第500街道职责2")
    page.press("#search", "Enter")
    assert page.inner_text("#details h2") == "第500街道职责2"
    assert int(page.get_attribute("#canvas", "data-nodes") or 0) > first
    page.click("#levels button")
    assert int(page.get_attribute("#canvas", "data-nodes") or 0) == first
    assert browser_page.console_errors == []


def test_fifteen_hundred_nodes_are_all_drawn(browser_page: BrowserPage, tmp_path: Path) -> None:
    """Below the size of a large map nothing is grouped."""
    case = make_arrangement(1_500)
    path = tmp_path / "map.html"
    path.write_bytes(render_map(MapContent(case, CheckResult(case.id, None, None, ()))).encode())
    page = browser_page.open(path)
    assert page.get_attribute("#canvas", "data-nodes") == "1500"
    assert browser_page.console_errors == []
