"""``govgraph simulate``: what a reform would mend, leave and break, before it is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import as_of_option, lang_option, rules_option, valid_date

if TYPE_CHECKING:
    from govgraph.reform.simulate import Simulation


@click.command("simulate")
@click.argument("source")
@click.argument("reforms", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All reforms of the case together, in the order of the file.")
@as_of_option
@rules_option
@click.option("--format", "format_", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option(
    "--map",
    "map_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one HTML file with before, after and difference, switchable.",
)
@click.option("--verbose", is_flag=True, help="Also the kept findings that no step touches.")
@lang_option
def command(
    source: str,
    reforms: tuple[str, ...],
    every: bool,
    as_of: str | None,
    rule_folders: tuple[Path, ...],
    format_: str,
    output: Path | None,
    map_path: Path | None,
    verbose: bool,
    lang: str | None,
) -> int:
    """Apply REFORMS to the case SOURCE and check it again; the data itself is untouched.

    A reform is one of the case, by name, or a plan file (YAML with reforms: or changes:). Several are carried out one
    after the other. Exits with 1 where the result has an error that was not there before.
    """
    from govgraph.check.rules import load_rules
    from govgraph.cli.language import language
    from govgraph.read.source import read_case
    from govgraph.reform.plan import find_reforms
    from govgraph.reform.simulate import simulate

    case = read_case(source)
    if every == bool(reforms):
        known = "、".join(reform.name for reform in case.reforms) or "none"
        raise click.UsageError(f"give reforms, or --all. {case.id} has: {known}")
    chosen = case.reforms if every else find_reforms(case, reforms)
    if not chosen:
        raise click.UsageError(f"{case.id} has no reforms")
    rules = load_rules(rule_folders)
    simulation = simulate(case, chosen, rules=rules, as_of=valid_date(as_of))
    spoken = language(lang)
    if map_path is not None:
        from govgraph.render.map.content import cards_of
        from govgraph.render.reform_map import reform_map

        map_path.write_text(reform_map(simulation, spoken, cards_of(rules)), encoding="utf-8")
    write(simulation, spoken, format_, output, verbose=verbose)
    return 1 if simulation.introduces_error else 0


def write(simulation: Simulation, language: str, format_: str, output: Path | None, *, verbose: bool) -> None:
    """Write a simulation to stdout or a file in one of the formats."""
    from govgraph.render.console import print_lines
    from govgraph.render.json_report import dump
    from govgraph.render.simulation import simulation_json, simulation_lines, simulation_markdown

    if format_ == "text":
        print_lines(simulation_lines(simulation, language, verbose=verbose), output)
        return
    text = (
        dump(simulation_json(simulation, language))
        if format_ == "json"
        else simulation_markdown(simulation, language) + "\n"
    )
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
