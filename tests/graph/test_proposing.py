"""Proposals of linking runs: replaced by their own job only, and never in the way of documents and people."""

from __future__ import annotations

from collections.abc import Sequence

from tests.graph.records import ALIGNS, ANSWERED, CARRIED, SAME, File, dump, put, status_of, suggest, two_files
from tracegraph.cli.steps import JOBS
from tracegraph.graph import RunSummary, Store
from tracegraph.model.graph import Status
from tracegraph.model.records import LinkRecord
from tracegraph.thai.normalize import text_hash

ANSWER = suggest(ANSWERED, "need:1", "proj:1", 0.8, "answers-1")
ALIGNMENT = suggest(ALIGNS, "proj:1", "NS:5", 0.7, "alignment-1")
WORK = suggest(SAME, "proj:1", "proj:2", 0.6, "same-work-1", work_class="next_phase")
CHAIN = suggest(CARRIED, "proj:1", "proj:2", 0.9, "same-work-1", flow="B14")
EVERY = (WORK, CHAIN, ANSWER, ALIGNMENT)


def link(store: Store, links: Sequence[LinkRecord], *jobs: str) -> RunSummary:
    return store.write_links(links, method_scope=jobs or JOBS, command="link")


def statuses(store: Store) -> list[str | None]:
    """Of same work, carried, answered, aligned, in this order."""
    return [status_of(store, one.kind, one.from_uid, one.to_uid) for one in EVERY]


def test_the_same_proposals_twice_change_nothing(store: Store) -> None:
    put(store, *two_files())
    assert link(store, EVERY).links.created == 4
    before = dump(store)
    again = link(store, EVERY).links
    assert (again.created, again.changed, again.removed, again.kept) == (0, 0, 0, 4)
    assert dump(store) == before


def test_a_proposal_keeps_its_words_and_evidence(store: Store) -> None:
    put(store, *two_files())
    link(store, EVERY)
    row = store.list_links("SAME_WORK")[0]
    shown = ("from_id", "to_id", "status", "probability", "class", "method")
    assert [row[name] for name in shown] == ["P-1", "P-2", "suggested", 0.6, "next_phase", "same-work-1"]
    assert '"th":"คำเดียวกัน"' in row["evidence"]
    assert store.require_link(row["uid"]) == row
    assert [r["probability"] for r in store.list_links(status="suggested")] == [0.9, 0.8, 0.7, 0.6]


def test_one_job_leaves_the_proposals_of_the_others(store: Store) -> None:
    put(store, *two_files())
    link(store, EVERY)
    assert link(store, [], "same-work").links.removed == 2
    assert statuses(store) == [None, None, "suggested", "suggested"]
    other = suggest(ANSWERED, "need:2", "proj:1", 0.5)
    counts = link(store, [other], "answers").links
    assert (counts.created, counts.removed) == (1, 1)
    assert statuses(store) == [None, None, None, "suggested"]
    link(store, EVERY)
    assert statuses(store) == ["suggested"] * 4
    assert status_of(store, ANSWERED, "need:2", "proj:1") is None


def test_one_job_after_another_is_the_same_as_all_at_once(store: Store) -> None:
    put(store, *two_files())
    link(store, EVERY)
    together = dump(store)
    for one, job in ((ALIGNMENT, "alignment"), (ANSWER, "answers")):
        link(store, [], job)
        link(store, [one], job)
    assert dump(store) == together


def test_a_method_of_no_job_goes_when_all_jobs_of_its_run_ran_again(store: Store) -> None:
    """An office's own model may be called anything; then only the whole run can tell what it proposed."""
    put(store, *two_files())
    own = suggest(ANSWERED, "need:1", "proj:1", 0.8, "ของเราเอง-2")
    link(store, [own, WORK])
    link(store, [suggest(ANSWERED, "need:2", "proj:2")], "answers")
    link(store, [], "same-work")
    assert statuses(store) == [None, None, "suggested", None]
    link(store, [])
    assert status_of(store, ANSWERED, "need:1", "proj:1") is None


