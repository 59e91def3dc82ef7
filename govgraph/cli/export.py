"""``govgraph export``: the graph for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import store_options
from govgraph.errors import NotFoundError

if TYPE_CHECKING:
    from govgraph.model.case import Case

FORMATS = ("neo4j-admin", "cypher", "graphml", "gexf", "json")


@click.command("export")
@click.argument("source", required=False)
@store_options
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, or the folder of neo4j-admin.")
def command(
    source: str | None, address: str | None, user: str, database: str | None, format_: str, output: Path | None
) -> None:
    """Export SOURCE (a case's name, a file, a folder), or a store, for other tools.

    neo4j-admin: a folder of CSV files with headers, and the arguments of ``neo4j-admin database import full``.
    cypher: statements that build the graph. graphml, gexf: for Gephi, yEd and the like. json: nodes and links.
    """
    if (source is None) == (address is None):
        raise click.UsageError("give either SOURCE or --store")
    if format_ == "neo4j-admin":
        if output is None:
            raise click.UsageError("neo4j-admin needs -o FOLDER")
        _export_neo4j_admin(source, address, output)
        return
    from govgraph.read.source import read_case
    from govgraph.render.graph_files import FILES
    from govgraph.store.fetch import fetch_case

    if source is not None:
        case = read_case(source)
    else:
        from govgraph.cli.options import open_store

        with open_store(str(address), user, database) as store:
            held = store.case_ids()
            if len(held) != 1:
                raise NotFoundError(f"{address} holds {'、'.join(held) or 'no case'}; export takes one")
            case = fetch_case(store, held[0])
    text = FILES[format_](case)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _export_neo4j_admin(source: str | None, address: str | None, output: Path) -> None:
    from govgraph.cli.options import is_server
    from govgraph.render.neo4j_admin import export_neo4j_admin
    from govgraph.store.columnar.database import ColumnarStore, is_columnar

    if address is not None and is_server(address):
        raise click.UsageError("neo4j-admin exports a case or a store on disk, not a server")
    if address is not None and is_columnar(Path(address)):
        with ColumnarStore(address, read_only=True) as store:
            written = export_neo4j_admin(store, output)
    else:
        with ColumnarStore() as store:
            store.load_all(_cases(source, address))
            written = export_neo4j_admin(store, output)
    click.echo(f"{sum(written.rows.values()):,} rows in {len(written.rows)} tables → {written.folder}", err=True)
    click.echo(written.command)


def _cases(source: str | None, address: str | None) -> list[Case]:
    """Read the case that is named, or all of a store on disk."""
    from govgraph.read.source import read_case
    from govgraph.store.embedded import EmbeddedStore
    from govgraph.store.fetch import fetch_case

    if address is None:
        return [read_case(str(source))]
    with EmbeddedStore(address, read_only=True) as store:
        return [fetch_case(store, case_id) for case_id in store.case_ids()]
