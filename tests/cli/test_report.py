"""``govgraph report``: files, formats, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govgraph.cli.report import command
from govgraph.read.source import read_case
from govgraph.render.redact import originals

CASE = "园区带街"


def _report(*arguments: str) -> Result:
    return CliRunner().invoke(command, [CASE, "--lang", "zh", *arguments])


@pytest.mark.parametrize("ending", ["html", "md", "docx"])
def test_format_follows_the_ending_and_the_map_lies_beside(ending: str, tmp_path: Path) -> None:
    """The report and its map are written, and named on standard output."""
    target = tmp_path / f"简报.{ending}"
    result = _report("-o", str(target))
    assert result.exit_code == 0, result.output
    assert result.stdout.split("\n")[:2] == [str(target), str(tmp_path / "简报-map.html")]
    assert (tmp_path / "简报-map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert target.read_bytes()[:2] in {b"<!", b"# ", b"PK"}


def test_without_a_map_the_report_says_how_to_make_it(tmp_path: Path) -> None:
    """``--no-map`` writes one file, which names the command."""
    target = tmp_path / "r.md"
    assert _report("-o", str(target), "--no-map").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["r.md"]
    assert f"`govgraph map {CASE}`" in target.read_text(encoding="utf-8")


def test_redacted_report_holds_no_original_name(tmp_path: Path) -> None:
    """No name, quote or title of the case is left in the report."""
    target = tmp_path / "r.md"
    assert _report("-o", str(target), "--redact", "--no-map").exit_code == 0
    text = target.read_text(encoding="utf-8")
    case = read_case(CASE)
    names = [node.name for node in case.nodes if len(node.name) > 3]
    assert "街道 1" in text
    assert [name for name in names if name in text and name in originals(case)] == []


def test_state_before_the_arrangement_has_other_findings(tmp_path: Path) -> None:
    """``--as-of`` reports the state at that date, and says so."""
    target = tmp_path / "r.md"
    assert _report("-o", str(target), "--as-of", "2008", "--no-map").exit_code == 0
    text = target.read_text(encoding="utf-8")
    assert "按 2008 的情况" in text
    assert "拨款绕行" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "report.pdf"), "give --format"),
        (("-o", "no/such/folder/r.md"), "make it first"),
        (("--as-of", "soon"), "is not a date"),
    ],
)
def test_refusals_say_what_to_do(arguments: tuple[str, ...], words: str) -> None:
    """A wrong ending, folder or date is a usage error with a way out."""
    result = _report(*arguments)
    assert result.exit_code == 2
    assert words in result.output
