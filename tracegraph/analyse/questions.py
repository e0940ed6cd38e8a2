"""Questions: one Cypher file each in ``queries/``, asked with typed parameters, the same rows from both engines.

What both engines answer alike, proven by running every question on both (``tests/analyse``):
``MATCH``, ``OPTIONAL MATCH``, ``WHERE``, ``WITH``, ``UNWIND``, ``UNION ALL``, ``ORDER BY`` before ``collect``,
``[:A|B*0..6]``, ``nodes(p)``, ``relationships(p)``, ``length(p)``, list comprehensions, slices (``l[1..-1]``),
``reduce``, pattern comprehensions, ``all``/``any``/``none``, ``EXISTS {}``, ``CALL (x) {}`` and ``CALL () {}``,
``CASE``, maps and lists of maps, ``coalesce``, ``round(x, 2)``, ``duration.inDays(date(a), date(b)).days``,
``STARTS WITH``, ``head``, ``count(DISTINCT)``.

Traps met: begin a path at the node that is bound (``(p)<-[…]-(:Need)``, never ``(:Need)-[…]->(p)``), or the embedded
engine walks it from every need; ``sum`` of floats needs ``round``, for the order of adding is not fixed; null sorts
unlike, so sort keys are coalesced; ``NOT x IN list`` is null for a null ``x``; a name such as ``start`` or ``set``
is refused by the guard of the read-only store.

Avoid: relationship property indexes, quantified path patterns, ``SHORTEST``, APOC, unlabelled ``MATCH (n {uid: …})``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tracegraph.analyse.items import Reader, find_item
from tracegraph.analyse.params import near, read_params
from tracegraph.analyse.question_file import Param, ParamType, Question, parse_question
from tracegraph.errors import NotFoundError, UsageError
from tracegraph.model.graph import Label

__all__ = ["Answer", "Param", "ParamType", "Question", "ask", "load_questions", "read_params", "require_question"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a question in its column order; ``more`` says that rows beyond the limit were left out."""

    question: Question
    params: dict[str, Any]
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    more: bool = False


#: Parameters that take any id of an item and reach the engine as its uid; what such a uid begins with.
_ITEMS = {"need": (Label.NEED, "need:"), "project": (Label.PROJECT, "proj:")}

#: The area filter of every question, and the indexed property that a code of each length equals.
_AREA_FILTER = re.compile(r"\(\$area = '' OR (\w+)\.area STARTS WITH \$area\)")
_LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "area"}

_MOST_ROWS = 1_000_000


def _folder() -> Any:
    packaged = files("tracegraph").joinpath("queries")
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "queries"


@cache
def _loaded() -> tuple[Question, ...]:
    found = [
        (entry.name.removesuffix(".cypher"), entry) for entry in _folder().iterdir() if entry.name.endswith(".cypher")
    ]
    return tuple(
        parse_question(name, entry.read_text(encoding="utf-8")) for name, entry in sorted(found, key=lambda f: f[0])
    )


def load_questions() -> dict[str, Question]:
    """Every question by name, from the package's own ``queries`` or those of the checkout."""
    return {question.name: question for question in _loaded()}


def require_question(name: str) -> Question:
    """The question of this name; NotFoundError names the nearest ones."""
    questions = load_questions()
    if name not in questions:
        hint = near(name, list(questions))
        raise NotFoundError(
            f"ไม่มีคำถามชื่อ {name!r}",
            f"there is no question {name!r}",
            hint_th=f"ที่ใกล้เคียง: {hint}",
            hint_en=f"near: {hint}",
        )
    return questions[name]


def narrow_area(cypher: str, area: str) -> str:
    """The same question with its area filter as an equality on an indexed property.

    ``n.area STARTS WITH '8104'`` and ``n.district = '8104'`` select the same nodes; only the second is an
    index look-up, which is what keeps a question about one district fast in a graph of the whole country.
    """
    level = _LEVELS.get(len(area))
    return _AREA_FILTER.sub(rf"\1.{level} = $area", cypher) if level else cypher


def ask(
    store: Reader,
    name: str,
    params: Mapping[str, Any] | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Answer:
    """The answer to a question: all rows, or ``limit`` of them from ``offset``, always in the same order."""
    question = require_question(name)
    if offset < 0 or (limit is not None and limit < 1):
        raise UsageError(
            "limit ต้องตั้งแต่ 1 และ offset ตั้งแต่ 0", f"limit must be 1 or more and offset 0 or more: {limit}, {offset}"
        )
    values = read_params(question, params or {})
    if not _has_uids(values):
        _find_items(store, values)
        rows = _read_rows(store, question, values, limit, offset)
    elif not (rows := _read_rows(store, question, values, limit, offset)):
        asked = dict(values)
        _find_items(store, values)  # what looks like a uid may be a source's own id, or of nothing at all
        rows = rows if values == asked else _read_rows(store, question, values, limit, offset)
    kept = rows if limit is None else rows[:limit]
    return Answer(question, values, question.columns, kept, more=len(rows) > len(kept))


def _has_uids(values: Mapping[str, Any]) -> bool:
    """Whether items are named by uids, and the place beside them too: nothing needs to be looked up first."""
    named = [str(values[key]).startswith(begin) for key, (_, begin) in _ITEMS.items() if values.get(key)]
    return not named or (all(named) and values.get("area") != "")


def _find_items(store: Reader, values: dict[str, Any]) -> None:
    """Put uids for ids of items, and their places where no area is asked: an index look-up instead of a walk."""
    for key, (label, _) in _ITEMS.items():
        if values.get(key):
            item = find_item(store, values[key], label)
            values[key] = item["uid"]
            if values.get("area") == "":
                values["area"] = item.get("area") or ""


def _read_rows(
    store: Reader, question: Question, values: Mapping[str, Any], limit: int | None, offset: int
) -> list[dict[str, Any]]:
    """All rows from ``offset``, or one more than ``limit`` of them."""
    cypher = narrow_area(question.cypher, str(values.get("area", "")))
    if limit is None and not offset:
        return store.read(cypher, dict(values))
    page = {**values, "page_offset": offset, "page_limit": _MOST_ROWS if limit is None else limit + 1}
    return store.read(f"{cypher}\nSKIP $page_offset LIMIT $page_limit", page)
