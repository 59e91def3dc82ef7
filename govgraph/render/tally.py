"""The findings of a large check by number: a table by rule, one by place, and what to ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.model.vocabulary import vocabulary
from govgraph.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text as RichText

    from govgraph.check.tally import RuleCount, Tally

GRAVE_FIRST = ("error", "warning", "note")


def tally_lines(tally: Tally, language: str) -> Iterator[RichText]:
    """Yield the table by rule, gravest rules first, and the table by place, the most findings first."""
    from rich.text import Text

    chinese = language == "zh"
    rules = sorted(tally.rules, key=lambda item: (GRAVE_FIRST.index(item.severity), -_count(item), item.rule))
    head = ("不符", "待查", "程度", "规则") if chinese else ("violated", "undetermined", "severity", "rule")
    rows = [
        (
            f"{item.violated:,}",
            f"{item.undetermined:,}",
            word(item.severity, language),
            f"{item.rule}  {item.title.to(language)}",
        )
        for item in rules
    ]
    yield Text("按规则" if chinese else "By rule", "bold")
    yield from map(Text, _table([head, *rows], right=2))
    yield Text("")
    if tally.places:
        yield from _places(tally, language)
        yield Text("")


def _places(tally: Tally, language: str) -> Iterator[RichText]:
    from rich.text import Text

    chinese = language == "zh"
    level = tally.level if chinese else vocabulary().enumerations["levels"][tally.level].en
    yield Text(f"按地方（{level}）" if chinese else f"By place ({level})", "bold")
    yield from map(Text, _table([(f"{item.count:,}", item.code, item.name) for item in tally.places], right=1))
    if tally.more:
        yield Text(f"  … 另有 {tally.more:,} 处" if chinese else f"  … and {tally.more:,} more places", "dim")
    if tally.elsewhere:
        words = f"  另有 {tally.elsewhere:,} 条没有地点" if chinese else f"  {tally.elsewhere:,} more have no place"
        yield Text(words, "dim")


def advice_lines(tally: Tally, store: str | None, language: str, *, written: bool = False) -> Iterator[RichText]:
    """Yield what to do next with many findings.

    Args:
        tally: the numbers.
        store: the address of the store that was checked, None for a case.
        language: ``zh`` or ``en``.
        written: all findings are in a file already.
    """
    from rich.text import Text

    source = f"--store {store}" if store else "SOURCE"
    chinese = language == "zh"
    if store and tally.county:
        county = tally.county
        name = county.name or county.code
        words = (
            f"看一个地方（{name}，{county.count:,} 条）"
            if chinese
            else f"one place ({name}, {county.count:,} findings)"
        )
        yield Text(f"{words}: govgraph check {source} --scope {county.code}", "dim")
    if not written:
        words = "全部写入文件" if chinese else "all findings into a file"
        format_ = "jsonl" if store else "json"
        yield Text(f"{words}: govgraph check {source} --format {format_} -o findings.{format_}", "dim")


def _count(item: RuleCount) -> int:
    return item.violated + item.undetermined


def _table(rows: Sequence[Sequence[str]], right: int) -> Iterator[str]:
    """Yield rows as aligned lines, the first ``right`` columns to the right; Chinese signs are two cells wide."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            cells.append(space + cell if number < right else cell + space)
        yield f"  {'  '.join(cells)}".rstrip()
