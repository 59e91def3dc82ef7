"""A plan of defects: what to drop, change and add in the tables, and what the rules must find for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from benchmarks.national.frames import Tables


@dataclass(slots=True)
class Plan:
    """What to drop, change and add, by table; and the ids that each rule must name first, by status."""

    dropped: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    changed: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    added: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    expected: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def expect(self, rule: str, status: str, ids: pl.Series) -> None:
        """Record what a rule must find."""
        self.expected.setdefault((rule, status), []).extend(ids.to_list())

    def add(self, table: str, rows: pl.DataFrame) -> None:
        """Add rows to a table."""
        self.added.setdefault(table, []).append(rows)

    def drop(self, table: str, ids: pl.Series) -> None:
        """Drop rows of a table by id."""
        self.dropped.setdefault(table, []).append(pl.DataFrame({"id": ids}))

    def change(self, table: str, ids: pl.Series, **values: str | list[str]) -> None:
        """Set columns of some rows."""
        columns = {name: pl.Series([value] * len(ids)) for name, value in values.items()}
        self.changed.setdefault(table, []).append(pl.DataFrame({"id": ids, **columns}))

    def applied(self, tables: Tables) -> Tables:
        """Return the tables of one slice with the plan's changes; columns are the same in every slice."""
        result = {name: self._applied(name, frame) for name, frame in tables.items()}
        if "事项" not in tables:  # the first slice has the upper levels, and the tables that only defects fill
            only = [name for name in self.added if not any(name == known for known in BASE_TABLES)]
            result |= {name: pl.concat(self.added[name], how="diagonal").drop("code_") for name in only}
        return result

    def _applied(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        for ids in self.dropped.get(name, []):
            frame = frame.join(ids, on="id", how="anti", maintain_order="left")
        if name in self.changed:
            changes = pl.concat(self.changed[name], how="diagonal")
            new = [column for column in changes.columns if column != "id"]
            frame = frame.join(changes, on="id", how="left", suffix="_new", maintain_order="left")
            known = [column for column in new if f"{column}_new" in frame.columns]
            frame = frame.with_columns(pl.coalesce(f"{column}_new", column).alias(column) for column in known)
            frame = frame.drop([f"{column}_new" for column in known])
        if name in self.added:
            rows = pl.concat(self.added[name], how="diagonal")
            here = frame["id"].str.extract(r"^[^/]*/(\d{9})").unique()
            frame = pl.concat([frame, rows.filter(pl.col("code_").is_in(here.implode())).drop("code_")], how="diagonal")
        return frame


BASE_TABLES = frozenset(
    [
        "组织",
        "岗位",
        "人员",
        "事项",
        "资源",
        "领导.组织.组织",
        "隶属.组织.组织",
        "指导.组织.组织",
        "考核.组织.组织",
        "拨款.组织.组织",
        "成员.组织.组织",
        "协调.组织.组织",
        "派出机构.组织.组织",
        "管理.组织.组织",
        "设岗.组织.岗位",
        "隶属.岗位.组织",
        "任职.人员.岗位",
        "隶属.人员.组织",
        "派驻.组织.人员",
        "管理.组织.人员",
        "任职.人员.组织",
        "主责.组织.事项",
        "配合.组织.事项",
        "审批.组织.事项",
        "出资.组织.事项",
        "需要.事项.资源",
        "持有.组织.资源",
        "授权.组织.组织",
    ]
)
