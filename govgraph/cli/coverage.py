"""``govgraph coverage``: which sentences of the source has the case no quote from?"""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.cli.options import lang_option
from govgraph.errors import NotFoundError


@click.command("coverage")
@click.argument("source")
@click.option(
    "--sources",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the source texts.",
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(source: str, sources: Path, format_: str, lang: str | None) -> None:
    """Say how many sentences about structure hold a quote of SOURCE (a case), and list those that hold none.

    A sentence is about structure where it names a body, post or staff, or has a verb such as 负责, 考核 or 拨付.
    Where a file holds several texts, only the part between the source's begin and end counts.
    """
    from govgraph.analyze.coverage import cover
    from govgraph.cli.language import language
    from govgraph.read.source import read_case
    from govgraph.read.source_text import read_part
    from govgraph.render.coverage import coverage_json, coverage_text
    from govgraph.render.json_report import dump

    case = read_case(source)
    paths = [(entry, sources / entry.file) for entry in case.sources if entry.file]
    missing = [entry.file for entry, path in paths if not path.is_file()]
    if missing or not paths:
        what = "、".join(str(name) for name in missing) or "a source with a file"
        raise NotFoundError(f"{case.id}: {what} is not in {sources}; name the folder that has the source texts")
    found = [cover(case, read_part(entry, path)) for entry, path in paths]
    if format_ == "json":
        click.echo(dump(coverage_json(case, found)), nl=False)
    else:
        click.echo(coverage_text(case, found, language(lang)), nl=False)
