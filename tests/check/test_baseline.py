"""The baseline: only new findings count, what is fixed drops out, and the list never grows by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from govgraph.check.baseline import (
    Baseline,
    baseline_of,
    baseline_text,
    compare_baseline,
    read_baseline,
)
from govgraph.check.findings import Finding, Subject, fingerprint
from govgraph.errors import InputError
from govgraph.model.case import Text

if TYPE_CHECKING:
    from pathlib import Path


def finding(name: str, rule: str = "duty/ownerless", case: str = "小城") -> Finding:
    """Return a violation of a rule about one node."""
    subject = Subject(f"{case}/{name}", name, "职责")
    text = Text(f"{name}没有人管", f"nobody leads {name}")
    return Finding(
        rule, "error", "violated", fingerprint(rule, [subject.id]), text, text, (subject,), (), (), None, (subject.id,)
    )


def test_findings_are_new_kept_or_fixed() -> None:
    """What is not on the list is new, what is on it is kept, and an entry without finding is fixed."""
    baseline = baseline_of([finding("甲"), finding("乙"), finding("丙")])
    delta = compare_baseline([finding("丙"), finding("丁")], baseline)
    assert [found.subjects[0].name for found in delta.new] == ["丁"]
    assert [found.subjects[0].name for found in delta.kept] == ["丙"]
    assert sorted(entry.subject for entry in delta.fixed) == ["乙", "甲"]
    assert delta.line == "baseline +1 −2 =1"


def test_the_shrunk_list_never_holds_what_is_new() -> None:
    """Fixed entries drop out; new findings do not get in."""
    delta = compare_baseline([finding("丙"), finding("丁")], baseline_of([finding("甲"), finding("丙")]))
    assert delta.shrunk == baseline_of([finding("丙")])


def test_what_was_not_looked_at_is_not_fixed() -> None:
    """Entries of rules that were not run, of other cases, and of suppressed findings stay on the list."""
    other_rule, other_case = finding("甲", "duty/unclear"), finding("甲", case="大城")
    hidden = finding("乙")
    baseline = baseline_of([other_rule, other_case, hidden, finding("丙")])
    delta = compare_baseline([], baseline, cases=["小城"], rules=["duty/ownerless"], suppressed=[hidden])
    assert [entry.subject for entry in delta.fixed] == ["丙"]
    assert delta.shrunk == baseline_of([other_rule, other_case, hidden])
    assert delta.line == "baseline +0 −1 =3"


def test_an_unknown_that_becomes_a_violation_is_new() -> None:
    """A baseline that says undetermined does not excuse the violation that it turns out to be."""
    unknown = replace(finding("甲"), status="undetermined")
    delta = compare_baseline([finding("甲")], baseline_of([unknown]))
    assert [found.status for found in delta.new] == ["violated"]
    assert compare_baseline([unknown], baseline_of([unknown])).new == ()


def test_a_baseline_survives_its_file(tmp_path: Path) -> None:
    """Written and read it is the same, with one entry a line, whatever the order of the findings."""
    found = [finding("甲"), finding("乙", "duty/unclear"), finding("丙", case="大城")]
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(baseline_of(found)), encoding="utf-8")
    assert read_baseline(path) == baseline_of(reversed(found))
    assert sum('"fingerprint"' in line for line in path.read_text(encoding="utf-8").splitlines()) == 3
    assert read_baseline(path) != Baseline()
    path.write_text(baseline_text(Baseline()), encoding="utf-8")
    assert read_baseline(path) == Baseline()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ('{"version": 2, "findings": []}', "not a baseline"),
        ('{"version": 1, "findings": [{"rule": "duty/unclear"}]}', "entry 1 is not one of a baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message names the file and what is wrong with it."""
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_baseline(path)


def test_a_missing_baseline_says_how_to_make_one(tmp_path: Path) -> None:
    """A first run does not make the list silently."""
    with pytest.raises(InputError, match="govgraph baseline write"):
        read_baseline(tmp_path / "none.json")
