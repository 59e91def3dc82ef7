"""Figures that several parts of the report are made from."""

from __future__ import annotations

from typing import Any


def rows(entry: dict[str, Any]) -> int:
    """Return how many nodes and stated relations a size has."""
    return int(entry["make"]["nodes"] + entry["make"]["relations"])


def pack_seconds(entry: dict[str, Any], engine: str = "rules") -> float:
    """Return the seconds of all rules on an engine: ``rules`` is govgraph's own, or ``neo4j``."""
    return sum(float(rule["seconds"]) for rule in entry[engine]["rules"])
