"""Health counts what is there and names what is wrong."""

from __future__ import annotations

import pytest

from tests.graph.records import ALIGNS, ANSWERED, CARRIED, File, put, suggest, two_files
from tracegraph.graph import Store
from tracegraph.graph.schema import RANGE_INDEXES, ensure_schema
from tracegraph.model.graph import Label
from tracegraph.thai.normalize import text_hash


@pytest.mark.parametrize("label", [*Label, "Meta"])
def test_uids_are_unique_before_anything_is_written(store: Store, label: str) -> None:
    """The engine itself refuses a second node of one uid."""
    from tracegraph.errors import EngineError, UsageError

    store.database.run(f"CREATE (:{label} {{uid: 'twice'}})")
    try:
        with pytest.raises((EngineError, UsageError)):
            store.database.run(f"CREATE (:{label} {{uid: 'twice'}})")
        assert store.read(f"MATCH (n:{label} {{uid: 'twice'}}) RETURN count(n) AS c") == [{"c": 1}]
    finally:
        store.database.run(f"MATCH (n:{label} {{uid: 'twice'}}) DELETE n")


def test_making_the_schema_again_changes_nothing(store: Store) -> None:
    put(store, *two_files())
    before = store.health()
    ensure_schema(store.database)
    assert store.health() == before
    assert {"area", "district", "source_id"} <= set(RANGE_INDEXES[Label.NEED])


def test_counts_by_label_kind_and_status(store: Store) -> None:
    needs, items = two_files()
    put(store, needs, items.declare(CARRIED, "proj:1", "proj:2"))
    links = [
        suggest(ANSWERED, "need:1", "proj:1"),
        suggest(ANSWERED, "need:2", "proj:1"),
        suggest(ALIGNS, "proj:1", "NS:5"),
    ]
    store.write_links(links, method_scope=("answers", "alignment"), command="link")
    store.decide("ANSWERED_BY", "need:1", "proj:1", "confirm", by="ก")
    store.decide("ANSWERED_BY", "need:2", "proj:1", "reject", by="ก")
    health = store.health()
    assert {label: n for label, n in health.nodes.items() if n} == {
        "Area": 4, "Body": 2, "Plan": 2, "Need": 2, "Project": 2, "Strategy": 71, "Document": 2, "Run": 2,
        "Decision": 2,
    }  # fmt: skip
    assert health.links["CARRIED_TO"] == 1
    assert health.links["STATED_IN"] == 6
    assert health.links["WITHIN"] == 3
    assert health.statuses == {
        "ANSWERED_BY": {"declared": 0, "suggested": 0, "confirmed": 1, "rejected": 1},
        "CARRIED_TO": {"declared": 1, "suggested": 0, "confirmed": 0, "rejected": 0},
        "ALIGNS_WITH": {"declared": 0, "suggested": 1, "confirmed": 0, "rejected": 0},
        "SAME_WORK": {"declared": 0, "suggested": 0, "confirmed": 0, "rejected": 0},
    }
    assert (health.suspect, health.unfinished, health.wrong) == (0, (), ())
    assert health.engine in ("arcadedb", "neo4j")
    assert health.version[0].isdigit()


def test_links_are_suspect_once_a_text_changed_and_not_when_rejected(store: Store) -> None:
    put(store, *two_files())
    hashes = {"from_hash": text_hash("ขอถนนเข้าหมู่บ้าน"), "to_hash": text_hash("ก่อสร้างถนน")}
    links = [suggest(ANSWERED, "need:1", "proj:1", **hashes)]
    store.write_links(links, method_scope="answers", command="link")
    store.decide("SAME_WORK", "proj:1", "proj:2", "confirm", by="ก")
    put(store, File(version=2).need("1", "ขอถนนเข้า หมู่บ้าน").need("2", "ขอน้ำประปา"))
    assert store.health().suspect == 0, "a space is no change"
    put(store, File(version=3).need("1", "ขอถนนเข้าสวน").need("2", "ขอน้ำประปา"))
    health = store.health()
    assert health.suspect == 1
    assert health.wrong == (("ความเชื่อมโยง 1 เส้นต้องดูใหม่ เพราะข้อความเปลี่ยน", "1 links are suspect: a text has changed"),)
    store.decide("ANSWERED_BY", "need:1", "proj:1", "confirm", by="ก")
    assert store.health().suspect == 0, "decided on the text as it is now"
    other = File("plan.csv", version=2, owner="อบต.ก", kind="items").project("1", "ก่อสร้างถนนลูกรัง").project("2")
    put(store, other)
    assert store.health().suspect == 2, "both links of the renamed item"
    store.decide("ANSWERED_BY", "need:1", "proj:1", "reject", by="ก")
    assert store.health().suspect == 1
