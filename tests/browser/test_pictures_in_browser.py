"""The exported pictures in a real browser: hostile names run nothing, nothing leaves, Thai is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.watching import Watch
from tests.picture_graphs import HOSTILE, build_graph, build_wide_graph
from tracegraph.report.pyvis_page import graph_html
from tracegraph.report.svg import trace_svg

pytestmark = pytest.mark.browser


def _open(page: Page, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri())


def _wait_drawn(page: Page) -> int:
    page.wait_for_selector("body[data-drawn]", timeout=20_000)
    return int(page.get_attribute("body", "data-drawn") or 0)


def test_hostile_names_in_every_field_of_the_pyvis_page_run_nothing(page: Page, watch: Watch, tmp_path: Path) -> None:
    _open(page, tmp_path / "graph.html", graph_html(build_graph(suffix=HOSTILE), HOSTILE))
    assert _wait_drawn(page) == 10
    canvas = page.locator("#mynetwork canvas").bounding_box()
    assert canvas
    for x in range(0, int(canvas["width"]), 60):  # hover and select whatever lies there: tooltips and details appear
        page.mouse.move(canvas["x"] + x, canvas["y"] + canvas["height"] / 2)
    page.fill("#words", "script")
    page.press("#words", "Enter")
    page.wait_for_timeout(600)
    assert HOSTILE in page.inner_text("#details")
    assert page.inner_text("#found").startswith("10 ")
    assert page.evaluate("window.ran") is None
    assert page.locator("img, h1 script, pre *, .vis-tooltip :not(br)").count() == 0
    assert page.inner_text("h1") == " ".join(HOSTILE.split())
    assert watch.messages == []
    assert watch.outside((tmp_path / "graph.html").as_uri()) == []


def test_tooltips_are_text(page: Page, watch: Watch, tmp_path: Path) -> None:
    _open(page, tmp_path / "graph.html", graph_html(build_graph(suffix=HOSTILE), "x"))
    _wait_drawn(page)
    canvas = page.locator("#mynetwork canvas").bounding_box()
    assert canvas
    seen = ""
    for y in range(20, int(canvas["height"]), 25):
        page.mouse.move(canvas["x"] + canvas["width"] / 2 + 3, canvas["y"] + y)
        page.wait_for_timeout(280)
        if page.locator(".vis-tooltip").count() and page.locator(".vis-tooltip").is_visible():
            seen = page.inner_text(".vis-tooltip")
            break
    assert "<script>" in seen and page.locator(".vis-tooltip :not(br)").count() == 0
    assert page.evaluate("window.ran") is None and watch.messages == []


def test_the_policy_of_the_page_stops_a_script_that_was_slipped_in(page: Page, watch: Watch, tmp_path: Path) -> None:
    text = graph_html(build_graph(), "x")
    slipped = text.replace("</main>", "<script>window.ran=1</script><img src='https://example.invalid/x.png'></main>")
    _open(page, tmp_path / "graph.html", slipped)
    assert _wait_drawn(page) == 10
    assert page.evaluate("window.ran") is None
    assert sum("Content Security Policy" in m for m in watch.messages) >= 2


def test_a_thousand_nodes_are_drawn(page: Page, watch: Watch, tmp_path: Path) -> None:
    _open(page, tmp_path / "graph.html", graph_html(build_wide_graph(600), "ใหญ่", limit=1000))
    assert _wait_drawn(page) == 1000
    assert watch.messages == []


def test_sarabun_is_used_for_thai_in_the_svg(page: Page, watch: Watch, tmp_path: Path) -> None:
    _open(page, tmp_path / "trace.svg", trace_svg(build_graph()))
    page.wait_for_timeout(300)
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2
    wider = page.evaluate(
        """() => [...document.querySelectorAll('g[data-uid]')].filter(g => {
             const box = g.querySelector('rect').getBBox();
             return [...g.querySelectorAll('text')].some(t => t.getBBox().width > box.width - 8);
           }).length"""
    )
    assert wider == 0, "labels that are wider than their boxes"
    assert watch.messages == []


def test_hostile_names_in_the_svg_run_nothing(page: Page, watch: Watch, tmp_path: Path) -> None:
    _open(page, tmp_path / "trace.svg", trace_svg(build_graph(suffix=HOSTILE)))
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran === undefined")
    assert watch.messages == [] and watch.outside((tmp_path / "trace.svg").as_uri()) == []
