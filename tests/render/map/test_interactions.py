"""Each thing a reader can do with the page, in the browser."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from govgraph.check.findings import CheckResult
from govgraph.render.map.content import MapContent
from govgraph.render.map.page import render_map
from tests.render.map.conftest import NODES, RELATIONS, make_case

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import BrowserPage


def shown(page: Page) -> tuple[int, int, int]:
    """Return how many nodes and relations are drawn, and how many nodes are lit."""
    data = page.locator("#canvas").evaluate("canvas => ({...canvas.dataset})")
    return int(data["nodes"]), int(data["relations"]), int(data["lit"])


def state(page: Page) -> dict[str, str]:
    """Return the state that stands in the address."""
    text = page.evaluate("location.hash").lstrip("#")
    return dict(part.split("=", 1) for part in unquote(text).split("&") if part)


def uncheck(page: Page, name: str) -> None:
    """Switch a filter off."""
    page.click("#side-filters")
    page.locator(f'[data-filter="{name}"]').uncheck()


def test_everything_is_drawn_at_first(map_page: Page) -> None:
    """Nothing is hidden or lit before the reader asks."""
    assert shown(map_page) == (len(NODES), len(RELATIONS), 0)


def test_finding_lights_its_nodes_and_clears_again(map_page: Page) -> None:
    """A click lights the street and its two superiors; the same click puts all back."""
    map_page.click('[data-finding="0123456789abcdef"]')
    assert shown(map_page)[2] == 3
    map_page.click('[data-finding="0123456789abcdef"]')
    assert shown(map_page)[2] == 0
    assert state(map_page) == {}


@pytest.mark.parametrize(
    ("name", "nodes", "relations"),
    [
        ("kinds:文件/文件", 11, 15),
        ("types:管理", 12, 13),
        ("dimensions:人事", 12, 14),
        ("statuses:建议", 11, 15),
        ("statuses:缺失", 12, 15),
    ],
)
def test_filter_hides_nodes_and_relations(map_page: Page, name: str, nodes: int, relations: int) -> None:
    """A filter by kind, type, dimension or status hides what it names, and what hangs on it."""
    uncheck(map_page, name)
    assert shown(map_page)[:2] == (nodes, relations)
    map_page.click("#reset")
    assert shown(map_page)[:2] == (12, 16)


def test_filters_hold_in_the_tables_too(map_page: Page) -> None:
    """A hidden relation type is missing from the table of relations."""
    uncheck(map_page, "types:管理")
    map_page.click("#tab-table")
    map_page.click('[data-table="relations"]')
    assert map_page.locator("#table-view tbody tr").count() == 13


def test_severity_filter_hides_findings(map_page: Page) -> None:
    """Errors that are filtered out leave the list and the table."""
    uncheck(map_page, "severities:error")
    map_page.click("#side-findings")
    assert map_page.locator(".finding").count() == 1
    map_page.click("#tab-table")
    assert map_page.locator("#table-view tbody tr").count() == 1


@pytest.mark.parametrize("text", ["盘城街道", "盘城", "pcjd", "PCJD"])
def test_search_finds_by_name_part_and_initials(map_page: Page, text: str) -> None:
    """Enter takes the first match, selects it and shows what is known of it."""
    map_page.fill("#search", text)
    map_page.press("#search", "Enter")
    assert map_page.inner_text("#details h2") == "盘城街道"


def test_search_finds_an_alias_with_the_arrow_keys(map_page: Page) -> None:
    """The list of matches is walked by keys."""
    map_page.fill("#search", "管委会")
    assert map_page.locator("#search-results [role=option]").count() == 1
    map_page.press("#search", "ArrowDown")
    map_page.press("#search", "Enter")
    assert state(map_page)["node"] == "高新区管委会"


def test_details_of_a_body_and_of_a_duty(map_page: Page) -> None:
    """A body lists its duties by role, a duty who answers for it, both their quotes and findings."""
    map_page.fill("#search", "盘城街道")
    map_page.press("#search", "Enter")
    body = map_page.inner_text("#details")
    assert "征地拆迁" in body
    assert "高新区统筹管理盘城街道工作" in body
    assert "两条线管" in body
    assert "object" not in body
    map_page.fill("#search", "征地拆迁")
    map_page.press("#search", "Enter")
    duty = map_page.inner_text("#details")
    assert "谁来管" in duty
    assert "审批" in duty


def test_path_between_two_nodes(map_page: Page) -> None:
    """From the community to the city committee leads over the street and a district."""
    map_page.fill("#search", "基层社区")
    map_page.press("#search", "Enter")
    map_page.click("#path-from")
    map_page.fill("#search", "市委")
    map_page.press("#search", "Enter")
    assert state(map_page) == {"node": "市委"}
    map_page.evaluate(
        "location.hash = 'node=' + encodeURIComponent('市委') + '&from=' + encodeURIComponent('基层社区')"
    )
    map_page.click("#path-to")
    assert map_page.locator("#path li").count() == 3
    assert shown(map_page)[2] == 4


def test_neighbourhood_grows_with_its_depth(map_page: Page) -> None:
    """Two steps light more than one."""
    map_page.fill("#search", "基层社区")
    map_page.press("#search", "Enter")
    assert shown(map_page)[2] == 2
    map_page.select_option("#depth", "2")
    assert shown(map_page)[2] > 5


def test_level_folds_to_one_box_a_place(map_page: Page) -> None:
    """The street's level becomes one box; again, and it is as before."""
    map_page.click('[data-level="镇街"]')
    assert shown(map_page)[0] == 10  # the street, its post and its duty become one
    map_page.click('[data-level="镇街"]')
    assert shown(map_page)[0] == 12


