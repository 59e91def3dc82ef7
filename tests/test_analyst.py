"""The analyst's session in docs/ runs as it is shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import py2neo

ROOT = Path(__file__).parent.parent


def run_session(**environment: str) -> str:
    """Return what the session prints; any error fails the test."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "analyst.py")],
        capture_output=True,
        encoding="utf-8",
        env={**known, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        cwd=ROOT,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_session_without_a_server_measures_the_case() -> None:
    """Cypher finds the street with two lines, networkx the bodies that hold the arrangement together."""
    lines = run_session().splitlines()
    assert lines[0].startswith("浦口区、高新区、盘城街道实施“园区带街”: ")
    assert any(line.split() == ["盘城街道", "业务", "2"] for line in lines)
    assert any(line.endswith("* 盘城街道") for line in lines)
    assert lines[-1].startswith("No server: set NEO4J_URI")


def test_session_with_a_server_merges_and_reads_again(
    py2neo_graph: py2neo.Graph, neo4j_uri: str, neo4j_auth: tuple[str, str]
) -> None:
    """py2neo puts the case on the server and gets the equal one back."""
    printed = run_session(NEO4J_URI=neo4j_uri, NEO4J_PASSWORD=neo4j_auth[1])
    assert "equal: True" in printed
    assert "高新区管委会" in printed.splitlines()[-1]
    assert py2neo_graph.evaluate("MATCH (c:案例) RETURN c.id") == "园区带街"


def test_functions_in_the_table_exist() -> None:
    """Each dotted name of the page can be imported."""
    import importlib
    import re

    text = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
    names = re.findall(r"`(govgraph(?:\.\w+)+)\(", text)
    assert len(names) >= 6
    for name in names:
        module, _, attribute = name.rpartition(".")
        assert hasattr(importlib.import_module(module), attribute), name
