"""A small arrangement for the tests of reforms, steps as a case states them, and relations in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.case import Change, Evidence

if TYPE_CHECKING:
    from govgraph.model.case import Case, Relation

SMALL = """
meta: {id: 小城, title: {zh: 小城, en: A small town}}
organizations:
  - {name: 区, kind: 区, place: 区}
  - {name: 园区, kind: 高新区管委会, place: 园区}
  - {name: 街道, kind: 街道, place: 街道, aliases: [街]}
  - {name: 城管局, kind: 职能部门, place: 区}
  - {name: 民政局, kind: 职能部门, place: 区}
  - {name: 旧办, kind: 内设机构, place: 区, status: 终止}
  - {name: 拟设小组, kind: 领导小组, status: 计划}
posts:
  - {name: 主任, kind: 领导岗位}
staff:
  - {name: 执法队员, kind: 派驻人员, number: 5}
duties:
  - {name: 环卫, kind: 职责, clarity: 不清}
  - {name: 油烟, kind: 职责}
  - {name: 处罚, kind: 权力}
  - {name: 无主事, kind: 职责, complete: [主责]}
resources:
  - {name: 环卫经费, kind: 资金, amount: 100}
  - {name: 环卫人手, kind: 人力, number: 10}
  - {name: 甲系统, kind: 信息系统}
  - {name: 乙系统, kind: 信息系统}
instruments:
  - {name: 清单, kind: 制度, status: 缺失}
relations:
  - {from: 区, type: 管理, to: 街道, dimension: [日常, 人事]}
  - {from: 园区, type: 管理, to: 街道, dimension: 经费, status: 受阻}
  - {from: 区, type: 不认可, to: 街道}
  - {from: 区, type: 考核, to: 街道}
  - {from: 园区, type: 考核, to: 街道}
  - {from: 城管局, type: 主责, to: 环卫, clarity: 不清}
  - {from: 街道, type: 主责, to: 环卫}
  - {from: 民政局, type: 配合, to: 环卫}
  - {from: 街道, type: 主责, to: 油烟}
  - {from: 城管局, type: 审批, to: 处罚}
  - {from: 处罚, type: 应移交, to: 街道, status: 受阻}
  - {from: 油烟, type: 应移交, to: 园区, extent: 部分}
  - {from: 执法队员, type: 应移交, to: 街道, status: 受阻}
  - {from: 执法队员, type: 隶属, to: 城管局}
  - {from: 环卫, type: 需要, to: 环卫经费}
  - {from: 街道, type: 持有, to: 环卫经费, extent: 部分}
  - {from: 环卫, type: 需要, to: 环卫人手}
  - {from: 街道, type: 持有, to: 环卫人手, status: 缺失}
  - {from: 城管局, type: 协调, to: 街道, status: 缺失, about: 油烟}
  - {from: 甲系统, type: 对接, to: 乙系统, status: 受阻}
  - {from: 旧办, type: 配合, to: 油烟, status: 终止}
"""


def step(do: str, **arguments: object) -> Change:
    """Return a step as a case would state it in line 99; ``from_`` stands for ``from``."""
    written = {key.rstrip("_"): value for key, value in arguments.items()}
    return Change(do, written, Evidence(None, (), "小城.yaml", 99))


def shown(case: Case, relation: Relation) -> str:
    """Show a relation in one line: ends, type, what tells it apart, and its state."""
    start, end = case.by_id[relation.start].name, case.by_id[relation.end].name
    kept = ("dimension", "about", "joint", "clarity", "extent", "amount", "basis")
    details = [str(relation.properties[key]).removeprefix(f"{case.id}/") for key in kept if key in relation.properties]
    state = "" if relation.status == "现行" else f" {relation.status}"
    return f"{start}-{relation.type}->{end}{'[' + ','.join(details) + ']' if details else ''}{state}"


def differences(before: Case, after: Case) -> tuple[list[str], list[str], list[str]]:
    """Return relations that went, relations that came, and nodes that came or changed, each sorted."""
    old = {shown(before, relation) for relation in before.relations}
    new = {shown(after, relation) for relation in after.relations}
    nodes = [
        f"{node.name} {node.status}{' ' + str(node.properties['clarity']) if 'clarity' in node.properties else ''}"
        for node in after.nodes
        if before.by_id.get(node.id) != node
    ]
    return sorted(old - new), sorted(new - old), sorted(nodes)
