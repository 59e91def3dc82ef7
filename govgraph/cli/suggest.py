"""``govgraph suggest``: the smallest changes that would clear a finding, or most of a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import as_of_option, lang_option, rules_option, valid_date

if TYPE_CHECKING:
    from govgraph.check.findings import Finding
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case
    from govgraph.reform.suggest import Search, Suggestion

HEX = frozenset("0123456789abcdef")
FEWEST_DIGITS = 4


@click.command("suggest")
@click.argument("target")
@click.option("--in", "sources", multiple=True, metavar="SOURCE", help="Cases to look for the finding in.")
@click.option("--budget", type=click.IntRange(1, 20), default=None, help="For a case: at most this many steps.")
@click.option("--most", type=click.IntRange(1, 20), default=5, show_default=True, help="How many to print.")
@as_of_option
@rules_option
@click.option("--format", "format_", type=click.Choice(["text", "json", "yaml"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@lang_option
def command(
    target: str,
    sources: tuple[str, ...],
    budget: int | None,
    most: int,
    as_of: str | None,
    rule_folders: tuple[Path, ...],
    format_: str,
    output: Path | None,
    lang: str | None,
) -> int:
    """Search for changes that clear TARGET: a finding (its fingerprint), or, with --budget, a case.

    Every suggestion is judged by all rules on the changed case, and ranked by what it breaks, then by its size. The
    YAML format is a plan that simulate takes. Exits with 1 where nothing was found.
    """
    from govgraph.check.rules import load_rules
    from govgraph.cli.language import language
    from govgraph.read.source import read_case
    from govgraph.reform.suggest import Search as NewSearch

    rules = load_rules(rule_folders)
    date = valid_date(as_of)
    if budget is not None:
        search = NewSearch(_seen(read_case(target), date), rules)
        found = search.best_set(budget)[-1:]
        head = search.case.id
    else:
        search, finding = _finding(target, sources, date, rules)
        found = search.clearing(finding, most)
        head = finding.message.to(language(lang))
    _write(head, search.case, found, format_, language(lang), output)
    return 0 if found else 1


def _seen(case: Case, date: str | None) -> Case:
    from govgraph.model.view import as_of

    return as_of(case, date) if date else case


def _finding(text: str, sources: tuple[str, ...], date: str | None, rules: list[Rule]) -> tuple[Search, Finding]:
    """Find the finding whose fingerprint begins with ``text``, and the search over its case."""
    from govgraph.errors import NotFoundError
    from govgraph.read.source import read_case, shipped_cases
    from govgraph.reform.suggest import Search as NewSearch

    if len(text) < FEWEST_DIGITS or not set(text) <= HEX:
        raise NotFoundError(f"{text!r} is no fingerprint. For a case give --budget: govgraph suggest {text} --budget 3")
    for source in sources or tuple(shipped_cases()):
        search = NewSearch(_seen(read_case(source), date), rules)
        found = [finding for finding in search.checked.findings if finding.fingerprint.startswith(text)]
        if len(found) > 1:
            listed = "、".join(finding.fingerprint for finding in found)
            raise NotFoundError(f"several findings of {search.case.id} begin with {text!r}: {listed}")
        if found:
            return search, found[0]
    raise NotFoundError(
        f"no finding begins with {text!r}. Fingerprints stand at the end of each line of: govgraph check"
    )


def _write(head: str, case: Case, found: list[Suggestion], format_: str, language: str, output: Path | None) -> None:
    from govgraph.render.suggestions import suggestions_json, suggestions_text, suggestions_yaml

    if format_ == "json":
        from govgraph.render.json_report import dump

        text = dump(suggestions_json(head, case, found, language))
    elif format_ == "yaml":
        text = suggestions_yaml(found)
    else:
        text = suggestions_text(head, case, found, language)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
