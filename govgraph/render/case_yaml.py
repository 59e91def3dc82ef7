"""A case as the YAML file that people write and review: a row a line, quoted where needed, same case same bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from govgraph.render.case_rows import case_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govgraph.model.case import Case
    from govgraph.render.case_rows import Row

# Letters of any script, digits, and signs that mean nothing in YAML; spaces only inside.
SIGNS = r"\w、。，；：！？《》（）“”‘’…—·"
PLAIN = re.compile(rf"[{SIGNS}]([{SIGNS}./()%+\- ]*[{SIGNS}./)%+])?")
DIGIT = re.compile(r"[0-9.]")
BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}  # YAML would fold them


def case_yaml(case: Case) -> str:
    """Return the text of the case file; read again it gives the equal case, quotes and sources included."""
    rows = case_rows(case)
    lines = ["meta:", *_block(rows.meta, "  ", notes=True)]
    for section, entries in rows.sections.items():
        lines += ["", f"{section}:"] if section != "sources" else [f"{section}:"]
        for row in entries:
            lines += _entry(row, section)
    return "\n".join(lines) + "\n"


def _entry(row: Row, section: str) -> Iterator[str]:
    """Yield the lines of one entry: reforms and steps of the tour take several, all else takes one."""
    if section not in ("reforms", "tour"):
        yield f"  - {flow(row)}"
        return
    plain = {key: value for key, value in row.items() if key != "changes"}
    first, *rest = _block(plain, "    ", notes=False)
    yield f"  - {first.strip()}"
    yield from rest
    if "changes" in row:
        yield "    changes:"
        for change in row["changes"]:
            yield f"      - {flow(change)}"


def _block(row: Row, indent: str, *, notes: bool) -> Iterator[str]:
    for key, value in row.items():
        if notes and key == "notes":
            yield f"{indent}notes:"
            for note in value:
                yield f"{indent}  - {flow(note)}"
        elif key == "text":
            yield f"{indent}text:"
            for language, text in value.items():
                yield f"{indent}  {language}: {flow(text)}"
        else:
            yield f"{indent}{key}: {flow(value, single=key == 'quote')}"


def flow(value: Any, *, single: bool = False) -> str:
    """Return a value on one line; ``single`` (and all of a row) writes a list of one as that one."""
    if isinstance(value, dict):
        lists = ("aliases", "complete")  # a list by nature, also with one entry
        parts = (f"{scalar(key)}: {flow(item, single=key not in lists)}" for key, item in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, tuple):
        if single and len(value) == 1:
            return scalar(value[0])
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int):
        return str(value)
    return scalar(str(value))


def scalar(text: str) -> str:
    """Return a text as a YAML scalar, in double quotes unless no reader can take it for anything but that text."""
    if PLAIN.fullmatch(text) and not (DIGIT.match(text) and text.isascii()) and _is_text(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    for sign, escape in BREAKS.items():
        quoted = quoted.replace(sign, escape)
    return quoted


def _is_text(text: str) -> bool:
    """Tell whether YAML 1.1 reads a plain scalar as a text: ``no``, ``~`` and ``2009-09-01`` are something else."""
    return text.lower() not in ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "none")
