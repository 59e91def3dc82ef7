"""``govgraph cases``: the cases that come with govgraph."""

from __future__ import annotations

import click


@click.command("cases")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="Language (default: the locale's).")
def command(lang: str | None) -> None:
    """List the shipped cases with their aliases."""
    from govgraph.cli.language import language
    from govgraph.read.source import read_case, shipped_cases

    chosen = language(lang)
    for name in shipped_cases():
        case = read_case(name)
        aliases = ", ".join(case.meta.aliases)
        click.echo(f"{name}\t{aliases}\t{case.meta.title.to(chosen)}")
