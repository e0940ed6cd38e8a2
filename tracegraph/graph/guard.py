"""Refuse what would write: ArcadeDB does not enforce read-only sessions, so this layer does."""

from __future__ import annotations

import re

from tracegraph.errors import UsageError

_LITERALS = re.compile(
    r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | //[^\n]* | /\*.*?\*/""",
    re.VERBOSE | re.DOTALL,
)
_WRITES = re.compile(
    r"(?<![.:$\w])(?:CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|FOREACH|LOAD|INSERT)(?!\w)", re.IGNORECASE
)
# administration stands at the beginning; anywhere else these are names
_ADMINISTERS = re.compile(
    r"\s*(?:ALTER|GRANT|REVOKE|DENY|RENAME|TERMINATE|START|STOP|USE|ENABLE|DEALLOCATE|REALLOCATE|DRYRUN)(?!\w)",
    re.IGNORECASE,
)
# a subquery, CALL { … } or CALL (x) { … }, reads; a procedure may do anything
_PROCEDURE = re.compile(r"(?<![.:$\w])CALL\s+(?!\(|\{)", re.IGNORECASE)


def bare_cypher(cypher: str) -> str:
    """The query without its string literals, quoted names and comments."""
    return _LITERALS.sub(" '' ", cypher)


def require_read_only(cypher: str) -> None:
    """UsageError where the query holds a clause that writes, calls a procedure, or hides what it says."""
    if "\\u" in cypher:  # Neo4j decodes \\uXXXX before it parses: keywords and quotes could hide in it
        raise _refused("\\u")
    bare = bare_cypher(cypher)
    found = _WRITES.search(bare) or _ADMINISTERS.match(bare) or _PROCEDURE.search(bare)
    if found:
        raise _refused(found.group(0).strip().upper())
    if ";" in bare.rstrip().rstrip(";"):
        raise _refused(";")
    if "'" in bare.replace("''", "") or '"' in bare or "`" in bare or "/*" in bare:
        raise _refused("unclosed quote")


def _refused(word: str) -> UsageError:
    return UsageError(
        f"คำถามนี้มี {word} ซึ่งไม่ใช่การอ่าน จึงไม่ทำให้",
        f"this query holds {word}, which is not reading; refused",
        hint_th="คำถามใช้ได้เฉพาะคำสั่งอ่าน เช่น MATCH … RETURN …",
        hint_en="questions may only read, as in MATCH … RETURN …",
    )
