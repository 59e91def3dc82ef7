"""``govgraph queries``: the library of named queries."""

from __future__ import annotations

import click

from govgraph.cli.options import lang_option


@click.command("queries")
@click.argument("name", required=False)
@lang_option
def command(name: str | None, lang: str | None) -> None:
    """List the named queries, or show one with its Cypher. Run one with: govgraph query SOURCE --name NAME."""
    from govgraph.check.library import find_query, load_queries
    from govgraph.cli.language import language

    chosen = language(lang)
    queries = load_queries()
    if name is None:
        for query in queries:
            takes = ", ".join(parameter.name for parameter in query.parameters)
            click.echo(f"{query.id}\t{query.title.to(chosen)}" + (f"\t({takes})" if takes else ""))
        return
    query = find_query(queries, name)
    click.echo(f"{query.id}: {query.title.to(chosen)}\n{query.about.to(chosen)}")
    for parameter in query.parameters:
        click.echo(f"  -p {parameter.name}=…  {parameter.type}, default {parameter.default!r}  {parameter.doc}")
    click.echo(f"\n{query.cypher}")
