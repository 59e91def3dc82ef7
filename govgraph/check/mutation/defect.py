"""What a planted defect is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govgraph.check.findings import FindingStatus
    from govgraph.check.mutation.city import City
    from govgraph.model.case import Text


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to break a rule.

    ``plant`` changes a clean city in up to so many places and returns the ids of the subjects that the rule must name.
    ``causes`` are other rules that must speak too, each with the reason: the same change is a defect of theirs as well.
    """

    rule: str
    title: Text
    plant: Callable[[City, int], list[str]]
    status: FindingStatus = "violated"
    causes: Mapping[str, Text] = field(default_factory=dict)
