"""``govgraph who-owns``: 这个事情谁来管."""

from __future__ import annotations

import click

from govgraph.cli.options import question_options, valid_date


@click.command("who-owns")
@click.argument("duty")
@question_options
def command(
    duty: str,
    sources: tuple[str, ...],
    address: str | None,
    user: str,
    database: str | None,
    as_of: str | None,
    format_: str,
    lang: str | None,
) -> int:
    """Say who answers for DUTY: lead, support, powers, money, the chain above. Exit 1 where nothing has that name."""
    from govgraph.analyze.names import find
    from govgraph.analyze.responsibility import who_owns
    from govgraph.cli.language import language
    from govgraph.cli.scope import cases_of, settled
    from govgraph.render.answers import answer_json, answer_text
    from govgraph.render.json_report import dump

    chosen = language(lang)
    cases = cases_of(sources, (address, user, database), valid_date(as_of), (duty, ("事项",)))
    matches = settled(find(cases, duty, ["事项"]), duty, chosen)
    if not matches:
        return 1
    answers = [(match, who_owns(match.case, match.node)) for match in matches]
    if format_ == "json":
        click.echo(dump([answer_json(match, answer) for match, answer in answers]), nl=False)
    else:
        click.echo("\n".join(answer_text(match, answer, chosen) for match, answer in answers), nl=False)
    return 0
