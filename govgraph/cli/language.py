"""The language of the output."""

from __future__ import annotations

import os


def language(chosen: str | None) -> str:
    """Return ``zh`` or ``en``: what was chosen, else the locale's (en where it is not Chinese)."""
    if chosen:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
