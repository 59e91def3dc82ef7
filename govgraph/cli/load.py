"""``govgraph load``: put cases into a store that stays."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import is_server, open_store, store_options

if TYPE_CHECKING:
    from govgraph.store.bulk import LoadReport
    from govgraph.store.protocol import Store

SECONDS_BETWEEN = 5  # lines of progress


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
    with nodes/ and relations/ is loaded as tables (Parquet or CSV, millions of rows): into an embedded store of its
    own, or into Neo4j in batches, where the case that is to be replaced goes first.
    """
    from govgraph.read.source import read_case

    if address is None:
        raise click.UsageError("give --store URI|PATH: where to load to")
    tables = [Path(source) for source in sources if (Path(source) / "nodes").is_dir()]
    if tables:
        if len(sources) > 1:
            raise click.UsageError("a folder of tables is loaded alone: give one SOURCE")
        if not is_server(address):
            _load_tables(tables[0], Path(address), case_id, scope)
        elif scope is not None:
            raise click.UsageError("--scope puts one place anew in an embedded store; into Neo4j, load the whole case")
        else:
            with open_store(address, user, database, read_only=False) as server:
                _load_online(tables[0], server, case_id)
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

    teller = _Teller()
    if scope is not None:
        teller.end(reload_place(folder, target, scope), str(target))
    else:
        teller.end(load_tables(folder, target, case_id, progress=teller), str(target))


def _load_online(folder: Path, store: Store, case_id: str | None) -> None:
    """Load tables into a Neo4j server, and say how it goes on stderr."""
    from govgraph.store.bulk_neo4j import load_tables_online
    from govgraph.store.neo4j_server import Neo4jStore

    assert isinstance(store, Neo4jStore)
    teller = _Teller()
    try:
        teller.end(load_tables_online(folder, store, case_id, progress=teller), store.address)
    except KeyboardInterrupt:
        click.echo("Rows that were loaded are no case; the next load of it removes them first.", err=True)
        raise


class _Teller:
    """Tells the progress of a load: a line a stage, and one every few seconds of a long stage."""

    def __init__(self) -> None:
        self._begin = self._rows_begin = self._last = time.monotonic()
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not done:
            self._rows_begin = now
            click.echo(f"{0:>12} of {total:,} rows  {stage}", err=True)
            return
        if stage == self._stage and now - self._last < SECONDS_BETWEEN and done < total:
            return
        self._stage, self._last = stage, now
        seconds = now - self._rows_begin
        rate = done / seconds if seconds else 0.0
        left = (total - done) / rate if rate else 0.0
        click.echo(f"{done:>12,} of {total:,} rows  {rate:>9,.0f}/s  {left:4.0f} s left  {stage}", err=True)

    def end(self, report: LoadReport, address: str) -> None:
        """Say what was loaded."""
        rows = f"{report.nodes:,} nodes, {report.relations:,} relations, {report.derived:,} derived"
        click.echo(f"{report.case}: {rows} → {address}, {time.monotonic() - self._begin:.1f} s", err=True)
