"""docs/mutation.md: how well the rules find seeded defects, measured when the page is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govgraph.check.mutation.planters import DEFECTS, defects_of
from govgraph.check.mutation.score import SIZES, score_rules
from govgraph.check.rules import load_rules
from govgraph.render.mutation import ratio

if TYPE_CHECKING:
    from govgraph.check.mutation.score import Score, Scores

SEED = 1
HEAD = """\
# Seeded defects · 植入缺陷

How good are the rules? A random city is made in which nothing is wrong, though much looks wrong: dimensions of
leadership split, ranked, joint or ruled by a paper; several bodies on one duty with a lead and a mechanism; joint
evaluations; bodies with two names; people who hold two posts by approval. Then each kind of defect is planted at random
places, one rule at a time, and the whole pack is run.

- **planted**: subjects that the rule must name, as violated, or as undetermined where the plant takes knowledge away
- **recall**: planted subjects that it names, out of all planted
- **precision**: its findings about planted subjects, out of all its findings in these cases
- **also found**: other rules that speak of the same plants, rightly (reasons below); anything else would be noise

Run it with other seeds and sizes: `govgraph rules test --mutate --seed 7 --size 2 --size 12`.
"""


def pages() -> dict[Path, str]:
    """Return the page by path."""
    scores = score_rules(load_rules(), seed=SEED, sizes=SIZES)
    return {Path("docs/mutation.md"): "\n".join([HEAD, *_table(scores), "", *_shapes(scores), "", *_reasons()]) + "\n"}


def _table(scores: Scores) -> list[str]:
    shown = " and ".join(str(size) for size in SIZES)
    size = f"{scores.cases} arrangements, {scores.nodes:,} nodes, {scores.relations:,} relations"
    lines = [
        f"Seed {SEED}, cities of {shown} subdistricts: {size}. Findings in the clean ones: **{len(scores.clean)}**.",
        "",
        "| rule | kinds of defect | planted | recall | precision | also found | noise |",
        "| --- | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    return lines + [_row(score) for score in scores.scores]


def _row(score: Score) -> str:
    known, noise = (", ".join(sorted(counter)) for counter in (score.explained, score.noise))
    shares = f"{ratio(score.recall)} | {ratio(score.precision)}"
    return (
        f"| [{score.rule}](rules/{score.rule}.md) | {score.shapes} | {score.planted} | {shares} | {known} | {noise} |"
    )


def _shapes(scores: Scores) -> list[str]:
    lines = ["## What is planted · 植入什么", "", "| rule | 缺陷 | defect | must be |", "| --- | --- | --- | --- |"]
    for score in scores.scores:
        lines += [f"| {score.rule} | {d.title.zh} | {d.title.en} | {d.status} |" for d in defects_of(score.rule)]
    return lines


def _reasons() -> list[str]:
    reasons = {(d.rule, other, why.zh, why.en) for d in DEFECTS for other, why in d.causes.items()}
    lines = ["## Why another rule speaks too · 为什么另一条规则也报告", ""]
    return lines + [f"- {rule} → {other}: {zh} · {en}" for rule, other, zh, en in sorted(reasons)]
