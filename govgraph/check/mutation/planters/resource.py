"""Defects of what a duty needs: money, people, posts, data and other means, systems that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.defect import Defect
from govgraph.model.case import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govgraph.check.mutation.city import City, Work


def _lead(work: Work) -> str:
    return work.lead


def _change_holding(flavour: str, **change: str) -> Callable[[City, int], list[str]]:
    """Return a planter that changes how the lead holds what its duty needs."""

    def plant(city: City, count: int) -> list[str]:
        chosen = city.working(flavour, count, _lead)
        for work in chosen:
            for relation in city.draft.incoming(work.parts["resource"], "持有"):
                city.draft.change(relation.id, **change)
        return [work.lead for work in chosen]

    return plant


def _not_provided(flavour: str) -> Callable[[City, int], list[str]]:
    """Return a planter that lets the provider of what is needed fail."""

    def plant(city: City, count: int) -> list[str]:
        def provider(work: Work) -> str:
            return city.draft.incoming(work.parts["resource"], "提供")[0].start

        chosen = [(work, provider(work)) for work in city.working(flavour, count, provider)]
        for work, _ in chosen:
            for relation in city.draft.incoming(work.parts["resource"], "提供"):
                city.draft.change(relation.id, status="缺失")
        return [body for _, body in chosen]

    return plant


def _unpaid(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        city.draft.change(work.duty, complete=("出资",))
    return [work.duty for work in chosen]


def _post_left(city: City, count: int) -> list[str]:
    chosen = city.working("posted", count, _lead)
    for work in chosen:
        for relation in city.draft.incoming(work.parts["post"], "任职"):
            city.draft.change(relation.id, status="终止")
    return [work.lead for work in chosen]


def _post_never_filled(city: City, count: int) -> list[str]:
    chosen = city.working("posted", count, _lead)
    for work in chosen:
        city.draft.drop(city.draft.incoming(work.parts["post"], "任职"))
        city.draft.change(work.parts["post"], status="缺失")
    return [work.lead for work in chosen]


def _cut_off(city: City, count: int) -> list[str]:
    chosen = city.working("systems", count)
    for work in chosen:
        city.draft.change(work.parts["link"], **city.dice.choice(({"status": "受阻"}, {"extent": "部分"})))
    return [work.parts["system1"] for work in chosen]


def _interface_unknown(city: City, count: int) -> list[str]:
    chosen = city.working("systems", count)
    for work in chosen:
        city.draft.drop([city.draft.relations[work.parts["link"]]])
    return [min(work.parts["system1"], work.parts["system2"]) for work in chosen]


def _holdings() -> Iterator[Defect]:
    for rule, held, provided, what in (
        ("duty/unfunded", "money", "granted", Text("资金", "money")),
        ("duty/unstaffed", "people", "lent", Text("人员", "people")),
        ("duty/unresourced", "data", "supplied", Text("要素", "means")),
    ):
        yield Defect(rule, Text(f"{what.zh}不足", f"{what.en} short"), _change_holding(held, extent="部分"))
        yield Defect(rule, Text(f"没有{what.zh}", f"no {what.en}"), _change_holding(held, status="缺失"))
        yield Defect(rule, Text(f"{what.zh}该给未给", f"{what.en} not provided"), _not_provided(provided))
        yield Defect(
            rule,
            Text(f"{what.zh}只是计划", f"{what.en} only planned"),
            _change_holding(held, status="计划"),
            "undetermined",
        )


DEFECTS = (
    *_holdings(),
    Defect("duty/unfunded", Text("写明无人出资", "stated that nobody pays"), _unpaid),
    Defect("duty/unstaffed", Text("岗位的人已离任", "the post's holder has left"), _post_left),
    Defect("duty/unstaffed", Text("岗位从未配人", "the post was never filled"), _post_never_filled),
    Defect("duty/incompatible-system", Text("系统对接不上", "systems do not interface"), _cut_off),
    Defect(
        "duty/incompatible-system",
        Text("是否对接不明", "whether they interface is unknown"),
        _interface_unknown,
        "undetermined",
    ),
)
