# ruff: noqa: E501 - lines of SQL and of Markdown tables read better whole
"""Nine rules in SQL by hand on DuckDB: the limit that a rule file in Cypher is held against.

Each query says what the rule says, on the tables as they come; the count of rows is the count of findings.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary
from govgraph.store.schema import node_columns, relation_columns

if TYPE_CHECKING:
    from pathlib import Path

IN_FORCE = "coalesce(status, '现行')"

SUPERIOR = """
CREATE TABLE superior AS
SELECT r.lower, r.upper, r.dimension, r.status, r.role, r.joint, r.basis, coalesce(o.place, r.upper) AS place FROM (
  SELECT "start" AS lower, "end" AS upper, dimension, status, role, "joint", basis FROM "隶属"
  UNION ALL SELECT "end", "start", dimension, status, role, "joint", basis FROM "派出机构"
  UNION ALL SELECT "end", "start", dimension, status, role, "joint", basis FROM "领导"
  UNION ALL SELECT "end", "start", dimension, status, role, "joint", basis FROM "管理") r
LEFT JOIN "组织" o ON o.id = r.upper
"""

RULES = {
    "duty/doubly-owned": """
        SELECT a."end" FROM "主责" a JOIN "主责" b ON a."end" = b."end" AND a."start" < b."start"
        JOIN "事项" d ON d.id = a."end"
        WHERE a.status = '现行' AND b.status = '现行' AND d.status = '现行' AND a."joint" IS NOT DISTINCT FROM b."joint"
        GROUP BY 1""",
    "duty/ownerless": """
        SELECT d.id FROM "事项" d ANTI JOIN (SELECT * FROM "主责" WHERE status <> '建议') m ON m."end" = d.id
        LEFT JOIN (SELECT DISTINCT "end" FROM "配合" WHERE status = '现行'
                   UNION SELECT "end" FROM "出资" WHERE status = '现行') s ON s."end" = d.id
        ANTI JOIN "包含" p ON p."end" = d.id
        WHERE d.status = '现行' AND (list_contains(d.complete, '主责') OR (d.kind <> '权力' AND s."end" IS NOT NULL))""",
    "duty/unclear": """
        SELECT id FROM "事项" WHERE status = '现行' AND clarity IN ('不清', '争议')
        UNION SELECT "end" FROM "主责" WHERE status = '现行' AND clarity IN ('不清', '争议')
        UNION SELECT "end" FROM "配合" WHERE status = '现行' AND clarity IN ('不清', '争议')
        UNION SELECT "end" FROM "审批" WHERE status = '现行' AND clarity IN ('不清', '争议')
        UNION SELECT "end" FROM "出资" WHERE status = '现行' AND clarity IN ('不清', '争议')""",
    "duty/unfunded": """
        SELECT h."start" FROM "持有" h JOIN "资源" r ON r.id = h."end" JOIN "需要" n ON n."end" = r.id
        JOIN "主责" m ON m."start" = h."start" AND m."end" = n."start"
        WHERE r.kind = '资金' AND n.status = '现行' AND m.status = '现行'
          AND (h.status IN ('缺失', '受阻') OR (h.status = '现行' AND h.extent IN ('部分', '无'))) GROUP BY 1""",
    "duty/imposed": """
        SELECT i.about FROM "摊派" i JOIN "事项" d ON d.id = i.about JOIN "组织" t ON t.id = i."end"
        ANTI JOIN (SELECT * FROM "准入" WHERE status = '现行') p ON p."end" = i.about
        ANTI JOIN (SELECT * FROM "出资" WHERE status = '现行') f ON f."end" = i.about
        WHERE i.status = '现行' AND coalesce(t.level, '镇街') IN ('镇街', '村社') GROUP BY 1""",
    "reporting/dual-reporting": """
        WITH RECURSIVE pair AS (
          SELECT a.lower, a.upper AS s, b.upper AS t, a.place AS p, b.place AS q, a.dimension
          FROM superior a JOIN superior b ON a.lower = b.lower AND a.dimension = b.dimension AND a.place < b.place
          WHERE a.status = '现行' AND b.status = '现行'
            AND (a."joint" IS NULL OR b."joint" IS NULL OR a."joint" <> b."joint")
            AND (a.basis IS NULL OR b.basis IS NULL OR a.basis <> b.basis)),
        up AS (
          SELECT DISTINCT s AS origin, s AS node, 0 AS steps FROM pair UNION SELECT DISTINCT t, t, 0 FROM pair
          UNION SELECT up.origin, x.upper, up.steps + 1 FROM up JOIN superior x ON x.lower = up.node WHERE up.steps < 4),
        line AS (SELECT up.origin, o.place, up.node FROM up JOIN "组织" o ON o.id = up.node WHERE up.steps > 0)
        SELECT lower, dimension FROM pair
        WHERE NOT EXISTS (SELECT 1 FROM line l WHERE l.origin = pair.s AND (l.place = pair.q OR l.node = pair.t))
          AND NOT EXISTS (SELECT 1 FROM line l WHERE l.origin = pair.t AND (l.place = pair.p OR l.node = pair.s))
        GROUP BY 1, 2""",
    "reporting/no-superior": """
        SELECT x.id FROM "组织" x ANTI JOIN (SELECT * FROM superior WHERE status = '现行') s ON s.lower = x.id
        WHERE x.status = '现行' AND (list_contains(x.complete, '隶属') OR list_contains(x.complete, '派出机构'))
          AND x.kind NOT IN ('省委', '省政府', '市委', '市政府', '人大', '政协', '领导小组', '协调机构', '村', '社区', '自治组织',
                             '企业', '社会组织', '机关群体')""",
    "funding/evaluated-not-funded": """
        SELECT k."end", k."start" FROM "考核" k JOIN "拨款" p ON p."start" = k."start" AND p."end" = k."end"
        JOIN "组织" e ON e.id = k."start"
        WHERE k.status = '现行' AND p.status IN ('受阻', '缺失') AND NOT EXISTS (
          SELECT 1 FROM "拨款" q JOIN "组织" f ON f.id = q."start"
          WHERE q."end" = k."end" AND q.status = '现行' AND (f.id = e.id OR f.place = e.place)) GROUP BY 1, 2""",
    "reporting/unrecognized-transfer": """
        SELECT n."end" FROM "不认可" n JOIN "组织" x ON x.id = n."end" WHERE n.status = '现行' AND x.status = '现行' GROUP BY 1
        UNION ALL
        SELECT w.lower FROM superior w JOIN "组织" x ON x.id = w.lower
        ANTI JOIN (SELECT * FROM "不认可" WHERE status = '现行') n ON n."end" = w.lower
        ANTI JOIN (SELECT y.place FROM "不认可" n JOIN "组织" y ON y.id = n."end" WHERE n.status = '现行') z ON z.place = x.place
        WHERE w.status = '受阻' AND x.status = '现行' GROUP BY 1""",
}


def load_duckdb(folder: Path, database: Path) -> float:
    """Load the tables of a folder into a DuckDB file; return seconds."""
    begin = time.perf_counter()
    connection = _connect(database)
    for family in vocabulary().families:
        _table(connection, family, sorted((folder / "nodes").glob(f"{family}.parquet")), dict(node_columns()))
    columns = {"start": "STRING", "end": "STRING", **relation_columns()}
    for type_ in vocabulary().relations:
        _table(connection, type_, sorted((folder / "relations").glob(f"{type_}.*.parquet")), columns)
    connection.execute(SUPERIOR)
    connection.close()
    return time.perf_counter() - begin


def time_duckdb(database: Path, repeats: int) -> dict[str, tuple[float, int]]:
    """Run each rule ``repeats`` times in a row, warm; return the seconds of the fastest, and findings, by rule."""
    connection = _connect(database)
    for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall():
        connection.execute(f'SELECT count(DISTINCT rowid % 2) FROM "{name}"').fetchall()
    result = {}
    for rule, sql in RULES.items():
        result[rule] = min(_run_once(connection, sql) for _ in range(repeats))
    connection.close()
    return result


def _run_once(connection: Any, sql: str) -> tuple[float, int]:
    begin = time.perf_counter()
    rows = connection.execute(sql).fetchall()
    return time.perf_counter() - begin, len(rows)


def _connect(database: Path) -> Any:
    import duckdb

    return duckdb.connect(str(database), config={"memory_limit": "3GB", "threads": "2"})


def _table(connection: Any, name: str, files: list[Path], columns: dict[str, str]) -> None:
    kinds = {"STRING": "VARCHAR", "INT64": "BIGINT", "DOUBLE": "DOUBLE", "STRING[]": "VARCHAR[]"}
    if not files:
        fields = ", ".join(f'"{column}" {kinds[kind]}' for column, kind in columns.items())
        connection.execute(f'CREATE TABLE "{name}"({fields})')
        return
    source = f"read_parquet({[str(file) for file in files]}, union_by_name = true)"
    present = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    fields = ", ".join(
        "coalesce(status, '现行') AS status"
        if column == "status" and column in present
        else "'现行' AS status"
        if column == "status"
        else f'"{column}"'
        if column in present
        else f'NULL::{kinds[kind]} AS "{column}"'
        for column, kind in columns.items()
    )
    connection.execute(f'CREATE TABLE "{name}" AS SELECT {fields} FROM {source}')
