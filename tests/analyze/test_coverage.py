"""Coverage on a small text: two reports in one file, between a site's own lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from govgraph.analyze.coverage import Coverage, cover, split_sentences
from govgraph.cli.coverage import command
from govgraph.errors import InputError
from govgraph.read.quotes import check_quotes
from govgraph.read.source import read_case
from govgraph.read.source_text import read_part

if TYPE_CHECKING:
    from pathlib import Path

    from govgraph.model.case import Case

TEXT = """下载文档，版权归上传人所有。
第一篇：甲镇的汇报
一、工作情况。镇政府负责集镇保洁；县城管局按季考核，县财政局拨付经费。
（二）集镇保洁的职责
天气很好。甲镇提出申请!县里没有答复?
本站客服负责受理。
第二篇：乙镇的汇报
镇政府负责集镇保洁。县水利局派驻两人。
"""

CASE = """
meta: {{id: 甲镇保洁, title: {{zh: 甲镇保洁, en: Cleaning}}}}
sources:
  - {{name: 汇报, file: two.txt{marks}}}
organizations:
  - {{name: 甲镇, kind: 乡镇, quote: 甲镇}}
  - {{name: 县城管局, kind: 职能部门, quote: 县城管局按季考核}}
duties:
  - {{name: 集镇保洁, kind: 职责}}
relations:
  - {{from: 甲镇, type: 主责, to: 集镇保洁, quote: 镇政府负责集镇保洁}}
"""
FIRST = ", begin: 第一篇：甲镇, end: 客服负责受理。"
SECOND = ", begin: 第二篇：乙镇"


def written(folder: Path, marks: str = "") -> Case:
    """Write the text and the case into a folder, and read the case."""
    (folder / "two.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "甲镇保洁.yaml"
    path.write_text(CASE.format(marks=marks), encoding="utf-8")
    return read_case(path)


def covered(folder: Path, marks: str = "") -> Coverage:
    """Return the coverage of the case, with the source marked as given."""
    case = written(folder, marks)
    return cover(case, read_part(case.sources[0], folder / "two.txt"))


def test_sentences_keep_their_offsets() -> None:
    """Full-width and plain marks and line ends part sentences; each stands in the text at its offset."""
    found = list(split_sentences(TEXT))
    assert [sentence for _, sentence in found][2:7] == [
        "一、工作情况。",
        "镇政府负责集镇保洁；",
        "县城管局按季考核，县财政局拨付经费。",
        "（二）集镇保洁的职责",
        "天气很好。",
    ]
    assert all(TEXT[offset : offset + len(sentence)] == sentence for offset, sentence in found)


def test_only_the_part_between_the_markers_counts(tmp_path: Path) -> None:
    """The second report's sentences belong to another case; the file's offsets and lines stay."""
    found = covered(tmp_path, FIRST)
    assert [(sentence.text, sentence.line) for sentence in found.uncovered] == [
        ("第一篇：甲镇的汇报", 2),
        ("甲镇提出申请!", 5),
    ]
    assert TEXT.index("甲镇提出") == found.uncovered[1].offset
    assert found.share == 0.5


def test_a_quote_covers_its_sentence_once(tmp_path: Path) -> None:
    """The same words in a later report are not covered by a quote that stands earlier."""
    texts = [sentence.text for sentence in covered(tmp_path).uncovered]
    assert "镇政府负责集镇保洁；" not in texts
    assert "镇政府负责集镇保洁。" in texts


def test_the_name_of_a_body_covers_nothing(tmp_path: Path) -> None:
    """The quote 甲镇 says that the body exists, not what the sentence says of it."""
    assert "甲镇提出申请!" in [sentence.text for sentence in covered(tmp_path, FIRST).uncovered]


def test_words_say_why_a_sentence_counts(tmp_path: Path) -> None:
    """Structural verbs, kinds and the case's names; a heading, boilerplate, or a text without them does not count."""
    found = covered(tmp_path)
    words = {sentence.text: sentence.words for sentence in found.sentences}
    assert words["县城管局按季考核，县财政局拨付经费。"] == ("考核", "拨付", "经费", "县城管局")
    assert words["县水利局派驻两人。"] == ("派驻",)
    assert not {"天气很好。", "（二）集镇保洁的职责", "本站客服负责受理。", "下载文档，版权归上传人所有。"} & set(words)
    assert found.others == 7


def test_a_marker_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message names the source, the marker and what is near."""
    case = written(tmp_path, ", begin: 第三篇：甲镇")
    with pytest.raises(InputError, match=r"its begin '第三篇：甲镇' is not in two\.txt.*'第一篇：甲镇'"):
        read_part(case.sources[0], tmp_path / "two.txt")
    assert len(check_quotes(case, tmp_path).problems) == 1


def test_a_quote_from_another_part_is_a_problem(tmp_path: Path) -> None:
    """县城管局 stands in the first report alone: a case of the second cannot quote it."""
    problems = check_quotes(written(tmp_path, SECOND), tmp_path).problems
    assert [("县城管局" in problem.found) for problem in problems] == [False, True]
    assert not check_quotes(written(tmp_path, FIRST), tmp_path).problems


def test_the_command_writes_text_and_json(tmp_path: Path) -> None:
    """Both forms name the same sentences, with the file and line to look at."""
    written(tmp_path, FIRST)
    case = str(tmp_path / "甲镇保洁.yaml")
    text = CliRunner().invoke(command, [case, "--sources", str(tmp_path), "--lang", "en"])
    assert text.stdout.splitlines()[0] == (
        "甲镇保洁 · 汇报: 2 of 4 sentences about structure hold a quote (50.0 %); 5 others are not about structure"
    )
    assert "  two.txt:5  甲镇提出申请!  [甲镇]" in text.stdout
    chinese = CliRunner().invoke(command, [case, "--sources", str(tmp_path), "--lang", "zh"])
    assert "讲结构的句子 4 句，有引文的 2 句（50.0 %）" in chinese.stdout
    body = json.loads(CliRunner().invoke(command, [case, "--sources", str(tmp_path), "--format", "json"]).stdout)
    assert body["sources"][0]["covered"] == 2
    assert [entry["line"] for entry in body["sources"][0]["uncovered"]] == [2, 5]


def test_a_source_that_is_not_there_is_said(tmp_path: Path) -> None:
    """No silent full mark where there is nothing to read."""
    written(tmp_path)
    (tmp_path / "two.txt").unlink()
    result = CliRunner().invoke(command, [str(tmp_path / "甲镇保洁.yaml"), "--sources", str(tmp_path)])
    assert "two.txt is not in" in str(result.exception)
