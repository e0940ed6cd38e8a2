"""Questions as the pages and routes ask them: kept while the data stay, bounded, in one shape."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.cache import AnswerCache
from tracegraph.analyse.questions import Answer, Question, ask, load_questions, require_question
from tracegraph.graph.store import Store

__all__ = ["Answer", "Question", "ask_kept", "list_questions", "require_question"]


def list_questions() -> list[Question]:
    """Every question, by name."""
    return list(load_questions().values())


def ask_kept(cache: AnswerCache, store: Store, name: str, params: dict[str, Any]) -> Answer:
    """The answer to a question, from the cache where nothing changed since."""
    today = date.today().isoformat()  # questions about what is late know the day
    key = (name, today, tuple(sorted((k, str(v)) for k, v in params.items())))
    return cache.get(store, key, lambda: ask(store, name, params))
