"""The pyvis file: self-contained, escaped, capped, with a policy that allows its own two scripts only."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

import pytest

from tests.picture_graphs import HOSTILE, build_graph, build_wide_graph
from tracegraph.errors import UsageError
from tracegraph.report.fold import fold_picture
from tracegraph.report.layout import Metrics, build_layout
from tracegraph.report.picture import read_picture
from tracegraph.report.pyvis_page import build_graph_page, graph_html

SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)


def _data(text: str, name: str) -> list[dict[str, object]]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.S)
    assert found
    data: list[dict[str, object]] = json.loads(found[1])
    return data


def test_the_policy_allows_exactly_the_two_scripts_and_the_style() -> None:
    page = build_graph_page(build_graph(suffix=HOSTILE), HOSTILE)
    scripts = SCRIPT.findall(page.html)
    style = re.findall(r"<style>(.*?)</style>", page.html, re.S)
    assert len(scripts) == 2 and len(style) == 1
    allowed = set(re.findall(r"'sha256-[^']+'", page.policy))
    real = {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in (*scripts, *style)}
    assert allowed == real
    assert "default-src 'none'" in page.policy and "unsafe" not in page.policy and "http" not in page.policy
    assert html.escape(page.policy).replace("&#x27;", "&#39;") in page.html


def test_nothing_is_linked_and_nothing_of_the_cdn_is_left() -> None:
    text = graph_html(build_graph(), "เส้นทาง")
    assert not re.search(r"<link\b|<script[^>]+src=|<img\b|@import|sourceMappingURL", text)
    assert "cdnjs" not in text and "jsdelivr" not in text and "bootstrap" not in text
    assert "data:font/woff2;base64," in text


def test_every_text_is_escaped_in_markup_and_in_data() -> None:
    text = graph_html(build_graph(suffix=HOSTILE), HOSTILE)
    outside = SCRIPT.sub("", text)
    assert "<img" not in outside and "<script>window" not in text
    assert outside.count("<script") == 4 == outside.count("</script>"), "four blocks of data, none of them ended early"
    assert any(HOSTILE in str(node["title"]) for node in _data(text, "nodes"))


def test_positions_are_those_of_our_layout_and_physics_is_off() -> None:
    graph = build_graph()
    text = graph_html(graph, "x")
    layout = build_layout(fold_picture(read_picture(graph)), Metrics(column_gap=84, row_gap=22))
    for node in _data(text, "nodes"):
        box = layout.boxes[str(node["id"])]
        assert (node["x"], node["y"]) == (round(box.x + box.width / 2, 1), round(box.middle, 1))
    options = re.search(r'id="options">(.*?)</script>', text, re.S)
    assert options and json.loads(options[1])["physics"] == {"enabled": False}
    assert len(_data(text, "edges")) == 11


def test_at_most_the_limit_is_shown_and_the_rest_is_said() -> None:
    graph = build_wide_graph(400)
    whole = graph.number_of_nodes()
    assert len(_data(graph_html(graph, "x"), "nodes")) == 500 < whole
    assert f"แสดง 500 จาก {whole:,} รายการ" in graph_html(graph, "x")
    assert "Showing 20 of" in graph_html(graph, "x", lang="en", limit=20)
    for limit in (0, 1001):
        with pytest.raises(UsageError, match="1,000"):
            graph_html(graph, "x", limit=limit)
