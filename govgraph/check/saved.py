"""Saved results: what ``check --format json`` wrote, as findings again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.check.findings import Finding, Link, Location, Subject
from govgraph.errors import InputError, Problem
from govgraph.model.case import Evidence, Text

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.check.contract import FindingPart


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
    from pydantic import ValidationError

    from govgraph.check.contract import CheckDocument

    shown = path.as_posix()
    expected = "what govgraph check --format json writes"
    try:
        body = CheckDocument.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except ValidationError as error:
        problems = [
            Problem(f"{shown}: {'.'.join(map(str, entry['loc']))}", f"not a saved result: {entry['msg']}", expected)
            for entry in error.errors(include_url=False)
        ]
        raise InputError(problems) from error
    except UnicodeDecodeError as error:
        raise InputError([Problem(shown, "not UTF-8", expected)]) from error
    return SavedResult(body.case, body.as_of, tuple(_finding(part) for part in body.findings))


def _finding(part: FindingPart) -> Finding:
    place = part.location
    return Finding(
        part.rule,
        part.severity,
        part.status,
        part.fingerprint,
        Text(part.message, part.message),
        Text(part.remedy, part.remedy),
        tuple(Subject(s.id, s.name, s.kind) for s in part.subjects),
        tuple(Link(r.id, r.type, r.start, r.end) for r in part.relations),
        tuple(Evidence(e.source, (e.quote,), e.file, e.line) for e in part.evidence),
        Location(place.file, place.line) if place else None,
        tuple(part.identity),
    )
