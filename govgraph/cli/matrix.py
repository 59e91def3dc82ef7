"""``govgraph matrix``: who leads, supports, approves, supervises and pays, duty by duty."""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.cli.options import as_of_option, lang_option, valid_date


@click.command("matrix")
@click.argument("source")
@click.option("--format", "format_", type=click.Choice(["md", "csv", "html", "xlsx"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@as_of_option
@lang_option
def command(source: str, format_: str, output: Path | None, as_of: str | None, lang: str | None) -> None:
    """Show the responsibility matrix of SOURCE: duties down, bodies across; only what is in force counts."""
    from govgraph.analyze.matrix import responsibility_matrix
    from govgraph.cli.language import language
    from govgraph.model.view import as_of as view_as_of
    from govgraph.read.source import read_case
    from govgraph.render.matrix import as_csv, as_html, as_markdown, as_workbook, grid

    chosen = language(lang)
    case = read_case(source)
    date = valid_date(as_of)
    case = view_as_of(case, date) if date else case
    table = grid(case, responsibility_matrix(case), chosen)
    if format_ == "xlsx":
        if output is None:
            raise click.UsageError("--format xlsx needs -o FILE")
        output.write_bytes(as_workbook(table))
        return
    text = as_html(table, chosen) if format_ == "html" else as_csv(table) if format_ == "csv" else as_markdown(table)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_bytes(text.encode("utf-8"))
