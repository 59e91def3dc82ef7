"""A YAML file as a tree. Every scalar stays text: ``0123`` and ``2009-09`` are what was written."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

import yaml

from govgraph.errors import InputError, Problem
from govgraph.read.tree import Mapping, Scalar, Sequence, Tree, Where
from govgraph.read.values import CONTROL

if TYPE_CHECKING:
    from pathlib import Path

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = "tag:yaml.org,2002:null"
MAX_DEPTH = 200
MAX_VALUES = 500_000  # some 50,000 rows; more than that comes as tables
BRACKET = re.compile(r"[\[\]{}]")
NESTED_BLOCK = re.compile(rf"(?:[-?] ){{{MAX_DEPTH}}}|^ {{{MAX_DEPTH * 2}}}", re.MULTILINE)


def read_text(path: Path, shown: str) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        InputError: the file cannot be read or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError([Problem(shown, f"cannot be read: {error.strerror}")]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([_not_utf8(content, error.start, shown)]) from error


def _not_utf8(content: bytes, offset: int, shown: str) -> Problem:
    line = content.count(b"\n", 0, offset) + 1
    before = content[content.rfind(b"\n", 0, offset) + 1 : offset].decode("utf-8", errors="replace")
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return Problem(
        f"{shown}:{line}:{len(before) + 1}",
        f"byte {content[offset]:#04x} is not UTF-8",
        "a UTF-8 file",
        f"Save it as UTF-8, or convert it: iconv -f {'UTF-16' if is_utf16 else 'GB18030'} -t UTF-8",
    )


def _control_characters(text: str, shown: str) -> list[Problem]:
    """Name the place of each character that no reader would show."""
    problems = []
    for match in CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        found = f"the control character U+{ord(match.group()):04X}"
        problems.append(Problem(f"{shown}:{line}:{column}", found, "printable text", "Delete it."))
    return problems


def _is_nested_deep(text: str) -> bool:
    """Tell whether a text nests so deep that the YAML library would exhaust the stack."""
    depth = deepest = 0
    for match in BRACKET.finditer(text):
        depth += 1 if match.group() in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH or NESTED_BLOCK.search(text) is not None


def read_tree(path: Path, shown: str) -> Mapping:
    """Return the YAML file ``path`` as a tree; ``shown`` is how messages name it.

    Raises:
        InputError: not readable, not UTF-8, not YAML, empty, or not a mapping at the top.
    """
    text = read_text(path, shown).replace("\r\n", "\n")
    if unprintable := _control_characters(text, shown):
        raise InputError(unprintable)
    if _is_nested_deep(text):
        raise InputError([Problem(f"{shown}:1:1", "lists or mappings are nested too deep", "a case: four levels")])
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{shown}:{mark.line + 1}:{mark.column + 1}" if mark else shown
        raise InputError([Problem(place, f"not YAML: {error.problem or error.context}")]) from error
    except yaml.YAMLError as error:
        raise InputError([Problem(shown, f"not YAML: {error}")]) from error
    if root is None:
        raise InputError([Problem(f"{shown}:1:1", "the file is empty", "a case", "Begin with: govgraph init")])
    conversion = _Conversion(shown)
    tree = conversion.convert(root)
    problems = conversion.problems
    if not isinstance(tree, Mapping):
        problems.append(Problem(str(tree.where), "not a mapping", "sections such as meta: and organizations:"))
    if problems:
        raise InputError(problems)
    assert isinstance(tree, Mapping)
    return tree


class _Conversion:
    """Turns YAML nodes into a tree; anchors are followed, as far as they are finite."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self._above: set[int] = set()
        self._count = 0

    def convert(self, node: Any) -> Tree:
        where = self._place(node)
        self._count += 1
        if self._count > MAX_VALUES:  # a few anchors of anchors may stand for any number of rows
            raise InputError([Problem(str(where), f"more than {MAX_VALUES:,} values", "anchors (&name) used less")])
        if isinstance(node, yaml.ScalarNode):
            return Scalar(None if node.tag == NULL else node.value, where)
        if id(node) in self._above:
            self.problems.append(Problem(str(where), "an anchor (&name) that contains itself", "the text written out"))
            return Scalar(None, where)
        self._above.add(id(node))
        is_list = isinstance(node, yaml.SequenceNode)
        tree: Tree = Sequence(tuple(map(self.convert, node.value)), where) if is_list else self._mapping(node, where)
        self._above.remove(id(node))
        return tree

    def _mapping(self, node: Any, where: Where) -> Mapping:
        items: dict[str, Tree] = {}
        keys: dict[str, Where] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(str(place), "a key that is not a text"))
                continue
            key = key_node.value
            if key in items:
                self.problems.append(Problem(str(place), f"the key {key!r} stands twice", "one of each"))
            items[key] = self.convert(value_node)
            keys[key] = place
        return Mapping(items, where, keys)

    def _place(self, node: Any) -> Where:
        return Where(self.shown, node.start_mark.line + 1, node.start_mark.column + 1)
