"""Defects of money: scored and not paid, paid by way of a body that must approve again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.defect import Defect
from govgraph.model.case import Text

if TYPE_CHECKING:
    from govgraph.check.mutation.city import City


def _communities(city: City, count: int) -> list[tuple[str, str]]:
    """Draw communities with the government of their district."""
    every = [(name, street.district.government) for street in city.streets for name in street.communities]
    return city.take(every, count, lambda pair: pair[0])


def _unpaid_list(city: City, count: int) -> list[str]:
    chosen = city.take(city.streets, count, lambda street: street.office)
    for street in chosen:
        city.draft.drop(city.draft.incoming(street.office, "拨款"))
        city.draft.change(street.office, complete=("拨款",))
    return [street.office for street in chosen]


def _payment_absent(city: City, count: int) -> list[str]:
    chosen = _communities(city, count)
    for community, _ in chosen:
        for relation in city.draft.incoming(community, "拨款"):
            city.draft.change(relation.id, status="缺失")
    return [community for community, _ in chosen]


def _task_without_money(city: City, count: int) -> list[str]:
    chosen = city.working("money", count, lambda work: work.lead)
    for work in chosen:
        city.draft.drop(city.draft.incoming(work.duty, "出资"))
        for relation in city.draft.incoming(work.parts["resource"], "持有"):
            city.draft.change(relation.id, status="缺失")
        city.draft.relate(work.street.district.government, "考核", work.lead, about=work.duty)
    return [work.lead for work in chosen]


def _short_and_scored(city: City, count: int) -> list[str]:
    every = [agency for street in city.streets for agency in street.agencies]
    chosen = city.take(every, count, str)
    for agency in chosen:
        money = city.draft.node("资源", "资金", f"{city.draft.nodes[agency].name}工作经费")
        city.draft.relate(agency, "需要", money)
        city.draft.relate(agency, "持有", money, extent="部分")
    return chosen


def _detour(city: City, count: int, *, approved: bool) -> list[str]:
    chosen = _communities(city, count)
    for community, government in chosen:
        money = city.draft.node("资源", "资金", f"{city.draft.nodes[community].name}区级拨付资金")
        city.draft.relate(government, "拨款", city.zone, beneficiary=community, about=money)
        if approved:
            city.draft.relate(city.zone, "审批", money)
            city.draft.relate(city.zone, "拨款", community, about=money)
    return [community for community, _ in chosen]


def _approved_again(city: City, count: int) -> list[str]:
    return _detour(city, count, approved=True)


def _stops_on_the_way(city: City, count: int) -> list[str]:
    return _detour(city, count, approved=False)


SHORT = {
    "duty/unfunded": Text("钱没有到位，本身也是无钱办事", "money that is not there is also an unfunded duty or body")
}
DEFECTS = (
    Defect(
        "funding/evaluated-not-funded",
        Text("拨款来源已列全，其中没有考核方", "sources listed in full, no evaluator among them"),
        _unpaid_list,
    ),
    Defect(
        "funding/evaluated-not-funded",
        Text("考核方的拨款写明没有", "the evaluator's payment is stated absent"),
        _payment_absent,
    ),
    Defect(
        "funding/evaluated-not-funded",
        Text("所考核的事没有钱", "the duty evaluated has no money"),
        _task_without_money,
        causes=SHORT,
    ),
    Defect(
        "funding/evaluated-not-funded",
        Text("经费不足，考核方是否拨款不明", "short of money; whether the evaluator pays is unknown"),
        _short_and_scored,
        "undetermined",
        SHORT,
    ),
    Defect(
        "funding/payment-detour", Text("经他线审批再付", "approved and paid again by another line"), _approved_again
    ),
    Defect(
        "funding/payment-detour",
        Text("是否转付不明", "whether it is passed on is unknown"),
        _stops_on_the_way,
        "undetermined",
    ),
)