@pytest.mark.parametrize("layout", ["hierarchy", "force", "bands"])
def test_layouts_can_be_chosen(map_page: Page, layout: str) -> None:
    """Each layout draws every node."""
    map_page.select_option("#layout", layout)
    assert shown(map_page)[0] == 12


def test_table_sorts_both_ways(map_page: Page) -> None:
    """A click on a heading sorts up, the next one down."""
    map_page.click("#tab-table")
    map_page.click('[data-table="nodes"]')
    column = "#table-view tbody td:first-child"
    map_page.click('[data-sort="name"]')
    up = map_page.locator(column).all_inner_texts()
    assert map_page.locator("th[aria-sort=ascending]").count() == 1
    map_page.click('[data-sort="name"]')
    assert map_page.locator(column).all_inner_texts() == up[::-1]


def test_matrix_shows_who_leads(map_page: Page) -> None:
    """The duty with one lead says 1; one without a stated lead does not say 0."""
    map_page.click("#tab-matrix")
    rows = map_page.locator("#matrix-view tbody tr")
    assert rows.count() == 2
    assert rows.nth(0).locator("td.lead").count() == 1
    assert "未写明" in rows.nth(1).inner_text()


def test_tour_goes_on_and_back(map_page: Page) -> None:
    """The tour lights its nodes step by step and ends."""
    map_page.click("#start-tour")
    assert "一个街道" in map_page.inner_text("#story")
    assert shown(map_page)[2] == 1
    map_page.click("#story-next")
    assert "人事由两边管。" in map_page.inner_text("#story")
    map_page.click("#story-back")
    map_page.click("#story-end")
    assert map_page.is_hidden("#story")


def test_language_switches_in_the_page(map_page: Page) -> None:
    """All that the page says is then English; names stay what they are."""
    map_page.click("#language")
    assert map_page.inner_text("#title") == "Who runs the street"
    assert "1 breaks" in map_page.inner_text("#lead")
    assert map_page.inner_text("#tab-matrix") == "Responsibilities"
    assert map_page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    "wanted",
    [
        {"finding": "0123456789abcdef"},
        {"node": "盘城街道", "depth": "2", "layout": "force"},
        {"tab": "table", "table": "nodes", "sort": "name.down", "lang": "en"},
        {"side": "filters", "kinds": "文件/文件", "types": "主责~管理", "statuses": "缺失"},
        {"from": "基层社区", "to": "市委", "node": "市委"},
        {"step": "1"},
        {"folded": "区县~镇街"},
        {"relation": "浦口区-管理->盘城街道[人事]"},
    ],
)
def test_address_brings_back_the_same_view(map_page: Page, wanted: dict[str, str]) -> None:
    """A link opened anew gives the same state, and the page writes the same link."""
    hash_ = map_page.evaluate("wanted => new URLSearchParams(wanted).toString()", wanted)
    map_page.evaluate("hash => { location.hash = hash }", hash_)
    before = shown(map_page)
    map_page.reload()
    map_page.wait_for_selector("#canvas[data-nodes]", state="attached")
    assert shown(map_page) == before
    map_page.click("#language")  # any change writes the address anew
    map_page.click("#language")
    assert {k: v for k, v in state(map_page).items() if k != "lang"} == {k: v for k, v in wanted.items() if k != "lang"}


