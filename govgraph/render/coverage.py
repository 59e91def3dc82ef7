"""The coverage of a case's sources as text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.analyze.coverage import Coverage, Sentence
    from govgraph.model.case import Case


def coverage_text(case: Case, found: Sequence[Coverage], language: str) -> str:
    """Return the share of each source, and the sentences that no quote lies in with the words that make them count."""
    zh = language == "zh"
    lines = []
    for coverage in found:
        covered, total = len(coverage.sentences) - len(coverage.uncovered), len(coverage.sentences)
        share = "—" if coverage.share is None else f"{100 * coverage.share:.1f} %"
        head = f"{case.id} · {coverage.source}: "
        if zh:
            tail = f"（{share}）；其余 {coverage.others} 句不讲结构"
            lines.append(f"{head}讲结构的句子 {total} 句，有引文的 {covered} 句{tail}")
        else:
            tail = f"({share}); {coverage.others} others are not about structure"
            lines.append(f"{head}{covered} of {total} sentences about structure hold a quote {tail}")
        if coverage.uncovered:
            lines.append("没有引文的：" if zh else "without a quote:")
        lines.extend(f"  {coverage.file}:{s.line}  {s.text}  [{' '.join(s.words)}]" for s in coverage.uncovered)
    return "\n".join(lines) + "\n"


def coverage_json(case: Case, found: Sequence[Coverage]) -> dict[str, Any]:
    """Return the coverage as plain values."""
    return {"version": 1, "case": case.id, "sources": [_source_json(coverage) for coverage in found]}


def _source_json(coverage: Coverage) -> dict[str, Any]:
    return {
        "source": coverage.source,
        "file": coverage.file,
        "sentences": len(coverage.sentences),
        "covered": len(coverage.sentences) - len(coverage.uncovered),
        "share": None if coverage.share is None else round(coverage.share, 4),
        "others": coverage.others,
        "uncovered": [_sentence_json(sentence) for sentence in coverage.uncovered],
    }


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    return {"line": sentence.line, "offset": sentence.offset, "text": sentence.text, "words": list(sentence.words)}
