"""The alignment score of a project, plan, body, area or strategy."""

from __future__ import annotations

import dataclasses
from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import CacheDep, Floor, StoreDep
from api.limits import DEFAULT_FLOOR
from api.models import AlignmentAnswer, LeftOutItems, Problem, ScorePart, Scores
from api.scores import score_kept
from tracegraph.analyse.alignment import Scope, ScoreSet

router = APIRouter(tags=["alignment"])


@router.get(
    "/alignment",
    summary="คะแนนความสอดคล้องพร้อมส่วนประกอบ / alignment score with its parts",
    responses={400: {"model": Problem}, 404: {"model": Problem}},
)
def alignment(
    store: StoreDep,
    cache: CacheDep,
    scope: Annotated[Scope, Query(description="ขอบเขต / what is scored", examples=["area"])] = Scope.AREA,
    uid: Annotated[str, Query(max_length=300, description="รหัส; พื้นที่ว่าง = ทั้งหมด / id", examples=["8104"])] = "",
    floor: Floor = DEFAULT_FLOOR,
) -> AlignmentAnswer:
    """Always two values, by facts only and with suggestions, each with numerator and denominator.

    A part that does not apply has value null and says why; it is not zero.
    """
    found = score_kept(cache, store, str(scope), uid, floor)
    return AlignmentAnswer(
        scope=str(found.scope),
        uid=found.uid,
        name=found.name,
        floor=found.floor,
        weights=dict(found.weights),
        facts=_score_set(found.facts),
        with_suggestions=_score_set(found.with_suggestions),
    )


def _score_set(scores: ScoreSet) -> Scores:
    return Scores(
        overall=scores.overall,
        parts=[ScorePart(**dataclasses.asdict(part)) for part in scores.parts],
        left_out=[LeftOutItems(**dataclasses.asdict(one)) for one in scores.left_out],
    )
