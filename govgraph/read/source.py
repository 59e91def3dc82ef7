"""What a user names as SOURCE: a shipped case's name or alias, a file, or a folder."""

from __future__ import annotations

from pathlib import Path

from govgraph.assets import data_dir
from govgraph.errors import InputError, NotFoundError, Problem
from govgraph.model.case import Case
from govgraph.read.build import build_case
from govgraph.read.values import did_you_mean
from govgraph.read.yaml_file import read_tree


def shipped_cases() -> dict[str, Path]:
    """Return the shipped cases: folder name → case.yaml."""
    return {path.parent.name: path for path in sorted(data_dir().glob("*/case.yaml"))}


def read_case(source: str | Path) -> Case:
    """Read the case that ``source`` names.

    Args:
        source: name or alias of a shipped case, a YAML or Excel file, or a folder with case.yaml or CSV tables.

    Raises:
        NotFoundError: nothing has that name.
        InputError: the case is refused; one problem for each mistake.
    """
    name = str(source)
    path = Path(source)
    if path.is_file():
        return _read_file(path, _shown(path))
    if path.is_dir():
        return _read_folder(path)
    shipped = shipped_cases()
    if name in shipped:
        return _read_shipped(shipped[name])
    aliases = shipped_aliases()
    if name in aliases:
        return _read_shipped(shipped[aliases[name]])
    hint = did_you_mean(name, [*shipped, *aliases])
    raise NotFoundError(f"no case, file or folder is called {name!r}. {hint or 'See: govgraph cases'}".rstrip())


def shipped_aliases() -> dict[str, str]:
    """Return alias → case for the shipped cases (reads only the top of each file)."""
    result: dict[str, str] = {}
    for name, path in shipped_cases().items():
        for alias in _aliases(path):
            result[alias] = name
    return result


def _aliases(path: Path) -> list[str]:
    """Read ``aliases`` from the meta section without parsing the whole file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            text = line.strip()
            if text.startswith("aliases:"):
                return [
                    part.strip().strip("\"'") for part in text.partition(":")[2].strip(" []").split(",") if part.strip()
                ]
            if text.startswith("sources:"):
                break
    return []


def _read_shipped(path: Path) -> Case:
    return _read_yaml(path, f"data/{path.parent.name}/{path.name}")


def _shown(path: Path) -> str:
    """Name a file in messages: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _read_file(path: Path, shown: str) -> Case:
    if path.suffix in (".xls", ".xlsm", ".ods", ".csv"):
        expected = "a .yaml or .xlsx file, or a folder with CSV files"
        raise InputError([Problem(shown, f"{path.suffix} is not read as a case", expected, "Save it as .xlsx.")])
    if path.suffix == ".xlsx":
        from govgraph.read.excel import read_workbook

        return build_case(read_workbook(path, shown), file=shown, default_id=path.stem)
    return _read_yaml(path, shown)


def _read_yaml(path: Path, shown: str) -> Case:
    default = path.parent.resolve().name if path.name == "case.yaml" else path.stem
    return build_case(read_tree(path, shown), file=shown, default_id=default)


def _read_folder(path: Path) -> Case:
    case = path / "case.yaml"
    if case.is_file():
        return _read_yaml(case, _shown(case))
    from govgraph.read.csv_tables import read_tables

    return build_case(read_tables(path, _shown(path)), file=_shown(path), default_id=path.resolve().name)
