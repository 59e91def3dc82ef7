# ruff: noqa: E501 - lines of Markdown tables read better whole
"""What ten times the largest measured graph would take, on paper, from the measured figures and how they grow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from benchmarks.national.figures import pack_seconds, rows

if TYPE_CHECKING:
    from collections.abc import Callable

Results = dict[str, dict[str, Any]]
Measure = tuple[str, str, "Callable[[dict[str, Any]], float | None]"]

DECIMALS_BELOW = 20

SHARDING = """## Beyond one machine

The way up is Neo4j over `neo4j://`: reads are routed read transactions, which a cluster's secondaries serve, and the rule files are the
same. A composite database (Enterprise Edition) shards by province: everything below a province (all nodes whose division code begins with its two digits,
and the relations between them) is one constituent, the state level and the relations between provinces another:

```cypher
CREATE COMPOSITE DATABASE country;
CREATE ALIAS country.p32 FOR DATABASE p32;   // 江苏; one a province, each on a server of its own
USE graph.byName('country.p32') MATCH (d:事项) RETURN count(d);
```

No rule follows more than four steps of 上级, and only the chain above a body leaves its province, so each rule runs on each constituent
with the state level copied beside it, and the findings are put together by their fingerprints (`check --store neo4j://… --database p32`, one
after the other or on several machines). On disk the same cut is one store a province; within one store it is `--scope 32`.
"""


def beyond(results: Results, sizes: list[str]) -> str:
    """Return the section on what is larger than one machine; the table needs two measured sizes."""
    measured = [size for size in sizes if "load" in results[size] and "rules" in results[size]]
    if len(measured) == len(measured[-1:]):
        return SHARDING
    small, large = (results[size] for size in measured[-2:])
    share = large["make"].get("largest_province")
    lines = [
        f"**Ten times the graph of size {measured[-1]}** ({large['make']['nodes'] * 10:,} nodes, {large['make']['relations'] * 10:,} relations), if each figure goes on growing as it did",
        f"from size {measured[-2]} to size {measured[-1]}. The exponent says how: 1 is linear. The last column is the largest of 31 provinces alone"
        + (f" ({share:.0%} of all townships)." if share else "."),
        "",
        f"| measure | at {measured[-2]} | at {measured[-1]} | exponent | ten times that | its largest province |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    step = math.log(rows(large) / rows(small))
    for name, unit, measure in MEASURES:
        before, now = measure(small), measure(large)
        if before is None or now is None:
            continue
        exponent = math.log(now / before) / step
        whole = now * 10**exponent
        part = _shown(now * (10 * share) ** exponent, unit) if share else "–"
        columns = [name, _shown(before, unit), _shown(now, unit), f"{exponent:.2f}", _shown(whole, unit), part]
        lines.append("| " + " | ".join(columns) + " |")
    return SHARDING + "\n" + "\n".join(lines) + "\n"


def _pack(entry: dict[str, Any], engine: str) -> float | None:
    rules = entry.get(engine, {}).get("rules", ())
    return None if not rules or any(rule["error"] for rule in rules) else pack_seconds(entry, engine)


def _shown(value: float, unit: str) -> str:
    larger, factor = {"s": ("min", 60), "MB": ("GB", 1000)}[unit]
    if value >= 2 * factor:
        value, unit = value / factor, larger
    decimals = 1 if value < DECIMALS_BELOW else 0
    return f"{value:,.{decimals}f} {unit}"


MEASURES: tuple[Measure, ...] = (
    ("load", "s", lambda entry: entry["load"]["seconds"]),
    ("memory of the load", "MB", lambda entry: entry["load"]["peak"]),
    ("store", "MB", lambda entry: entry["load"]["bytes"] / 1e6),
    ("rule pack", "s", lambda entry: _pack(entry, "rules")),
    ("memory of the rule pack", "MB", lambda entry: max(rule["peak"] for rule in entry["rules"]["rules"])),
    ("neo4j-admin import", "s", lambda entry: entry.get("neo4j", {}).get("import")),
    ("rule pack on Neo4j", "s", lambda entry: _pack(entry, "neo4j")),
)
