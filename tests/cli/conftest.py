"""The command line, run in this process as a user runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from govgraph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line left: its exit code and both streams."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs ``govgraph`` with arguments."""

    def __call__(self, *arguments: str) -> Outcome:
        """Return the outcome of one run."""


@pytest.fixture
def govgraph(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs the command line as ``main`` does, exit code included."""

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["govgraph", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        streams = capsys.readouterr()
        return Outcome(int(stop.value.code or 0), streams.out, streams.err)

    return run
