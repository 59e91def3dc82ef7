"""Defects between bodies: no mechanism, matters sent round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.defect import Defect
from govgraph.model.case import Text

if TYPE_CHECKING:
    from govgraph.check.mutation.city import City


def _street_between(city: City, count: int) -> list[str]:
    """District and zone have no mechanism for a subdistrict that concerns both."""
    chosen = city.take(city.streets, count, lambda street: street.office)
    for street in chosen:
        city.draft.relate(street.district.government, "协调", city.zone, about=street.office, status="缺失")
    return [street.office for street in chosen]


def _no_meeting(city: City, count: int) -> list[str]:
    chosen = city.working("shared", count)
    for work in chosen:
        for relation in city.draft.incoming(work.duty, "协调"):
            city.draft.change(relation.id, status="缺失")
    return [work.duty for work in chosen]


def _neighbours(city: City, count: int) -> list[str]:
    chosen = city.take(city.streets, count, lambda street: street.communities[0])
    for street in chosen:
        city.draft.relate(street.communities[0], "协调", street.communities[1], status="缺失")
    return [street.communities[0] for street in chosen]


def _mechanism_unknown(city: City, count: int) -> list[str]:
    """Three lines on one duty, ranked leads, and not a word of how they meet."""
    every = [work for work in city.works if work.flavour == "plain" and work.lead in work.street.offices]
    chosen = city.take(every, count, lambda work: work.duty)
    for work in chosen:
        city.draft.drop(city.draft.incoming(work.duty, "配合"))
        for relation in city.draft.incoming(work.duty, "主责"):
            city.draft.change(relation.id, role="主")
        city.draft.relate(city.zone, "主责", work.duty, role="辅")
        city.draft.relate(work.street.communities[0], "配合", work.duty)
    return [work.duty for work in chosen]


def _circle(city: City, count: int) -> list[str]:
    found = []
    for work in city.working("plain", count):
        ring = city.some(work.street.offices, 2, 4)
        for first, second in zip(ring, [*ring[1:], ring[0]], strict=True):
            city.draft.relate(first, "转办", second, about=work.duty)
        found.append(min(ring))
    return found


def _circle_of_unknowns(city: City, count: int) -> list[str]:
    """Two departments refer something to each other; what, is not stated."""
    found = []
    for district in city.take(city.districts, count, lambda district: district.place):
        first, second = city.some(list(district.departments.values()), 2, 2)
        city.draft.relate(first, "转办", second)
        city.draft.relate(second, "转办", first)
        found.append(min(first, second))
    return found


def _hub(city: City, count: int) -> list[str]:
    """Two institutions reach everybody else only through one office, which leads what they share with departments."""
    found = []
    for street in city.take(city.streets, count, lambda street: street.office):
        draft, district = city.draft, street.district
        hub = draft.node("组织", "内设机构", f"{street.place}统筹科", level="镇街", place=street.place)
        draft.relate(hub, "隶属", street.office)
        names = (f"{street.place}{name}" for name in ("规划服务中心", "征收服务中心"))
        pair = [draft.node("组织", "事业单位", name, level="区县", place=district.place) for name in names]
        between = draft.node("事项", "职责", f"{street.place}地块测绘", level="镇街")
        draft.relate(pair[0], "主责", between)
        draft.relate(pair[1], "配合", between)
        for body, department, name in zip(
            pair, city.some(city.departments_of(street), 2, 2), ("征地", "安置"), strict=True
        ):
            duty = draft.node("事项", "任务", f"{street.place}{name}", level="镇街")
            draft.relate(hub, "主责", duty)
            draft.relate(body, "配合", duty)
            draft.relate(department, "配合", duty)
        found.append(hub)
    return found


DEFECTS = (
    Defect("coordination/bottleneck", Text("两批单位只经一家相通", "two groups meet only through one body"), _hub),
    Defect(
        "coordination/missing-mechanism",
        Text("共管一个街道而无机制", "a shared subdistrict without mechanism"),
        _street_between,
    ),
    Defect("coordination/missing-mechanism", Text("共担一事而无机制", "a shared duty without mechanism"), _no_meeting),
    Defect("coordination/missing-mechanism", Text("两家之间没有机制", "no mechanism between two"), _neighbours),
    Defect(
        "coordination/missing-mechanism",
        Text("多方共担，有无机制不明", "several lines, mechanism unknown"),
        _mechanism_unknown,
        "undetermined",
    ),
    Defect("coordination/referral-loop", Text("转来转去回到原点", "referred round to the first"), _circle),
    Defect(
        "coordination/referral-loop",
        Text("转的是不是一件事不明", "whether it is one matter is unknown"),
        _circle_of_unknowns,
        "undetermined",
    ),
)
