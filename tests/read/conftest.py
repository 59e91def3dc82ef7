"""Small inputs in files of their own, and the command line that refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import govgraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["govgraph"]  # the fixture, for the tests of this folder


@pytest.fixture
def file_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], str]:
    """Return a function that writes ``case.yaml`` into the working folder and returns its name."""
    monkeypatch.chdir(tmp_path)

    def write(content: str | bytes) -> str:
        body = content.encode() if isinstance(content, str) else content
        (tmp_path / "case.yaml").write_bytes(body)
        return "case.yaml"

    return write
