"""What a case says of itself, and the sources that it names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from govgraph.model.case import Meta, Source, Text
from govgraph.read.reforms import both
from govgraph.read.tree import Mapping, Scalar

if TYPE_CHECKING:
    from govgraph.read.context import Context
    from govgraph.read.tree import Tree

META_KEYS = ("id", "aliases", "title", "place", "period", "notes", "complete")
PERIOD_KEYS = ("since", "until")
SOURCE_KEYS = ("name", "title", "file", "sha256", "number", "date", "url", "begin", "end")
SHA256 = re.compile(r"[0-9a-f]{64}")


def build_meta(context: Context, default_id: str) -> Meta:
    """Build the meta section; ``default_id`` is the id where it gives none."""
    tree = context.tree.items.get("meta")
    problems = context.problems
    if not isinstance(tree, Mapping):
        place = tree.where if tree is not None else context.tree.where
        problems.add(place, "no meta section", "meta: {id: …, title: {zh: …, en: …}}")
        return Meta(default_id, Text(default_id, default_id))
    context.unknown_keys(tree, META_KEYS, "key of meta")
    get = tree.items.get
    identity = problems.text(get("id"), "id") or default_id
    if "/" in identity:
        problems.add(tree.items["id"].where, f"id {identity!r} has a slash", "a name without /")
    since, until = _period(context, get("period"))
    return Meta(
        identity,
        both(get("title"), problems, identity),
        problems.texts(get("aliases"), "aliases"),
        problems.text(get("place"), "place") or "",
        since,
        until,
        problems.texts(get("notes"), "notes"),
        context.complete(get("complete")),
    )


def _period(context: Context, tree: Tree | None) -> tuple[str | None, str | None]:
    if tree is None or (isinstance(tree, Scalar) and not tree.text):
        return None, None
    if not isinstance(tree, Mapping):
        context.problems.add(tree.where, "period is not a mapping", '{since: "2009-09", until: …}')
        return None, None
    context.unknown_keys(tree, PERIOD_KEYS, "key of period")
    since, until = (_date(context, tree, key) for key in PERIOD_KEYS)
    context.dates_in_order(since, until, tree)
    return since, until


def _date(context: Context, row: Mapping, key: str) -> str | None:
    tree = row.items.get(key)
    if tree is None:
        return None
    value = context.problems.value(tree, replace(context.words.relation_properties["since"], name=key))
    return None if value is None else str(value)


def build_sources(context: Context) -> tuple[Source, ...]:
    """Build the sources; names are unique."""
    result: dict[str, Source] = {}
    problems = context.problems
    for row in context.rows("sources"):
        context.unknown_keys(row, SOURCE_KEYS, "key of a source")
        values = {key: problems.text(row.items.get(key), key) or None for key in SOURCE_KEYS if key != "date"}
        name = values.pop("name")
        if not name:
            problems.add(row.where, "a source without a name", "name: …")
            continue
        if name in result:
            problems.add(row.items["name"].where, f"the source {name!r} stands twice", "one of each")
        digest = values["sha256"]
        if digest and not SHA256.fullmatch(digest):
            problems.add(row.items["sha256"].where, f"sha256: {digest!r}", "64 hexadecimal digits, as sha256sum prints")
        result[name] = Source(name, values.pop("title") or "", date=_date(context, row, "date"), **values)
    return tuple(result.values())
