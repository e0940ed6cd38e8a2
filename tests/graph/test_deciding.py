"""People's verdicts: what they do to links, how they are undone, and how they travel."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.graph.records import ALIGNS, ANSWERED, CARRIED, SAME, File, dump, put, status_of, suggest, two_files
from tracegraph.errors import InputError, NotFoundError
from tracegraph.graph import Store
from tracegraph.graph.schema import clear_store
from tracegraph.model.graph import Status


def outcome(store: Store, uid: str) -> tuple[str | None, str | None]:
    row = store.read("MATCH (n:Need {uid: $uid}) RETURN n.outcome AS o, n.outcome_reason AS r", {"uid": uid})[0]
    return row["o"], row["r"]


def test_confirm_reject_and_undo_step_by_step(store: Store) -> None:
    put(store, *two_files())
    store.write_links([suggest(ANSWERED, "need:1", "proj:1")], method_scope="answers", command="link")
    first = store.decide("ANSWERED_BY", "need:1", "proj:1", "confirm", by="ก", reason="ตรงกัน")
    store.decide("ANSWERED_BY", "need:1", "proj:1", "reject", by="ข", reason="คนละสาย")
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "rejected"
    undone = store.undo("ข")
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "confirmed"
    store.undo("ก", first)
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "suggested"
    store.undo("ข", undone)  # undoing the undo makes the rejection stand again
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "rejected"
    assert [(d.seq, d.verdict, d.by) for d in store.list_decisions()] == [
        (1, "confirm", "ก"), (2, "reject", "ข"), (3, "undo", "ข"), (4, "undo", "ก"), (5, "undo", "ข"),
    ]  # fmt: skip


def test_a_link_that_nobody_proposed_is_made_and_undone(store: Store) -> None:
    put(store, *two_files())
    store.decide("SAME_WORK", "proj:2", "proj:1", "confirm", work_class="next_phase", by="ก")
    assert status_of(store, SAME, "proj:2", "proj:1") == "confirmed"
    store.decide("SAME_WORK", "proj:1", "proj:2", "class", work_class="recurring", by="ก")  # named the other way round
    assert [(r["class"], r["method"], r["status"]) for r in store.list_links()] == [
        ("recurring", "decision", "confirmed")
    ]
    store.undo("ก")
    store.undo("ก")
    assert store.list_links() == []
    with pytest.raises(NotFoundError, match="ยังไม่มีคำตัดสิน"):
        store.undo("ก")


def test_a_declared_link_may_be_rejected_and_comes_back(store: Store) -> None:
    needs, items = two_files()
    put(store, needs, items.declare(CARRIED, "proj:1", "proj:2", reason="ตามเอกสาร"))
    store.decide("CARRIED_TO", "proj:1", "proj:2", "reject", by="ก", reason="พิมพ์ผิด")
    put(store, two_files()[1].declare(CARRIED, "proj:1", "proj:2", reason="ตามเอกสาร"))
    assert status_of(store, CARRIED, "proj:1", "proj:2") == "rejected"
    store.undo("ก")
    assert [(r["status"], r["reason"]) for r in store.list_links()] == [("declared", "ตามเอกสาร")]


def test_a_document_can_state_that_two_items_are_apart(store: Store) -> None:
    put(store, *two_files(), File("links.csv", kind="links").refer(SAME, "P-1", "P-2", status=Status.REJECTED))
    store.write_links([suggest(SAME, "proj:1", "proj:2", 0.9, "same-work-1")], method_scope="same-work", command="link")
    assert status_of(store, SAME, "proj:1", "proj:2") == "rejected"


def test_a_rejected_alignment_stays_rejected(store: Store) -> None:
    """A strategy has no hash of its own in a proposal: that is no change of its text."""
    put(store, *two_files())
    row = store.read("MATCH (p:Project {uid: 'proj:1'}) RETURN p.text_hash AS h")[0]
    proposal = suggest(ALIGNS, "proj:1", "NS:5", 0.7, "alignment-1", from_hash=row["h"])
    store.write_links([proposal], method_scope="alignment", command="link")
    store.decide("ALIGNS_WITH", "proj:1", "NS:5", "reject", by="ก")
    assert status_of(store, ALIGNS, "proj:1", "NS:5") == "rejected"
    store.write_links([proposal], method_scope="alignment", command="link")
    assert status_of(store, ALIGNS, "proj:1", "NS:5") == "rejected"


def test_a_declined_need_keeps_its_outcome_over_imports(store: Store) -> None:
    put(store, *two_files(), File("old.csv").need("5", outcome="rejected", outcome_reason="ซ้ำกับโครงการเดิม"))
    store.decline_need("need:1", "อยู่นอกเขต", "นายกฯ")
    store.decline_need("need:5", "ไม่มีงบ", "นายกฯ")
    assert outcome(store, "need:1") == ("rejected", "อยู่นอกเขต")
    put(store, File(version=2).need("1", "ขอถนนเข้าหมู่บ้าน").need("2", "ขอประปา"))
    assert outcome(store, "need:1") == ("rejected", "อยู่นอกเขต")
    assert outcome(store, "need:5") == ("rejected", "ไม่มีงบ")
    store.undo("นายกฯ")
    assert outcome(store, "need:5") == ("rejected", "ซ้ำกับโครงการเดิม")
    store.undo("นายกฯ")
    assert outcome(store, "need:1") == (None, None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("WITHIN", "need:1", "proj:1", "confirm"), "ไม่รู้จักชนิดความเชื่อมโยง"),
        (("ANSWERED_BY", "need:1", "proj:1", "maybe"), "ไม่รู้จักคำตัดสิน"),
        (("SAME_WORK", "proj:1", "proj:2", "class"), "ต้องระบุประเภท"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused(store: Store, arguments: tuple[str, ...], words: str) -> None:
    put(store, *two_files())
    before = dump(store)
    with pytest.raises(InputError, match=words):
        store.decide(*arguments, by="ก")
    with pytest.raises(InputError, match="ไม่รู้จักประเภท"):
        store.decide("SAME_WORK", "proj:1", "proj:2", "class", work_class="x", by="ก")
    with pytest.raises(InputError, match="ต้องระบุผู้ตัดสิน"):
        store.decide("SAME_WORK", "proj:1", "proj:2", "confirm", by=" ")
    with pytest.raises(NotFoundError, match="proj:none"):
        store.decide("SAME_WORK", "proj:1", "proj:none", "confirm", by="ก")
    with pytest.raises(InputError, match="ต้องระบุเหตุผล"):
        store.decline_need("need:1", " ", "ก")
    assert dump(store) == before


def decided(store: Store) -> list[dict[str, Any]]:
    """A graph with every kind of verdict, one of them undone; returns the export as its lines give it back."""
    put(store, *two_files())
    links = [suggest(ANSWERED, "need:1", "proj:1"), suggest(ANSWERED, "need:2", "proj:1")]
    store.write_links(links, method_scope="answers", command="link")
    store.decide("ANSWERED_BY", "need:1", "proj:1", "confirm", by='ก "ข"', reason="เห็นเอง\nทั้งสองสาย \u200b😀")
    store.decide("ANSWERED_BY", "need:2", "proj:1", "reject", by="ค", at="2026-01-02T03:04:05+07:00")
    store.decide("SAME_WORK", "proj:1", "proj:2", "class", work_class="next_phase", by="ค")
    store.decide("SAME_WORK", "proj:1", "proj:2", "confirm", by="ค")
    store.decline_need("need:2", "มีบ่อบาดาลแล้ว", "ค")
    store.undo("ค")
    lines = [json.dumps(row, ensure_ascii=False) for row in store.export_decisions()]
    return [json.loads(line) for line in lines]


def _effects(store: Store) -> dict[str, list[Any]]:
    return {
        name: rows for name, rows in dump(store).items() if name in ("Need", "ANSWERED_BY", "SAME_WORK", "Decision")
    }


def test_decisions_travel_to_an_empty_store_and_wait_for_their_items(store: Store) -> None:
    rows = decided(store)
    assert len(rows) == 6
    before = _effects(store)
    clear_store(store.database)
    counts = store.import_decisions(rows)
    assert (counts["added"], counts["known"], counts["standing"], counts["waiting"]) == (6, 0, 3, 3)
    assert store.list_links() == []
    put(store, *two_files())
    links = [suggest(ANSWERED, "need:1", "proj:1"), suggest(ANSWERED, "need:2", "proj:1")]
    store.write_links(links, method_scope="answers", command="link")
    assert _effects(store) == before


def test_the_same_decisions_again_add_nothing(store: Store) -> None:
    rows = decided(store)
    before = dump(store)
    counts = store.import_decisions(rows)
    assert (counts["added"], counts["known"], counts["waiting"]) == (0, 6, 0)
    assert dump(store) == before
    assert list(store.export_decisions()) == rows


def test_a_decision_without_its_undo_and_the_undo_later(store: Store) -> None:
    rows = decided(store)
    clear_store(store.database)
    put(store, *two_files())
    store.import_decisions([row for row in rows if row["verdict"] != "undo"])
    assert outcome(store, "need:2") == ("rejected", "มีบ่อบาดาลแล้ว")
    store.import_decisions(rows)
    assert outcome(store, "need:2") == (None, None)


@pytest.mark.parametrize(
    "change", [{"verdict": "maybe"}, {"by": 7}, {"at": "เมื่อวาน"}, {"kind": "WITHIN"}, {"class": "x"}, {"reason": "แก้"}]
)
def test_a_changed_export_is_refused_whole(store: Store, change: dict[str, Any]) -> None:
    rows = decided(store)
    clear_store(store.database)
    put(store, *two_files())
    before = dump(store)
    with pytest.raises(InputError, match="คำตัดสินลำดับที่ 3"):
        store.import_decisions([*rows[:2], rows[2] | change, *rows[3:]])
    assert dump(store) == before
