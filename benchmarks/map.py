"""How fast a map opens and moves, against pyvis as it comes, on the same made-up arrangements, in Chromium.

``python -m benchmarks.map`` writes docs/performance-map.md. Frame times are those between animation frames while
the mouse drags the map for two seconds; a page that cannot keep up delivers fewer frames.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govgraph.check.findings import CheckResult
from govgraph.model.case import Case, Meta, Node, Relation, Text, relation_id
from govgraph.render.map.content import MapContent
from govgraph.render.map.page import render_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = (1500, 20000)
DRAG_SECONDS = 2.0
SMOOTH = 60.0  # milliseconds between frames that nobody takes for a stall
PATIENCE = 90.0  # seconds after which a page counts as not drawn
PYVIS = (("pyvis, physics off", False), ("pyvis as it comes", True))
PYVIS_LIMIT = 1500  # pyvis's own page of 20,000 nodes does not draw within the patience
REPORT = Path(__file__).parent.parent / "docs" / "performance-map.md"


def make_arrangement(size: int) -> Case:
    """Return a case of about ``size`` nodes: a province down to communities, each street with duties, money, posts."""
    nodes: list[Node] = []
    relations: list[Relation] = []

    def add(family: str, kind: str, name: str, **properties: str) -> str:
        node = Node(f"规模/{name}", family, name, kind, properties)
        nodes.append(node)
        return node.id

    def relate(start: str, type_: str, end: str, **properties: str) -> None:
        relations.append(Relation(relation_id(start, type_, end, properties), type_, start, end, properties))

    province = add("组织", "省政府", "省政府", level="省", place="省")
    number = 0
    while len(nodes) < size:
        number += 1
        if number % 30 == 1:
            if number % 240 == 1:
                city = add("组织", "市政府", f"第{number}市", level="市", place=f"市{number}")
                relate(province, "领导", city, dimension="行政")
            district = add("组织", "区", f"第{number}区", level="区县", place=f"区{number}")
            zone = add("组织", "高新区管委会", f"第{number}高新区", level="区县", place=f"高新区{number}")
            relate(city, "领导", district, dimension="行政")
            relate(city, "派出机构", zone, dimension="行政")
        street = add("组织", "街道", f"第{number}街道", level="镇街", place=f"街道{number}")
        relate(district, "管理", street, dimension="人事")
        relate(zone, "管理", street, dimension="日常")
        relate(district, "拨款", street, dimension="经费")
        for part in range(4):
            community = add("组织", "社区", f"第{number}街道社区{part}", level="村社", place=f"街道{number}")
            relate(street, "指导", community, dimension="业务")
            duty = add("事项", "职责", f"第{number}街道职责{part}")
            relate(street, "主责", duty)
            relate(community, "配合", duty)
            relate(zone, "审批", duty)
        money = add("资源", "资金", f"第{number}街道资金")
        relate(street, "持有", money)
    case = Case(Meta("规模", Text(f"{size} 个节点", f"{size} nodes")), (), tuple(nodes[:size]))
    known = {node.id for node in case.nodes}
    return case.with_graph(case.nodes, [r for r in relations if r.start in known and r.end in known])


def pyvis_page(case: Case, folder: Path, *, physics: bool) -> Path:
    """Write the graph as pyvis does by default (its own template, all in one file), or with physics switched off."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for node in case.nodes:
        network.add_node(node.id, label=node.name)
    for relation in case.relations:
        network.add_edge(relation.start, relation.end, title=relation.type)
    network.toggle_physics(physics)
    path = folder / "pyvis.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: its size, seconds to write it, to the first drawn frame and to rest, frames/s."""

    name: str
    nodes: int
    megabytes: float
    written: float
    drawn: float | None
    still: float | None
    rate: float | None
    worst: float | None


# Run before the page's own scripts: notes when the canvas first holds a picture, and the time of every frame.
PROBE = """
window.__frames = [];
(function frame(now) { window.__frames.push(now); requestAnimationFrame(frame); })(0);
const fill = CanvasRenderingContext2D.prototype.fill;
CanvasRenderingContext2D.prototype.fill = function (...given) {
  if (window.__drawn === undefined && this.canvas.isConnected) {
    window.__drawn = null;
    requestAnimationFrame((now) => { window.__drawn = now; });
  }
  return fill.apply(this, given);
};
"""


