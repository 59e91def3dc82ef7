"""A few rules for the tests of reforms: enough to tell what goes, stays and comes, and quick to run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from govgraph.check.rules import read_rule

if TYPE_CHECKING:
    from govgraph.check.rules import Rule

ROOT = Path(__file__).parent / "small_rules"


@cache
def small_rules() -> tuple[Rule, ...]:
    """Return the rules of this folder: no lead, two leads, lacking money."""
    return tuple(read_rule(path, ROOT) for path in sorted(ROOT.rglob("*.cypher")))
