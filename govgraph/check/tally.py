"""How many findings there are, by rule and by place, counted as they pass."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govgraph.check.findings import CheckResult
    from govgraph.check.lookup import Lookup
    from govgraph.check.rules import Rule
    from govgraph.check.stream import StreamedFinding
    from govgraph.model.case import Text

LEVELS = {2: "省", 4: "市", 6: "区县", 9: "镇街"}  # digits of a division code → the level it stands for
SCOPE_DIGITS = 6  # a county is what one reads and checks alone
STATUSES = ("violated", "undetermined")
BATCH = 10_000  # subjects whose places are asked for at once


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The findings of one rule by number."""

    rule: str
    severity: str
    title: Text
    violated: int
    undetermined: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The findings of one place by number: its division code or, without one, its name."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The findings of a check by number.

    ``rules`` are those with findings. ``places`` has the places with the most findings first, ``level`` what they
    are, ``more`` how many further places there are, ``elsewhere`` the findings whose first subject has no place.
    ``county`` is the county with the most findings, where there are division codes.
    """

    rules: tuple[RuleCount, ...]
    level: str
    places: tuple[PlaceCount, ...]
    more: int
    elsewhere: int
    county: PlaceCount | None


class Counting:
    """Counts findings one by one.

    Args:
        rules: the rules that may have findings.
        lookup: tells where the subjects lie.
    """

    def __init__(self, rules: Sequence[Rule], lookup: Lookup) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._lookup = lookup
        self._counts: Counter[tuple[str, str]] = Counter()
        self._subjects: list[str] = []
        self._places: Counter[str | None] = Counter()

    def add(self, rule: str, status: str, subject: str) -> None:
        """Count one finding with its first subject."""
        self._counts[rule, status] += 1
        self._subjects.append(subject)
        if len(self._subjects) == BATCH:
            self._place()

    def passing(self, findings: Iterable[StreamedFinding]) -> Iterator[StreamedFinding]:
        """Count findings as they pass."""
        for found in findings:
            self.add(found.rule, found.status, found.subject)
            yield found

    def _place(self) -> None:
        self._places += self._lookup.places(self._subjects)
        self._subjects.clear()

    def tally(self, shown: int = 10) -> Tally:
        """Return what was counted, with so many places."""
        self._place()
        found = {rule for rule, _ in self._counts}
        rules = tuple(
            RuleCount(name, rule.severity, rule.title, *(self._counts[name, status] for status in STATUSES))
            for name, rule in sorted(self._rules.items())
            if name in found
        )
        placed = Counter({place: count for place, count in self._places.items() if place})
        digits = _digits(placed)
        ranked = _ranked(placed, digits)
        county = [item for item in _ranked(placed, SCOPE_DIGITS) if item[0].isdecimal()][:1]
        names = self._lookup.place_names([code for code, _ in ranked[:shown] + county])

        def named(item: tuple[str, int]) -> PlaceCount:
            return PlaceCount(item[0], names.get(item[0], ""), item[1])

        elsewhere = self._counts.total() - placed.total()
        places = tuple(map(named, ranked[:shown]))
        more = max(0, len(ranked) - shown)
        return Tally(rules, LEVELS[digits], places, more, elsewhere, named(county[0]) if county else None)


def tally_of(result: CheckResult, rules: Sequence[Rule], lookup: Lookup) -> Tally:
    """Return the numbers of a check."""
    counting = Counting(rules, lookup)
    for entry in result.results:
        for finding in entry.findings:
            if finding.subjects:
                counting.add(entry.rule, finding.status, finding.subjects[0].id)
    return counting.tally()


def _group(place: str, digits: int) -> str:
    return place[:digits] if place.isdecimal() else place


def _digits(placed: Counter[str]) -> int:
    """Return how many digits of the codes first tell several places apart."""
    return next((digits for digits in LEVELS if len({_group(place, digits) for place in placed}) > 1), max(LEVELS))


def _ranked(placed: Counter[str], digits: int) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for place, count in placed.items():
        counts[_group(place, digits)] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