def measure(browser: Browser, name: str, case: Case, path: Path, written: float) -> Measured:
    """Open a page and drag its map."""
    from playwright.sync_api import Error

    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(PROBE)
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    size = path.stat().st_size / 1e6
    drawn = still = rate = worst = None
    try:
        page.goto(path.as_uri(), wait_until="commit")
        drawn = _first_frame(page)
        still = _rest(page)
        frames = _drag(page)
        if frames:
            rate, worst = 1000 * len(frames) / sum(frames), max(frames)
    except (Error, TimeoutError):
        pass  # what was not reached within the patience stays None
    page.close()
    return Measured(name, len(case.nodes), size, written, drawn, still, rate, worst)


def _first_frame(page: Page) -> float:
    """Return the seconds until something was drawn; asked for now and then, since the page allows no eval."""
    deadline = time.monotonic() + PATIENCE
    while (moment := page.evaluate("window.__drawn")) is None:
        if time.monotonic() > deadline:
            raise TimeoutError("nothing drawn")
        time.sleep(0.1)
    return float(moment) / 1000


def _rest(page: Page) -> float | None:
    """Wait until the page has been answering quickly for half a second; return the seconds since it opened."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        gaps = page.evaluate(
            "new Promise(done => setTimeout(() => { const f = window.__frames.slice(-25);"
            " done(f.slice(1).map((t, i) => t - f[i])) }, 600))"
        )
        if gaps and max(gaps) < SMOOTH:
            return float(page.evaluate("performance.now()")) / 1000 - 0.6
    return None


def _drag(page: Page) -> list[float]:
    box = page.evaluate(
        "(() => { const b = document.querySelector('canvas').getBoundingClientRect();"
        " return [b.left, b.top, b.width, b.height] })()"
    )
    x, y = box[0] + box[2] * 0.5, box[1] + min(box[3], 700) * 0.9
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("window.__frames.length = 0")
    begin = time.monotonic()
    step = 0
    while time.monotonic() - begin < DRAG_SECONDS:
        step += 1
        page.mouse.move(x + 120 * ((step % 40) / 20 - 1), y - 60 * ((step % 26) / 13 - 1))
    frames = page.evaluate("window.__frames.slice()")
    page.mouse.up()
    return [later - earlier for earlier, later in pairwise(frames)]


def run() -> list[Measured]:
    """Measure all pages."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    results = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for size in SIZES:
            case = make_arrangement(size)
            begin = time.perf_counter()
            html = render_map(MapContent(case, CheckResult(case.id, None, None, ())))
            written = time.perf_counter() - begin
            path = folder / f"{size}.html"
            path.write_bytes(html.encode())
            results.append(measure(browser, "govgraph", case, path, written))
            for label, physics in PYVIS if size <= PYVIS_LIMIT else ():
                begin = time.perf_counter()
                path = pyvis_page(case, folder, physics=physics)
                results.append(measure(browser, label, case, path, time.perf_counter() - begin))
        browser.close()
    return results


def _cell(value: float | None, unit: str = "") -> str:
    return f"not within {PATIENCE:.0f} s" if value is None else f"{value:.3g}{unit}"


def report(results: list[Measured]) -> str:
    """Return the measurements as a Markdown page."""
    lines = [
        "# How fast a map opens",
        "",
        "Made by `python -m benchmarks.map`: headless Chromium at 1366 × 768 without a GPU, two cores.",
        "*Drawn* is the first frame with the graph on it, *at rest* when frames come within 60 ms again (asked every",
        "0.6 s), *frames* those a second while the map is dragged for two. *pyvis as it comes* has physics on.",
        "",
        "| page | nodes | file | written | drawn | at rest | frames | longest frame |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for entry in results:
        cells = (
            entry.name, str(entry.nodes), f"{entry.megabytes:.1f} MB", _cell(entry.written, " s"),
            _cell(entry.drawn, " s"), _cell(entry.still, " s"), _cell(entry.rate, " /s"), _cell(entry.worst, " ms"),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure, print and write the page."""
    results = run()
    text = report(results)
    REPORT.write_text(text, encoding="utf-8")
    rows: list[dict[str, Any]] = [{name: getattr(entry, name) for name in Measured.__slots__} for entry in results]
    print(json.dumps(rows, indent=1))
    print(text)


if __name__ == "__main__":
    main()
