"""``govgraph query``: read-only Cypher on a case or a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govgraph.cli.options import lang_option, open_store, store_options, timeout_option

if TYPE_CHECKING:
    from govgraph.store.protocol import Store, Table


@click.command("query")
@click.argument("arguments", nargs=-1)
@store_options
@click.option("--name", help="A query of the library (see: govgraph queries).")
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A .cypher file.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter (repeatable).")
@click.option("--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="Rows at the most.")
@timeout_option
@lang_option
def command(
    arguments: tuple[str, ...],
    address: str | None,
    user: str,
    database: str | None,
    name: str | None,
    file: Path | None,
    params: tuple[str, ...],
    format_: str,
    limit: int,
    timeout: float | None,
    lang: str | None,
) -> None:
    """Run read-only Cypher: govgraph query [SOURCE] CYPHER, or --name NAME, or --file FILE.

    SOURCE (a case's name, a file, a folder) is left out with --store. A write clause is refused.
    """
    from govgraph.read.yaml_file import read_text

    del lang
    source, cypher = _split(arguments, has_store=address is not None, has_text=not (name or file))
    given = _parameters(params)
    if name:
        from govgraph.check.library import find_query, load_queries

        chosen = find_query(load_queries(), name)
        cypher, values = chosen.cypher, chosen.values(_typed(chosen.parameters, given))
    else:
        values = given
        if file:
            cypher = read_text(file, file.as_posix())
    with _store(source, address, user, database) as store:
        table = store.query(str(cypher), values, timeout=timeout, limit=limit)
    _show(table, format_)
    if table.truncated:
        click.echo(f"only the first {limit} rows; raise --limit for more", err=True)


def _split(arguments: tuple[str, ...], *, has_store: bool, has_text: bool) -> tuple[str | None, str | None]:
    """Tell SOURCE and CYPHER apart by what else was given."""
    wanted = (not has_store) + has_text
    if len(arguments) != wanted:
        parts = [*([] if has_store else ["SOURCE"]), *(["CYPHER"] if has_text else [])]
        raise click.UsageError(f"expected {' '.join(parts) or 'no arguments'}; got {len(arguments)} argument(s)")
    rest = list(arguments)
    source = None if has_store else rest.pop(0)
    return source, rest.pop(0) if has_text else None


def _parameters(params: tuple[str, ...]) -> dict[str, Any]:
    values = {}
    for text in params:
        key, separator, value = text.partition("=")
        if not separator:
            raise click.BadParameter(f"{text!r}; expected NAME=VALUE", param_hint="-p")
        values[key] = value
    return values


def _typed(parameters: Any, given: dict[str, Any]) -> dict[str, Any]:
    from govgraph.cli.check import typed

    types = {parameter.name: parameter.type for parameter in parameters}
    return {name: typed(value, types.get(name, "text")) for name, value in given.items()}


def _store(source: str | None, address: str | None, user: str, database: str | None) -> Store:
    if source is None:
        return open_store(str(address), user, database)
    from govgraph.read.source import read_case
    from govgraph.store.embedded import EmbeddedStore

    case = read_case(source)
    store = EmbeddedStore()
    store.load(case)
    return store


def _show(table: Table, format_: str) -> None:
    from govgraph.render.tables import table_csv, table_json, table_text

    writer = {"table": table_text, "json": table_json, "csv": table_csv}[format_]
    click.echo(writer(table), nl=False)
