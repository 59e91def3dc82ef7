"""Rule files: a YAML header in the leading ``//`` lines, then one Cypher query. A bad file is refused when loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from govgraph.assets import cypher_dir
from govgraph.check.findings import SEVERITIES
from govgraph.errors import NotFoundError, QueryError, RuleError
from govgraph.model.case import Text
from govgraph.read.values import did_you_mean
from govgraph.store.read_only import blank, refuse_writes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BILINGUAL = ("title", "question", "why", "remedy", "basis", "messages")
REQUIRED = ("id", "severity", *BILINGUAL, "identity", "population")
OPTIONAL = ("undetermined", "shapes", "params", "analysis")
RETURNED = ("subjects", "relations", "status")
PARAMETER_TYPES: dict[str, type] = {"integer": int, "number": float, "text": str, "texts": list}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed parameter of a rule or library query, with its default and its reason."""

    name: str
    type: str
    default: Any
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it asks, why it matters, what to do, and the Cypher that answers.

    ``messages`` is the sentence of a violation, ``undetermined`` of an undetermined finding (what to collect, from
    whom); both name columns of the query in braces. ``shapes`` gives words for the values of a column ``shape``.
    """

    id: str
    severity: str
    title: Text
    question: Text
    why: Text
    remedy: Text
    basis: Text
    messages: Text
    undetermined: Text | None
    identity: tuple[str, ...]
    population: str
    cypher: str
    path: Path
    parameters: tuple[Parameter, ...] = ()
    shapes: Mapping[str, Text] = field(default_factory=dict)
    analysis: str | None = None

    @property
    def category(self) -> str:
        """The folder that the rule stands in."""
        return self.id.partition("/")[0]

    @property
    def defaults(self) -> dict[str, Any]:
        """The parameters' defaults by name."""
        return {parameter.name: parameter.default for parameter in self.parameters}


def yaml_problem(error: yaml.YAMLError) -> str:
    """Return what a YAML error complains of, with the line of the file where it can be told."""
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}: " if mark else ""
    return f"{place}{getattr(error, 'problem', None) or error}"


def split_header(text: str) -> tuple[str, str]:
    """Split a ``.cypher`` file into its header (the leading ``//`` lines, without them) and its query."""
    lines = text.splitlines()
    count = 0
    while count < len(lines) and lines[count].startswith("//"):
        count += 1
    header = "\n".join(re.sub(r"^// ?", "", line) for line in lines[:count])
    return header, "\n".join(lines[count:]).strip()


def read_rule(path: Path, root: Path) -> Rule:
    """Read one rule file.

    Raises:
        RuleError: says the file, what is wrong, and what was expected.
    """
    try:
        header_text, cypher = split_header(path.read_text(encoding="utf-8"))
        header = yaml.load(header_text, Loader=LOADER)
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: the header is not YAML: {yaml_problem(error)}") from error
    if not isinstance(header, dict):
        raise RuleError(f"{path}: no header; expected leading // lines with id, severity, title …")
    expected = path.relative_to(root).with_suffix("").as_posix()
    return _rule(_Header(header, path), cypher, expected)


class _Header:
    """A header under examination; every refusal names the file."""

    def __init__(self, body: dict[str, Any], path: Path) -> None:
        self.body = body
        self.path = path

    def refuse(self, message: str) -> RuleError:
        return RuleError(f"{self.path}: {message}")

    def read_only(self, cypher: str, what: str) -> None:
        try:
            refuse_writes(cypher, what)
        except QueryError as error:
            raise self.refuse(str(error)) from error

    def keys(self) -> None:
        for key in self.body:
            if key not in (*REQUIRED, *OPTIONAL):
                hint = did_you_mean(str(key), (*REQUIRED, *OPTIONAL))
                raise self.refuse(f"unknown key {key!r} in the header. {hint}".rstrip())
        for key in REQUIRED:
            if key not in self.body:
                raise self.refuse(f"the header lacks {key!r}")

    def text(self, key: str, value: Any) -> Text:
        if not isinstance(value, dict) or not value.get("zh") or not value.get("en"):
            raise self.refuse(f"{key} lacks a translation; expected {{zh: …, en: …}}")
        more = [str(name) for name in value if name not in ("zh", "en")]
        if more:
            raise self.refuse(f"{key} has more than zh and en: {more[0]!r}. Quote a text that has a comma.")
        for language, text in value.items():
            if not isinstance(text, str):
                raise self.refuse(f"{key}.{language} is {text!r}, not a text. Put it in quotes.")
        return Text(value["zh"], value["en"])

    def parameters(self) -> tuple[Parameter, ...]:
        return read_parameters(self.body.get("params") or {}, self.path)


