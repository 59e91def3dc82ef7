"""Bottlenecks of coordination: bodies without which others that share duties cannot reach one another.

The network has bodies as nodes. They are tied by 协调 and 成员, by a superior and its inferior that share a duty, and
by sharing as such: a duty's lead with each supporter, and whoever coordinates it with each sharer. A body is a
bottleneck when the network falls apart without it (an articulation point), at least two of the parts are groups and
not single supporters around a lead, and several duties have sharers in more than one of those groups: without the
body they have no path left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, Any]
LEAD, SUPPORT, COORDINATES, LINK = "主责", "配合", "统筹", "联系"
CLASS_OF_BODIES = "机关群体"
SEED = 0


@dataclass(slots=True)
class Network:
    """Bodies by id, their ties, and the sharers of each duty."""

    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    ties: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    duties: dict[str, str] = field(default_factory=dict)
    sharers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    relations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add_body(self, identity: str, name: str, kind: str, size: int) -> None:
        """Add a body; a class of bodies counts as two at least."""
        self.names[identity] = name
        self.kinds[identity] = kind
        self.sizes[identity] = max(int(size), 2 if kind == CLASS_OF_BODIES else 1)

    def tie(self, one: str, other: str) -> None:
        """Tie two bodies."""
        if one != other:
            self.ties[one].add(other)
            self.ties[other].add(one)


def analyze(rows: Iterable[Row], parameters: Mapping[str, Any]) -> list[Row]:
    """Return one row for each bottleneck, ordered by the body's id.

    Args:
        rows: ties as the query returns them: ``tie`` is 主责, 配合, 统筹 (body → duty) or 联系 (body → body).
        parameters: ``ordinary``, ``duties``, ``members``, ``named`` and ``exact``, explained in the rule's header.
    """
    network = _network(rows)
    cuts = _cut_bodies(network.ties) & _candidates(network, parameters)
    found = [row for body in sorted(cuts) if (row := _without(body, network, parameters))]
    if not found:
        return []
    between = _betweenness(network, {row["subject"] for row in found}, int(parameters["exact"]))
    return [{**row, "betweenness": round(between[row["subject"]], 2)} for row in found]


def _betweenness(network: Network, bodies: set[str], exact: int) -> dict[str, float]:
    """Return the betweenness of the bodies, each within its own component of the network."""
    import networkx as nx

    result: dict[str, float] = {}
    for body in sorted(bodies):
        if body in result:
            continue
        component = sorted([body, *(other for part in _parts(network.ties, body) for other in part)])
        graph = nx.Graph()
        graph.add_nodes_from(component)
        graph.add_edges_from((one, other) for one in component for other in sorted(network.ties[one]))
        drawn = min(len(component), exact)
        result |= nx.betweenness_centrality(graph, k=drawn, seed=SEED)
    return result


def _cut_bodies(ties: Mapping[str, set[str]]) -> set[str]:
    """Return the articulation points of the network (Hopcroft and Tarjan).

    Not by the graph library: its import costs more than a whole check, and most checks find none.
    """
    found: set[str] = set()
    entered: dict[str, int] = {}
    lowest: dict[str, int] = {}
    for root in sorted(ties):
        if root in entered:
            continue
        entered[root] = lowest[root] = len(entered)
        branches = 0
        path = [(root, iter(ties[root]))]
        while path:
            body, others = path[-1]
            for other in others:
                if other not in entered:
                    entered[other] = lowest[other] = len(entered)
                    path.append((other, iter(ties[other])))
                    break
                lowest[body] = min(lowest[body], entered[other])
            else:
                path.pop()
                if not path:
                    continue
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[body])
                if above == root:
                    branches += 1
                elif lowest[body] >= entered[above]:
                    found.add(above)
        if branches > 1:
            found.add(root)
    return found


def _parts(ties: Mapping[str, set[str]], body: str) -> list[list[str]]:
    """Return the parts that what is tied to ``body`` falls into without it."""
    seen = {body}
    parts = []
    for start in sorted(ties[body]):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for here in part:  # grows while it is walked
            fresh = ties[here] - seen
            seen |= fresh
            part.extend(fresh)
        parts.append(sorted(part))
    return sorted(parts)


def _network(rows: Iterable[Row]) -> Network:
    network = Network()
    by_duty: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        body, target = row["subject"], row["target"]
        network.add_body(body, row["name"], row["kind"], row["size"])
        network.relations[body] += row["relations"]
        if row["tie"] == LINK:
            network.add_body(target, row["target_name"], row["target_kind"], row["target_size"])
            network.relations[target] += row["relations"]
            network.tie(body, target)
            continue
        network.duties[target] = row["target_name"]
        by_duty[target][row["tie"]].append(body)
    for duty, roles in by_duty.items():
        network.sharers[duty] = {*roles[LEAD], *roles[SUPPORT]}
        for lead in roles[LEAD]:
            for supporter in roles[SUPPORT]:
                network.tie(lead, supporter)
        for coordinator in roles[COORDINATES]:
            for sharer in network.sharers[duty]:
                network.tie(coordinator, sharer)
    return network


def _candidates(network: Network, parameters: Mapping[str, Any]) -> set[str]:
    """Return the bodies that may be bottlenecks, cheaply: most cases end here, before the graph library is imported."""
    ordinary = set(parameters["ordinary"])
    members = int(parameters["members"])

    def may_lead_to_a_group(body: str) -> bool:
        return network.sizes[body] >= members or len(network.ties[body]) > 1

    return {
        body
        for body, others in network.ties.items()
        if network.kinds[body] not in ordinary and sum(map(may_lead_to_a_group, others)) > 1
    }


def _without(body: str, network: Network, parameters: Mapping[str, Any]) -> Row | None:
    """Return what is lost without ``body``, or None where it is no bottleneck."""
    parts = _parts(network.ties, body)
    groups = [part for part in parts if sum(network.sizes[other] for other in part) >= int(parameters["members"])]
    group_of = {other: number for number, part in enumerate(groups) for other in part}
    lost: dict[str, set[int]] = {}
    for duty in sorted(network.sharers):
        reached = {group_of[other] for other in network.sharers[duty] - {body} if other in group_of}
        if len(reached) > 1:
            lost[duty] = reached
    if len(lost) < int(parameters["duties"]):
        return None
    return _finding(body, lost, groups, network, int(parameters["named"]))


def _finding(body: str, lost: dict[str, set[int]], groups: list[list[str]], network: Network, named: int) -> Row:
    apart = sorted({number for reached in lost.values() for number in reached})
    names = sorted(f"“{network.duties[duty]}”" for duty in lost)
    return {
        "subjects": [body, *sorted(lost)],
        "relations": sorted(set(network.relations[body])),
        "status": "violated",
        "subject": body,
        "name": network.names[body],
        "parts": [_group(groups[number], lost, network, named) for number in apart],
        "number": len(lost),
        "duties": [*names[:named], *(["…"] if len(names) > named else [])],
    }


def _group(part: list[str], lost: dict[str, set[int]], network: Network, named: int) -> str:
    """Name the bodies of a group that share a lost duty."""
    concerned = {other for duty in lost for other in network.sharers[duty]}
    names = sorted(network.names[other] for other in part if other in concerned)
    return "“" + "·".join([*names[:named], *(["…"] if len(names) > named else [])]) + "”"
