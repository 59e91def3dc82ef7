import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from govgraph import assets

ROOT = Path(__file__).parent.parent
FOLDERS = {
    "cypher": assets.cypher_dir,
    "data": assets.data_dir,
    "visualizations": assets.visualizations_dir,
}


@pytest.mark.parametrize(("name", "find"), FOLDERS.items())
def test_checkout_folders_are_found_at_the_top(name: str, find: Callable[[], Path]) -> None:
    """In a checkout the folders at the top of the repository are used, not a copy."""
    assert find() == ROOT / name


@pytest.mark.parametrize("name", FOLDERS)
def test_missing_folder_is_an_error_that_names_it(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An incomplete installation is said, not met later as an empty list of cases."""
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "govgraph")
    with pytest.raises(FileNotFoundError, match=f"'{name}' is missing"):
        FOLDERS[name]()


def test_wheel_carries_every_shipped_file(tmp_path: Path) -> None:
    """A wheel unpacked elsewhere finds its own copies, and they are the files of the repository."""
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    program = (
        "from govgraph import assets\n"
        "for find in (assets.cypher_dir, assets.data_dir, assets.visualizations_dir): print(find())"
    )
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    shipped = site / "govgraph" / "_shipped"
    assert found.stdout.splitlines() == [str(shipped / name) for name in FOLDERS]
    tracked = subprocess.run(["git", "ls-files", "-z", *FOLDERS], cwd=ROOT, capture_output=True, text=True, check=True)
    missing = [path for path in tracked.stdout.split("\0") if path and not (shipped / path).is_file()]
    assert missing == []
