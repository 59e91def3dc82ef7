"""Nodes and relations by id: names, evidence and places in the input for findings."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from govgraph.model.case import Evidence, Node, Relation
from govgraph.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from govgraph.model.case import Case
    from govgraph.store.protocol import Store

BATCH = 10_000  # ids a query
NEAR = 20_000  # nodes up to which the embedded engine reads their relations; beyond, reading all at once is faster
SCANNED = 100_000  # ids for which all relations are read at once
DIGITS = 9  # of a division code, down to the township: beyond, places are not told apart


class Lookup(Protocol):
    """Where findings get names and evidence from."""

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes with these ids."""

    def relations(self, ids: Iterable[str], near: Collection[Node] = ()) -> dict[str, Relation]:
        """Return the relations with these ids; a derived one is answered by the one it rests on.

        Args:
            ids: ids of relations.
            near: nodes at which they probably begin or end.
        """

    def places(self, ids: Sequence[str]) -> Counter[str | None]:
        """Count where nodes lie: division codes of up to 9 digits, else names of places, else None."""

    def place_names(self, codes: Sequence[str]) -> dict[str, str]:
        """Return what the divisions with these codes are called, as far as that is known."""


def stated_id(identity: str) -> str:
    """Return the id of the stated relation that a derived one (…^) rests on."""
    return identity.removesuffix("^")


class CaseLookup:
    """Looks up in a case in memory."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes with these ids."""
        known = self._case.by_id
        return {identity: known[identity] for identity in ids if identity in known}

    def relations(self, ids: Iterable[str], near: Collection[Node] = ()) -> dict[str, Relation]:
        """Return the relations with these ids."""
        del near
        known = self._case.relations_by_id
        return {identity: known[identity] for identity in map(stated_id, ids) if identity in known}

    def places(self, ids: Sequence[str]) -> Counter[str | None]:
        """Count where nodes lie."""
        known = self._case.by_id
        found = [known[identity].properties for identity in ids if identity in known]
        return Counter(_place(item.get("code"), item.get("place")) for item in found)

    def place_names(self, codes: Sequence[str]) -> dict[str, str]:
        """Return what divisions are called."""
        wanted = set(codes)
        bodies = [(n.properties.get("code"), n.name, n.kind) for n in self._case.nodes if n.family == "组织"]
        return _names((str(code), name, kind) for code, name, kind in bodies if code in wanted)


class StoreLookup:
    """Looks up in a store, in batches: nodes by their primary key, relations from the nodes at their ends."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._families = list(vocabulary().families)  # the one that answered last comes first

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return the nodes with these ids."""
        result: dict[str, Node] = {}
        fields = "n.id, n.name, n.kind, n.source, n.quotes, n.file, n.line"
        for batch in _batches(sorted(set(ids)), BATCH):
            for family in vocabulary().families:
                query = f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) RETURN {fields}"
                for identity, name, kind, source, quotes, file, line in self._store.query(query, {"ids": batch}).rows:
                    evidence = Evidence(source, tuple(quotes or ()), file, line)
                    result[identity] = Node(identity, family, name, kind, {}, evidence)
        return result

    def relations(self, ids: Iterable[str], near: Collection[Node] = ()) -> dict[str, Relation]:
        """Return the relations with these ids: of those that begin or end at the nodes, then of all."""
        wanted = {stated_id(identity) for identity in ids}
        result: dict[str, Relation] = {}
        quick = self._store.engine == "neo4j" or (len(near) <= NEAR and not self._is_bulk)
        for rows in self._rows(wanted, near if quick else ()):
            for identity, type_, start, end, source, quotes, file, line in rows:
                if identity in wanted:
                    wanted.remove(identity)
                    evidence = Evidence(source, tuple(quotes or ()), file, line)
                    result[identity] = Relation(identity, type_, start, end, {}, evidence)
        return result

    @cached_property
    def _is_bulk(self) -> bool:
        from govgraph.store.slice import holds_tables

        return holds_tables(self._store)

    def _rows(self, wanted: set[str], near: Collection[Node]) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Yield rows of relations, the wanted ones among them; ends when none of them is left."""
        fields = "r.id, r.type, a.id, b.id, r.source, r.quotes, r.file, r.line"
        for start, end in (("(a:{} {{id: identity}})", "(b)"), ("(a)", "(b:{} {{id: identity}})")):
            for family in sorted({node.family for node in near}):
                pattern = f"{start}-[r]->{end}".format(family)
                query = f"UNWIND $ids AS identity MATCH {pattern} RETURN {fields}"
                for batch in _batches(sorted(node.id for node in near if node.family == family), BATCH):
                    if wanted:
                        yield self._store.query(query, {"ids": batch}).rows
        if self._store.engine == "neo4j":  # which tests a list by its hash, and would scan once for each row
            queries: Iterable[str] = [f"MATCH (a)-[r]->(b) WHERE r.id IN $ids RETURN {fields}"]
        elif self._is_bulk:  # whose engine goes through one table faster than through all at once
            queries = (
                f"MATCH (a)-[r:{type_}]->(b) WHERE r.id IN $ids RETURN {fields}" for type_ in vocabulary().relations
            )
        else:  # which joins rows by their hash
            queries = [f"UNWIND $ids AS identity MATCH (a)-[r]->(b) WHERE r.id = identity RETURN {fields}"]
        for query in queries:
            if not wanted:
                return
            for batch in _batches(sorted(wanted), SCANNED):
                yield self._store.query(query, {"ids": batch}).rows

    def places(self, ids: Sequence[str]) -> Counter[str | None]:
        """Count where nodes lie; the store counts, each family that may hold them in turn."""
        result: Counter[str | None] = Counter()
        for batch in _batches(ids, BATCH):
            found = 0
            for family in tuple(self._families):
                query = (
                    f"UNWIND $ids AS identity MATCH (n:{family} {{id: identity}}) "
                    "WITH n.code AS code, n.place AS place "
                    f"RETURN CASE WHEN code IS NULL THEN place ELSE left(code, {DIGITS}) END AS at, count(*)"
                )
                counts: dict[str | None, int] = dict(self._store.query(query, {"ids": batch}).rows)
                if counts:
                    result.update(counts)
                    found += sum(counts.values())
                    self._families.remove(family)
                    self._families.insert(0, family)
                if found >= len(batch):
                    break
        return result

    def place_names(self, codes: Sequence[str]) -> dict[str, str]:
        """Return what divisions are called."""
        query = "MATCH (n:组织) WHERE n.code IN $codes RETURN n.code, n.name, n.kind"
        return _names(self._store.query(query, {"codes": list(codes)}).rows if codes else ())


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for begin in range(0, len(ids), size):
        yield ids[begin : begin + size]


def _place(code: Any, place: Any) -> str | None:
    if code is not None:
        return str(code)[:DIGITS]
    return None if place is None else str(place)


def _names(bodies: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """Return a name for each code: that of the government or the territory, else the shortest of a body's there."""
    best: dict[str, tuple[bool, int, str]] = {}
    for code, name, kind in bodies:
        rank = (kind not in TERRITORIES, len(name), name)
        if code not in best or rank < best[code]:
            best[code] = rank
    return {code: name for code, (_, _, name) in best.items()}


TERRITORIES = ("省政府", "市政府", "区", "县", "街道", "乡镇", "社区", "村")
