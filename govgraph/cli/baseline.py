"""``govgraph baseline``: keep the findings that are there today, so that only new ones fail."""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.cli.options import as_of_option, rules_option, valid_date


@click.group("baseline")
def command() -> None:
    """Keep a list of the findings of today: with it, only new ones fail a check."""


@command.command("write")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("baseline.json"),
    show_default=True,
    help="The file; it is written anew.",
)
@as_of_option
@rules_option
def write(sources: tuple[str, ...], output: Path, as_of: str | None, rule_folders: tuple[Path, ...]) -> None:
    """Write all findings of the cases SOURCE to a baseline file, undetermined ones too."""
    from govgraph.check.baseline import baseline_of, baseline_text
    from govgraph.check.rules import load_rules
    from govgraph.check.run import check_case
    from govgraph.read.source import read_case

    rules = load_rules(rule_folders)
    date = valid_date(as_of)
    found = [f for source in sources for f in check_case(read_case(source), rules=rules, as_of=date).findings]
    baseline = baseline_of(found)
    output.write_text(baseline_text(baseline), encoding="utf-8")
    click.echo(f"{output}: {len(baseline.entries)} findings of {len(sources)} case(s)")


@command.command("show")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=Path("baseline.json"))
def show(file: Path) -> None:
    """List what a baseline FILE holds: case, rule, subject, fingerprint."""
    from govgraph.check.baseline import read_baseline

    baseline = read_baseline(file)
    for entry in baseline.entries:
        click.echo(f"{entry.case}\t{entry.rule}\t{entry.subject}\t{entry.fingerprint}")
    click.echo(f"{len(baseline.entries)} findings", err=True)
