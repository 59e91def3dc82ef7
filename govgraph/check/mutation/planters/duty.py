"""Defects of the duties themselves: who leads, with which powers, handed over, delegated or imposed how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.defect import Defect
from govgraph.model.case import Text

if TYPE_CHECKING:
    from govgraph.check.mutation.city import City, Work


def _leads(city: City, work: Work) -> None:
    city.draft.drop(city.draft.incoming(work.duty, "主责"))


def _support(city: City, work: Work) -> None:
    """See to it that somebody supports the duty."""
    if not city.draft.incoming(work.duty, "配合"):
        city.draft.relate(work.street.office, "配合", work.duty)


def _second_lead(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        parent = work.street.agencies.get(work.lead)
        others = [name for name in city.departments_of(work.street) if name != parent]
        city.draft.relate(city.dice.choice(others), "主责", work.duty)
    return [work.duty for work in chosen]


def _no_longer_joint(city: City, count: int) -> list[str]:
    chosen = city.working("joint", count)
    for work in chosen:
        for relation in city.draft.incoming(work.duty, "主责"):
            city.draft.change(relation.id, joint=None)
    return [work.duty for work in chosen]


def _lead_ended(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        city.draft.change(work.duty, complete=None)
        for relation in city.draft.incoming(work.duty, "主责"):
            city.draft.change(relation.id, status="终止")
    return [work.duty for work in chosen]


def _lead_dissolved(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        _leads(city, work)
        city.draft.change(work.duty, complete=None)
        name = f"{work.street.place}专项办公室"
        office = city.draft.node("组织", "内设机构", name, level="镇街", place=work.street.place, status="终止")
        city.draft.relate(office, "主责", work.duty)
    return [work.duty for work in chosen]


def _nobody(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        city.draft.drop(city.draft.incoming(work.duty, "主责", "配合"))
        city.draft.change(work.duty, complete=("主责",))
    return [work.duty for work in chosen]


def _only_support_known(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        _leads(city, work)
        _support(city, work)
        city.draft.change(work.duty, complete=None)
    return [work.duty for work in chosen]


def _vague(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        city.draft.change(work.duty, clarity=city.dice.choice(("不清", "争议")))
    return [work.duty for work in chosen]


def _disputed(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        city.draft.change(work.duty, clarity=None)
        for relation in city.draft.incoming(work.duty, "主责"):
            city.draft.change(relation.id, clarity="争议")
    return [work.duty for work in chosen]


def _all_support(city: City, count: int) -> list[str]:
    chosen = city.working("plain", count)
    for work in chosen:
        _leads(city, work)
        _support(city, work)
        city.draft.change(work.duty, complete=("主责",), clarity=None)
    return [work.duty for work in chosen]


def _power_partial(city: City, count: int) -> list[str]:
    return _power(city, count, extent="部分")


def _power_absent(city: City, count: int) -> list[str]:
    return _power(city, count, status="缺失")


def _power(city: City, count: int, **change: str) -> list[str]:
    chosen = city.working("power", count)
    for work in chosen:
        for relation in city.draft.incoming(work.parts["resource"], "持有"):
            city.draft.change(relation.id, **change)
    return [work.duty for work in chosen]


def _power_unknown(city: City, count: int) -> list[str]:
    chosen = city.working("power", count)
    for work in chosen:
        city.draft.drop(city.draft.incoming(work.parts["resource"], "持有"))
    return [work.duty for work in chosen]


def _not_delegated(city: City, count: int) -> list[str]:
    chosen = city.working("delegated", count)
    for work in chosen:
        for relation in city.draft.incoming(work.lead, "授权"):
            if relation.properties["about"] == work.duty:
                city.draft.change(relation.id, status="受阻")
    return [work.duty for work in chosen]


def _unsupervised(city: City, count: int) -> list[str]:
    chosen = city.working("delegated", count, lambda work: work.parts["giver"])
    for work in chosen:
        city.draft.change(work.parts["supervision"], status="缺失")
    return [work.parts["giver"] for work in chosen]


def _unevaluated(city: City, count: int) -> list[str]:
    chosen = city.working("delegated", count, lambda work: work.parts["giver"])
    for work in chosen:
        city.draft.change(work.parts["evaluation"], status="缺失")
    return [work.parts["giver"] for work in chosen]


def _supervision_unknown(city: City, count: int) -> list[str]:
    chosen = city.working("entrusted", count, lambda work: work.parts["giver"])
    for work in chosen:
        city.draft.drop([city.draft.relations[work.parts["supervision"]]])
    return [work.parts["giver"] for work in chosen]


def _kept_back(city: City, count: int) -> list[str]:
    chosen = city.working("transferred", count, lambda work: work.lead)
    for work in chosen:
        _leads(city, work)
        city.draft.change(work.parts["transfer"], status="受阻", extent=None)
        city.draft.relate(work.parts["keeper"], "主责", work.duty, key="仍由原单位")
    return [work.lead for work in chosen]


def _moved_in_part(city: City, count: int) -> list[str]:
    chosen = city.working("transferred", count, lambda work: work.lead)
    for work in chosen:
        city.draft.change(work.parts["transfer"], extent="部分")
    return [work.lead for work in chosen]


def _moved_or_not(city: City, count: int) -> list[str]:
    chosen = city.working("transferred", count, lambda work: work.lead)
    for work in chosen:
        _leads(city, work)
        city.draft.change(work.parts["transfer"], extent=None)
        city.draft.relate(work.parts["keeper"], "主责", work.duty, key="仍由原单位")
    return [work.lead for work in chosen]


def _imposed(city: City, count: int, *, admission: str | None, money: bool) -> list[str]:
    chosen = city.working("imposed", count)
    for work in chosen:
        if admission is None:
            city.draft.drop([city.draft.relations[work.parts["admission"]]])
        else:
            city.draft.change(work.parts["admission"], status=admission)
        if not money:
            city.draft.drop([city.draft.relations[work.parts["money"]]])
    return [work.duty for work in chosen]


def _unadmitted(city: City, count: int) -> list[str]:
    return _imposed(city, count, admission=None, money=False)


def _admission_blocked(city: City, count: int) -> list[str]:
    return _imposed(city, count, admission="受阻", money=False)


def _admission_unknown(city: City, count: int) -> list[str]:
    return _imposed(city, count, admission=None, money=True)


def _money_unknown(city: City, count: int) -> list[str]:
    return _imposed(city, count, admission="现行", money=False)


def _admission_dead(city: City, count: int) -> list[str]:
    chosen = city.working("admitted", count)
    for work in chosen:
        city.draft.change(work.parts["admission"], status="缺失")
    return [work.duty for work in chosen]


DEFECTS = (
    Defect("duty/doubly-owned", Text("部门与街道各自主责", "a department leads beside the subdistrict"), _second_lead),
    Defect("duty/doubly-owned", Text("几个部门各自主责", "several departments lead apart"), _no_longer_joint),
    Defect("duty/ownerless", Text("原主责终止", "the lead has ended"), _lead_ended),
    Defect("duty/ownerless", Text("主责单位撤销", "the lead was dissolved"), _lead_dissolved),
    Defect("duty/ownerless", Text("写明无人负责", "stated that nobody is responsible"), _nobody),
    Defect(
        "duty/ownerless", Text("只知配合，主责不明", "support known, lead unknown"), _only_support_known, "undetermined"
    ),
    Defect("duty/unclear", Text("划分不清或有争议", "unclear or disputed"), _vague),
    Defect("duty/unclear", Text("主责有争议", "the lead is disputed"), _disputed),
    Defect("duty/unclear", Text("只有配合没有主责", "all support and no lead"), _all_support),
    Defect("duty/authority-gap", Text("权限不完整", "a part of the power"), _power_partial),
    Defect("duty/authority-gap", Text("没有权限", "no power"), _power_absent),
    Defect("duty/authority-gap", Text("授权受阻", "the delegation is blocked"), _not_delegated),
    Defect(
        "duty/authority-gap", Text("权限归谁不明", "who holds the power is unknown"), _power_unknown, "undetermined"
    ),
    Defect("duty/unsupervised-delegation", Text("写明没有监督", "stated to be unsupervised"), _unsupervised),
    Defect("duty/unsupervised-delegation", Text("放权未列入考核", "the giver is not evaluated on it"), _unevaluated),
    Defect(
        "duty/unsupervised-delegation",
        Text("由谁监督不明", "who supervises is unknown"),
        _supervision_unknown,
        "undetermined",
    ),
    Defect("duty/incomplete-transfer", Text("没有移交", "not handed over"), _kept_back),
    Defect("duty/incomplete-transfer", Text("只移交一部分", "handed over in part"), _moved_in_part),
    Defect(
        "duty/incomplete-transfer",
        Text("移交与否不明", "whether handed over is unknown"),
        _moved_or_not,
        "undetermined",
    ),
    Defect("duty/imposed", Text("未准入也无经费", "neither admitted nor paid"), _unadmitted),
    Defect("duty/imposed", Text("准入受阻也无经费", "admission blocked, not paid"), _admission_blocked),
    Defect("duty/imposed", Text("准入没有落实", "admission not carried out"), _admission_dead),
    Defect("duty/imposed", Text("是否准入不明", "whether admitted is unknown"), _admission_unknown, "undetermined"),
    Defect(
        "duty/imposed", Text("经费是否随事转不明", "whether money follows is unknown"), _money_unknown, "undetermined"
    ),
)
