"""From a tree to a case. The whole input is read before anything is refused: one problem a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from govgraph.errors import InputError
from govgraph.model.case import Case, Evidence, Meta, Node, Relation, Source, Text, Value, in_file_order, relation_id
from govgraph.model.vocabulary import vocabulary
from govgraph.read.reforms import both, build_reforms, build_tour
from govgraph.read.tree import Mapping, Scalar, Sequence, Tree
from govgraph.read.values import MAX_NAME, Problems, did_you_mean

if TYPE_CHECKING:
    from govgraph.model.vocabulary import Family, RelationType

MAX_QUOTE = 60
EVIDENCE_KEYS = ("source", "quote")
META_KEYS = ("id", "aliases", "title", "place", "period", "notes", "complete")
SOURCE_KEYS = ("name", "title", "file", "sha256", "number", "date", "url")
END_KEYS = ("from", "type", "to")


def build_case(tree: Mapping, *, file: str, default_id: str) -> Case:
    """Build a case from its tree.

    Args:
        tree: the sections of the case, as a reader left them.
        file: how messages and findings name the input.
        default_id: the id where ``meta`` gives none (the folder's name).

    Raises:
        InputError: one problem for each mistake in the input.
    """
    builder = _Builder(tree, file, default_id)
    case = builder.build()
    if builder.problems.found:
        raise InputError(builder.problems.found)
    return case


class _Builder:
    """Holds the problems and the names while one case is built."""

    def __init__(self, tree: Mapping, file: str, default_id: str) -> None:
        self.tree = tree
        self.file = file
        self.problems = Problems()
        self.words = vocabulary()
        self.meta = self._meta(default_id)
        self.sources = self._sources()
        self.nodes: dict[str, Node] = {}
        self.names: dict[str, str] = {}

    def build(self) -> Case:
        sections = ["meta", "sources", *(f.section for f in self.words.families.values())]
        sections += ["relations", "reforms", "tour"]
        self._unknown_keys(self.tree, sections, "section")
        for family in self.words.families.values():
            for row in self._rows(family.section):
                self._node(family, row)
        self._names()
        if not self.nodes and not self.problems.found:
            self.problems.add(self.tree.where, "the case has no bodies, posts or duties", "at least one node")
        relations = self._relations()
        reforms = build_reforms(self._rows("reforms"), self.problems, self._evidence)
        tour = build_tour(self._rows("tour"), self.problems)
        return Case(
            self.meta,
            self.sources,
            tuple(sorted(self.nodes.values(), key=in_file_order)),
            tuple(sorted(relations, key=in_file_order)),
            reforms,
            tour,
            self.file,
        )

    def _rows(self, section: str) -> list[Mapping]:
        tree = self.tree.items.get(section)
        if tree is None or (isinstance(tree, Scalar) and not tree.text):
            return []
        if not isinstance(tree, Sequence):
            self.problems.add(tree.where, f"{section} is not a list", f"{section}: [ … ]")
            return []
        rows = [item for item in tree.items if isinstance(item, Mapping)]
        for item in tree.items:
            if not isinstance(item, Mapping):
                self.problems.add(item.where, f"an entry of {section} is not a mapping", "{name: …, kind: …}")
        return rows

    def _unknown_keys(self, row: Mapping, known: list[str], what: str) -> None:
        for key in row.items:
            if key not in known:
                hint = did_you_mean(key, known)
                self.problems.add(row.keys[key], f"unknown {what} {key!r}", f"one of {', '.join(known)}", hint)

    def _meta(self, default_id: str) -> Meta:
        tree = self.tree.items.get("meta")
        if not isinstance(tree, Mapping):
            place = tree.where if tree is not None else self.tree.where
            self.problems.add(place, "no meta section", "meta: {id: …, title: {zh: …, en: …}}")
            return Meta(default_id, Text(default_id, default_id))
        self._unknown_keys(tree, list(META_KEYS), "key of meta")
        get = tree.items.get
        problems = self.problems
        identity = problems.text(get("id"), "id") or default_id
        if "/" in identity:
            problems.add(tree.where, f"id {identity!r} has a slash", "a name without /")
        period = get("period")
        since = until = None
        if isinstance(period, Mapping):
            self._unknown_keys(period, ["since", "until"], "key of period")
            dates = {
                key: problems.value(value, self.words.relation_properties[key])
                for key, value in period.items.items()
                if key in ("since", "until")
            }
            since, until = dates.get("since"), dates.get("until")
        return Meta(
            identity,
            both(get("title"), problems, identity),
            problems.texts(get("aliases"), "aliases"),
            problems.text(get("place"), "place") or "",
            cast("str | None", since),
            cast("str | None", until),
            problems.texts(get("notes"), "notes"),
            self._complete(get("complete")),
        )

    def _complete(self, tree: Tree | None) -> tuple[str, ...]:
        names = self.problems.texts(tree, "complete")
        for name in names:
            if name not in self.words.relations and tree is not None:
                hint = did_you_mean(name, self.words.relations)
                self.problems.add(tree.where, f"complete: {name!r} is no relation type", "relation types", hint)
        return names

    def _sources(self) -> tuple[Source, ...]:
        result = []
        for row in self._rows("sources"):
            self._unknown_keys(row, list(SOURCE_KEYS), "key of a source")
            values = {key: self.problems.text(row.items.get(key), key) for key in SOURCE_KEYS}
            name = values.pop("name")
            if not name:
                self.problems.add(row.where, "a source without a name", "name: …")
                continue
            if any(source.name == name for source in result):
                self.problems.add(row.where, f"the source {name!r} stands twice", "one of each")
            result.append(Source(name, values.pop("title") or "", **values))
        return tuple(result)

    def _evidence(self, row: Mapping) -> Evidence:
        """Read ``source`` and ``quote``; with one source the name may be left out."""
        quotes = self.problems.texts(row.items.get("quote"), "quote")
        for quote in quotes:
            if len(quote) > MAX_QUOTE or "\n" in quote:
                place = row.items["quote"].where
                found = f"a quote of {len(quote)} characters" if len(quote) > MAX_QUOTE else "a quote of two lines"
                self.problems.add(place, found, f"one line of at most {MAX_QUOTE}")
        source = self.problems.text(row.items.get("source"), "source")
        known = [entry.name for entry in self.sources]
        if source is not None and source not in known:
            place = row.items["source"].where
            self.problems.add(place, f"unknown source {source!r}", f"one of {known}", did_you_mean(source, known))
        if source is None and quotes:
            if len(known) == 1:
                source = known[0]
            else:
                self.problems.add(row.where, "a quote without a source", f"source: one of {known}")
        return Evidence(source, quotes, self.file, row.where.line)

    def _node(self, family: Family, row: Mapping) -> None:
        declared = self.words.node_properties
        self._unknown_keys(row, [*declared, *EVIDENCE_KEYS], f"property of {family.name}")
        name = self.problems.text(row.items.get("name"), "name")
        kind = self.problems.text(row.items.get("kind"), "kind")
        if not name:
            self.problems.add(row.where, f"an entry of {family.section} without a name", "name: …")
            return
        if "/" in name or len(name) > MAX_NAME:
            self.problems.add(row.where, f"name {name[:40]!r}", f"no slash, at most {MAX_NAME} characters")
            return
        if not kind:
            self.problems.add(row.where, f"{name!r} without a kind", f"one of {'、'.join(family.kinds)}")
        elif kind not in family.kinds:
            hint = did_you_mean(kind, family.kinds)
            elsewhere = self.words.kinds.get(kind)
            if elsewhere is not None:
                section = self.words.families[elsewhere.family].section
                hint = f"{kind} is a kind of {elsewhere.family}: move it to {section}"
            found = f"{name!r} has the unknown kind {kind!r}"
            self.problems.add(row.items["kind"].where, found, f"one of {'、'.join(family.kinds)}", hint)
        identity = f"{self.meta.id}/{name}"
        if identity in self.nodes:
            first = self.nodes[identity].evidence.line
            self.problems.add(row.where, f"the name {name!r} stands twice (first in line {first})", "unique names")
            return
        self.nodes[identity] = Node(
            identity,
            family.name,
            name,
            kind or "",
            self._node_properties(family, kind, row),
            self._evidence(row),
        )

    def _node_properties(self, family: Family, kind: str | None, row: Mapping) -> dict[str, Value]:
        properties: dict[str, Value] = {}
        for key, tree in row.items.items():
            declared = self.words.node_properties.get(key)
            if declared is None or key in ("name", "kind"):
                continue
            value = self._complete(tree) or None if key == "complete" else self.problems.value(tree, declared)
            if value is not None:
                properties[key] = value
        if "level" not in properties and kind in family.kinds:
            level = family.kinds[kind].level
            if level:
                properties["level"] = level
        if self.meta.complete:
            own = cast("tuple[str, ...]", properties.get("complete", ()))
            properties["complete"] = tuple(dict.fromkeys((*own, *self.meta.complete)))
        self._dates_in_order(properties, row)
        return properties

    def _dates_in_order(self, properties: dict[str, Value], row: Mapping) -> None:
        since, until = properties.get("since"), properties.get("until")
        if since and until and str(since) > str(until):
            self.problems.add(row.where, f"since {since} is after until {until}", "since before until")

    def _names(self) -> None:
        """Fill the table of names and aliases; one that means two nodes is refused."""
        for node in self.nodes.values():
            for word in (node.name, *node.aliases):
                other = self.names.get(word)
                if other is not None and other != node.id:
                    found = f"{word!r} names both {self.nodes[other].name!r} and {node.name!r}"
                    self.problems.add(f"{self.file}:{node.evidence.line}", found, "names and aliases unique")
                self.names[word] = node.id

    def _resolve(self, name: str, tree: Tree) -> str | None:
        identity = self.names.get(name)
        if identity is None:
            self.problems.add(tree.where, f"no node is called {name!r}", "a name or alias", did_you_mean(name, self.names))
        return identity

    def _relations(self) -> tuple[Relation, ...]:
        result: dict[str, Relation] = {}
        for row in self._rows("relations"):
            for relation in self._relation(row):
                if relation.id in result:
                    first = result[relation.id].evidence.line
                    found = f"the relation {relation.id.partition('/')[2]} stands twice (first in line {first})"
                    self.problems.add(row.where, found, "one of each", "Tell them apart with key: or merge them.")
                result[relation.id] = relation
        return tuple(result.values())

    def _relation(self, row: Mapping) -> list[Relation]:
        declared = self.words.relation_properties
        self._unknown_keys(row, [*END_KEYS, *declared, *EVIDENCE_KEYS], "property of a relation")
        type_name = self.problems.text(row.items.get("type"), "type")
        type_ = self.words.relations.get(type_name or "")
        if type_ is None:
            place = row.items["type"].where if "type" in row.items else row.where
            hint = did_you_mean(type_name or "", self.words.relations)
            self.problems.add(place, f"unknown relation type {type_name!r}", "a type of the vocabulary", hint)
        starts = self._ends(row, "from", type_)
        ends = self._ends(row, "to", type_)
        properties = self._relation_properties(row)
        evidence = self._evidence(row)
        if type_ is None:
            return []
        dimensions = self._dimensions(row, type_)
        return [
            _relation(type_.name, start, end, {**properties, **dimension}, evidence)
            for start in starts
            for end in ends
            for dimension in dimensions
        ]

    def _dimensions(self, row: Mapping, type_: RelationType) -> list[dict[str, Value]]:
        tree = row.items.get("dimension")
        if tree is None or (isinstance(tree, Scalar) and not tree.text):
            return [{"dimension": type_.dimension}] if type_.dimension else [{}]
        known = self.words.enumerations["dimensions"]
        names = self.problems.texts(tree, "dimension")
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known)
                self.problems.add(tree.where, f"dimension: {name!r} is unknown", f"one of {'、'.join(known)}", hint)
        return [{"dimension": name} for name in names]

    def _ends(self, row: Mapping, key: str, type_: RelationType | None) -> list[str]:
        tree = row.items.get(key)
        names = self.problems.texts(tree, key)
        if tree is None or not names:
            self.problems.add(row.where, f"a relation without {key!r}", "from, type and to")
            return []
        result = []
        for name in names:
            identity = self._resolve(name, tree)
            if identity is None:
                continue
            result.append(identity)
            if type_ is None:
                continue
            allowed = type_.from_families if key == "from" else type_.to_families
            family = self.nodes[identity].family
            if family not in allowed:
                found = f"{type_.name} {'begins' if key == 'from' else 'ends'} at {name!r}, a {family}"
                self.problems.add(tree.where, found, "、".join(allowed))
        return result

    def _relation_properties(self, row: Mapping) -> dict[str, Value]:
        properties: dict[str, Value] = {}
        for key, tree in row.items.items():
            declared = self.words.relation_properties.get(key)
            if declared is None or key == "dimension":
                continue
            value = self.problems.value(tree, declared)
            if value is None:
                continue
            if declared.type == "reference":
                value = self._resolve(str(value), tree)
                if value is None:
                    continue
                family = self.nodes[str(value)].family
                if family not in declared.families:
                    found = f"{key} names {self.nodes[str(value)].name!r}, a {family}"
                    self.problems.add(tree.where, found, "、".join(declared.families))
            properties[key] = value
        self._dates_in_order(properties, row)
        return properties


def _relation(
    type_: str, start: str, end: str, properties: dict[str, Value], evidence: Evidence
) -> Relation:
    return Relation(relation_id(start, type_, end, properties), type_, start, end, properties, evidence)

