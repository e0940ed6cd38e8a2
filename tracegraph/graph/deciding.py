"""Recording decisions: each appends one or more ``Decision`` nodes and their effect, in one transaction."""

from __future__ import annotations

from typing import Any

from neo4j import Transaction

from tracegraph.errors import InputError, NotFoundError
from tracegraph.graph.database import Database
from tracegraph.graph.decision_table import append_decisions, apply_declines, read_decisions
from tracegraph.graph.decisions import (
    Decision,
    find_standing,
    fold_verdicts,
    make_decision,
    parse_decision,
    parse_time,
    require_link_kind,
)
from tracegraph.graph.keys import now_iso
from tracegraph.graph.link_table import read_links
from tracegraph.graph.meaning import Pair
from tracegraph.graph.read_texts import read_hashes
from tracegraph.graph.write_links import apply_verdicts
from tracegraph.graph.writer import exclusive
from tracegraph.model.graph import CLASS_BY_CODE, LINK_ENDS, Label, LinkKind

_LINK_VERDICTS = ("confirm", "reject", "class")


def decide(
    database: Database,
    kind_name: str,
    from_uid: str,
    to_uid: str,
    verdict: str,
    *,
    work_class: str | None,
    reason: str | None,
    by: str,
    at: str | None,
) -> str:
    """Record a verdict on a pair; returns the decision's uid."""
    kind = require_link_kind(kind_name)
    _check(verdict, work_class, by)
    with exclusive(database) as tx:
        before = read_decisions(tx)
        pair = _pair_as_stored(tx, kind, (from_uid, to_uid))
        left, right = LINK_ENDS[kind]
        decision = make_decision(
            seq=_next_seq(before),
            verdict=verdict,
            by=by,
            at=parse_time(at) if at else now_iso(),
            kind=kind.value,
            from_uid=pair[0],
            to_uid=pair[1],
            work_class=work_class,
            reason=reason,
            from_hash=_require_hash(tx, left, pair[0]),
            to_hash=_require_hash(tx, right, pair[1]),
        )
        _append(tx, before, decision)
        return decision.uid


def _check(verdict: str, work_class: str | None, by: str) -> None:
    if verdict not in _LINK_VERDICTS:
        known = ", ".join(_LINK_VERDICTS)
        raise InputError(f"ไม่รู้จักคำตัดสิน {verdict!r}", f"unknown verdict {verdict!r}", hint_th=known, hint_en=known)
    if work_class is not None and work_class not in CLASS_BY_CODE:
        known = ", ".join(CLASS_BY_CODE)
        raise InputError(f"ไม่รู้จักประเภท {work_class!r}", f"unknown class {work_class!r}", hint_th=known, hint_en=known)
    if verdict == "class" and work_class is None:
        raise InputError("ต้องระบุประเภท", "a class verdict needs a class")
    if not by.strip():
        raise InputError("ต้องระบุผู้ตัดสิน", "say who decides", hint_th="--by ชื่อ", hint_en="--by NAME")


def _pair_as_stored(tx: Transaction, kind: LinkKind, pair: Pair) -> Pair:
    """Same work has a direction only for order: a pair named the other way round is the pair that is there."""
    turned = (pair[1], pair[0])
    if kind is LinkKind.SAME_WORK and turned in read_links(tx, kind, [pair, turned]):
        return turned
    return pair


def _require_hash(tx: Transaction, label: Label, uid: str) -> str:
    found = read_hashes(tx, label, [uid])
    if uid not in found:
        raise NotFoundError(f"ไม่พบ {label} {uid}", f"no {label} {uid}")
    return found[uid]


def _next_seq(decisions: list[Decision]) -> int:
    return max((d.seq for d in decisions), default=0) + 1


def _append(tx: Transaction, before: list[Decision], decision: Decision) -> None:
    if any(d.uid == decision.uid for d in before):
        return
    append_decisions(tx, [decision])
    now = [*before, decision]
    if decision.kind is None:
        apply_declines(tx, now, {decision.from_uid} if decision.from_uid else set())
        return
    touched = (decision.kind, (decision.from_uid or "", decision.to_uid or ""))
    only = [d for d in now if (d.kind, (d.from_uid, d.to_uid)) == touched]
    apply_verdicts(tx, only, [touched])


def undo(database: Database, by: str, decision_uid: str | None) -> str:
    """Undo one decision, or the latest standing one of ``by``; undoing an undo makes the first stand again."""
    _check("confirm", None, by)
    with exclusive(database) as tx:
        before = read_decisions(tx)
        target = _find_target(before, by, decision_uid)
        decision = make_decision(
            seq=_next_seq(before),
            verdict="undo",
            by=by,
            at=now_iso(),
            kind=target.kind,
            from_uid=target.from_uid,
            to_uid=target.to_uid,
            undoes=target.uid,
        )
        _append(tx, before, decision)
        return decision.uid


def _find_target(decisions: list[Decision], by: str, decision_uid: str | None) -> Decision:
    if decision_uid is None:
        mine = [d for d in find_standing(decisions) if d.by == by]
        if not mine:
            raise NotFoundError(f"{by} ยังไม่มีคำตัดสินให้ยกเลิก", f"{by} has no decision to undo")
        return mine[-1]
    target = next((d for d in decisions if d.uid == decision_uid), None)
    if target is None:
        raise NotFoundError(f"ไม่พบคำตัดสิน {decision_uid}", f"no decision {decision_uid}")
    return target


def decline(database: Database, need_uid: str, reason: str, by: str, at: str | None) -> str:
    """A person says no to a need, with the reason."""
    _check("confirm", None, by)
    if not reason.strip():
        raise InputError("ต้องระบุเหตุผลที่ไม่รับ", "a decline needs a reason", hint_th="--reason …", hint_en="--reason …")
    with exclusive(database) as tx:
        before = read_decisions(tx)
        decision = make_decision(
            seq=_next_seq(before),
            verdict="decline",
            by=by,
            at=parse_time(at) if at else now_iso(),
            from_uid=need_uid,
            reason=reason,
            from_hash=_require_hash(tx, Label.NEED, need_uid),
        )
        _append(tx, before, decision)
        return decision.uid


def list_all(database: Database) -> list[Decision]:
    """Every decision in order."""
    with database.transaction() as tx:
        return read_decisions(tx)


def export(database: Database) -> list[dict[str, Any]]:
    """Every decision in order, as rows."""
    return [decision.properties() for decision in list_all(database)]


def import_rows(database: Database, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Take decisions in; those that are there already change nothing, those whose ends are missing wait."""
    decisions = {d.uid: d for d in (parse_decision(row, number) for number, row in enumerate(rows, start=1))}
    with exclusive(database) as tx:
        before = read_decisions(tx)
        known = {d.uid for d in before}
        added = [d for d in decisions.values() if d.uid not in known]
        append_decisions(tx, added)
        now = [*before, *added]
        # an undo may have come in whose decision was applied here before
        undone = [(d.kind, (d.from_uid or "", d.to_uid or "")) for d in added if d.kind]
        counts = apply_verdicts(tx, now, undone)
        apply_declines(tx, now, {d.from_uid for d in added if d.kind is None and d.from_uid})
    standing = len(fold_verdicts(now))
    return {
        "added": len(added),
        "known": len(decisions) - len(added),
        "standing": standing,
        "waiting": counts.skipped,
    }
