"""Saved results: what ``check --format json`` wrote, as findings again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govgraph.check.findings import SEVERITIES, Finding, Link, Location, Subject
from govgraph.errors import InputError, Problem
from govgraph.model.case import Evidence, Text

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1


@dataclass(frozen=True, slots=True)
class SavedResult:
    """A check as it was saved: whose it is, and its findings; their texts are in one language."""

    case: str | None
    as_of: str | None
    findings: tuple[Finding, ...]


def is_saved_result(path: Path) -> bool:
    """Tell whether a file may be a saved result."""
    return path.suffix == ".json" and path.is_file()


def read_saved(path: Path) -> SavedResult:
    """Read a saved result.

    Raises:
        InputError: it is not one.
    """
    shown = path.as_posix()
    try:
        body: Any = json.loads(path.read_text(encoding="utf-8-sig"))
        if body["version"] != VERSION:
            found = f"version {body['version']} of a saved result"
            raise InputError([Problem(shown, found, f"version {VERSION}")])
        findings = tuple(_finding(row) for row in body["findings"])
        return SavedResult(body["case"], body["as_of"], findings)
    except (ValueError, KeyError, TypeError) as error:
        expected = "what govgraph check --format json writes"
        raise InputError([Problem(shown, f"not a saved result ({error!r})", expected)]) from error


def _finding(row: dict[str, Any]) -> Finding:
    place = row["location"]
    if row["severity"] not in SEVERITIES:
        raise ValueError(f"severity {row['severity']!r}")
    return Finding(
        row["rule"],
        row["severity"],
        "undetermined" if row["status"] == "undetermined" else "violated",
        row["fingerprint"],
        Text(row["message"], row["message"]),
        Text(row["remedy"], row["remedy"]),
        tuple(Subject(s["id"], s["name"], s["kind"]) for s in row["subjects"]),
        tuple(Link(r["id"], r["type"], r["from"], r["to"]) for r in row["relations"]),
        tuple(Evidence(e["source"], (e["quote"],), e.get("file"), e.get("line")) for e in row["evidence"]),
        Location(place["file"], place["line"]) if place else None,
        tuple(row.get("identity", ())),
    )
