"""The vocabulary, read once from ``vocabulary.yaml``: the only place that declares labels, types and properties."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Term:
    """A word of an enumeration (a level, status, dimension …): Chinese ``name``, English ``en``."""

    name: str
    en: str
    rank: int = 0
    line: str = "solid"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or a relation.

    ``type`` is text, texts, integer, number, date, reference, or the name of an enumeration.
    """

    name: str
    type: str
    en: str
    zh: str
    families: tuple[str, ...] = ()
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of a family, with how it is drawn and the level it has by default."""

    name: str
    en: str
    family: str
    color: str
    shape: str
    level: str | None = None
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A node label: 组织, 岗位, 人员, 事项, 资源, 文件."""

    name: str
    en: str
    section: str
    color: str
    shape: str
    kinds: dict[str, Kind]


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation type with the families that it may join.

    ``superior`` is ``from`` or ``to``: the end that stands above; ``None`` for relations that make no superior.
    """

    name: str
    en: str
    group: str
    from_families: tuple[str, ...]
    to_families: tuple[str, ...]
    superior: str | None = None
    dimension: str | None = None
    derived: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of govgraph."""

    enumerations: dict[str, dict[str, Term]]
    node_properties: dict[str, Property]
    relation_properties: dict[str, Property]
    evidence_properties: dict[str, Property]
    families: dict[str, Family]
    relations: dict[str, RelationType]
    derived: dict[str, RelationType] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    def family_of_section(self, section: str) -> Family | None:
        """Return the family whose nodes stand in ``section`` of a case, or None."""
        return next((family for family in self.families.values() if family.section == section), None)

    @property
    def kinds(self) -> dict[str, Kind]:
        """All kinds by name; a name that two families share maps to the first."""
        result: dict[str, Kind] = {}
        for family in self.families.values():
            for kind in family.kinds.values():
                result.setdefault(kind.name, kind)
        return result

    def kind(self, family: str, name: str) -> Kind:
        """Return the kind ``name`` of ``family``."""
        return self.families[family].kinds[name]


ENUMERATIONS = ("levels", "statuses", "dimensions", "clarity", "extents", "roles")


def _property(name: str, body: dict[str, Any]) -> Property:
    return Property(
        name,
        body["type"],
        body["en"],
        body["zh"],
        tuple(body.get("families", ())),
        body.get("doc", ""),
    )


def _family(name: str, body: dict[str, Any]) -> Family:
    kinds = {
        kind: Kind(
            kind,
            entry["en"],
            name,
            entry.get("color", body["color"]),
            entry.get("shape", body["shape"]),
            entry.get("level"),
            entry.get("doc", ""),
        )
        for kind, entry in body["kinds"].items()
    }
    return Family(name, body["en"], body["section"], body["color"], body["shape"], kinds)


def _relation(name: str, body: dict[str, Any], *, derived: bool = False) -> RelationType:
    return RelationType(
        name,
        body["en"],
        body.get("group", "derived"),
        tuple(body["from"]),
        tuple(body["to"]),
        body.get("superior"),
        body.get("dimension"),
        derived,
        body.get("doc", ""),
    )


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary; the file is read at the first call."""
    path = Path(__file__).with_name("vocabulary.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    body = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    enumerations = {name: {word: Term(word, **entry) for word, entry in body[name].items()} for name in ENUMERATIONS}
    return Vocabulary(
        enumerations,
        {name: _property(name, entry) for name, entry in body["node_properties"].items()},
        {name: _property(name, entry) for name, entry in body["relation_properties"].items()},
        {name: _property(name, entry) for name, entry in body["evidence_properties"].items()},
        {name: _family(name, entry) for name, entry in body["families"].items()},
        {name: _relation(name, entry) for name, entry in body["relations"].items()},
        {name: _relation(name, entry, derived=True) for name, entry in body["derived"].items()},
        body["tables"],
    )
