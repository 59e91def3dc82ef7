"""``govgraph rules``: the rules, what each asks and why; ``--mutate`` scores them on seeded defects."""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.cli.options import lang_option, rules_option


@click.command("rules")
@click.argument("name", required=False)
@rules_option
@lang_option
def command(name: str | None, rule_folders: tuple[Path, ...], lang: str | None) -> None:
    """List the rules, or show one whole: question, why, basis, remedy, parameters, Cypher."""
    from govgraph.check.rules import find_rule, load_rules
    from govgraph.cli.language import language
    from govgraph.render.rule_page import rule_text
    from govgraph.render.tables import grid
    from govgraph.render.words import word

    chosen = language(lang)
    rules = load_rules(rule_folders)
    if name is None:
        rows = [(rule.id, word(rule.severity, chosen), rule.title.to(chosen)) for rule in rules]
        click.echo(grid(("id", "severity", "title"), rows), nl=False)
        return
    click.echo(rule_text(find_rule(rules, name), chosen), nl=False)
