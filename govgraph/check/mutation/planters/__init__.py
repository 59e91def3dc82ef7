"""All planters: for each rule of the pack, each of its shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.planters import coordination, duty, funding, reporting, resource

if TYPE_CHECKING:
    from govgraph.check.mutation.defect import Defect

DEFECTS: tuple[Defect, ...] = (
    *coordination.DEFECTS,
    *duty.DEFECTS,
    *funding.DEFECTS,
    *reporting.DEFECTS,
    *resource.DEFECTS,
)


def defects_of(rule: str) -> list[Defect]:
    """Return the defects that a rule must find."""
    return [defect for defect in DEFECTS if defect.rule == rule]
