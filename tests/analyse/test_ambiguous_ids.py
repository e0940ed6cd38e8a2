"""An id that two items have is refused with both named; a superseded twin does not count."""

from __future__ import annotations

import pytest

from tests.analyse.analyse_story import Story
from tracegraph.analyse.items import find_item
from tracegraph.analyse.questions import ask
from tracegraph.errors import NotFoundError
from tracegraph.graph import Store


def _file(store: Store, name: str, digest: str, *needs: tuple[str, str]) -> None:
    story = Story(file=name, sheet="", digest=digest * 64)
    story.plan("V1", "PK01", "81040101", "กม.")
    for uid, source_id in needs:
        story.need(uid, f"ความต้องการ {uid}", source_id=source_id)
    store.write_batches([story.batch()], command="test")


def test_two_files_with_one_id(store: Store) -> None:
    _file(store, "a#1.csv", "1", ("X1", "7"))
    _file(store, "b.csv", "2", ("X2", "7"))
    with pytest.raises(NotFoundError) as caught:
        find_item(store, "7")
    assert "need:X1" in caught.value.hint_th
    assert "need:X2" in caught.value.hint_en
    assert find_item(store, "a#1.csv##2")["uid"] == "need:X1"  # a file name with a # of its own
    with pytest.raises(NotFoundError):
        ask(store, "trace_need", {"need": "7"})


def test_a_superseded_twin_does_not_count(store: Store) -> None:
    _file(store, "a.csv", "1", ("X1", "7"))
    _file(store, "a.csv", "2", ("X2", "7"))
    assert find_item(store, "7")["uid"] == "need:X2"
    assert find_item(store, "need:X1")["current"] is False
