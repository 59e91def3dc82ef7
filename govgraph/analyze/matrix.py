"""The responsibility matrix: for each duty, who leads, supports, approves, supervises and pays, as it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govgraph.model.case import Case

ROLES = ("主责", "配合", "审批", "监督", "出资")
"""The relations that make a cell, the strongest first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one body (or post, or person) is to a duty, and the relation that says so."""

    holder: str
    role: str
    relation: str


@dataclass(frozen=True, slots=True)
class Row:
    """One duty with its cells, ordered by role and then as the case states them.

    ``complete`` says that the source gives all leads: only then does none mean that nobody leads.
    """

    duty: str
    cells: tuple[Cell, ...]
    complete: bool = False

    @property
    def sound(self) -> bool | None:
        """Whether exactly one leads; None where the source may leave a lead out."""
        return None if self.leads == 0 and not self.complete else self.leads == 1

    @property
    def leads(self) -> int:
        """How many hold 主责: exactly one is sound."""
        return sum(cell.role == "主责" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All duties of a case down, all who have a part in one across; ids, in the order of the case."""

    holders: tuple[str, ...]
    rows: tuple[Row, ...]


def responsibility_matrix(case: Case) -> Matrix:
    """Return the matrix of a case; only relations and duties in force count."""
    duties = [node.id for node in case.nodes if node.family == "事项" and node.status == "现行"]
    cells: dict[str, list[Cell]] = {duty: [] for duty in duties}
    for relation in case.relations:
        if relation.type in ROLES and relation.status == "现行" and relation.end in cells:
            cells[relation.end].append(Cell(relation.start, relation.type, relation.id))
    rows = tuple(
        Row(duty, tuple(sorted(cells[duty], key=lambda cell: ROLES.index(cell.role))), _complete(case, duty))
        for duty in duties
    )
    present = {cell.holder for row in rows for cell in row.cells}
    return Matrix(tuple(node.id for node in case.nodes if node.id in present), rows)


def _complete(case: Case, duty: str) -> bool:
    listed = case.by_id[duty].properties.get("complete", ())
    return "主责" in case.meta.complete or (isinstance(listed, tuple) and "主责" in listed)
