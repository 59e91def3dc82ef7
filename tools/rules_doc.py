"""docs/rules/: one page a rule, generated from the rule, with an index."""

from __future__ import annotations

from pathlib import Path

from govgraph.check.rules import load_rules
from govgraph.render.rule_page import rule_markdown

HEAD = """\
# Rules · 规则

Each rule is one file under `cypher/rules/`; these pages are generated from them.
How to write one: [writing-rules.md](../writing-rules.md).

| rule | severity | 名称 | title |
| --- | --- | --- | --- |
"""


def pages() -> dict[Path, str]:
    """Return the pages by path."""
    rules = load_rules()
    folder = Path("docs/rules")
    rows = [f"| [{r.id}]({r.id}.md) | {r.severity} | {r.title.zh} | {r.title.en} |" for r in rules]
    result = {folder / "README.md": HEAD + "\n".join(rows) + "\n"}
    return result | {folder / f"{rule.id}.md": rule_markdown(rule) for rule in rules}
