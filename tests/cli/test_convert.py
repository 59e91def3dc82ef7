"""``govgraph convert``: which form by the target's name, and no overwriting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govgraph.read.source import read_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CASE = "园区带街"


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.xlsx", "a", "deep/a.xlsx"])
def test_target_decides_the_form(name: str, tmp_path: Path, govgraph: Run) -> None:
    """A name that ends in .yaml or .xlsx is a file, any other a folder of CSV files."""
    outcome = govgraph("convert", CASE, str(tmp_path / name))
    assert outcome.code == 0, outcome.err
    assert read_case(tmp_path / name) == read_case(CASE)
    assert (tmp_path / name).is_dir() == (name == "a")


@pytest.mark.parametrize("name", ["a.yaml", "a.xlsx", "a"])
def test_what_is_there_is_not_overwritten(name: str, tmp_path: Path, govgraph: Run) -> None:
    """A second time needs --force; until then the first result stays."""
    target = tmp_path / name
    assert govgraph("convert", CASE, str(target)).code == 0
    outcome = govgraph("convert", "两区合一", str(target))
    assert outcome.code == 2
    assert "is there already; give --force to overwrite" in outcome.err
    assert read_case(target).id == CASE
    assert govgraph("convert", "两区合一", str(target), "--force").code == 0
    assert read_case(target) == read_case("两区合一")


def test_byte_order_mark_is_written_on_request(tmp_path: Path, govgraph: Run) -> None:
    """--bom begins each CSV file with the mark by which Excel knows UTF-8."""
    govgraph("convert", CASE, str(tmp_path / "with"), "--bom")
    govgraph("convert", CASE, str(tmp_path / "without"), "--headers", "en")
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (tmp_path / "with").glob("*.csv"))
    plain = (tmp_path / "without" / "organizations.csv").read_bytes()
    assert plain.startswith(b"name,kind,")


def test_unknown_form_is_a_usage_error(tmp_path: Path, govgraph: Run) -> None:
    """A target that is no form of a case is refused before anything is read."""
    outcome = govgraph("convert", CASE, str(tmp_path / "a.ods"))
    assert (outcome.code, "cannot write .ods files" in outcome.err) == (2, True)


def test_folder_with_a_yaml_case_is_no_target(tmp_path: Path, govgraph: Run) -> None:
    """CSV files beside a case.yaml would never be read, so they are not written there."""
    (tmp_path / "case.yaml").write_text("meta: {}", encoding="utf-8")
    outcome = govgraph("convert", CASE, str(tmp_path), "--force")
    assert (outcome.code, "choose another folder" in outcome.err) == (2, True)


def test_refused_source_writes_nothing(tmp_path: Path, govgraph: Run) -> None:
    """A source with a mistake is refused as a whole."""
    (tmp_path / "bad.yaml").write_text("meta: {id: x}\norganizations: [{name: 甲}]\n", encoding="utf-8")
    outcome = govgraph("convert", str(tmp_path / "bad.yaml"), str(tmp_path / "out.xlsx"))
    assert outcome.code == 2
    assert not (tmp_path / "out.xlsx").exists()
