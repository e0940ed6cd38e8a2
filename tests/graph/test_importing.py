"""What files state goes in once, however often they are read, and leaves when a newer file no longer states it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.graph.records import (
    ALIGNS,
    ANSWERED,
    CARRIED,
    SAME,
    TAMBON,
    VILLAGE,
    File,
    dump,
    put,
    status_of,
    suggest,
    two_files,
)
from tracegraph.errors import RunFailed
from tracegraph.graph import Store
from tracegraph.graph.schema import clear_store
from tracegraph.model.graph import Label
from tracegraph.model.records import AreaRecord, StrategyRecord


def current(store: Store, label: Label) -> dict[str, bool]:
    rows = store.read(f"MATCH (n:{label}) RETURN n.uid AS uid, n.current AS current")
    return {row["uid"]: row["current"] for row in rows}


def full_files() -> list[File]:
    """Every kind of record and link that a file can state."""
    needs, items = two_files()
    needs.areas.append(AreaRecord(uid=VILLAGE, name="บ้านหนึ่ง", level="village", parent=TAMBON))
    needs.refer(ANSWERED, "N-1", "P-1", reason="ตามมติประชาคม").refer(ANSWERED, "N-2", "ไม่มีรหัสนี้")
    items.declare(CARRIED, "proj:1", "proj:2", flow="B14", work_class="next_phase")
    items.declare(ALIGNS, "proj:1", "NS:5")
    listed = File("strategies.csv", kind="strategies")
    for number, parent in (("1", None), ("1.1", "1")):
        listed.strategies.append(
            StrategyRecord(
                uid=f"PV99:{number}", list_id="PV99", list_name="แผนพัฒนาจังหวัด", version="2566", number=number,
                name=f"ประเด็นที่ {number}", level="province", parent=parent, area="99", origin=listed.origin(),
            )
        )  # fmt: skip
    return [listed, needs, items]


def test_the_same_files_twice_change_nothing(store: Store) -> None:
    first = put(store, *full_files())
    assert first.new == 6
    before = dump(store)
    again = put(store, *full_files())
    assert (again.new, again.changed, again.superseded, again.unchanged) == (0, 0, 0, 6)
    assert (again.links.created, again.links.changed, again.links.removed) == (0, 0, 0)
    assert dump(store) == before


def test_one_file_at_a_time_or_all_together_is_the_same(store: Store) -> None:
    put(store, *full_files())
    together = dump(store)
    for file in reversed(full_files()):
        put(store, file)
    assert dump(store) == together


def test_a_file_read_in_another_way_and_back_again_leaves_no_trace(store: Store) -> None:
    """The second reading has another text and one need less; the third is the first again."""
    needs, items = two_files()
    put(store, needs, items)
    before = dump(store)
    other = File().need("1", "ขอถนนเข้าสวนยาง")
    summary = put(store, other)
    assert (summary.changed, summary.superseded) == (1, 1)
    assert current(store, Label.NEED) == {"need:1": True, "need:2": False}
    put(store, two_files()[0])
    assert dump(store) == before


def test_what_goes_in_comes_out(store: Store) -> None:
    put(store, *two_files())
    item = next(p for p in store.load_items().projects if p.uid == "proj:1")
    assert (item.years, item.amounts, item.amount) == ((2568, 2569), (100_000.0, 50_000.5), 150_000.5)
    assert (item.plan_kind, item.stage, item.owner_name, item.tambon) == ("PK03", "plan", "อบต.ก", TAMBON)
    row = store.read(
        "MATCH (d:Document)<-[s:STATED_IN]-(n:Need {uid: 'need:2'})-[:RAISED_IN]->(p:Plan)-[:OWNED_BY]->(b:Body)"
        " MATCH (n)-[:LOCATED_IN]->(v:Area)-[:WITHIN]->(:Area)-[:WITHIN]->(:Area)-[:WITHIN]->(top:Area)"
        " RETURN d.file AS file, s.row AS row, p.kind AS kind, b.name AS owner, v.uid AS village, top.uid AS province"
    )
    assert row == [
        {"file": "needs.csv", "row": 3, "kind": "PK01", "owner": "กม.บ้านหนึ่ง", "village": VILLAGE, "province": "99"}
    ]


def test_a_newer_file_takes_back_only_what_its_series_stated(store: Store) -> None:
    put(store, *two_files(), File("other.csv").need("3", "ขอไฟทาง"))
    summary = put(store, File(version=2).need("1", "ขอถนนเข้าหมู่บ้าน").need("4", "ขอลานกีฬา"))
    assert [(d.new, d.unchanged, d.superseded) for d in summary.documents] == [(1, 1, 1)]
    assert current(store, Label.NEED) == {"need:1": True, "need:2": False, "need:3": True, "need:4": True}
    assert current(store, Label.PROJECT) == {"proj:1": True, "proj:2": True}
    assert sorted(current(store, Label.DOCUMENT).values()) == [False, True, True, True]
    assert [n.uid for n in store.load_items().needs] == ["need:1", "need:3", "need:4"]


def test_a_statement_of_two_files_stands_as_long_as_one_of_them_does(store: Store) -> None:
    put(store, File().need("1", "ขอถนน"), File("copy.csv").need("1", "ขอถนน"))
    put(store, File("copy.csv", version=2).need("9"))
    assert current(store, Label.NEED) == {"need:1": True, "need:9": True}
    assert store.read("MATCH (n:Need {uid: 'need:1'}) RETURN n.file AS file") == [{"file": "needs.csv"}]
    put(store, File(version=2).need("8"))
    assert current(store, Label.NEED) == {"need:1": False, "need:9": True, "need:8": True}


def test_an_older_file_again_does_not_come_back(store: Store) -> None:
    put(store, *two_files())
    put(store, File(version=2).need("1", "ขอถนนเข้าหมู่บ้าน แก้ไขแล้ว"))
    before = dump(store)
    again = put(store, two_files()[0])
    assert [d.skipped for d in again.documents] == [True]
    assert dump(store) == before


def test_two_versions_in_one_import(store: Store) -> None:
    summary = put(store, File().need("1").need("2"), File(version=2).need("2").need("3"))
    assert [(d.new, d.superseded) for d in summary.documents] == [(2, 0), (1, 1)]
    assert current(store, Label.NEED) == {"need:1": False, "need:2": True, "need:3": True}


def test_a_superseded_statement_that_returns_is_current_again(store: Store) -> None:
    put(store, File().need("1").need("2"))
    put(store, File(version=2).need("1"))
    put(store, File(version=3).need("1").need("2"))
    assert current(store, Label.NEED) == {"need:1": True, "need:2": True}


def test_a_link_leaves_with_the_file_that_states_it(store: Store) -> None:
    needs, items = two_files()
    put(store, needs, items.declare(CARRIED, "proj:1", "proj:2"))
    links = File("links.csv", kind="links").refer(ANSWERED, "N-1", "P-1").refer(CARRIED, "P-1", "P-2")
    put(store, links)
    put(store, File("links.csv", version=2, kind="links").refer(ANSWERED, "N-2", "P-1"))
    assert status_of(store, ANSWERED, "need:1", "proj:1") is None
    assert status_of(store, ANSWERED, "need:2", "proj:1") == "declared"
    assert status_of(store, CARRIED, "proj:1", "proj:2") == "declared", "the plan itself still states it"


def test_a_declared_link_that_is_taken_back_is_a_suggestion_again(store: Store) -> None:
    put(store, *two_files(), File("links.csv", kind="links").refer(ANSWERED, "N-1", "P-1"))
    store.write_links([suggest(ANSWERED, "need:1", "proj:1")], method_scope="answers", command="link")
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "declared"
    put(store, File("links.csv", version=2, kind="links").refer(ANSWERED, "N-2", "P-2"))
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "suggested"


def test_a_link_to_an_unknown_id_waits_and_is_named(store: Store) -> None:
    links = File("links.csv", kind="links").refer(ANSWERED, "N-1", "P-1").refer(SAME, "P-1", "P-77")
    summary = put(store, links)
    assert summary.links.unresolved == 2
    problem = summary.problems[0]
    assert (problem.code, problem.found, problem.file, problem.row) == ("unknown-id", "N-1", "links.csv", 2)
    assert "N-1" in problem.th
    assert "ไม่พบรหัส" in problem.th
    assert "N-1 is not in the data" in problem.en
    assert put(store, two_files()[0]).links.created == 0
    arrived = put(store, two_files()[1])
    assert arrived.links.created == 1
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "declared"
    assert put(store, File("late.csv", owner="อบต.ก", kind="items").project("77")).links.created == 1
    assert status_of(store, SAME, "proj:1", "proj:77") == "declared"
    assert store.read("MATCH (d:Document) WHERE d.waiting IS NOT NULL RETURN d.uid AS uid") == []


def test_the_order_of_links_and_items_does_not_matter(store: Store) -> None:
    links = (
        File("links.csv", owner="อำเภอ", kind="links")
        .refer(ANSWERED, "N-1", "P-1", reason="บันทึกการประชุม")
        .refer(SAME, "P-1", "P-2")
    )
    put(store, *two_files())
    put(store, links)
    after = dump(store)
    clear_store(store.database)
    put(store, links)
    put(store, two_files()[1])
    put(store, two_files()[0])
    assert dump(store) == after
    assert [len(after[kind]) for kind in ("ANSWERED_BY", "SAME_WORK")] == [1, 1]


def test_a_waiting_link_goes_with_its_file(store: Store) -> None:
    put(store, File("links.csv", kind="links").refer(ANSWERED, "N-1", "P-1"))
    put(store, File("links.csv", version=2, kind="links").refer(ANSWERED, "N-2", "P-2"))
    put(store, *two_files())
    assert status_of(store, ANSWERED, "need:1", "proj:1") is None
    assert status_of(store, ANSWERED, "need:2", "proj:2") == "declared"


def test_an_id_of_two_records_is_refused_with_its_name(store: Store) -> None:
    put(store, *two_files(), File("twin.csv").need("9", source_id="N-1"))
    problem = put(store, File("links.csv", kind="links").refer(ANSWERED, "N-1", "P-1")).problems[0]
    assert (problem.code, problem.found) == ("ambiguous-id", "N-1")
    assert "N-1 ตรงกับ 2 รายการ" in problem.th


def test_a_link_by_file_sheet_and_row(store: Store) -> None:
    items = File("เล่ม #1.xlsx", sheet="ผ.02", owner="อบต.ก", kind="items").project("5", source_id=None)
    put(store, two_files()[0], items)
    summary = put(store, File("links.csv", kind="links").refer(ANSWERED, "N-1", "เล่ม #1.xlsx#ผ.02#2"))
    assert summary.problems == ()
    assert status_of(store, ANSWERED, "need:1", "proj:5") == "declared"


def test_a_plan_stated_by_two_files_keeps_what_each_says(store: Store) -> None:
    register = File("register.csv", kind="plans")
    register.plan("L1", "PK03", TAMBON, title="แผนพัฒนาท้องถิ่น อบต.ก", due_on="2026-10-31", submitted_on="2026-10-01")
    put(store, two_files()[1])
    put(store, register)
    plan = store.read("MATCH (p:Plan {uid: 'plan:L1'}) RETURN p.title AS title, p.due_on AS due")[0]
    assert plan == {"title": "แผนพัฒนาท้องถิ่น อบต.ก", "due": "2026-10-31"}
    moved = replace(two_files()[1].plan_record("L1"), kind="PK08")
    items = two_files()[1]
    items.version, items.plans["L1"] = 2, moved
    put(store, items)
    assert {p.plan_kind for p in store.load_items().projects} == {"PK03"}, "the register is the authority"


def test_an_item_of_an_unknown_plan_stops_the_whole_import(store: Store) -> None:
    put(store, *two_files())
    before = dump(store)
    bad = File("bad.csv").need("7").need("8", plan="plan:nobody")
    with pytest.raises(Exception, match="plan:nobody") as caught:
        put(store, File("good.csv").need("6"), bad)
    assert not isinstance(caught.value, RunFailed)
    assert dump(store) == before
