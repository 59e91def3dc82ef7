"""The bodies of a clean city: party and government, departments, a zone, districts, subdistricts, communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.city import District, Street
from govgraph.check.mutation.words import AGENCIES, DEPARTMENTS, OFFICES

if TYPE_CHECKING:
    from govgraph.check.mutation.city import City

STREETS_A_DISTRICT = 4
SHARED = ("dimensions", "ranked", "joint", "paper", "settled", "no", "no")
"""How a zone and a district share a subdistrict without double reporting; ``no``: the zone has no part in it."""


def add_top(city: City) -> None:
    """Add the city's party and government, its departments, and a zone that both dispatch jointly."""
    draft = city.draft
    city.place = city.names.place("市")
    city.committee = draft.node("组织", "市委", f"{city.place}委", place=city.place)
    city.government = draft.node("组织", "市政府", f"{city.place}政府", place=city.place)
    draft.relate(city.committee, "领导", city.government, dimension="党务")
    for name in DEPARTMENTS:
        department = draft.node("组织", "职能部门", f"{city.place}{name}", level="市", place=city.place)
        draft.relate(department, "隶属", city.government)
        city.departments[name] = department
    place = city.names.place("高新区")
    city.zone = draft.node("组织", "高新区管委会", f"{place}管委会", place=place)
    city.zone_committee = draft.node("组织", "高新区工委", f"{place}工委", place=place)
    for parent in (city.committee, city.government):  # 市委市政府派出机构: one superior
        draft.relate(parent, "派出机构", city.zone)
    draft.relate(city.committee, "派出机构", city.zone_committee, dimension="党务")
    draft.relate(city.zone_committee, "合署", city.zone)
    draft.relate(city.government, "考核", city.zone)
    draft.relate(city.government, "拨款", city.zone)


def add_district(city: City) -> District:
    """Add a district with at least six departments, a leading group, and two departments that became one."""
    draft = city.draft
    place = city.names.place("区")
    government = draft.node("组织", "区", f"{place}政府", place=place)
    committee = draft.node("组织", "区委", f"{place}委", place=place)
    draft.relate(government, "隶属", city.government)
    draft.relate(city.committee, "领导", committee, dimension="党务")
    draft.relate(committee, "领导", government, dimension="党务")
    draft.relate(city.government, "考核", government)
    draft.relate(city.government, "拨款", government)
    group = draft.node("组织", "领导小组", f"{place}基层治理领导小组", level="区县", place=place)
    draft.relate(government, "领导", group, dimension="日常")
    district = District(place, government, committee, {}, group)
    for name in city.some(DEPARTMENTS, 7, 11):
        district.departments[name] = _department(city, district, name)
    _merge(city, district)
    city.districts.append(district)
    return district


def _department(city: City, district: District, name: str) -> str:
    draft = city.draft
    body = draft.node("组织", "职能部门", f"{district.place}{name}", level="区县", place=district.place)
    draft.relate(body, "隶属", district.government)
    draft.relate(body, "成员", district.group)
    draft.relate(district.government, "考核", body)
    above = city.departments[name]
    if city.chance(0.5):
        draft.relate(above, "指导", body)
    elif city.chance(0.5):  # 双重领导, ranked
        draft.relate(above, "领导", body, dimension="业务", role="主")
        draft.relate(district.government, "领导", body, dimension="业务", role="辅")
    else:  # 垂直管理 in one dimension only
        draft.relate(above, "领导", body, dimension="人事")
    if city.chance(0.2):  # a second name for the same people
        sign = draft.node("组织", "职能部门", f"{district.place}{name}综合科", level="区县", place=district.place)
        draft.relate(body, "挂牌", sign)
    return body


def _merge(city: City, district: District) -> None:
    draft = city.draft
    before = tuple(
        draft.node("组织", "职能部门", f"{district.place}{name}", level="区县", place=district.place, status="终止")
        for name in ("文化局", "旅游局")
    )
    after = draft.node("组织", "职能部门", f"{district.place}文旅体局", level="区县", place=district.place)
    draft.relate(after, "隶属", district.government)
    draft.relate(district.government, "考核", after)
    for body in before:
        draft.relate(body, "合并为", after)
        draft.relate(district.government, "考核", body, status="终止")
    district.merged = (before[0], before[1], after)


