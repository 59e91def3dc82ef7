"""The tables of a case: which there are, and what their columns hold. Readers and writers of tables share it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.vocabulary import Property

LISTS = (
    *("from", "to", "dimension", "claims", "show", "what", "by", "lead", "body", "bodies", "into", "with"),
    *("systems", "mechanism", "basis", "about", "beneficiary"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` as in the YAML form, ``zh`` as its Chinese header.

    ``form`` is text, list (parted by 「；」), integer, number, date, or takes (``新机构：事项`` parted by 「；」).
    """

    key: str
    zh: str
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: ``key`` is the section of a case (or ``changes``, the steps of all reforms), ``zh`` its name."""

    key: str
    zh: str
    columns: tuple[Column, ...]

    def column(self, header: str) -> Column | None:
        """Return the column with that Chinese or English header, or None."""
        return next((column for column in self.columns if header in (column.zh, column.key)), None)


def _form(key: str, declared: Property | None = None, *, lists: Iterable[str] = LISTS) -> str:
    if key == "takes":
        return "takes"
    if key in lists or (declared is not None and declared.type == "texts"):
        return "list"
    if key == "date":
        return "date"
    return declared.type if declared is not None and declared.type in ("integer", "number", "date") else "text"


def _own(section: str) -> list[Column]:
    return [Column(key, zh, _form(key)) for key, zh in vocabulary().tables[section]["columns"].items()]


def _properties(declared: dict[str, Property], lists: Iterable[str]) -> list[Column]:
    return [Column(name, item.zh, _form(name, item, lists=lists)) for name, item in declared.items()]


def _evidence() -> list[Column]:
    declared = vocabulary().evidence_properties
    return [Column("quote", declared["quotes"].zh, "list"), Column("source", declared["source"].zh)]


def _unique(columns: list[Column]) -> tuple[Column, ...]:
    """Drop columns whose key is there already: node and relation properties share some."""
    result: dict[str, Column] = {}
    for column in columns:
        result.setdefault(column.key, column)
    return tuple(result.values())


@cache
def sheets() -> dict[str, Sheet]:
    """Return the tables of a case by key, in the order in which they are written."""
    words = vocabulary()
    names = {key: body.get("name", "") for key, body in words.tables.items()}
    nodes = _properties(words.node_properties, ())
    relations = _properties(words.relation_properties, ("dimension",))
    arguments = _properties(words.relation_properties, LISTS)
    result = [
        Sheet("meta", names["meta"], tuple(_own("meta"))),
        Sheet("sources", names["sources"], tuple(_own("sources"))),
    ]
    result += [Sheet(family.section, family.name, (*nodes, *_evidence())) for family in words.families.values()]
    result += [
        Sheet("relations", names["relations"], (*_own("relations"), *relations, *_evidence())),
        Sheet("reforms", names["reforms"], (*_own("reforms"), *_evidence())),
        Sheet("changes", names["changes"], _unique([*_own("changes"), *nodes, *arguments, *_evidence()])),
        Sheet("tour", names["tour"], tuple(_own("tour"))),
    ]
    return {sheet.key: sheet for sheet in result}


def meta_items() -> tuple[Column, ...]:
    """Return the rows that the table of meta may have; ``notes`` takes a row each, since they are prose."""
    forms = {"aliases": "list", "complete": "list", "since": "date", "until": "date"}
    columns = vocabulary().tables["items"]["columns"].items()
    return tuple(Column(key, zh, forms.get(key, "text")) for key, zh in columns)
