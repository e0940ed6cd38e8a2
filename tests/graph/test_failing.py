"""A run that fails leaves the graph exactly as it was, and says so in its record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.graph.records import ANSWERED, File, dump, put, runs, suggest, two_files
from tracegraph.errors import InputError, RunFailed
from tracegraph.graph import Store
from tracegraph.graph.writer import close_abandoned, running


def an_unknown_plan(store: Store) -> None:
    """Found when areas, bodies, plans and half of the needs are in."""
    put(store, File("new.csv").need("7"), File("bad.csv").need("8", plan="plan:none"))


def a_number_no_engine_holds(store: Store) -> None:
    """Found by the driver when earlier statements have been sent."""
    put(store, File("new.csv").need("7"), File("bad.csv", owner="อบต.ข").project("8", village_nos=(2**70,)))


def an_interruption(store: Store) -> None:
    with running(store.database, "import", {}) as run:
        run.tx.run("MATCH (n:Need) SET n.text = 'หาย'").consume()
        run.tx.run("CREATE (:Need {uid: 'need:half'})").consume()
        raise KeyboardInterrupt


def a_full_disk(store: Store) -> None:
    with running(store.database, "import", {}) as run:
        run.tx.run("MATCH (n:Need) DETACH DELETE n").consume()
        raise OSError(28, "No space left on device")


def a_statement_the_engine_refuses(store: Store) -> None:
    with running(store.database, "import", {}) as run:
        run.tx.run("MATCH (n:Need) SET n.text = 'หาย'").consume()
        run.tx.run("CREATE (:Need {uid: 'need:1'})").consume()  # there already: against the constraint
        run.tx.run("RETURN 1").consume()


@pytest.mark.parametrize(
    ("fail", "error", "recorded"),
    [
        (an_unknown_plan, InputError, "InputError"),
        (a_number_no_engine_holds, OverflowError, "OverflowError"),
        (an_interruption, KeyboardInterrupt, "KeyboardInterrupt"),
        (a_full_disk, RunFailed, "No space left on device"),
        (a_statement_the_engine_refuses, RunFailed, "EngineError"),
    ],
)
def test_nothing_of_a_failed_run_stays(
    store: Store, fail: Callable[[Store], None], error: type[BaseException], recorded: str
) -> None:
    put(store, *two_files())
    store.write_links([suggest(ANSWERED, "need:1", "proj:1")], method_scope="answers", command="link")
    before = dump(store)
    with pytest.raises(error) as caught:
        fail(store)
    assert dump(store) == before
    assert runs(store) == [("import", "done"), ("link", "done"), ("import", "failed")]
    assert recorded in store.list_runs(1)[0]["reason"]
    if isinstance(caught.value, RunFailed):
        assert "ข้อมูลยังเป็นเหมือนเดิม" in caught.value.th
        assert "the graph is as it was" in caught.value.en
        assert "doctor" in caught.value.hint_en
    assert put(store, File("after.csv").need("9")).new == 1, "the next run is not in its way"


def test_a_run_record_says_what_was_done(store: Store) -> None:
    summary = put(store, *two_files(), File("links.csv", kind="links").refer(ANSWERED, "N-1", "P-404"))
    run = store.list_runs(1)[0]
    assert (run["uid"], run["command"], run["status"], run["quarantined"]) == (summary.uid, "import", "done", 0)
    assert '"documents": 3' in run["counts_in"]
    assert '"new": 4' in run["counts_out"]
    assert '"links_unresolved": 1' in run["counts_out"]
    assert run["started_at"] < run["ended_at"]


def test_a_run_in_progress_can_be_seen_and_its_writes_cannot(store: Store) -> None:
    with running(store.database, "import", {}) as run:
        run.tx.run("CREATE (:Need {uid: 'need:half', text: 'ครึ่งเดียว', current: true})").consume()
        assert runs(store) == [("import", "running")]
        assert store.read("MATCH (n:Need) RETURN n.uid AS uid") == []
        assert store.health().wrong == (
            ("ยังไม่มีข้อมูล: tracegraph import FILES…", "nothing is loaded yet: tracegraph import FILES…"),
        )
    assert runs(store) == [("import", "done")]


def test_writers_wait_for_each_other(store: Store) -> None:
    put(store, *two_files())
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            put(store, File(f"w{number}.csv").need(f"w{number}"))
            store.decide("SAME_WORK", "proj:1", "proj:2", "confirm", by=f"ผู้ตรวจ {number}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.health().nodes["Need"] == 6
    assert sorted(d.seq for d in store.list_decisions()) == [1, 2, 3, 4]
    assert len(store.list_links()) == 1


def test_a_run_whose_process_is_gone_is_told_in_both_languages(store: Store) -> None:
    put(store, *two_files())
    store.database.run(
        "CREATE (:Run {uid: 'run:0', command: 'import', started_at: $at, status: 'running'})",
        {"at": "2026-01-02T03:04:05.000000+00:00"},
    )
    assert close_abandoned(store.database) == 1
    health: Any = store.health()
    assert [run["status"] for run in health.unfinished] == ["abandoned"]
    assert health.wrong == (
        (
            "import เมื่อ 2026-01-02T03:04:05 ไม่เสร็จ (abandoned) ข้อมูลไม่ถูกเปลี่ยน",
            "import of 2026-01-02T03:04:05 did not finish (abandoned); nothing was changed",
        ),
    )
