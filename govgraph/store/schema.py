"""The tables that the vocabulary asks for: columns of nodes and relations, and rows of a case for them."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from govgraph.model.view import superiors
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.model.case import Case, Evidence, Node, Relation
    from govgraph.model.vocabulary import Property, RelationType

CASE_LABEL = "案例"
CASE_COLUMNS = {"id": "STRING", "title_zh": "STRING", "title_en": "STRING", "file": "STRING", "document": "STRING"}
IN_FORCE = "现行"  # the status of what says none
DERIVED_COLUMNS = {"via": "STRING", "place": "STRING"}


def column_type(declared: Property) -> str:
    """Return the column type of a property in the embedded engine."""
    return {"integer": "INT64", "number": "DOUBLE", "texts": "STRING[]"}.get(declared.type, "STRING")


@cache
def node_columns() -> dict[str, str]:
    """Column → type for every node table: identity, the declared properties, evidence."""
    words = vocabulary()
    columns = {"id": "STRING", "case_id": "STRING"}
    columns |= {name: column_type(item) for name, item in words.node_properties.items()}
    columns |= {name: column_type(item) for name, item in words.evidence_properties.items()}
    return columns | {"file": "STRING"}


@cache
def relation_columns() -> dict[str, str]:
    """Column → type for every relation table."""
    words = vocabulary()
    columns = {"id": "STRING", "case_id": "STRING", "type": "STRING"}
    columns |= {name: column_type(item) for name, item in words.relation_properties.items()}
    columns |= {name: column_type(item) for name, item in words.evidence_properties.items()}
    return columns | {"file": "STRING"}


@cache
def relation_tables() -> dict[str, RelationType]:
    """Return all relation types that have a table, the derived ones last."""
    return {**vocabulary().relations, **vocabulary().derived}


def columns_of(type_: RelationType) -> dict[str, str]:
    """Column → type of one relation table; derived ones carry ``via`` and ``place`` too."""
    return relation_columns() | (DERIVED_COLUMNS if type_.derived else {})


def _evidence_values(evidence: Evidence) -> dict[str, Any]:
    quotes = list(evidence.quotes) or None
    return {"source": evidence.source, "quotes": quotes, "line": evidence.line, "file": evidence.file}


def _plain(properties: Any) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in properties.items()}


def node_row(node: Node, case_id: str) -> dict[str, Any]:
    """Return a node as one value a column; unknown is None, and ``status`` is always there."""
    row: dict[str, Any] = dict.fromkeys(node_columns())
    row |= {"id": node.id, "case_id": case_id, "name": node.name, "kind": node.kind, "status": node.status}
    return row | _plain(node.properties) | _evidence_values(node.evidence)


def relation_row(relation: Relation, case_id: str) -> dict[str, Any]:
    """Return a relation as one value a column, with ``start`` and ``end`` beside them."""
    row: dict[str, Any] = dict.fromkeys(columns_of(relation_tables()[relation.type]))
    row |= {"start": relation.start, "end": relation.end, "id": relation.id, "case_id": case_id}
    row |= {"type": relation.type, "status": relation.status}
    return row | _plain(relation.properties) | _evidence_values(relation.evidence)


def all_relations(case: Case) -> list[Relation]:
    """Return the relations of a case, the derived ones after them."""
    return [*case.relations, *superiors(case.by_id, case.relations)]


def nodes_by_family(case: Case) -> dict[str, list[dict[str, Any]]]:
    """Return rows for the node tables: family → rows."""
    result: dict[str, list[dict[str, Any]]] = {}
    for node in case.nodes:
        result.setdefault(node.family, []).append(node_row(node, case.id))
    return result


def relations_by_ends(case: Case) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Return rows for the relation tables: (type, family of the start, family of the end) → rows."""
    result: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    nodes = case.by_id
    for relation in all_relations(case):
        key = (relation.type, nodes[relation.start].family, nodes[relation.end].family)
        result.setdefault(key, []).append(relation_row(relation, case.id))
    return result


def case_row(case: Case) -> dict[str, Any]:
    """Return the row of a case itself: what is neither node nor relation travels as JSON in ``document``."""
    document = {
        "meta": asdict(case.meta),
        "sources": [asdict(source) for source in case.sources],
        "reforms": [asdict(reform) for reform in case.reforms],
        "tour": [asdict(step) for step in case.tour],
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    title = case.meta.title
    return {"id": case.id, "title_zh": title.zh, "title_en": title.en, "file": case.file, "document": text}


def row_of_case(case_id: str) -> dict[str, Any]:
    """Return the row of a case of tables: its name is all that is known of it."""
    from govgraph.model.case import Case, Meta, Text

    return case_row(Case(Meta(case_id, Text(case_id, case_id))))


def embedded_ddl() -> Iterator[str]:
    """Yield the statements that make an empty embedded store."""
    columns = ", ".join(f"{name} {kind}" for name, kind in CASE_COLUMNS.items())
    yield f"CREATE NODE TABLE {CASE_LABEL}({columns}, PRIMARY KEY(id))"
    columns = ", ".join(f"{name} {kind}" for name, kind in node_columns().items())
    for family in vocabulary().families:
        yield f"CREATE NODE TABLE {family}({columns}, PRIMARY KEY(id))"
    for type_ in relation_tables().values():
        pairs = ", ".join(f"FROM {a} TO {b}" for a in type_.from_families for b in type_.to_families)
        columns = ", ".join(f"{name} {kind}" for name, kind in columns_of(type_).items())
        yield f"CREATE REL TABLE {type_.name}({pairs}, {columns})"


def neo4j_ddl() -> Iterator[str]:
    """Yield the constraints and indexes of a Neo4j store; each may be run again."""
    for label in (CASE_LABEL, *vocabulary().families):
        yield f"CREATE CONSTRAINT `{label}_id` IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in vocabulary().families:
        yield f"CREATE INDEX `{label}_case` IF NOT EXISTS FOR (n:{label}) ON (n.case_id)"
        yield f"CREATE INDEX `{label}_name` IF NOT EXISTS FOR (n:{label}) ON (n.name)"
        yield f"CREATE INDEX `{label}_kind` IF NOT EXISTS FOR (n:{label}) ON (n.kind)"
        yield f"CREATE INDEX `{label}_code` IF NOT EXISTS FOR (n:{label}) ON (n.code)"