def read_parameters(body: dict[str, Any], path: Path) -> tuple[Parameter, ...]:
    """Read ``params`` of a header: ``{name: {type, default, doc}}``.

    Raises:
        RuleError: a type that is unknown, or a default that is not of its type.
    """
    result = []
    for name, entry in body.items():
        if not isinstance(entry, dict) or entry.get("type") not in PARAMETER_TYPES:
            raise RuleError(f"{path}: parameter {name!r} needs a type: {', '.join(PARAMETER_TYPES)}")
        default = entry.get("default")
        kind = PARAMETER_TYPES[entry["type"]]
        if default is not None and not isinstance(default, (kind, int) if kind is float else kind):
            raise RuleError(f"{path}: the default of {name!r} is {default!r}, not a {entry['type']}")
        result.append(Parameter(name, entry["type"], default, str(entry.get("doc", ""))))
    return tuple(result)


def _rule(header: _Header, cypher: str, expected: str) -> Rule:
    header.keys()
    body = header.body
    if body["id"] != expected:
        raise header.refuse(f"the id {body['id']!r} is not the path {expected!r}")
    if body["severity"] not in SEVERITIES:
        raise header.refuse(f"severity {body['severity']!r}; expected {', '.join(SEVERITIES)}")
    parameters = header.parameters()
    identity = tuple(body["identity"] or ())
    _examine(cypher, identity, header)
    header.read_only(str(body["population"]), "population")
    texts = {key: header.text(key, body[key]) for key in BILINGUAL}
    undetermined = body.get("undetermined")
    return Rule(
        id=expected,
        severity=body["severity"],
        **texts,
        undetermined=header.text("undetermined", undetermined) if undetermined else None,
        identity=identity,
        population=str(body["population"]).strip(),
        cypher=cypher,
        path=header.path,
        parameters=parameters,
        shapes={str(k): header.text(f"shapes.{k}", v) for k, v in (body.get("shapes") or {}).items()},
        analysis=body.get("analysis"),
    )


def _examine(cypher: str, identity: Iterable[str], header: _Header) -> None:
    """Refuse a query that writes, is not ordered, or does not return what a rule must."""
    if not cypher:
        raise header.refuse("no query after the header")
    header.read_only(cypher, "query")
    text = blank(cypher)
    if not re.search(r"\bORDER\s+BY\b", text, re.IGNORECASE):
        raise header.refuse("the query has no ORDER BY; the same data must give the same output")
    names = set(re.findall(r"\bAS\s+(\w+)", text, re.IGNORECASE))
    if header.body.get("analysis"):
        return
    for column in RETURNED:
        if column not in names:
            raise header.refuse(f"the query does not return {column!r} (… AS {column})")
    for column in identity:
        if column not in names:
            raise header.refuse(f"the identity column {column!r} is not returned by the query")


def load_rules(extra: Iterable[Path] = ()) -> list[Rule]:
    """Load the shipped rules and those of the folders in ``extra``, ordered by id.

    Raises:
        RuleError: a file is refused, or two rules have one id.
    """
    rules: dict[str, Rule] = {}
    for root in (cypher_dir() / "rules", *extra):
        if not root.is_dir():
            raise RuleError(f"{root}: no such folder of rules")
        for path in sorted(root.rglob("*.cypher")):
            rule = read_rule(path, root)
            if rule.id in rules:
                raise RuleError(f"{path}: the id {rule.id!r} is taken by {rules[rule.id].path}")
            rules[rule.id] = rule
    return [rules[name] for name in sorted(rules)]


def find_rule(rules: Iterable[Rule], name: str) -> Rule:
    """Return the rule called ``name``: its id, or the last part of it where that is unique.

    Raises:
        NotFoundError: no rule, or several, have that name.
    """
    every = list(rules)
    matches = [rule for rule in every if name in (rule.id, rule.id.partition("/")[2])]
    if len(matches) == 1:
        return matches[0]
    hint = did_you_mean(name, [rule.id for rule in every])
    raise NotFoundError(f"no rule is called {name!r}. {hint or 'See: govgraph rules'}".rstrip())


def select_rules(rules: Iterable[Rule], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """Return the rules that ``select`` names (all where it is empty) and ``ignore`` does not.

    A pattern is an id, its last part, a category, or an id with ``*``.

    Raises:
        NotFoundError: a pattern that matches no rule.
    """
    from fnmatch import fnmatchcase

    every = list(rules)
    wanted, unwanted = list(select), list(ignore)

    def matches(rule: Rule, pattern: str) -> bool:
        return pattern in (rule.category, rule.id.partition("/")[2]) or fnmatchcase(rule.id, pattern)

    for pattern in (*wanted, *unwanted):
        if not any(matches(rule, pattern) for rule in every):
            hint = did_you_mean(pattern, [rule.id for rule in every])
            raise NotFoundError(f"{pattern!r} matches no rule. {hint or 'See: govgraph rules'}".rstrip())
    return [
        rule
        for rule in every
        if (not wanted or any(matches(rule, p) for p in wanted)) and not any(matches(rule, p) for p in unwanted)
    ]
