"""The steps of a reform, what each takes, and the check of one step as written.

Whether a step applies to the arrangement shows when it is applied; here its words are checked: names that must
exist, types, kinds, dimensions, numbers. docs/encoding.md tells the effect of each step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeGuard

from govgraph.model.vocabulary import vocabulary
from govgraph.read.relations import relation_type_problem, wrong_end
from govgraph.read.tree import Mapping, Scalar
from govgraph.read.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Map

    from govgraph.read.tree import Tree
    from govgraph.read.values import Problems

Check = Literal["nodes", "made", "type", "family", "kind", "takes", "property"]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a step.

    ``check`` says what it holds: names of ``nodes`` that exist, names of nodes that the step may make (``made``), a
    relation ``type``, a ``family``, a ``kind``, the duties that new bodies take (``takes``), or a ``property``: a
    relation property of the vocabulary by the argument's own name.
    """

    check: Check
    families: tuple[str, ...] = ()
    optional: bool = False


BODIES = ("组织",)
ACTORS = ("组织", "岗位", "人员")
TYPE = Argument("type")
NODES = Argument("nodes")
DIMENSION = Argument("property", optional=True)

STEPS: dict[str, dict[str, Argument]] = {
    "add": {"from": NODES, "type": TYPE, "to": NODES},
    "end": {"from": NODES, "type": TYPE, "to": NODES, "dimension": DIMENSION, "about": Argument("nodes", (), True)},
    "create": {"family": Argument("family"), "name": Argument("made"), "kind": Argument("kind")},
    "dissolve": {"what": NODES},
    "move": {"what": NODES, "type": TYPE, "from": NODES, "to": NODES, "dimension": DIMENSION},
    "merge": {"bodies": Argument("nodes", BODIES), "into": Argument("made", BODIES)},
    "split": {
        "body": Argument("nodes", BODIES),
        "into": Argument("made", BODIES),
        "takes": Argument("takes", optional=True),
    },
    "clarify": {
        "what": Argument("nodes", (), True),
        "lead": Argument("nodes", ACTORS, True),
        "basis": Argument("nodes", ("文件",), True),
        "from": Argument("nodes", (), True),
        "type": Argument("type", (), True),
        "to": Argument("nodes", (), True),
        "dimension": DIMENSION,
    },
    "grant": {
        "from": Argument("nodes", BODIES),
        "to": Argument("nodes", BODIES),
        "what": Argument("nodes", ("事项", "资源", "人员")),
        "extent": Argument("property", optional=True),
    },
    "fund": {
        "what": Argument("nodes", (*ACTORS, "事项", "资源")),
        "by": Argument("nodes", BODIES),
        "amount": Argument("property", optional=True),
    },
    "staff": {
        "what": Argument("nodes", ("事项", "组织", "岗位")),
        "by": Argument("nodes", BODIES, True),
        "number": Argument("property", optional=True),
    },
    "equip": {"what": NODES, "with": Argument("nodes", ("资源",)), "by": Argument("nodes", BODIES, True)},
    "connect": {"systems": Argument("nodes", ("组织", "资源"))},
    "coordinate": {
        "bodies": Argument("nodes", ACTORS),
        "mechanism": Argument("made", BODIES, True),
        "about": Argument("nodes", (), True),
    },
    "recognise": {"by": Argument("nodes", BODIES), "what": Argument("nodes", BODIES)},
    "evaluate_jointly": {"by": Argument("nodes", ("组织", "岗位")), "what": Argument("nodes", ACTORS)},
}
COMMON = ("do", "quote", "source", "note")


def is_given(tree: Tree | None) -> TypeGuard[Tree]:
    """Tell whether an argument is there and not empty."""
    if tree is None:
        return False
    return bool(tree.text if isinstance(tree, Scalar) else tree.items)


def check_step(do: str, item: Mapping, problems: Problems, families: Map[str, str] | None) -> None:
    """Record the mistakes of one step.

    Args:
        do: the step, a key of `STEPS`.
        item: the step as written.
        problems: takes the mistakes.
        families: name or alias → family of the nodes there are by then; None leaves names unchecked.
    """
    _check_keys(do, item, problems)
    for key, argument in STEPS[do].items():
        tree = item.items.get(key)
        if not is_given(tree):
            continue
        if argument.check == "takes":
            _check_takes(item, tree, problems, families)
        elif argument.check == "property":
            _check_property(key, tree, problems)
        elif argument.check in ("nodes", "made"):
            _check_names(key, argument, tree, problems, families)
    _check_words(do, item, problems)
    if families is not None and do in ("add", "end"):
        _check_ends(item, problems, families)
    if do in ("add", "create"):
        _check_properties(do, item, problems, families)


def _check_keys(do: str, item: Mapping, problems: Problems) -> None:
    arguments = STEPS[do]
    required = [key for key, argument in arguments.items() if not argument.optional]
    for key in required:
        if not is_given(item.items.get(key)):
            problems.add(item.where, f"the step {do} lacks {key!r}", ", ".join(required))
    if do == "clarify" and "what" not in item.items and not {"from", "type", "to"} <= set(item.items):
        problems.add(item.where, "the step clarify names nothing", "what, or from, type and to")
    known = [*arguments, *_properties_of(do), *COMMON]
    for key in item.items:
        if key not in known:
            hint = did_you_mean(key, known)
            problems.add(item.keys[key], f"the step {do} takes no {key!r}", ", ".join(dict.fromkeys(known)), hint)


