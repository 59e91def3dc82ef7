"""What people write today: the tables as a networkx graph, rules as loops over it."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path


def time_networkx(folder: Path) -> dict[str, Any]:
    """Build a ``MultiDiGraph`` and run three rules; return seconds and findings by rule."""
    import networkx as nx

    begin = time.perf_counter()
    graph = nx.MultiDiGraph()
    for file in sorted((folder / "nodes").glob("*.parquet")):
        for row in pl.read_parquet(file).iter_rows(named=True):
            graph.add_node(row["id"], family=file.stem, **row)
    for file in sorted((folder / "relations").glob("*.parquet")):
        type_ = file.name.partition(".")[0]
        for row in pl.read_parquet(file).iter_rows(named=True):
            graph.add_edge(row["start"], row["end"], type=type_, **row)
    result: dict[str, Any] = {"load": time.perf_counter() - begin, "rules": {}}
    for name, rule in RULES.items():
        begin = time.perf_counter()
        found = rule(graph)
        result["rules"][name] = (time.perf_counter() - begin, found)
    return result


def _in_force(data: dict[str, Any]) -> bool:
    return (data.get("status") or "现行") == "现行"


def _doubly_owned(graph: Any) -> int:
    found = 0
    for node, data in graph.nodes(data=True):
        if data["family"] == "事项":
            leads = {
                start
                for start, _, edge in graph.in_edges(node, data=True)
                if edge["type"] == "主责" and _in_force(edge)
            }
            found += len(leads) > 1
    return found


def _ownerless(graph: Any) -> int:
    found = 0
    for node, data in graph.nodes(data=True):
        if data["family"] != "事项":
            continue
        edges = [edge for _, _, edge in graph.in_edges(node, data=True)]
        if any(edge["type"] == "主责" and edge.get("status") != "建议" for edge in edges):
            continue
        stated = "主责" in (data.get("complete") or ())
        shared = data["kind"] != "权力" and any(edge["type"] in ("配合", "出资") and _in_force(edge) for edge in edges)
        found += stated or shared
    return found


def _unclear(graph: Any) -> int:
    vague = ("不清", "争议")
    found = 0
    for node, data in graph.nodes(data=True):
        if data["family"] == "事项":
            edges = graph.in_edges(node, data=True)
            found += data.get("clarity") in vague or any(
                edge.get("clarity") in vague and _in_force(edge) for _, _, edge in edges
            )
    return found


def _no_superior(graph: Any) -> int:
    above: dict[str, int] = defaultdict(int)
    for start, end, edge in graph.edges(data=True):
        if _in_force(edge):
            if edge["type"] == "隶属":
                above[start] += 1
            elif edge["type"] in ("派出机构", "领导", "管理"):
                above[end] += 1
    return sum(
        1
        for node, data in graph.nodes(data=True)
        if data["family"] == "组织" and "隶属" in (data.get("complete") or ()) and not above[node]
    )


RULES = {
    "duty/doubly-owned": _doubly_owned,
    "duty/ownerless": _ownerless,
    "duty/unclear": _unclear,
    "reporting/no-superior": _no_superior,
}
