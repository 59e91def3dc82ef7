"""``govgraph doctor``: is everything that govgraph needs there, and does the store answer?"""

from __future__ import annotations

import click

from govgraph.cli.options import open_store, store_options
from govgraph.errors import EnvironmentFailure

PACKAGES = ("ladybug", "duckdb", "neo4j", "networkx", "pyvis", "openpyxl")


@click.command("doctor")
@store_options
def command(address: str | None, user: str, database: str | None) -> None:
    """Prove the installation and, with --store, the connection, the rights and what the store holds.

    Exit code 3 where something is missing or away.
    """
    from importlib.metadata import PackageNotFoundError, version

    from govgraph.assets import cypher_dir, data_dir
    from govgraph.check.rules import load_rules
    from govgraph.read.source import shipped_cases

    missing = []
    for package in PACKAGES:
        try:
            click.echo(f"ok    {package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
            click.echo(f"MISSING {package}: pip install {package}")
    click.echo(f"ok    {len(load_rules())} rules in {cypher_dir() / 'rules'}")
    click.echo(f"ok    {len(shipped_cases())} cases in {data_dir()}")
    if missing:
        raise EnvironmentFailure(f"missing: {', '.join(missing)}. Install them: pip install {' '.join(missing)}")
    if address is None:
        click.echo("-     no store asked about (--store URI|PATH)")
        return
    with open_store(address, user, database) as store:
        held = store.case_ids()
        nodes = store.query("MATCH (n) RETURN count(n)").rows[0][0]
        relations = store.query("MATCH ()-[r]->() RETURN count(r)").rows[0][0]
        click.echo(f"ok    {store.engine} answers at {address}")
        if held:
            click.echo(f"ok    {len(held)} case(s): {'、'.join(held)}; {nodes} nodes, {relations} relations")
        else:
            click.echo(f"EMPTY no case is loaded. Load one: govgraph load 园区带街 --store {address}")
