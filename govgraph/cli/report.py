"""``govgraph report``: a brief of one page, the findings in full, the matrix and the map, to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govgraph.cli.options import as_of_option, lang_option, rules_option, valid_date

if TYPE_CHECKING:
    from govgraph.check.findings import CheckResult
    from govgraph.check.rules import Rule
    from govgraph.model.case import Case
    from govgraph.render.report.blocks import Document

FORMATS = ("html", "md", "docx")


@click.command("report")
@click.argument("source")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File (default: CASE-report.FORMAT)."
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default=None, help="Default: by the file's ending, or html."
)
@click.option("--map/--no-map", "with_map", default=True, show_default=True, help="Write the map beside the report.")
@click.option("--redact", is_flag=True, help="Put made-up names in place of all names, and leave out quotes.")
@as_of_option
@rules_option
@lang_option
def command(
    source: str,
    output: Path | None,
    format_: str | None,
    with_map: bool,
    redact: bool,
    as_of: str | None,
    rule_folders: tuple[Path, ...],
    lang: str | None,
) -> None:
    """Write a report on SOURCE (a case's name or alias, a file, a folder) as HTML, Markdown or Word."""
    from govgraph.check.rules import load_rules
    from govgraph.check.run import check_case
    from govgraph.cli.language import language
    from govgraph.model.view import as_of as view_as_of
    from govgraph.read.source import read_case
    from govgraph.render.redact import redact_case

    chosen, date = language(lang), valid_date(as_of)
    case = read_case(source)
    seen = view_as_of(case, date) if date else case
    drawn = redact_case(seen) if redact else seen
    rules = load_rules(rule_folders)
    result = check_case(drawn, rules=rules)
    kind = format_ or _ending(output)
    target = output or Path(f"{drawn.id}-report.{kind}")
    if not target.parent.is_dir():
        raise click.UsageError(f"there is no folder {target.parent}: make it first")
    beside = target.with_name(f"{target.stem}-map.html") if with_map else None
    content = _written(drawn, result, rules, date, beside, chosen, kind)
    page = _map(drawn, result, rules, date, chosen) if beside else ""
    if redact:
        _refuse_leaks(seen, drawn, content, page, rules, chosen)
    target.write_bytes(content)
    click.echo(str(target))
    if beside:
        beside.write_bytes(page.encode("utf-8"))
        click.echo(str(beside))


def _ending(output: Path | None) -> str:
    ending = output.suffix.lstrip(".") if output else "html"
    if ending not in FORMATS:
        raise click.UsageError(
            f"{output}: the format cannot be told from the ending; give --format {'|'.join(FORMATS)}"
        )
    return ending


def _written(
    case: Case, result: CheckResult, rules: list[Rule], date: str | None, beside: Path | None, language: str, kind: str
) -> bytes:
    from govgraph.render.report.content import build_report
    from govgraph.render.report.document import compose

    report = build_report(case, result, rules, as_of=date, map_file=beside.name if beside else None)
    return _as(compose(report, language), kind)


def _as(document: Document, kind: str) -> bytes:
    if kind == "docx":
        from govgraph.render.report.docx import as_docx

        return as_docx(document)
    if kind == "md":
        from govgraph.render.report.markdown import as_markdown

        return as_markdown(document).encode("utf-8")
    from govgraph.render.report.html import as_html

    return as_html(document).encode("utf-8")


def _map(case: Case, result: CheckResult, rules: list[Rule], date: str | None, language: str) -> str:
    from govgraph.render.map.content import MapContent, cards_of
    from govgraph.render.map.page import render_map

    return render_map(MapContent(case, result, cards_of(rules), date, language, {}))


def _refuse_leaks(original: Case, redacted: Case, content: bytes, page: str, rules: list[Rule], language: str) -> None:
    """Refuse to write where an original name is left in the report or its map."""
    from govgraph.check.run import check_case
    from govgraph.render.redact import refuse_leaks

    empty = redacted.with_graph((), ())
    nothing = check_case(empty, rules=rules)
    rule_texts = "\n".join(
        text.to(language) for rule in rules for text in (rule.title, rule.why, rule.remedy, rule.basis)
    )
    blank = _written(empty, nothing, rules, None, None, language, "html").decode() + rule_texts
    text = _document_text(content)
    refuse_leaks(original, text, public=blank)
    if page:
        refuse_leaks(original, page, public=_map(empty, nothing, rules, None, language))


def _document_text(content: bytes) -> str:
    """Return the text of a written report: a Word file is a zip of XML parts."""
    import io
    import zipfile

    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode("utf-8")
