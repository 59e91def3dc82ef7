"""Printing styled lines: colours at a terminal, plain text elsewhere; long lines are never cut."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.text import Text


def print_lines(lines: Iterable[Text], output: Path | None = None) -> None:
    """Print lines to stdout, or write them as plain text to a file."""
    if output is not None:
        output.write_text("".join(f"{line.plain}\n" for line in lines), encoding="utf-8")
        return
    if not sys.stdout.isatty():
        for line in lines:
            sys.stdout.write(f"{line.plain}\n")
        return
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(line)
