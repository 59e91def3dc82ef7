"""A case: one arrangement, its sources, its reforms, as immutable values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = str | int | float | tuple[str, ...]
"""What a property holds: text, a whole number, a number, or a list of texts."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact rests on: the name of a source, quotes from it, and the line of the case that states it."""

    source: str | None = None
    quotes: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A body, post, person, duty, resource or instrument. ``id`` is ``<case>/<name>``."""

    id: str
    family: str
    name: str
    kind: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def status(self) -> str:
        """The status, 现行 unless the case says otherwise."""
        return str(self.properties.get("status", "现行"))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names that the case uses."""
        value = self.properties.get("aliases", ())
        return value if isinstance(value, tuple) else ()

    def but(self, **changes: Value | None) -> Node:
        """Return the node with properties changed; None removes one."""
        return replace(self, properties=_changed(self.properties, changes))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation from the node ``start`` to the node ``end`` (ids). References in properties are ids too."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def status(self) -> str:
        """The status, 现行 unless the case says otherwise."""
        return str(self.properties.get("status", "现行"))

    @property
    def dimension(self) -> str | None:
        """What the relation is about, where it is a superior's: 人事, 经费, 日常 …."""
        value = self.properties.get("dimension")
        return str(value) if value is not None else None

    def but(self, **changes: Value | None) -> Relation:
        """Return the relation with properties changed; None removes one."""
        return replace(self, properties=_changed(self.properties, changes))


def _changed(properties: Mapping[str, Value], changes: Mapping[str, Value | None]) -> dict[str, Value]:
    merged: dict[str, Value | None] = {**properties, **changes}
    return {key: value for key, value in merged.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a case is written from. ``file`` is looked for under ``--sources``.

    Where a file holds several texts, ``begin`` and ``end`` are the first and the last words of the part that is meant.
    """

    name: str
    title: str = ""
    file: str | None = None
    sha256: str | None = None
    number: str | None = None
    date: str | None = None
    url: str | None = None
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """Return the text in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a reform: ``do`` names it, ``arguments`` are as written (names, not ids)."""

    do: str
    arguments: Mapping[str, Any]
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True, slots=True)
class Reform:
    """A named list of changes; ``claims`` names the nodes whose problems the text says it resolves."""

    name: str
    title: Text
    changes: tuple[Change, ...]
    claims: tuple[str, ...] = ()
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the guided tour: a title, a text, and the names of the nodes to light up."""

    title: Text
    text: Text
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What a case says of itself."""

    id: str
    title: Text
    aliases: tuple[str, ...] = ()
    place: str = ""
    since: str | None = None
    until: str | None = None
    notes: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One arrangement. Nodes and relations stand in the order of `in_file_order`."""

    meta: Meta
    sources: tuple[Source, ...] = ()
    nodes: tuple[Node, ...] = ()
    relations: tuple[Relation, ...] = ()
    reforms: tuple[Reform, ...] = ()
    tour: tuple[Step, ...] = ()
    file: str | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """The case's id, which is the first part of all its node ids."""
        return self.meta.id

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """The nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids by name and alias."""
        result: dict[str, str] = {}
        for node in self.nodes:
            for alias in node.aliases:
                result.setdefault(alias, node.id)
        for node in self.nodes:
            result[node.name] = node.id
        return result

    @cached_property
    def relations_by_id(self) -> dict[str, Relation]:
        """The relations by id."""
        return {relation.id: relation for relation in self.relations}

    def with_graph(self, nodes: Iterable[Node], relations: Iterable[Relation]) -> Case:
        """Return the case with another graph; sources, reforms and meta stay."""
        return replace(self, nodes=tuple(nodes), relations=tuple(relations))


def relation_id(start: str, type_: str, end: str, properties: Mapping[str, Value]) -> str:
    """Return the id of a relation: its ends and type, and what tells parallel relations apart.

    Same arrangement, same id: status, dates and evidence have no part in it.
    """
    case, _, start_name = start.partition("/")
    end_name = end.partition("/")[2]
    details = [
        str(value).partition("/")[2] if key in ("about", "beneficiary") else str(value)
        for key in ("dimension", "about", "beneficiary", "key")
        if (value := properties.get(key)) is not None
    ]
    suffix = f"[{','.join(details)}]" if details else ""
    return f"{case}/{start_name}-{type_}->{end_name}{suffix}"


def in_file_order(item: Node | Relation) -> tuple[int, int, str]:
    """Return the sort key of nodes and relations in a case: family of a node, line that states it, id.

    The family comes first since the sections of a case may be tables of their own, each with its line 2.
    """
    rank = list(vocabulary().families).index(item.family) if isinstance(item, Node) else 0
    return (rank, item.evidence.line or 0, item.id)
