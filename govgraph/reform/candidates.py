"""Steps that might clear a finding, read off its shape: what it rests on, what is missing there, who is near.

Nothing here knows what a rule asks; a candidate counts only once the rules have judged the changed arrangement.
Steps that merely drop the need (ending 需要, 涉及 or 包含, dissolving what is in question) are not proposed: they would
work around the problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govgraph.model.case import Change
from govgraph.model.vocabulary import vocabulary
from govgraph.reform.draft import IN_FORCE, is_lacking
from govgraph.reform.neighbourhood import Neighbourhood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.check.findings import Finding
    from govgraph.model.case import Case, Node, Relation

UNCLEAR = ("不清", "争议")
NEEDS = ("需要", "涉及", "包含", "规定", "制定", "签订", "任职", "设岗")
MONEY = "资金"
PEOPLE = ("人力", "编制")
DOERS = ("主责", "配合", "审批", "监督", "出资", "准入")
MOST = 80
"""How many candidates a finding may have; the nearest to what it rests on come first."""
LARGEST = 12
"""How many steps a bundle may have."""


def candidates(case: Case, finding: Finding) -> tuple[Change, ...]:
    """Return the steps worth trying for a finding, each once, those that touch what it rests on first."""
    near = Neighbourhood(case, finding)
    seen: dict[str, Change] = {}
    for change in (*_on_relations(near), *_on_duties(near), *_on_bodies(near), *_on_resources(near)):
        seen.setdefault(repr((change.do, sorted(change.arguments.items(), key=str))), change)
    return tuple(seen.values())[:MOST]


def bundles(case: Case, finding: Finding) -> tuple[tuple[Change, ...], ...]:
    """Return groups of steps that do one and the same thing to all that the finding rests on.

    Where a finding rests on several blocked transfers or unclear divisions, no single step can clear it.
    """
    near = Neighbourhood(case, finding)
    mends = [steps for r in near.relations if is_lacking(r) and (steps := tuple(_mend(near, r)))]
    depth = max(map(len, mends), default=0)
    groups = [tuple(steps[min(level, len(steps) - 1)] for steps in mends) for level in range(depth)]
    unclear = [duty for duty in near.of("事项") if duty.properties.get("clarity") in UNCLEAR]
    groups.append(tuple(_step("clarify", what=duty.name) for duty in unclear))
    by_what: dict[tuple[str, str], list[Change]] = {}
    for change in candidates(case, finding):
        if change.do in ("clarify", "fund", "equip", "staff"):
            doer = str(change.arguments.get("lead") or change.arguments.get("by") or "")
            by_what.setdefault((change.do, doer), []).append(change)
    groups += [tuple(changes) for changes in by_what.values()]
    return tuple({repr(group): group for group in map(_distinct, groups) if 1 < len(group) <= LARGEST}.values())


def _distinct(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return each change once; a change holds a mapping, so it is told apart by its words."""
    return tuple({repr((change.do, change.arguments)): change for change in changes}.values())


def _step(do: str, **arguments: Any) -> Change:
    return Change(do, {key.rstrip("_"): value for key, value in arguments.items() if value is not None})


def _on_relations(near: Neighbourhood) -> Iterator[Change]:
    """Propose to settle, join, bring into force or end each relation that the finding rests on."""
    by_target: dict[tuple[str, str], list[Relation]] = {}
    for relation in near.relations:
        start, end = near.name(relation.start), near.name(relation.end)
        if relation.type == "不认可":
            yield _step("recognise", by=start, what=end)
        if relation.properties.get("clarity") in UNCLEAR:
            yield _step("clarify", from_=start, type=relation.type, to=end, dimension=relation.dimension)
        if is_lacking(relation):
            yield from _mend(near, relation)
        by_target.setdefault((relation.type, relation.end), []).append(relation)
    for (type_, end), relations in by_target.items():
        starts = list(dict.fromkeys(near.name(relation.start) for relation in relations))
        if type_ == "不认可" and len(starts) > 1:
            yield _step("recognise", by=tuple(starts), what=near.name(end))
        if type_ == "考核" and len(starts) > 1:
            yield _step("evaluate_jointly", by=tuple(starts), what=near.name(end))
    for relation in near.relations:
        if relation.status == IN_FORCE and relation.type not in NEEDS:
            about = relation.properties.get("about")
            yield _step(
                "end",
                from_=near.name(relation.start),
                type=relation.type,
                to=near.name(relation.end),
                dimension=relation.dimension,
                about=near.name(str(about)) if about in near.case.by_id else None,
            )


