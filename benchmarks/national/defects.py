"""Planted defects: for each rule a plant, which breaks some townships and tells what the rule must find there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.national.arrangement import AGENCIES
from benchmarks.national.frames import node_id, nodes, relations
from benchmarks.national.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.national.division import Divisions

SEED = 20091
VILLAGES = 2  # a plant needs so many in its township
RATE = 100  # one township in so many is broken, a rule
VIOLATED, UNDETERMINED = "violated", "undetermined"


def plan_defects(divisions: Divisions, rate: int = RATE) -> Plan:
    """Return the plan: every plant gets townships of its own, drawn with a fixed seed."""
    villages = divisions.village.group_by(code=pl.col("code").str.head(9)).agg(
        pl.col("code").sort().head(VILLAGES).alias("villages")
    )
    frame = divisions.township.join(villages, on="code").filter(pl.col("villages").list.len() == VILLAGES).sort("code")
    frame = frame.with_columns(
        county=pl.col("code").str.head(6),
        partner=pl.col("code").shift(-1, fill_value=frame["code"][0]),
        first=pl.col("villages").list.get(0),
        second=pl.col("villages").list.get(1),
    )
    frame = frame[np.random.default_rng(SEED).permutation(frame.height)]
    number = max(1, frame.height // rate)
    plan = Plan()
    for place, plant in enumerate(PLANTS):
        plant(frame.slice(place * number, number), plan)
    return plan


def agency(number: int) -> pl.Expr:
    """Return the id of a township's agency."""
    return node_id(pl.col("code"), f"/派出{number:03}")


def duty(number: int) -> pl.Expr:
    """Return the id of a township's duty."""
    return node_id(pl.col("code"), f"/职责{number:03}")


def department(number: int) -> pl.Expr:
    """Return the id of a county department."""
    return node_id(pl.col("county"), f"/部门{number:03}")


TOWNSHIP = node_id(pl.col("code"))


def ids(frame: pl.DataFrame, expression: pl.Expr) -> pl.Series:
    """Return the ids that an expression gives."""
    return frame.select(id=expression)["id"]


def link(frame: pl.DataFrame, key: str, start: pl.Expr, end: pl.Expr, **columns: str | pl.Expr) -> pl.DataFrame:
    """Return new relations of some townships; a column may be an expression, such as the id in ``about``."""
    rows = relations(frame, f"新{key}", start, end)
    values = frame.select(
        pl.col("code").alias("code_"),
        *(
            pl.lit(value).alias(name) if isinstance(value, str) else value.alias(name)
            for name, value in columns.items()
        ),
    )
    return pl.concat([rows, values], how="horizontal")


def _missing_mechanism(frame: pl.DataFrame, plan: Plan) -> None:
    rows = link(frame, "协调", agency(0), agency(1), status="缺失", about=duty(3))
    plan.add("协调.组织.组织", rows)
    plan.expect("coordination/missing-mechanism", VIOLATED, ids(frame, duty(3)))


def _referral_loop(frame: pl.DataFrame, plan: Plan) -> None:
    for number in range(3):
        rows = link(frame, f"转办{number}", agency(number), agency((number + 1) % 3), about=duty(3))
        plan.add("转办.组织.组织", rows)
    plan.expect("coordination/referral-loop", VIOLATED, ids(frame, agency(0)))


def _bottleneck(frame: pl.DataFrame, plan: Plan) -> None:
    first, second = node_id(pl.col("first")), node_id(pl.col("second"))
    extra = node_id(pl.col("code"), "/职责村")
    row = nodes(frame, "任务", id=extra, name=pl.col("name") + "村级任务", level="村社", place=pl.col("code"))
    plan.add("事项", row.with_columns(code_="code"))
    plan.add("主责.组织.事项", link(frame, "主责村", first, extra))
    for key, start, end in (("a", second, extra), ("b", first, duty(0)), ("c", first, duty(12))):
        plan.add("配合.组织.事项", link(frame, f"配合{key}", start, end))
    plan.expect("coordination/bottleneck", VIOLATED, ids(frame, agency(0)))


