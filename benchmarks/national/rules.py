"""The rule pack on a store, timed: the same files on every engine, and what they find against what was planted."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govgraph.check.rules import load_rules
from govgraph.check.run import raw_findings, rows_of, used_parameters
from govgraph.errors import GovgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govgraph.check.rules import Rule
    from govgraph.store.protocol import Store

TIMEOUT = 600.0  # seconds a rule may take
STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class RuleTime:
    """One rule on one engine: seconds for the query and its rows, for the analysis, for the population; peak in MB.

    ``first`` are the seconds of the first run, ``seconds`` those of the fastest; the peak is the highest of all runs.
    """

    rule: str
    seconds: float
    analysis: float
    peak: float
    counts: Mapping[str, int]
    error: str | None = None
    population: float = 0.0
    first: float = 0.0


def time_rules(store: Store, only: Iterable[str] = (), *, repeats: int = 1) -> list[RuleTime]:
    """Run every rule, ``repeats`` times in a row; the fastest run counts."""
    chosen = set(only)
    results = []
    for rule in load_rules():
        if not chosen or rule.id in chosen:
            runs = [_run_once(store, rule) for _ in range(repeats)]
            best = min(runs, key=lambda run: run.seconds)
            results.append(replace(best, peak=max(run.peak for run in runs), first=runs[0].seconds))
    return results


def _run_once(store: Store, rule: Rule) -> RuleTime:
    forget_peak()
    begin = time.perf_counter()
    try:
        store.query(rule.population, used_parameters(rule.population, rule.defaults), timeout=TIMEOUT)
        population, begin = time.perf_counter() - begin, time.perf_counter()
        rows = Fetching(rows_of(store, rule, rule.defaults, TIMEOUT))
        counts = Counter(raw.status for raw in raw_findings(rule, rows, rule.defaults))
    except GovgraphError as error:
        return RuleTime(rule.id, time.perf_counter() - begin, 0.0, peak(), {}, str(error)[:200])
    analysis = time.perf_counter() - begin - rows.seconds
    return RuleTime(rule.id, rows.seconds, analysis, peak(), dict(counts), None, population)


class Fetching:
    """Rows as they come, and the seconds that this took."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._rows = rows
        self.seconds = 0.0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the rows."""
        while True:
            begin = time.perf_counter()
            row = next(self._rows, None)
            self.seconds += time.perf_counter() - begin
            if row is None:
                return
            yield row


def mismatches(results: Iterable[RuleTime], expected: Mapping[tuple[str, str], list[str]]) -> list[str]:
    """Return one line for each rule whose counts are not what was planted."""
    lines = []
    for result in results:
        for status in ("violated", "undetermined"):
            planted = len(expected.get((result.rule, status), ()))
            found = result.counts.get(status, 0)
            if found != planted:
                lines.append(
                    f"{result.rule}: {found} {status}, {planted} planted{f' ({result.error})' if result.error else ''}"
                )
    return lines


def forget_peak() -> None:
    """Let the peak of this process begin anew."""
    CLEAR.write_text("5")  # Linux: VmHWM starts anew


def peak() -> float:
    """Return the highest resident memory in MB since the start or `forget_peak`."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
