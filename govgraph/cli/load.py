"""``govgraph load``: put cases into a store that stays."""

from __future__ import annotations

import time
from pathlib import Path

import click

from govgraph.cli.options import is_server, open_store, store_options


@click.command("load")
@click.argument("sources", nargs=-1, required=True)
@click.option("--as", "case_id", default=None, metavar="CASE", help="What to call the case of a folder of tables.")
@click.option("--scope", default=None, metavar="CODE", help="The tables are one place's: put them in its place.")
@store_options
def command(
    sources: tuple[str, ...],
    case_id: str | None,
    scope: str | None,
    address: str | None,
    user: str,
    database: str | None,
) -> None:
    """Load cases (names, files, folders) into a store.

    A case that is there already is replaced as a whole; one that is refused leaves the store as it was. A folder
    with nodes/ and relations/ is loaded as tables (Parquet or CSV, millions of rows) into an embedded store of its own.
    """
    from govgraph.read.source import read_case

    if address is None:
        raise click.UsageError("give --store URI|PATH: where to load to")
    tables = [Path(source) for source in sources if (Path(source) / "nodes").is_dir()]
    if tables:
        if len(sources) > 1 or is_server(address):
            raise click.UsageError("a folder of tables is loaded alone, into an embedded store")
        _load_tables(tables[0], Path(address), case_id, scope)
        return
    if case_id is not None or scope is not None:
        raise click.UsageError("--as and --scope go with a folder of tables (nodes/, relations/)")
    cases = [read_case(source) for source in sources]
    ids = [case.id for case in cases]
    twice = sorted({identity for identity in ids if ids.count(identity) > 1})
    if twice:
        raise click.UsageError(f"several sources are the case {'、'.join(twice)}; the last would replace the others")
    with open_store(address, user, database, read_only=False) as store:
        for case in cases:
            store.load(case)
            click.echo(f"{case.id}: {len(case.nodes)} nodes, {len(case.relations)} relations → {address}", err=True)


def _load_tables(folder: Path, target: Path, case_id: str | None, scope: str | None) -> None:
    """Load tables in bulk, or one place's, and say how it goes on stderr."""
    from govgraph.store.bulk import load_tables
    from govgraph.store.reload import reload_place

    begin = time.monotonic()

    def tell(stage: str, done: int, total: int) -> None:
        seconds = time.monotonic() - begin
        rate = done / seconds if seconds else 0.0
        left = (total - done) / rate if rate else 0.0
        click.echo(f"{done:>12,} of {total:,} rows  {rate:>9,.0f}/s  {left:4.0f} s left  {stage}", err=True)

    if scope is not None:
        report = reload_place(folder, target, scope)
    else:
        report = load_tables(folder, target, case_id, progress=tell)
    rows = f"{report.nodes:,} nodes, {report.relations:,} relations, {report.derived:,} derived"
    click.echo(f"{report.case}: {rows} → {target}, {time.monotonic() - begin:.1f} s", err=True)
