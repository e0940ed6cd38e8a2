"""Answers kept as long as the data stay as they are: paging and searching do not ask the same question again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tracegraph.graph.store import Store

Value = TypeVar("Value")

#: Answers kept; the oldest leaves first.
MOST_ANSWERS = 48

_STAMP = """
OPTIONAL MATCH (r:Run) WITH count(r) AS runs, max(r.ended_at) AS at
OPTIONAL MATCH (d:Decision) RETURN runs, at, count(d) AS decisions, max(d.seq) AS last
"""


@dataclass(slots=True)
class AnswerCache:
    """A small cache that forgets everything when a run ended or a decision was made, whoever made it."""

    _kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _stamp: tuple[Any, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, store: Store, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The kept value for ``key``, or a new one; callers must not change what they get."""
        stamp = tuple(tuple(sorted(row.items())) for row in store.read(_STAMP))
        with self._lock:
            if stamp != self._stamp:
                self._kept.clear()
                self._stamp = stamp
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Value = self._kept[key]
                return found
        value = compute()
        with self._lock:
            if stamp == self._stamp:
                self._kept[key] = value
                while len(self._kept) > MOST_ANSWERS:
                    self._kept.popitem(last=False)
        return value
