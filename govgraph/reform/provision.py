"""Steps that give a duty what it lacks: clarify, grant, fund, staff, equip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.read.values import did_you_mean
from govgraph.reform.draft import IN_FORCE, Draft, is_lacking, texts
from govgraph.reform.structure import DUTY_TYPES, finish_handover

if TYPE_CHECKING:
    from govgraph.model.case import Node, Relation, Value

MONEY = ("资金",)
PEOPLE = ("人力", "编制")
CLEAR = "明确"


def clarify(draft: Draft) -> None:
    """Make a division of responsibility clear; with a lead, that body alone has 主责."""
    basis = draft.one("basis") if draft.text("basis") else None
    if basis is not None:
        draft.bring_in_force(draft.of_family(basis, "文件"))
    if not draft.text("what"):
        _clarify_relations(draft, basis)
        return
    for what in draft.listed("what"):
        draft.put_node(draft.bring_in_force(draft.nodes[what.id]).but(clarity=CLEAR))
        if draft.text("lead"):
            set_lead(draft, draft.of_family(what, "事项"), draft.one("lead"))
        for relation in _division(draft, what):
            if relation.properties.get("clarity", CLEAR) != CLEAR:
                draft.update(relation, clarity=CLEAR)
        if basis is not None:
            draft.establish("规定", basis, draft.nodes[what.id])


def _division(draft: Draft, what: Node) -> list[Relation]:
    """Return the relations that divide a duty among bodies, or that name it as what they are about."""
    return [
        relation
        for relation in draft.relations.values()
        if (relation.end == what.id and relation.type in DUTY_TYPES) or relation.properties.get("about") == what.id
    ]


def _clarify_relations(draft: Draft, basis: Node | None) -> None:
    type_ = draft.text("type") or ""
    known = vocabulary().relations
    if type_ not in known:
        draft.refuse(f"unknown relation type {type_!r}. {did_you_mean(type_, known)}".strip())
    dimensions = texts(draft.change.arguments.get("dimension"))
    for start in draft.listed("from"):
        for end in draft.listed("to"):
            found = [
                relation
                for relation in draft.matching(type_, start.id, end.id)
                if not dimensions or relation.dimension in dimensions
            ]
            if not found:
                draft.refuse(f"there is no {type_} from {start.name!r} to {end.name!r} to clarify")
            for relation in found:
                ruled: dict[str, Value] = {"basis": basis.id} if basis else {}
                draft.update(relation, clarity=CLEAR, **ruled)


def set_lead(draft: Draft, duty: Node, lead: Node) -> None:
    """Let one body alone have 主责; it no longer merely supports."""
    for relation in draft.matching("主责", end=duty.id):
        if relation.start != lead.id:
            draft.finish(relation)
    for relation in draft.matching("配合", lead.id, duty.id):
        draft.finish(relation)
    draft.establish("主责", lead, draft.nodes[duty.id])
    finish_handover(draft, duty, lead)


def grant(draft: Draft) -> None:
    """Let the receiver hold a power, resource or people; what was to be handed over is then handed over."""
    giver = draft.of_family(draft.one("from"), "组织")
    extent = draft.text("extent") or "全部"
    known = vocabulary().enumerations["extents"]
    if extent not in known or extent == "无":
        draft.refuse(f"extent is {extent!r}; expected 全部 or 部分")
    partial: dict[str, Value] = {"extent": extent} if extent == "部分" else {}
    for receiver in draft.listed("to"):
        draft.of_family(receiver, "组织")
        for what in draft.listed("what"):
            _grant_one(draft, giver, receiver, what, partial)


def _grant_one(draft: Draft, giver: Node, receiver: Node, what: Node, partial: dict[str, Value]) -> None:
    if what.family == "人员":
        if partial:
            draft.refuse(f"{what.name!r} are people: they move, or they do not; leave out extent")
        draft.establish("划转", what, receiver)
        for type_ in ("隶属", "任职"):
            for relation in draft.matching(type_, what.id, giver.id):
                draft.finish(relation)
                draft.establish(type_, what, receiver, **_dimension(relation))
    else:
        draft.of_family(what, "事项", "资源")
        holds = "审批" if what.family == "事项" else "持有"
        if what.family == "事项" or what.kind == "权限":
            draft.establish("授权", giver, receiver, about=what.id, **partial)
        draft.establish(holds, receiver, what, **partial)
        if not partial:
            for relation in draft.in_force(holds, giver.id, what.id):
                draft.finish(relation)
    if not partial:
        finish_handover(draft, what, receiver)


def _dimension(relation: Relation) -> dict[str, Value]:
    return {"dimension": relation.dimension} if relation.dimension else {}


def fund(draft: Draft) -> None:
    """Let a payer pay for a duty or fund a body; the money that it lacks is then there."""
    amount = _amount(draft)
    properties: dict[str, Value] = {"amount": amount} if amount is not None else {}
    for payer in draft.listed("by"):
        draft.of_family(payer, "组织")
        for what in draft.listed("what"):
            paying = "拨款" if what.family in ("组织", "岗位", "人员") else "出资"
            draft.establish(paying, payer, what, **properties)
    for what in draft.listed("what"):
        for resource in needs(draft, what, MONEY):
            short = amount is not None and amount < _needed(resource)
            _provide(draft, what, resource, "部分" if short else None)


def _amount(draft: Draft) -> float | None:
    written = draft.text("amount")
    if written is None:
        return None
    try:
        amount = float(written)
    except ValueError:
        draft.refuse(f"amount is {written!r}; expected a number of 10,000 yuan")
    if amount <= 0:
        draft.refuse(f"amount is {written}; expected more than 0")
    return amount


def _needed(resource: Node) -> float:
    amount = resource.properties.get("amount", 0)
    return float(amount) if isinstance(amount, int | float) else 0.0


def needs(draft: Draft, what: Node, kinds: tuple[str, ...]) -> list[Node]:
    """Return the resources of some kinds that a duty or body needs, or that a body is said to lack."""
    wanted = [draft.nodes[relation.end] for relation in draft.in_force("需要", what.id)]
    if what.family == "组织":
        wanted += [draft.nodes[relation.end] for relation in draft.matching("持有", what.id) if is_lacking(relation)]
    if what.family == "资源":
        wanted = [what]
    unique = {node.id: node for node in wanted if node.kind in kinds}
    return [unique[identity] for identity in unique]


def holders(draft: Draft, what: Node, resource: Node) -> list[Node]:
    """Return who must hold a resource that is meant for a duty (its leads) or a body (itself)."""
    if what.family == "事项":
        return draft.leads(what)
    if what.family == "资源":
        return [draft.nodes[r.start] for r in draft.matching("持有", end=resource.id) if is_lacking(r)]
    return [what]


def _provide(draft: Draft, what: Node, resource: Node, extent: str | None) -> None:
    partial: dict[str, Value] = {"extent": extent} if extent else {}
    for holder in holders(draft, what, resource):
        draft.establish("持有", holder, resource, **partial)


def staff(draft: Draft) -> None:
    """Give a duty, body or post people; the staff or quota that it lacks is then there."""
    number = draft.text("number")
    if number is not None and not (number.isascii() and number.isdecimal() and int(number) > 0):
        draft.refuse(f"number is {number!r}; expected a whole number of people")
    for what in draft.listed("what"):
        draft.of_family(what, "事项", "组织", "岗位")
        lacking = needs(draft, what, PEOPLE)
        places = draft.leads(what) if what.family == "事项" else [what]
        if not places:
            draft.refuse(f"nobody leads {what.name!r}, so there is no body to staff; clarify its lead first")
        for resource in lacking:
            short = number is not None and int(number) < int(str(resource.properties.get("number", 0)))
            _provide(draft, what, resource, "部分" if short else None)
            for giver in draft.listed("by"):
                draft.establish("提供", draft.of_family(giver, "组织"), resource)
        if not lacking:
            _add_people(draft, what, places, number)


def _add_people(draft: Draft, what: Node, places: list[Node], number: str | None) -> None:
    """Where no lack is named, the people are a new group that serves in the body or post."""
    properties: dict[str, Value] = {"number": int(number)} if number else {}
    people = draft.create("人员", f"{what.name}增配人员", "工作人员", properties)
    for place in places:
        if place.family == "人员":
            draft.refuse(f"{place.name!r} are people themselves; staff a body or a post")
        draft.establish("任职", people, place)
    for giver in draft.listed("by"):
        draft.establish("派驻", draft.of_family(giver, "组织"), people)
    if what.family == "事项":
        draft.establish("配合", people, what)


def equip(draft: Draft) -> None:
    """Let the lead of a duty, or a body, hold a resource."""
    for what in draft.listed("what"):
        for resource in draft.listed("with"):
            draft.of_family(resource, "资源")
            for giver in draft.listed("by"):
                draft.establish("提供", draft.of_family(giver, "组织"), resource)
            _equip_one(draft, what, resource)


def _equip_one(draft: Draft, what: Node, resource: Node) -> None:
    places = holders(draft, what, resource)
    if what.family == "事项":
        if not draft.in_force("需要", what.id, resource.id):
            draft.establish("需要", what, resource)
        if not places and not draft.listed("by"):
            draft.refuse(f"nobody leads {what.name!r}, so nobody would hold {resource.name!r}; clarify its lead first")
    for place in places:
        draft.establish("持有", place, draft.nodes[resource.id])
    if resource.status != IN_FORCE:
        draft.bring_in_force(draft.nodes[resource.id])
    finish = draft.matching("应移交", resource.id)
    for relation in finish:
        if relation.end in {place.id for place in places}:
            draft.update(relation, status=None, extent="全部", until=None)
