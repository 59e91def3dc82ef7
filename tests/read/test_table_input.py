"""Cases as CSV files and workbooks: what is read, what is refused, and where."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgraph.assets import data_dir
from govgraph.errors import InputError
from govgraph.model.sheets import sheets
from govgraph.read.cells import guarded, join_list, join_pairs, split_list, split_pairs, unguarded
from govgraph.read.source import read_case

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CSV = {
    "组织": "名称,类别,别名,区划代码,起\n某区,区,本区；我区,0123,2009-09\n某街道,街道,,,\n",
    "事项": "name,kind,已列全\n环卫,职责,主责\n",
    "关系": "从,关系,到,维度\n某区,管理,某街道,日常；人事\n",
}
SHEETS: dict[str, list[list[Any]]] = {
    "组织": [["名称", "类别", "区划代码", "起", "数量"], ["某区", "区", "0123", "2009-09", 3], ["某街道", "街道"]],
    "关系": [["从", "关系", "到"], ["某区", "管理", "某街道"]],
}
text_lists = st.lists(st.text(alphabet="甲乙；：\\='+-@ab ", min_size=1).map(str.strip).filter(bool))


def folder_of(tmp_path: Path, tables: dict[str, str | bytes]) -> Path:
    """Write CSV files into a folder called 小城."""
    folder = tmp_path / "小城"
    folder.mkdir()
    for name, content in tables.items():
        body = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.csv").write_bytes(body)
    return folder


def workbook_of(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write a workbook 小城.xlsx as a spreadsheet would: values as given, numbers as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "小城.xlsx"
    book.save(path)
    return path


def problems_of(path: Path) -> list[str]:
    """Return the mistakes that are told of an input, without the folder it is in."""
    with pytest.raises(InputError) as caught:
        read_case(path)
    return [str(problem).replace(f"{path.parent.as_posix()}/", "") for problem in caught.value.problems]


def test_folder_of_csv_files_is_a_case(tmp_path: Path) -> None:
    """Chinese and English names, lists in a cell, codes and dates as text; the folder gives the id."""
    case = read_case(folder_of(tmp_path, CSV))
    body = case.by_id["小城/某区"]
    assert body.aliases == ("本区", "我区")
    assert (body.properties["code"], body.properties["since"]) == ("0123", "2009-09")
    assert case.by_id["小城/环卫"].properties["complete"] == ("主责",)
    assert [relation.dimension for relation in case.relations] == ["人事", "日常"]
    evidence = case.relations[0].evidence
    assert evidence.file is not None
    assert (evidence.file.rpartition("/")[2], evidence.line) == ("关系.csv", 2)


def test_english_file_names_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    """organizations.csv, written by Excel with a byte order mark and CRLF, is 组织.csv."""
    content = b"\xef\xbb\xbf" + CSV["组织"].replace("\n", "\r\n").encode()
    case = read_case(folder_of(tmp_path, {"organizations": content, "relations": CSV["关系"]}))
    assert [node.name for node in case.nodes] == ["某区", "某街道"]


def test_workbook_is_a_case(tmp_path: Path) -> None:
    """Text cells keep their zeros, number cells are read as numbers, a sheet gives the place of its facts."""
    case = read_case(workbook_of(tmp_path, SHEETS))
    assert case.id == "小城"
    assert dict(case.nodes[0].properties) == {"code": "0123", "since": "2009-09", "number": 3, "level": "区县"}
    evidence = case.relations[0].evidence
    assert evidence.file is not None
    assert (evidence.file.rpartition("/")[2], evidence.line) == ("小城.xlsx!关系", 2)


CSV_MISTAKES = {
    "unknown column": (
        {"组织": "名称,类型\n某区,区\n"},
        "小城/组织.csv:1:2: 组织 has no column '类型'; expected one of 名称、类别",
        "Did you mean '类别'",
    ),
    "unknown file": ({**CSV, "岗们": "名称\n主任\n"}, "小城/岗们.csv:1:1: unknown table '岗们'", "Did you mean '岗位'"),
    "same table twice": ({**CSV, "organizations": CSV["组织"]}, "the table 组织 (organizations) is there twice", ""),
    "column twice": ({"组织": "名称,类别,kind\n某区,区,区\n"}, "小城/组织.csv:1:3: the column 'kind' stands twice", ""),
    "cell beyond the headers": (
        {"组织": "名称,类别\n某区,区,多余\n"},
        "小城/组织.csv:2:3: '多余' stands beyond the headers",
        "",
    ),
    "wrong kind": (
        {"组织": "名称,类别\n某区,曲\n"},
        "小城/组织.csv:2:2: '某区' has the unknown kind '曲'",
        "one of 省委",
    ),
    "unknown name": (
        {**CSV, "关系": "从,关系,到\n某区,管理,某街到\n"},
        "小城/关系.csv:2:3: no node is called '某街到'",
        "Did you mean '某街道'",
    ),
    "wrong date": (
        {"组织": "名称,类别,起\n某区,区,2009年\n"},
        "小城/组织.csv:2:3: since: '2009年' is not a date",
        "2009-09",
    ),
    "line after a cell of two lines": (
        {"组织": '名称,类别,说明\n某区,区,"一\n二"\n某街道,街到,\n'},
        "小城/组织.csv:4:2: '某街道' has the unknown kind",
        "街道",
    ),
    "not UTF-8": (
        {"组织": CSV["组织"].encode("gb18030")},
        "小城/组织.csv:1:1: byte 0xc3 is not UTF-8",
        "iconv -f GB18030",
    ),
    "quote that never closes": ({"组织": '名称,类别\n"某区,区\n'}, "小城/组织.csv:2: not CSV", "commas"),
    "control character": (
        {"组织": "名称,类别\n某\x07区,区\n"},
        "小城/组织.csv:2:1: name has a control character",
        "printable",
    ),
    "step of no reform": (
        {**CSV, "改革": "名称\n明责\n", "改革步骤": "改革,步骤,对象\n明则,clarify,环卫\n"},
        "小城/改革步骤.csv:2:1: no reform is called '明则'",
        "Did you mean '明责'",
    ),
    "step that lacks an argument": (
        {**CSV, "改革": "名称\n明责\n", "改革步骤": "改革,步骤,对象\n明责,fund,环卫\n"},
        "小城/改革步骤.csv:2:1: the step fund lacks 'by'",
        "",
    ),
    "unknown item": (
        {**CSV, "案例": "项目,内容\n标提,小城\n"},
        "小城/案例.csv:2:1: unknown item '标提'",
        "Did you mean '标题'",
    ),
    "item twice": (
        {**CSV, "案例": "项目,内容\n标题,甲\n标题,乙\n"},
        "小城/案例.csv:3:2: the item 'title' stands twice",
        "",
    ),
    "no tables": ({}, "小城:1:1: no tables", "组织"),
}


@pytest.mark.parametrize("name", CSV_MISTAKES)
def test_mistake_in_a_csv_file_is_told_with_its_place(name: str, tmp_path: Path) -> None:
    """The place is file, line and number of the column."""
    tables, told, hint = CSV_MISTAKES[name]
    folder = folder_of(tmp_path, tables)
    told_of = problems_of(folder)
    assert any(told in problem and hint in problem for problem in told_of), told_of


EXCEL_MISTAKES = {
    "code that is a number": (
        [["名称", "类别", "区划代码"], ["某区", "区", 320111]],
        "小城.xlsx:组织!C2: 区划代码: the number 320111; leading zeros may be lost; expected a text cell",
    ),
    "name that is a number": ([["名称", "类别"], [110, "区"]], "小城.xlsx:组织!A2: 名称: the number 110"),
    "date that is a date cell": (
        [["名称", "类别", "起"], ["某区", "区", datetime.date(2009, 9, 1)]],
        "小城.xlsx:组织!C2: 起: a date cell (2009-09-01 00:00:00); it has a day even where none was written",
    ),
    "formula": (
        [["名称", "类别", "数量"], ["某区", "区", "=1+1"]],
        "小城.xlsx:组织!C2: 数量: a formula; expected its value",
    ),
    "number with a fraction": (
        [["名称", "类别", "数量"], ["某区", "区", 2.5]],
        "小城.xlsx:组织!C2: number: '2.5' is not a whole number",
    ),
    "truth value": ([["名称", "类别", "说明"], ["某区", "区", True]], "小城.xlsx:组织!C2: 说明: the number True"),
    "unknown column": ([["名称", "类型"], ["某区", "区"]], "小城.xlsx:组织!B1: 组织 has no column '类型'"),
    "wrong kind": ([["名称", "类别"], [], ["某区", "曲"]], "小城.xlsx:组织!B3: '某区' has the unknown kind '曲'"),
}


@pytest.mark.parametrize("name", EXCEL_MISTAKES)
def test_mistake_in_a_workbook_is_told_with_its_cell(name: str, tmp_path: Path) -> None:
    """What a spreadsheet may have changed is refused, never guessed; the place is sheet and cell."""
    rows, told = EXCEL_MISTAKES[name]
    told_of = problems_of(workbook_of(tmp_path, {"组织": rows}))
    assert any(problem.startswith(told) for problem in told_of), told_of


def test_year_in_a_number_cell_is_a_date(tmp_path: Path) -> None:
    """A year that a spreadsheet made a number is exact, and so is an amount."""
    rows = [["名称", "类别", "起", "金额（万元）"], ["经费", "资金", 2009, 650.5]]
    case = read_case(workbook_of(tmp_path, {"资源": rows}))
    assert dict(case.nodes[0].properties) == {"since": "2009", "amount": 650.5}


def test_unknown_sheet_is_refused_unless_empty(tmp_path: Path) -> None:
    """A sheet that is no table of a case is a mistake; an empty Sheet1 is not."""
    assert len(read_case(workbook_of(tmp_path, {**SHEETS, "Sheet1": []})).nodes) == 2
    told = problems_of(workbook_of(tmp_path, {**SHEETS, "关糸": [["从"]]}))
    assert told[0].startswith("小城.xlsx:关糸!A1: unknown table '关糸'")
    assert "Did you mean '关系'" in told[0]


def test_file_that_is_no_workbook_is_refused(tmp_path: Path, govgraph: Run) -> None:
    """A text called .xlsx, an old .xls and a single .csv are refused with what to do."""
    for name, words in (
        ("case.xlsx", "not an Excel workbook"),
        ("case.xls", ".xls is not read as a case"),
        ("组织.csv", "a folder with CSV files"),
    ):
        path = tmp_path / name
        path.write_text("名称,类别\n", encoding="utf-8")
        outcome = govgraph("validate", str(path))
        assert (outcome.code, words in outcome.err) == (2, True), outcome.err


def test_takes_of_a_new_body_are_pairs_in_a_cell(tmp_path: Path) -> None:
    """甲局：环卫；甲局：执法 gives the new body two duties."""
    steps = "改革,步骤,原机构,新机构,承接\n分家,split,某区,甲局；乙局,甲局：环卫；乙局：执法；甲局：绿化\n"
    duties = "名称,类别\n环卫,职责\n执法,职责\n绿化,职责\n"
    tables = {**CSV, "事项": duties, "改革": "名称\n分家\n", "改革步骤": steps}
    case = read_case(folder_of(tmp_path, tables))
    assert case.reforms[0].changes[0].arguments == {
        "body": "某区",
        "into": ("甲局", "乙局"),
        "takes": {"甲局": ("环卫", "绿化"), "乙局": "执法"},
    }


@given(text_lists)
def test_lists_survive_a_cell(values: list[str]) -> None:
    """Separators, backslashes and formula signs inside a text come back as they were."""
    assert split_list(unguarded(guarded(join_list(values)))) == values


@given(st.lists(st.tuples(st.sampled_from(["甲：局", "乙；\\局"]), st.sampled_from(["环：卫", "执\\；法"]))))
def test_pairs_survive_a_cell(pairs: list[tuple[str, str]]) -> None:
    """Pair signs inside a name come back as they were."""
    assert split_pairs(join_pairs(pairs)) == pairs


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@某区", "＝甲", "'=甲", "''-", "'引'", "甲=乙", "浦委发[09]58"])
def test_formulas_are_guarded(text: str) -> None:
    """A text that a spreadsheet would run begins with an apostrophe on the way out, and is itself on the way in."""
    assert not guarded(text).startswith(("=", "+", "-", "@", "＝"))
    assert unguarded(guarded(text)) == text


def test_page_on_encoding_names_every_table() -> None:
    """A table that the page does not name would be found by nobody."""
    page = (data_dir().parent / "docs" / "encoding.md").read_text(encoding="utf-8").partition("## As tables")[2]
    for sheet in sheets().values():
        assert sheet.zh in page, sheet.zh
