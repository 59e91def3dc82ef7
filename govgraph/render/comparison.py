"""Places side by side: a table as text, CSV, JSON and Markdown, and a heat map as one HTML file."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from govgraph.model.vocabulary import vocabulary
from govgraph.render.tables import csv_text, grid

if TYPE_CHECKING:
    from govgraph.reform.compare import Cell, Comparison

NOBODY = {"zh": "未写明", "en": "not stated"}
ABSENT = {"zh": "—", "en": "—"}


def comparison_text(comparison: Comparison, language: str) -> str:
    """Return the leads of each duty, a column a place, then how many duties are led at which level."""
    head = ["事项" if language == "zh" else "duty", *comparison.cases]
    rows = [[row.duty, *(_leads(cell, language) for cell in row.cells)] for row in comparison.rows]
    text = grid(head, rows) if rows else _nothing(language)
    level = "主责所在层级" if language == "zh" else "duties led at level"
    levels = [[_level(name, language), *counts] for name, counts in comparison.levels.items()]
    differing = sum(row.differs for row in comparison.rows)
    tail = f"{differing} 项由不同类机构主责" if language == "zh" else f"{differing} led by bodies of different kinds"
    return f"{text}\n{grid([level, *comparison.cases], levels)}\n{tail}\n"


def comparison_csv(comparison: Comparison, language: str) -> str:
    """Return the table as CSV."""
    head = ["事项" if language == "zh" else "duty", *comparison.cases]
    return csv_text(head, [[row.duty, *(_leads(cell, language) for cell in row.cells)] for row in comparison.rows])


def comparison_markdown(comparison: Comparison, language: str) -> str:
    """Return the table as Markdown; a duty led by bodies of different kinds is bold."""
    head = ["事项" if language == "zh" else "duty", *comparison.cases]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for row in comparison.rows:
        name = f"**{row.duty}**" if row.differs else row.duty
        cells = [_leads(cell, language).replace("|", "&#124;") for cell in row.cells]
        lines.append(f"| {' | '.join([name, *cells])} |")
    return "\n".join(lines) + "\n"


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as plain values."""
    return {
        "version": 1,
        "cases": list(comparison.cases),
        "duties": [
            {
                "duty": row.duty,
                "differs": row.differs,
                "places": {
                    case: _cell_json(cell) if cell else None
                    for case, cell in zip(comparison.cases, row.cells, strict=True)
                },
            }
            for row in comparison.rows
        ],
        "levels": {
            level or "?": dict(zip(comparison.cases, row, strict=True)) for level, row in comparison.levels.items()
        },
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    parts = [{"role": p.role, "name": p.name, "kind": p.kind, "level": p.level or None} for p in cell.parts]
    return {"duties": list(cell.duties), "parts": parts}


def _nothing(language: str) -> str:
    text = "没有共同的事项（--alone 列出各地独有的）" if language == "zh" else "no duty in common (--alone lists all)"
    return f"{text}\n"


def _leads(cell: Cell | None, language: str) -> str:
    if cell is None:
        return ABSENT[language]
    leads = cell.who("主责")
    if not leads:
        return NOBODY[language]
    return ("、" if language == "zh" else ", ").join(f"{part.name}（{_kind(part.kind, language)}）" for part in leads)


def _kind(kind: str, language: str) -> str:
    return vocabulary().kinds[kind].en if language == "en" else kind


def _level(level: str, language: str) -> str:
    if not level:
        return NOBODY[language]
    return vocabulary().enumerations["levels"][level].en if language == "en" else level


def comparison_html(comparison: Comparison, language: str) -> str:
    """Return one HTML file without any outside request: the heat map of levels, and who leads which duty where."""
    title = "谁在哪里主责" if language == "zh" else "Who leads where"
    level_head = "主责所在层级" if language == "zh" else "duties led at level"
    duty_head = "事项" if language == "zh" else "duty"
    most = max((max(row) for row in comparison.levels.values()), default=1)
    heat = "".join(
        f"<tr><th scope=row>{escape(_level(level, language))}</th>"
        + "".join(f'<td style="background:{_shade(count, most)}">{count}</td>' for count in row)
        + "</tr>"
        for level, row in comparison.levels.items()
    )
    body = "".join(
        f"<tr{' class=differs' if row.differs else ''}><th scope=row>{escape(row.duty)}</th>"
        + "".join(f'<td style="background:{_color(cell)}">{_cell_html(cell, language)}</td>' for cell in row.cells)
        + "</tr>"
        for row in comparison.rows
    )
    heads = "".join(f"<th scope=col>{escape(case)}</th>" for case in comparison.cases)
    legend = "".join(
        f'<span style="background:{color}">{escape(_level(level, language))}</span>' for level, color in COLORS.items()
    )
    nothing = "" if comparison.rows else f"<p>{escape(_nothing(language))}</p>"
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>"
        f"<table><thead><tr><th scope=col>{level_head}</th>{heads}</tr></thead><tbody>{heat}</tbody></table>"
        f"<p class=legend>{legend}</p>{nothing}"
        f"<table><thead><tr><th scope=col>{duty_head}</th>{heads}</tr></thead><tbody>{body}</tbody></table>"
        "</body></html>\n"
    )


STYLE = (
    "body{font:15px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;margin:2rem;color:#1a1a1a}"
    "table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}tr.differs th::after{content:' ≠'}.legend span{padding:.1rem .6rem;margin-right:.4rem;"
    "border:1px solid #bbb}@media print{body{margin:0}}"
)
COLORS = {
    "国家": "#e0d4ec",
    "省": "#f4cfe3",
    "市": "#fbd9c5",
    "区县": "#fff1c2",
    "镇街": "#d5ecf8",
    "村社": "#d3efdf",
    "": "#fff",
}


def _shade(count: int, most: int) -> str:
    """Return white for none up to a full blue for the most (Okabe–Ito's #0072B2)."""
    share = count / most if most else 0
    red, green, blue = (round(255 + (full - 255) * share * 0.7) for full in (0, 114, 178))
    return f"rgb({red},{green},{blue})"


def _color(cell: Cell | None) -> str:
    leads = cell.who("主责") if cell else ()
    return COLORS.get(leads[0].level, "#fff") if leads else "#f4f4f4"


def _cell_html(cell: Cell | None, language: str) -> str:
    if cell is None:
        return ABSENT[language]
    supports = cell.who("配合")
    names = ("、" if language == "zh" else ", ").join(part.name for part in supports)
    tail = f"<br><small>{'配合' if language == 'zh' else 'support'}: {escape(names)}</small>" if supports else ""
    return f"{escape(_leads(cell, language))}{tail}"
