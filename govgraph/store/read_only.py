"""Is a Cypher text a read? Both engines are asked to refuse writes too; this names the clause and the line first."""

from __future__ import annotations

import re

from govgraph.errors import QueryError

# Strings, backticked names and comments, which may hold any word.
OPAQUE = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/""", re.DOTALL
)
WRITE = re.compile(
    r"(?<![\w.$:])(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|ALTER|COPY|LOAD|FOREACH|INSTALL|UNINSTALL|ATTACH"
    r"|IMPORT|EXPORT|CHECKPOINT|COMMENT|GRANT|REVOKE|DENY|START|STOP|TERMINATE|USE|BEGIN|COMMIT|ROLLBACK)\b(?!\s*[:=,)\]}.])",
    re.IGNORECASE,
)
CALL = re.compile(r"(?<![\w.$:])CALL\s+(?![({])([\w.`]+)", re.IGNORECASE)
READ_PROCEDURES = re.compile(
    r"^(db\.(labels|relationshipTypes|propertyKeys|schema\.\w+|indexes|constraints|index\.fulltext\.query\w+|info|ping)"
    r"|dbms\.components|show_tables|table_info|db_version|show_functions|show_connection|current_setting)$",
    re.IGNORECASE,
)


def blank(cypher: str) -> str:
    """Return the text with strings, quoted names and comments blanked, lines and columns kept."""
    return OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), cypher)


def refuse_writes(cypher: str, where: str = "query") -> None:
    """Raise where a query would write or run a procedure that is not known to read.

    Raises:
        QueryError: names the clause and its line.
    """
    text = blank(cypher)
    match = WRITE.search(text)
    if match:
        line = text.count("\n", 0, match.start()) + 1
        clause = match.group(1).upper()
        raise QueryError(
            f"{where}, line {line}: the clause {clause} writes; queries only read. "
            "Change the case file and load it again."
        )
    for call in CALL.finditer(text):
        if not READ_PROCEDURES.match(call.group(1).strip("`")):
            line = text.count("\n", 0, call.start()) + 1
            raise QueryError(f"{where}, line {line}: the procedure {call.group(1)} is not known to only read")
