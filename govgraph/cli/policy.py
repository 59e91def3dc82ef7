"""Options of ``check`` that set known and accepted findings apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.check.findings import CheckResult
    from govgraph.check.judgement import Judgement
    from govgraph.check.rules import Rule

FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Policy:
    """Which findings do not count, as the options say it."""

    baseline: Path | None = None
    baseline_locked: bool = False
    suppressions: Path | None = None
    show_suppressed: bool = False

    def judge(self, result: CheckResult, rules: Iterable[Rule]) -> Judgement:
        """Set suppressed findings apart and compare the rest with the baseline.

        Raises:
            InputError: one of the files is refused.
        """
        from govgraph.check.baseline import read_baseline
        from govgraph.check.judgement import judge
        from govgraph.check.rules import load_rules
        from govgraph.check.suppressions import read_suppressions

        known = {rule.id for rule in rules}
        if self.suppressions:
            known |= {rule.id for rule in load_rules()}
        return judge(
            result,
            today(),
            suppressions=read_suppressions(self.suppressions, sorted(known)) if self.suppressions else (),
            baseline=read_baseline(self.baseline) if self.baseline else None,
            cases=[result.case] if result.case else None,
        )

    def keep(self, judgement: Judgement) -> None:
        """Write the baseline anew without what is fixed, unless it is locked; it never grows by a check."""
        from govgraph.check.baseline import baseline_text

        if self.baseline is None or self.baseline_locked or judgement.delta is None or not judgement.delta.fixed:
            return
        self.baseline.write_text(baseline_text(judgement.delta.shrunk), encoding="utf-8")


def today() -> Any:
    """Return the day of the check in local time."""
    import datetime

    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()


def policy_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options and hand them to the command as one argument ``policy``."""

    @wraps(command)
    def with_policy(
        *,
        baseline: Path | None,
        baseline_locked: bool,
        suppressions: Path | None,
        show_suppressed: bool,
        **others: Any,
    ) -> Any:
        if baseline_locked and baseline is None:
            raise click.UsageError("--baseline-locked needs --baseline FILE")
        policy = Policy(baseline, baseline_locked, suppressions, show_suppressed)
        return command(policy=policy, **others)

    wrapped: Callable[..., Any] = with_policy
    for option in (
        click.option("--show-suppressed", is_flag=True, help="List what was suppressed, with reason and end."),
        click.option("--suppressions", type=FILE, default=None, help="YAML: findings to live with, and why."),
        click.option("--baseline-locked", is_flag=True, help="Leave the baseline file as it is (for CI)."),
        click.option("--baseline", type=FILE, default=None, help="Only findings that are not in this file count."),
    ):
        wrapped = option(wrapped)
    return wrapped
