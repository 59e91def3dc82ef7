"""The vocabulary holds together: whoever reads it can rely on these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from govgraph.model.sheets import meta_items, sheets
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from govgraph.model.vocabulary import Family, RelationType

WORDS = vocabulary()
TYPES = {"text", "texts", "integer", "number", "date", "reference", *WORDS.enumerations}
COLOR = re.compile(r"#[0-9A-F]{6}")


def test_families_are_the_six_of_the_design() -> None:
    """Label and section of each family, in the order of a case file."""
    assert {family.name: family.section for family in WORDS.families.values()} == {
        "组织": "organizations",
        "岗位": "posts",
        "人员": "staff",
        "事项": "duties",
        "资源": "resources",
        "文件": "instruments",
    }


@pytest.mark.parametrize("family", WORDS.families.values(), ids=lambda family: family.name)
def test_kinds_are_drawable_and_on_a_level(family: Family) -> None:
    """Each kind has an English name, a colour, a shape, and a level that exists, or none."""
    for kind in family.kinds.values():
        assert kind.en, kind
        assert COLOR.fullmatch(kind.color), kind
        assert kind.shape, kind
        assert kind.level is None or kind.level in WORDS.enumerations["levels"], kind


@pytest.mark.parametrize("type_", [*WORDS.relations.values(), *WORDS.derived.values()], ids=lambda type_: type_.name)
def test_relation_types_join_families_that_exist(type_: RelationType) -> None:
    """Ends are families, a superior is an end, a default dimension is a dimension."""
    assert type_.en
    assert {*type_.from_families, *type_.to_families} <= set(WORDS.families)
    assert type_.superior in (None, "from", "to")
    assert type_.dimension is None or type_.dimension in WORDS.enumerations["dimensions"]


def test_properties_have_types_that_are_known() -> None:
    """Each property has a known type and both names; a reference says which families it may name."""
    for declared in (*WORDS.node_properties.values(), *WORDS.relation_properties.values()):
        assert declared.type in TYPES, declared
        assert declared.en, declared
        assert declared.zh, declared
        assert (declared.type == "reference") == bool(declared.families), declared
        assert set(declared.families) <= set(WORDS.families), declared


def test_words_of_the_design_are_there() -> None:
    """Statuses, and the relation types that the rules of the design rest on."""
    assert list(WORDS.enumerations["statuses"]) == ["现行", "计划", "建议", "受阻", "终止", "缺失"]
    assert {"派出机构", "隶属", "领导", "考核", "拨款", "主责", "配合", "审批", "应移交", "需要"} <= set(
        WORDS.relations
    )
    assert not set(WORDS.relations) & set(WORDS.derived)


def test_levels_go_down_from_the_state() -> None:
    """Ranks are 0, 1, 2 … in the order written."""
    assert [term.rank for term in WORDS.enumerations["levels"].values()] == list(range(6))


def test_headers_of_a_table_are_unambiguous() -> None:
    """No table has two columns of one name, Chinese or English, and no two tables have one name."""
    for sheet in sheets().values():
        headers = [name for column in sheet.columns for name in {column.zh, column.key}]
        assert len(headers) == len(set(headers)), sheet.zh
    names = [name for sheet in sheets().values() for name in (sheet.zh, sheet.key)]
    assert len(names) == len(set(names))
    items = [item.zh for item in meta_items()]
    assert len(items) == len(set(items))


def test_unknown_words_have_no_kind_and_no_family() -> None:
    """A section that is none has no family; a kind is found in its own family alone."""
    assert WORDS.family_of_section("people") is None
    assert WORDS.kind("组织", "街道").level == "镇街"
    with pytest.raises(KeyError):
        WORDS.kind("组织", "职责")
