"""Every kind of bad input is refused as a whole, with its place, what was expected, and exit code 2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

HEAD = """meta: {id: 小城, title: {zh: 小城, en: Town}}
sources: [{name: 报告, file: 报告.txt}]
organizations:
  - {name: 某区, kind: 区, aliases: [本区]}
  - {name: 某街道, kind: 街道}
duties:
  - {name: 环卫, kind: 职责}
resources:
  - {name: 经费, kind: 资金}
"""
REFORM = HEAD + "reforms:\n  - name: 改\n    changes:\n      - "


@dataclass(frozen=True, slots=True)
class Bad:
    """An input, and the lines that must be said about it: each ``where`` with some of its ``words``."""

    text: str
    where: str
    words: tuple[str, ...]


BAD = {
    "unknown kind": Bad(
        HEAD.replace("kind: 街道", "kind: 街到"),
        "case.yaml:5:23",
        ("'某街道' has the unknown kind '街到'", "expected one of 省委", "Did you mean '街道'"),
    ),
    "kind of another family": Bad(
        HEAD.replace("{name: 环卫, kind: 职责}", "{name: 环卫, kind: 资金}"),
        "case.yaml:7:22",
        ("unknown kind '资金'", "资金 is a kind of 资源: move it to resources"),
    ),
    "no kind": Bad(HEAD.replace(", kind: 街道", ""), "case.yaml:5:5", ("'某街道' without a kind", "one of 省委")),
    "no name": Bad(
        HEAD.replace("name: 某街道, ", ""), "case.yaml:5:5", ("organizations without a name", "expected name: …")
    ),
    "name with a slash": Bad(HEAD.replace("name: 某街道", "name: 某/街道"), "case.yaml:5:12", ("without slash",)),
    "relation between wrong ends": Bad(
        HEAD + "relations:\n  - {from: 环卫, type: 主责, to: 某街道}\n",
        "case.yaml:11:12",
        ("主责 begins at '环卫', a 事项", "expected 组织、岗位、人员"),
    ),
    "relation to a wrong end, in a list": Bad(
        HEAD + "relations:\n  - {from: 某区, type: 主责, to: [环卫, 某街道]}\n",
        "case.yaml:11:35",
        ("主责 ends at '某街道', a 组织", "expected 事项"),
    ),
    "unresolvable name": Bad(
        HEAD + "relations:\n  - {from: 某曲, type: 管理, to: 某街道}\n",
        "case.yaml:11:12",
        ("no node is called '某曲'", "expected a name or alias", "Did you mean '某区'"),
    ),
    "unresolvable reference": Bad(
        HEAD + "relations:\n  - {from: 某区, type: 考核, to: 某街道, about: 环位}\n",
        "case.yaml:11:42",
        ("no node is called '环位'", "Did you mean '环卫'"),
    ),
    "reference to a wrong family": Bad(
        HEAD + "relations:\n  - {from: 某区, type: 考核, to: 某街道, basis: 环卫}\n",
        "case.yaml:11:42",
        ("basis names '环卫', a 事项", "expected 文件"),
    ),
    "ambiguous name": Bad(
        HEAD.replace("kind: 街道", "kind: 街道, aliases: [本区]"),
        "case.yaml:5:12",
        ("'本区' names both '某区' (case.yaml:4:12) and '某街道'", "names and aliases unique"),
    ),
    "duplicate name": Bad(
        HEAD.replace("name: 经费", "name: 某区"),
        "case.yaml:9:12",
        ("the name '某区' stands twice (first at case.yaml:4:12)", "unique names"),
    ),
    "duplicate relation": Bad(
        HEAD + "relations:\n" + "  - {from: 某区, type: 管理, to: 某街道}\n" * 2,
        "case.yaml:12:5",
        ("某区-管理->某街道[日常] stands twice (first at case.yaml:11:5)", "key:"),
    ),
    "unknown relation type": Bad(
        HEAD + "relations:\n  - {from: 某区, type: 管里, to: 某街道}\n",
        "case.yaml:11:22",
        ("unknown relation type '管里'", "expected one of 派出机构", "Did you mean '管理'"),
    ),
    "derived relation type": Bad(
        HEAD + "relations:\n  - {from: 某街道, type: 上级, to: 某区}\n",
        "case.yaml:11:23",
        ("unknown relation type '上级'", "leave it out"),
    ),
    "relation without an end": Bad(
        HEAD + "relations:\n  - {from: 某区, type: 管理}\n", "case.yaml:11:5", ("a relation without 'to'", "from, type")
    ),
    "unknown dimension": Bad(
        HEAD + "relations:\n  - {from: 某区, type: 管理, to: 某街道, dimension: [日常, 人是]}\n",
        "case.yaml:11:51",
        ("dimension: '人是' is unknown", "one of 党务", "Did you mean '人事'"),
    ),
    "wrong date": Bad(
        HEAD.replace("kind: 街道", 'kind: 街道, since: "2009-13"'),
        "case.yaml:5:34",
        ("since: '2009-13' is not a date", "expected 2009, 2009-09 or 2009-09-01"),
    ),
    "dates the wrong way round": Bad(
        HEAD.replace("kind: 街道", 'kind: 街道, since: "2010", until: "2009-05"'),
        "case.yaml:5:34",
        ("since 2010 is after until 2009-05", "since before until"),
    ),
    "wrong date of a source": Bad(
        HEAD.replace("file: 报告.txt", "date: 九月"), "case.yaml:2:28", ("date: '九月' is not a date", "2009-09")
    ),
    "wrong number": Bad(
        HEAD.replace("kind: 资金", "kind: 资金, amount: 六百"),
        "case.yaml:9:34",
        ("amount: '六百' is not a number", "expected a number"),
    ),
    "negative number": Bad(HEAD.replace("kind: 资金", "kind: 资金, amount: -1"), "case.yaml:9:34", ("out of range",)),
    "unknown status": Bad(
        HEAD.replace("kind: 街道", "kind: 街道, status: 建义"),
        "case.yaml:5:35",
        ("status: '建义' is unknown", "one of 现行、计划、建议", "Did you mean '建议'"),
    ),
    "unknown section": Bad(
        HEAD + "organisations: []\n",
        "case.yaml:10:1",
        ("unknown section 'organisations'", "one of meta, sources", "Did you mean 'organizations'"),
    ),
    "unknown property": Bad(
        HEAD.replace("kind: 街道", "kind: 街道, plase: 某区"),
        "case.yaml:5:27",
        ("unknown property of 组织 'plase'", "Did you mean 'place'"),
    ),
    "key twice": Bad(
        HEAD.replace("kind: 街道", "kind: 街道, kind: 街道"), "case.yaml:5:27", ("the key 'kind' stands twice",)
    ),
    "section that is no list": Bad(
        HEAD + "relations: 无\n", "case.yaml:10:12", ("relations is not a list", "relations: [ … ]")
    ),
    "entry that is no mapping": Bad(
        HEAD + "posts: [主任]\n", "case.yaml:10:9", ("an entry of posts is not a mapping", "{name: …, kind: …}")
    ),
    "list where a text belongs": Bad(
        HEAD.replace("name: 某街道", "name: [某街道]"), "case.yaml:5:12", ("name is not a single value", "a text")
    ),
    "unknown source": Bad(
        HEAD.replace("kind: 街道", "kind: 街道, source: 报高, quote: 某街道"),
        "case.yaml:5:35",
        ("unknown source '报高'", "expected one of 报告", "Did you mean '报告'"),
    ),
    "quote without a source": Bad(
        HEAD.replace("sources: [{name: 报告, file: 报告.txt}]", "sources: []").replace(
            "kind: 街道", "kind: 街道, quote: 某街道"
        ),
        "case.yaml:5:5",
        ("a quote without a source", "sources: [{name: …}]"),
    ),
    "quote too long": Bad(
        HEAD.replace("kind: 街道", f"kind: 街道, quote: {'长' * 61}"),
        "case.yaml:5:34",
        ("a quote of 61 characters", "at most 60"),
    ),
    "complete names no type": Bad(
        HEAD.replace("kind: 职责", "kind: 职责, complete: [主则]"),
        "case.yaml:7:37",
        ("complete: '主则' is no relation type", "Did you mean '主责'"),
    ),
    "id with a slash": Bad(HEAD.replace("id: 小城", "id: 小/城"), "case.yaml:1:12", ("has a slash",)),
    "no meta": Bad(HEAD.partition("\n")[2], "case.yaml:1:1", ("no meta section", "meta: {id: …")),
    "checksum that is none": Bad(
        HEAD.replace("file: 报告.txt", "sha256: abc"), "case.yaml:2:30", ("sha256: 'abc'", "64 hexadecimal digits")
    ),
    "no nodes": Bad("meta: {id: 小城}\n", "case.yaml:1:1", ("the case has no bodies", "at least one node")),
    "empty file": Bad("", "case.yaml:", ("the file is empty", "expected a case", "govgraph init")),
    "only a comment": Bad("# nothing yet\n", "case.yaml:", ("the file is empty", "govgraph init")),
    "not a mapping": Bad("- 某区\n", "case.yaml:1:1", ("not a mapping", "sections such as meta:")),
    "not YAML": Bad(HEAD + "posts: [{name: 主任\n", "case.yaml:", ("not YAML",)),
    "control character": Bad(
        HEAD.replace("某街道", "某\x07街道"), "case.yaml:5:13", ("control character", "U+0007", "printable text")
    ),
    "escaped control character": Bad(
        HEAD.replace("name: 某街道", 'name: "某\\u0007街道"'), "case.yaml:5:12", ("a control character", "printable")
    ),
    "unknown step": Bad(
        REFORM + "{do: clarfy, what: 环卫}\n",
        "case.yaml:13:14",
        ("unknown step 'clarfy'", "one of add", "Did you mean 'clarify'"),
    ),
    "step lacks an argument": Bad(
        REFORM + "{do: fund, what: 环卫}\n", "case.yaml:13:9", ("the step fund lacks 'by'", "what, by")
    ),
    "step with an empty argument": Bad(
        REFORM + "{do: fund, what: 环卫, by: []}\n", "case.yaml:13:9", ("the step fund lacks 'by'",)
    ),
    "step takes no such argument": Bad(
        REFORM + "{do: fund, what: 环卫, by: 某区, ammount: 5}\n",
        "case.yaml:13:38",
        ("the step fund takes no 'ammount'", "Did you mean 'amount'"),
    ),
    "step names nobody": Bad(
        REFORM + "{do: clarify, what: 环卫, lead: 某街到}\n",
        "case.yaml:13:39",
        ("no node is called '某街到'", "Did you mean '某街道'"),
    ),
    "step names a wrong family": Bad(
        REFORM + "{do: equip, what: 环卫, with: 某区}\n",
        "case.yaml:13:37",
        ("with names '某区', a 组织", "expected 资源"),
    ),
    "step adds between wrong ends": Bad(
        REFORM + "{do: add, from: 环卫, type: 主责, to: 某街道}\n",
        "case.yaml:13:25",
        ("主责 begins at '环卫', a 事项", "expected 组织、岗位、人员"),
    ),
    "step adds a wrong property": Bad(
        REFORM + "{do: add, from: 某区, type: 考核, to: 某街道, about: 环位}\n",
        "case.yaml:13:55",
        ("no node is called '环位'", "Did you mean '环卫'"),
    ),
    "step adds with a wrong date": Bad(
        REFORM + "{do: add, from: 某区, type: 考核, to: 某街道, since: 明年}\n",
        "case.yaml:13:55",
        ("since: '明年' is not a date",),
    ),
    "step creates an unknown kind": Bad(
        REFORM + "{do: create, family: 组织, name: 新办, kind: 内设几构}\n",
        "case.yaml:13:50",
        ("组织 has no kind '内设几构'", "Did you mean '内设机构'"),
    ),
    "step creates an unknown family": Bad(
        REFORM + "{do: create, family: 机构, name: 新办, kind: 内设机构}\n",
        "case.yaml:13:30",
        ("unknown family '机构'", "组织、岗位"),
    ),
    "step of an unknown type": Bad(
        REFORM + "{do: end, from: 某区, type: 管里, to: 某街道}\n",
        "case.yaml:13:35",
        ("unknown relation type '管里'", "Did you mean '管理'"),
    ),
    "step names what a later step makes": Bad(
        REFORM + "{do: clarify, what: 环卫, lead: 新办}\n"
        "      - {do: create, family: 组织, name: 新办, kind: 内设机构}\n",
        "case.yaml:13:39",
        ("no node is called '新办'", "of what an earlier step makes"),
    ),
    "new body takes what is not there": Bad(
        REFORM + "{do: split, body: 某区, into: [甲局, 乙局], takes: {甲局: [环位]}}\n",
        "case.yaml:13:60",
        ("no node is called '环位'", "Did you mean '环卫'"),
    ),
    "duties for no new body": Bad(
        REFORM + "{do: split, body: 某区, into: [甲局, 乙局], takes: {丙局: [环卫]}}\n",
        "case.yaml:13:55",
        ("'丙局' takes duties but is not among the new bodies", "甲局、乙局"),
    ),
    "claim that leads nowhere": Bad(
        REFORM + "{do: clarify, what: 环卫}\n    claims: [环位]\n",
        "case.yaml:14:14",
        ("claims: no node is called '环位'", "Did you mean '环卫'"),
    ),
    "reform without changes": Bad(
        HEAD + "reforms: [{name: 改}]\n", "case.yaml:10:11", ("a reform without changes", "changes: [{do: …}]")
    ),
    "reform twice": Bad(
        HEAD + "reforms:\n" + "  - {name: 改, changes: [{do: clarify, what: 环卫}]}\n" * 2,
        "case.yaml:12:12",
        ("the reform '改' stands twice",),
    ),
    "tour shows nobody": Bad(
        HEAD + "tour:\n  - {title: {zh: 一, en: One}, text: 甲, show: [某街到]}\n",
        "case.yaml:11:47",
        ("show: no node is called '某街到'", "Did you mean '某街道'"),
    ),
    "tour with an unknown key": Bad(
        HEAD + "tour:\n  - {title: 一, txt: 甲}\n",
        "case.yaml:11:16",
        ("unknown key 'txt' of a step of the tour", "Did you mean 'text'"),
    ),
    "anchor within itself": Bad(
        HEAD + "posts: &all [*all]\n", "case.yaml:10:8", ("an anchor (&name) that contains itself",)
    ),
    "anchors of anchors": Bad(
        HEAD + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else '甲'] * 20)}]\n" for n in range(6)),
        "case.yaml:10:",
        ("more than 500,000 values",),
    ),
    "nested too deep": Bad(HEAD + "posts: " + "[" * 100_000, "case.yaml:1:1", ("nested too deep",)),
    "comma that parts a text": Bad(
        HEAD.replace("en: Town", "en: One, two"), "case.yaml:1:41", ("unknown language 'two'", "zh, en")
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_its_place(name: str, file_of: Callable[[str], str], govgraph: Run) -> None:
    """The message names file, line and column, says what was found and expected, and the exit code is 2."""
    bad = BAD[name]
    outcome = govgraph("validate", file_of(bad.text))
    assert outcome.code == 2, outcome.out
    assert outcome.out == ""
    found = [line.removeprefix("govgraph: ") for line in outcome.err.splitlines() if bad.where in line]
    assert any(line.startswith(bad.where) and all(word in line for word in bad.words) for line in found), outcome.err
    assert "found; nothing was loaded" in outcome.err


def test_each_mistake_is_told_once(file_of: Callable[[str], str], govgraph: Run) -> None:
    """Three mistakes in one file give three lines and a count."""
    text = HEAD.replace("kind: 街道", "kind: 街到, plase: x") + "relations:\n  - {from: 某曲, type: 管理, to: 某街道}\n"
    outcome = govgraph("validate", file_of(text))
    assert len(outcome.err.splitlines()) == 4
    assert outcome.err.splitlines()[-1] == "3 mistakes found; nothing was loaded"


def test_anchor_is_read_as_what_it_stands_for(file_of: Callable[[str], str], govgraph: Run) -> None:
    """An anchor used again is the same list again."""
    text = (
        HEAD + "relations:\n  - {from: &ends [某区], type: 管理, to: 某街道}\n  - {from: *ends, type: 主责, to: 环卫}\n"
    )
    assert "relations 2" in govgraph("validate", file_of(text)).out


def test_text_that_is_not_utf_8_is_refused(file_of: Callable[[bytes], str], govgraph: Run) -> None:
    """A GB18030 file is refused with the line and the command that converts it."""
    outcome = govgraph("validate", file_of(HEAD.encode("gb18030")))
    assert outcome.code == 2
    assert "case.yaml:1:13: byte 0xb3 is not UTF-8" in outcome.err
    assert "iconv -f GB18030 -t UTF-8" in outcome.err


def test_byte_order_mark_is_read_over(file_of: Callable[[bytes], str], govgraph: Run) -> None:
    """A UTF-8 file that begins with a byte order mark, as Windows editors write it, is read."""
    assert govgraph("validate", file_of(b"\xef\xbb\xbf" + HEAD.encode())).code == 0


def test_quote_that_is_not_in_the_source_is_refused(
    file_of: Callable[[str], str], tmp_path: Path, govgraph: Run
) -> None:
    """With --sources a quote must be an exact substring; the nearest passage is offered."""
    (tmp_path / "报告.txt").write_text("某区的街道负责环卫工作。", encoding="utf-8")
    good, bad = (
        HEAD.replace("kind: 职责", f"kind: 职责, quote: {quote}") for quote in ("街道负责环卫", "街道负责环位")
    )
    outcome = govgraph("validate", file_of(good), "--sources", ".")
    assert (outcome.code, "quotes: 1 checked" in outcome.out) == (0, True)
    outcome = govgraph("validate", file_of(bad), "--sources", ".")
    assert outcome.code == 2
    assert "case.yaml:7: the quote '街道负责环位' (环卫) is not in '报告'" in outcome.err
    assert "Did you mean '街道负责环卫'" in outcome.err
    assert govgraph("validate", "case.yaml").code == 0, "without --sources quotes are not checked"


def test_changed_source_is_refused(file_of: Callable[[str], str], tmp_path: Path, govgraph: Run) -> None:
    """A source whose checksum differs from the case's is refused."""
    (tmp_path / "报告.txt").write_text("改过的", encoding="utf-8")
    text = HEAD.replace("file: 报告.txt", f"file: 报告.txt, sha256: {'0' * 64}")
    outcome = govgraph("validate", file_of(text), "--sources", ".")
    assert outcome.code == 2
    assert "sha256 of 报告.txt is" in outcome.err


