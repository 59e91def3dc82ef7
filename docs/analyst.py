"""An analyst's session: one case, asked in Cypher, measured with networkx, and put on a server with py2neo.

Run it with ``python docs/analyst.py [CASE]``; set NEO4J_URI and NEO4J_PASSWORD for the last part.
"""

# ruff: noqa: T201 - a session talks to the one who runs it
from __future__ import annotations

import os
import sys

from govgraph.read.source import read_case
from govgraph.render.networkx_graph import to_networkx
from govgraph.render.tables import table_text
from govgraph.store.embedded import EmbeddedStore

# 1. A case: a shipped one by name, a file, or a folder of tables.
case = read_case(sys.argv[1] if len(sys.argv) > 1 else "园区带街")
print(f"{case.meta.title.zh}: {len(case.nodes)} nodes, {len(case.relations)} relations")

# 2. Cypher on the embedded engine: who stands above whom, counted by dimension.
LINES = """
MATCH (body)-[r:上级]->(superior)
WHERE r.status = '现行'
WITH body.name AS body, r.dimension AS dimension, count(DISTINCT r.place) AS lines
WHERE lines > 1
RETURN body, dimension, lines
ORDER BY lines DESC, body, dimension
"""
with EmbeddedStore() as store:
    store.load(case)
    print("\nBodies with superiors of several places in one dimension")
    print(table_text(store.query(LINES)))

# 3. networkx: which bodies hold the arrangement together. Only what is in force counts, and only bodies.
import networkx as nx  # noqa: E402 - imported where it is first used, as in a notebook

graph = to_networkx(case)
bodies = [node for node, data in graph.nodes(data=True) if data["family"] == "组织"]
in_force = [
    (start, end)
    for start, end, data in graph.edges(data=True)
    if data["status"] == "现行" and start in bodies and end in bodies and start != end
]
undirected = nx.Graph()
undirected.add_nodes_from(sorted(bodies))
undirected.add_edges_from(sorted(in_force))
between = nx.betweenness_centrality(undirected)
cuts = set(nx.articulation_points(undirected))
print("\nBodies that most paths between others run through (* others are cut off without it)")
for node in sorted(bodies, key=lambda node: (-between[node], node))[:5]:
    print(f"  {between[node]:.3f} {'*' if node in cuts else ' '} {graph.nodes[node]['name']}")

# 4. py2neo: the same case on a server, and back.
uri = os.environ.get("NEO4J_URI")
if uri is None:
    print("\nNo server: set NEO4J_URI (bolt://…) and NEO4J_PASSWORD to go on with py2neo")
else:
    from py2neo import Graph

    from govgraph.render.py2neo_graph import from_subgraph, merge_subgraph, read_subgraph, to_subgraph

    user = os.environ.get("NEO4J_USER", "neo4j")
    server = Graph(uri, auth=(user, os.environ["NEO4J_PASSWORD"]))
    merge_subgraph(server, to_subgraph(case))
    again = from_subgraph(read_subgraph(server, case.id))
    print(f"\nOn {uri}: {len(again.nodes)} nodes, {len(again.relations)} relations; equal: {again == case}")
    print("Kinds are labels there, so plain Cypher is short: MATCH (s:街道)-[:上级]->(b) …")
    above = "MATCH (s:街道)-[r:上级]->(b) WHERE r.case_id = $id RETURN DISTINCT b.name ORDER BY b.name"
    answer = server.run(above, id=case.id)
    print("  " + "、".join(record[0] for record in answer))
    server.service.connector.close()
