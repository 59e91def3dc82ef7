"""A rule refuses to load and says exactly why; the pack keeps its conventions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from govgraph.check.findings import fingerprint
from govgraph.check.library import load_queries
from govgraph.check.rules import find_rule, load_rules, select_rules
from govgraph.errors import NotFoundError, RuleError
from govgraph.model.vocabulary import vocabulary
from govgraph.store.read_only import blank

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
// id: local/example
// severity: warning
// title: {zh: 例, en: Example}
// question: {zh: 问？, en: Asks?}
// why: {zh: 因, en: Because}
// remedy: {zh: 改, en: Mend}
// basis: {zh: 据, en: Law}
// messages: {zh: '“{name}”', en: '“{name}”'}
// identity: [subject]
// population: MATCH (x:组织) RETURN count(x)
MATCH (x:组织)
RETURN [x.id] AS subjects, [] AS relations, 'violated' AS status, x.id AS subject, x.name AS name
ORDER BY subject
"""


def load_one(folder: Path, text: str) -> None:
    """Load the pack with one more rule."""
    path = folder / "local" / "example.cypher"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    load_rules([folder])


def test_a_good_rule_loads(tmp_path: Path) -> None:
    """The rule that the bad ones below are made from is accepted."""
    load_one(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("// id: local/example", "// id: local/other", "is not the path 'local/example'"),
        ("severity: warning", "severity: fatal", "severity 'fatal'"),
        ("// why: {zh: 因, en: Because}", "// why: {zh: 因}", "why lacks a translation"),
        ("// why: {zh: 因, en: Because}", "// why: {zh: 因, en: {name}}", "why.en is {'name': None}, not a text"),
        (
            "// why: {zh: 因, en: Because}",
            "// why: {zh: 486, en: Because}",
            "why.zh is 486, not a text. Put it in quotes",
        ),
        ("// why: {zh: 因, en: Because}", "// why: {zh: 因, en: Because, so}", "why has more than zh and en: 'so'"),
        ("// remedy", "// remdy", "Did you mean 'remedy'"),
        ("// basis: {zh: 据, en: Law}\n", "", "lacks 'basis'"),
        ("ORDER BY subject", "", "no ORDER BY"),
        ("MATCH (x:组织)\nRETURN", "MATCH (x:组织)\nSET x.name = 'x'\nRETURN", "line 2: the clause SET writes"),
        ("RETURN count(x)", "DETACH DELETE x", "the clause DETACH writes"),
        ("'violated' AS status, ", "", "does not return 'status'"),
        ("identity: [subject]", "identity: [body]", "identity column 'body'"),
        ("// title: {zh: 例, en: Example}", "// title: {zh: 例, en: Example", "not YAML"),
        (
            "// identity: [subject]",
            "// identity: [subject]\n// params: {n: {type: integer, default: x}}",
            "default of 'n'",
        ),
    ],
)
def test_a_bad_rule_is_refused_with_its_reason(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Each mistake in a rule file is named with the file."""
    assert old in GOOD
    with pytest.raises(RuleError, match=r"example\.cypher") as error:
        load_one(tmp_path, GOOD.replace(old, new))
    assert said in str(error.value)


def test_two_rules_with_one_id_are_refused(tmp_path: Path) -> None:
    """A rule of the user's cannot silently replace a shipped one."""
    path = tmp_path / "reporting" / "dual-reporting.cypher"
    path.parent.mkdir()
    path.write_text(GOOD.replace("local/example", "reporting/dual-reporting"), encoding="utf-8")
    with pytest.raises(RuleError, match="is taken by"):
        load_rules([tmp_path])


def test_labels_and_types_in_rules_and_queries_exist_in_the_vocabulary() -> None:
    """No rule or query names a label, relation type, status or dimension that the vocabulary lacks."""
    words = vocabulary()
    names = {*words.families, *words.relations, *words.derived, "案例"}
    for item in (*load_rules(), *load_queries()):
        text = blank(item.cypher)
        used = {
            name
            for group in re.findall(r"[(\[]\s*\w*\s*:([\w|:]+)", text)
            for name in re.split(r"[|:]+", group)
            if name and not name.isdigit()
        }
        assert used <= names, f"{item.id}: {used - names}"


def test_every_message_can_be_filled_in_both_languages() -> None:
    """The columns that a message names are returned by the query, in both languages alike."""
    for rule in load_rules():
        for text in (rule.messages, rule.undetermined):
            if text is None:
                continue
            zh, en = (set(re.findall(r"{(\w+)}", words)) for words in (text.zh, text.en))
            assert zh == en, f"{rule.id}: {zh ^ en}"


def test_no_rule_names_a_place() -> None:
    """Rules are general: none names a place or a body of a shipped case."""
    places = ("浦口", "盘城", "高新区", "南京", "凤阳", "复兴", "西湖", "雨花台", "互助", "霍山", "淮安", "街道党")
    for rule in load_rules():
        assert not [place for place in places if place in rule.cypher], rule.id


def test_the_fingerprint_depends_on_rule_and_identity_alone() -> None:
    """Order within a list does not matter; rule and values do."""
    assert fingerprint("a/b", [["x", "y"], 1]) == fingerprint("a/b", [["y", "x"], 1])
    assert fingerprint("a/b", ["x"]) != fingerprint("a/c", ["x"])
    assert fingerprint("a/b", ["x"]) != fingerprint("a/b", ["y"])
    assert re.fullmatch("[0-9a-f]{16}", fingerprint("a/b", ["x"]))


def test_a_rule_is_found_by_its_last_part_and_unknown_ones_are_suggested() -> None:
    """Rules can be named shortly; a wrong name is answered with the nearest."""
    rules = load_rules()
    assert find_rule(rules, "dual-reporting").id == "reporting/dual-reporting"
    with pytest.raises(NotFoundError, match="Did you mean"):
        find_rule(rules, "reporting/dual-reportin")
    assert [rule.id for rule in select_rules(rules, ["*/dual-*"])] == ["reporting/dual-reporting"]
