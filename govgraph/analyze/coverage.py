"""How much of a source's text about structure some quote of the case lies in, and what none does.

A sentence without a quote is no mistake by itself: the list shows a reviewer what was left out, to judge why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from govgraph.model.vocabulary import vocabulary
from govgraph.read.quotes import evidence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govgraph.model.case import Case
    from govgraph.read.source_text import SourceText

SENTENCE = re.compile(r"[^。；！？;!?\r\n]+[。；！？;!?]*")
FAMILIES = ("组织", "岗位", "人员")


@dataclass(frozen=True, slots=True)
class Wording:
    """What makes a sentence one about structure, as ``coverage.yaml`` declares it."""

    shortest: int
    verbs: tuple[str, ...]
    kinds: tuple[str, ...]
    boilerplate: tuple[str, ...]
    heading: re.Pattern[str]

    def words_in(self, sentence: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return the words that make a sentence one about structure; none where it is a heading or boilerplate."""
        if len(sentence) < self.shortest or self.heading.fullmatch(sentence):
            return ()
        if any(phrase in sentence for phrase in self.boilerplate):
            return ()
        return tuple(word for word in dict.fromkeys([*self.verbs, *self.kinds, *names]) if word in sentence)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source: its place there, the structural words in it, and whether a quote lies in it.

    ``offset`` counts characters from the begin of the file, ``line`` from 1.
    """

    text: str
    offset: int
    line: int
    words: tuple[str, ...]
    covered: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences about structure of one source, and how many others its text has."""

    source: str
    file: str | None
    sentences: tuple[Sentence, ...]
    others: int

    @property
    def uncovered(self) -> tuple[Sentence, ...]:
        """The sentences that no quote lies in."""
        return tuple(sentence for sentence in self.sentences if not sentence.covered)

    @property
    def share(self) -> float | None:
        """The share of sentences that a quote lies in, from 0 to 1; None where there is none."""
        if not self.sentences:
            return None
        return 1 - len(self.uncovered) / len(self.sentences)


@cache
def wording() -> Wording:
    """Return the words of ``coverage.yaml``; the file is read at the first call."""
    body = yaml.safe_load(Path(__file__).with_name("coverage.yaml").read_text(encoding="utf-8"))
    left_out = set(body["kinds_left_out"])
    families = vocabulary().families
    kinds = dict.fromkeys(kind for family in FAMILIES for kind in families[family].kinds if kind not in left_out)
    # One character (区, 县, 村) stands in too many other words.
    long_kinds = tuple(kind for kind in kinds if len(kind) > 1)
    heading = re.compile(body["heading"])
    return Wording(body["shortest"], tuple(body["verbs"]), long_kinds, tuple(body["boilerplate"]), heading)


def split_sentences(text: str, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield (offset, sentence) of the text between two offsets; 。；！？ and line ends part sentences."""
    for match in SENTENCE.finditer(text, begin, len(text) if end is None else end):
        sentence = match.group().strip()
        if sentence:
            yield match.start() + match.group().index(sentence[0]), sentence


def cover(case: Case, source: SourceText) -> Coverage:
    """Hold the quotes of a case against the sentences of one of its sources."""
    chosen = wording()
    names = [name for name in case.names if len(name) > 1]
    spans = _spans(case, source)
    sentences = []
    others = 0
    for offset, text in split_sentences(source.text, source.begin, source.end):
        found = chosen.words_in(text, names)
        if not found:
            others += 1
            continue
        covered = any(start < offset + len(text) and offset < stop for start, stop in spans)
        line = source.text.count("\n", 0, offset) + 1
        sentences.append(Sentence(text, offset, line, found, covered))
    return Coverage(source.source.name, source.source.file, tuple(sentences), others)


def _spans(case: Case, source: SourceText) -> list[tuple[int, int]]:
    """Return where the quotes stand, each at its first place in the part.

    A quote that is nothing but a node's name says that the body exists, not what the sentence says of it: left out.
    """
    names = case.names
    found = [evidence for _, evidence in evidence_of(case) if evidence.source == source.source.name]
    quotes = {quote for evidence in found for quote in evidence.quotes}
    starts = {quote: source.text.find(quote, source.begin, source.end) for quote in quotes if quote not in names}
    return sorted((start, start + len(quote)) for quote, start in starts.items() if start >= 0)
