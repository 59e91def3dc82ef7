"""What the page knows beside the picture: properties, evidence, findings, rules, the tour, and the words it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.analyze.matrix import responsibility_matrix
from govgraph.model.vocabulary import vocabulary
from govgraph.render.map.initials import initials
from govgraph.render.map.text import harmless
from govgraph.render.map.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govgraph.check.findings import Finding
    from govgraph.model.case import Case, Evidence, Node, Relation, Text
    from govgraph.render.map.content import MapContent, RuleCard

Json = dict[str, Any]
OMITTED = ("aliases", "status", "dimension")


def payload(content: MapContent) -> Json:
    """Return the page's data as plain values, every text made harmless."""
    case = content.case
    index = {node.id: position for position, node in enumerate(case.nodes)}
    relations = {relation.id: position for position, relation in enumerate(case.relations)}
    body: Json = {
        "language": content.language,
        "opening": dict(content.opening),
        "title": _text(case.meta.title),
        "place": case.meta.place,
        "period": [case.meta.since, case.meta.until],
        "asOf": content.as_of or content.check.as_of,
        "reform": content.check.reform,
        "sources": {s.name: {"title": s.title or s.name, "number": s.number, "date": s.date} for s in case.sources},
        "nodes": [_node(node, short) for node, short in zip(case.nodes, initials(case.nodes), strict=True)],
        "relations": [_relation(relation, index, case) for relation in case.relations],
        "findings": [_finding(finding, index, relations) for finding in content.check.findings],
        "rules": _rules(content),
        "tour": [
            {"title": _text(step.title), "text": _text(step.text), "show": _shown(step.show, case, index)}
            for step in case.tour
        ],
        "matrix": _matrix(case, index, relations),
        "vocabulary": _vocabulary(case),
    }
    cleaned: Json = clean(body)
    return cleaned


def clean(value: Any) -> Any:
    """Return plain values with every text made harmless and what is empty left out of mappings."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, dict):
        return {harmless(key): clean(item) for key, item in value.items() if item not in (None, "", (), [], {})}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value


def _text(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en}


def _local(id_: str) -> str:
    """Return an id without its case, as the page's address names it."""
    return id_.partition("/")[2] or id_


def _evidence(evidence: Evidence) -> Json:
    return {"source": evidence.source, "quotes": list(evidence.quotes), "line": evidence.line, "file": evidence.file}


def _node(node: Node, short: list[str]) -> Json:
    return {
        "id": _local(node.id),
        "name": node.name,
        "family": node.family,
        "kind": node.kind,
        "status": None if node.status == "现行" else node.status,
        "aliases": list(node.aliases),
        "initials": short,
        "properties": {key: value for key, value in node.properties.items() if key not in OMITTED},
        "evidence": _evidence(node.evidence),
    }


def _relation(relation: Relation, index: Mapping[str, int], case: Case) -> Json:
    references = ("basis", "about", "beneficiary")
    properties: Json = {}
    for key, value in relation.properties.items():
        if key in references:
            other = case.by_id.get(str(value))
            properties[key] = other.name if other else _local(str(value))
        elif key not in OMITTED:
            properties[key] = value
    return {
        "id": _local(relation.id),
        "type": relation.type,
        "from": index[relation.start],
        "to": index[relation.end],
        "status": None if relation.status == "现行" else relation.status,
        "dimension": relation.dimension,
        "properties": properties,
        "evidence": _evidence(relation.evidence),
    }


def _finding(finding: Finding, index: Mapping[str, int], relations: Mapping[str, int]) -> Json:
    ends = {end: None for link in finding.relations for end in (link.start, link.end)}
    nodes = dict.fromkeys([*(subject.id for subject in finding.subjects), *ends])
    location = finding.location
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity,
        "status": finding.status,
        "message": _text(finding.message),
        "remedy": _text(finding.remedy),
        "subjects": [index[subject.id] for subject in finding.subjects if subject.id in index],
        "nodes": [index[node] for node in nodes if node in index],
        "relations": [relations[link.id] for link in finding.relations if link.id in relations],
        "evidence": [_evidence(item) for item in finding.evidence],
        "location": f"{location.file}:{location.line}" if location else None,
    }


def _rules(content: MapContent) -> Json:
    return {
        result.rule: {
            "title": _text(result.title),
            "severity": result.severity,
            "status": result.status,
            "evaluated": result.evaluated,
            **_card(content.cards.get(result.rule)),
        }
        for result in content.check.results
    }


def _card(card: RuleCard | None) -> Json:
    if card is None:
        return {}
    return {
        "question": _text(card.question),
        "why": _text(card.why),
        "basis": _text(card.basis),
        "cypher": card.cypher,
    }


def _shown(names: Sequence[str], case: Case, index: Mapping[str, int]) -> list[int]:
    found = [case.names.get(name, name) for name in names]
    return [index[id_] for id_ in found if id_ in index]


def _matrix(case: Case, index: Mapping[str, int], relations: Mapping[str, int]) -> Json:
    matrix = responsibility_matrix(case)
    return {
        "bodies": [index[holder] for holder in matrix.holders],
        "rows": [
            {
                "duty": index[row.duty],
                "leads": row.leads,
                "sound": row.sound,
                "cells": [[index[cell.holder], cell.role, relations[cell.relation]] for cell in row.cells],
            }
            for row in matrix.rows
        ],
    }


def _vocabulary(case: Case) -> Json:
    """Return the words that the page needs: those of this case, and how they are drawn."""
    words, style = vocabulary(), theme()
    kinds = sorted({(node.family, node.kind) for node in case.nodes})
    types = {relation.type for relation in case.relations}
    return {
        "families": {
            name: {"en": family.en, "color": family.color, "shape": family.shape}
            for name, family in words.families.items()
        },
        "kinds": {
            f"{family}/{kind}": {
                "en": words.kind(family, kind).en,
                "color": words.kind(family, kind).color,
                "shape": words.kind(family, kind).shape,
            }
            for family, kind in kinds
        },
        "types": {
            name: {"en": type_.en, "group": type_.group} for name, type_ in words.relations.items() if name in types
        },
        "groups": {name: _slots(entry) for name, entry in style.groups.items()},
        "severities": {name: _slots(entry) for name, entry in style.severities.items()},
        "roles": style.roles,
        "terms": {
            name: {word: {"en": term.en, "line": term.line} for word, term in terms.items()}
            for name, terms in words.enumerations.items()
        },
        "properties": {
            name: {"zh": entry.zh, "en": entry.en, "type": entry.type}
            for name, entry in {**words.node_properties, **words.relation_properties}.items()
        },
    }


def _slots(entry: Any) -> Json:
    return {name: getattr(entry, name) for name in entry.__slots__}
