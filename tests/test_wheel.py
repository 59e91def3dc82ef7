"""The built wheel does the main job in a clean environment, away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with the developer's Python settings taken away."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs' folder of a fresh virtual environment with nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("wheel")
    quiet = ("--quiet", "--disable-pip-version-check")
    built = run(sys.executable, "-m", "pip", "wheel", *quiet, "--no-deps", "-w", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stderr
    wheel = next(folder.glob("govgraph-*.whl"))
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    installed = run(programs / "python", "-m", "pip", "install", *quiet, wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    return programs


def test_the_wheel_checks_and_draws_a_shipped_case(clean: Path, tmp_path: Path) -> None:
    """Rules, cases and the map's template travel in the wheel; the findings are those of the checkout."""
    checked = run(clean / "govgraph", "check", "园区带街", "--format", "json", cwd=tmp_path)
    assert checked.returncode == 1, checked.stderr
    here = run(sys.executable, "-m", "govgraph", "check", "园区带街", "--format", "json", cwd=ROOT)
    assert json.loads(checked.stdout) == json.loads(here.stdout)
    drawn = run(clean / "govgraph", "demo", "-o", tmp_path / "demo", cwd=tmp_path)
    assert drawn.returncode == 0, drawn.stderr
    assert (tmp_path / "demo" / "园区带街.html").stat().st_size > 100_000


def test_the_wheel_answers_look_ups_and_queries(clean: Path, tmp_path: Path) -> None:
    """The library of queries and the look-ups work from the wheel alone."""
    assert run(clean / "govgraph", "who-owns", "盘城财政税收", cwd=tmp_path).returncode == 0
    asked = run(clean / "govgraph", "query", "园区带街", "--name", "blocked", "--format", "json", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)
