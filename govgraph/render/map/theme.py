"""How relations and severities are drawn: read once from ``visualizations/theme.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from govgraph.assets import visualizations_dir


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How the relations of one group are drawn."""

    color: str
    arrow: str
    width: float
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SeverityStyle:
    """How findings of one severity are marked."""

    color: str
    mark: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Line styles by relation group, dashes by line name, marks by severity, letters by role."""

    groups: dict[str, LineStyle]
    lines: dict[str, list[int] | bool]
    severities: dict[str, SeverityStyle]
    roles: dict[str, dict[str, str]]


@cache
def theme() -> Theme:
    """Return the theme; the file is read at the first call."""
    body = json.loads((visualizations_dir() / "theme.json").read_text(encoding="utf-8"))
    return Theme(
        {name: LineStyle(**entry) for name, entry in body["groups"].items()},
        body["lines"],
        {name: SeverityStyle(**entry) for name, entry in body["severities"].items()},
        body["roles"],
    )
