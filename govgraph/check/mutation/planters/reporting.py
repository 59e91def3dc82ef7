"""Defects of lines of superiors: dual, split, refused, missing; of evaluation, of seconded staff, of double posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.defect import Defect
from govgraph.check.mutation.people import appoint
from govgraph.model.case import Text

if TYPE_CHECKING:
    from govgraph.check.mutation.city import City, Seconded, Street

UNKNOWN_BODY = "综合管理中心"


def _agencies(city: City, count: int) -> list[tuple[str, Street]]:
    every = [(agency, street) for street in city.streets for agency in street.agencies]
    return city.take(every, count, lambda pair: pair[0])


def _communities(city: City, count: int) -> list[str]:
    return [community for community, _ in _grounds(city, count)]


def _grounds(city: City, count: int) -> list[tuple[str, Street]]:
    """Draw communities with their subdistricts."""
    every = [(name, street) for street in city.streets for name in street.communities]
    return city.take(every, count, lambda pair: pair[0])


def _offices(city: City, count: int) -> list[str]:
    return city.take([name for street in city.streets for name in street.offices], count, str)


def _streets(city: City, count: int) -> list[Street]:
    return city.take(city.streets, count, lambda street: street.office)


def _unplaced(city: City) -> str:
    """Add a body of which nobody says to which place it belongs."""
    return city.draft.node("组织", "事业单位", UNKNOWN_BODY)


def _two_governments(city: City, count: int) -> list[str]:
    # where a paper keeps the zone out of a channel, new management by it would break that settlement too
    every = [street for street in city.streets if street.with_zone != "settled"]
    chosen = city.take(every, count, lambda street: street.office)
    for street in chosen:
        city.draft.relate(city.zone, "领导", street.office)
    return [street.office for street in chosen]


def _two_streets(city: City, count: int) -> list[str]:
    chosen = _agencies(city, count)
    for agency, street in chosen:
        other = city.dice.choice([s for s in city.streets if s is not street])
        city.draft.relate(other.office, "管理", agency)
    return [agency for agency, _ in chosen]


def _unplaced_boss(city: City, count: int) -> list[str]:
    chosen = _agencies(city, count)
    for agency, _ in chosen:
        city.draft.relate(_unplaced(city), "管理", agency)
    return [agency for agency, _ in chosen]


def _channel(city: City, count: int, dimension: str, status: str) -> list[str]:
    """The subdistrict runs the agency; a channel that was to follow did not."""
    chosen = _agencies(city, count)
    for agency, street in chosen:
        city.draft.relate(street.office, "管理", agency, dimension=dimension, status=status)
    return [agency for agency, _ in chosen]


def _channel_missing(city: City, count: int) -> list[str]:
    return _channel(city, count, "人事", "缺失")


def _channel_blocked(city: City, count: int) -> list[str]:
    return _channel(city, count, "人事", "受阻")


def _channel_lost(city: City, count: int) -> list[str]:
    return _channel(city, count, "统计", "缺失")


def _refused(city: City, count: int) -> list[str]:
    every = [body for district in city.districts for body in district.departments.values()]
    chosen = city.take(every, count, str)
    for body in chosen:
        city.draft.relate(city.dice.choice(list(city.departments.values())), "不认可", body)
    return chosen


def _stuck(city: City, count: int) -> list[str]:
    chosen = _streets(city, count)
    for street in chosen:
        city.draft.relate(city.zone, "管理", street.office, dimension="社会事务", status="受阻")
    return [street.office for street in chosen]


def _scored_twice(city: City, count: int) -> list[str]:
    chosen = _grounds(city, count)
    for community, street in chosen:
        other = city.dice.choice([s for s in city.streets if s is not street])
        city.draft.relate(other.office, "考核", community)
    return [community for community, _ in chosen]


def _scored_by_unplaced(city: City, count: int) -> list[str]:
    chosen = _communities(city, count)
    for community in chosen:
        city.draft.relate(_unplaced(city), "考核", community)
    return chosen


def _scored_as_before(city: City, count: int) -> list[str]:
    merged = [district.merged for district in city.districts if district.merged]
    chosen = city.take(merged, count, lambda bodies: bodies[2])
    for first, second, _ in chosen:
        for body in (first, second):
            city.draft.relate(city.dice.choice(list(city.departments.values())), "考核", body, dimension="业务")
    return [after for _, _, after in chosen]


def _inverted(city: City, count: int) -> list[str]:
    chosen = city.working("shared", count, lambda work: work.street.communities[0])
    for work in chosen:
        city.draft.relate(work.lead, "考核", work.street.communities[0], about=work.duty)
    return [work.street.communities[0] for work in chosen]


def _ring(city: City, count: int) -> list[str]:
    found = []
    for district in city.take(city.districts, count, lambda district: district.place):
        ring = city.some(list(district.departments.values()), 3, 4)
        for first, second in zip(ring, [*ring[1:], ring[0]], strict=True):
            city.draft.relate(first, "考核", second)
        found.append(min(ring))
    return found


def _seconded(city: City, count: int) -> list[Seconded]:
    return city.take(city.seconded, count, lambda item: item.staff)


def _unsettled(city: City, count: int) -> list[str]:
    chosen = _seconded(city, count)
    for item in chosen:
        for relation in city.draft.incoming(item.staff, "管理"):
            city.draft.change(relation.id, basis=None, clarity="不清")
    return [item.staff for item in chosen]


def _both_manage(city: City, count: int) -> list[str]:
    chosen = _seconded(city, count)
    for item in chosen:
        city.draft.relate(item.sender, "管理", item.staff)
    return [item.staff for item in chosen]


def _home_unknown(city: City, count: int) -> list[str]:
    chosen = _seconded(city, count)
    for item in chosen:
        city.draft.drop(city.draft.outgoing(item.staff, "隶属"))
        for relation in city.draft.incoming(item.staff, "管理"):
            city.draft.change(relation.id, basis=None)
    return [item.staff for item in chosen]


def _both_sides(city: City, count: int) -> list[str]:
    """A department's deputy also holds a post of the subdistrict that the department supervises."""
    found = []
    for street in _streets(city, count):
        department = city.dice.choice(city.departments_of(street))
        city.draft.relate(department, "监督", street.office)
        _, person = appoint(city, department, "四级调研员", "区县")
        city.draft.relate(person, "兼任", city.dice.choice(street.posts))
        found.append(person)
    return found


