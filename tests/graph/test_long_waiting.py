"""More waiting links in one document than one message to the engine may hold."""

from __future__ import annotations

from tests.graph.records import put, two_files
from tracegraph.graph import Store
from tracegraph.graph.waiting import keep_waiting, read_waiting
from tracegraph.model.graph import LinkKind
from tracegraph.model.records import Origin, PendingLink

MESSAGE = 16_777_216  # bytes that ArcadeDB takes at once


def test_very_many_waiting_links_are_kept_and_read(store: Store) -> None:
    put(store, *two_files())
    (document, *_) = sorted(row["uid"] for row in store.read("MATCH (d:Document) RETURN d.uid AS uid"))
    origin = Origin(document=document, file="เล่มแผน.xlsx", sheet="ผ.02", row=1, page=None)
    words = "ง. ยุทธศาสตร์จังหวัดที่ 1 พัฒนาคุณภาพชีวิต " * 8
    links = [
        PendingLink(kind=LinkKind.ALIGNS_WITH, from_id=f"proj:{n:016x}", to_id=words[:40], origin=origin, reason=words)
        for n in range(20_000)
    ]
    assert len(words.encode()) * len(links) > MESSAGE
    with store.database.transaction() as tx:
        keep_waiting(tx, document, links)
    with store.database.reading() as tx:
        assert read_waiting(tx)[document] == links
    with store.database.transaction() as tx:
        keep_waiting(tx, document, ())
    with store.database.reading() as tx:
        assert document not in read_waiting(tx)
