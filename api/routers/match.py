"""A need typed by a person: which projects may answer it, and why."""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from fastapi import APIRouter, Request

from api.cache import AnswerCache
from api.deps import CacheDep, StoreDep
from api.limits import DEFAULT_FLOOR
from api.models import Candidate, Evidence, MatchAnswer, MatchRequest, NeedOutcome, PlaceFound, Problem
from tracegraph.analyse.need_story import outcome_as_dict
from tracegraph.graph.store import Store
from tracegraph.link.answer_model import load_model
from tracegraph.link.answer_outcome import iter_outcomes
from tracegraph.link.answers import match_text, method_of, read_typed
from tracegraph.link.lexicon import find_lexicon
from tracegraph.link.scores import PairScore
from tracegraph.link.vectors import Vectors, open_vectors
from tracegraph.model.items import Item
from tracegraph.report.terms import confidence_of
from tracegraph.thai.places import Gazetteer

router = APIRouter(tags=["match"])


@router.post("/match", summary="หาโครงการที่รองรับข้อความ / projects for a typed need", responses={422: {"model": Problem}})
def match(asked: MatchRequest, store: StoreDep, cache: CacheDep, request: Request) -> MatchAnswer:
    """Projects that may answer the text at its place, best first, each with its evidence.

    An empty list is an answer: `outcome` tells how many projects answer the need (from the default floor on), or why
    none does, with the numbers behind it. Only current projects of the same district are compared where the place is
    known.
    """
    return find_matches(asked, store, cache, Path(request.app.state.home))


def find_matches(asked: MatchRequest, store: Store, cache: AnswerCache, home: Path) -> MatchAnswer:
    """The same, with the office's lexicon of the data folder ``home`` and the sentence vectors that are kept there."""
    place = find_place(store, cache, asked)
    near = cache.get(store, "projects near", lambda: _Near(open_vectors(home / "vectors")))
    projects, vectors = near.find(store, (place.area or "")[:4]), near.vectors
    lexicon = find_lexicon(home)
    where: _Where = {
        "area": place.area, "village_no": asked.village_no, "village_name": asked.village_name, "year": asked.year,
    }  # fmt: skip
    scored = match_text(
        asked.text, projects, **where, vectors=vectors, lexicon=lexicon, limit=asked.limit, floor=asked.floor
    )
    ((_, outcome),) = iter_outcomes(
        [read_typed(asked.text, **where)],
        projects,
        floor=DEFAULT_FLOOR,
        vectors=vectors,
        lexicon=lexicon,
        complete=False,
    )
    return MatchAnswer(
        place=place,
        method=method_of(load_model(), vectors),
        considered=len(projects),
        outcome=NeedOutcome(**outcome_as_dict(outcome)),
        candidates=[_candidate(item, score) for item, score in scored],
    )


class _Where(TypedDict):
    area: str | None
    village_no: int | None
    village_name: str | None
    year: int | None


def find_place(store: Store, cache: AnswerCache, asked: MatchRequest) -> PlaceFound:
    """The code given, else what the words mean; villages are known by the names that imports gave."""
    if asked.area:
        return PlaceFound(area=asked.area, level=_LEVELS[len(asked.area)])
    if not asked.place:
        return PlaceFound(area=None, level=None)
    gazetteer = cache.get(store, "gazetteer", lambda: _gazetteer(store))
    found = gazetteer.resolve(text=asked.place, village_no=asked.village_no, village_name=asked.village_name)
    return PlaceFound(area=found.area, level=found.level, problem=found.problem, homonyms=list(found.homonyms))


_LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "village"}


def _gazetteer(store: Store) -> Gazetteer:
    gazetteer = Gazetteer()
    for row in store.read("MATCH (a:Area) WHERE a.level = 'village' RETURN a.uid AS code, a.name AS name"):
        if len(row["code"]) == 8 and row["name"]:
            gazetteer.add_village(row["code"], row["name"])
    return gazetteer


@dataclass(slots=True)
class _Near:
    """Projects of the places asked about last, and the vectors of their phrases; a place is read when it is asked about
    for the first time."""

    vectors: Vectors | None
    kept: OrderedDict[str, tuple[Item, ...]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, store: Store, place: str) -> tuple[Item, ...]:
        """Current projects that the place does not rule out: same district (or province), or of unknown place."""
        with self.lock:
            if place in self.kept:
                self.kept.move_to_end(place)
                return self.kept[place]
        found = store.load_projects_near(place)
        with self.lock:
            self.kept[place] = found
            while len(self.kept) > _MOST_PLACES:
                self.kept.popitem(last=False)
        return found


#: Places whose projects are kept in memory; the one that was asked about longest ago leaves first.
_MOST_PLACES = 6


def _candidate(item: Item, score: PairScore) -> Candidate:
    return Candidate(
        uid=item.uid,
        id=item.shown_id,
        name=item.text,
        plan_kind=item.plan_kind,
        owner=item.owner_name,
        year=item.years[0] if item.years else item.year,
        amount=item.amount,
        probability=round(score.probability, 4),
        confidence=confidence_of(score.probability),
        reason_th=score.reason_th,
        reason_en=score.reason_en,
        evidence=[Evidence(**dataclasses.asdict(part)) for part in score.contributions],
    )
