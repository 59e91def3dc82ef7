"""Apply reforms: each step takes a case and gives a case; what does not apply is an error that says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.errors import ReformError
from govgraph.reform import cooperation, provision, structure
from govgraph.reform.draft import AlreadySoError, Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govgraph.model.case import Case, Change, Reform

APPLY: dict[str, Callable[[Draft], None]] = {
    "add": structure.add,
    "end": structure.end,
    "create": structure.create,
    "dissolve": structure.dissolve,
    "move": structure.move,
    "merge": structure.merge,
    "split": structure.split,
    "clarify": provision.clarify,
    "grant": provision.grant,
    "fund": provision.fund,
    "staff": provision.staff,
    "equip": provision.equip,
    "connect": cooperation.connect,
    "coordinate": cooperation.coordinate,
    "recognise": cooperation.recognise,
    "evaluate_jointly": cooperation.evaluate_jointly,
}


@dataclass(frozen=True, slots=True)
class AppliedStep:
    """One step as it was carried out.

    ``touched`` are the ids of nodes and relations that it changed; none where an earlier step of the plan had done
    it already.
    """

    reform: str
    number: int
    change: Change
    touched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Applied:
    """A case after reforms, and the steps that led there."""

    case: Case
    steps: tuple[AppliedStep, ...]


def apply_change(case: Case, change: Change, place: str = "a step") -> Case:
    """Return the case after one step; ``place`` names the step in messages.

    Raises:
        ReformError: the step does not apply: something that it names is not there, or it is already so.
    """
    step = APPLY.get(change.do)
    if step is None:
        raise ReformError(f"{place}: unknown step {change.do!r}; expected one of {', '.join(APPLY)}")
    draft = Draft(case, change, place)
    step(draft)
    return draft.result()


def apply_reform(case: Case, reform: Reform) -> Case:
    """Return the case after a reform.

    Raises:
        ReformError: a step does not apply.
    """
    return apply_reforms(case, [reform]).case


def apply_reforms(case: Case, reforms: Iterable[Reform]) -> Applied:
    """Apply reforms one after the other.

    Two reforms may ask for the same; the second one then finds it done, which is no mistake.

    Raises:
        ReformError: a step does not apply.
    """
    current = case
    steps: list[AppliedStep] = []
    for reform in reforms:
        for number, change in enumerate(reform.changes, 1):
            place = f"reform {reform.name!r}, step {number}"
            try:
                changed = apply_change(current, change, place)
            except AlreadySoError:
                if not _applies(case, change):
                    raise
                changed = current
            steps.append(AppliedStep(reform.name, number, change, touched(current, changed)))
            current = changed
    return Applied(current, tuple(steps))


def _applies(case: Case, change: Change) -> bool:
    """Tell whether a step that finds its work done does so because of an earlier step, not because it was so before."""
    try:
        apply_change(case, change)
    except AlreadySoError:
        return False
    except ReformError:
        return True
    return True


def touched(before: Case, after: Case) -> frozenset[str]:
    """Return the ids of the nodes and relations in which two states of a case differ."""
    if before is after:
        return frozenset()
    nodes = {i for i in before.by_id.keys() | after.by_id.keys() if before.by_id.get(i) != after.by_id.get(i)}
    old, new = before.relations_by_id, after.relations_by_id
    return frozenset(nodes | {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)})