def test_facts_without_a_quote_are_refused_on_request(file_of: Callable[[str], str], govgraph: Run) -> None:
    """--require-evidence names each node and relation without a quote."""
    outcome = govgraph("validate", file_of(HEAD), "--require-evidence")
    assert outcome.code == 2
    assert "case.yaml:4: '某区' has no quote" in outcome.err


def test_unknown_source_name_gets_a_hint(govgraph: Run) -> None:
    """A case that is not shipped is answered with its nearest neighbour."""
    outcome = govgraph("validate", "园区带接")
    assert outcome.code == 2
    assert "no case, file or folder is called '园区带接'. Did you mean '园区带街'" in outcome.err


def test_later_steps_may_name_what_earlier_ones_make(file_of: Callable[[str], str], govgraph: Run) -> None:
    """Names made by create, coordinate, merge, split and staff are known to the steps after them and to claims."""
    steps = (
        "{do: create, family: 组织, name: 新办, kind: 内设机构, aliases: [新]}",
        "{do: clarify, what: 环卫, lead: 新}",
        "{do: coordinate, bodies: [某区, 某街道], mechanism: 联席会, about: 环卫}",
        "{do: add, from: 联席会, type: 监督, to: 环卫}",
        "{do: staff, what: 环卫, number: 3}",
        "{do: add, from: 环卫增配人员, type: 隶属, to: 某街道}",
        "{do: split, body: 某区, into: [甲局, 乙局], takes: {甲局: [环卫]}}",
        "{do: merge, bodies: [甲局, 乙局], into: 丙局}",
        "{do: fund, what: 环卫, by: 丙局}",
    )
    text = REFORM + "\n      - ".join(steps) + "\n    claims: [丙局]\n"
    assert govgraph("validate", file_of(text)).code == 0
