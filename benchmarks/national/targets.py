"""What was aimed at, beside what was measured at the largest size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.national.figures import pack_seconds, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Results = dict[str, dict[str, Any]]
Rules = dict[str, dict[str, Any]]
MEMORY = 4096  # MB
LIKE = 3  # times: what is in the store must be compared and taken out, and the store is a nation's
HOW = """How it is done. A store of tables is kept by the column in an embedded DuckDB; a rule's Cypher is put into SQL,
with joins by numbers that a load gives the nodes. What no table gives is not stored. The engine passes over most blocks
of a table where it is asked for few rows, but it has no pointers from a node to its relations: where a rule has a
handful of candidates Neo4j, which follows them, is as fast or faster."""
GROWTH = 1.1  # a tenth more a row than at the size before is still linear, as far as one run tells


def targets(results: Results, sizes: list[str]) -> str:
    """Return a table of targets for the largest size that has rules; empty where there is none."""
    measured = [size for size in sizes if "rules" in results[size] and "load" in results[size]]
    if not measured:
        return ""
    lines = ["## Targets", "", f"| at {measured[-1]} | target | measured | met |", "| --- | --- | ---: | --- |"]
    for name, target, value, shown, is_met in _rows(results, measured):
        verdict = "yes" if is_met(value) else "**no**"
        lines.append(f"| {name} | {target} | {shown(value)} | {verdict} |")
    smaller = [line for size in measured[-2:-1] for line in _in_short(size, results[size])]
    return "\n".join([*lines, *smaller, "", HOW]) + "\n"


def _in_short(size: str, entry: dict[str, Any]) -> Iterator[str]:
    """Say how a smaller size stands to Neo4j."""
    rules, neo = _by_name(entry)
    if neo:
        slower = _slower(rules, neo)
        loads, checks = entry["neo4j"]["import"] / _load(entry), _seconds(neo, neo) / _seconds(rules, neo)
        yield ""
        many = f"{rows(entry):,} nodes and relations"
        yield f"At {size} ({many}) an import takes {loads:.1f} times a load, and the rule pack"
        yield f"on Neo4j {checks:.1f} times what it takes here; rules slower here: {slower or 'none'}."


Row = tuple[str, str, float, "Callable[[float], str]", "Callable[[float], bool]"]


def _rows(results: Results, sizes: list[str]) -> Iterator[Row]:
    entry = results[sizes[-1]]
    rules, neo = _by_name(entry)
    duck = entry.get("duckdb", {}).get("rules", {})
    if "neo4j" in entry:
        ratio = entry["neo4j"]["import"] / entry["load"]["seconds"]
        yield "neo4j-admin import / load", "≥ 2", ratio, _times, lambda value: value >= 2  # noqa: PLR2004
    if neo:
        yield (
            "rule pack on Neo4j / here",
            "≥ 3",
            _seconds(neo, neo) / _seconds(rules, neo),
            _times,
            lambda value: value >= 3,  # noqa: PLR2004
        )
        slower = _slower(rules, neo)
        yield "rules slower than on Neo4j", "none", slower, str, lambda value: value == 0
    if duck:
        ratio = _seconds(rules, duck) / sum(seconds for seconds, _ in duck.values())
        yield f"{len(duck)} rules here / by hand on DuckDB", "≤ 2", ratio, _times, lambda value: value <= 2  # noqa: PLR2004
    peak = max(rule["peak"] for rule in rules.values())
    yield "memory of the rule pack", "≤ 4 GiB", peak, _megabytes, lambda value: value <= MEMORY
    if "command" in entry:
        whole = entry["command"]["memory"]
        yield (
            "memory of `check --store`, the whole command",
            "≤ 4 GiB",
            whole,
            _megabytes,
            lambda value: value <= MEMORY,
        )
    if sizes[:-1]:
        before = results[sizes[-2]]
        for name, seconds in (("load", _load), ("rule pack", pack_seconds)):
            ratio = seconds(entry) / rows(entry) / (seconds(before) / rows(before))
            yield f"{name}, time a row against {sizes[-2]}", "linear", ratio, _times, lambda value: value <= GROWTH
    planted = {(rule, status): count for rule, status, count in entry.get("expected", ())}
    wrong = sum(_wrong(entry.get(engine, {}), planted) for engine in ("rules", "neo4j"))
    yield "counts that are not those planted, on any engine", "none", wrong, str, lambda value: value == 0
    yield from _place(entry)


def _place(entry: dict[str, Any]) -> Iterator[Row]:
    if place := entry.get("place"):
        whole = place["open"] + place["slice"] + place["check"]
        yield (
            "one county: open, read and check",
            "< 1 s",
            whole,
            lambda value: f"{value:.1f} s",
            lambda value: value < 1,
        )
        for name in ("who_owns", "duties_of"):
            yield name.replace("_", "-"), "< 50 ms", place[name] * 1000, _milliseconds, lambda value: value < 50  # noqa: PLR2004
    if again := entry.get("reload"):
        share = (again["seconds"] + again["again"]) / again["alone"]
        yield (
            "a county put anew and checked / its tables alone loaded and checked",
            f"like it (≤ {LIKE})",
            share,
            _times,
            lambda value: value <= LIKE,
        )


def _by_name(entry: dict[str, Any]) -> tuple[Rules, Rules]:
    """Return what each rule took here, and what those that ran took on Neo4j."""
    neo = (rule for rule in entry.get("neo4j", {}).get("rules", ()) if not rule["error"])
    return {rule["rule"]: rule for rule in entry["rules"]["rules"]}, {rule["rule"]: rule for rule in neo}


def _slower(rules: Rules, neo: Rules) -> int:
    return sum(rules[name]["seconds"] > neo[name]["seconds"] for name in neo)


def _seconds(rules: dict[str, Any], names: Any) -> float:
    return sum(float(rules[name]["seconds"]) for name in names)


def _load(entry: dict[str, Any]) -> float:
    return float(entry["load"]["seconds"])


def _wrong(run: dict[str, Any], planted: dict[tuple[str, str], int]) -> int:
    return sum(
        rule["counts"].get(status, 0) != planted.get((rule["rule"], status), 0)
        for rule in run.get("rules", ())
        for status in ("violated", "undetermined")
    )


def _megabytes(value: float) -> str:
    return f"{value:,.0f} MB"


def _times(value: float) -> str:
    return f"{value:.1f}"


def _milliseconds(value: float) -> str:
    return f"{value:.0f} ms"
