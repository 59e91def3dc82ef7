"""``govgraph compare``: the same duties in several places, and who leads where."""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.cli.options import as_of_option, lang_option, valid_date

FORMATS = ["text", "json", "csv", "md", "html"]
FEWEST = 2


@click.command("compare")
@click.argument("sources", nargs=-1, required=True, metavar="CASE…")
@click.option("--alone", is_flag=True, help="Also the duties that only one place names.")
@as_of_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@lang_option
def command(
    sources: tuple[str, ...], alone: bool, as_of: str | None, format_: str, output: Path | None, lang: str | None
) -> None:
    """Compare cases: the duties that they share, who leads each where, and at which level duties are led.

    The html format is one file with a heat map.
    """
    from govgraph.cli.language import language
    from govgraph.model.view import as_of as view_as_of
    from govgraph.read.source import read_case
    from govgraph.reform.compare import compare_cases
    from govgraph.render import comparison as render
    from govgraph.render.json_report import dump

    if len(sources) < FEWEST:
        raise click.UsageError("give at least two cases. See: govgraph cases")
    date = valid_date(as_of)
    cases = [read_case(source) for source in sources]
    compared = compare_cases([view_as_of(case, date) if date else case for case in cases], alone=alone)
    spoken = language(lang)
    if format_ == "json":
        text = dump(render.comparison_json(compared))
    else:
        write = {
            "text": render.comparison_text,
            "csv": render.comparison_csv,
            "md": render.comparison_markdown,
            "html": render.comparison_html,
        }[format_]
        text = write(compared, spoken)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
