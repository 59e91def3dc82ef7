"""``govgraph init``: a first case to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from govgraph.errors import InputError, Problem

TEMPLATE = """\
# A case of govgraph: one arrangement, written from one document. How to fill it in: docs/encoding.md.
# Check it:  govgraph validate {folder} --sources FOLDER-WITH-THE-TEXT
# Ask it:    govgraph check {folder}
meta:
  id: {name}
  title: {{zh: {name}, en: {name}}}
  place: 某市某区
sources:
  - {{name: 文件, title: 文件的题名, file: 原文.txt}}
organizations:
  - {{name: 某区, kind: 区, place: 某区}}
  - {{name: 某开发区管委会, kind: 开发区管委会, place: 某开发区, aliases: [开发区]}}
  - {{name: 某街道, kind: 街道, place: 某街道}}
duties:
  - {{name: 小街巷保洁, kind: 职责, clarity: 不清}}
relations:
  - {{from: 某街道, type: 隶属, to: 某区}}
  - {{from: [某区, 开发区], type: 管理, to: 某街道, dimension: 日常}}
  - {{from: 某街道, type: 配合, to: 小街巷保洁}}
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite a case that is there.")
def command(folder: Path, force: bool) -> None:
    """Write a small case to FOLDER/case.yaml that loads, checks and draws, as a place to begin."""
    target = folder / "case.yaml"
    if target.exists() and not force:
        raise InputError([Problem(str(target), "is there already", hint="Give another folder, or --force.")])
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(TEMPLATE.format(name=folder.resolve().name, folder=folder), encoding="utf-8")
    click.echo(f"{target}: edit it, then: govgraph check {folder}")
