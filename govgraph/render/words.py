"""The few fixed words of the program's own output, in both languages."""

from __future__ import annotations

WORDS = {
    "violated": ("不符", "violated"),
    "passed": ("通过", "passed"),
    "undetermined": ("待查", "undetermined"),
    "not_applicable": ("不适用", "not applicable"),
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "note": ("提示", "note"),
    "why": ("为什么", "why"),
    "remedy": ("怎么办", "what to do"),
    "basis": ("依据", "basis"),
    "question": ("问", "asks"),
    "evidence": ("原文", "evidence"),
    "parameters": ("参数", "parameters"),
    "cypher": ("查询", "Cypher"),
    "fingerprint": ("指纹", "fingerprint"),
    "subjects": ("涉及", "concerns"),
    "no_findings": ("没有发现问题", "no findings"),
    "of": ("{found} / {all}", "{found} of {all}"),
    "lead": ("主责", "lead"),
    "support": ("配合", "support"),
    "approve": ("审批", "approves"),
    "supervise": ("监督", "supervises"),
    "pay": ("出资", "pays"),
}


def word(key: str, language: str) -> str:
    """Return a fixed word in ``zh`` or ``en``."""
    return WORDS[key][1 if language == "en" else 0]
