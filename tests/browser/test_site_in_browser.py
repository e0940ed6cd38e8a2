"""The pages in a real browser: Thai, no complaint in the console, nothing from outside, keyboard, axe."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from playwright.sync_api import Page

from api import create_app
from tests.browser.watching import Watch
from tests.sample_site import HOSTILE_NEED
from tracegraph.cli.serve import open_listener
from tracegraph.graph.store import Store
from tracegraph.settings import Settings

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NEED = "KB-N-HN2-2"
PROJECT = "KB-L-HN-21"
PAGES = (
    "/",
    "/?lang=en&floor=facts",
    "/needs",
    "/needs?lang=en",
    "/trace",
    "/trace?q=ถนน",
    "/pairs",
    "/explain?left=KB-L-SK-02&right=KB-L-SK-19",
    "/explain?left=KB-N-HN4-2",
    "/needs?q=ไม่มีคำนี้",
    "/ask",
    "/ask/needs_reach",
    "/ask/trace_need",
    "/ask/duplicates_across_bodies",
    "/ask/area_profile",
    "/ask/late_plans?as_of=yesterday",
    f"/trace/{NEED}",
    f"/trace/{NEED}?lang=en",
    f"/trace/{PROJECT}",
    f"/trace/{HOSTILE_NEED}?floor=facts",
    "/trace/no-such",
)


@pytest.fixture(scope="module")
def site(site_store: Store, site_settings: Settings) -> Iterator[str]:
    """The address of the served application."""
    listener: socket.socket = open_listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(site_settings, store=site_store), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()


def _clean(watch: Watch, site: str) -> None:
    own = [m for m in watch.messages if "404" not in m]  # the page of an error is itself a 404
    assert own == []
    assert watch.outside(site) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_thai_and_asks_nobody_else(page: Page, watch: Watch, site: str, path: str) -> None:
    page.goto(site + path, wait_until="networkidle")
    assert page.get_attribute("html", "lang") == ("en" if "lang=en" in path else "th")
    fonts = page.evaluate("document.fonts.check('16px Sarabun', 'ก') && getComputedStyle(document.body).fontFamily")
    assert fonts.startswith("Sarabun")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page itself never scrolls sideways"
    assert page.evaluate("window.ran === undefined")
    _clean(watch, site)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, .badge, .button, .ladder li, label')].filter(e =>
             e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && e.clientWidth).length"""
    )
    assert clipped == 0


def test_suggested_levels_and_fates_look_different_from_facts(page: Page, site: str) -> None:
    style = "e => getComputedStyle(e).borderTopStyle"
    page.goto(f"{site}/trace/{NEED}")
    assert page.locator(".ladder li.fact").first.evaluate(style) == "solid"
    page.goto(f"{site}/needs?fate=funded")
    assert page.locator("td .badge.by-suggestion").first.evaluate(style) == "dashed"
    page.goto(f"{site}/needs?fate=arrived&floor=facts")
    assert page.locator("td .badge.arrived").first.evaluate(style) == "solid"


def test_from_the_money_to_the_pairs_and_their_cells(page: Page, site: str) -> None:
    page.goto(site + "/")
    number = page.locator("section[aria-labelledby=money] a.big").inner_text()
    page.click("section[aria-labelledby=money] a.big")
    assert "บาท" in number and page.locator("article.step").count() >= 3
    for article in page.locator("article.step").all():
        assert article.locator(".source").count() == 2, "both ends name their source cell"
    page.locator("article.step a").first.click()
    assert page.locator("svg g[data-uid]").count() >= 2


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, site: str, path: str) -> None:
    page.goto(site + path, wait_until="networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {iframes: false}).then(r => r.violations)")
    told = [(v["id"], v["help"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert told == []


def test_everything_can_be_reached_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + "/needs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.id || document.activeElement.textContent.trim(), "
            "getComputedStyle(document.activeElement).outlineStyle]"
        )
        seen.add(name)
        assert outline != "none", f"no visible focus on {name}"
    assert {"q", "area", "fate", "reached", "แสดง", "ภาพรวม", "English", "เฉพาะข้อเท็จจริง"} <= seen


def test_from_a_number_to_the_cell_of_the_file(page: Page, site: str, watch: Watch) -> None:
    page.goto(site + "/")
    page.click('a[href*="fate=arrived"][href*="floor=facts"]')
    page.click(f"tr:has(span.id:text-is('{NEED}')) td.words a")
    assert "อ้างอิง: 10_forum_huainamkhao_2567.csv" in page.inner_text("main")
    assert page.locator("svg g[data-uid]").count() >= 5
    page.click("text=รวมข้อเสนอแนะ")
    assert page.locator("article.step .badge.suggested").count() >= 1
    page.click("section:has(h2:has-text('ข้อเสนอแนะอื่น')) > details > summary")
    page.locator("article.step:has(.badge.suggested) summary").first.click()
    assert "น้ำหนักบวกสนับสนุน" in page.inner_text("main")
    _clean(watch, site)


def test_the_picture_inside_the_page_is_drawn_and_shut_in(page: Page, site: str, watch: Watch) -> None:
    page.goto(f"{site}/trace/{HOSTILE_NEED}")
    page.click("summary:has-text('เปิดผังโต้ตอบ')")
    page.locator("iframe.graph").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.graph")
    frame.locator("body[data-drawn]").wait_for(timeout=20_000)
    assert page.frames[1].evaluate("origin") == "null", "sandboxed: no access to the pages"
    _clean(watch, site)


def test_marks_of_direction_in_a_name_stay_in_the_name(page: Page, site: str) -> None:
    page.goto(f"{site}/trace?q=" + quote("\u202eกลับหลัง\u202d ถนน"))
    styles = page.evaluate(
        "[...document.querySelectorAll('main a, main span')].map(e => getComputedStyle(e).unicodeBidi)"
    )
    assert styles and set(styles) <= {"isolate"}


def test_pages_work_without_javascript(page: Page, site: str) -> None:
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site + "/needs")
    plain.fill("#q", "หนองบัวทอง")
    plain.click("button.main")
    assert NEED in plain.inner_text("table")
    plain.goto(f"{site}/trace/{NEED}")
    assert plain.locator("svg g[data-uid]").count() >= 5
    context.close()


def test_the_documentation_of_the_api_needs_no_network(page: Page, site: str, watch: Watch) -> None:
    page.goto(site + "/docs")
    page.wait_for_selector(".opblock", timeout=20_000)
    page.click("#operations-match-match_v1_match_post button.opblock-summary-control")
    page.wait_for_selector(".opblock-body")
    assert "หมู่ที่ 3" in page.inner_text(".opblock-body")
    _clean(watch, site)


def test_a_page_prints_without_its_controls(page: Page, site: str) -> None:
    page.goto(site + "/needs")
    page.emulate_media(media="print")
    assert not page.is_visible("form.filters") and not page.is_visible(".top nav")
    assert page.is_visible("table")
