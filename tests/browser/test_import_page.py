"""The page that imports, in a real browser: choose, look, correct, import; in Thai, by keyboard, on a phone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from api import create_app
from tests.browser.watching import Watch
from tests.picture_graphs import HOSTILE
from tracegraph.cli.serve import open_listener
from tracegraph.settings import Settings

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a data folder of its own."""
    listener = open_listener("127.0.0.1", 0)
    settings = Settings(home=tmp_path_factory.mktemp("import-page"))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():  # the engine needs its seconds
        time.sleep(0.1)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=60)
    listener.close()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A list with a column that nobody knows, a row that cannot be taken, and markup in names."""
    path = tmp_path / "แผน 2568.csv"
    lines = [
        "ลำดับที่,โครงการ,หมู่ที่,2568,ทำเพื่ออะไร",
        f"1,ขุดลอกคลอง {HOSTILE},3,5000,{HOSTILE}".replace('"', "'"),
        "2,#REF!,4,1,",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def check(page: Page, watch: Watch, site: str) -> None:
    """Nothing ran, nothing left, nothing complained, no violation, no sideways scrolling."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))"
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.ran === undefined")
    assert watch.outside(site) == []
    assert [m for m in watch.messages if "422" not in m] == []


@pytest.mark.parametrize("width", [1366, 390])
def test_files_are_previewed_corrected_and_imported(
    page: Page, watch: Watch, site: str, plan: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}/import?lang=th", wait_until="networkidle")
    check(page, watch, site)
    page.set_input_files("#files", plan)
    page.get_by_label("เจ้าของแผน").fill("อบต.คลองเขม้า")
    page.get_by_label("ปีของแผน").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ดูก่อนนำเข้า")
    expect(page.locator("table.counts tbody tr")).to_contain_text("แผน 2568.csv")
    check(page, watch, site)
    chosen = page.get_by_label("ความหมายของคอลัมน์ ทำเพื่ออะไร")
    assert chosen.input_value() == ("" if width == 1366 else "objective"), "what was corrected once is remembered"
    chosen.select_option("objective")
    page.get_by_role("button", name="อ่านใหม่ตามที่แก้").first.click()
    expect(page.get_by_label("ความหมายของคอลัมน์ ทำเพื่ออะไร")).to_have_value("objective")
    expect(page.locator("table.columns")).to_contain_text("แก้ไขก่อนนำเข้า" if width == 1366 else "จำไว้จาก")
    page.get_by_role("button", name="นำเข้า", exact=True).click()
    page.wait_for_selector("#result", timeout=60_000)
    assert page.locator("#reports + ul a").count() >= 4
    with page.expect_download() as given:
        page.get_by_role("link", name="report.xlsx").click()
    assert given.value.suggested_filename == "report.xlsx"
    expect(page.locator("#next")).to_have_text("ขั้นต่อไป")
    check(page, watch, site)


def test_what_cannot_be_read_says_why_and_takes_a_mapping(page: Page, watch: Watch, site: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ที่,งานที่จะทำ,หมู่ที่,ปี 2568\n1,ถนนลูกรัง,4,7000\n", encoding="utf-8")
    page.goto(f"{site}/import?lang=en", wait_until="networkidle")
    page.set_input_files("#files", path)
    page.get_by_label("Years of the plan").fill("next year")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot read the years")
    check(page, watch, site)
    page.set_input_files("#files", path)
    page.get_by_label("Years of the plan").fill("2566-2570")
    page.get_by_label("Owner of the plan").fill("อบต.คลองเขม้า")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="1 files that cannot be taken")).to_be_visible()
    check(page, watch, site)
    page.get_by_label("Mapping", exact=True).fill("columns: {ไม่มี: name}")
    page.get_by_role("button", name="Read again as corrected").click()
    expect(page.get_by_role("alert")).to_contain_text("fits no table")
    page.get_by_label("Mapping", exact=True).fill("columns: {งานที่จะทำ: name, หมู่ที่: village_no, ที่: seq}")
    page.get_by_role("button", name="Read again as corrected").click()
    expect(page.locator("table.counts tbody tr")).to_contain_text("list.csv")
    page.get_by_role("link", name="ภาษาไทย").click()
    expect(page.locator("h1")).to_have_text("ดูก่อนนำเข้า")
    page.get_by_role("button", name="ทิ้งไฟล์ชุดนี้").click()
    expect(page.locator("h1")).to_have_text("นำเข้าไฟล์")
    check(page, watch, site)
