"""The list of items beyond a body's means holds those that wait, not those that somebody said no to."""

from __future__ import annotations

from tests.analyse.analyse_story import ANSWERED, CARRIED, Story
from tracegraph.analyse.questions import ask
from tracegraph.graph import Store


def test_rejected_items_and_needs_do_not_wait(store: Store) -> None:
    story = Story(file="beyond.csv", sheet="")
    story.plan("V1", "PK01", "81040101", "กม.")
    story.plan("L1", "PK03", "810401", "อบต.ก")
    story.plan("D5", "PK05", "8104", "อ.หนึ่ง")
    story.need("N1", "ขอสะพาน")
    story.need("N2", "ขอสะพานสายบน", outcome="rejected", outcome_reason="มีสะพานแล้ว")
    story.need("N3", "ขอเขื่อน")
    story.project("P1", "สะพาน", "L1", beyond_capacity=True, beyond_reason="เกินงบของ อบต.")
    story.project("P2", "เขื่อน", "L1", beyond_capacity=True, outcome="rejected", outcome_reason="ไม่อยู่ในอำนาจหน้าที่")
    story.project("P3", "ถนนสายหลัก", "D5")
    story.project("P4", "อ่างเก็บน้ำ", "D5", outcome="rejected")
    story.project("P5", "คลองส่งน้ำ", "L1", beyond_capacity=True, outcome="approved")
    story.declare(ANSWERED, "N1", "P1")
    story.declare(ANSWERED, "N2", "P1")
    story.declare(ANSWERED, "N3", "P2")
    story.declare(CARRIED, "P5", "P3")
    story.write(store)
    rows = ask(store, "beyond_capacity_waiting").rows
    assert [(row["project_id"], row["needs_waiting"], row["reason"]) for row in rows] == [
        ("P1", 1, "เกินงบของ อบต."),
        ("P3", 0, None),
    ]
    fates = {row["need_id"]: row["fate"] for row in ask(store, "needs_reach").rows}
    assert fates == {"N1": "waiting_beyond_capacity", "N2": "rejected", "N3": "rejected"}
    store.decline_need("need:N1", "ทำไม่ได้", "ก")
    assert [row["needs_waiting"] for row in ask(store, "beyond_capacity_waiting").rows] == [0, 0]
