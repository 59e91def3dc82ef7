"""The responsibility matrix: derived from what is in force, and the same in every format."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from govgraph.analyze.matrix import responsibility_matrix
from govgraph.model.case import Case, Meta, Node, Relation, Text
from govgraph.read.source import read_case
from govgraph.render.matrix import as_csv, as_html, as_markdown, as_workbook, grid

if TYPE_CHECKING:
    from pathlib import Path


def arrangement() -> Case:
    """Return two bodies and four duties: one lead, two leads, a lead only planned, and surely none."""
    duty = {"complete": ("主责",)}
    nodes = (
        Node("例/甲局", "组织", "甲局", "职能部门"),
        Node("例/=乙|局", "组织", "=乙|局", "职能部门"),
        Node("例/一", "事项", "一", "职责"),
        Node("例/二", "事项", "二", "职责"),
        Node("例/三", "事项", "三", "职责"),
        Node("例/四", "事项", "四", "职责", duty),
    )
    relations = (
        Relation("例/r1", "主责", "例/甲局", "例/一"),
        Relation("例/r2", "审批", "例/=乙|局", "例/一"),
        Relation("例/r3", "主责", "例/甲局", "例/二"),
        Relation("例/r4", "主责", "例/=乙|局", "例/二"),
        Relation("例/r5", "主责", "例/甲局", "例/三", {"status": "建议"}),
    )
    return Case(Meta("例", Text("例", "Example")), (), nodes, relations)


def test_rows_say_who_leads_and_whether_that_is_sound() -> None:
    """A planned lead does not count; none is only wrong where the source lists all leads."""
    rows = responsibility_matrix(arrangement()).rows
    assert [(row.leads, row.sound) for row in rows] == [(1, True), (2, False), (0, None), (0, False)]
    assert [cell.relation for cell in rows[0].cells] == ["例/r1", "例/r2"]


def test_every_cell_leads_back_to_a_relation() -> None:
    """On a real case, each cell's relation joins its body and its duty in that role."""
    case = read_case("园区带街")
    cells = [(row.duty, cell) for row in responsibility_matrix(case).rows for cell in row.cells]
    assert len(cells) > 20
    for duty, cell in cells:
        relation = case.relations_by_id[cell.relation]
        assert (relation.start, relation.type, relation.end) == (cell.holder, cell.role, duty)


def test_formats_say_the_same(tmp_path: Path) -> None:
    """CSV, Markdown, HTML and Excel hold the same rows; a name like a formula stays text."""
    from openpyxl import load_workbook

    case = arrangement()
    table = grid(case, responsibility_matrix(case), "zh")
    rows = list(csv.reader(io.StringIO(as_csv(table))))
    assert rows[0] == ["事项", "主责数", "甲局", "'=乙|局", "关系"]
    assert rows[1] == ["一", "1", "主责", "审批", "例/r1 例/r2"]
    assert rows[3][1] == "未写明"
    assert "| 一 | 1 | 主责 | 审批 |" in as_markdown(table)
    assert "=乙\\|局" in as_markdown(table)
    assert "<td>审批</td>" in as_html(table, "zh")
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(as_workbook(table))
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet["D1"].value == "=乙|局"
    assert sheet["D1"].data_type == "s"
    assert [cell.value for cell in sheet[2]] == ["一", "1", "主责", "审批", "例/r1 例/r2"]


def test_workbook_is_the_same_every_time() -> None:
    """It holds no time of its making."""
    case = arrangement()
    table = grid(case, responsibility_matrix(case), "en")
    assert table.headings[0] == "Duty"
    assert as_workbook(table) == as_workbook(table)
