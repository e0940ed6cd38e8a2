"""Linking after each import, on both engines: what is known is not done again, and links are those of a full run."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.graph.records import ANSWERED, CARRIED, File, dump, put, status_of, suggest, two_files
from tracegraph.cli.linking import LinkOptions
from tracegraph.cli.steps import JOBS, LinkingRun, run_linking
from tracegraph.graph import Store
from tracegraph.graph.schema import clear_store
from tracegraph.model.graph import Stage
from tracegraph.model.records import LinkedJob

WORKS = ("ก่อสร้างถนน คสล.", "ปรับปรุงท่อระบายน้ํา", "ปรับปรุงท่อระบายน้ำ", "ขุดลอกลำเหมือง", "ติดตั้งโคมไฟถนนโซล่าเซลล์")
LINKS = ("ANSWERED_BY", "CARRIED_TO", "ALIGNS_WITH", "SAME_WORK")
BOOKS = ("560114-plan.csv", "560114-action.csv", "570101-plan.csv", "570101-action.csv")
SAME_WORK = ("same-work",)


def book(name: str, stage: Stage, version: int, rows: dict[int, str], tambon: str) -> File:
    """One version of a plan's file; rows by number."""
    file = File(name, version=version, owner=f"อบต.{tambon}", kind="items")
    plan = file.plan(name, "PK03", tambon, stage=stage)
    for number, text in sorted(rows.items()):
        file.project(f"{name}-{number}", text, plan=plan, area=tambon)
    return file


class Office:
    """An office that imports a version of one of its files after the other."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - invented data, nothing secret
        self.rows: dict[str, dict[int, str]] = {}
        self.versions: dict[str, int] = {}

    def make_file(self) -> File:
        """A file for the first time, again as it is, or with rows changed, added and withdrawn."""
        name = next((name for name in BOOKS[:2] if name not in self.rows), None) or self.dice.choice(BOOKS)
        rows = self.rows.setdefault(name, {})
        if not rows or self.dice.random() < 0.8:
            self.versions[name] = self.versions.get(name, 0) + 1
            for number in self.dice.sample(range(9), 6):
                rows[number] = self._text(number)
            rows.pop(self.dice.randrange(9), None)
        return self.file(name)

    def file(self, name: str) -> File:
        """The newest version of a file."""
        tambon, stage = name.removesuffix(".csv").split("-")
        return book(name, Stage(stage), self.versions[name], self.rows[name], tambon)

    def _text(self, number: int) -> str:
        work = WORKS[number % len(WORKS)]
        changed = " (แก้ไข)" if self.dice.random() < 0.2 else ""
        return f"{work} ซอยสวนใหม่ {number} หมู่ที่ {'๑๒๓๔๕'[number % 5]}{changed}"


def changes(run: LinkingRun) -> int:
    """How many links a run made, changed or took back."""
    links = run.summary.links if run.summary else None
    return links.created + links.changed + links.removed if links else 0


def links_of(store: Store) -> dict[str, list[Any]]:
    found = dump(store)
    return {kind: found[kind] for kind in LINKS}


@pytest.mark.parametrize("seed", [1, 2])
def test_linking_after_every_import_is_linking_once_in_any_order(store: Store, tmp_path: Path, seed: int) -> None:
    office = Office(seed)
    put(store, File().need("1", "ขอถนน คสล. ซอยสวนใหม่ 5", area="560114"))
    for _ in range(5):
        put(store, office.make_file())
        run_linking(store, tmp_path, jobs=SAME_WORK)
    run_linking(store, tmp_path)
    full = run_linking(store, tmp_path, options=LinkOptions(full=True))
    assert full.proposed["same-work"] > 0
    assert full.unchanged == ()
    assert changes(full) == 0
    assert run_linking(store, tmp_path).unchanged == JOBS

    together = links_of(store)
    clear_store(store.database)
    names = sorted(office.rows)
    office.dice.shuffle(names)
    for name in names:
        put(store, office.file(name))
    put(store, File().need("1", "ขอถนน คสล. ซอยสวนใหม่ 5", area="560114"))
    run_linking(store, tmp_path / "another home")
    assert [len(found) for found in links_of(store).values()] == [len(found) for found in together.values()]
    assert [(a, b) for kind in LINKS for a, b, _ in links_of(store)[kind]] == [
        (a, b) for kind in LINKS for a, b, _ in together[kind]
    ]


def test_a_rejected_pair_stays_rejected_and_changed_words_reopen_it(store: Store, tmp_path: Path) -> None:
    def plan(text: str, version: int) -> File:
        return book("560114-plan.csv", Stage.PLAN, version, {1: text}, "560114")

    action = book("560114-action.csv", Stage.ACTION, 1, {1: "ก่อสร้างถนน คสล. ซอยสวนใหม่ 4 หมู่ที่ 2"}, "560114")
    put(store, plan("ก่อสร้างถนน คสล. ซอยสวนใหม่ 4 หมู่ที่ 2", 1), action)
    run_linking(store, tmp_path, jobs=SAME_WORK)
    ends = ("proj:560114-plan.csv-1", "proj:560114-action.csv-1")
    assert status_of(store, CARRIED, *ends) == "suggested"
    store.decide("CARRIED_TO", *ends, "reject", by="ผู้ตรวจ", reason="คนละเส้น")
    uid = store.list_links("CARRIED_TO")[0]["uid"]

    other = book("570101-plan.csv", Stage.PLAN, 1, {2: "ขุดลอกลำเหมือง หมู่ที่ 3"}, "570101")
    put(store, other)
    run_linking(store, tmp_path, jobs=SAME_WORK)
    assert status_of(store, CARRIED, *ends) == "rejected"
    assert store.health().suspect == 0

    put(store, plan("ก่อสร้างถนน คสล. ซอยสวนใหม่ 4 หมู่ที่ 2 (ต่อจากเดิม)", 2))
    run_linking(store, tmp_path, jobs=SAME_WORK)
    row = store.list_links("CARRIED_TO")[0]
    assert (row["uid"], row["status"]) == (uid, "suggested"), "its id survives, and the question is open again"
    assert changes(run_linking(store, tmp_path, jobs=SAME_WORK, options=LinkOptions(full=True))) == 0


def test_a_confirmed_pair_of_which_a_text_changes_is_suspect_until_a_person_looks(store: Store, tmp_path: Path) -> None:
    """Linking again neither takes the person's word back nor hides that it was about other words."""
    action = book("560114-action.csv", Stage.ACTION, 1, {1: "ขุดลอกลำเหมืองป่าซาง หมู่ที่ 2"}, "560114")
    put(store, book("560114-plan.csv", Stage.PLAN, 1, {1: "ขุดลอกลำเหมืองป่าซาง หมู่ที่ 2"}, "560114"), action)
    run_linking(store, tmp_path, jobs=SAME_WORK)
    ends = ("proj:560114-plan.csv-1", "proj:560114-action.csv-1")
    store.decide("CARRIED_TO", *ends, "confirm", by="ผู้ตรวจ")
    put(store, book("560114-plan.csv", Stage.PLAN, 2, {1: "ขุดลอกลำเหมืองป่าซาง หมู่ที่ 2 ระยะทาง 800 เมตร"}, "560114"))
    for full in (False, True):
        run_linking(store, tmp_path, jobs=SAME_WORK, options=LinkOptions(full=full))
        assert status_of(store, CARRIED, *ends) == "confirmed"
        assert store.health().suspect == 1