def _mend(near: Neighbourhood, relation: Relation) -> Iterator[Change]:
    """Propose to bring a relation into force that is blocked, missing, planned or partial."""
    start, end = near.name(relation.start), near.name(relation.end)
    about = relation.properties.get("about")
    matter = near.name(str(about)) if about in near.case.by_id else None
    if relation.type == "协调":
        yield _step("coordinate", bodies=(start, end), about=matter)
        return
    if relation.type == "对接" and near.case.by_id[relation.start].family == "资源":
        yield _step("connect", systems=tuple(sorted((start, end))))
        return
    if relation.type == "应移交":
        what = near.case.by_id[relation.start]
        for holder in near.in_force(what, "审批", "持有", "主责", "隶属"):
            other = holder.end if holder.start == what.id else holder.start
            if holder.type == "主责":
                yield _step("move", what=what.name, type="主责", from_=near.name(other), to=end)
            elif near.case.by_id[other].family == "组织":
                yield _step("grant", from_=near.name(other), to=end, what=what.name)
        return  # stating on paper that it has been handed over would move nothing
    yield _step("add", from_=start, type=relation.type, to=end, dimension=relation.dimension, about=matter)


def _on_duties(near: Neighbourhood) -> Iterator[Change]:
    """Propose a lead, a clear division, money, people, powers and a mechanism for each duty."""
    for duty in near.of("事项"):
        yield from _leads(near, duty)
        if duty.properties.get("clarity") in UNCLEAR or any(
            relation.properties.get("clarity") in UNCLEAR for relation in near.at(duty, *DOERS, outward=False)
        ):
            yield _step("clarify", what=duty.name)
        for payer in _payers(near, duty):
            yield _step("fund", what=duty.name, by=payer)
        yield _step("staff", what=duty.name)
        for need in near.in_force(duty, "需要", outward=True):
            yield _step("equip", what=duty.name, with_=near.name(need.end))
        yield from _powers(near, duty)
        doers = near.names((relation.start for relation in near.in_force(duty, *DOERS, outward=False)), "组织")
        concerned = near.names((relation.end for relation in near.in_force(duty, "涉及", outward=True)), "组织")
        together = list(dict.fromkeys([*doers, *concerned]))
        if len(doers) > 1 or len(together) > 1:
            bodies = tuple(doers if len(doers) > 1 else together)
            yield _step("coordinate", bodies=bodies, mechanism=f"{duty.name}联席会议", about=duty.name)
        for body in near.of("组织"):
            yield _step("add", from_=body.name, type="监督", to=duty.name)
            yield _step("add", from_=body.name, type="准入", to=duty.name)


def _leads(near: Neighbourhood, duty: Node) -> Iterator[Change]:
    """Propose each body that has to do with a duty as its only lead."""
    doers = [relation.start for relation in near.at(duty, *DOERS, outward=False)]
    meant = [relation.end for relation in near.at(duty, "应移交", "涉及", outward=True)]
    parents = [
        lead.start
        for whole in near.at(duty, "包含", outward=False)
        for lead in near.in_force(near.case.by_id[whole.start], "主责", outward=False)
    ]
    others = [body.id for body in near.of("组织", "岗位")]
    names = near.names((*doers, *meant, *parents, *others), "组织", "岗位")
    for name in names or _busiest(near):
        yield _step("clarify", what=duty.name, lead=name)


def _busiest(near: Neighbourhood) -> list[str]:
    """Return, for a duty that nobody has to do with, the bodies that lead most duties."""
    led = [r.start for r in near.case.relations if r.type == "主责" and r.status == IN_FORCE]
    ordered = sorted(dict.fromkeys(led), key=lambda identity: (-led.count(identity), identity))
    return near.names(ordered, "组织")[:6]


