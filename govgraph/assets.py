"""Where the files that ship with govgraph are: Cypher, cases, and what maps are drawn with.

They lie inside the package in an installed wheel (``govgraph/_shipped/``), and at the top of the repository
in a checkout. An editable install counts as a checkout, so that an edited rule or case takes effect at once.
"""

from pathlib import Path

PACKAGE = Path(__file__).parent


def cypher_dir() -> Path:
    """Return the folder with ``rules/``, ``queries/`` and ``schema/``."""
    return _shipped("cypher")


def data_dir() -> Path:
    """Return the folder with the shipped cases, one folder a case."""
    return _shipped("data")


def visualizations_dir() -> Path:
    """Return the folder with the map template, its theme and the gallery."""
    return _shipped("visualizations")


def rule_cases_dir() -> Path:
    """Return the folder with the small graphs that each shipped rule is tried on."""
    return _shipped("tests/rules")


def _shipped(name: str) -> Path:
    """Return the shipped folder ``name``.

    Raises:
        FileNotFoundError: It is in neither place: the installation is incomplete.
    """
    candidates = (PACKAGE / "_shipped" / name, PACKAGE.parent / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    looked = " and ".join(str(folder) for folder in candidates)
    raise FileNotFoundError(f"govgraph's own folder {name!r} is missing (looked in {looked}): install it again")
