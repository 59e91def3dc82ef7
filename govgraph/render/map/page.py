"""The page: pyvis's network in our own template, with style, script and data inlined and nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from govgraph.assets import visualizations_dir
from govgraph.model.vocabulary import vocabulary
from govgraph.render.map.bands import place_in_bands
from govgraph.render.map.force import MOST, place_by_force
from govgraph.render.map.hierarchy import place_in_hierarchy
from govgraph.render.map.network import build_network
from govgraph.render.map.owners import find_places
from govgraph.render.map.payload import clean, payload
from govgraph.render.map.placement import Layout, box_of
from govgraph.render.map.text import harmless
from govgraph.render.map.tree import LARGE, bundles, make_tree, opened_at_first, ranks

if TYPE_CHECKING:
    from pyvis.network import Network

    from govgraph.model.case import Case
    from govgraph.render.map.content import MapContent
    from govgraph.render.map.owners import Places
    from govgraph.render.map.placement import Box
    from govgraph.render.map.tree import Tree

VIS = "lib/vis-9.1.2/vis-network.min.js"
# The order in which the page's script files follow each other inside one function.
SCRIPTS = (
    "state",
    "data",
    "draw",
    "fold",
    "network",
    "panel",
    "findings",
    "details",
    "filters",
    "search",
    "table",
    "matrix",
    "story",
    "export",
    "keyboard",
    "main",
)


def render_map(content: MapContent) -> str:
    """Return the map as one HTML text; the same content gives the same text."""
    case = content.case
    places = find_places(case)
    boxes = {node.id: box_of(node) for node in case.nodes}
    tree = make_tree(case, places)
    body = payload(content)
    body["levels"], body["places"] = _standing(case, places)
    body["within"] = _within(case, places)
    if len(case.nodes) >= LARGE:
        layouts = {"bands": Layout({node.id: (0, 0) for node in case.nodes})}
        body["tree"] = _tree(case, places, tree)
    else:
        layouts = _layouts(case, places, tree, boxes)
    body["layouts"] = {name: _layout(layout, content) for name, layout in layouts.items()}
    return _fill(build_network(case, layouts["bands"], boxes), body, content)


def _layouts(case: Case, places: Places, tree: Tree, boxes: dict[str, Box]) -> dict[str, Layout]:
    bands = place_in_bands(case, places, boxes)
    layouts = {"bands": bands, "hierarchy": place_in_hierarchy(case, tree, boxes)}
    if len(case.nodes) <= MOST:
        layouts["force"] = place_by_force(case, bands, boxes)
    return layouts


def _tree(case: Case, places: Places, tree: Tree) -> dict[str, Any]:
    """Return what a large map needs to open step by step; the page places what is seen in rows by rank."""
    rows, names = ranks(case, places)
    return {
        "parents": tree.parents,
        "order": tree.order,
        "ranks": rows,
        "rankNames": names,
        "opened": opened_at_first(tree),
        "bundles": [{"name": bundle.name, "members": bundle.members} for bundle in bundles(case, tree)],
    }


def _standing(case: Case, places: Places) -> tuple[list[str | None], list[str | None]]:
    """Return the level and the place that each node stands at: its own, or its body's."""
    names = {term.rank: name for name, term in vocabulary().enumerations["levels"].items()}
    bodies = [places.body.get(node.id, node.id) for node in case.nodes]
    levels = [names[places.level[body]] if body in places.level else None for body in bodies]
    return levels, [harmless(places.place[body]) if body in places.place else None for body in bodies]


def _within(case: Case, places: Places) -> list[int]:
    """Return the relations that the bands already show: both ends stand in one card."""
    return [
        position
        for position, relation in enumerate(case.relations)
        if places.body.get(relation.start, relation.start) == places.body.get(relation.end, relation.end)
        and places.owner.get(relation.end) == relation.start
        and relation.status == "现行"
    ]


def _layout(layout: Layout, content: MapContent) -> dict[str, Any]:
    return {
        "positions": [layout.positions[node.id] for node in content.case.nodes],
        "frames": [
            [frame.role, _frame_name(frame.name, content), frame.left, frame.top, frame.width, frame.height]
            for frame in layout.frames
        ],
    }


def _frame_name(name: str, content: MapContent) -> str:
    node = content.case.by_id.get(name)
    return harmless(node.name if node else name)


def _fill(network: Network, body: dict[str, Any], content: MapContent) -> str:
    """Have pyvis render our template: it hands over nodes, edges and options."""
    from jinja2 import Environment, FileSystemLoader

    style, vis, script = _style(), _vis(), _script()
    words = json.loads((visualizations_dir() / "words.json").read_text(encoding="utf-8"))
    environment = Environment(
        loader=FileSystemLoader(str(visualizations_dir())), autoescape=True, keep_trailing_newline=True
    )
    environment.filters["json_text"] = json_text
    environment.globals.update(
        style=style,
        vis=vis,
        script=script,
        hashes=" ".join(f"'{digest(text)}'" for text in (vis, script)),
        data={**body, "words": words},
        language=content.language,
        title=harmless(content.case.meta.title.to(content.language)) or "govgraph",
        say={key: entry[content.language] for key, entry in words.items()},
        clean=clean,
    )
    network.path = "map.html"
    network.templateEnv = environment
    html: str = network.generate_html("map.html")
    return html


def json_text(value: Any) -> str:
    """Return JSON that may stand in a script element: ``<`` is escaped, so that nothing ends or opens one."""
    from markupsafe import Markup

    if isinstance(value, str):  # pyvis hands its options over as JSON text
        value = json.loads(value)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=list)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def digest(text: str) -> str:
    """Return the hash by which the page's Content-Security-Policy lets an inline script run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    return (visualizations_dir() / "map.css").read_text(encoding="utf-8").strip()


@cache
def _script() -> str:
    folder = visualizations_dir() / "js"
    parts = [(folder / f"{name}.js").read_text(encoding="utf-8").strip() for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n\n".join(parts) + "\n})();"


@cache
def _vis() -> str:
    """Return vis-network as pyvis ships it."""
    from importlib.resources import files

    text = (files("pyvis") / VIS).read_text(encoding="utf-8").strip()
    text = text.replace("</script", "<\\/script")
    return re.sub(r"\n//# sourceMappingURL=.*$", "", text)  # developer tools would look for that file
