"""Asking what the first page asks, before anybody opens it: a cold engine needs seconds for its first plans."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from api.answers import ask_kept
from api.areas import list_areas
from api.cache import AnswerCache
from api.counts import count_all
from api.finding import find_items
from api.limits import DEFAULT_FLOOR, FACTS_FLOOR
from api.models import MatchRequest
from api.pairs import find_pairs
from api.register import read_places
from api.routers.match import find_matches
from api.scores import score_kept
from api.search import read_search
from tracegraph.analyse.trace import trace_item
from tracegraph.errors import TracegraphError
from tracegraph.graph.store import Store

log = logging.getLogger(__name__)

#: Items up to which searching and matching are warmed up: both read every text, and of a province that takes a
#: minute of the processor, which the person who has just opened the first page needs more.
_MOST_READ = 5_000

#: Needs whose traces are asked for: what the engine has run some dozens of times it runs several times as fast.
_TRACES = 40

#: Seconds that leaving waits for a question of the warm-up.
_LONGEST_QUESTION = 20.0


class WarmUp:
    """A thread that warms up beside the first requests; a failure is logged and costs nobody anything."""

    def __init__(self, store: Store, cache: AnswerCache, home: Path) -> None:
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(store, cache, home), name="warm-up", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask nothing more and wait for the question that is being asked: the store must not close under it."""
        self._left.set()
        self._thread.join(_LONGEST_QUESTION)

    def _run(self, store: Store, cache: AnswerCache, home: Path) -> None:
        started = time.monotonic()
        try:
            for step in iter_steps(store, cache, home):
                if self._left.is_set():
                    return
                step()
        except TracegraphError as error:  # the page itself will say it to the person who opens it
            log.info("warm-up stopped: %s", error.en)
            return
        log.info("warm after %.1f s", time.monotonic() - started)


def iter_steps(store: Store, cache: AnswerCache, home: Path) -> Iterator[Callable[[], object]]:
    """What the first pages need, one question at a time; nothing where there are no data."""
    counts = cache.get(store, "counts", lambda: count_all(store))
    if not counts.documents:
        return
    yield lambda: cache.get(store, "areas", lambda: list_areas(store))
    for floor in (DEFAULT_FLOOR, FACTS_FLOOR):
        for name in ("reach_funnel", "needs_reach", "money_at_stake"):
            yield partial(ask_kept, cache, store, name, {"area": "", "floor": floor})
        yield partial(find_pairs, cache, store, "", floor)
    yield lambda: ask_kept(cache, store, "late_plans", {"area": ""})
    yield lambda: score_kept(cache, store, "area", "", DEFAULT_FLOOR)
    yield lambda: _trace_some(store, cache)
    if counts.needs + counts.projects > _MOST_READ:
        return
    yield lambda: find_items(cache, store, read_search("ถนน"))
    yield lambda: find_matches(MatchRequest(text="ซ่อมถนนเข้าหมู่บ้าน", limit=1), store, cache, home)


def _trace_some(store: Store, cache: AnswerCache) -> None:
    places = cache.get(store, ("places", ""), lambda: read_places(store, ""))
    for rows in islice(places.values(), _TRACES):
        trace_item(store, rows[0]["uid"], DEFAULT_FLOOR)
