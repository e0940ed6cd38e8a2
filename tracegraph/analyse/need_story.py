"""The story of one need of the store: what answers it and who says so, or why no project does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracegraph.analyse.pair_story import ANSWERS, find_standing
from tracegraph.errors import InputError
from tracegraph.graph.store import Store
from tracegraph.link.answer_outcome import Outcome, OutcomeCode, iter_outcomes
from tracegraph.link.lexicon import find_lexicon
from tracegraph.link.stories import Standing
from tracegraph.link.vectors import open_vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item, StoredItems

_FACTS = (Status.DECLARED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class NeedStory:
    """A need, how it stands by comparison, and the links that stand already with the project of each."""

    need: Item
    outcome: Outcome
    standing: tuple[tuple[Standing, Item], ...] = ()

    @property
    def answered(self) -> bool:
        """Whether a project answers the need, by a document, a person or comparison."""
        return bool(self._facts) or self.outcome.code == OutcomeCode.ANSWERED

    @property
    def _facts(self) -> int:
        return sum(link.status in _FACTS for link, _ in self.standing)

    @property
    def verdict(self) -> tuple[str, str]:
        """The result in Thai and in English; what documents and people say goes first."""
        if self._facts:
            return (
                f"มีโครงการรองรับ {self._facts:,} โครงการ ตามที่เอกสารระบุหรือคนยืนยัน",
                f"answered by {self._facts:,} projects, as documents declare or people confirmed",
            )
        return self.outcome.words


def tell_need(store: Store, items: StoredItems, need: Item, *, home: Path, floor: float = 0.5) -> NeedStory:
    """The story of a need of the store; InputError for a project."""
    if need.role != "need":
        raise InputError(
            "อธิบายโครงการต้องระบุสองรายการ", "to explain a project, name a second record",
            hint_th="ระบุรหัสของอีกรายการด้วย หรือระบุความต้องการหนึ่งข้อ", hint_en="add another id, or name one need",
        )  # fmt: skip
    between = [(to, status) for kind, start, to, status, *_ in items.links if (kind, start) == (_KIND, need.uid)]
    rejected = {(need.uid, to) for to, status in between if status == Status.REJECTED}
    _, outcome = next(
        iter_outcomes(
            [need],
            items.projects,
            among=items.needs,
            floor=floor,
            lexicon=find_lexicon(home),
            vectors=open_vectors(home / "vectors"),
            without=rejected,
        )
    )
    projects = {item.uid: item for item in items.projects}
    standing = [
        (link, projects[to])
        for to, _ in between
        if to in projects
        for link in find_standing(store, ANSWERS, need.uid, to)
    ]
    order = [Status.CONFIRMED, Status.DECLARED, Status.SUGGESTED, Status.REJECTED]
    standing.sort(key=lambda pair: (order.index(Status(pair[0].status)), -pair[0].probability, pair[1].uid))
    return NeedStory(need, outcome, tuple(standing))


_KIND = LinkKind.ANSWERED_BY.value


def need_story_as_dict(story: NeedStory) -> dict[str, Any]:
    """The story as plain values, for JSON."""
    th, en = story.verdict
    return {
        "need": {"uid": story.need.uid, "id": story.need.shown_id, "text": story.need.text, "area": story.need.area},
        "answered": story.answered,
        "verdict_th": th,
        "verdict_en": en,
        "outcome": outcome_as_dict(story.outcome),
        "standing": [
            {"project": _name(item), "status": link.status, "probability": link.probability, "method": link.method}
            for link, item in story.standing
        ],
    }


def outcome_as_dict(outcome: Outcome) -> dict[str, Any]:
    """How a need stands as plain values: the reason, its denominators, and the nearest project."""
    th, en = outcome.words
    nearest = outcome.nearest
    return {
        "code": outcome.code.value,
        "th": th,
        "en": en,
        "projects": outcome.projects,
        "in_place": outcome.in_place,
        "fitting": outcome.fitting,
        "fitting_elsewhere": outcome.fitting_elsewhere,
        "reached": outcome.reached,
        "floor": outcome.floor,
        "nearest": {**_name(nearest[0]), "probability": nearest[1].probability} if nearest else None,
    }


def _name(item: Item) -> dict[str, Any]:
    return {"uid": item.uid, "id": item.shown_id, "name": item.text}
