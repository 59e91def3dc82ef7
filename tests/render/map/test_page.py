"""The page as text and as a browser sees it at first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govgraph.render.map.page import render_map
from tests.render.map.conftest import make_content

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_same_content_gives_the_same_bytes() -> None:
    """Two renderings differ in no byte."""
    assert render_map(make_content()) == render_map(make_content())


def test_nothing_in_the_page_points_outside() -> None:
    """No address, no source map: there is nothing to fetch."""
    html = render_map(make_content())
    own = html.replace(html[html.index("/**\n * vis-network") : html.index('Object.defineProperty(t,"__esModule"')], "")
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?!#)[a-z]+:?//""", own) == []
    assert "https://" not in own.replace("http://www.w3.org/2000/svg", "")
    assert "sourceMappingURL" not in html


def test_policy_allows_only_the_scripts_in_the_page() -> None:
    """Only the two inlined scripts may run, by their hashes."""
    html = render_map(make_content())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    rules = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"('sha256-[A-Za-z0-9+/=]{44}' ?){2}", rules["script-src"])


def test_first_sight_names_the_arrangement_and_the_gravest_finding(map_page: Page) -> None:
    """The head says what it is and what is worst."""
    assert map_page.inner_text("#title") == "街道由谁管"
    lead = map_page.inner_text("#lead")
    assert "1 处断裂" in lead
    assert "盘城街道" in lead
    assert map_page.locator(".finding").count() == 2


def test_click_on_the_gravest_finding_shows_what_it_rests_on(map_page: Page) -> None:
    """Why, quotes, remedy and Cypher are one click away, and the address says so."""
    map_page.click("#worst")
    body = map_page.inner_text(".finding.open .body")
    assert "高新区统筹管理盘城街道工作" in body
    assert "由一份文件写明人事归一方。" in body
    map_page.click(".finding.open summary")
    assert "MATCH (n:组织)" in map_page.inner_text(".finding.open pre")
    map_page.click(".finding.open details button")
    map_page.wait_for_function(
        "document.querySelector('#status').innerText === '已复制'"
    )  # the clipboard takes its time
    assert "finding=0123456789abcdef" in map_page.evaluate("location.hash")
