"""The parts of a clean city that planters choose from, and what has been taken already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from govgraph.check.mutation.words import Names

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from govgraph.check.mutation.draft import Draft

Item = TypeVar("Item")


@dataclass(slots=True)
class District:
    """A district: government and committee, departments by name, and its leading group. ``place`` is its 块."""

    place: str
    government: str
    committee: str
    departments: dict[str, str]
    group: str
    merged: tuple[str, str, str] | None = None  # two dissolved departments, and the one made from them


@dataclass(slots=True)
class Street:
    """A subdistrict or township with its offices, the agencies on its ground, communities and posts."""

    place: str
    office: str
    committee: str
    district: District
    meeting: str
    offices: list[str] = field(default_factory=list)
    agencies: dict[str, str] = field(default_factory=dict)  # agency → the department that dispatches it
    communities: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    with_zone: str = ""  # how zone and district share it: dimensions, ranked, joint, paper, or not at all


@dataclass(slots=True)
class Work:
    """One duty of a subdistrict. ``flavour`` says which arrangement it shows; ``parts`` are the nodes it is made of."""

    flavour: str
    duty: str
    lead: str
    street: Street
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Seconded:
    """Seconded staff: who sent them, where they serve."""

    staff: str
    sender: str
    street: Street


@dataclass(slots=True)
class City:
    """A clean city: the draft, its dice, and its parts."""

    draft: Draft
    dice: random.Random
    names: Names
    place: str = ""
    government: str = ""
    committee: str = ""
    departments: dict[str, str] = field(default_factory=dict)
    zone: str = ""
    zone_committee: str = ""
    districts: list[District] = field(default_factory=list)
    streets: list[Street] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    seconded: list[Seconded] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """Return the items in random order."""
        pool = list(items)
        self.dice.shuffle(pool)
        return pool

    def some(self, items: Sequence[Item], least: int, most: int) -> list[Item]:
        """Return between ``least`` and ``most`` of the items, at random."""
        return self.shuffled(items)[: self.dice.randint(least, most)]

    def chance(self, share: float) -> bool:
        """Say yes in so many of all cases."""
        return self.dice.random() < share

    def take(self, items: Iterable[Item], count: int, key: Callable[[Item], str]) -> list[Item]:
        """Draw up to ``count`` items whose key no earlier draw has taken: two defects never share a subject."""
        drawn: list[Item] = []
        for item in self.shuffled(items):
            if len(drawn) == count:
                break
            if key(item) not in self.taken:
                self.taken.add(key(item))
                drawn.append(item)
        return drawn

    def working(self, flavour: str, count: int, key: Callable[[Work], str] | None = None) -> list[Work]:
        """Draw duties of one flavour, none of them drawn before."""
        return self.take((w for w in self.works if w.flavour == flavour), count, key or _duty)

    def departments_of(self, street: Street) -> list[str]:
        """Return the departments of the district that a subdistrict belongs to."""
        return list(street.district.departments.values())


def _duty(work: Work) -> str:
    return work.duty
