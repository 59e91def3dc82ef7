"""A simulated reform as one HTML file: the map before, the map after, and their difference, switchable."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from govgraph.model.case import Case, Relation, Text
from govgraph.render.map.content import MapContent
from govgraph.render.map.page import json_text, render_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govgraph.check.findings import CheckResult, Finding
    from govgraph.reform.simulate import Simulation
    from govgraph.render.map.content import RuleCard

STATES = {"before": ("改革前", "before"), "after": ("改革后", "after"), "difference": ("差别", "difference")}
ADDED = Text("改革新增", "added by the reform")
ENDED = Text("改革终止", "ended by the reform")
CHANGED = Text("改革改变", "changed by the reform")


def reform_map(simulation: Simulation, language: str, cards: Mapping[str, RuleCard] | None = None) -> str:
    """Return the page; each of the three maps is whole, with its own findings, search and side panel."""
    given = cards or {}
    as_of = simulation.checked_before.as_of
    difference = difference_case(simulation, language)
    contents = {
        "before": MapContent(simulation.before, simulation.checked_before, given, as_of, language),
        "after": MapContent(simulation.after, simulation.checked_after, given, as_of, language),
        "difference": MapContent(difference, difference_check(simulation), given, as_of, language),
    }
    pages = {name: render_map(content) for name, content in contents.items()}
    title = f"{simulation.before.meta.title.to(language)} · {simulation.name}"
    return _wrapped(title, pages, simulation, language)


def difference_case(simulation: Simulation, language: str) -> Case:
    """Return what the reform touched and the ends of it; a note on each relation says what became of it."""
    before, after = simulation.before.relations_by_id, simulation.after.relations_by_id
    relations = []
    for identity in dict.fromkeys((*before, *after)):
        old, new = before.get(identity), after.get(identity)
        if old != new:
            relations.append(_marked(old, new, language))
    old_nodes, new_nodes = simulation.before.by_id, simulation.after.by_id
    ends = {end for relation in relations for end in (relation.start, relation.end)}
    ends |= {identity for identity, node in new_nodes.items() if old_nodes.get(identity) != node}
    for entry in (*simulation.fixed, *simulation.introduced):
        ends |= {subject.id for subject in entry.finding.subjects}
    nodes = [
        new_nodes.get(identity) or old_nodes[identity] for identity in (*new_nodes, *old_nodes) if identity in ends
    ]
    unique = {node.id: node for node in nodes}
    named = Text(f"{simulation.name}：差别", f"{simulation.name}: difference")
    meta = replace(simulation.after.meta, title=named)
    return replace(simulation.after.with_graph(unique.values(), relations), meta=meta, reforms=(), tour=())


def _marked(old: Relation | None, new: Relation | None, language: str) -> Relation:
    """Return a changed relation with a note; one that is no longer there is shown as ended."""
    if new is None:
        assert old is not None
        return old.but(status="终止", note=ENDED.to(language))
    if new.status == "终止":
        return new.but(note=ENDED.to(language))
    return new.but(note=(ADDED if old is None or old.status != "现行" else CHANGED).to(language))


def difference_check(simulation: Simulation) -> CheckResult:
    """Return the findings that went and came, each saying which of the two it is."""
    fixed = [_said(e.finding, Text("已解决：", "fixed: ")) for e in simulation.fixed]
    came = [_said(e.finding, Text("新出现：", "new: ")) for e in simulation.introduced]
    return replace(
        simulation.checked_after,
        results=tuple(
            replace(result, findings=tuple(_of(result.rule, (*fixed, *came))))
            for result in simulation.checked_after.results
        ),
    )


def _of(rule: str, findings: Iterable[Finding]) -> Iterable[Finding]:
    return (finding for finding in findings if finding.rule == rule)


def _said(finding: Finding, head: Text) -> Finding:
    message = Text(f"{head.zh}{finding.message.zh}", f"{head.en}{finding.message.en}")
    return replace(finding, message=message)


def _wrapped(title: str, pages: Mapping[str, str], simulation: Simulation, language: str) -> str:
    chinese = language == "zh"
    counts = {
        "before": len(simulation.checked_before.findings),
        "after": len(simulation.checked_after.findings),
        "difference": len(simulation.fixed) + len(simulation.introduced),
    }
    buttons = "".join(
        f'<button type="button" role="tab" id="show-{name}" aria-selected="false" data-state="{name}">'
        f"{words[not chinese]} ({counts[name]})</button>"
        for name, words in STATES.items()
    )
    # Each map is a page of its own with its own rules for scripts; from a blob it keeps them and needs no network.
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if chinese else "en"}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; frame-src blob:; '
        "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:\">"
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><header><h1>{escape(title)}</h1>"
        f'<div role="tablist">{buttons}</div></header><main></main>'
        f'<script type="application/json" id="pages">{json_text(dict(pages))}</script>'
        f"<script>{SCRIPT}</script></body></html>\n"
    )


STYLE = (
    "html,body{height:100%;margin:0}body{display:flex;flex-direction:column;font:15px/1.4 system-ui,'Noto Sans CJK SC',"
    "sans-serif}header{display:flex;gap:1rem;align-items:center;padding:.3rem .8rem;border-bottom:1px solid #bbb}"
    "h1{font-size:1rem;margin:0;flex:1}button{font:inherit;padding:.3rem .8rem;border:1px solid #888;background:#fff;"
    "cursor:pointer}button[aria-selected=true]{background:#0072b2;color:#fff}main{flex:1;position:relative}"
    "iframe{position:absolute;inset:0;width:100%;height:100%;border:0}"
)
SCRIPT = """
"use strict";
const pages = JSON.parse(document.getElementById("pages").textContent);
const frames = {};
function show(state) {
  if (!(state in pages)) state = "after";
  if (!frames[state]) {
    const frame = document.createElement("iframe");
    frame.title = document.getElementById("show-" + state).textContent;
    frame.src = URL.createObjectURL(new Blob([pages[state]], {type: "text/html;charset=utf-8"}));
    document.querySelector("main").append(frames[state] = frame);
  }
  for (const name of Object.keys(pages)) {
    if (frames[name]) frames[name].hidden = name !== state;
    document.getElementById("show-" + name).setAttribute("aria-selected", String(name === state));
  }
  if (location.hash.slice(1) !== state) location.hash = state;
}
for (const button of document.querySelectorAll("button")) {
  button.addEventListener("click", () => show(button.dataset.state));
}
addEventListener("hashchange", () => show(location.hash.slice(1)));
show(location.hash.slice(1) || "after");
"""