def _authority_gap(frame: pl.DataFrame, plan: Plan) -> None:
    plan.change("持有.组织.资源", ids(frame, node_id(pl.col("code"), "/持有权限000")), status="缺失")
    for number in range(0, 120, 24):  # the powers whose lead is the first agency
        plan.expect("duty/authority-gap", VIOLATED, ids(frame, duty(number)))


def _doubly_owned(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("主责.组织.事项", link(frame, "主责", agency(3), duty(7)))
    plan.expect("duty/doubly-owned", VIOLATED, ids(frame, duty(7)))


def _imposed(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("摊派.组织.组织", link(frame, "摊派", TOWNSHIP, node_id(pl.col("first")), about=duty(3)))
    plan.expect("duty/imposed", VIOLATED, ids(frame, duty(3)))


def _incompatible_system(frame: pl.DataFrame, plan: Plan) -> None:
    old, new = node_id(pl.col("code"), "/信息系统"), node_id(pl.col("code"), "/旧系统")
    row = nodes(frame, "信息系统", id=new, name=pl.col("name") + "旧系统", level="镇街", place=pl.col("code"))
    plan.add("资源", row.with_columns(code_="code"))
    plan.add("对接.资源.资源", link(frame, "对接", old, new, status="缺失"))
    plan.expect("duty/incompatible-system", VIOLATED, ids(frame, old))


def _incomplete_transfer(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("应移交.事项.组织", link(frame, "应移交", duty(3), TOWNSHIP, status="受阻"))
    plan.expect("duty/incomplete-transfer", VIOLATED, ids(frame, TOWNSHIP))


def _ownerless(frame: pl.DataFrame, plan: Plan) -> None:
    for number in (6, 18):
        plan.drop("主责.组织.事项", ids(frame, node_id(pl.col("code"), f"/主责{number:03}")))
    plan.drop("配合.组织.事项", ids(frame, node_id(pl.col("code"), "/配合006")))
    plan.change("事项", ids(frame, duty(6)), complete=["主责"])
    plan.expect("duty/ownerless", VIOLATED, ids(frame, duty(6)))
    plan.expect("duty/ownerless", UNDETERMINED, ids(frame, duty(18)))


def _unclear(frame: pl.DataFrame, plan: Plan) -> None:
    plan.change("事项", ids(frame, duty(10)), clarity="不清")
    plan.change("主责.组织.事项", ids(frame, node_id(pl.col("code"), "/主责011")), clarity="争议")
    for number in (10, 11):
        plan.expect("duty/unclear", VIOLATED, ids(frame, duty(number)))


def _lacking(rule: str, word: str, number: int, column: str, value: str) -> Callable[[pl.DataFrame, Plan], None]:
    def plant(frame: pl.DataFrame, plan: Plan) -> None:
        held = ids(frame, node_id(pl.col("code"), f"/持有{word}{number:03}"))
        plan.change("持有.组织.资源", held, **{column: value})
        plan.expect(rule, VIOLATED, ids(frame, agency(number)))

    return plant


def _unsupervised_delegation(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("授权.组织.组织", link(frame, "授权", TOWNSHIP, agency(3), about=duty(3)))
    plan.add("监督.组织.组织", link(frame, "监督", department(0), agency(3), status="缺失"))
    plan.expect("duty/unsupervised-delegation", VIOLATED, ids(frame, TOWNSHIP))


def _evaluated_not_funded(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("拨款.组织.组织", link(frame, "拨款", TOWNSHIP, agency(4), dimension="经费", status="受阻"))
    plan.expect("funding/evaluated-not-funded", VIOLATED, ids(frame, agency(4)))


def _payment_detour(frame: pl.DataFrame, plan: Plan) -> None:
    money = node_id(pl.col("code"), "/资金")
    columns = {"dimension": "经费", "beneficiary": agency(2), "about": money}
    plan.add("拨款.组织.组织", link(frame, "绕行", node_id(pl.col("county")), TOWNSHIP, **columns))
    plan.add("审批.组织.资源", link(frame, "审批", TOWNSHIP, money))
    plan.expect("funding/payment-detour", VIOLATED, ids(frame, agency(2)))


def _concurrent_post(frame: pl.DataFrame, plan: Plan) -> None:
    person = node_id(pl.col("code"), "/干部000")
    plan.add("监督.组织.组织", link(frame, "监督", department(1), TOWNSHIP))
    plan.add("兼任.人员.组织", link(frame, "兼任", person, department(1)))
    plan.expect("reporting/concurrent-post", VIOLATED, ids(frame, person))


def _divided_evaluation(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("考核.组织.组织", link(frame, "考核", node_id(pl.col("partner")), agency(3), dimension="考核"))
    plan.expect("reporting/divided-evaluation", VIOLATED, ids(frame, agency(3)))


def _dual_reporting(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("管理.组织.组织", link(frame, "管理", node_id(pl.col("partner")), agency(6), dimension="日常"))
    plan.expect("reporting/dual-reporting", VIOLATED, ids(frame, agency(6)))


def _evaluation_inversion(frame: pl.DataFrame, plan: Plan) -> None:
    rows = link(frame, "考核", agency(8), agency((8 + 5) % len(AGENCIES)), dimension="考核", about=duty(8))
    plan.add("考核.组织.组织", rows)
    plan.expect("reporting/evaluation-inversion", VIOLATED, ids(frame, agency(1)))


def _no_superior(frame: pl.DataFrame, plan: Plan) -> None:
    office = node_id(pl.col("code"), "/办公室")
    row = nodes(frame, "内设机构", id=office, name=pl.col("name") + "办公室", level="镇街", place=pl.col("code"))
    listed = pl.lit(pl.Series([["隶属"]])).first()
    plan.add("组织", row.with_columns(code_="code", complete=listed))
    plan.expect("reporting/no-superior", VIOLATED, ids(frame, office))


def _seconded(frame: pl.DataFrame, plan: Plan) -> None:
    person = node_id(pl.col("code"), "/派驻001")
    plan.add("管理.组织.人员", link(frame, "派驻管理", department(1), person, dimension="日常"))
    plan.expect("reporting/seconded-dual-management", VIOLATED, ids(frame, person))


def _split_channels(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("领导.组织.组织", link(frame, "人事", TOWNSHIP, agency(2), dimension="人事", status="受阻"))
    plan.add("领导.组织.组织", link(frame, "仍管人事", department(7), agency(2), dimension="人事"))
    plan.expect("reporting/split-channels", VIOLATED, ids(frame, agency(2)))
    plan.expect("reporting/unrecognized-transfer", UNDETERMINED, ids(frame, agency(2)))


def _unrecognized_transfer(frame: pl.DataFrame, plan: Plan) -> None:
    plan.add("不认可.组织.组织", link(frame, "不认可", department(9), TOWNSHIP))
    plan.expect("reporting/unrecognized-transfer", VIOLATED, ids(frame, TOWNSHIP))


PLANTS: tuple[Callable[[pl.DataFrame, Plan], None], ...] = (
    _missing_mechanism,
    _referral_loop,
    _bottleneck,
    _authority_gap,
    _doubly_owned,
    _imposed,
    _incompatible_system,
    _incomplete_transfer,
    _ownerless,
    _unclear,
    _lacking("duty/unfunded", "资金", 1, "extent", "部分"),
    _lacking("duty/unresourced", "数据", 9, "extent", "无"),
    _lacking("duty/unstaffed", "人力", 5, "status", "缺失"),
    _unsupervised_delegation,
    _evaluated_not_funded,
    _payment_detour,
    _concurrent_post,
    _divided_evaluation,
    _dual_reporting,
    _evaluation_inversion,
    _no_superior,
    _seconded,
    _split_channels,
    _unrecognized_transfer,
)
