"""``govgraph check``: run the rules and report what they find."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
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
from govgraph.cli.policy import Policy, policy_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from govgraph.check.findings import CheckResult
    from govgraph.check.judgement import Judgement
    from govgraph.check.lookup import Lookup
    from govgraph.check.rules import Rule
    from govgraph.check.tally import Tally
    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

FORMATS = ("text", "json", "jsonl", "csv", "parquet")
STREAMED = FORMATS[2:]  # written as they come, from a store of any size
LEVELS = ("error", "warning", "note", "never")


@click.command("check")
@click.argument("source", required=False)
@store_options
@click.option("--case", "case_id", default=None, help="One case of the store (default: all that it holds).")
@click.option("--scope", default=None, metavar="PLACE", help="One place of the store: a division code, or a name.")
@as_of_option
@rules_option
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules: id, category or pattern (repeatable).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules (repeatable).")
@click.option("--severity", "severities", multiple=True, metavar="RULE=LEVEL", help="Another severity for a rule.")
@click.option("--param", "params", multiple=True, metavar="RULE:NAME=VALUE", help="A parameter of a rule.")
@click.option("--fail-on", type=click.Choice(LEVELS), default="error", show_default=True, help="Exit 1 at this level.")
@click.option("--warn-on", type=click.Choice(LEVELS), default="never", show_default=True, help="Warn at this level.")
@policy_options
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option("--verbose", is_flag=True, help="All findings and quotes, and the rules that found nothing.")
@click.option("--timings", is_flag=True, help="Seconds a rule, on stderr.")
@timeout_option
@lang_option
def command(
    source: str | None,
    address: str | None,
    user: str,
    database: str | None,
    case_id: str | None,
    scope: str | None,
    as_of: str | None,
    rule_folders: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severities: tuple[str, ...],
    params: tuple[str, ...],
    fail_on: str,
    warn_on: str,
    policy: Policy,
    format_: str,
    output: Path | None,
    verbose: bool,
    timings: bool,
    timeout: float | None,
    lang: str | None,
) -> int:
    """Check SOURCE (a case's name or alias, a file, a folder), or a store, with the rules."""
    from govgraph.check.rules import load_rules, select_rules
    from govgraph.cli.language import language

    if (source is None) == (address is None):
        raise click.UsageError("give either SOURCE or --store")
    if scope is not None and address is None:
        raise click.UsageError("--scope is a place of a store: give --store")
    chosen = language(lang)
    rules = select_rules(with_severities(load_rules(rule_folders), severities), select, ignore)
    values = parameter_values(rules, params)
    if format_ in STREAMED:
        if address is None or output is None or case_id or scope or as_of:
            raise click.UsageError(f"{format_} streams a whole store: give --store and -o FILE")
        if policy.baseline or policy.suppressions:
            raise click.UsageError(f"{format_} takes no --baseline or --suppressions: use --format json")
        with open_store(address, user, database) as store:
            numbers = _stream(store, rules, values, output, format_, timeout)
        return _tell(numbers, address, chosen, fail_on, warn_on)
    place = (address, user, database, case_id, scope)
    with ExitStack() as opened:
        result, lookup = _result(opened, source, place, valid_date(as_of), rules, values, timeout)
        if timings:
            for entry in sorted(result.results, key=lambda entry: -entry.seconds):
                click.echo(f"{entry.seconds:8.3f} s  {entry.rule}", err=True)
        judgement = policy.judge(result, rules)
        tally = _tally(judgement.newest, rules, lookup) if format_ == "text" else None
    whole = address if case_id is None and scope is None and as_of is None else None
    _write(judgement, chosen, format_, output, policy, verbose=verbose, tally=tally, store=whole)
    policy.keep(judgement)
    return exit_code(judgement, fail_on, warn_on, chosen)


def _tally(result: CheckResult, rules: list[Rule], lookup: Lookup) -> Tally | None:
    """Return the numbers of a check whose findings are too many to be shown."""
    from govgraph.check.tally import tally_of
    from govgraph.render.text_report import is_cut

    return tally_of(result, rules, lookup) if is_cut(result) else None


def _result(
    opened: ExitStack,
    source: str | None,
    place: tuple[str | None, str, str | None, str | None, str | None],
    as_of: str | None,
    rules: list[Rule],
    values: dict[str, dict[str, object]],
    timeout: float | None,
) -> tuple[CheckResult, Lookup]:
    """Check a case or a store; return what was found, and what tells more of it as long as ``opened`` is."""
    from govgraph.check.lookup import CaseLookup, StoreLookup
    from govgraph.check.run import check_case, check_store

    address, user, database, case_id, scope = place
    if source is not None:
        from govgraph.read.source import read_case

        case = read_case(source)
    elif case_id is None and as_of is None and scope is None:
        store = opened.enter_context(open_store(str(address), user, database))
        return check_store(store, rules=rules, parameters=values, timeout=timeout), StoreLookup(store)
    else:
        with open_store(str(address), user, database) as store:
            case = _case(store, case_id, scope)
    return check_case(case, rules=rules, as_of=as_of, parameters=values), CaseLookup(case)


def _case(store: Store, case_id: str | None, scope: str | None) -> Case:
    """Read one place or one case out of a store."""
    if scope is not None:
        from govgraph.store.slice import fetch_slice, find_place

        return fetch_slice(store, find_place(store, scope))
    from govgraph.store.fetch import fetch_case

    held = store.case_ids()
    if case_id is None and len(held) != 1:
        raise click.UsageError(f"--as-of on a store needs --case: it holds {'、'.join(held) or 'none'}")
    return fetch_case(store, case_id or held[0])


def _stream(
    store: Store,
    rules: list[Rule],
    values: dict[str, dict[str, object]],
    output: Path,
    format_: str,
    timeout: float | None,
) -> Tally:
    """Write the findings of a store as they come; return their numbers."""
    from govgraph.check.lookup import StoreLookup
    from govgraph.check.stream import stream_findings
    from govgraph.check.tally import Counting
    from govgraph.render.finding_stream import write_findings

    counting = Counting(rules, StoreLookup(store))
    findings = stream_findings(store, rules, values, timeout=timeout, folder=output.parent)
    write_findings(counting.passing(findings), output, format_)
    return counting.tally()


def _tell(tally: Tally, address: str, language: str, fail_on: str, warn_on: str) -> int:
    """Print the numbers of streamed findings; return the exit code."""
    from govgraph.check.findings import SEVERITIES
    from govgraph.render.console import print_lines
    from govgraph.render.tally import advice_lines, tally_lines

    lines = [*tally_lines(tally, language), *advice_lines(tally, address, language, written=True)]
    print_lines(lines)
    worst = max((SEVERITIES.index(item.severity) for item in tally.rules if item.violated), default=-1)
    return _exit(lambda level: level in SEVERITIES and worst >= SEVERITIES.index(level), fail_on, warn_on, language)


def with_severities(rules: list[Rule], settings: tuple[str, ...]) -> list[Rule]:
    """Return the rules with the severities that ``RULE=LEVEL`` settings give."""
    from govgraph.check.findings import SEVERITIES
    from govgraph.check.rules import find_rule

    changed = {rule.id: rule for rule in rules}
    for setting in settings:
        name, _, level = setting.partition("=")
        if level not in SEVERITIES:
            raise click.BadParameter(
                f"{setting!r}; expected RULE=LEVEL with {', '.join(SEVERITIES)}", param_hint="--severity"
            )
        rule = find_rule(rules, name)
        changed[rule.id] = replace(rule, severity=level)
    return list(changed.values())


def parameter_values(rules: list[Rule], settings: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """Read ``RULE:NAME=VALUE`` settings into rule id → name → value of the declared type."""
    from govgraph.check.rules import find_rule

    result: dict[str, dict[str, object]] = {}
    for setting in settings:
        target, _, text = setting.partition("=")
        rule_name, _, name = target.rpartition(":")
        rule = find_rule(rules, rule_name)
        declared = {parameter.name: parameter for parameter in rule.parameters}
        if name not in declared:
            known = ", ".join(declared) or "none"
            raise click.BadParameter(f"{rule.id} has no parameter {name!r}; it has: {known}", param_hint="--param")
        result.setdefault(rule.id, {})[name] = typed(text, declared[name].type)
    return result


def typed(text: str, type_: str) -> object:
    """Return the value of a parameter given as text."""
    try:
        if type_ == "integer":
            return int(text)
        if type_ == "number":
            return float(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a {type_}") from error
    return text.split(",") if type_ == "texts" else text


def _write(
    judgement: Judgement,
    language: str,
    format_: str,
    output: Path | None,
    policy: Policy,
    *,
    verbose: bool,
    tally: Tally | None,
    store: str | None,
) -> None:
    if format_ == "json":
        from govgraph.render.json_report import dump
        from govgraph.render.judgement import judgement_json

        text = dump(judgement_json(judgement, language))
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)
        if judgement.delta is not None:
            click.echo(judgement.delta.line, err=True)
        return
    from govgraph.render.console import print_lines
    from govgraph.render.judgement import apart_lines
    from govgraph.render.text_report import check_lines

    shown = judgement.result if verbose else judgement.newest
    lines = [
        *check_lines(shown, language, verbose=verbose, tally=tally, store=store),
        *apart_lines(judgement, language, show_suppressed=policy.show_suppressed),
    ]
    print_lines(lines, output)


def exit_code(judgement: Judgement, fail_on: str, warn_on: str, language: str) -> int:
    """Return 1 where a counted violation is at or above the level or a suppression has expired, else 0."""
    from govgraph.render.judgement import warnings

    for line in warnings(judgement, language):
        click.echo(line, err=True)
    return 1 if judgement.outcome.expired else _exit(judgement.reaches, fail_on, warn_on, language)


def _exit(reaches: Callable[[str], bool], fail_on: str, warn_on: str, language: str) -> int:
    failed = reaches(fail_on)
    if not failed and reaches(warn_on):
        at_least = f"有达到 {warn_on} 级的发现" if language == "zh" else f"there are findings at or above {warn_on}"
        click.echo(at_least, err=True)
    return 1 if failed else 0