def test_a_job_whose_name_begins_like_anothers_is_itself(store: Store) -> None:
    put(store, *two_files())
    store.write_links(
        [suggest(SAME, "proj:1", "proj:2", 0.6, "same-work-names-1")],
        method_scope=("same-work", "same-work-names"),
        command="link",
    )
    link(store, [], "same-work")
    assert status_of(store, SAME, "proj:1", "proj:2") == "suggested"
    link(store, [], "same-work-names")
    assert status_of(store, SAME, "proj:1", "proj:2") is None


def test_of_two_proposals_of_a_pair_the_more_probable_counts(store: Store) -> None:
    put(store, *two_files())
    weak, strong = suggest(ANSWERED, "need:1", "proj:1", 0.5), suggest(ANSWERED, "need:1", "proj:1", 0.9)
    for links in ([weak, strong], [strong, weak]):
        link(store, links)
        assert [row["probability"] for row in store.list_links()] == [0.9]


def test_declared_and_decided_links_outlast_every_run(store: Store) -> None:
    needs, items = two_files()
    put(store, needs, items.declare(CARRIED, "proj:1", "proj:2", flow="B14"))
    link(store, EVERY)
    store.decide("ANSWERED_BY", "need:1", "proj:1", "confirm", by="ผู้ตรวจ", reason="เห็นในพื้นที่")
    store.decide("ALIGNS_WITH", "proj:1", "NS:5", "reject", by="ผู้ตรวจ", reason="คนละเรื่อง")
    store.decide("SAME_WORK", "proj:1", "proj:2", "class", work_class="recurring", by="ผู้ตรวจ")
    for links in (EVERY, [], EVERY):
        link(store, links)
        assert statuses(store)[1:] == ["declared", "confirmed", "rejected"]
        answer = next(r for r in store.list_links("ANSWERED_BY"))
        assert (answer["probability"], answer["reason"], answer["decided_by"]) == (1.0, "เห็นในพื้นที่", "ผู้ตรวจ")
    work = next(r for r in store.list_links("SAME_WORK"))
    assert (work["status"], work["class"], work["probability"]) == ("suggested", "recurring", 0.6)
    assert {(k, f, t): s for k, f, t, s, *_ in store.load_items().links}[
        ("ALIGNS_WITH", "proj:1", "NS:5")
    ] == "rejected"


def test_a_rejected_pair_comes_back_only_when_a_text_changed(store: Store) -> None:
    put(store, *two_files())
    first = suggest(ANSWERED, "need:1", "proj:1", from_hash=text_hash("ขอถนนเข้าหมู่บ้าน"), to_hash=text_hash("ก่อสร้างถนน"))
    link(store, [first])
    store.decide("ANSWERED_BY", "need:1", "proj:1", "reject", by="ผู้ตรวจ")
    link(store, [first])
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "rejected"
    put(store, File(version=2).need("1", "ขอสะพานข้ามคลอง"))
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "rejected", "nobody proposed the new text yet"
    new = suggest(ANSWERED, "need:1", "proj:1", from_hash=text_hash("ขอสะพานข้ามคลอง"), to_hash=text_hash("ก่อสร้างถนน"))
    link(store, [new])
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "suggested"
    store.decide("ANSWERED_BY", "need:1", "proj:1", "reject", by="ผู้ตรวจ")
    link(store, [new])
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "rejected"


def test_a_proposal_to_something_that_is_not_there_is_left_out(store: Store) -> None:
    put(store, *two_files())
    counts = link(store, [ANSWER, suggest(ANSWERED, "need:1", "proj:gone")]).links
    assert (counts.created, counts.skipped) == (1, 1)


def test_suggested_only_is_what_a_run_may_propose(store: Store) -> None:
    put(store, *two_files())
    declared = LinkRecord(
        kind=ANSWERED, from_uid="need:1", to_uid="proj:1", status=Status.DECLARED, probability=1.0, method="answers-1"
    )
    link(store, [declared])
    assert status_of(store, ANSWERED, "need:1", "proj:1") == "suggested"
