"""The trace and the funnel as SVG: well-formed, escaped, in Thai, drawn by status."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import networkx as nx

from tests.picture_graphs import HOSTILE, LINKS, build_graph, build_wide_graph
from tracegraph.report.funnel import FunnelStep, funnel_svg
from tracegraph.report.svg import trace_svg

SVG = "{http://www.w3.org/2000/svg}"


def _parse(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  (our own text)


def _links(root: ET.Element) -> dict[str, ET.Element]:
    return {e.attrib["data-link"]: e for e in root.iter(f"{SVG}path") if "data-link" in e.attrib}


def _texts(root: ET.Element) -> str:
    return "\n".join("".join(e.itertext()) for e in root.iter(f"{SVG}text"))


def test_links_are_drawn_by_status() -> None:
    drawn = _links(_parse(trace_svg(build_graph())))
    assert len(drawn) == len(LINKS) - 1, "one suggestion is implied by facts"
    declared = drawn["link:ANSWERED_BY-need:1-proj:a"]
    confirmed = drawn["link:CARRIED_TO-proj:a-proj:b"]
    suggested = drawn["link:ANSWERED_BY-need:2-proj:b"]
    rejected = drawn["link:ANSWERED_BY-need:2-proj:a"]
    assert "stroke-dasharray" not in declared.attrib and "stroke-dasharray" not in confirmed.attrib
    assert float(confirmed.attrib["stroke-width"]) > 2 * float(declared.attrib["stroke-width"])
    assert suggested.attrib["stroke-dasharray"] == "6 4"
    assert float(rejected.attrib["stroke-width"]) < float(declared.attrib["stroke-width"])


def test_suggested_links_say_their_probability_and_suspect_links_are_marked_once() -> None:
    text = trace_svg(build_graph())
    root = _parse(text)
    assert {"0.72", "0.88", "0.61", "0.55", "0.50"} <= set(_texts(root).split("\n"))
    assert "0.30" not in _texts(root)
    assert "ระดับความเชื่อมั่น ปานกลาง (0.72)" in text
    marks = [g for g in root.iter(f"{SVG}g") if (g.findtext(f"{SVG}title") or "").startswith("ข้อความต้นทางเปลี่ยนไป")]
    assert len(marks) == 1


def test_headings_legend_title_and_description_are_thai_or_english() -> None:
    thai = _parse(trace_svg(build_graph()))
    assert "ปัญหา/ความต้องการ (2)" in _texts(thai) and "เจ้าหน้าที่ยืนยันแล้ว" in _texts(thai)
    assert thai.attrib["aria-label"].startswith("เส้นทางที่มาที่ไปของ ก่อสร้างถนน")
    assert "มีโครงการรองรับ" in (thai.findtext(f"{SVG}desc") or "")
    english = _texts(_parse(trace_svg(build_graph(), lang="en")))
    assert "Needs (2)" in english and "confirmed by an officer" in english


def test_hostile_text_stays_text() -> None:
    text = trace_svg(build_graph(suffix=HOSTILE), href=lambda label, uid: f"/trace/{uid}?q={HOSTILE}")
    root = _parse(text)
    assert {e.tag for e in root.iter()} <= {
        SVG + name for name in ("svg", "title", "desc", "style", "rect", "g", "path", "text", "line", "a")
    }
    assert not any(name.lower().startswith("on") for e in root.iter() for name in e.attrib)
    assert "<script" not in text and "<img" not in text
    assert _parse(trace_svg(build_graph(suffix="\x00\x0b\ud800\ufffe"))).tag == SVG + "svg"


def test_the_svg_needs_nothing_from_outside() -> None:
    alone = trace_svg(build_graph())
    assert "font/woff2;base64," in alone
    assert re.findall(r"https?://[^\"' ]+", alone) == ["http://www.w3.org/2000/svg"]
    inline = trace_svg(build_graph(), embed_font=False)
    assert "<style" not in inline and " style=" not in inline, "a page's policy forbids inline styles"


def test_nodes_link_to_their_trace_only_where_there_is_one() -> None:
    root = _parse(trace_svg(build_graph(), href=lambda label, uid: f"/t/{uid}" if label != "Strategy" else None))
    assert {a.attrib["href"] for a in root.iter(f"{SVG}a")} == {
        f"/t/{u}" for u in ("need:1", "need:2", "proj:a", "proj:b", "proj:b2", "proj:g", "proj:d", "proj:f")
    }


def test_a_large_graph_is_cut_around_the_item_asked_about_and_says_so() -> None:
    graph = build_wide_graph(120)
    text = trace_svg(graph, max_nodes=50)
    shown = {g.attrib["data-uid"] for g in _parse(text).iter(f"{SVG}g") if "data-uid" in g.attrib}
    assert len(shown) == 50 and "need:0" in shown
    assert set(graph.successors("need:0")) <= shown
    assert f"แสดง 50 จาก {graph.number_of_nodes():,} รายการ" in text


def test_an_empty_graph_says_that_there_is_nothing() -> None:
    assert "ยังไม่มีข้อมูลให้แสดง" in trace_svg(nx.MultiDiGraph())


STEPS = (
    FunnelStep("need", "ปัญหา/ความต้องการ", 60, 60, "/needs?floor=1.01", "/needs"),
    FunnelStep("local", "แผนพัฒนา อปท.", 20, 44, "/a", "/b", "/c"),
    FunnelStep("province", "แผนจังหวัด <b>", 0, 9, "/d", "/e", "/f"),
)


def test_the_funnel_keeps_facts_and_suggestions_apart() -> None:
    root = _parse(funnel_svg(STEPS))
    said = _texts(root)
    assert "รวมข้อเสนอแนะ 44" in said and "20" in said.split("\n") and "ค้างอยู่ 16" in said and "ค้างอยู่ 35" in said
    assert [a.attrib["href"] for a in root.iter(f"{SVG}a")].count("/c") == 1
    assert "แผนจังหวัด <b>" in said
    bars = [float(r.attrib["height"]) for r in root.iter(f"{SVG}rect") if r.attrib.get("width") == "22"]
    assert bars[2] / bars[0] == 44 / 60 or abs(bars[2] / bars[0] - 44 / 60) < 0.01


def test_the_funnel_of_nothing_says_so() -> None:
    assert "ยังไม่มีความต้องการในข้อมูล" in funnel_svg([])
    assert "ยังไม่มีความต้องการในข้อมูล" in funnel_svg([FunnelStep("need", "x", 0, 0)])