def _two_lines(city: City, count: int) -> list[str]:
    """Who evaluates a village head that also serves in the zone is not stated."""
    found = []
    for community in _communities(city, count):
        person = city.draft.node("人员", "干部", f"{city.draft.nodes[community].name}主任人选", level="村社")
        city.draft.relate(person, "任职", community)
        post, _ = appoint(city, city.zone, "专员", "区县")
        city.draft.relate(person, "兼任", post)
        found.append(person)
    return found


def _orphaned(city: City, count: int) -> list[str]:
    chosen = _offices(city, count)
    for office in chosen:
        city.draft.drop(city.draft.superiors(office))
        city.draft.change(office, complete=("隶属",))
    return chosen


def _stated_orphan(city: City, count: int) -> list[str]:
    chosen = _offices(city, count)
    for office in chosen:
        for relation in city.draft.superiors(office):
            city.draft.change(relation.id, status="缺失")
    return chosen


def _in_between(city: City, count: int) -> list[str]:
    chosen = _offices(city, count)
    for office in chosen:
        for relation in city.draft.superiors(office):
            city.draft.change(relation.id, status="终止")
        city.draft.relate(office, "隶属", city.zone, status="计划")
    return chosen


STUCK = {
    "reporting/unrecognized-transfer": Text(
        "没有划成的渠道，也要问是谁、因何不认可", "a channel that could not be moved also asks who refused it, and why"
    )
}
DEFECTS = (
    Defect(
        "reporting/dual-reporting", Text("两地政府管同一维度", "two governments hold one dimension"), _two_governments
    ),
    Defect("reporting/dual-reporting", Text("两个街道管同一个站所", "two subdistricts run one agency"), _two_streets),
    Defect(
        "reporting/dual-reporting",
        Text("管理者归属不明", "to which place a superior belongs is unknown"),
        _unplaced_boss,
        "undetermined",
    ),
    Defect("reporting/split-channels", Text("该划的人事写明没有划", "a channel is stated absent"), _channel_missing),
    Defect(
        "reporting/split-channels",
        Text("该划的人事划转受阻", "the transfer of a channel is blocked"),
        _channel_blocked,
        causes=STUCK,
    ),
    Defect(
        "reporting/split-channels",
        Text("没有划成的渠道现由谁掌握不明", "who holds the channel now is unknown"),
        _channel_lost,
        "undetermined",
    ),
    Defect("reporting/unrecognized-transfer", Text("上级不认可", "a superior body refuses it"), _refused),
    Defect(
        "reporting/unrecognized-transfer",
        Text("划转受阻，谁不认可不明", "blocked, by whom is unknown"),
        _stuck,
        "undetermined",
    ),
    Defect("reporting/divided-evaluation", Text("两条线各自考核", "two lines evaluate apart"), _scored_twice),
    Defect(
        "reporting/divided-evaluation",
        Text("合并后仍分开考核", "still evaluated as before the merger"),
        _scored_as_before,
    ),
    Defect(
        "reporting/divided-evaluation",
        Text("考核者归属不明", "to which place an evaluator belongs is unknown"),
        _scored_by_unplaced,
        "undetermined",
    ),
    Defect("reporting/evaluation-inversion", Text("牵头的考核配合的", "the lead scores who supports it"), _inverted),
    Defect("reporting/evaluation-inversion", Text("考核绕成一圈", "evaluation in a circle"), _ring),
    Defect("reporting/seconded-dual-management", Text("管理没有理顺", "management is not settled"), _unsettled),
    Defect("reporting/seconded-dual-management", Text("双方同管日常", "both sides run the daily work"), _both_manage),
    Defect(
        "reporting/seconded-dual-management",
        Text("编制、工资归谁不明", "who holds establishment and pay is unknown"),
        _home_unknown,
        "undetermined",
    ),
    Defect("reporting/concurrent-post", Text("在监督的两边任职", "posts on both sides of supervision"), _both_sides),
    Defect(
        "reporting/concurrent-post",
        Text("跨线兼任，由谁考核不明", "serves two lines, evaluated by nobody stated"),
        _two_lines,
        "undetermined",
    ),
    Defect("reporting/no-superior", Text("隶属已列全而为空", "superiors listed in full: none"), _orphaned),
    Defect("reporting/no-superior", Text("写明没有上级", "stated to have no superior"), _stated_orphan),
    Defect(
        "reporting/no-superior",
        Text("旧的终止，新的未到", "the old one ended, the new one not in force"),
        _in_between,
        "undetermined",
    ),
)
