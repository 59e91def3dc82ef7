"""Names for arrangements that exist nowhere: districts, subdistricts, communities, departments, duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

FIRST = "青白东西南北长永新安平清云龙凤金玉石松梅兰竹桃柳荷泉"
SECOND = "山水河湖江溪桥塘庄门坊岭湾泽沙浦原林田港城台口关"

DEPARTMENTS = (
    "财政局",
    "人力资源和社会保障局",
    "民政局",
    "城市管理局",
    "市场监督管理局",
    "生态环境局",
    "自然资源局",
    "住房和城乡建设局",
    "卫生健康局",
    "应急管理局",
    "公安局",
    "司法局",
    "教育局",
    "农业农村局",
    "文化和旅游局",
    "审计局",
)
OFFICES = (
    "党政办",
    "经济发展办",
    "社会事务办",
    "城市建设办",
    "综治办",
    "民政办",
    "应急办",
    "农业农村办",
    "综合服务中心",
    "退役军人服务站",
)
AGENCIES = {
    "公安局": "派出所",
    "司法局": "司法所",
    "市场监督管理局": "市场监管所",
    "自然资源局": "自然资源所",
    "生态环境局": "环保所",
    "城市管理局": "综合执法队",
}
DUTIES = (
    "油烟扰民处理",
    "违法建设查处",
    "困难群众救助",
    "安全生产巡查",
    "河道保洁",
    "物业纠纷调处",
    "养老服务",
    "食品摊贩管理",
    "渣土运输管理",
    "环境信访处理",
    "门前三包",
    "老旧小区改造",
    "就业援助",
    "消防通道整治",
    "农贸市场管理",
    "欠薪调处",
    "秸秆禁烧",
    "防汛排涝",
    "户外广告管理",
    "学区协调",
)


class Names:
    """Draws names, each once."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._used: set[str] = set()

    def place(self, ending: str) -> str:
        """Return a new place name, such as 青山街道 for 街道."""
        while True:
            stem = self._dice.choice(FIRST) + self._dice.choice(SECOND)
            if len(self._used) > len(FIRST) * len(SECOND) // 3:
                stem += self._dice.choice(SECOND)
            if stem not in self._used:
                self._used.add(stem)
                return stem + ending
