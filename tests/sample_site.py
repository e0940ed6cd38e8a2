"""The linked sample with decisions and hostile files in the embedded engine: what API and pages are tried on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.picture_graphs import HOSTILE
from tracegraph.cli.steps import run_linking
from tracegraph.graph.store import Store, open_store
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.sample import sample_files
from tracegraph.settings import Settings

#: A need whose every text is hostile, and a text that a spreadsheet would run.
HOSTILE_NEED = "X-N-1"
FORMULA = "@SUM(1+1)*cmd|' /C calc'!A0 ขอถนนเข้าหมู่บ้าน"


def _write(path: Path, *lines: tuple[object, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def write_hostile_files(folder: Path) -> list[Path]:
    """A list of needs and a list of projects with markup and formulas in every text."""
    needs = _write(
        folder / "hostile_needs.csv",
        ("หมู่ที่", "ชื่อหมู่บ้าน", "รหัส", "ปัญหา/ความต้องการ", "ด้าน", "ปีที่เสนอ"),
        (9, f"บ้าน{HOSTILE}", HOSTILE_NEED, f"ถนนพัง {HOSTILE}", HOSTILE, 2568),
        (9, "บ้านสูตร", "X-N-2", FORMULA, "-", 2568),
    )
    items = _write(
        folder / "hostile_items.csv",
        ("ลำดับ", "รหัส", "โครงการ", "เป้าหมาย (ผลผลิตของโครงการ)", "2568", "หน่วยงานรับผิดชอบหลัก"),
        (1, "X-P-1", f"ซ่อมถนน หมู่ที่ 9 {HOSTILE}", HOSTILE, "100,000", HOSTILE),
    )
    links = _write(folder / "hostile_links.csv", ("from", "to", "kind"), (HOSTILE_NEED, "X-P-1", "ANSWERED_BY"))
    return [needs, items, links]


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder of its own."""
    return Settings(home=tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site_store(site_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store, loaded once a session; tests must not write to it."""
    needs, items, links = write_hostile_files(tmp_path_factory.mktemp("hostile"))
    with open_store(site_settings) as store:
        store.write_batches(read_files(sample_files()), command="import")
        context = ImportContext(
            owner="กม.ตำบลห้วยน้ำขาว", area="810405", plan_kind="PK01", stage="plan", years="2568-2570"
        )
        store.write_batches(read_files([needs], context=context), command="import")
        context = ImportContext(owner="อบต.ห้วยน้ำขาว", area="810405", plan_kind="PK03", years="2566-2570")
        store.write_batches(read_files([items], context=context), command="import")
        store.write_batches(read_files([links]), command="import")
        run_linking(store, site_settings.home)
        _decide(store)
        yield store


def _decide(store: Store) -> None:
    """One suggested answer confirmed, the next rejected, so that every status is there."""
    first, second = [link for link in store.list_links("ANSWERED_BY", "suggested") if link["from_id"] != HOSTILE_NEED][
        :2
    ]
    store.decide("ANSWERED_BY", first["from_uid"], first["to_uid"], "confirm", reason="ตรวจในพื้นที่แล้ว", by="ผู้ตรวจ")
    store.decide("ANSWERED_BY", second["from_uid"], second["to_uid"], "reject", reason="คนละสาย", by="ผู้ตรวจ")
