"""Is a Cypher text a read? Both engines are asked to refuse writes too; this names the clause and the line first."""

from __future__ import annotations

import re

from govgraph.errors import QueryError

# Strings, backticked names and comments, which may hold any word.
OPAQUE = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/""", re.DOTALL)
# Clauses that write, wherever they stand. After a dot, a colon or a dollar a word is a property, label or parameter;
# before one of the last signs it is a name.
CLAUSE = re.compile(
    r"(?<![\w.$:])(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|FOREACH|LOAD(?=\s+(?:CSV|FROM|WITH)\b))\b(?!\s*[:=,)\]}.])",
    re.IGNORECASE,
)
# Commands, which stand only where a statement begins.
COMMAND = re.compile(
    r"(?:^|;)\s*(?:(?:EXPLAIN|PROFILE)\b\s*)*"
    r"(DROP|ALTER|COPY|LOAD|INSTALL|UNINSTALL|UPDATE|ATTACH|DETACH|IMPORT|EXPORT|CHECKPOINT|COMMENT|GRANT|REVOKE|DENY"
    r"|START|STOP|TERMINATE|USE|BEGIN|COMMIT|ROLLBACK|RENAME|ENABLE|DRYRUN|DEALLOCATE|REALLOCATE)\b",
    re.IGNORECASE,
)
AS = re.compile(r"\bAS\s+$", re.IGNORECASE)
NEXT_STATEMENT = re.compile(r";\s*(?=\S)")
CALL = re.compile(r"(?<![\w.$:])CALL\b(?!\s*[({])\s*([\w.`]*)", re.IGNORECASE)
READ_PROCEDURES = re.compile(
    r"^(db\.(labels|relationshipTypes|propertyKeys|schema\.\w+|indexes|constraints|index\.fulltext\.query\w+|info|ping)"
    r"|dbms\.components|show_tables|table_info|db_version|show_functions|show_connection|current_setting)$",
    re.IGNORECASE,
)


def blank(cypher: str) -> str:
    """Return the text with strings and comments blanked and quoted names crossed out, lines and columns kept."""
    return OPAQUE.sub(_blanked, cypher)


def _blanked(match: re.Match[str]) -> str:
    text = match.group()
    if text.startswith("`"):
        return "`" + re.sub(r"[^\n]", "x", text[1:-1]) + "`"
    return re.sub(r"[^\n]", " ", text)


def refuse_writes(cypher: str, where: str = "query") -> None:
    """Raise where a query would write, run a procedure that is not known to read, or is more than one statement.

    Raises:
        QueryError: names the clause and its line.
    """
    text = blank(cypher)
    written = _first_write(text)
    if written:
        line, clause = _line(text, written.start(1)), written.group(1).upper()
        raise QueryError(
            f"{where}, line {line}: the clause {clause} writes; queries only read. "
            "Change the case file and load it again; if the word is a name, put it in backticks."
        )
    follows = NEXT_STATEMENT.search(text)
    if follows:
        raise QueryError(f"{where}, line {_line(text, follows.end())}: a second statement; run one query at a time")
    for call in CALL.finditer(text):
        if not AS.search(text, 0, call.start()) and not READ_PROCEDURES.match(call.group(1)):
            name = cypher[call.start(1) : call.end(1)]
            line = _line(text, call.start())
            raise QueryError(f"{where}, line {line}: the procedure {name or 'called'} is not known to only read")


def _first_write(text: str) -> re.Match[str] | None:
    clauses = (match for match in CLAUSE.finditer(text) if not AS.search(text, 0, match.start()))
    found = [match for match in (next(clauses, None), COMMAND.search(text)) if match]
    return min(found, key=lambda match: match.start(1), default=None)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
