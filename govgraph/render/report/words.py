"""The report's own sentences, in both languages. A name in braces is a figure or a text that is filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govgraph.render.report.blocks import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govgraph.render.report.blocks import Line

SENTENCES = {
    "subtitle": ("问题与建议（一页简报）", "Problems and proposals: a brief of one page"),
    "as_of": ("按 {date} 的情况", "as of {date}"),
    "problems": ("一、问题", "1. Problems"),
    "basis": ("二、依据", "2. Grounds"),
    "impact": ("三、影响", "3. Consequences"),
    "advice": ("四、建议", "4. Proposals"),
    "summary": (
        (
            "材料所载 {bodies} 个单位、{duties} 项事项、{relations} 条现行关系，"
            "逐条对照 {applied} 条规则，查出 {broken} 类 {violations} 处问题（{severities}）"
        ),
        (
            "The documents state {bodies} bodies, {duties} duties and {relations} relations in force. Held "
            "against {applied} rules they show {violations} problems of {broken} kinds ({severities})"
        ),
    ),
    "sound": (
        "材料所载 {bodies} 个单位、{duties} 项事项、{relations} 条现行关系，逐条对照 {applied} 条规则，没有查出问题",
        (
            "The documents state {bodies} bodies, {duties} duties and {relations} relations in force. Held "
            "against {applied} rules they show no problem"
        ),
    ),
    "and_open": (
        "；另有 {undetermined} 处材料没有写明，须核实后才能判断",
        "; {undetermined} more cannot be judged until facts are collected",
    ),
    "errors": ("错误 {errors}", "errors {errors}"),
    "warnings": ("警告 {warnings}", "warnings {warnings}"),
    "notes": ("提示 {notes}", "notes {notes}"),
    "more_kinds": ("其余 {count} 类见附件一。", "{count} further kinds stand in annex 1."),
    "more_places": ("；同类共 {count} 处", "; {count} of the kind in all"),
    "sources": ("材料：", "Documents: "),
    "instruments": ("文件依据：", "Papers it rests on: "),
    "quotes": ("原文：", "In their words: "),
    "laws": ("制度依据：", "Rules of law and party: "),
    "reach": (
        "问题牵涉 {bodies_hit} 个单位、{duties_hit} 项事项",
        "The problems touch {bodies_hit} bodies and {duties_hit} duties",
    ),
    "hit": ("，包括", ", among them "),
    "proposed": (
        "材料自己提出 {measures} 项措施。逐项模拟，可消除 {cleared} 处问题，{left} 处没有一项措施能消除：",
        (
            "The documents propose {measures} measures. Simulated one by one they clear {cleared} problems; "
            "{left} are cleared by none:"
        ),
    ),
    "proposed_all": (
        "材料自己提出 {measures} 项措施。逐项模拟，所列 {cleared} 处问题都有措施可以消除：",
        "The documents propose {measures} measures. Simulated one by one they clear all {cleared} problems:",
    ),
    "proposed_none": (
        "材料自己提出 {measures} 项措施。逐项模拟，没有一项能消除所列问题。",
        "The documents propose {measures} measures. Simulated one by one they clear none of the problems.",
    ),
    "proposed_sound": (
        "材料自己提出 {measures} 项措施。",
        "The documents propose {measures} measures.",
    ),
    "clears": ("消除 {numbers}", "clears {numbers}"),
    "clear_none": (
        "另有 {count} 项单独实施不能消除所列问题：",
        "By themselves {count} more clear none of those listed: ",
    ),
    "brings": ("，但会带来新问题：{rules}", ", but brings new problems: {rules}"),
    "not_simulated": ("措施不够具体，无法模拟", "not specific enough to be simulated"),
    "more_remedies": ("其余 {count} 类见附件一。", "For {count} further kinds see annex 1."),
    "unanswered": ("以下问题材料没有提出对策，按规则建议：", "For what the documents leave unanswered, by the rules:"),
    "by_rule": ("按规则建议：", "By the rules:"),
    "verify": ("先行核实：", "To be verified first: "),
    "details": ("（向谁核实、核实什么，见附件二）。", " (whom to ask and what: annex 2)."),
    "no_advice": ("没有需要整改的事项。", "Nothing needs mending."),
    "annex_findings": ("附件一  问题详情", "Annex 1  The findings in full"),
    "annex_open": ("附件二  待核实事项", "Annex 2  What has to be verified"),
    "annex_matrix": ("附件三  责任矩阵", "Annex 3  Responsibility matrix"),
    "annex_map": ("附件四  关系图", "Annex 4  The map"),
    "annex_notes": ("附件五  说明", "Annex 5  Notes"),
    "none": ("没有。", "None."),
    "why": ("为什么：", "Why: "),
    "evidence": ("原文：", "Evidence: "),
    "concerned": ("涉及：", "Concerns: "),
    "remedy": ("处理：", "Remedy: "),
    "law": ("依据：", "Basis: "),
    "mark": ("规则 {rule} · 指纹 {fingerprint}", "rule {rule} · fingerprint {fingerprint}"),
    "unquoted": ("材料中没有可引的原文。", "No sentence of the documents can be quoted."),
    "duty": ("事项", "Duty"),
    "unstated": ("（未写明）", "(not stated)"),
    "no_lead": ("（无）", "(none)"),
    "matrix_note": (
        "一项事项应当有一个主责。多于一个或写明没有主责的行加了底色；“未写明”不等于没有。没有任何角色的事项不列。",
        (
            "A duty should have one lead. Rows with more than one, or with none by the document's own word, "
            "are shaded; “not stated” does not mean none. Duties without any role are left out."
        ),
    ),
    "map_there": (
        "关系图是同一文件夹中的网页，不需要网络：",
        "The map is a page in the same folder and needs no network: ",
    ),
    "map_elsewhere": ("关系图由此命令生成：", "The map is made by this command: "),
    "reading": (
        "〔数字〕是附件一、附件二中的编号。错误：责任会落空或权责相悖；警告：运转会受阻；提示：值得留意。待核实：材料没有写明，不等于没有。指纹是一处问题的固定编号，下次检查仍然不变。",
        (
            "[Numbers] refer to annexes 1 and 2. Error: responsibility fails or contradicts itself; warning: "
            "work is held up; note: worth a look. To be verified: not stated, which is not the same as "
            "absent. A fingerprint names the same problem in every later check."
        ),
    ),
    "generated": (
        "本报告由 govgraph 依据材料和规则生成；事实出自材料原文，问题由规则推出，建议出自材料和规则。",
        (
            "Made by govgraph from the documents and the rules: facts are the documents', problems follow "
            "from the rules, proposals are the documents' and the rules'."
        ),
    ),
    "redacted": ("名称已脱敏，原文从略。", "Names are made up and quotes are left out."),
}


def sentence(key: str, language: str) -> str:
    """Return a sentence with its braces as they are."""
    return SENTENCES[key][language == "en"]


def filled(key: str, language: str, figures: Mapping[str, int], **texts: Line) -> Line:
    """Return a sentence as spans: a figure is a span of its own that names it, a text is put in as it is."""
    line: list[Span] = []
    for part in re.split(r"(\{\w+\})", sentence(key, language)):
        name = part[1:-1]
        if not part.startswith("{"):
            line += [Span(part)] if part else []
        elif name in texts:
            line += texts[name]
        else:
            line.append(Span(str(figures[name]), figure=name))
    return tuple(line)
