"""``govgraph map``: the arrangement as one HTML page that needs no network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import (
    as_of_option,
    lang_option,
    open_store,
    rules_option,
    store_options,
    timeout_option,
    valid_date,
)
from govgraph.errors import NotFoundError

if TYPE_CHECKING:
    from govgraph.check.findings import CheckResult
    from govgraph.model.case import Case


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a case the map is asked for, and how."""

    focus: str | None
    hops: int
    finding: str | None
    query: Path | None
    timeout: float | None


@click.command("map")
@click.argument("source", required=False)
@store_options
@click.option("--case", "case_id", default=None, help="The case to draw of those that the store holds.")
@click.option("--scope", metavar="PLACE", help="With --store: read and draw one place only, a division code or a name.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File (default: CASE.html).")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@click.option("--focus", metavar="NAME", help="Only NAME and what is around it.")
@click.option("--hops", type=click.IntRange(min=0), default=2, show_default=True, help="How far around --focus.")
@click.option("--finding", metavar="FINGERPRINT", help="Only what a finding rests on, and its neighbours.")
@click.option("--query", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Only the nodes and relations whose ids the Cypher in FILE returns.")  # fmt: skip
@click.option("--redact", is_flag=True, help="Put made-up names in place of all names, quotes and sources.")
@as_of_option
@rules_option
@timeout_option
@lang_option
def command(
    source: str | None,
    address: str | None,
    user: str,
    database: str | None,
    case_id: str | None,
    scope: str | None,
    output: Path | None,
    open_: bool,
    focus: str | None,
    hops: int,
    finding: str | None,
    query: Path | None,
    redact: bool,
    as_of: str | None,
    rule_folders: tuple[Path, ...],
    timeout: float | None,
    lang: str | None,
) -> None:
    """Draw SOURCE (a case's name or alias, a file, a folder), or a case of a store, as one offline HTML page."""
    from govgraph.cli.language import language
    from govgraph.model.view import as_of as view_as_of

    if (source is None) == (address is None):
        raise click.UsageError("give either SOURCE or --store")
    if scope and source:
        raise click.UsageError("--scope goes with --store")
    case = _read(source) if source else _fetch((str(address), user, database), case_id, scope, focus)
    date = valid_date(as_of)
    case = view_as_of(case, date) if date else case
    name, seen = case.id, case
    if redact:
        from govgraph.render.redact import redact_case

        case, name = redact_case(case), "redacted"
        focus = _pseudonym(seen, case, focus)
    wanted = Wanted(focus, hops, finding, query, timeout)
    html = _page(case, wanted, date, rule_folders, language(lang))
    if redact:
        from govgraph.render.redact import refuse_leaks

        refuse_leaks(seen, html, public=_page(case.with_graph((), ()), None, None, rule_folders, language(lang)))
    _write(html, output or Path(f"{name}.html"), open_=open_)


def _read(source: str) -> Case:
    from govgraph.read.source import read_case

    return read_case(source)


def _fetch(where: tuple[str, str, str | None], case_id: str | None, scope: str | None, focus: str | None) -> Case:
    """Read from a store what is to be drawn: a place (the scope's, or the focus's own), else a whole case."""
    from govgraph.store.fetch import fetch_case
    from govgraph.store.slice import fetch_slice, find_place, holds_tables

    with open_store(*where) as store:
        if scope:
            return fetch_slice(store, find_place(store, scope))
        if focus and case_id is None and holds_tables(store):  # a store of tables, too large to read whole
            return fetch_slice(store, find_place(store, focus))
        held = store.case_ids()
        if case_id is None and len(held) != 1:
            raise click.UsageError(f"--store needs --case: it holds {'、'.join(held) or 'none'}")
        return fetch_case(store, case_id or held[0])


def _pseudonym(case: Case, redacted: Case, name: str | None) -> str | None:
    """Return what the node that the user names is called after redaction."""
    if name is None or name not in case.names:
        return name
    position = list(case.by_id).index(case.names[name])
    return redacted.nodes[position].name


def _page(case: Case, wanted: Wanted | None, date: str | None, rule_folders: tuple[Path, ...], language: str) -> str:
    from govgraph.check.rules import load_rules
    from govgraph.check.run import check_case
    from govgraph.render.map.content import MapContent, cards_of
    from govgraph.render.map.page import render_map

    rules = load_rules(rule_folders)
    check = check_case(case, rules=rules)
    part, opening = _part(case, check, wanted) if wanted else (case, {})
    return render_map(MapContent(part, check, cards_of(rules), date, language, opening))


def _part(case: Case, check: CheckResult, wanted: Wanted) -> tuple[Case, dict[str, str]]:
    """Cut the case to what was asked for; also return what the page opens with."""
    from govgraph.analyze.slices import around

    opening: dict[str, str] = {}
    if wanted.query:
        case = _queried(case, wanted.query, wanted.timeout)
    if wanted.focus:
        id_ = _find(case, wanted.focus)
        case = around(case, [id_], wanted.hops)
        opening["node"] = id_.partition("/")[2]
    if wanted.finding:
        found = [finding for finding in check.findings if finding.fingerprint.startswith(wanted.finding)]
        if len(found) != 1:
            raise NotFoundError(f"{len(found)} findings begin with {wanted.finding!r}. See: govgraph check")
        ends = [end for link in found[0].relations for end in (link.start, link.end)]
        case = around(case, [*(subject.id for subject in found[0].subjects), *ends], 1)
        opening["finding"] = found[0].fingerprint
    return case, opening


def _find(case: Case, name: str) -> str:
    from govgraph.analyze.names import find
    from govgraph.model.vocabulary import vocabulary

    matches = find([case], name, vocabulary().families)
    if not matches:
        raise NotFoundError(f"nothing in {case.id} is called {name!r}")
    return matches[0].node.id


def _queried(case: Case, file: Path, timeout: float | None) -> Case:
    from govgraph.analyze.slices import cut, named_in
    from govgraph.store.embedded import EmbeddedStore

    with EmbeddedStore() as store:
        store.load(case)
        table = store.query(file.read_text(encoding="utf-8"), timeout=timeout)
    nodes, relations = named_in(case, (value for row in table.rows for value in row))
    if not nodes and not relations:
        raise NotFoundError(f"{file}: the query returns no id of a node or relation; return n.id or r.id")
    return cut(case, nodes, relations or None)


def _write(html: str, output: Path, *, open_: bool) -> None:
    output.write_bytes(html.encode("utf-8"))
    click.echo(str(output))
    if open_:
        click.launch(output.resolve().as_uri())
