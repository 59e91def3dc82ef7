"""A case as the rows of its files: names for ids, what goes without saying left out. YAML and tables share it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, product
from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary
from govgraph.read.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.model.case import Case, Change, Evidence, Meta, Node, Reform, Relation, Text, Value

Row = dict[str, Any]
"""Key → text, number, tuple of texts, or mapping (``title``, ``takes``); ``changes`` is a list of rows."""


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The sections of a case file: ``meta`` is one row, the others are lists of rows; empty sections are left out."""

    meta: Row
    sections: dict[str, list[Row]]


def case_rows(case: Case) -> CaseRows:
    """Return the rows of a case; read again they give the equal case."""
    only = case.sources[0].name if len(case.sources) == 1 else None
    sections: dict[str, list[Row]] = {"sources": [_source_row(source) for source in case.sources]}
    for family in vocabulary().families.values():
        nodes = [node for node in case.nodes if node.family == family.name]
        sections[family.section] = [_node_row(node, only) for node in nodes]
    sections["relations"] = list(_relation_rows(case, only))
    sections["reforms"] = [_reform_row(reform, only) for reform in case.reforms]
    sections["tour"] = [
        _filled({"title": _text(step.title), "text": _text(step.text), "show": step.show}) for step in case.tour
    ]
    return CaseRows(_meta_row(case.meta), {key: rows for key, rows in sections.items() if rows})


def _filled(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in (None, "", (), {})}


def _text(text: Text) -> Row:
    return _filled({"zh": text.zh, "en": text.en})


def _meta_row(meta: Meta) -> Row:
    return _filled(
        {
            "id": meta.id,
            "aliases": meta.aliases,
            "title": _text(meta.title),
            "place": meta.place,
            "period": _filled({"since": meta.since, "until": meta.until}),
            "notes": meta.notes,
            "complete": meta.complete,
        }
    )


def _source_row(source: Any) -> Row:
    keys = ("name", "title", "number", "date", "file", "sha256", "url", "begin", "end")
    return _filled({key: getattr(source, key) for key in keys})


def _evidence(evidence: Evidence, only: str | None) -> Row:
    """Return quote and source; the only source of a case need not be named beside a quote."""
    source = None if evidence.quotes and evidence.source == only else evidence.source
    return _filled({"quote": evidence.quotes, "source": source})


def _node_row(node: Node, only: str | None) -> Row:
    known = vocabulary().node_properties
    properties = dict(node.properties)
    if properties.get("level") == vocabulary().kind(node.family, node.kind).level:
        properties.pop("level", None)
    own = {key: properties[key] for key in known if key in properties}
    return {"name": node.name, "kind": node.kind, **own, **_evidence(node.evidence, only)}


def _relation_rows(case: Case, only: str | None) -> Iterator[Row]:
    """Yield a row for each run of relations that say the same of all their ends and dimensions."""

    def said(relation: Relation) -> Any:
        others = {key: value for key, value in relation.properties.items() if key != "dimension"}
        return (relation.type, others, relation.evidence)

    for _, run in groupby(case.relations, key=said):
        relations = list(run)
        parts = [tuple(dict.fromkeys(values)) for values in zip(*map(_distinct, relations), strict=True)]
        every = {_distinct(relation) for relation in relations}
        if (
            len(relations) == len(every)
            and every == set(product(*parts))
            and (None not in parts[2] or len(parts[2]) == 1)
        ):
            yield _relation_row(case, relations[0], parts, only)
        else:
            for relation in relations:
                yield _relation_row(case, relation, [(part,) for part in _distinct(relation)], only)


def _distinct(relation: Relation) -> tuple[str, str, str | None]:
    return (relation.start, relation.end, relation.dimension)


def _relation_row(case: Case, relation: Relation, parts: list[Any], only: str | None) -> Row:
    words = vocabulary()
    starts, ends, dimensions = parts
    row: Row = {
        "from": tuple(case.by_id[identity].name for identity in starts),
        "type": relation.type,
        "to": tuple(case.by_id[identity].name for identity in ends),
    }
    if dimensions not in ((None,), (words.relations[relation.type].dimension,)):
        row["dimension"] = dimensions
    for key, declared in words.relation_properties.items():
        value: Value | None = relation.properties.get(key)
        if value is None or key == "dimension":
            continue
        row[key] = case.by_id[str(value)].name if declared.type == "reference" else value
    return row | _evidence(relation.evidence, only)


def _reform_row(reform: Reform, only: str | None) -> Row:
    changes = [{"do": change.do, **_arguments(change), **_evidence(change.evidence, only)} for change in reform.changes]
    row = {"name": reform.name, "title": _text(reform.title), **_evidence(reform.evidence, only)}
    return _filled({**row, "claims": reform.claims}) | {"changes": changes}


def _arguments(change: Change) -> Row:
    """Return the arguments of a step: its own in the order of its declaration, then properties."""
    words = vocabulary()
    order = dict.fromkeys([*STEPS.get(change.do, {}), *words.node_properties, *words.relation_properties])
    return {key: change.arguments[key] for key in (*order, *change.arguments) if key in change.arguments}
