"""Suppressions: set apart for a reason and until a day; past ones fail, unused ones are told."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from govgraph.check.findings import Finding, Subject, fingerprint
from govgraph.check.suppressions import Suppression, apply_suppressions, read_suppressions
from govgraph.errors import InputError
from govgraph.model.case import Text

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.date(2026, 3, 1)


def finding(*names: str, rule: str = "duty/ownerless") -> Finding:
    """Return a violation whose subjects have these names."""
    subjects = tuple(Subject(f"小城/{name}", name, "职责") for name in names)
    text = Text("无", "none")
    return Finding(rule, "error", "violated", fingerprint(rule, names), text, text, subjects, (), (), None)


def entry(
    rule: str = "duty/ownerless", subject: str = "甲", until: datetime.date = datetime.date(2027, 1, 1)
) -> Suppression:
    """Return a decision to live with a finding."""
    return Suppression(rule, subject, "过渡期", "改革办", until, f"s.yaml:{rule}:{subject}")


@pytest.mark.parametrize(
    ("rule", "subject"),
    [("duty/ownerless", "甲"), ("duty", "甲"), ("duty/*", "小城/甲"), ("*", "甲")],
)
def test_a_suppression_covers_its_rule_and_subject(rule: str, subject: str) -> None:
    """The rule is meant by id, category or pattern, the subject by name or id."""
    decision = entry(rule, subject)
    outcome = apply_suppressions([finding("甲"), finding("乙", "甲")], [decision], TODAY)
    assert [found.subjects[0].name for found in outcome.findings] == ["乙"]
    assert [(apart.finding.subjects[0].name, apart.by) for apart in outcome.suppressed] == [("甲", decision)]
    assert (outcome.expired, outcome.near, outcome.unused) == ((), (), ())


def test_a_past_suppression_no_longer_suppresses() -> None:
    """The last day still counts; the day after, the finding is back and the entry is told as expired."""
    last = entry(until=TODAY)
    assert apply_suppressions([finding("甲")], [last], TODAY).findings == ()
    after = apply_suppressions([finding("甲")], [last], TODAY + datetime.timedelta(days=1))
    assert [found.subjects[0].name for found in after.findings] == ["甲"]
    assert (after.expired, after.suppressed, after.unused) == ((last,), (), ())


def test_a_suppression_that_ends_soon_is_told() -> None:
    """Thirty days before its end a suppression is near it."""
    near, far = entry(until=datetime.date(2026, 3, 31)), entry(subject="乙", until=datetime.date(2026, 4, 1))
    outcome = apply_suppressions([finding("甲"), finding("乙")], [near, far], TODAY)
    assert outcome.near == (near,)


def test_a_suppression_is_unused_only_if_its_rule_was_run() -> None:
    """An entry that met nothing is unused; one for a rule outside the selection is not judged."""
    unused, other = entry(subject="丁"), entry("funding/payment-detour", "丁")
    outcome = apply_suppressions([finding("甲")], [unused, other], TODAY, rules=["duty/ownerless"])
    assert outcome.unused == (unused,)


GOOD = """
suppressions:
  - {rule: duty/ownerless, subject: 甲, reason: 过渡期, decided_by: 改革办, until: 2027-06-30}
"""


def test_a_file_of_suppressions_is_read(tmp_path: Path) -> None:
    """All five keys, and the place of each entry."""
    path = tmp_path / "s.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (read,) = read_suppressions(path, ["duty/ownerless"])
    assert (read.rule, read.subject, read.reason, read.decided_by) == ("duty/ownerless", "甲", "过渡期", "改革办")
    assert read.until == datetime.date(2027, 6, 30)
    assert read.where == f"{path.as_posix()}:3:5"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("reason: 过渡期, ", "", "a suppression without reason"),
        ("until: 2027-06-30", "until: 2027-06", "'2027-06' is not a day"),
        ("until: 2027-06-30", "until: 2027-02-30", "'2027-02-30' is not a day"),
        ("duty/ownerless", "duty/ownerles", "Did you mean 'duty/ownerless'"),
        ("decided_by", "decided", "Did you mean 'decided_by'"),
        ("suppressions:", "supressions:", "unknown key 'supressions'"),
    ],
)
def test_a_bad_entry_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """One problem a mistake, with file, line and what was expected."""
    path = tmp_path / "s.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_suppressions(path, ["duty/ownerless"])