def _payers(near: Neighbourhood, what: Node) -> list[str]:
    """Return who might pay: who funds or evaluates whoever is near, and their superiors."""
    bodies = near.of("组织")
    found: list[str] = []
    for body in bodies:
        found += [near.name(r.start) for r in near.in_force(body, "拨款", "考核", outward=False)]
        found += near.superiors(body)
    found += [body.name for body in bodies if body.id != what.id]
    kinds = {node.name: node for node in near.case.nodes}
    return [name for name in dict.fromkeys(found) if kinds[name].family == "组织" and name != what.name][:8]


def _powers(near: Neighbourhood, duty: Node) -> Iterator[Change]:
    """Propose that the holder of a power grants it to the lead of the duty."""
    leads = near.names((r.start for r in near.in_force(duty, "主责", outward=False)), "组织")
    powers = [duty, *(near.case.by_id[r.end] for r in near.in_force(duty, "需要", "包含", outward=True))]
    powers += [node for node in near.of("事项", "资源") if node.kind in ("权力", "权限")]
    for power in dict.fromkeys(node.id for node in powers):
        node = near.case.by_id[power]
        holders = near.names((r.start for r in near.in_force(node, "审批", "持有", outward=False)), "组织")
        for holder in holders:
            for lead in leads or [body.name for body in near.of("组织")]:
                if lead != holder and node.family in ("事项", "资源"):
                    yield _step("grant", from_=holder, to=lead, what=node.name)


def _on_bodies(near: Neighbourhood) -> Iterator[Change]:
    """Propose a mechanism, a superior, money and people for the bodies."""
    bodies = near.of("组织")
    names = tuple(body.name for body in bodies)
    if bodies:
        first, others = bodies[0], names[1:]
        others = others or tuple(near.superiors(first))
        if len(others) > 1:
            yield _step("coordinate", bodies=others, mechanism=f"{first.name}统筹协调会", about=first.name)
        if len(names) > 1:
            yield _step("coordinate", bodies=names)
            yield _step("coordinate", bodies=names, mechanism=f"{first.name}联席会议")
    for body in bodies[:2]:
        for payer in _payers(near, body):
            yield _step("fund", what=body.name, by=payer)
        yield _step("staff", what=body.name)
        for other in bodies:
            if other.id != body.id:
                yield _step("add", from_=other.name, type="监督", to=body.name)
                yield _step("add", from_=other.name, type="拨款", to=body.name)
                yield _step("add", from_=other.name, type="考核", to=body.name)
        yield from _superior(near, body)
    for post in near.of("岗位"):
        yield _step("staff", what=post.name, number="1")


def _superior(near: Neighbourhood, body: Node) -> Iterator[Change]:
    """Propose, for a body without a superior, the first body of each higher level at its place, then of any place."""
    if near.superiors(body):
        return
    ranks = {name: term.rank for name, term in vocabulary().enumerations["levels"].items()}
    own = ranks.get(str(body.properties.get("level", "")), len(ranks))
    higher = [
        node
        for node in near.case.nodes
        if node.family == "组织"
        and node.status == IN_FORCE
        and ranks.get(str(node.properties.get("level", "")), 99) < own
    ]
    higher.sort(key=lambda node: (-ranks[str(node.properties["level"])], node.id))
    for node in higher[:4]:
        yield _step("add", from_=body.name, type="隶属", to=node.name)


def _on_resources(near: Neighbourhood) -> Iterator[Change]:
    """Propose to provide each resource near, to the leads of what needs it and to the bodies near."""
    for resource in near.of("资源"):
        if resource.kind == "信息系统":
            for other in near.of("资源"):
                if other.kind == "信息系统" and other.id > resource.id:
                    yield _step("connect", systems=tuple(sorted((resource.name, other.name))))
        for need in near.at(resource, "需要", outward=False):
            what = near.name(need.start)
            yield _step("equip", what=what, with_=resource.name)
            if resource.kind == MONEY:
                for payer in _payers(near, near.case.by_id[need.start]):
                    yield _step("fund", what=what, by=payer)
            if resource.kind in PEOPLE:
                yield _step("staff", what=what)
        for body in near.of("组织"):
            yield _step("equip", what=body.name, with_=resource.name)
