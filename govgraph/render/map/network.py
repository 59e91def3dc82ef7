"""The pyvis network of a case: nodes at their places, relations with their line, nothing left to physics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary
from govgraph.render.map.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyvis.network import Network

    from govgraph.model.case import Case, Relation
    from govgraph.render.map.placement import Box, Layout

SPREAD = 0.16  # between parallel relations, as vis-network's roundness
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 10**9,
    },
    "nodes": {"chosen": False, "physics": False},
    "edges": {"chosen": False, "physics": False, "arrowStrikethrough": False},
}
LARGE = 800
"""From this many nodes on, relations are hidden while the map moves."""


def build_network(case: Case, layout: Layout, boxes: Mapping[str, Box]) -> Network:
    """Return the pyvis network; node ids are positions in ``case.nodes``, relations likewise."""
    from pyvis.network import Network
    from pyvis.node import Node

    network = Network(directed=True)
    kinds = vocabulary()
    for index, node in enumerate(case.nodes):
        kind = kinds.kind(node.family, node.kind)
        x, y = layout.positions[node.id]
        box = boxes[node.id]
        label = "\n".join(box.lines)
        drawn = Node(index, kind.shape, label, color=kind.color, x=x, y=y, w=box.width, h=box.height)
        network.nodes.append(drawn.options)
    # In bulk, like the nodes: ``add_node`` and ``add_edge`` compare each new one with all others.
    network.edges = _edges(case)
    moving = len(case.nodes) > LARGE
    interaction = {**OPTIONS["interaction"], "hideEdgesOnDrag": moving, "hideEdgesOnZoom": moving}
    network.options = {**OPTIONS, "interaction": interaction}
    return network


def _edges(case: Case) -> list[dict[str, Any]]:
    index = {node.id: position for position, node in enumerate(case.nodes)}
    bundles: dict[tuple[int, int], list[int]] = {}
    for position, relation in enumerate(case.relations):
        ends = sorted((index[relation.start], index[relation.end]))
        bundles.setdefault((ends[0], ends[1]), []).append(position)
    edges: list[dict[str, Any]] = []
    for (low, high), bundle in bundles.items():
        for rank, position in enumerate(bundle):
            relation = case.relations[position]
            start, end = index[relation.start], index[relation.end]
            bend = 0.0 if low == high else SPREAD * (rank - (len(bundle) - 1) / 2)
            edges.append({"id": position, "from": start, "to": end, **line_of(relation), **_curve(bend, start > end)})
    return sorted(edges, key=lambda edge: int(edge["id"]))


def line_of(relation: Relation) -> dict[str, Any]:
    """Return how a relation is drawn: colour, width and arrow by group, dashes by status."""
    words = vocabulary()
    style = theme().groups[words.relations[relation.type].group]
    dashes = theme().lines[words.enumerations["statuses"][relation.status].line]
    line: dict[str, Any] = {
        "color": style.color,
        "width": style.width,
        "arrows": {"to": {"enabled": True, "type": style.arrow, "scaleFactor": 0.55}},
    }
    return {**line, "dashes": dashes} if dashes else line


def _curve(bend: float, backwards: bool) -> dict[str, Any]:
    """Bend parallel relations apart; a relation the other way sees the same side as its other side."""
    bend = -bend if backwards else bend
    if not bend:
        return {"smooth": False}
    side = "curvedCW" if bend > 0 else "curvedCCW"
    return {"smooth": {"enabled": True, "type": side, "roundness": round(abs(bend), 3)}}
