"""``govgraph path``: how two bodies can reach each other."""

from __future__ import annotations

import click

from govgraph.cli.options import as_of_option, lang_option, valid_date


@click.command("path")
@click.argument("source")
@click.argument("start")
@click.argument("end")
@as_of_option
@click.option("--by", "channel", type=click.Choice(["coordination", "superior", "money", "any", "all"]), default="all",
              show_default=True, help="The kind of relation that the path runs over; all shows each.")  # fmt: skip
@lang_option
def command(source: str, start: str, end: str, as_of: str | None, channel: str, lang: str | None) -> int:
    """Show the shortest ways from START to END in SOURCE: coordination, superiors, money. Exit 1 where none is."""
    from govgraph.analyze.names import find
    from govgraph.analyze.paths import CHANNELS, shortest
    from govgraph.cli.language import language
    from govgraph.errors import NotFoundError
    from govgraph.model.view import as_of as view_as_of
    from govgraph.model.vocabulary import vocabulary
    from govgraph.read.source import read_case
    from govgraph.render.answers import path_text

    chosen = language(lang)
    case = read_case(source)
    if valid_date(as_of):
        case = view_as_of(case, str(as_of))
    ends = []
    for text in (start, end):
        matches = find([case], text, vocabulary().families)
        if not matches:
            raise NotFoundError(f"nothing in {case.id} is called “{text}”")
        ends.append(matches[0].node)
    names = {"coordination": "协调", "superior": "上级", "money": "资金", "any": "任意关系"}
    found = False
    for name in CHANNELS if channel == "all" else (channel,):
        steps = shortest(case, ends[0].id, ends[1].id, name)
        title = names[name] if chosen == "zh" else name
        if steps is None:
            click.echo(f"{title}: {'不通' if chosen == 'zh' else 'no way'}")
            continue
        found = True
        click.echo(f"{title}: {len(steps)}")
        click.echo(path_text(steps, chosen), nl=False)
    return 0 if found else 1
