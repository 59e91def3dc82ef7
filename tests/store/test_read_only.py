"""Only reads pass, wherever a write may hide; names that look like clauses pass too."""

from __future__ import annotations

import pytest

from govgraph.check.library import load_queries
from govgraph.check.rules import load_rules
from govgraph.errors import QueryError
from govgraph.store.read_only import blank, refuse_writes

READS = {
    "plain": "MATCH (n:组织) RETURN n.name ORDER BY n.name",
    "word in a string": "MATCH (n) WHERE n.name CONTAINS 'CREATE (m)' OR n.name = \"DELETE n\" RETURN n.id",
    "string with an escaped quote": r"MATCH (n) WHERE n.name = 'it\'s SET n.x = 1' RETURN n.id",
    "word in comments": "// CREATE (n)\nMATCH (n) /* DELETE n;\nMERGE (m) */ RETURN n.id",
    "word in backticks": "MATCH (n:`CREATE`) RETURN n.`DELETE x` AS `SET n.x`",
    "property": "MATCH (n) WHERE n.set = 1 AND n.delete IS NULL RETURN n.created, n.load",
    "label and type": "MATCH (n:Set)-[r:CREATE|DELETE]->(m) RETURN n.id",
    "parameter": "MATCH (n) WHERE n.id = $set AND n.name = $create RETURN n.id",
    "name that begins so": "MATCH (created)-[settles]->(deleted) RETURN created.id, settles.id, deleted.id, merger.x",
    "alias": "MATCH (a)-[r]->(b) RETURN a.id AS start, b.id AS use, r.id AS set ORDER BY start, use",
    "map key": "RETURN {set: 1, delete: 2, load: 3} AS map",
    "variable in a list": "MATCH (set) RETURN [set, set] AS delete",
    "variable called start": "MATCH (start)-[use]->(stop) WHERE start.id < stop.id RETURN start.id",
    "subquery": "MATCH (n) CALL { WITH n MATCH (n)-->(m) RETURN count(m) AS c } RETURN n.id, c",
    "scoped subquery": "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN n.id, c",
    "procedure that reads": "CALL db.labels() YIELD label RETURN label",
    "trailing semicolon": "MATCH (n) RETURN n.id;\n  // the end\n",
    "explained": "EXPLAIN MATCH (n) RETURN n.id",
    "exists": "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) } RETURN n.id",
}

WRITES = {
    "create": ("CREATE (n:组织)", "line 1: the clause CREATE"),
    "lower case": ("match (n) set n.x = 1", "line 1: the clause SET"),
    "mixed case": ("MATCH (n)\nDeTaCh DeLeTe n", "line 2: the clause DETACH"),
    "no space": ("MATCH(n)SET n.x=1", "the clause SET"),
    "no space around the pattern": ("MERGE(n:组织{id:'x'})", "the clause MERGE"),
    "comment between": ("MATCH (n) SET/* x */n.x = 1", "the clause SET"),
    "comment inside": ("MATCH (n) /* ' */ REMOVE n.x // '", "the clause REMOVE"),
    "after a comment line": ("// 'harmless\nMATCH (n) DELETE n // '", "line 2: the clause DELETE"),
    "after a string": ("MATCH (n) WHERE n.name = '//' DELETE n", "the clause DELETE"),
    "after a string with a backslash": ("MATCH (n) WHERE n.name = '\\\\' DELETE n //'", "the clause DELETE"),
    "after backticks": ("MATCH (n) WITH n AS `b`SET n.x = 1", "the clause SET"),
    "after a backtick with a quote": ("MATCH (`'`) DELETE `'`", "the clause DELETE"),
    "in a subquery": ("MATCH (n) CALL { WITH n SET n.x = 1 } RETURN n", "the clause SET"),
    "in a loop": ("MATCH (n) FOREACH (x IN [1] | SET n.x = x)", "the clause FOREACH"),
    "explained": ("PROFILE CREATE (n:组织)", "the clause CREATE"),
    "delete of an expression": ("MATCH (n) WITH [n] AS list DELETE list[0]", "the clause DELETE"),
    "path that is created": ("CREATE p = (a:组织)-[:管理]->(b:组织)", "the clause CREATE"),
    "load from a file": ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "the clause LOAD"),
    "load in ladybug": ("LOAD FROM 'x.csv' RETURN *", "the clause LOAD"),
    "copy": ("COPY 组织 FROM 'x.csv'", "the clause COPY"),
    "copy to a file": ("COPY (MATCH (n) RETURN n.id) TO 'x.csv'", "the clause COPY"),
    "profiled copy": ("PROFILE COPY (MATCH (n) RETURN n.id) TO 'x.csv'", "the clause COPY"),
    "drop": ("  \n drop table 组织", "line 2: the clause DROP"),
    "drop after a semicolon": ("RETURN 1;\nDROP TABLE 组织", "line 2: the clause DROP"),
    "alter": ("ALTER USER neo4j SET PASSWORD 'x'", "the clause ALTER"),
    "other database": ("USE system SHOW USERS", "the clause USE"),
    "export": ("EXPORT DATABASE '/tmp/x'", "the clause EXPORT"),
    "install": ("INSTALL httpfs", "the clause INSTALL"),
    "transaction": ("BEGIN TRANSACTION", "the clause BEGIN"),
    "two statements": ("RETURN 1;\n\nRETURN 2", "line 3: a second statement"),
    "unknown procedure": (
        "CALL apoc.create.node(['X'], {})",
        "the procedure apoc.create.node is not known to only read",
    ),
    "quoted procedure": ("CALL `apoc`.`create`.`node`()", "the procedure `apoc`.`create`.`node` is not known"),
    "setting": ("CALL threads=1", "the procedure threads is not known"),
    "procedure like a reading one": ("CALL db.labels2()", "the procedure db.labels2 is not known"),
}


@pytest.mark.parametrize("name", READS)
def test_read_passes(name: str) -> None:
    """A query that only reads is not refused for the words it holds."""
    refuse_writes(READS[name])


@pytest.mark.parametrize("name", WRITES)
def test_write_is_refused_with_clause_and_line(name: str) -> None:
    """A write is refused, and the message says which clause stands in which line."""
    cypher, told = WRITES[name]
    with pytest.raises(QueryError) as caught:
        refuse_writes(cypher)
    assert told in str(caught.value)


def test_all_shipped_cypher_reads() -> None:
    """Every rule and every query of the library passes."""
    for shipped in (*load_rules(), *load_queries()):
        refuse_writes(shipped.cypher)


def test_blank_keeps_lines_and_columns() -> None:
    """What is blanked out leaves everything else where it was."""
    text = "MATCH (n) // 甲\nWHERE n.`a b` = 'x\ny' RETURN n"
    assert len(blank(text)) == len(text)
    assert blank(text).replace(" ", "") == "MATCH(n)\nWHEREn.`xxx`=\nRETURNn"
