"""Cases written in a few lines, for the tests of reforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.read.source import read_case
from tests.reform.arrangement import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govgraph.model.case import Case


@pytest.fixture
def case_of(tmp_path: Path) -> Callable[[str], Case]:
    """Return a function that reads a case from YAML text; each text becomes a file of its own."""
    count = 0

    def read(text: str) -> Case:
        nonlocal count
        count += 1
        path = tmp_path / f"{count}.yaml"
        path.write_text(text, encoding="utf-8")
        return read_case(path)

    return read


@pytest.fixture
def small(case_of: Callable[[str], Case]) -> Case:
    """Return the small arrangement."""
    return case_of(SMALL)
