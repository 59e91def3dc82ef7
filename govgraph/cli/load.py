"""``govgraph load``: put cases into a store that stays."""

from __future__ import annotations

import click

from govgraph.cli.options import open_store, store_options


@click.command("load")
@click.argument("sources", nargs=-1, required=True)
@store_options
def command(sources: tuple[str, ...], address: str | None, user: str, database: str | None) -> None:
    """Load cases (names, files, folders) into a store.

    A case that is there already is replaced as a whole; one that is refused leaves the store as it was.
    """
    from govgraph.read.source import read_case

    if address is None:
        raise click.UsageError("give --store URI|PATH: where to load to")
    cases = [read_case(source) for source in sources]
    ids = [case.id for case in cases]
    twice = sorted({identity for identity in ids if ids.count(identity) > 1})
    if twice:
        raise click.UsageError(f"several sources are the case {'、'.join(twice)}; the last would replace the others")
    with open_store(address, user, database, read_only=False) as store:
        for case in cases:
            store.load(case)
            click.echo(f"{case.id}: {len(case.nodes)} nodes, {len(case.relations)} relations → {address}", err=True)
