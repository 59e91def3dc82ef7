"""Which cases a look-up goes over, and which of several matches is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govgraph.cli.options import open_store

if TYPE_CHECKING:
    from govgraph.analyze.names import Match
    from govgraph.model.case import Case
    from govgraph.store.protocol import Store


def cases_of(
    sources: tuple[str, ...],
    place: tuple[str | None, str, str | None],
    as_of: str | None,
    named: tuple[str, tuple[str, ...]] | None = None,
) -> list[Case]:
    """Read the cases named, those of a store, or all shipped ones; as they stood at a date where one is given.

    Of a store that was loaded in bulk only what stands around the nodes ``named`` (a name, and families) is read.
    """
    from govgraph.model.view import as_of as view_as_of
    from govgraph.read.source import read_case, shipped_cases
    from govgraph.store.fetch import fetch_case
    from govgraph.store.slice import holds_tables

    address, user, database = place
    if address is not None:
        with open_store(address, user, database) as store:
            if named is not None and holds_tables(store):
                cases = _around(store, *named)
                return [view_as_of(case, as_of) for case in cases] if as_of else cases
            cases = [fetch_case(store, case_id) for case_id in store.case_ids() if not sources or case_id in sources]
    else:
        cases = [read_case(source) for source in sources or shipped_cases()]
    return [view_as_of(case, as_of) for case in cases] if as_of else cases


def _around(store: Store, name: str, families: tuple[str, ...]) -> list[Case]:
    from govgraph.store.neighbourhood import fetch_around
    from govgraph.store.slice import find_named

    return [
        fetch_around(store, family, str(row[0]))
        for family in families
        for row in find_named(store, family, name, "n.id AS found_")
    ]


def settled(matches: list[Match], text: str, language: str) -> list[Match]:
    """Return the matches that are meant: sure ones, else the only one; choices go to stderr where it is open."""
    from govgraph.analyze.names import SURE
    from govgraph.render.answers import choices_text

    if not matches:
        click.echo(f"没有叫“{text}”的" if language == "zh" else f"nothing is called “{text}”", err=True)
        return []
    if matches[0].score >= SURE or len(matches) == 1:
        return matches
    click.echo(choices_text(matches, language), nl=False, err=True)
    return matches