def download(page: Page, name: str) -> bytes:
    """Export and return the file."""
    page.click("#export")
    with page.expect_download() as waiting:
        page.click(f'[data-export="{name}"]')
    return waiting.value.path().read_bytes()


def test_exports(map_page: Page) -> None:
    """PNG, SVG, CSV and JSON hold what the map shows."""
    assert download(map_page, "export_png").startswith(b"\x89PNG")
    drawing = download(map_page, "export_svg").decode()
    assert drawing.count("<g ") == len(NODES)
    assert "盘城街道" in drawing
    table = list(csv.reader(io.StringIO(download(map_page, "export_relations").decode("utf-8-sig"))))
    assert len(table) == len(RELATIONS) + 1
    data = json.loads(download(map_page, "export_json"))
    assert [node["name"] for node in data["nodes"]] == [name for name, *_ in NODES]


def test_keyboard_alone_reaches_everything(map_page: Page) -> None:
    """Tab goes from the skip link over head, list and tools to the map, each with a visible focus."""
    order = []
    for _ in range(40):
        map_page.keyboard.press("Tab")
        order.append(map_page.evaluate("document.activeElement.id"))
        if order[-1] == "canvas":
            break
    wanted = [
        "skip",
        "worst",
        "tab-map",
        "start-tour",
        "export",
        "language",
        "search",
        "side-findings",
        "layout",
        "canvas",
    ]
    assert [name for name in order if name in wanted] == wanted
    map_page.keyboard.press("ArrowDown")
    map_page.keyboard.press("ArrowRight")
    map_page.keyboard.press("Enter")
    assert state(map_page)["node"]
    map_page.keyboard.press("Escape")
    assert state(map_page) == {}
    outline = map_page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_click_on_the_canvas_selects_what_is_there(map_page: Page) -> None:
    """The first node in reading order stands where the layout says; a click on empty ground clears."""
    spot = map_page.evaluate(
        """() => {
          const data = JSON.parse(document.getElementById('data-map').textContent).layouts.bands;
          const frames = data.frames.filter(frame => frame[0] === 'band');
          const right = Math.max(...frames.map(f => f[2] + f[4])), bottom = Math.max(...frames.map(f => f[3] + f[5]));
          const box = document.getElementById('canvas').getBoundingClientRect();
          const scale = Math.min((box.width - 16) / right, (box.height - 12) / bottom, 1.4);
          const [x, y] = data.positions[0];
          const [left, top] = [box.left + box.width / 2, box.top + box.height / 2];
          return [left + (x - right / 2) * scale, top + (y - bottom / 2) * scale];
        }"""
    )
    map_page.mouse.click(*spot)
    map_page.wait_for_selector("#details h2")
    assert map_page.inner_text("#details h2") == "市委"


def test_prints_on_one_page(map_page: Page, tmp_path: Path) -> None:
    """The map prints as a drawing on one sheet."""
    path = tmp_path / "map.pdf"
    map_page.pdf(path=path, prefer_css_page_size=True)
    body = path.read_bytes()
    assert body.startswith(b"%PDF")
    assert body.count(b"/Type /Page\n") == 1


def test_empty_case_opens(browser_page: BrowserPage, tmp_path: Path) -> None:
    """Nothing to draw is no error."""
    path = tmp_path / "empty.html"
    path.write_bytes(
        render_map(MapContent(make_case().with_graph((), ()), CheckResult("试例", None, None, ()))).encode()
    )
    page = browser_page.open(path)
    assert page.inner_text("#title") == "街道由谁管"
    assert browser_page.console_errors == []
