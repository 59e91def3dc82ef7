"""What the builders of one case share: the problems, the names, the sources, and how a row is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Evidence
from govgraph.model.vocabulary import vocabulary
from govgraph.read.tree import Mapping, Scalar, Sequence
from govgraph.read.values import Problems, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govgraph.model.case import Node, Source, Value
    from govgraph.read.tree import Tree, Where

MAX_QUOTE = 60
EVIDENCE_KEYS = ("source", "quote")


class Context:
    """The state of one case while it is built.

    Attributes:
        problems: the mistakes found so far.
        case_id: the first part of all node ids.
        sources: the sources that quotes may name.
        nodes: nodes by id.
        places: where each node stands, by id.
        names: ids by name and alias.
    """

    def __init__(self, tree: Mapping) -> None:
        self.tree = tree
        self.problems = Problems()
        self.words = vocabulary()
        self.case_id = ""
        self.sources: tuple[Source, ...] = ()
        self.nodes: dict[str, Node] = {}
        self.places: dict[str, Where] = {}
        self.names: dict[str, str] = {}

    def rows(self, section: str) -> list[Mapping]:
        """Return the entries of a section; what is no list of mappings is recorded."""
        tree = self.tree.items.get(section)
        if tree is None or (isinstance(tree, Scalar) and not tree.text):
            return []
        if not isinstance(tree, Sequence):
            self.problems.add(tree.where, f"{section} is not a list", f"{section}: [ … ]")
            return []
        for item in tree.items:
            if not isinstance(item, Mapping):
                self.problems.add(item.where, f"an entry of {section} is not a mapping", "{name: …, kind: …}")
        return [item for item in tree.items if isinstance(item, Mapping)]

    def unknown_keys(self, row: Mapping, known: Iterable[str], what: str) -> None:
        """Record each key of a row that is none of the known ones."""
        words = list(known)
        for key in row.items:
            if key not in words:
                found = f"unknown {what} {key!r}"
                self.problems.add(row.keys[key], found, f"one of {', '.join(words)}", did_you_mean(key, words))

    def evidence(self, row: Mapping) -> Evidence:
        """Read ``source`` and ``quote``; with one source the name may be left out."""
        problems = self.problems
        quotes = problems.located(row.items.get("quote"), "quote")
        for quote, place in quotes:
            if len(quote) > MAX_QUOTE or "\n" in quote:
                found = f"a quote of {len(quote)} characters" if len(quote) > MAX_QUOTE else "a quote of two lines"
                problems.add(place, found, f"one line of at most {MAX_QUOTE}")
        source = problems.text(row.items.get("source"), "source") or None
        known = [entry.name for entry in self.sources]
        if source is not None and source not in known:
            place = row.items["source"].where
            expected = f"one of {'、'.join(known)}" if known else "a name under sources"
            problems.add(place, f"unknown source {source!r}", expected, did_you_mean(source, known))
        if source is None and quotes:
            if len(known) == 1:
                source = known[0]
            else:
                expected = f"source: one of {'、'.join(known)}" if known else "sources: [{name: …}]"
                problems.add(row.where, "a quote without a source", expected)
        return Evidence(source, tuple(quote for quote, _ in quotes), row.where.document, row.where.line)

    def resolve(self, name: str, place: Where) -> str | None:
        """Return the id of a name or alias, or record that no node has it."""
        identity = self.names.get(name)
        if identity is None:
            self.problems.add(place, f"no node is called {name!r}", "a name or alias", did_you_mean(name, self.names))
        return identity

    def complete(self, tree: Tree | None) -> tuple[str, ...]:
        """Read ``complete``: a list of relation types."""
        names = self.problems.located(tree, "complete")
        for name, place in names:
            if name not in self.words.relations:
                hint = did_you_mean(name, self.words.relations)
                self.problems.add(place, f"complete: {name!r} is no relation type", "relation types", hint)
        return tuple(name for name, _ in names)

    def dates_in_order(self, since: Value | None, until: Value | None, row: Mapping) -> None:
        """Record a ``since`` that is after its ``until``."""
        if since is None or until is None:
            return
        shared = min(len(str(since)), len(str(until)))  # 2009-05 is not after 2009
        if str(since)[:shared] > str(until)[:shared]:
            place = row.items["since"].where if "since" in row.items else row.where
            self.problems.add(place, f"since {since} is after until {until}", "since before until")
