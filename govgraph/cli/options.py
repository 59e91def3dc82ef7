"""Options that several commands share, each written once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govgraph.errors import EnvironmentFailure, GovgraphError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from govgraph.store.protocol import Store

Command = TypeVar("Command", bound="Callable[..., Any]")

lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default=None, help="Language of the output (default: the locale's)."
)
as_of_option = click.option(
    "--as-of", "as_of", metavar="DATE", default=None, help="The state at a date: 2009, 2009-09 or 2009-09-01."
)
rules_option = click.option(
    "--rules",
    "rule_folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with rules of your own, beside the shipped ones (repeatable).",
)
sources_option = click.option(
    "--in", "sources", multiple=True, metavar="SOURCE", help="A case (repeatable; default: all shipped ones)."
)
timeout_option = click.option(
    "--timeout", type=click.FloatRange(min=0.001), default=None, help="Seconds a query may run."
)

STORE_HELP = (
    "A store: the path of an embedded database, or bolt://, neo4j://, neo4j+s:// of a Neo4j server "
    "(password from NEO4J_PASSWORD, or asked for)."
)


def store_options(command: Command) -> Command:
    """Add ``--store``, ``--user`` and ``--database``."""
    database = click.option("--database", default=None, help="Neo4j database (default: the server's).")
    user = click.option("--user", default="neo4j", show_default=True, envvar="NEO4J_USER", help="Neo4j user.")
    address = click.option("--store", "address", metavar="URI|PATH", default=None, help=STORE_HELP)
    return address(user(database(command)))


def question_options(command: Command) -> Command:
    """Add what a question about cases or a store takes: ``--in``, the store, ``--as-of``, ``--format``, ``--lang``."""
    formats = click.option(
        "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
    )
    return sources_option(store_options(as_of_option(formats(lang_option(command)))))


def is_server(address: str) -> bool:
    """Tell whether an address is a Neo4j server's."""
    return "://" in address


def open_store(address: str, user: str, database: str | None, *, read_only: bool = True) -> Store:
    """Open the store at ``address``.

    Raises:
        EnvironmentFailure: it is away, or refuses; or it is to be read while a load of tables is half done.
    """
    if not is_server(address):
        return _open_file(address, read_only=read_only)
    from govgraph.store.neo4j_server import Neo4jStore

    store = Neo4jStore(address, user, password(), database)
    try:
        if read_only and (loads := store.unfinished()):
            raise StoreUnavailableError(
                f"{address} is half loaded ({'; '.join(loads)}): answers would be half too. Wait while the load runs; "
                "if it was stopped, load the same again: what is left of it goes first."
            )
    except GovgraphError:
        store.close()
        raise
    return store


def _open_file(address: str, *, read_only: bool) -> Store:
    """Open a store on disk with the engine that made it; a new one is for cases."""
    from govgraph.store.columnar.database import ColumnarStore, is_columnar

    if is_columnar(Path(address)):
        return ColumnarStore(address, read_only=read_only)
    from govgraph.store.embedded import EmbeddedStore

    return EmbeddedStore(address, read_only=read_only)


def password() -> str:
    """Return the Neo4j password: from the environment, or asked for at a terminal.

    Raises:
        EnvironmentFailure: there is neither.
    """
    value = os.environ.get("NEO4J_PASSWORD")
    if value:
        return value
    if not sys.stdin.isatty():
        raise EnvironmentFailure("no password: set NEO4J_PASSWORD, or run at a terminal to be asked")
    answer: str = click.prompt("Neo4j password", hide_input=True, err=True)
    return answer


def valid_date(date: str | None) -> str | None:
    """Return a partial date as given.

    Raises:
        BadParameter: it is not one.
    """
    from govgraph.read.values import is_date

    if date is not None and not is_date(date):
        raise click.BadParameter(f"{date!r} is not a date; expected 2009, 2009-09 or 2009-09-01", param_hint="--as-of")
    return date
