"""A comparison says what an import would do, to the number, and leaves the graph as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.graph.records import VILLAGE, File, dump, put, two_files
from tests.graph.test_importing import full_files
from tracegraph.graph import Store
from tracegraph.graph.comparing import compare_batches
from tracegraph.graph.schema import clear_store
from tracegraph.graph.store import open_existing
from tracegraph.model.records import AreaRecord, BodyRecord, RecordBatch
from tracegraph.settings import Settings

Counts = tuple[int, int, int, int, bool]


def compared(store: Store, *batches: RecordBatch) -> list[Counts]:
    return [(d.new, d.changed, d.unchanged, d.superseded, d.skipped) for d in store.compare_batches(batches)]


def written(store: Store, *batches: RecordBatch) -> list[Counts]:
    summary = store.write_batches(batches, command="import")
    return [(d.new, d.changed, d.unchanged, d.superseded, d.skipped) for d in summary.documents]


def agree(store: Store, *batches: RecordBatch) -> list[Counts]:
    """Compare, look that nothing at all was written (no run either), then write: both must say the same."""
    before = dump(store, but=())
    said = compared(store, *batches)
    assert dump(store, but=()) == before
    assert written(store, *batches) == said
    return said


def test_everything_is_new_and_then_nothing_is(store: Store) -> None:
    batches = [file.batch() for file in full_files()]
    assert agree(store, *batches) == [(2, 0, 0, 0, False), (2, 0, 0, 0, False), (2, 0, 0, 0, False)]
    assert agree(store, *batches) == [(0, 0, 2, 0, False), (0, 0, 2, 0, False), (0, 0, 2, 0, False)]


def test_without_a_graph_everything_is_new_but_the_national_strategies() -> None:
    found = compare_batches(None, [file.batch() for file in full_files()])
    assert [(d.new, d.changed, d.unchanged, d.superseded) for d in found] == [(2, 0, 0, 0)] * 3


def test_a_newer_version_names_what_changes_and_what_goes(store: Store) -> None:
    put(store, File().need("1", "ขอถนนเข้าหมู่บ้าน").need("2", "ขอน้ำประปา", side="ด้านโครงสร้างพื้นฐาน").need("3", "ขอไฟฟ้า"))
    newer = File(version=2).need("1", "ขอถนนเข้าหมู่บ้าน").need("2", "ขอน้ำประปา", side="ด้านน้ำ").need("4", "ขอสะพาน")
    (found,) = store.compare_batches([newer.batch()])
    assert (found.new, found.changed, found.unchanged, found.superseded) == (1, 1, 1, 1)
    (change,) = found.changes
    assert change.text == "ขอน้ำประปา" and change.label == "Need"
    assert [(d.name, d.old, d.new) for d in change.differences] == [("side", "ด้านโครงสร้างพื้นฐาน", "ด้านน้ำ")]
    assert [(one.text, one.row) for one in found.gone] == [("ขอไฟฟ้า", 4)]
    assert agree(store, newer.batch()) == [(1, 1, 1, 1, False)]
    old = File().need("1").need("2").need("3").batch()
    assert agree(store, old) == [(0, 0, 0, 0, True)], "a superseded version is not read again"


def test_two_versions_in_one_import_are_compared_one_after_the_other(store: Store) -> None:
    put(store, File(version=0).need("0", "ขอวัด").need("1", "ขอถนน"))
    first = File(version=1).need("1", "ขอถนน", side="ก").need("2", "ขอน้ำ")
    second = File(version=2).need("2", "ขอน้ำ", side="ข").need("3", "ขอไฟ")
    assert agree(store, first.batch(), second.batch()) == [(1, 1, 0, 1, False), (1, 1, 0, 1, False)]


def test_what_another_file_still_states_does_not_go(store: Store) -> None:
    put(store, File("a.csv").need("1").need("2"), File("b.csv").need("1"))
    assert agree(store, File("a.csv", version=2).need("3").batch()) == [(1, 0, 0, 1, False)]


def test_the_same_file_read_in_another_way(store: Store) -> None:
    batch = File().need("1").need("2").batch()
    put(store, File().need("1").need("2"))
    read_again = replace(batch, needs=(replace(batch.needs[0], year=2570),))
    assert agree(store, read_again) == [(0, 1, 0, 1, False)]


def test_a_declined_need_and_a_renamed_owner_are_no_change_of_items(store: Store) -> None:
    needs, items = two_files()
    put(store, needs, items)
    store.decline_need("need:1", "อยู่นอกเขต", by="ผู้ตรวจ")
    again = replace(needs.batch(), areas=(AreaRecord(uid=VILLAGE, name="บ้านหนึ่ง", level="village", parent="990101"),))
    assert agree(store, again) == [(0, 0, 2, 0, False)]
    renamed = items.batch()
    renamed = replace(renamed, bodies=(BodyRecord(uid="body:อบต.ก", name="อบต.ก ใหม่", kind="อบต.", area="990101"),))
    assert agree(store, renamed) == [(0, 0, 2, 0, False)]


def test_a_register_of_plans_changes_the_plan_and_not_its_items(store: Store) -> None:
    items = two_files()[1]
    put(store, items)
    register = File("register.csv", kind="plans", owner="อบต.ก")
    register.plan("L1", "PK03", "990101", title="แผนพัฒนาท้องถิ่น", due_on="2025-10-31")
    assert agree(store, register.batch()) == [(0, 1, 0, 0, False)]
    assert agree(store, File("register.csv", kind="plans", version=2, owner="อบต.ก").batch()) == [(0, 0, 0, 0, False)]


VERSIONS = st.lists(
    st.tuples(
        st.sampled_from(["a.csv", "b.csv"]),
        st.dictionaries(st.sampled_from("123"), st.sampled_from(["", "ก", "ข"]), max_size=3),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(imports=[[("b.csv", {"1": ""})], [("a.csv", {"1": ""}), ("a.csv", {}), ("b.csv", {})]])
@given(imports=st.lists(VERSIONS, min_size=1, max_size=3))
def test_any_sequence_of_imports_does_what_its_comparison_says(store: Store, imports: list[object]) -> None:
    clear_store(store.database)
    number = 0
    for versions in imports:
        batches = []
        for name, needs in versions:  # type: ignore[attr-defined]
            number += 1
            file = File(name, version=number)
            for uid, side in needs.items():
                file.need(uid, side=side or None)
            batches.append(file.batch())
        said = compared(store, *batches)
        assert written(store, *batches) == said


def test_where_nothing_was_imported_there_is_no_store_and_none_is_made(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_existing(Settings(home=home)) as found:
        assert found is None
    assert not home.exists()


def test_a_store_that_is_there_is_opened_as_it_stands(engine_settings: Settings, store: Store) -> None:
    put(store, File().need("1"))
    runs = store.list_runs()
    with open_existing(engine_settings) as found:
        assert found is not None
        assert compared(found, File().need("1").batch()) == [(0, 0, 1, 0, False)]
        with found.database.reading() as tx:
            assert tx.run("MATCH (n:Need) RETURN count(n) AS n").single()["n"] == 1
    assert store.list_runs() == runs
