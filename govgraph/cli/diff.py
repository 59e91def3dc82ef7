"""``govgraph diff``: two cases, two dates of one case, two stores, or two saved results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import is_server, lang_option, open_store, rules_option, valid_date

if TYPE_CHECKING:
    from govgraph.check.findings import Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference; ``case`` is None for a saved result."""

    name: str
    case: Case | None
    findings: tuple[Finding, ...]


@click.command("diff")
@click.argument("before")
@click.argument("after", required=False)
@click.option("--from", "from_date", metavar="DATE", default=None, help="The state of BEFORE at this date.")
@click.option("--to", "to_date", metavar="DATE", default=None, help="The state of AFTER (or of BEFORE) at this date.")
@click.option("--case", "case_id", default=None, help="The case to take from stores that hold several.")
@rules_option
@click.option("--format", "format_", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option("--exit-code", is_flag=True, help="Exit 1 where there are new findings.")
@lang_option
def command(
    before: str,
    after: str | None,
    from_date: str | None,
    to_date: str | None,
    case_id: str | None,
    rule_folders: tuple[Path, ...],
    format_: str,
    output: Path | None,
    exit_code: bool,
    lang: str | None,
) -> int:
    """Tell how two arrangements differ, and which findings are new, fixed and kept.

    BEFORE and AFTER are cases (name, alias, file, folder), stores (path of an embedded one, bolt://…) or results saved
    by check --format json. With one of them, --from and --to are two dates of it. A body that was renamed, merged or
    split is followed: that alone makes no new finding.
    """
    from govgraph.check.rules import load_rules
    from govgraph.cli.language import language
    from govgraph.reform.delta import compare_findings
    from govgraph.reform.diff import diff_arrangements
    from govgraph.reform.succession import Identity, identity_between
    from govgraph.render.difference import difference_json, difference_markdown, difference_text
    from govgraph.render.json_report import dump

    if after is None and not (from_date and to_date):
        raise click.UsageError("give AFTER, or two dates: --from DATE --to DATE")
    rules = load_rules(rule_folders)
    one = _side(before, valid_date(from_date), case_id, rules)
    other = _side(after or before, valid_date(to_date), case_id, rules)
    chosen = language(lang)
    arrangement = None
    identity = Identity()
    if one.case is not None and other.case is not None:
        identity = identity_between(one.case, other.case)
        arrangement = diff_arrangements(one.case, other.case, identity)
    delta = compare_findings(one.findings, other.findings, identity)
    names = (one.name, other.name)
    if format_ == "json":
        text = dump(difference_json(names, arrangement, delta, chosen))
    else:
        write = difference_text if format_ == "text" else difference_markdown
        text = write(names, arrangement, delta, chosen)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
    return 1 if exit_code and delta.introduced else 0


def _side(source: str, date: str | None, case_id: str | None, rules: list[Rule]) -> Side:
    """Read and check one side."""
    from govgraph.check.run import check_case
    from govgraph.check.saved import is_saved_result, read_saved
    from govgraph.model.view import as_of

    path = Path(source)
    if is_saved_result(path):
        if date is not None:
            raise click.UsageError(f"{source} is a saved result: it has its own date")
        saved = read_saved(path)
        return Side(source, None, saved.findings)
    case = _case(source, case_id)
    seen = as_of(case, date) if date else case
    name = f"{source} @ {date}" if date else source
    return Side(name, seen, tuple(check_case(seen, rules=rules).findings))


def _case(source: str, case_id: str | None) -> Case:
    """Read a case, from a store where ``source`` is one."""
    from govgraph.read.source import read_case

    path = Path(source)
    if not is_server(source) and not _is_embedded(path):
        return read_case(source)
    from govgraph.store.fetch import fetch_case

    with open_store(source, "neo4j", None) as store:
        held = store.case_ids()
        if case_id is None and len(held) != 1:
            raise click.UsageError(f"{source} holds {'、'.join(held) or 'no case'}: choose one by --case")
        return fetch_case(store, case_id or held[0])


def _is_embedded(path: Path) -> bool:
    """Tell whether a file is an embedded store: it is none of the forms that a case has."""
    return path.is_file() and path.suffix not in (".yaml", ".yml", ".xlsx", ".csv", ".json")
