"""The legend under a trace: what the lines mean, in words."""

from __future__ import annotations

from tracegraph.model.graph import Status
from tracegraph.report import colors
from tracegraph.report.terms import STATUSES, Lang
from tracegraph.report.widths import text_width
from tracegraph.report.xml import number, tag, text_of

LEGEND_HEIGHT = 64.0
_SIZE = 13.0
_WORDS = {
    "heading": {"th": "ความหมายของเส้น", "en": "Lines"},
    "suggested": {"th": "ระบบเสนอแนะ (ตัวเลข = ความน่าจะเป็น)", "en": "suggested by the system (number = probability)"},
    "strategy": {"th": "สอดคล้องกับยุทธศาสตร์", "en": "aligns with a strategy"},
    "suspect": {"th": "ข้อความเปลี่ยนไปหลังเชื่อมโยง โปรดตรวจสอบ", "en": "text changed since, please check"},
}


def legend_svg(x: float, y: float, width: float, lang: Lang) -> str:
    """The legend as a group of SVG elements, on two lines where one is too short."""
    entries = [
        ("declared", STATUSES[Status.DECLARED].to(lang)),
        ("confirmed", STATUSES[Status.CONFIRMED].to(lang)),
        ("suggested", _WORDS["suggested"][lang]),
        ("rejected", STATUSES[Status.REJECTED].to(lang)),
        ("strategy", _WORDS["strategy"][lang]),
        ("suspect", _WORDS["suspect"][lang]),
    ]
    heading = _WORDS["heading"][lang]
    place = {"x": x, "y": y + 17, "font-size": "13", "font-weight": "700", "fill": colors.INK}
    drawn = [tag("text", place, text_of(heading))]
    left, row = x + text_width(heading, _SIZE, bold=True) + 18, 0
    for key, words in entries:
        needs = 44 + text_width(words, _SIZE) + 22
        if left + needs > x + width and left > x:
            left, row = x, row + 1
        drawn.append(_entry(key, words, left, y + 12 + 22 * row))
        left += needs
    return tag("g", {"data-part": "legend"}, *drawn)


def _entry(key: str, words: str, x: float, y: float) -> str:
    text = tag("text", {"x": x + 42, "y": y + 5, "font-size": "13", "fill": colors.INK}, text_of(words))
    if key == "suspect":
        mark = tag("path", {"d": f"M{number(x + 24)} {number(y - 9)}l9 16h-18z", "fill": colors.SUSPECT_LINE})
        place = {"x": x + 24, "y": y + 5, "font-size": "11", "text-anchor": "middle", "fill": colors.WHITE}
        return mark + tag("text", {**place, "font-weight": "700"}, "!") + text
    color = colors.LEVEL_FILL["strategy"] if key == "strategy" else colors.STATUS_LINE[key]
    style: dict[str, object] = {"stroke": color, "stroke-width": 1.6}
    if key == "confirmed":
        style["stroke-width"] = 3.4
    elif key == "suggested":
        style["stroke-dasharray"] = "6 4"
    elif key == "rejected":
        style.update({"stroke-dasharray": "1 5", "stroke-linecap": "round"})
    line = {"x1": x, "y1": y, "x2": x + 36, "y2": y, **style}
    return tag("line", line) + text
