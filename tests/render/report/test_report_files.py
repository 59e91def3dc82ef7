"""The three ways a report is written."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

from govgraph.errors import EnvironmentFailure
from govgraph.render.report.document import compose
from govgraph.render.report.docx import as_docx
from govgraph.render.report.html import as_html
from govgraph.render.report.markdown import as_markdown
from tests.conftest import BrowserPage
from tests.render.report.report_samples import broken_city, hostile, made_again, shipped, sound

REPORTS = {"shipped": shipped, "broken": broken_city, "hostile": hostile, "sound": sound}
A4_WIDTH, A4_HEIGHT = 178, 273  # mm inside the margins of the page
MM = 96 / 25.4  # CSS pixels


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_brief_prints_on_one_page(name: str, language: str, browser_page: BrowserPage, tmp_path: Path) -> None:
    """In a real browser, printed, the brief is no taller than a sheet of A4; the page asks and runs nothing."""
    file = tmp_path / "报告.html"
    file.write_text(as_html(compose(REPORTS[name](), language)), encoding="utf-8")
    page = browser_page.open(file)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(A4_WIDTH * MM), "height": 1000})
    height = page.evaluate("document.querySelector('.brief').getBoundingClientRect().height")
    assert height <= A4_HEIGHT * MM
    assert page.evaluate("document.scrollingElement.scrollWidth") <= round(A4_WIDTH * MM)
    assert page.evaluate("document.scripts.length") == 0
    assert browser_page.console_errors == []


def test_page_shows_hostile_names_as_they_are(browser_page: BrowserPage, tmp_path: Path) -> None:
    """A name that looks like markup is text; control and bidirectional characters are made visible."""
    file = tmp_path / "h.html"
    file.write_text(as_html(compose(hostile(), "zh")), encoding="utf-8")
    page = browser_page.open(file)
    title = page.locator("h1").inner_text()
    assert title.startswith("<script>alert(1)</script>“&'|`*_[x](y)��长")
    assert page.title().startswith("<script>")
    assert "\u202e" not in file.read_text(encoding="utf-8")


def test_references_lead_to_the_findings(browser_page: BrowserPage, tmp_path: Path) -> None:
    """A click on a reference of the brief goes to the finding that it names; the map is linked as a file beside it."""
    file = tmp_path / "r.html"
    file.write_text(as_html(compose(shipped(), "zh")), encoding="utf-8")
    page = browser_page.open(file)
    page.locator(".brief a", has_text="〔3〕").first.click()
    assert page.evaluate("location.hash") == "#f3"
    assert page.locator("#f3").inner_text().startswith("3. ")
    assert page.locator("#map + p a").get_attribute("href") == "%E5%9B%BE%201.html"


def test_annex_has_every_finding_in_full() -> None:
    """Message, quotes with source and place, remedy, rule and fingerprint of each finding stand in the Markdown."""
    text = as_markdown(compose(shipped(), "zh")).replace("\\", "")
    for finding in shipped().result.findings:
        assert finding.message.zh in text
        assert finding.remedy.zh in text
        assert f"`{finding.fingerprint}`" in text
        for proof in finding.evidence:
            assert all(f"“{quote}”" in text for quote in proof.quotes)
            assert str(proof.line) in text


def test_matrix_marks_a_row_with_two_leads() -> None:
    """A duty with two leads is marked, one whose lead is not stated is not; every body with a role is named."""
    report = broken_city()
    rows = [line for line in as_markdown(compose(report, "zh")).splitlines() if line.startswith("| ")]
    marked = [line for line in rows if "⚠" in line]
    wrong = [row for row in report.matrix.rows if row.sound is False]
    assert len(marked) == len(wrong) > 0
    assert any("（未写明）" in line and "⚠" not in line for line in rows)


@pytest.mark.parametrize("write", [as_html, as_markdown, as_docx])
def test_same_report_same_bytes(write) -> None:
    """A report does not change unless the data does."""
    assert write(compose(shipped(), "zh")) == write(compose(made_again(), "zh"))


def test_markdown_makes_no_markup_of_names() -> None:
    """A hostile name opens no tag, no link and no code in Markdown, and stays on one line."""
    text = as_markdown(compose(hostile(), "zh"))
    assert not re.search(r"(?<!\\)<script", text)
    assert not re.search(r"(?<!\\)\[x", text)
    assert "\u202e" not in text


def test_word_file_holds_what_the_page_holds() -> None:
    """The Word file has the title, all findings and the matrix, on A4, and opens again."""
    from docx import Document

    content = as_docx(compose(shipped(), "zh"))
    file = Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert file.core_properties.title == shipped().case.meta.title.zh
    assert all(finding.message.zh in text and finding.fingerprint in text for finding in shipped().result.findings)
    rows = [row for row in shipped().matrix.rows if row.cells or row.complete]
    assert len(file.tables[0].rows) == len(rows) + 1
    assert round(file.sections[0].page_width.mm) == 210


def test_word_file_takes_hostile_names() -> None:
    """Characters that XML cannot hold are left out or shown; the parts are sound XML."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(as_docx(compose(hostile(), "zh")))) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def test_word_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where python-docx is missing the error names the extra."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(EnvironmentFailure, match=r"govgraph\[docx\]"):
        as_docx(compose(sound(), "zh"))
