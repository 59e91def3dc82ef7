"""``govgraph rules``: what each rule asks and why; ``rules test`` tries them on their cases or on seeded defects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import lang_option, rules_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.check.rules import Rule


class _RuleGroup(click.Group):
    """A group in which a name that is no command is a rule's: ``govgraph rules ID`` is ``govgraph rules show ID``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with, or ``show`` for a rule's name."""
        if args and args[0] not in self.commands:
            args = ["show", *args]
        return super().resolve_command(ctx, args)


@click.group("rules", cls=_RuleGroup, invoke_without_command=True, subcommand_metavar="[ID | COMMAND [ARGS]...]")
@rules_option
@lang_option
@click.pass_context
def command(ctx: click.Context, rule_folders: tuple[Path, ...], lang: str | None) -> None:
    """List the rules; with an ID show one whole: question, why, basis, remedy, parameters, Cypher."""
    ctx.obj = (rule_folders, lang)
    if ctx.invoked_subcommand is None:
        _list(rule_folders, lang)


@command.command("list")
@rules_option
@lang_option
@click.pass_obj
def list_rules(outer: tuple[tuple[Path, ...], str | None], rule_folders: tuple[Path, ...], lang: str | None) -> None:
    """List the rules with severity and title."""
    _list((*outer[0], *rule_folders), lang or outer[1])


@command.command("show")
@click.argument("name", metavar="ID")
@rules_option
@lang_option
@click.pass_obj
def show_rule(
    outer: tuple[tuple[Path, ...], str | None], name: str, rule_folders: tuple[Path, ...], lang: str | None
) -> None:
    """Show one rule whole."""
    from govgraph.check.rules import find_rule, load_rules
    from govgraph.cli.language import language
    from govgraph.render.rule_page import rule_text

    rules = load_rules((*outer[0], *rule_folders))
    click.echo(rule_text(find_rule(rules, name), language(lang or outer[1])), nl=False)


def _list(rule_folders: tuple[Path, ...], lang: str | None) -> None:
    from govgraph.check.rules import load_rules
    from govgraph.cli.language import language
    from govgraph.render.tables import grid
    from govgraph.render.words import word

    chosen = language(lang)
    rows = [(rule.id, word(rule.severity, chosen), rule.title.to(chosen)) for rule in load_rules(rule_folders)]
    click.echo(grid(("id", "severity", "title"), rows), nl=False)


@command.command("test")
@click.argument("name", metavar="[ID]", required=False)
@click.option("--mutate", is_flag=True, help="Plant each kind of defect into clean arrangements and score the rules.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the arrangements and of the places.")
@click.option(
    "--size",
    "sizes",
    type=click.IntRange(min=2),
    multiple=True,
    help="Subdistricts of a clean arrangement (repeatable; default: 2 and 4).",
)
@click.option(
    "--cases",
    "case_folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Cases of your own rules, <category>/<name>.yaml (default: DIR/../tests/rules of --rules DIR).",
)
@rules_option
@click.pass_obj
def test_rules(
    outer: tuple[tuple[Path, ...], str | None],
    name: str | None,
    mutate: bool,
    seed: int,
    sizes: tuple[int, ...],
    case_folders: tuple[Path, ...],
    rule_folders: tuple[Path, ...],
) -> None:
    """Run the cases of all rules or of one: where it fires, must not, must ask for data. Exit code 1 if one fails."""
    from govgraph.check.rules import find_rule, load_rules

    folders = (*outer[0], *rule_folders)
    pack = load_rules(folders)
    chosen = [find_rule(pack, name)] if name else pack
    fine = _mutate(chosen, pack, seed, sizes) if mutate else _run_cases(chosen, folders, case_folders)
    if not fine:
        raise click.exceptions.Exit(1)


def _mutate(chosen: Sequence[Rule], pack: Sequence[Rule], seed: int, sizes: tuple[int, ...]) -> bool:
    from govgraph.check.mutation.score import SIZES, score_rules
    from govgraph.render.mutation import scores_text

    scores = score_rules(chosen, seed=seed, sizes=sizes or SIZES, pack=pack)
    click.echo(scores_text(scores), nl=False)
    return scores.perfect


def _run_cases(chosen: Sequence[Rule], folders: tuple[Path, ...], case_folders: tuple[Path, ...]) -> bool:
    from govgraph.assets import rule_cases_dir
    from govgraph.check.rule_cases import answers, read_rule_cases
    from govgraph.render.mutation import answers_text

    beside = [path for folder in folders if (path := folder.parent / "tests" / "rules").is_dir()]
    places = [*case_folders, *beside, rule_cases_dir()]
    found, without = [], []
    for rule in chosen:
        cases = next((cases for place in places if (cases := read_rule_cases(rule.id, place))), ())
        found += answers(rule, cases)
        if not cases:
            without.append(rule.id)
    click.echo(answers_text(found, without), nl=False)
    return all(answer.passed for answer in found)
