"""The command line: one module a command, loaded when it is called.

Exit codes: 0 clean, 1 findings at or above ``--fail-on``, 2 usage or bad input, 3 environment, 130 interrupted.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from govgraph import __version__
from govgraph.errors import GovgraphError

# Command → module under govgraph.cli; the object in it is called ``command``.
COMMANDS = {
    "demo": "demo",
    "init": "init",
    "cases": "cases",
    "validate": "validate",
    "convert": "convert",
    "coverage": "coverage",
    "check": "check",
    "explain": "explain",
    "rules": "rules",
    "who-owns": "who_owns",
    "duties-of": "duties_of",
    "path": "path",
    "query": "query",
    "queries": "queries",
    "map": "map",
    "report": "report",
    "matrix": "matrix",
    "load": "load",
    "doctor": "doctor",
    "simulate": "simulate",
    "suggest": "suggest",
    "diff": "diff",
    "compare": "compare",
    "baseline": "baseline",
    "export": "export",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in the order of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None where there is none of that name."""
        del ctx
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"govgraph.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command; an unknown one is answered with its nearest neighbours."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from govgraph.read.values import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) if args else ""
            if hint and "Did you mean" not in error.format_message():
                raise click.UsageError(f"{error.message} {hint}", ctx) from error
            raise


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="govgraph")
def group() -> None:
    """Turn a multi-level governance arrangement into a graph, check it with Cypher rules, show it as maps."""


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = group.main(standalone_mode=False, auto_envvar_prefix="GOVGRAPH")
    except GovgraphError as error:
        click.echo(f"govgraph: {error}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("govgraph: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(result if isinstance(result, int) else 0)
