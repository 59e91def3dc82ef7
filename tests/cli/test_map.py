"""``govgraph map`` and ``govgraph matrix`` as a user calls them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from govgraph.cli import group
from govgraph.errors import NotFoundError
from govgraph.read.source import read_case
from govgraph.render.redact import originals

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> str:
    """Run a command and return what it prints; its errors are raised."""
    result = CliRunner().invoke(group, arguments, catch_exceptions=False, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def data_of(path: Path) -> dict[str, Any]:
    """Return the data in a page."""
    found = re.search(r'id="data-map">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    body: dict[str, Any] = json.loads(found[1])
    return body


def test_map_of_a_shipped_case_holds_it_whole(tmp_path: Path) -> None:
    """Every node, every relation, and what the check found."""
    path = tmp_path / "a.html"
    assert run("map", "园区带街", "-o", str(path), "--lang", "zh") == f"{path}\n"
    data = data_of(path)
    case = read_case("园区带街")
    assert len(data["nodes"]) == len(case.nodes)
    assert len(data["relations"]) == len(case.relations)
    assert data["findings"]
    assert data["language"] == "zh"


def test_focus_finding_and_query_cut_the_map(tmp_path: Path) -> None:
    """Each gives a part of the case, opened on what was asked for."""
    path = tmp_path / "a.html"
    run("map", "园区带街", "-o", str(path))
    whole = data_of(path)
    run("map", "园区带街", "-o", str(path), "--focus", "盘城派出所", "--hops", "1")
    focused = data_of(path)
    assert focused["opening"] == {"node": "盘城派出所"}
    assert 1 < len(focused["nodes"]) < 20
    fingerprint = whole["findings"][0]["fingerprint"]
    run("map", "园区带街", "-o", str(path), "--finding", fingerprint)
    assert data_of(path)["opening"] == {"finding": fingerprint}
    query = tmp_path / "q.cypher"
    query.write_text("MATCH (n:资源) RETURN n.id AS id ORDER BY id", encoding="utf-8")
    run("map", "园区带街", "-o", str(path), "--query", str(query))
    assert {node["family"] for node in data_of(path)["nodes"]} == {"资源"}


def test_unknown_focus_finding_and_empty_query_are_refused(tmp_path: Path) -> None:
    """Nothing is written for what is not there."""
    path = tmp_path / "a.html"
    with pytest.raises(NotFoundError, match="nothing in 园区带街"):
        run("map", "园区带街", "-o", str(path), "--focus", "qqqqqq")
    with pytest.raises(NotFoundError, match="0 findings"):
        run("map", "园区带街", "-o", str(path), "--finding", "zzzz")
    query = tmp_path / "q.cypher"
    query.write_text("MATCH (n:资源) RETURN n.name AS name ORDER BY name", encoding="utf-8")
    with pytest.raises(NotFoundError, match="no id"):
        run("map", "园区带街", "-o", str(path), "--query", str(query))
    assert not path.exists()


def test_redacted_map_holds_no_original_name(tmp_path: Path) -> None:
    """The whole page, scripts and all, holds no long name, quote or place of the case."""
    path = tmp_path / "a.html"
    run("map", "园区带街", "-o", str(path), "--redact", "--lang", "zh")
    text = path.read_text(encoding="utf-8")
    assert [name for name in originals(read_case("园区带街")) if len(name) > 4 and name in text] == []
    assert "盘城" not in text


def test_map_of_a_case_in_a_store(tmp_path: Path) -> None:
    """What was loaded comes back as the same map."""
    store, path = tmp_path / "s.lbug", tmp_path / "a.html"
    run("load", "园区带街", "--store", str(store))
    run("map", "--store", str(store), "--case", "园区带街", "-o", str(path))
    assert len(data_of(path)["nodes"]) == len(read_case("园区带街").nodes)


def test_matrix_prints_and_writes(tmp_path: Path) -> None:
    """Markdown by default; Excel into a file."""
    assert run("matrix", "园区带街", "--lang", "zh").startswith("# ")
    path = tmp_path / "m.xlsx"
    run("matrix", "园区带街", "--format", "xlsx", "-o", str(path))
    assert path.read_bytes().startswith(b"PK")
