"""docs/glossary.md: the vocabulary as a page, generated from its one file."""

from __future__ import annotations

from pathlib import Path

from govgraph.model.vocabulary import Property, vocabulary

HEAD = """\
# Glossary · 词汇

Generated from `govgraph/model/vocabulary.yaml`; change the words there.
"""

ENUMERATIONS = {
    "levels": "Levels · 层级",
    "statuses": "Statuses · 状态",
    "dimensions": "Dimensions · 维度",
    "clarity": "Clarity · 清晰度",
    "extents": "Extents · 程度",
    "roles": "Roles · 主辅",
}


def pages() -> dict[Path, str]:
    """Return the page by path."""
    words = vocabulary()
    lines = [HEAD]
    for family in words.families.values():
        lines += [f"## {family.name} · {family.en}", "", f"Section `{family.section}` of a case.", ""]
        lines += ["| kind | English | level | |", "| --- | --- | --- | --- |"]
        lines += [f"| {k.name} | {k.en} | {k.level or ''} | {k.doc} |" for k in family.kinds.values()]
        lines.append("")
    lines += ["## Relation types · 关系", "", "| type | English | group | from | to | dimension | superior | |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for type_ in (*words.relations.values(), *words.derived.values()):
        ends = f"{'、'.join(type_.from_families)} | {'、'.join(type_.to_families)}"
        tail = f"{type_.dimension or ''} | {type_.superior or ''} | {type_.doc}"
        lines.append(f"| {type_.name} | {type_.en} | {type_.group} | {ends} | {tail} |")
    lines.append("")
    for title, properties in (
        ("Properties of nodes · 节点属性", words.node_properties),
        ("Properties of relations · 关系属性", words.relation_properties),
        ("Evidence, on both · 依据", words.evidence_properties),
    ):
        lines += [f"## {title}", "", *_properties(properties.values()), ""]
    for name, title in ENUMERATIONS.items():
        lines += [f"## {title}", "", "| | English |", "| --- | --- |"]
        lines += [f"| {term.name} | {term.en} |" for term in words.enumerations[name].values()]
        lines.append("")
    return {Path("docs/glossary.md"): "\n".join(lines).rstrip() + "\n"}


def _properties(properties: object) -> list[str]:
    rows = ["| property | 中文 | type | |", "| --- | --- | --- | --- |"]
    for item in properties:  # type: ignore[attr-defined]
        assert isinstance(item, Property)
        rows.append(f"| `{item.name}` | {item.zh} | {item.type} | {item.doc} |")
    return rows
