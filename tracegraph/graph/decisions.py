"""People's verdicts: append-only decisions, and what they come to for each pair.

A decision is identified by its content, so the same export imported twice adds nothing. An undo is a
decision too, and can itself be undone. Decisions are ordered by time, then by the number they got here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from tracegraph.errors import InputError
from tracegraph.graph.keys import content_hash
from tracegraph.graph.meaning import Pair, Verdict
from tracegraph.graph.values import without_none
from tracegraph.model.graph import CLASS_BY_CODE, LINK_ENDS, LinkKind, Status

VERDICTS = ("confirm", "reject", "class", "undo", "decline")

_STATUS = {"confirm": Status.CONFIRMED.value, "reject": Status.REJECTED.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One verdict of one person. ``kind`` and ``to_uid`` are None for a declined need."""

    uid: str
    seq: int
    verdict: str
    by: str
    at: str
    kind: str | None = None
    from_uid: str | None = None
    to_uid: str | None = None
    work_class: str | None = None
    reason: str | None = None
    from_hash: str | None = None
    to_hash: str | None = None
    undoes: str | None = None

    def properties(self) -> dict[str, Any]:
        """As stored and exported: ``class`` for the work class, nothing that is not said."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        values["class"] = values.pop("work_class")
        return without_none(values)


def make_decision(*, seq: int, verdict: str, by: str, at: str, **rest: str | None) -> Decision:
    """A decision with its uid, which is a hash of everything but ``seq``."""
    content = {"verdict": verdict, "by": by, "at": at, **{k: v for k, v in rest.items() if v is not None}}
    return Decision(uid=f"dec:{content_hash(content)}", seq=seq, verdict=verdict, by=by, at=at, **rest)


def parse_time(text: str) -> str:
    """An ISO-8601 time as the form that sorts: UTC with microseconds (a time without zone is taken as UTC)."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"เวลา {text!r} ไม่ใช่ ISO-8601", f"time {text!r} is not ISO-8601") from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


_TEXTS = ("kind", "from_uid", "to_uid", "reason", "from_hash", "to_hash", "undoes")


def parse_decision(row: dict[str, Any], number: int) -> Decision:
    """A decision from an exported row; InputError names the row and what is wrong with it."""
    try:
        rest = {name: row.get(name) for name in _TEXTS}
        decision = make_decision(
            seq=int(row["seq"]),
            verdict=row["verdict"],
            by=row["by"],
            at=row["at"],
            work_class=row.get("class"),
            **rest,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(number, f"{type(error).__name__}: {error}") from error
    texts = (decision.verdict, decision.by, decision.at, decision.work_class, *rest.values())
    if not all(value is None or isinstance(value, str) for value in texts):
        raise _bad(number, "a value is no text")
    if decision.verdict not in VERDICTS:
        raise _bad(number, f"verdict {decision.verdict!r}")
    if decision.verdict in ("confirm", "reject", "class") and decision.kind not in {k.value for k in LINK_ENDS}:
        raise _bad(number, f"kind {decision.kind!r}")
    if decision.work_class is not None and decision.work_class not in CLASS_BY_CODE:
        raise _bad(number, f"class {decision.work_class!r}")
    try:
        parse_time(decision.at)
    except InputError as error:
        raise _bad(number, error.en) from error
    if row.get("uid") not in (None, decision.uid):
        raise _bad(number, f"uid {row['uid']!r} does not fit the content (changed by hand?)")
    return decision


def _bad(number: int, what: str) -> InputError:
    return InputError(
        f"คำตัดสินลำดับที่ {number} อ่านไม่ได้: {what}",
        f"decision {number} cannot be taken: {what}",
        hint_th="ใช้ไฟล์ที่ได้จาก tracegraph review export โดยไม่แก้ไข",
        hint_en="use a file written by tracegraph review export, unchanged",
    )


def find_standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions that nobody undid, in order; undo decisions themselves are not among them."""
    ordered = sorted(decisions, key=lambda d: (d.at, d.seq, d.uid))
    undoers: dict[str, list[str]] = {}
    for decision in ordered:
        if decision.undoes:
            undoers.setdefault(decision.undoes, []).append(decision.uid)
    known: dict[str, bool] = {}

    def stands(uid: str) -> bool:
        # an undo names the hash of what it undoes, so the chain cannot be a circle
        if uid not in known:
            known[uid] = not any(stands(undo) for undo in undoers.get(uid, ()))
        return known[uid]

    return [d for d in ordered if d.verdict != "undo" and stands(d.uid)]


def fold_verdicts(decisions: Iterable[Decision]) -> dict[tuple[str, Pair], Verdict]:
    """The verdict on each (kind, pair) that the standing decisions come to; a later one supersedes."""
    folded: dict[tuple[str, Pair], Verdict] = {}
    for decision in find_standing(decisions):
        if decision.kind is None or decision.from_uid is None or decision.to_uid is None:
            continue
        key = (decision.kind, (decision.from_uid, decision.to_uid))
        before = folded.get(key)
        only_class = decision.verdict == "class"
        source = before if only_class and before is not None else decision
        folded[key] = Verdict(
            status=(before.status if before else None) if only_class else _STATUS[decision.verdict],
            work_class=decision.work_class or (before.work_class if before else None),
            reason=decision.reason or (before.reason if only_class and before else None),
            by=decision.by,
            at=decision.at,
            from_hash=source.from_hash,
            to_hash=source.to_hash,
        )
    return folded


def fold_declines(decisions: Iterable[Decision]) -> dict[str, dict[str, Any]]:
    """Outcome of each need that a standing decision declines, as properties of the need."""
    return {
        d.from_uid: {
            "outcome": Status.REJECTED.value,
            "outcome_reason": d.reason or "",
            "declined_by": d.by,
            "declined_at": d.at,
        }
        for d in find_standing(decisions)
        if d.verdict == "decline" and d.from_uid
    }


def require_link_kind(kind: str) -> LinkKind:
    """A kind of link that people decide about; InputError names those there are."""
    if kind not in {k.value for k in LINK_ENDS}:
        known = ", ".join(k.value for k in LINK_ENDS)
        raise InputError(
            f"ไม่รู้จักชนิดความเชื่อมโยง {kind!r}", f"unknown kind of link {kind!r}", hint_th=known, hint_en=known
        )
    return LinkKind(kind)
