"""``govgraph convert``: a case as YAML, as an Excel workbook, or as CSV files; to and fro without loss."""

from __future__ import annotations

from pathlib import Path

import click

YAML = (".yaml", ".yml")


@click.command("convert")
@click.argument("source")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--bom", is_flag=True, help="Begin CSV files with a byte order mark, by which Excel knows UTF-8.")
@click.option("--headers", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Headers of tables.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def command(source: str, target: Path, *, bom: bool, headers: str, force: bool) -> None:
    """Write SOURCE (a case's name, a file, a folder) as TARGET: NAME.yaml, NAME.xlsx, or a folder for CSV files.

    Comments of a YAML file are not carried over.
    """
    from govgraph.read.source import read_case
    from govgraph.render.case_tables import case_files, write_csv_folder
    from govgraph.render.case_workbook import workbook_bytes
    from govgraph.render.case_yaml import case_yaml

    suffix = target.suffix.lower()
    is_folder = target.is_dir() or suffix not in (*YAML, ".xlsx")
    if is_folder and suffix not in ("", *YAML, ".xlsx") and not target.is_dir():
        raise click.UsageError(f"cannot write {suffix} files; TARGET is NAME.yaml, NAME.xlsx or a folder")
    if is_folder and (target / "case.yaml").exists():
        raise click.UsageError(f"{target} holds a case.yaml, which would be read first; choose another folder")
    there = case_files(target) if is_folder and target.is_dir() else [target] if target.exists() else []
    if there and not force:
        raise click.UsageError(f"{there[0]} is there already; give --force to overwrite")
    case = read_case(source)
    if is_folder:
        write_csv_folder(case, target, bom=bom, language=headers)
    else:
        content = case_yaml(case).encode() if suffix in YAML else workbook_bytes(case, headers)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    click.echo(f"{case.id} → {target}", err=True)
