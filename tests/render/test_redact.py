"""Redaction: no original name is left, and the same name stands for the same thing everywhere."""

from __future__ import annotations

import pytest

from govgraph.check.run import check_case
from govgraph.model.vocabulary import vocabulary
from govgraph.read.source import read_case, shipped_cases
from govgraph.render.redact import LeakError, leaks, originals, redact_case, refuse_leaks


def test_structure_stays_and_names_go() -> None:
    """As many nodes and relations of the same kinds, each with an id of its own, and no quote."""
    case = read_case("园区带街")
    redacted = redact_case(case)
    assert [node.kind for node in redacted.nodes] == [node.kind for node in case.nodes]
    assert [relation.type for relation in redacted.relations] == [relation.type for relation in case.relations]
    assert len({relation.id for relation in redacted.relations}) == len(case.relations)
    assert all(not item.evidence.quotes for item in (*redacted.nodes, *redacted.relations))
    assert redact_case(case) == redacted


@pytest.mark.parametrize("source", sorted(shipped_cases()))
def test_no_original_text_is_left(source: str) -> None:
    """The scan finds hundreds of texts in the case and none in the redacted one."""
    case = read_case(source)
    text = repr(redact_case(case))
    assert len(originals(case)) > 100
    assert leaks(case, text) == []
    assert len(leaks(case, repr(case))) > 100


def test_redacted_case_has_the_same_findings() -> None:
    """The arrangement is the same one: every rule counts as before."""
    case = read_case("园区带街")
    before, after = check_case(case), check_case(redact_case(case))
    assert [(r.rule, r.violations) for r in after.results] == [(r.rule, r.violations) for r in before.results]


def test_output_with_an_original_name_is_refused() -> None:
    """One name anywhere is enough; words that any output holds do not count."""
    case = read_case("园区带街")
    with pytest.raises(LeakError, match="盘城街道"):
        refuse_leaks(case, "… 盘城街道 …")
    refuse_leaks(case, "盘城街道", public="盘城街道")
    assert not set(originals(case)) & set(vocabulary().relations)
