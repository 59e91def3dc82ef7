"""A case as a ``networkx.MultiDiGraph``, and back: for the analyst's own measures.

Node keys are ids, edge keys are relation ids. Attributes are those of the stores (`store.schema`), what is unknown
left out; what is neither node nor relation travels in the graph's own attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.errors import NotFoundError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.fetch import case_of, node_of, relation_of
from govgraph.store.schema import case_row, node_row, relation_row

if TYPE_CHECKING:
    import networkx

    from govgraph.model.case import Case


def to_networkx(case: Case) -> networkx.MultiDiGraph:
    """Return the graph of a case; nodes carry ``family`` beside the columns of the stores.

    Only the relations that the case states are edges; the 上级 that follow from them are not.
    """
    import networkx

    graph = networkx.MultiDiGraph(**_filled(case_row(case)))
    for node in case.nodes:
        graph.add_node(node.id, family=node.family, **_filled(node_row(node, case.id)))
    for relation in case.relations:
        attributes = _filled(relation_row(relation, case.id))
        start, end = attributes.pop("start"), attributes.pop("end")
        graph.add_edge(start, end, relation.id)
        graph.edges[start, end, relation.id].update(attributes)  # not by keyword: one of them is called key
    return graph


def from_networkx(graph: networkx.MultiDiGraph) -> Case:
    """Return the case of a graph that `to_networkx` made; nodes and edges may have been changed, added or removed.

    Raises:
        NotFoundError: the graph does not say which case it is, or a node or an edge lacks what makes it one.
    """
    if "document" not in graph.graph:
        raise NotFoundError("the graph has no attribute 'document'; make it by to_networkx")
    families, types = vocabulary().families, vocabulary().relations
    nodes, relations = [], []
    for identity, values in graph.nodes(data=True):
        if values.get("family") not in families or not {"id", "name", "kind"} <= set(values):
            raise NotFoundError(f"the node {identity!r} lacks family, id, name or kind")
        columns = {key: value for key, value in values.items() if key != "family"}
        nodes.append(node_of(values["family"], columns))
    for start, end, identity, values in graph.edges(keys=True, data=True):
        if values.get("type") not in types or "id" not in values:
            raise NotFoundError(f"the edge {identity!r} from {start!r} to {end!r} lacks id or a type of the vocabulary")
        relations.append(relation_of(values["type"], start, end, values))
    return case_of(graph.graph["document"], graph.graph.get("file"), nodes, relations)


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}
