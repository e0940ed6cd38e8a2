"""The picture of the letter: every plan kind and flow drawn once, escaped, with nothing from outside."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tracegraph.model.process import flows, plan_kinds
from tracegraph.report.process import process_svg
from tracegraph.report.process_places import BOTTOM_UP, TOP_DOWN

SVG = "{http://www.w3.org/2000/svg}"
SIZE = (184.0, 58.0)


@pytest.fixture(scope="module")
def drawn() -> str:
    return process_svg(embed_font=False)


def test_every_flow_is_drawn_once_and_listed(drawn: str) -> None:
    tree = ElementTree.fromstring(drawn)  # noqa: S314 (our own text)
    groups = [group.get("data-flow") for group in tree.iter(f"{SVG}g") if group.get("data-flow")]
    wanted = [flow.id for flow in flows() if flow.direction != "admin"]
    assert sorted(groups) == sorted(wanted)
    texts = [element.text or "" for element in tree.iter(f"{SVG}text")]
    for flow in wanted:
        assert texts.count(flow) == 2  # on the arrow and in the list


def test_every_kind_has_a_box_with_its_thai_name(drawn: str) -> None:
    for kind in plan_kinds():
        assert f"{kind.id} {kind.short_th}"[:12] in drawn
        assert kind.id in BOTTOM_UP.boxes or kind.id in TOP_DOWN.boxes
    assert "จากล่างขึ้นบน" in drawn
    assert "จากบนลงล่าง" in drawn
    assert drawn.index("จากล่างขึ้นบน") < drawn.index("จากบนลงล่าง")


def test_both_readings_stand_below(drawn: str) -> None:
    assert "B04 (ก)" in drawn
    assert "B04 (ข)" in drawn
    assert "PK05 (ก)" in drawn


def test_bottom_up_arrows_never_go_down_a_level_and_top_down_never_up() -> None:
    for flow in flows():
        panel = {"bottom-up": BOTTOM_UP, "top-down": TOP_DOWN}.get(flow.direction)
        if panel is None:
            continue
        (_, start), (_, end) = panel.boxes[flow.source], panel.boxes[flow.target]
        if flow.direction == "top-down":
            assert end > start, flow.id
        elif flow.id not in ("B05", "B15", "B21"):  # back to the tambon; within the district; within the province
            assert end <= start + 1, flow.id


def test_boxes_do_not_overlap() -> None:
    for panel in (BOTTOM_UP, TOP_DOWN):
        places = sorted((x, y) for name, (x, y) in panel.boxes.items() if re.match("[A-Z]", name))
        for i, (x, y) in enumerate(places):
            for other_x, other_y in places[i + 1 :]:
                assert abs(x - other_x) >= SIZE[0] or abs(y - other_y) >= SIZE[1]


def test_the_file_needs_nothing_from_outside() -> None:
    whole = process_svg()
    assert "@font-face" in whole
    assert not re.findall(r"(?:href|src)\s*=|url\((?!data:)|<script", whole)
    assert process_svg() == whole
    assert "Bottom-up" in process_svg(lang="en")
