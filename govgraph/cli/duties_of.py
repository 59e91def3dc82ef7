"""``govgraph duties-of``: 这个部门管什么."""

from __future__ import annotations

import click

from govgraph.cli.options import question_options, valid_date


@click.command("duties-of")
@click.argument("body")
@question_options
def command(
    body: str,
    sources: tuple[str, ...],
    address: str | None,
    user: str,
    database: str | None,
    as_of: str | None,
    format_: str,
    lang: str | None,
) -> int:
    """Say what BODY (a body, post or group of people) answers for. Exit 1 where nothing has that name."""
    from govgraph.analyze.names import find
    from govgraph.analyze.responsibility import duties_of
    from govgraph.cli.language import language
    from govgraph.cli.scope import cases_of, settled
    from govgraph.render.answers import duties_text, holding_json
    from govgraph.render.json_report import dump

    chosen = language(lang)
    cases = cases_of(sources, (address, user, database), valid_date(as_of), (body, ("组织", "岗位", "人员")))
    matches = settled(find(cases, body, ["组织", "岗位", "人员"]), body, chosen)
    if not matches:
        return 1
    found = [(match, duties_of(match.case, match.node)) for match in matches]
    if format_ == "json":
        rows = [
            {"case": match.case.id, "body": match.node.id, "duties": [holding_json(h) for h in held]}
            for match, held in found
        ]
        click.echo(dump(rows), nl=False)
    else:
        click.echo("\n".join(duties_text(match, held, chosen) for match, held in found), nl=False)
    return 0