def add_street(city: City, district: District) -> Street:
    """Add a subdistrict or township with offices, agencies on its ground, communities and a standing meeting."""
    draft, dice = city.draft, city.dice
    kind, party = dice.choice((("街道", "街道党工委"), ("乡镇", "镇街党委")))
    place = city.names.place("街道" if kind == "街道" else "镇")
    code = f"32{len(city.districts):04}{len(city.streets):03}"
    office = draft.node("组织", kind, f"{place}办事处" if kind == "街道" else f"{place}政府", place=place, code=code)
    committee = draft.node("组织", party, f"{place}党工委" if kind == "街道" else f"{place}党委", place=place)
    meeting = draft.node("组织", "协调机构", f"{place}联席会议", level="镇街", place=place)
    draft.relate(district.government, "派出机构", office)
    draft.relate(district.committee, "领导", committee, dimension="党务")
    draft.relate(committee, "领导", office, dimension="党务")
    draft.relate(office, "领导", meeting, dimension="日常")
    draft.relate(office, "成员", meeting)
    draft.relate(district.government, "拨款", office)
    street = Street(place, office, committee, district, meeting)
    for name in city.some(OFFICES, 6, 8):
        body = draft.node("组织", "内设机构", f"{place}{name}", level="镇街", place=place)
        draft.relate(body, "隶属", office)
        draft.relate(meeting, "协调", body)
        street.offices.append(body)
    _agencies(city, street)
    _communities(city, street)
    _share(city, street)
    city.streets.append(street)
    return street


def _agencies(city: City, street: Street) -> None:
    """A department dispatches them, for work and people; the subdistrict runs them; both score them, as one."""
    draft, district = city.draft, street.district
    ready = [name for name in AGENCIES if name in district.departments]
    for name in city.some(ready, 2, 5):
        parent = district.departments[name]
        agency = draft.node("组织", "派出机构", f"{street.place}{AGENCIES[name]}", level="镇街", place=district.place)
        draft.relate(parent, "派出机构", agency, dimension="业务")
        draft.relate(parent, "领导", agency, dimension="人事")
        draft.relate(street.office, "管理", agency, dimension="日常")
        for evaluator in (parent, street.office):
            draft.relate(evaluator, "考核", agency, joint=f"{street.place}联合考核")
        draft.relate(agency, "成员", street.meeting)
        street.agencies[agency] = parent


def _communities(city: City, street: Street) -> None:
    draft = city.draft
    for _ in range(city.dice.randint(2, 4)):
        kind = city.dice.choice(("社区", "村"))
        place = city.names.place(kind)
        community = draft.node("组织", kind, place if kind == "村" else f"{place}居委会", place=place)
        draft.relate(community, "隶属", street.office)
        draft.relate(street.office, "考核", community)
        draft.relate(street.office, "拨款", community)
        # through the ordinary treasury: the body in between is the payee's own superior
        draft.relate(street.district.government, "拨款", street.office, beneficiary=community)
        street.communities.append(community)


def _share(city: City, street: Street) -> None:
    """Let the zone share the subdistrict with the district in one of the ways that settle it."""
    draft, district, office = city.draft, street.district.government, street.office
    ways = SHARED if city.streets else [way for way in SHARED if way != "settled"]  # some place is always open
    how = street.with_zone = city.dice.choice(ways)
    paper = draft.node("文件", "文件", f"关于{street.place}管理体制的意见")
    draft.relate(city.government, "制定", paper)
    if how == "no":
        draft.relate(district, "考核", office)
        return
    settled = {
        "dimensions": ({"basis": paper}, {"basis": paper}),
        "settled": ({"basis": paper}, {"basis": paper}),
        "ranked": ({"role": "主"}, {"role": "辅"}),
        "joint": ({"joint": "区区共管"}, {"joint": "区区共管"}),
        "paper": ({"basis": paper}, {"basis": paper}),
    }
    first, second = settled[how]
    draft.relate(city.zone, "管理", office, dimension="日常", **first)
    if how in ("ranked", "joint", "paper"):
        draft.relate(district, "管理", office, dimension="日常", **second)
    draft.relate(city.zone, "考核", office, **first)
    draft.relate(district, "考核", office, **second)
    if how == "settled":  # the channels that stayed were left there by the same paper
        draft.relate(city.zone, "管理", office, dimension="人事", status="缺失")
        draft.relate(district, "领导", office, dimension="人事", basis=paper)
