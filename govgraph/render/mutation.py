"""The scores of seeded defects, and the answers of rule cases, as text for the console and the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govgraph.render.tables import grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govgraph.check.mutation.score import Score, Scores
    from govgraph.check.rule_cases import Answer

COLUMNS = ("rule", "shapes", "planted", "found", "findings", "recall", "precision", "noise")
SHOWN = 3  # missed and wrong ones listed for each rule


def ratio(value: float | None) -> str:
    """Return a share with two digits; a dash where there is nothing to share."""
    return "–" if value is None else f"{value:.2f}"


def score_row(score: Score) -> tuple[str, ...]:
    """Return one rule's scores as cells."""
    noise = ", ".join(f"{rule} ×{count}" for rule, count in sorted(score.noise.items()))
    counts = (score.shapes, score.planted, score.found, score.findings)
    return (score.rule, *map(str, counts), ratio(score.recall), ratio(score.precision), noise)


def scores_text(scores: Scores) -> str:
    """Return the table of scores, what was missed or wrong, and a closing line."""
    lines = [grid(COLUMNS, [score_row(score) for score in scores.scores])]
    for score in scores.scores:
        if not score.shapes:
            lines.append(f"{score.rule}: no planter, so only its findings in clean arrangements count\n")
        lines += [f"{score.rule}: no place for “{title}”\n" for title in score.unplanted]
        lines += [f"{score.rule}: missed {status} {subject}\n" for subject, status in score.missed[:SHOWN]]
        lines += [f"{score.rule}: not planted: {finding.message.zh}\n" for finding in score.wrong[:SHOWN]]
    lines += [f"clean arrangement: {finding.rule}: {finding.message.zh}\n" for finding in scores.clean[:SHOWN]]
    size = f"{scores.cases} arrangements, {scores.nodes} nodes, {scores.relations} relations"
    lines.append(f"{size}; {len(scores.clean)} findings in clean ones\n")
    return "".join(lines)


def answers_text(answers: Sequence[Answer], without: Sequence[str]) -> str:
    """Return one line a case, and a closing line with the counts."""
    lines = []
    for answer in answers:
        lines.append(
            f"{'pass' if answer.passed else 'FAIL'}  {answer.item.rule}  {answer.item.expect}: {answer.item.name}"
        )
        if not answer.passed:
            lines.append(f"      {answer.problem}")
    lines += [f"none  {rule}  has no cases" for rule in without]
    failed = sum(not answer.passed for answer in answers)
    lines.append(f"{len(answers)} cases, {failed} failed, {len(without)} rules without cases")
    return "\n".join(lines) + "\n"
