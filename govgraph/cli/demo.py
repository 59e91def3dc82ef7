"""``govgraph demo``: a first finding and a first map, with one command."""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.cli.options import lang_option

CASE = "园区带街"


@click.command("demo")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"),
              show_default=True, help="Folder for the map.")  # fmt: skip
@lang_option
def command(output: Path, lang: str | None) -> None:
    """Check the case 园区带街 on the embedded engine, write its map, and say where it is."""
    from govgraph.check.rules import load_rules
    from govgraph.check.run import check_case
    from govgraph.cli.language import language
    from govgraph.read.source import read_case
    from govgraph.render.console import print_lines
    from govgraph.render.map.content import MapContent, cards_of
    from govgraph.render.map.page import render_map
    from govgraph.render.text_report import check_lines

    chosen = language(lang)
    case = read_case(CASE)
    rules = load_rules()
    result = check_case(case, rules=rules)
    print_lines(check_lines(result, chosen))
    output.mkdir(parents=True, exist_ok=True)
    target = output / f"{case.id}.html"
    page = render_map(MapContent(case, result, cards_of(rules), None, chosen, {}))
    target.write_text(page, encoding="utf-8", newline="")
    click.echo("")
    click.echo(f"{'地图' if chosen == 'zh' else 'map'}: {target.resolve()}")
    click.echo(
        f"{'再试' if chosen == 'zh' else 'next'}: govgraph who-owns 农民合作医疗 · govgraph check {CASE} --format json"
    )