def _properties_of(do: str) -> Iterable[str]:
    words = vocabulary()
    return {"add": words.relation_properties, "create": words.node_properties}.get(do, {})


def _check_names(key: str, argument: Argument, tree: Tree, problems: Problems, families: Map[str, str] | None) -> None:
    for name, place in problems.located(tree, key):
        if argument.check == "made" and ("/" in name or "\n" in name):
            problems.add(place, f"name {name[:40]!r}", "one line without slash")
        if families is None:
            continue
        family = families.get(name)
        if family is None and argument.check == "nodes":
            expected = "a name or alias of the case, or of what an earlier step makes"
            problems.add(place, f"no node is called {name!r}", expected, did_you_mean(name, families))
        elif family is not None and argument.families and family not in argument.families:
            problems.add(place, f"{key} names {name!r}, a {family}", "、".join(argument.families))


def _check_takes(item: Mapping, tree: Tree, problems: Problems, families: Map[str, str] | None) -> None:
    if not isinstance(tree, Mapping):
        problems.add(tree.where, "takes is not a mapping", "{new body: [duties]}")
        return
    into = problems.texts(item.items.get("into"), "into")
    for name, duties in tree.items.items():
        if name not in into:
            found = f"{name!r} takes duties but is not among the new bodies"
            problems.add(tree.keys[name], found, "、".join(into), did_you_mean(name, into))
        _check_names("takes", Argument("nodes", ("事项", "资源")), duties, problems, families)


def _check_property(key: str, tree: Tree, problems: Problems) -> None:
    declared = vocabulary().relation_properties[key]
    if key != "dimension":
        problems.value(tree, declared)
        return
    known = vocabulary().enumerations["dimensions"]
    for name, place in problems.located(tree, key):
        if name not in known:
            hint = did_you_mean(name, known)
            problems.add(place, f"dimension: {name!r} is unknown", f"one of {'、'.join(known)}", hint)


def _check_words(do: str, item: Mapping, problems: Problems) -> None:
    """Check the words that are of the vocabulary itself: relation type, family, kind."""
    arguments = STEPS[do]
    words = vocabulary()
    if "type" in arguments and is_given(item.items.get("type")):
        name = problems.text(item.items["type"], "type")
        problem = relation_type_problem(name or "")
        if problem:
            problems.add(item.items["type"].where, *problem)
    if "family" not in arguments or not is_given(item.items.get("family")):
        return
    name = problems.text(item.items["family"], "family") or ""
    family = words.families.get(name)
    if family is None:
        hint = did_you_mean(name, words.families)
        problems.add(item.items["family"].where, f"unknown family {name!r}", "、".join(words.families), hint)
        return
    kind = problems.text(item.items.get("kind"), "kind") or ""
    if kind and kind not in family.kinds:
        expected = f"one of {'、'.join(family.kinds)}"
        hint = did_you_mean(kind, family.kinds)
        problems.add(item.items["kind"].where, f"{name} has no kind {kind!r}", expected, hint)


def _check_ends(item: Mapping, problems: Problems, families: Map[str, str]) -> None:
    """Hold the ends of a relation that a step adds or ends to what its type may join."""
    type_ = vocabulary().relations.get(problems.text(item.items.get("type"), "type") or "")
    if type_ is None:
        return
    for key in ("from", "to"):
        for name, place in problems.located(item.items.get(key), key):
            problem = wrong_end(type_, key, name, families[name]) if name in families else None
            if problem:
                problems.add(place, *problem)


def _check_properties(do: str, item: Mapping, problems: Problems, families: Map[str, str] | None) -> None:
    words = vocabulary()
    declared = words.relation_properties if do == "add" else words.node_properties
    for key, tree in item.items.items():
        if key not in declared or key in STEPS[do] or not is_given(tree):
            continue
        if do == "add" and key == "dimension":
            _check_property(key, tree, problems)
        elif declared[key].type == "reference":
            _check_names(key, Argument("nodes", declared[key].families), tree, problems, families)
        else:
            problems.value(tree, declared[key])


def made_by(do: str, item: Mapping, problems: Problems) -> dict[str, str]:
    """Return the names of the nodes that a step makes, each with its family."""
    silent = type(problems)()  # mistakes are recorded when the step is checked
    names = {key: silent.texts(item.items.get(key), key) for key in ("name", "aliases", "mechanism", "into", "what")}
    if do == "create":
        family = silent.text(item.items.get("family"), "family") or ""
        return dict.fromkeys([*names["name"], *names["aliases"]], family)
    if do == "coordinate":
        return dict.fromkeys(names["mechanism"], "组织")
    if do in ("merge", "split"):
        return dict.fromkeys(names["into"], "组织")
    if do == "staff":
        return {f"{what}增配人员": "人员" for what in names["what"]}
    return {}
