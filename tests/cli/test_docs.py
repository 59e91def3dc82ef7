"""The documentation says what is there: its links lead somewhere, its commands run, its excerpt is real output."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govgraph.cli import COMMANDS
from govgraph.read.build import build_case
from govgraph.read.yaml_file import read_tree

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
READMES = ("README.md", "README.zh.md")


def blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files(page: Path) -> None:
    """Every relative link of a page names a file of the project."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text)]
    missing = [t for t in targets if t and "://" not in t and not (page.parent / t).exists()]
    assert missing == []


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_command(page: str) -> None:
    """No command is missing from the READMEs, and none is named that does not exist."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z][a-z-]+)(?: [^`]*)?`", text))
    assert set(COMMANDS) <= named, set(COMMANDS) - named


@pytest.mark.parametrize("page", READMES)
def test_the_excerpt_is_what_check_prints(page: str, govgraph: Run) -> None:
    """Each line of the finding shown in the README stands in the output of the command above it."""
    (block,) = (text for text in blocks(page, "text") if text.startswith("$ govgraph"))
    command, *lines = block.strip().splitlines()
    out = govgraph(*shlex.split(command.removeprefix("$ govgraph "))).out
    assert [line for line in lines if line.rstrip() not in out] == []


@pytest.mark.parametrize("page", READMES)
def test_the_look_ups_of_the_readme_find_something(page: str, govgraph: Run) -> None:
    """The two questions of the README are answered."""
    asked = [line.partition("#")[0] for block in blocks(page, "sh") for line in block.splitlines()]
    asked = [line for line in asked if line.startswith(("govgraph who-owns", "govgraph duties-of"))]
    assert len(asked) == 2
    for line in asked:
        assert govgraph(*shlex.split(line)[1:]).code == 0


def test_the_example_rule_runs(govgraph: Run, tmp_path: Path) -> None:
    """The rule of docs/writing-rules.md loads and finds something."""
    (text,) = blocks("docs/writing-rules.md", "cypher")
    path = tmp_path / "local" / "too-many-leads.cypher"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    arguments = ("check", "园区带街", "--rules", str(tmp_path), "--select", "local", "--fail-on", "warning")
    assert govgraph(*arguments, "--param", "too-many-leads:most=4").code == 1
    assert govgraph(*arguments).code == 0


def test_the_example_case_is_read_but_for_what_it_leaves_out(tmp_path: Path) -> None:
    """The case of docs/encoding.md is YAML of the right shape (its ellipses aside)."""
    first, *_ = blocks("docs/encoding.md", "yaml")
    path = tmp_path / "case.yaml"
    path.write_text(first.replace("quote: …", "quote: 文").replace("sha256: …", "sha256: null"), encoding="utf-8")
    tree = read_tree(path, "case.yaml")
    assert set(tree.items) >= {"meta", "sources", "organizations", "relations", "reforms"}
    with pytest.raises(Exception, match="浦口区"):
        build_case(tree, file="case.yaml", default_id="x")
