"""A draft of a case: the graph that the steps of a reform change, and the words in which a step is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from govgraph.errors import ReformError
from govgraph.model.case import Node, Relation, Value, in_file_order, relation_id
from govgraph.model.vocabulary import vocabulary
from govgraph.read.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.model.case import Case, Change

IN_FORCE = "现行"
ENDED = "终止"
SUCCESSION = ("更名为", "合并为", "分设为")
LACKING = ("部分", "无")


class AlreadySoError(ReformError):
    """A step that would change nothing: what it asks for is already so."""


def texts(value: Any) -> tuple[str, ...]:
    """Return an argument as written as a tuple of texts: a single text is a list of one."""
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


def is_lacking(item: Node | Relation) -> bool:
    """Tell whether a relation or node is not there, or not wholly: its status or extent says so."""
    return item.status not in (IN_FORCE, ENDED) or item.properties.get("extent") in LACKING


class Draft:
    """The graph of a case while one step changes it.

    Args:
        case: the arrangement before the step.
        change: the step.
        place: how messages name the step: the reform and its number.
    """

    def __init__(self, case: Case, change: Change, place: str) -> None:
        self.case = case
        self.change = change
        self.place = place
        self.nodes = dict(case.by_id)
        self.relations = dict(case.relations_by_id)
        self.names = dict(case.names)

    def refuse(self, why: str) -> NoReturn:
        """Raise the error of a step that does not apply."""
        raise ReformError(f"{self.where}: {why}")

    @property
    def where(self) -> str:
        """The step as messages name it: file and line, reform, number and kind of step."""
        evidence = self.change.evidence
        file = f"{evidence.file}:{evidence.line}: " if evidence.file else ""
        return f"{file}{self.place} ({self.change.do})"

    def text(self, key: str) -> str | None:
        """Return an argument that is a single text, or None where it is not given."""
        values = texts(self.change.arguments.get(key))
        if len(values) > 1:
            self.refuse(f"{key} takes one name, not {len(values)}")
        return values[0] if values else None

    def node(self, name: str) -> Node:
        """Return the node of that name or alias."""
        identity = self.names.get(name)
        if identity is None:
            hint = self._maker_of(name) or did_you_mean(name, self.names)
            self.refuse(f"no node is called {name!r}. {hint}".strip())
        return self.nodes[identity]

    def listed(self, key: str) -> list[Node]:
        """Return the nodes that an argument names, each once, in the order written."""
        named = dict.fromkeys(self.node(name).id for name in texts(self.change.arguments.get(key)))
        return [self.nodes[identity] for identity in named]

    def one(self, key: str) -> Node:
        """Return the one node that an argument names."""
        name = self.text(key)
        if name is None:
            self.refuse(f"{key} is not given")
        return self.node(name)

    def of_family(self, node: Node, *families: str) -> Node:
        """Return the node, or refuse the step where it is of another family."""
        if node.family not in families:
            self.refuse(f"{node.name!r} is a {node.family}; this step takes {'、'.join(families)}")
        return node

    def _maker_of(self, name: str) -> str:
        """Say which reform of the case makes a node of that name."""
        for reform in self.case.reforms:
            for change in reform.changes:
                made = {*texts(change.arguments.get("name")), *texts(change.arguments.get("mechanism"))}
                if change.do in ("merge", "split"):
                    made |= set(texts(change.arguments.get("into")))
                if name in made:
                    return f"The reform {reform.name!r} makes it: simulate both, that one first."
        return ""

    def matching(self, type_: str, start: str | None = None, end: str | None = None) -> list[Relation]:
        """Return the relations of a type, with these ends where given, that have not ended; in file order."""
        return sorted(
            (
                relation
                for relation in self.relations.values()
                if relation.type == type_
                and relation.status != ENDED
                and (start is None or relation.start == start)
                and (end is None or relation.end == end)
            ),
            key=in_file_order,
        )

    def in_force(self, type_: str, start: str | None = None, end: str | None = None) -> list[Relation]:
        """Return the relations of a type in force."""
        return [relation for relation in self.matching(type_, start, end) if relation.status == IN_FORCE]

    def leads(self, duty: Node) -> list[Node]:
        """Return who leads a duty."""
        return [self.nodes[relation.start] for relation in self.in_force("主责", end=duty.id)]

    def of(self, node: Node) -> Iterator[Relation]:
        """Yield the relations that begin or end at a node and have not ended."""
        for relation in sorted(self.relations.values(), key=in_file_order):
            if node.id in (relation.start, relation.end) and relation.status != ENDED:
                yield relation

    def put_node(self, node: Node) -> Node:
        """Add a node, or set it in the place of the one of that id."""
        self.nodes[node.id] = node
        self.names[node.name] = node.id
        for alias in node.aliases:
            self.names.setdefault(alias, node.id)
        return node

    def bring_in_force(self, node: Node) -> Node:
        """Return the node in force: a relation in force needs both of its ends."""
        if node.status == IN_FORCE:
            return node
        if node.status == ENDED:
            self.refuse(f"{node.name!r} has ended; create it anew before it takes part in something")
        return self.put_node(node.but(status=None, until=None))

    def create(self, family: str, name: str, kind: str, properties: dict[str, Value]) -> Node:
        """Add a new node, or bring one into force that was planned, missing or had ended."""
        if "/" in name:
            self.refuse(f"the name {name!r} has a slash")
        identity = self.names.get(name)
        if identity is None:
            level = vocabulary().kind(family, kind).level
            own: dict[str, Value] = {"level": level} if level and "level" not in properties else {}
            made = Node(f"{self.case.id}/{name}", family, name, kind, {**properties, **own}, self.change.evidence)
            return self.put_node(made)
        there = self.nodes[identity]
        if there.family != family:
            self.refuse(f"{name!r} is there already, as a {there.family}")
        gone: dict[str, Value | None] = {} if there.status == IN_FORCE else {"status": None, "until": None}
        return self.put_node(there.but(**{**gone, **properties}))

    def establish(self, type_: str, start: Node, end: Node, **properties: Value) -> None:
        """Put a relation in force.

        One between the same ends that is blocked, planned, missing or partial gives way to it: it is that relation
        which comes into force.
        """
        self._check_ends(type_, start, end)
        default = vocabulary().relations[type_].dimension
        if default is not None and "dimension" not in properties:
            properties["dimension"] = default
        for node in (start, end):
            if not (type_ in SUCCESSION and node.status == ENDED):
                self.bring_in_force(self.nodes[node.id])
        change: dict[str, Value | None] = {"status": None, "until": None, "extent": None, **properties}
        identity = relation_id(start.id, type_, end.id, properties)
        there = [
            relation
            for relation in self.matching(type_, start.id, end.id)
            if relation.id == identity or (is_lacking(relation) and _agrees(relation, properties))
        ]
        ended = self.relations.get(identity)
        for relation in there or ([ended] if ended is not None else []):
            kept = {key: value for key, value in change.items() if key not in ("dimension", "about", "beneficiary")}
            self.relations[relation.id] = self._with_evidence(relation.but(**kept))
        if not there and ended is None:
            fresh = {key: value for key, value in change.items() if value is not None}
            self.relations[identity] = Relation(identity, type_, start.id, end.id, fresh, self.change.evidence)

    def _with_evidence(self, relation: Relation) -> Relation:
        """Let a changed relation rest on the quote of the step that changed it."""
        before = self.relations[relation.id]
        if before == relation:
            return before
        return Relation(
            relation.id, relation.type, relation.start, relation.end, relation.properties, self.change.evidence
        )

    def _check_ends(self, type_: str, start: Node, end: Node) -> None:
        declared = vocabulary().relations[type_]
        if start.family not in declared.from_families:
            allowed = "、".join(declared.from_families)
            self.refuse(f"{type_} cannot begin at {start.name!r}, a {start.family}; expected {allowed}")
        if end.family not in declared.to_families:
            allowed = "、".join(declared.to_families)
            self.refuse(f"{type_} cannot end at {end.name!r}, a {end.family}; expected {allowed}")

    def finish(self, relation: Relation) -> None:
        """End a relation."""
        self.relations[relation.id] = relation.but(status=ENDED)

    def update(self, relation: Relation, **changes: Value | None) -> None:
        """Change properties of a relation; None removes one."""
        self.relations[relation.id] = self._with_evidence(relation.but(**changes))

    def result(self) -> Case:
        """Return the changed case.

        Raises:
            AlreadySoError: nothing has changed.
        """
        if self.nodes == self.case.by_id and self.relations == self.case.relations_by_id:
            raise AlreadySoError(f"{self.where}: this is already so; the step would change nothing")
        return self.case.with_graph(
            sorted(self.nodes.values(), key=in_file_order), sorted(self.relations.values(), key=in_file_order)
        )


def _agrees(relation: Relation, properties: dict[str, Value]) -> bool:
    """Tell whether a relation says nothing else of what ``properties`` tells apart."""
    return all(
        key not in relation.properties or key not in properties or relation.properties[key] == properties[key]
        for key in ("dimension", "about", "beneficiary", "key")
    )
