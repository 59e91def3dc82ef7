"""A case written as YAML, workbook and CSV files is the same case when read again, quotes and sources included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govgraph.read.quotes import evidence_of
from govgraph.read.source import read_case, shipped_cases
from govgraph.render.case_tables import write_csv_folder
from govgraph.render.case_workbook import workbook_bytes
from govgraph.render.case_yaml import case_yaml, flow, scalar

if TYPE_CHECKING:
    from govgraph.model.case import Case

AWKWARD = Path(__file__).with_name("awkward.yaml")


@pytest.fixture(scope="session")
def awkward() -> Case:
    """Return a case of names and texts that file formats tend to change."""
    return read_case(AWKWARD)


def stated(case: Case) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Return all evidence of a case without the places in its file."""
    return [(what, evidence.source, evidence.quotes) for what, evidence in evidence_of(case)]


def as_yaml(case: Case, folder: Path) -> Case:
    """Write a case as YAML and read it again."""
    path = folder / "again.yaml"
    path.write_text(case_yaml(case), encoding="utf-8")
    return read_case(path)


def as_workbook(case: Case, folder: Path) -> Case:
    """Write a case as a workbook and read it again."""
    path = folder / "again.xlsx"
    path.write_bytes(workbook_bytes(case))
    return read_case(path)


def as_csv(case: Case, folder: Path, language: str = "zh") -> Case:
    """Write a case as CSV files and read it again."""
    write_csv_folder(case, folder / "again", bom=language == "zh", language=language)
    return read_case(folder / "again")


@pytest.mark.parametrize("name", [*shipped_cases(), "awkward"])
def test_case_survives_every_form(name: str, awkward: Case, tmp_path: Path) -> None:
    """YAML → workbook → YAML → CSV → YAML gives the equal case, its quotes and sources, and the same text."""
    case = awkward if name == "awkward" else read_case(name)
    first = as_yaml(case, tmp_path)
    assert (first, stated(first)) == (case, stated(case))
    text = case_yaml(first)
    book = as_workbook(first, tmp_path)
    assert (book, stated(book)) == (case, stated(case))
    second = as_yaml(book, tmp_path)
    for language in ("zh", "en"):
        tables = as_csv(second, tmp_path, language)
        assert (tables, stated(tables)) == (case, stated(case))
    assert case_yaml(as_yaml(tables, tmp_path)) == text


def test_workbook_of_a_case_is_the_same_bytes_each_time(awkward: Case) -> None:
    """A workbook carries no time: the same case, the same bytes."""
    assert workbook_bytes(awkward) == workbook_bytes(awkward)


def test_yaml_has_a_row_a_line_and_lists_as_written() -> None:
    """Entries are one line each, and relations that differ in their ends alone share one."""
    text = case_yaml(read_case("园区带街"))
    assert '  - {name: 盘城街道, kind: 街道, aliases: [盘城], place: 盘城街道, code: "320111007", quote: ' in text
    assert "  - {from: [市人事局, 市统计局, 市财政局], type: 隶属, to: 市政府, quote: 市财政局、统计局、人事局}" in text


def test_tables_of_an_earlier_case_leave_the_folder(awkward: Case, tmp_path: Path) -> None:
    """A folder written again holds the tables of the new case alone; other files stay."""
    write_csv_folder(read_case("园区带街"), tmp_path)
    (tmp_path / "README.txt").write_text("mine", encoding="utf-8")
    write_csv_folder(awkward, tmp_path)
    assert read_case(tmp_path) == awkward
    assert not (tmp_path / "人员.csv").exists()
    assert (tmp_path / "README.txt").exists()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_scalar_is_read_as_the_same_text(text: str) -> None:
    """Whatever the text, YAML reads it as that text: no number, date or truth value, and no second line."""
    if not all(yaml.reader.Reader.NON_PRINTABLE.search(sign) is None for sign in text):
        text = "".join(sign for sign in text if not yaml.reader.Reader.NON_PRINTABLE.search(sign))
    assert yaml.safe_load(f"[{scalar(text)}]") == [text]
    assert yaml.safe_load(f"- {{k: {flow((text,))}}}") == [{"k": [text]}]


@pytest.mark.parametrize("text", ["2009", "0123", "2009-09", "1e3", ".5", "yes", "NO", "null", "~", "", "a: b", "x #y"])
def test_text_that_yaml_takes_for_something_else_is_quoted(text: str) -> None:
    """Codes, dates and words with a meaning in YAML are in quotes."""
    assert scalar(text) == f'"{text}"'
