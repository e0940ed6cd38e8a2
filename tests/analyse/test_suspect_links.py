"""A link whose text has changed since a person confirmed it shows up, with the end that changed."""

from __future__ import annotations

from tests.analyse.analyse_story import ANSWERED, CARRIED, Story
from tracegraph.analyse.questions import ask
from tracegraph.analyse.trace import trace_need
from tracegraph.graph import Store


def _told(store: Store, text: str, digest: str) -> None:
    story = Story(file="forum.csv", sheet="", digest=digest * 64)
    story.plan("V1", "PK01", "81040101", "กม.")
    story.plan("L1", "PK03", "810401", "อบต.ก")
    story.need("N1", text)
    story.project("P1", "ก่อสร้างถนน", "L1")
    story.project("P2", "ก่อสร้างถนน ระยะที่ 2", "L1")
    if digest == "1":
        story.suggest(ANSWERED, "N1", "P1", 0.9)
        story.suggest(CARRIED, "P1", "P2", 0.9)
    store.write_batches([story.batch()], command="test")
    if story.suggested:
        store.write_links(story.suggested, method_scope="story", command="test")


def test_a_changed_need_makes_its_confirmed_link_suspect(store: Store) -> None:
    _told(store, "ขอถนนเข้าหมู่บ้าน", "1")
    store.decide("ANSWERED_BY", "need:N1", "proj:P1", "confirm", by="ผู้ตรวจ", reason="ตรงกัน")
    assert ask(store, "suspect_links").rows == []
    _told(store, "ขอถนนเข้าสวน", "2")
    rows = ask(store, "suspect_links").rows
    shown = ("kind", "status", "changed_end", "from_id", "from_text", "to_id", "decided_by", "reason", "from_file")
    assert [tuple(row[c] for c in shown) for row in rows] == [
        ("ANSWERED_BY", "confirmed", "from", "N1", "ขอถนนเข้าสวน", "P1", "ผู้ตรวจ", "ตรงกัน", "forum.csv")
    ]
    assert len(rows) == store.health().suspect
    assert ask(store, "suspect_links", {"status": "suggested"}).rows == []
    link = trace_need(store, "N1", 0.5).edges["need:N1", "proj:P1", rows[0]["link_uid"]]
    assert link["from_hash"] != trace_need(store, "N1", 0.5).nodes["need:N1"]["text_hash"]


def test_a_small_change_of_spelling_is_no_change(store: Store) -> None:
    _told(store, "ขอน้ำประปา", "1")
    store.decide("ANSWERED_BY", "need:N1", "proj:P1", "confirm", by="ผู้ตรวจ")
    _told(store, "ขอน\u0e49\u0e4d\u0e32ประปา ", "2")  # ำ in its other spelling, and a space
    assert ask(store, "suspect_links").rows == []
