"""The next state of a store's file, built beside it and renamed into its place: a kill leaves the old or the new."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Give the path of a draft; when the block ends it takes the target's place, and where it fails it goes."""
    remove_stale_drafts(target)
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        yield draft
        draft.replace(target)
    finally:
        for leftover in _beside(target, draft.name):
            if leftover.is_file():
                leftover.unlink()


def remove_stale_drafts(target: Path) -> None:
    """Remove what a process that was killed left beside the target."""
    for leftover in _beside(target, f"{target.name}."):
        process, _, ending = leftover.name.removeprefix(f"{target.name}.").partition(".")
        if ending.startswith("new") and process.isdigit() and not Path(f"/proc/{process}").exists():
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


def _beside(target: Path, prefix: str) -> list[Path]:
    return [path for path in target.parent.iterdir() if path.name.startswith(prefix)]
