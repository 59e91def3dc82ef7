"""Quotes held against the text of their sources."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govgraph.errors import InputError, Problem
from govgraph.read.source_text import read_part
from govgraph.read.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govgraph.model.case import Case, Evidence, Node, Relation


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What a check of the quotes found: how many were checked, in how many sources, and what is wrong."""

    checked: int
    sources: int
    problems: tuple[Problem, ...]


def evidence_of(case: Case) -> Iterator[tuple[str, Evidence]]:
    """Yield (what it is for, evidence) for all that can carry evidence in a case."""
    for node in case.nodes:
        yield node.name, node.evidence
    for relation in case.relations:
        yield relation.id.partition("/")[2], relation.evidence
    for reform in case.reforms:
        yield reform.name, reform.evidence
        for change in reform.changes:
            yield f"{reform.name}: {change.do}", change.evidence


def check_quotes(case: Case, folder: Path) -> QuoteCheck:
    """Hold every quote of a case against the source texts in ``folder``.

    A source whose file is not there is not checked; one whose sha256 differs is a problem. A quote must stand in
    the part of the file that the source's ``begin`` and ``end`` mark.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for source in case.sources:
        path = folder / source.file if source.file else None
        if path is None or not path.is_file():
            continue
        try:
            texts[source.name] = read_part(source, path).part
        except InputError as error:
            problems.extend(error.problems)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if source.sha256 and source.sha256 != digest:
            found = f"source {source.name!r}: sha256 of {path.name} is {digest}"
            problems.append(
                Problem(str(case.file), found, source.sha256, "The text changed since the case was written.")
            )
    checked = 0
    seen: set[tuple[str, str, int | None]] = set()
    for what, evidence in evidence_of(case):
        text = texts.get(evidence.source or "")
        if text is None:
            continue
        for quote in evidence.quotes:
            key = (evidence.source or "", quote, evidence.line)
            if key in seen:
                continue
            seen.add(key)
            checked += 1
            if quote not in text:
                where = f"{evidence.file}:{evidence.line}"
                found = f"the quote {quote!r} ({what}) is not in {evidence.source!r}"
                problems.append(Problem(where, found, "an exact substring", _near(quote, text)))
    return QuoteCheck(checked, len(texts), tuple(problems))


def _near(quote: str, text: str) -> str:
    """Suggest the place of the source that is most like the quote."""
    size = len(quote)
    anchors = [text.find(quote[i : i + 4]) - i for i in range(max(1, size - 3))]
    windows = {text[max(0, a) : max(0, a) + size].replace("\n", " ") for a in anchors if a >= 0}
    return did_you_mean(quote, windows)


def without_evidence(case: Case) -> Iterator[Problem]:
    """Yield a problem for each node and relation that carries no quote."""
    items: tuple[Node | Relation, ...] = (*case.nodes, *case.relations)
    for item in items:
        if not item.evidence.quotes:
            where = f"{item.evidence.file}:{item.evidence.line}"
            yield Problem(where, f"{item.id.partition('/')[2]!r} has no quote", "quote: …")