def test_a_job_with_nothing_new_leaves_its_suggestions_alone(store: Store, tmp_path: Path) -> None:
    put(store, book("560114-plan.csv", Stage.PLAN, 1, {1: "ก่อสร้างถนน คสล. ซอยสวนใหม่ 4"}, "560114"))
    put(store, book("560114-action.csv", Stage.ACTION, 1, {1: "ก่อสร้างถนน คสล. ซอยสวนใหม่ 4"}, "560114"))
    first = run_linking(store, tmp_path)
    put(store, File().need("1", "ขอไฟส่องสว่าง", area="560114"))
    before = links_of(store)
    second = run_linking(store, tmp_path)
    assert second.unchanged == ("same-work", "alignment")
    assert second.proposed["same-work"] == first.proposed["same-work"] == 1
    assert links_of(store)["CARRIED_TO"] == before["CARRIED_TO"]
    assert run_linking(store, tmp_path, options=LinkOptions(floor=0.9)).unchanged == ()


def test_what_a_job_looked_at_is_known_only_of_its_last_run(store: Store) -> None:
    put(store, *two_files())
    known = {"answers": LinkedJob("abc", 1), "same-work": LinkedJob("def", 0)}
    answer = suggest(ANSWERED, "need:1", "proj:1", 0.8, "answers-1")
    store.write_links([answer], method_scope=("answers", "same-work"), command="link", linked=known)
    assert store.read_linked() == known
    store.write_links([], method_scope="answers", command="link")
    assert store.read_linked() == {"same-work": known["same-work"]}
    clear_store(store.database)
    assert store.read_linked() == {}
