"""Posts with their holders, people who hold two posts lawfully, and seconded staff whose sides are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.check.mutation.city import Seconded

if TYPE_CHECKING:
    from govgraph.check.mutation.city import City, Street


def add_posts(city: City) -> None:
    """Give each subdistrict, department and agency a head in office."""
    for district in city.districts:
        for department in district.departments.values():
            appoint(city, department, "局长", "区县")
    for street in city.streets:
        head = appoint(city, street.committee, "书记", "镇街")
        for title in ("主任", "副主任", "城建助理", "安监专员"):
            post, _ = appoint(city, street.office, title, "镇街")
            street.posts.append(post)
        # within one place; and, across two lines, by a paper that approves it
        city.draft.relate(head[1], "兼任", city.draft.node("岗位", "领导岗位", f"{street.place}武装部长", level="镇街"))
        for agency, department in street.agencies.items():
            _send_down(city, agency, department)
    _across(city)


def appoint(city: City, body: str, title: str, level: str) -> tuple[str, str]:
    """Add a post of a body and its holder; return both."""
    draft = city.draft
    name = draft.nodes[body].name
    kind = "工作岗位" if title in ("城建助理", "安监专员") else "领导岗位"
    post = draft.node("岗位", kind, f"{name}{title}", level=level)
    person = draft.node("人员", "干部", f"{name}{title}人选", level=level)
    draft.relate(body, "设岗", post)
    draft.relate(person, "任职", post)
    draft.relate(person, "隶属", body, dimension="人事")
    return post, person


def _send_down(city: City, agency: str, department: str) -> None:
    """Let a deputy of the dispatching department head the agency: a superior that leads its subordinate is one line."""
    post, _ = appoint(city, agency, "所长", "镇街")
    if city.chance(0.3):
        _, deputy = appoint(city, department, "副局长", "区县")
        city.draft.relate(deputy, "兼任", post)


def _across(city: City) -> None:
    post, _ = appoint(city, city.zone, "副主任", "区县")
    paper = city.draft.node("文件", "文件", "关于交叉任职的批复")
    for street in city.streets:
        if street.with_zone != "no":
            _, person = appoint(city, street.office, "调研员", "镇街")
            city.draft.relate(person, "兼任", post, basis=paper)


def add_seconded(city: City) -> None:
    """Second groups of staff to each subdistrict: establishment and pay stay, daily work goes, evaluation is ranked."""
    for street in city.streets:
        for sender in city.some(city.departments_of(street), 3, 5):
            city.seconded.append(_second(city, street, sender))


def _second(city: City, street: Street, sender: str) -> Seconded:
    draft = city.draft
    name = draft.nodes[sender].name
    staff = draft.node("人员", "派驻人员", f"{name}派驻{street.place}人员", number=city.dice.randint(1, 6))
    paper = draft.node("文件", "文件", f"{name}派驻{street.place}人员管理办法")
    draft.relate(sender, "派驻", staff)
    draft.relate(staff, "隶属", sender, dimension="编制", basis=paper)
    draft.relate(staff, "隶属", sender, dimension="工资", basis=paper)
    draft.relate(street.office, "管理", staff, dimension="日常", basis=paper)
    draft.relate(street.office, "考核", staff, role="主", basis=paper)
    draft.relate(sender, "考核", staff, role="辅", basis=paper)
    return Seconded(staff, sender, street)
