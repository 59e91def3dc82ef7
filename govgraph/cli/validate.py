"""``govgraph validate``: is a case well formed, and are its quotes really in the source?"""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.errors import InputError


@click.command("validate")
@click.argument("source")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the source texts; every quote must be an exact substring of its source.",
)
@click.option("--require-evidence", is_flag=True, help="Refuse nodes and relations without a quote.")
def command(source: str, sources: Path | None, require_evidence: bool) -> None:
    """Check SOURCE (a case's name or alias, a file, a folder) and say what it holds."""
    from govgraph.model.vocabulary import vocabulary
    from govgraph.read.quotes import check_quotes, without_evidence
    from govgraph.read.source import read_case

    case = read_case(source)
    problems = list(without_evidence(case)) if require_evidence else []
    quotes = check_quotes(case, sources) if sources else None
    if quotes:
        problems += quotes.problems
    if problems:
        raise InputError(problems)
    families = vocabulary().families
    counts = {name: sum(node.family == name for node in case.nodes) for name in families}
    parts = [f"{family.en.lower()} {counts[name]}" for name, family in families.items()]
    click.echo(f"{case.id}: {', '.join(parts)}, relations {len(case.relations)}, reforms {len(case.reforms)}")
    bare = sum(1 for _ in without_evidence(case))
    total = len(case.nodes) + len(case.relations)
    click.echo(f"evidence: {total - bare} of {total} nodes and relations carry a quote")
    if quotes:
        click.echo(f"quotes: {quotes.checked} checked in {quotes.sources} source text(s), all exact")
    elif sources is None:
        click.echo("quotes: not checked (give --sources DIR)")
