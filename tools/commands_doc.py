"""docs/commands.md: the command reference, from ``--help``; docs/check.schema.json: the JSON contract of check."""

from __future__ import annotations

import json
from pathlib import Path

import click

from govgraph.check.contract import CheckDocument
from govgraph.cli import COMMANDS, group

HEAD = """\
# Commands · 命令

Generated from `govgraph COMMAND --help`. Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 usage or bad input,
3 environment (store away, login refused, time-out), 130 interrupted. Each option can also be set in the environment:
`GOVGRAPH_CHECK_FAIL_ON=warning`. The command line comes before the environment, the environment before the default.
"""


def pages() -> dict[Path, str]:
    """Return the pages by path."""
    lines = [HEAD]
    for name in COMMANDS:
        context = click.Context(group, info_name="govgraph", terminal_width=100, max_content_width=100)
        command = group.get_command(context, name)
        assert command is not None, name
        lines += [f"## govgraph {name}", "", *_help(command, name, context)]
    schema = json.dumps(CheckDocument.model_json_schema(by_alias=True), ensure_ascii=False, indent=2)
    return {Path("docs/commands.md"): "\n".join(lines).rstrip() + "\n", Path("docs/check.schema.json"): schema + "\n"}


def _help(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """Return the help of a command and of the commands under it."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    lines = ["```text", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for under in command.list_commands(context):
            inner = command.get_command(context, under)
            if inner is not None and not inner.hidden:
                lines += [f"### {context.command_path} {under}", "", *_help(inner, under, context)]
    return lines
