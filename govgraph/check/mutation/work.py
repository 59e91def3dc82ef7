"""The duties of a clean city: for each flavour, who leads, supports, pays and coordinates, without a fault."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from govgraph.check.mutation.city import Work
from govgraph.check.mutation.people import appoint
from govgraph.check.mutation.words import DUTIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from govgraph.check.mutation.city import City, Street

LEAST = 5
"""Duties of each flavour in the smallest city, so that every defect finds its place."""


def add_works(city: City) -> None:
    """Add duties of every flavour, spread over the subdistricts at random."""
    for flavour, build in FLAVOURS.items():
        for number in range(max(LEAST, 2 * len(city.streets))):
            street = city.streets[number % len(city.streets)]
            lead = city.dice.choice([*street.offices, *street.agencies])
            work = Work(flavour, _duty(city, street), lead, street)
            build(city, work)
            city.works.append(work)


def _duty(city: City, street: Street, kind: str = "职责") -> str:
    return city.draft.node("事项", kind, f"{street.place}{city.dice.choice(DUTIES)}", level="镇街")


def _lead(city: City, work: Work, supporters: int = 2) -> None:
    """Let the body lead, with up to so many others of the same subdistrict in support."""
    city.draft.relate(work.lead, "主责", work.duty)
    others = [body for body in (*work.street.offices, *work.street.agencies) if body != work.lead]
    for body in city.some(others, 0, supporters):
        city.draft.relate(body, "配合", work.duty)


def _plain(city: City, work: Work) -> None:
    _lead(city, work)
    if city.chance(0.5):
        city.draft.change(work.duty, complete=("主责",), clarity="明确")


def _shared(city: City, work: Work) -> None:
    """主责 + 配合 of several lines + a standing mechanism."""
    _lead(city, work, 0)
    for body in (work.street.communities[0], city.dice.choice(city.departments_of(work.street)), city.zone):
        city.draft.relate(body, "配合", work.duty)
    city.draft.relate(work.street.meeting, "协调", work.duty)


def _ranked(city: City, work: Work) -> None:
    """A 为主、B 为辅."""
    other = city.dice.choice(city.departments_of(work.street))
    city.draft.relate(work.lead, "主责", work.duty, role="主")
    city.draft.relate(other, "主责", work.duty, role="辅")
    city.draft.relate(work.street.meeting, "协调", work.duty)


def _joint(city: City, work: Work) -> None:
    for body in city.some(city.departments_of(work.street), 2, 3):
        city.draft.relate(body, "主责", work.duty, joint="联合执法")


def _party(city: City, work: Work) -> None:
    """党委 and 政府 of one place lead together."""
    work.lead = work.street.office
    city.draft.relate(work.street.committee, "主责", work.duty)
    city.draft.relate(work.street.office, "主责", work.duty)


def _territorial(city: City, work: Work) -> None:
    """属地管理: each answers for its own ground."""
    for community in work.street.communities[:2]:
        city.draft.relate(community, "主责", work.duty)
    work.lead = work.street.communities[0]


def _grouped(city: City, work: Work) -> None:
    """A leading group leads, a department under it does the work."""
    work.lead = city.dice.choice(city.departments_of(work.street))
    city.draft.relate(work.street.district.group, "主责", work.duty)
    city.draft.relate(work.lead, "主责", work.duty)
    city.draft.relate(work.street.office, "配合", work.duty)


def _whole(city: City, work: Work) -> None:
    """A lead for the whole, or one for each part."""
    parts = [_duty(city, work.street) for _ in range(2)]
    for part in parts:
        city.draft.relate(work.duty, "包含", part)
    if city.chance(0.5):
        _lead(city, work)
        return
    for part, body in zip(parts, city.some(work.street.offices, 2, 2), strict=True):
        city.draft.relate(body, "主责", part)


def _resource(city: City, work: Work, *kinds: str, provided: bool = False) -> None:
    """Need something, and have it: held by the lead, or provided by a department of the district."""
    _lead(city, work, 1)
    kind = city.dice.choice(kinds)
    name = f"{city.draft.nodes[work.duty].name}{kind}"
    work.parts["resource"] = city.draft.node("资源", kind, name)
    city.draft.relate(work.duty, "需要", work.parts["resource"])
    giver = city.dice.choice(city.departments_of(work.street)) if provided else work.lead
    city.draft.relate(giver, "提供" if provided else "持有", work.parts["resource"], extent="全部")
    if kind == "资金" and city.chance(0.5):
        city.draft.relate(work.street.district.government, "出资", work.duty)


def _power(city: City, work: Work) -> None:
    _resource(city, work, "权限")


def _money(city: City, work: Work) -> None:
    _resource(city, work, "资金")


def _granted(city: City, work: Work) -> None:
    _resource(city, work, "资金", provided=True)


def _people(city: City, work: Work) -> None:
    _resource(city, work, "人力", "编制")


def _lent(city: City, work: Work) -> None:
    _resource(city, work, "人力", provided=True)


def _data(city: City, work: Work) -> None:
    _resource(city, work, "数据", "标准", "设施", "用地指标")


def _supplied(city: City, work: Work) -> None:
    _resource(city, work, "数据", "标准", provided=True)


def _systems(city: City, work: Work) -> None:
    """Two systems of two holders, and an interface between them."""
    _lead(city, work)
    holders = city.some(city.departments_of(work.street), 2, 2)
    for number, holder in enumerate(holders, 1):
        name = f"{city.draft.nodes[work.duty].name}{'一二'[number - 1]}号系统"
        system = work.parts[f"system{number}"] = city.draft.node("资源", "信息系统", name)
        city.draft.relate(work.duty, "需要", system)
        city.draft.relate(holder, "持有", system)
    work.parts["link"] = city.draft.relate(work.parts["system1"], "对接", work.parts["system2"], extent="全部")


def _imposed(city: City, work: Work) -> None:
    """Handed to a community, with admission and with money."""
    giver = city.dice.choice(city.departments_of(work.street))
    work.lead = giver
    city.draft.relate(giver, "主责", work.duty)
    community = city.dice.choice(work.street.communities)
    city.draft.relate(giver, "摊派", community, about=work.duty)
    work.parts["admission"] = city.draft.relate(work.street.district.government, "准入", work.duty)
    work.parts["money"] = city.draft.relate(work.street.district.government, "出资", work.duty)


def _admitted(city: City, work: Work) -> None:
    """A duty of a community that has passed the admission and was never imposed."""
    work.lead = city.dice.choice(work.street.communities)
    city.draft.relate(work.lead, "主责", work.duty)
    work.parts["admission"] = city.draft.relate(work.street.district.government, "准入", work.duty)


def _delegated(city: City, work: Work) -> None:
    """A power handed to the subdistrict, supervised by the giver, who is evaluated on it."""
    giver = _next_department(city, work)
    city.draft.nodes.pop(work.duty)
    work.duty, work.lead = _duty(city, work.street, "权力"), work.street.office
    city.draft.relate(giver, "授权", work.lead, about=work.duty)
    city.draft.relate(work.lead, "主责", work.duty)
    work.parts |= {"giver": giver, "supervision": city.draft.relate(giver, "监督", work.duty)}
    work.parts["evaluation"] = city.draft.relate(work.street.district.government, "考核", giver, about=work.duty)


def _entrusted(city: City, work: Work) -> None:
    """A power entrusted to a public institution that nobody else watches over."""
    giver = _next_department(city, work)
    city.draft.nodes.pop(work.duty)
    name = f"{city.draft.nodes[giver].name}受托服务中心"
    work.duty = _duty(city, work.street, "权力")
    work.lead = city.draft.node("组织", "事业单位", name, level="区县", place=work.street.district.place)
    city.draft.relate(work.lead, "隶属", giver)
    city.draft.relate(giver, "委托", work.lead, about=work.duty)
    city.draft.relate(work.lead, "主责", work.duty)
    work.parts |= {"giver": giver, "supervision": city.draft.relate(giver, "监督", work.duty)}


def _next_department(city: City, work: Work) -> str:
    """Return a department of the district, in turn, so that givers differ."""
    every = city.departments_of(work.street)
    return every[sum(other.flavour == work.flavour for other in city.works) % len(every)]


def _transferred(city: City, work: Work) -> None:
    """Handed over whole: the receiver leads it now."""
    receivers = [work.street.office, *work.street.communities]
    turn = sum(other.flavour == work.flavour for other in city.works) // len(city.streets)
    work.lead = receivers[turn % len(receivers)]
    work.parts["keeper"] = city.dice.choice(city.departments_of(work.street))
    work.parts["transfer"] = city.draft.relate(work.duty, "应移交", work.lead, extent="全部")
    city.draft.relate(work.parts["keeper"], "主责", work.duty, status="终止")
    city.draft.relate(work.lead, "主责", work.duty)


def _scored(city: City, work: Work) -> None:
    """A department scores its own agency on what it leads: a superior may."""
    agency = city.dice.choice(list(work.street.agencies))
    work.lead = work.street.agencies[agency]
    work.parts["supporter"] = agency
    city.draft.relate(work.lead, "主责", work.duty)
    city.draft.relate(agency, "配合", work.duty)
    city.draft.relate(work.lead, "考核", agency, about=work.duty)


def _referred(city: City, work: Work) -> None:
    """Passed from the one who was asked to the one who answers, and no further."""
    chain = [*city.some([b for b in work.street.offices if b != work.lead], 2, 3), work.lead]
    for first, second in pairwise(chain):
        city.draft.relate(first, "转办", second, about=work.duty)
    city.draft.relate(work.lead, "主责", work.duty)
    work.parts |= {"first": chain[0]}


def _posted(city: City, work: Work) -> None:
    """A post of its own, with a holder, answers for the duty."""
    post, person = appoint(city, work.lead, "专员", "镇街")
    city.draft.relate(post, "主责", work.duty)
    work.parts |= {"post": post, "holder": person, "body": work.lead}


FLAVOURS: dict[str, Callable[[City, Work], None]] = {
    "plain": _plain,
    "shared": _shared,
    "ranked": _ranked,
    "joint": _joint,
    "party": _party,
    "territorial": _territorial,
    "grouped": _grouped,
    "whole": _whole,
    "power": _power,
    "money": _money,
    "granted": _granted,
    "people": _people,
    "lent": _lent,
    "data": _data,
    "supplied": _supplied,
    "systems": _systems,
    "imposed": _imposed,
    "admitted": _admitted,
    "delegated": _delegated,
    "entrusted": _entrusted,
    "transferred": _transferred,
    "scored": _scored,
    "referred": _referred,
    "posted": _posted,
}
