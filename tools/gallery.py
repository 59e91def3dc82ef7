"""Write the gallery: a map of each shipped case, and an index of them, in ``visualizations/``.

    python tools/generate.py gallery               write the pages
    python tools/generate.py gallery --pictures    and photograph each map in Chromium, for the index and the README
    python tools/generate.py gallery --check       fail, naming each page that differs from what would be written

Pages are the same bytes on every machine; pictures are not, so only their presence is checked.
"""

from __future__ import annotations

import html
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from govgraph.check.rules import load_rules
from govgraph.check.run import check_case
from govgraph.model.case import Case
from govgraph.read.source import read_case, shipped_cases
from govgraph.render.map.content import MapContent, cards_of
from govgraph.render.map.page import render_map

FOLDER = Path(__file__).resolve().parent.parent / "visualizations"
WIDTH, HEIGHT = 1366, 768
MAPS_HERE = "<!-- maps -->"  # in visualizations/gallery.html


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map of one case: where it goes, its page, and what the index says of it."""

    name: str
    case: Case
    page: str
    errors: int
    warnings: int
    first: str


def draw(source: str) -> Drawn:
    """Return the map of a shipped case, named after its English alias."""
    case = read_case(source)
    rules = load_rules()
    check = check_case(case, rules=rules)
    violations = [finding for finding in check.findings if finding.status == "violated"]
    return Drawn(
        case.meta.aliases[0] if case.meta.aliases else source,
        case,
        render_map(MapContent(case, check, cards_of(rules))),
        sum(finding.severity == "error" for finding in violations),
        sum(finding.severity == "warning" for finding in violations),
        violations[0].message.zh if violations else "",
    )


def index(maps: list[Drawn]) -> str:
    """Return the page that leads to the maps."""
    items = []
    for entry in maps:
        title, name = entry.case.meta.title, entry.name
        items.append(
            f'<li><a href="maps/{name}.html">'
            f'<img src="maps/{name}.png" width="{WIDTH}" height="{HEIGHT}" loading="lazy" alt="">'
            f'<h2>{html.escape(title.zh)}</h2><p lang="en">{html.escape(title.en)}</p>'
            f"<p>{len(entry.case.nodes)} 个节点，{len(entry.case.relations)} 条关系；"
            f"<b>{entry.errors}</b> 处断裂，{entry.warnings} 处需留意。{html.escape(entry.first)}</p></a></li>"
        )
    frame = (FOLDER / "gallery.html").read_text(encoding="utf-8")
    return frame.replace(MAPS_HERE, "\n".join(items))


def pages() -> dict[Path, str]:
    """Return all pages of the gallery by their paths."""
    maps = [draw(source) for source in shipped_cases()]
    result = {FOLDER / "maps" / f"{entry.name}.html": entry.page for entry in maps}
    return {**result, FOLDER / "index.html": index(maps)}


def photograph(paths: list[Path]) -> None:
    """Write a picture beside each map, as a reader sees it at first."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("GOVGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        for path in paths:
            page.goto(path.as_uri())
            page.wait_for_selector("#canvas[data-nodes]")
            page.wait_for_timeout(500)
            page.screenshot(path=path.with_suffix(".png"))
        browser.close()


def stale(wanted: dict[Path, str]) -> list[Path]:
    """Return the pages that differ, the pictures that are missing, and the maps of no shipped case."""
    old = [path for path, text in wanted.items() if not path.is_file() or path.read_bytes() != text.encode()]
    old += [
        path.with_suffix(".png")
        for path in wanted
        if path.parent.name == "maps" and not path.with_suffix(".png").is_file()
    ]
    return old + [path for path in sorted((FOLDER / "maps").glob("*.html")) if path not in wanted]


def main(arguments: list[str]) -> int:
    """Write the gallery, or check it."""
    wanted = pages()
    if "--check" in arguments:
        old = stale(wanted)
        for path in old:
            print(f"{path.relative_to(FOLDER.parent)} is not current: run make gallery", file=sys.stderr)
        return 1 if old else 0
    (FOLDER / "maps").mkdir(exist_ok=True)
    for path in (FOLDER / "maps").glob("*.html"):
        if path not in wanted:
            path.unlink()
            path.with_suffix(".png").unlink(missing_ok=True)
    for path, text in wanted.items():
        path.write_bytes(text.encode())
    if "--pictures" in arguments:
        photograph([path for path in wanted if path.parent.name == "maps"])
    print(f"{len(wanted)} pages written")
    return 0
