"""The library of named, parameterised queries in ``cypher/queries``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from govgraph.assets import cypher_dir
from govgraph.check.rules import LOADER, Parameter, read_parameters, split_header, yaml_problem
from govgraph.errors import NotFoundError, RuleError
from govgraph.model.case import Text
from govgraph.read.values import did_you_mean
from govgraph.store.read_only import blank, refuse_writes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEYS = ("id", "title", "about", "params")


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A named query: what it answers, its parameters, its Cypher."""

    id: str
    title: Text
    about: Text
    parameters: tuple[Parameter, ...]
    cypher: str
    path: Path

    def values(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the defaults with the given values in their place.

        Raises:
            NotFoundError: an unknown parameter, or one without default that is not given.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise NotFoundError(f"query {self.id} has no parameter {name!r}. {did_you_mean(name, known)}".rstrip())
        values = {p.name: given.get(p.name, p.default) for p in self.parameters}
        missing = [name for name, value in values.items() if value is None]
        if missing:
            raise NotFoundError(f"query {self.id} needs {', '.join(missing)}: -p {missing[0]}=…")
        return values


def read_query(path: Path, root: Path) -> LibraryQuery:
    """Read one library query.

    Raises:
        RuleError: the header is bad, or the query writes or is not ordered.
    """
    header_text, cypher = split_header(path.read_text(encoding="utf-8"))
    try:
        body = yaml.load(header_text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: the header is not YAML: {yaml_problem(error)}") from error
    expected = path.relative_to(root).with_suffix("").as_posix()
    if not isinstance(body, dict) or body.get("id") != expected:
        raise RuleError(f"{path}: expected a header with id: {expected}")
    for key in body:
        if key not in KEYS:
            raise RuleError(f"{path}: unknown key {key!r} in the header. {did_you_mean(key, KEYS)}".rstrip())
    texts = {}
    for key in ("title", "about"):
        entry = body.get(key)
        if not isinstance(entry, dict) or not entry.get("zh") or not entry.get("en"):
            raise RuleError(f"{path}: {key} lacks a translation; expected {{zh: …, en: …}}")
        texts[key] = Text(str(entry["zh"]), str(entry["en"]))
    refuse_writes(cypher, str(path))
    if "ORDER BY" not in blank(cypher).upper():
        raise RuleError(f"{path}: the query has no ORDER BY")
    return LibraryQuery(
        expected, texts["title"], texts["about"], read_parameters(body.get("params") or {}, path), cypher, path
    )


def load_queries() -> list[LibraryQuery]:
    """Load all library queries, ordered by id."""
    root = cypher_dir() / "queries"
    return [read_query(path, root) for path in sorted(root.rglob("*.cypher"))]


def find_query(queries: Iterable[LibraryQuery], name: str) -> LibraryQuery:
    """Return the library query called ``name``.

    Raises:
        NotFoundError: there is none.
    """
    every = {query.id: query for query in queries}
    if name not in every:
        raise NotFoundError(f"no query is called {name!r}. {did_you_mean(name, every) or 'See: govgraph queries'}")
    return every[name]
