"""Write the generated files of the project, or check that they are current.

    python tools/generate.py            write all but the gallery
    python tools/generate.py gallery    write the gallery of the shipped cases' maps
    python tools/generate.py --check    fail, naming each file that differs from what would be written
    python tools/generate.py coverage --sources DIR    renew docs/coverage.json from the source texts

Each part is a function ``pages() -> {path: text}``; nothing else writes these files.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("glossary_doc", "rules_doc", "commands_doc", "cases_doc", "reforms_doc", "mutation_doc")


def pages(names: tuple[str, ...]) -> dict[Path, str]:
    """Return what the named parts would write: absolute path → text."""
    sys.path.insert(0, str(ROOT))
    result: dict[Path, str] = {}
    for name in names:
        for path, text in importlib.import_module(f"tools.{name}").pages().items():
            result[ROOT / path] = text
    return result


def stale(wanted: dict[Path, str]) -> list[str]:
    """Return the files that are missing or differ, and generated rule pages that no rule has any more."""
    found = [
        str(path.relative_to(ROOT))
        for path, text in sorted(wanted.items())
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    known = set(wanted)
    rules = [path for path in sorted((ROOT / "docs" / "rules").rglob("*.md")) if path not in known]
    return found + [f"{path.relative_to(ROOT)} (no rule has this page)" for path in rules]


def write(wanted: dict[Path, str]) -> None:
    """Write all pages and remove rule pages that no rule has any more."""
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in (ROOT / "docs" / "rules").rglob("*.md"):
        if path not in wanted:
            path.unlink()
    print(f"{len(wanted)} files written")


def main(arguments: list[str]) -> int:
    """Run the command line above."""
    if arguments[:1] == ["gallery"]:
        from tools.gallery import main as gallery

        return gallery(arguments[1:])
    if arguments[:1] == ["coverage"]:
        from tools.cases_doc import renew_coverage

        return renew_coverage(Path(arguments[arguments.index("--sources") + 1]))
    wanted = pages(PARTS)
    if "--check" not in arguments:
        write(wanted)
        return 0
    old = stale(wanted)
    for name in old:
        print(f"{name} is not current: run python tools/generate.py", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
