"""The story of any two loaded records, with the links that stand between them; the same for people and programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tracegraph.errors import InputError, NotFoundError
from tracegraph.graph.store import Store
from tracegraph.link.stories import PairStory, Standing, order_standing
from tracegraph.model.graph import LINK_ENDS, LinkKind
from tracegraph.model.items import Item, StoredItems

SAME_WORK, ANSWERS = "same-work", "answers"
_KINDS = {SAME_WORK: (LinkKind.CARRIED_TO, LinkKind.SAME_WORK), ANSWERS: (LinkKind.ANSWERED_BY,)}


def find_standing(store: Store, job: str, left: str, right: str) -> tuple[Standing, ...]:
    """The links of a job between two records (uids), whichever way they run; what people decided first."""
    found = []
    for kind in _KINDS[job]:
        above, below = LINK_ENDS[kind]
        rows = store.read(
            f"MATCH (a:{above})-[r:{kind}]->(b:{below}) WHERE (a.uid = $left AND b.uid = $right)"
            " OR (a.uid = $right AND b.uid = $left) RETURN r.status AS status, r.probability AS probability,"
            " r.method AS method, r.class AS class, r.reason AS reason, r.decided_by AS decided_by,"
            " r.decided_at AS decided_at, r.from_hash AS from_hash, r.to_hash AS to_hash,"
            " a.text_hash AS from_now, b.text_hash AS to_now",
            {"left": left, "right": right},
        )
        found += [_standing(kind, row) for row in rows]
    return order_standing(found)


def _standing(kind: LinkKind, row: dict[str, Any]) -> Standing:
    changed = any(
        row[then] and row[then] != row[now] for then, now in (("from_hash", "from_now"), ("to_hash", "to_now"))
    )
    return Standing(
        kind=kind.value,
        status=row["status"],
        probability=float(row["probability"]),
        method=row["method"] or "",
        work_class=row["class"],
        reason=row["reason"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        suspect=changed,
    )


def choose_job(left: Item, right: Item) -> str:
    """The job that compares two records; InputError where none does."""
    roles = sorted((left.role, right.role))
    if left.uid == right.uid:
        raise InputError("ทั้งสองรหัสเป็นรายการเดียวกัน", "both ids name one record")
    if roles == ["project", "project"]:
        return SAME_WORK
    if roles == ["need", "project"]:
        return ANSWERS
    raise InputError(
        "เทียบความต้องการกับความต้องการไม่ได้", "two needs are never compared",
        hint_th="ระบุโครงการสองรายการ หรือความต้องการกับโครงการ", hint_en="name two projects, or a need and a project",
    )  # fmt: skip


def tell_pair(
    store: Store, items: StoredItems, left: Item, right: Item, *, home: Path, floor: float = 0.5
) -> PairStory:
    """The story of two records of the store, by the model in use (``home`` is the data folder)."""
    job = choose_job(left, right)
    standing = find_standing(store, job, left.uid, right.uid)
    if job == SAME_WORK:
        from tracegraph.link.same_work.explaining import explain_pair  # noqa: PLC0415 (the other job needs none of it)
        from tracegraph.link.same_work.model import find_model  # noqa: PLC0415

        return explain_pair(left, right, items.projects, find_model(home), floor=floor, standing=standing)
    from tracegraph.link.answer_story import explain_answer  # noqa: PLC0415
    from tracegraph.link.lexicon import find_lexicon  # noqa: PLC0415
    from tracegraph.link.vectors import open_vectors  # noqa: PLC0415

    need, project = (right, left) if left.role == "project" else (left, right)
    return explain_answer(
        need,
        project,
        items.needs,
        items.projects,
        floor=floor,
        lexicon=find_lexicon(home),
        vectors=open_vectors(home / "vectors"),
        standing=standing,
    )


def story_as_dict(story: PairStory) -> dict[str, Any]:
    """The story as plain values, for JSON: both records, the verdict, the waterfall, and what keeps them apart."""
    th, en = story.verdict
    return {
        "job": story.job,
        "model": story.model,
        "left": _item(story.left),
        "right": _item(story.right),
        "probability": story.probability,
        "score": story.score,
        "plain_probability": story.plain_probability,
        "floor": story.floor,
        "class": story.work_class,
        "veto": story.veto,
        "aside": list(story.aside),
        "proposed": not story.causes,
        "verdict_th": th,
        "verdict_en": en,
        "rules": [{"name": rule.name, "th": rule.th, "en": rule.en} for rule in story.rules],
        "causes": [{"code": c.code, "th": c.th, "en": c.en, "partner": c.partner} for c in story.causes],
        "standing": [_link(link) for link in story.standing],
        "contributions": [
            {
                "feature": step.part.feature,
                "left": step.part.left,
                "right": step.part.right,
                "weight": step.part.weight,
                "sum": step.total,
                "probability": step.probability,
                "th": step.part.th,
                "en": step.part.en,
            }
            for step in story.iter_steps()
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "uid": item.uid,
        "id": item.shown_id,
        "role": item.role,
        "text": item.text,
        "owner": item.owner_name,
        "plan_kind": item.plan_kind,
        "stage": item.stage,
        "area": item.area,
        "years": list(item.years),
        "amount": item.amount,
    }


def _link(link: Standing) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "status": link.status,
        "probability": link.probability,
        "method": link.method,
        "class": link.work_class,
        "reason": link.reason,
        "decided_by": link.decided_by,
        "decided_at": link.decided_at,
        "suspect": link.suspect,
    }


def find_items(items: StoredItems, key: str) -> Sequence[Item]:
    """The current items that a person may mean by an id: uid, the source's id, or ``file#sheet#row``."""
    wanted = key.strip()
    every = (*items.needs, *items.projects)
    found = [one for one in every if wanted in (one.uid, one.shown_id, f"{one.file}#{one.sheet}#{one.row}")]
    return [one for one in found if one.current] or found


def require_item(items: StoredItems, key: str) -> Item:
    """The one current item with an id; NotFoundError or InputError where there is none, or several."""
    found = find_items(items, key)
    if not found:
        raise NotFoundError(
            f"ไม่พบรหัส {key}", f"unknown id {key}",
            hint_th="ดูรหัสได้จาก tracegraph links หรือ tracegraph query", hint_en="see tracegraph links for ids",
        )  # fmt: skip
    if len(found) > 1:
        uids = ", ".join(item.uid for item in found[:6])
        raise InputError(
            f"รหัส {key} มี {len(found)} รายการ", f"the id {key} names {len(found)} records",
            hint_th=f"ใช้ uid: {uids}", hint_en=f"use a uid: {uids}",
        )  # fmt: skip
    return found[0]


def story_as_json(story: PairStory) -> str:
    """The story as JSON text that people can read."""
    return json.dumps(story_as_dict(story), ensure_ascii=False, indent=2)
