"""Each step of docs/encoding.md: what it changes, and when it is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from govgraph.errors import ReformError
from govgraph.model.case import Change, Reform, Text
from govgraph.read.reforms import STEPS
from govgraph.reform.draft import AlreadySoError
from govgraph.reform.steps import APPLY, apply_change, apply_reform, apply_reforms
from tests.reform.arrangement import differences, step

if TYPE_CHECKING:
    from govgraph.model.case import Case

EFFECTS: dict[str, tuple[Change, list[str], list[str], list[str]]] = {
    "add puts a relation in force": (
        step("add", from_="民政局", type="配合", to="油烟"),
        [],
        ["民政局-配合->油烟"],
        [],
    ),
    "add lets a blocked relation give way": (
        step("add", from_="园区", type="管理", to="街道", dimension="经费"),
        ["园区-管理->街道[经费] 受阻"],
        ["园区-管理->街道[经费]"],
        [],
    ),
    "add makes a partial relation whole": (
        step("add", from_="街", type="持有", to="环卫经费"),
        ["街道-持有->环卫经费[部分]"],
        ["街道-持有->环卫经费"],
        [],
    ),
    "add brings a missing end into force": (
        step("add", from_="清单", type="规定", to="油烟"),
        [],
        ["清单-规定->油烟"],
        ["清单 现行"],
    ),
    "add takes lists, and texts become what the vocabulary declares": (
        step("add", from_="区", type="拨款", to=["街道", "园区"], amount="12.5"),
        [],
        ["区-拨款->园区[经费,12.5]", "区-拨款->街道[经费,12.5]"],
        [],
    ),
    "end ends one dimension": (
        step("end", from_="区", type="管理", to="街道", dimension="人事"),
        ["区-管理->街道[人事]"],
        ["区-管理->街道[人事] 终止"],
        [],
    ),
    "create makes a node": (
        step("create", family="组织", name="新局", kind="职能部门", place="区"),
        [],
        [],
        ["新局 现行"],
    ),
    "create brings a planned node into force": (
        step("create", family="组织", name="拟设小组", kind="领导小组"),
        [],
        [],
        ["拟设小组 现行"],
    ),
    "dissolve ends a node with its relations": (
        step("dissolve", what="民政局"),
        ["民政局-配合->环卫"],
        ["民政局-配合->环卫 终止"],
        ["民政局 终止"],
    ),
    "move gives a duty another lead, and its handover is done": (
        step("move", what="油烟", type="主责", from_="街道", to="园区"),
        ["油烟-应移交->园区[部分]", "街道-主责->油烟"],
        ["园区-主责->油烟", "油烟-应移交->园区[全部]", "街道-主责->油烟 终止"],
        [],
    ),
    "move works from either end": (
        step("move", what="街道", type="管理", from_="区", to="园区", dimension="人事"),
        ["区-管理->街道[人事]"],
        ["区-管理->街道[人事] 终止", "园区-管理->街道[人事]"],
        [],
    ),
    "merge passes relations on and records succession": (
        step("merge", bodies=["城管局", "民政局"], into="城市局"),
        [
            "城管局-主责->环卫[不清]",
            "城管局-协调->街道[油烟] 缺失",
            "城管局-审批->处罚",
            "执法队员-隶属->城管局[行政]",
            "民政局-配合->环卫",
        ],
        [
            "城市局-主责->环卫[不清]",
            "城市局-协调->街道[油烟] 缺失",
            "城市局-审批->处罚",
            "城市局-配合->环卫",
            "城管局-合并为->城市局",
            "执法队员-隶属->城市局[行政]",
            "民政局-合并为->城市局",
        ],
        ["城市局 现行", "城管局 终止", "民政局 终止"],
    ),
    "split passes the duties named, copies superiors and ends the rest": (
        step("split", body="街道", into=["东街", "西街"], takes={"东街": ["环卫"]}),
        [
            "区-管理->街道[人事]",
            "区-管理->街道[日常]",
            "区-考核->街道[考核]",
            "区-不认可->街道",
            "园区-管理->街道[经费] 受阻",
            "园区-考核->街道[考核]",
            "城管局-协调->街道[油烟] 缺失",
            "处罚-应移交->街道 受阻",
            "执法队员-应移交->街道 受阻",
            "街道-主责->油烟",
            "街道-主责->环卫",
            "街道-持有->环卫人手 缺失",
            "街道-持有->环卫经费[部分]",
        ],
        [
            "东街-主责->环卫",
            "区-管理->东街[人事]",
            "区-管理->东街[日常]",
            "区-管理->西街[人事]",
            "区-管理->西街[日常]",
            "区-管理->街道[人事] 终止",
            "区-管理->街道[日常] 终止",
            "区-考核->街道[考核] 终止",
            "区-不认可->街道 终止",
            "园区-管理->街道[经费] 终止",
            "园区-考核->街道[考核] 终止",
            "城管局-协调->街道[油烟] 终止",
            "处罚-应移交->街道 终止",
            "执法队员-应移交->街道 终止",
            "街道-主责->油烟 终止",
            "街道-主责->环卫 终止",
            "街道-持有->环卫人手 终止",
            "街道-持有->环卫经费[部分] 终止",
            "街道-分设为->东街",
            "街道-分设为->西街",
        ],
        ["东街 现行", "街道 终止", "西街 现行"],
    ),
    "clarify makes the division clear but names no lead": (
        step("clarify", what="环卫"),
        ["城管局-主责->环卫[不清]"],
        ["城管局-主责->环卫[明确]"],
        ["环卫 现行 明确"],
    ),
    "clarify with a lead leaves one lead, and the basis comes into force": (
        step("clarify", what="环卫", lead="街道", basis="清单"),
        ["城管局-主责->环卫[不清]"],
        ["城管局-主责->环卫[明确] 终止", "清单-规定->环卫"],
        ["清单 现行", "环卫 现行 明确"],
    ),
    "clarify takes a relation too": (
        step("clarify", from_="城管局", type="主责", to="环卫", basis="清单"),
        ["城管局-主责->环卫[不清]"],
        ["城管局-主责->环卫[明确,清单]"],
        ["清单 现行"],
    ),
    "grant moves a power, and its handover is done": (
        step("grant", from_="城管局", to="街道", what="处罚"),
        ["城管局-审批->处罚", "处罚-应移交->街道 受阻"],
        [
            "城管局-审批->处罚 终止",
            "城管局-授权->街道[处罚]",
            "处罚-应移交->街道[全部]",
            "街道-审批->处罚",
        ],
        [],
    ),
    "grant in part leaves the giver its power and the handover undone": (
        step("grant", from_="城管局", to="街道", what="处罚", extent="部分"),
        [],
        ["城管局-授权->街道[处罚,部分]", "街道-审批->处罚[部分]"],
        [],
    ),
    "grant moves people": (
        step("grant", from_="城管局", to="街道", what="执法队员"),
        ["执法队员-应移交->街道 受阻", "执法队员-隶属->城管局[行政]"],
        [
            "执法队员-划转->街道",
            "执法队员-应移交->街道[全部]",
            "执法队员-隶属->城管局[行政] 终止",
            "执法队员-隶属->街道[行政]",
        ],
        [],
    ),
    "fund pays for a duty and ends its leads' lack of money": (
        step("fund", what="环卫", by="区"),
        ["街道-持有->环卫经费[部分]"],
        ["区-出资->环卫", "城管局-持有->环卫经费", "街道-持有->环卫经费"],
        [],
    ),
    "fund with too little money leaves the lack": (
        step("fund", what="环卫", by="区", amount="10"),
        [],
        ["区-出资->环卫[10.0]", "城管局-持有->环卫经费[部分]"],
        [],
    ),
    "fund gives a body an allocation": (
        step("fund", what="街道", by="区", amount="200"),
        ["街道-持有->环卫经费[部分]"],
        ["区-拨款->街道[经费,200.0]", "街道-持有->环卫经费"],
        [],
    ),
    "staff ends the lack of people": (
        step("staff", what="环卫", by="区"),
        ["街道-持有->环卫人手 缺失"],
        ["区-提供->环卫人手", "城管局-持有->环卫人手", "街道-持有->环卫人手"],
        [],
    ),
    "staff with too few people leaves the lack": (
        step("staff", what="街道", number="3"),
        ["街道-持有->环卫人手 缺失"],
        ["街道-持有->环卫人手[部分]"],
        [],
    ),
    "staff fills a post": (
        step("staff", what="主任", number="1"),
        [],
        ["主任增配人员-任职->主任"],
        ["主任增配人员 现行"],
    ),
    "equip gives the lead of a duty a resource": (
        step("equip", what="油烟", with_="甲系统", by="区"),
        [],
        ["区-提供->甲系统", "油烟-需要->甲系统", "街道-持有->甲系统"],
        [],
    ),
    "connect lets systems interface": (
        step("connect", systems=["乙系统", "甲系统"]),
        ["甲系统-对接->乙系统 受阻"],
        ["甲系统-对接->乙系统"],
        [],
    ),
    "coordinate founds a mechanism; what is missing on the same matter gives way": (
        step("coordinate", bodies=["城管局", "街道"], mechanism="联席会议", about="油烟"),
        ["城管局-协调->街道[油烟] 缺失"],
        ["城管局-协调->街道[油烟]", "城管局-成员->联席会议", "联席会议-协调->油烟", "街道-成员->联席会议"],
        ["联席会议 现行"],
    ),
    "coordinate on another matter leaves what is missing": (
        step("coordinate", bodies=["城管局", "街道"], mechanism="联席会议", about="环卫"),
        [],
        ["城管局-成员->联席会议", "联席会议-协调->环卫", "街道-成员->联席会议"],
        ["联席会议 现行"],
    ),
    "coordinate without a mechanism relates the bodies directly": (
        step("coordinate", bodies=["区", "园区"]),
        [],
        ["区-协调->园区"],
        [],
    ),
    "recognise ends the refusal, and what was blocked comes into force": (
        step("recognise", by="区", what="街道"),
        ["区-不认可->街道", "园区-管理->街道[经费] 受阻"],
        ["区-不认可->街道 终止", "园区-管理->街道[经费]"],
        [],
    ),
    "evaluate_jointly makes the evaluators one": (
        step("evaluate_jointly", by=["区", "园区"], what="街道"),
        ["区-考核->街道[考核]", "园区-考核->街道[考核]"],
        ["区-考核->街道[考核,联合考核：街道]", "园区-考核->街道[考核,联合考核：街道]"],
        [],
    ),
}


@pytest.mark.parametrize("name", EFFECTS)
def test_a_step_changes_the_arrangement_as_its_table_says(small: Case, name: str) -> None:
    """Relations that go, relations that come, nodes that change: these and no others."""
    change, gone, come, nodes = EFFECTS[name]
    assert differences(small, apply_change(small, change)) == (sorted(gone), sorted(come), sorted(nodes))


REFUSALS: dict[str, tuple[Change, str]] = {
    "no such body": (step("dissolve", what="城管居"), "no node is called '城管居'. Did you mean '城管局'"),
    "already so": (step("add", from_="街道", type="主责", to="油烟"), "already so"),
    "already recognised": (step("recognise", by="园区", what="街道"), "not said to refuse '街道' recognition"),
    "the wrong way round": (step("end", from_="街道", type="管理", to="区"), "runs the other way"),
    "has ended": (step("end", from_="旧办", type="配合", to="油烟"), "has ended already"),
    "nothing to move": (step("move", what="油烟", type="主责", from_="区", to="园区"), "there is no 主责"),
    "an ended body": (step("add", from_="旧办", type="配合", to="环卫"), "'旧办' has ended"),
    "a wrong end": (step("add", from_="环卫", type="主责", to="街道"), "主责 cannot begin at '环卫', a 事项"),
    "a wrong property": (step("add", from_="区", type="拨款", to="街道", amount="多"), "'多' is not a number"),
    "an unknown property": (step("add", from_="区", type="拨款", to="街道", mount="1"), "Did you mean 'amount'"),
    "an unknown type": (step("end", from_="区", type="管里", to="街道"), "unknown relation type '管里'"),
    "an unknown kind": (step("create", family="组织", name="甲", kind="职责"), "'职责' is no kind of 组织"),
    "a name of another family": (step("create", family="组织", name="环卫", kind="街道"), "there already, as a 事项"),
    "no lead to equip": (step("equip", what="无主事", with_="甲系统"), "nobody leads '无主事'"),
    "no lead to staff": (step("staff", what="无主事"), "nobody leads '无主事'"),
    "one evaluator": (step("evaluate_jointly", by="区", what="街道"), "fewer than two evaluators"),
    "one system": (step("connect", systems="甲系统"), "fewer than two systems"),
    "one body": (step("coordinate", bodies="区"), "fewer than two bodies"),
    "a duty as mechanism": (step("coordinate", bodies=["区", "园区"], mechanism="环卫"), "'环卫' is a 事项"),
    "a duty that the body does not have": (
        step("split", body="街道", into=["街道", "西街"], takes={"西街": ["处罚"]}),
        "'街道' has no part in '处罚'",
    ),
    "merged already": (step("merge", bodies=["旧办", "区"], into="区"), "'旧办' has ended already"),
    "an absent status": (step("add", from_="区", type="拨款", to="街道", status="计划"), "leave out its status"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_step_that_does_not_apply_says_where_and_why(small: Case, name: str) -> None:
    """The message names file and line, reform and step, and the reason."""
    change, why = REFUSALS[name]
    with pytest.raises(ReformError, match=re.escape(why)) as refused:
        apply_change(small, change, "reform '试', step 2")
    assert str(refused.value).startswith(f"小城.yaml:99: reform '试', step 2 ({change.do}): ")


@pytest.mark.parametrize("name", EFFECTS)
def test_a_step_done_twice_is_refused_the_second_time(small: Case, name: str) -> None:
    """No step applies to an arrangement in which it has been carried out."""
    change = EFFECTS[name][0]
    once = apply_change(small, change)
    with pytest.raises(ReformError):
        apply_change(once, change)


def test_every_declared_step_can_be_applied() -> None:
    """The reader and the simulator know the same steps, and each of them is tried above."""
    assert set(APPLY) == set(STEPS)
    assert {change.do for change, *_ in EFFECTS.values()} == set(STEPS)


def test_applying_a_reform_leaves_the_case_as_it_was(small: Case) -> None:
    """The data itself is untouched."""
    before = (small.nodes, small.relations)
    changes = tuple(change for change, *_ in list(EFFECTS.values())[:3])
    after = apply_reform(small, Reform("试", Text("试", "try"), changes))
    assert (small.nodes, small.relations) == before
    assert after.relations != small.relations


def test_a_reform_may_ask_for_what_an_earlier_one_has_done(small: Case) -> None:
    """Of two reforms with one step, the second changes nothing and is no mistake; twice what was so before is one."""
    change = step("add", from_="民政局", type="配合", to="油烟")
    reforms = [Reform(name, Text(name, name), (change,)) for name in ("甲", "乙")]
    applied = apply_reforms(small, reforms)
    assert [len(done.touched) for done in applied.steps] == [1, 0]
    already = step("add", from_="街道", type="主责", to="油烟")
    with pytest.raises(AlreadySoError):
        apply_reforms(small, [reforms[0], Reform("丙", Text("丙", "丙"), (already,))])


def test_a_node_that_another_reform_makes_is_named_in_the_refusal(small: Case) -> None:
    """Who simulates a reform alone that rests on another is told which one."""
    maker = Reform("先", Text("先", "first"), (step("create", family="组织", name="新局", kind="职能部门"),))
    case = type(small)(small.meta, small.sources, small.nodes, small.relations, (maker,))
    with pytest.raises(ReformError, match="The reform '先' makes it"):
        apply_change(case, step("add", from_="新局", type="主责", to="无主事"))


def test_a_refusal_of_others_keeps_their_relations_blocked(small: Case) -> None:
    """While 园区 does not recognise 街道, 区 alone cannot bring the relation with 园区 into force."""
    refused = apply_change(small, step("add", from_="园区", type="不认可", to="街道"))
    after = apply_change(refused, step("recognise", by="区", what="街道"))
    blocked = [relation for relation in after.relations if relation.status == "受阻" and relation.type == "管理"]
    assert [relation.id for relation in blocked] == ["小城/园区-管理->街道[经费]"]
