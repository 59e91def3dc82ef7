"""Redaction: made-up names in place of all names, quotes and texts, the same one everywhere; and a proof of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govgraph.errors import GovgraphError
from govgraph.model.case import Case, Evidence, Meta, Node, Relation, Source, Text, relation_id
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.model.case import Value

CASE_ID = "redacted"
REFERENCES = ("basis", "about", "beneficiary")
KEPT = ("level", "status", "since", "until", "number", "amount", "clarity", "extent", "complete", "dimension", "role")
"""Properties that name nobody. All others are dropped, but for ``place``, ``joint`` and ``key``, which are renamed."""


class LeakError(GovgraphError):
    """An output that should be redacted still holds an original name."""


def redact_case(case: Case) -> Case:
    """Return the case with pseudonyms: kind and number (``街道 1``), ``地方 1`` for places.

    The structure stays: kinds, levels, statuses, dates, sums, counts. Aliases, quotes, notes, document numbers,
    sources, reforms and the tour go, since their free text names people and places.
    """
    names = _Pseudonyms()
    ids = {node.id: f"{CASE_ID}/{names.of(node.kind, node.id)}" for node in case.nodes}
    nodes = [
        Node(
            ids[node.id], node.family, ids[node.id].partition("/")[2], node.kind, names.properties(node.properties, ids)
        )
        for node in case.nodes
    ]
    relations = []
    for relation in case.relations:
        properties = names.properties(relation.properties, ids)
        start, end = ids[relation.start], ids[relation.end]
        id_ = relation_id(start, relation.type, end, properties)
        relations.append(Relation(id_, relation.type, start, end, properties, Evidence()))
    meta = Meta(CASE_ID, Text("已脱敏的案例", "A redacted case"), complete=case.meta.complete)
    return replace(Case(meta), nodes=tuple(nodes), relations=tuple(relations))


class _Pseudonyms:
    """Made-up names, numbered as they are first met."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def of(self, kind: str, original: str) -> str:
        """Return the one made-up name of an original."""
        if (kind, original) not in self._names:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._names[kind, original] = f"{kind} {self._counts[kind]}"
        return self._names[kind, original]

    def properties(self, given: Mapping[str, Value], ids: Mapping[str, str]) -> dict[str, Value]:
        """Return the properties that name nobody, references and places under their made-up names."""
        result: dict[str, Value] = {}
        for key, value in given.items():
            if key in KEPT:
                result[key] = value
            elif key in REFERENCES and str(value) in ids:
                result[key] = ids[str(value)]
            elif key in ("place", "joint", "key"):
                result[key] = self.of({"place": "地方", "joint": "联合", "key": "分项"}[key], str(value))
        return result


def originals(case: Case) -> list[str]:
    """Return every text of a case that redaction must remove, longest first.

    A text that is a word of the vocabulary, or part of one, names nobody (a body called 区), and neither does one
    character alone.
    """
    general = "\n".join(_general_words())
    found = {text.strip() for text in _texts(case)}
    named = [text for text in found if len(text) > 1 and text not in general and not text.isdigit()]
    return sorted(named, key=lambda text: (-len(text), text))


def _general_words() -> Iterable[str]:
    words = vocabulary()
    for family in words.families.values():
        yield from (family.name, *family.kinds)
    yield from words.relations
    for terms in words.enumerations.values():
        yield from terms
    for entry in (*words.node_properties.values(), *words.relation_properties.values()):
        yield entry.zh


def _texts(case: Case) -> Iterable[str]:
    yield from (case.meta.place, case.meta.title.zh, case.meta.title.en, *case.meta.aliases, case.meta.id)
    for source in case.sources:
        yield from _source_texts(source)
    for node in case.nodes:
        yield from (node.name, *node.aliases)
        yield from _fact_texts(node.properties, node.evidence)
    for relation in case.relations:
        yield from _fact_texts(relation.properties, relation.evidence)


def _fact_texts(properties: Mapping[str, Value], evidence: Evidence) -> Iterable[str]:
    yield from evidence.quotes
    for key in ("place", "joint", "note", "document_number", "code"):
        yield str(properties.get(key, ""))


def _source_texts(source: Source) -> Iterable[str]:
    yield from (source.title, source.file or "", source.number or "", source.url or "")


def leaks(case: Case, output: str, public: str = "") -> list[str]:
    """Return the original texts of a case that an output still holds; ``public`` is text that any output holds."""
    return [text for text in originals(case) if text in output and text not in public]


def refuse_leaks(case: Case, output: str, public: str = "") -> None:
    """Refuse an output with an original name in it.

    Raises:
        LeakError: there is one.
    """
    found = leaks(case, output, public)
    if found:
        shown = "、".join(found[:5])
        raise LeakError(f"{len(found)} original text(s) are left in the output: {shown}. Nothing was written")
