"""``govgraph explain``: the story of one finding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import as_of_option, lang_option, rules_option, sources_option, valid_date

if TYPE_CHECKING:
    from govgraph.check.findings import Finding


@click.command("explain")
@click.argument("finding")
@sources_option
@as_of_option
@rules_option
@lang_option
def command(
    finding: str, sources: tuple[str, ...], as_of: str | None, rule_folders: tuple[Path, ...], lang: str | None
) -> None:
    """Tell what a FINDING says, why it matters, what it rests on, the Cypher behind it, and what to do.

    FINDING is a fingerprint (or its first digits), or a rule's id: then the rule itself is explained.
    """
    from govgraph.check.rules import find_rule, load_rules
    from govgraph.cli.language import language
    from govgraph.errors import NotFoundError
    from govgraph.render.explanation import explanation
    from govgraph.render.rule_page import rule_text

    chosen = language(lang)
    rules = load_rules(rule_folders)
    if "/" in finding or any(rule.id.endswith(f"/{finding}") for rule in rules):
        click.echo(rule_text(find_rule(rules, finding), chosen), nl=False)
        return
    matches = _matches(finding, sources, valid_date(as_of), rules)
    if not matches:
        raise NotFoundError(
            f"no finding begins with {finding!r}. Fingerprints stand at the end of each line of: govgraph check"
        )
    if len({match.fingerprint for match in matches}) > 1:
        listed = "\n".join(f"  {m.fingerprint}  {m.message.to(chosen)}" for m in matches)
        raise NotFoundError(f"several findings begin with {finding!r}:\n{listed}")
    click.echo(explanation(matches[0], find_rule(rules, matches[0].rule), chosen), nl=False)


def _matches(text: str, sources: tuple[str, ...], as_of: str | None, rules: list) -> list[Finding]:  # type: ignore[type-arg]
    from govgraph.check.run import check_case
    from govgraph.read.source import read_case, shipped_cases

    found = []
    for source in sources or shipped_cases():
        result = check_case(read_case(source), rules=rules, as_of=as_of)
        found += [finding for finding in result.findings if finding.fingerprint.startswith(text)]
        if found and len(text) == len(found[0].fingerprint):
            break
    return found
