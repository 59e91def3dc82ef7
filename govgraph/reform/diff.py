"""Two states of an arrangement side by side, in its own terms: who gained or lost which duty, lead, money, power."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.model.case import Text
from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import ENDED, IN_FORCE, SUCCESSION
from govgraph.reform.succession import Identity, identity_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.model.case import Case, Node, Relation, Value

# Relation type → what the start has by it, and what the end has by it, in both languages.
HOLDINGS: dict[str, tuple[Text | None, Text | None]] = {
    "主责": (Text("主责", "lead of"), None),
    "配合": (Text("配合", "support of"), None),
    "审批": (Text("审批权", "power to approve"), None),
    "监督": (Text("监督", "supervision of"), None),
    "出资": (Text("出资", "payment for"), None),
    "拨款": (None, Text("拨款来自", "money from")),
    "授权": (None, Text("授权来自", "delegation from")),
    "委托": (None, Text("委托来自", "task entrusted by")),
    "持有": (Text("持有", "hold on"), None),
    "考核": (None, Text("考核者", "evaluator")),
    "成员": (Text("参加", "membership of"), None),
    "协调": (Text("协调", "coordination with"), None),
    "对接": (Text("对接", "interface with"), None),
    "任职": (None, Text("人员", "staff")),
    "派驻": (None, Text("派驻自", "seconded by")),
    "摊派": (None, Text("摊派来自", "burden from")),
}
DETAILS = ("clarity", "extent", "role", "basis", "amount", "number", "joint")


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """Something that a body, post, person or duty has: ``what`` kind of thing, of which ``other``, in which detail."""

    holder: str
    what_zh: str
    what_en: str
    other: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A relation or node that is there on both sides with another property."""

    name: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ArrangementDiff:
    """How two states of an arrangement differ; names are those of the later state where a body goes on in another."""

    appeared: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    succeeded: tuple[tuple[str, str, str], ...]
    gained: tuple[Holding, ...]
    lost: tuple[Holding, ...]
    changed: tuple[Changed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two states are the same arrangement."""
        parts = (self.appeared, self.gone, self.succeeded, self.gained, self.lost, self.changed)
        return not any(parts)


def diff_arrangements(before: Case, after: Case, identity: Identity | None = None) -> ArrangementDiff:
    """Compare two states of an arrangement; what is not in force on one side is not there."""
    same = identity or identity_between(before, after)
    old, new = _there(before), _there(after)
    old_names = {same.name(node.name) for node in old}
    new_names = {same.name(node.name) for node in new}
    held_before, held_after = _holdings(before, same), _holdings(after, same)
    label = _labels(after, same)

    def named(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
        return tuple(
            sorted(
                Holding(label.get(h.holder, h.holder), h.what_zh, h.what_en, label.get(h.other, h.other), h.detail)
                for h in holdings
            )
        )

    return ArrangementDiff(
        tuple(sorted((node.name, node.kind) for node in new if same.name(node.name) not in old_names)),
        tuple(sorted((node.name, node.kind) for node in old if same.name(node.name) not in new_names)),
        _successions(before, after),
        named(held_after - held_before),
        named(held_before - held_after),
        _changes(before, after, same),
    )


def _there(case: Case) -> list[Node]:
    return [node for node in case.nodes if node.status == IN_FORCE]


def _labels(after: Case, same: Identity) -> dict[str, str]:
    """Return, for each class of names, the name that it has in the later state."""
    return {same.name(node.name): node.name for node in reversed(after.nodes) if node.status == IN_FORCE}


def _successions(before: Case, after: Case) -> tuple[tuple[str, str, str], ...]:
    def stated(case: Case) -> set[tuple[str, str, str]]:
        return {
            (case.by_id[r.start].name, r.type, case.by_id[r.end].name)
            for r in case.relations
            if r.type in SUCCESSION and r.status == IN_FORCE
        }

    return tuple(sorted(stated(after) - stated(before)))


def _holdings(case: Case, same: Identity) -> set[Holding]:
    """Return what everybody holds in force, under names that are the same on both sides."""
    result = set()
    for relation in case.relations:
        if relation.status == IN_FORCE and relation.type not in SUCCESSION:
            result |= _of_relation(case, relation, same)
    return result


def _of_relation(case: Case, relation: Relation, same: Identity) -> set[Holding]:
    start, end = same.name(case.by_id[relation.start].name), same.name(case.by_id[relation.end].name)
    about = relation.properties.get("about")
    matter = same.name(case.by_id[str(about)].name) if about in case.by_id else ""
    declared = vocabulary().relations[relation.type]
    if declared.superior is not None:
        upper, lower = (start, end) if declared.superior == "from" else (end, start)
        detail = relation.dimension or ""
        return {Holding(lower, "上级", "superior", upper, detail)}
    of_start, of_end = HOLDINGS.get(relation.type, (Text(relation.type, declared.en), None))
    result = set()
    if of_start is not None:
        result.add(Holding(start, of_start.zh, of_start.en, end, matter))
    if of_end is not None:
        result.add(Holding(end, of_end.zh, of_end.en, start, matter))
    return result


def _changes(before: Case, after: Case, same: Identity) -> tuple[Changed, ...]:
    """Return what is on both sides with another clarity, extent, basis, amount …."""
    result = []
    nodes = {same.name(node.name): node for node in before.nodes if node.status != ENDED}
    for node in after.nodes:
        old = nodes.get(same.name(node.name))
        if old is not None and node.status != ENDED:
            result += _different(node.name, old.properties, node.properties, ("status", *DETAILS, "kind"), same)
    relations = {same.value(relation.id): relation for relation in before.relations}
    for relation in after.relations:
        was = relations.get(same.value(relation.id))
        if was is not None and relation.status == was.status == IN_FORCE:
            name = relation.id.partition("/")[2]
            result += _different(name, was.properties, relation.properties, DETAILS, same)
    return tuple(sorted(result, key=lambda change: (change.name, change.key)))


def _different(
    name: str, old: Mapping[str, Value], new: Mapping[str, Value], keys: Iterable[str], same: Identity
) -> list[Changed]:
    pairs = [(key, same.value(old.get(key, "")), same.value(new.get(key, ""))) for key in keys]
    return [Changed(name, key, str(was), str(now)) for key, was, now in pairs if was != now]
