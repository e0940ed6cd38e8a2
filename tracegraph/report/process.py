"""The process of the letter as a picture: bottom-up and top-down apart, every flow with its code and its words.

A solid arrow is said in words, a dotted one is only drawn in the letter's diagram, a dashed one can be read in two
ways; both readings stand below the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tracegraph.model.process import Flow, PlanKind, find_plan_kind, flows, plan_kinds
from tracegraph.report import colors
from tracegraph.report.process_places import BOTTOM_UP, TOP_DOWN, Panel
from tracegraph.report.terms import Lang, plan_kind_word
from tracegraph.report.widths import fit, text_width
from tracegraph.report.wrap import wrap
from tracegraph.report.xml import number, svg_document, tag, text_of

_BOX_WIDTH, _BOX_HEIGHT = 184.0, 58.0
_BODY_HEIGHT = 34.0
_ROW = 21.0
_WIDTH = 2060.0
_BODY_LINE = "#5a615d"
_DASHES = {"high": None, "diagram": "2 4", "low": "9 5"}
_FILLS = {
    "village": "village",
    "tambon": "tambon",
    "local": "local",
    "district": "district",
    "province": "province",
    "agency": "budget",
    "cluster": "strategy",
    "national": "national",
}
_WORDS = {
    "title": {
        "th": "แนวทางการเชื่อมโยงและบูรณาการแผนในระดับพื้นที่ (หนังสือ มท ๐๘๑๐.๒/ว ๙๐๕ ลว. ๑๐ พ.ค. ๒๕๕๙)",
        "en": "Linking and integrating area plans (letter มท ๐๘๑๐.๒/ว ๙๐๕ of 10 May 2016)",
    },
    "up": {"th": "จากล่างขึ้นบน (Bottom-up)", "en": "Bottom-up"},
    "down": {"th": "จากบนลงล่าง (Top-down)", "en": "Top-down"},
    "solid": {"th": "ระบุเป็นข้อความ", "en": "said in words"},
    "diagram": {"th": "มีในแผนภาพเท่านั้น", "en": "drawn in the diagram only"},
    "low": {"th": "อ่านได้สองทาง", "en": "can be read in two ways"},
    "readings": {"th": "อ่านได้สองทาง", "en": "Two readings"},
    "now": {"th": "2569", "en": "2026"},
}


def process_svg(*, lang: Lang = "th", embed_font: bool = True) -> str:
    """The whole picture, with the list of flows under each panel and the double readings at the end."""
    up = [flow for flow in flows() if flow.direction in ("bottom-up", "support")]
    down = [flow for flow in flows() if flow.direction == "top-down"]
    title = _WORDS["title"][lang]
    parts = [_text(28, 40, title, 20, bold=True), _key(28, 70, lang)]
    y = 100.0
    for name, panel, drawn in (("up", BOTTOM_UP, up), ("down", TOP_DOWN, down)):
        parts.append(_text(28, y + 22, _WORDS[name][lang], 17, bold=True))
        parts.append(tag("g", {"transform": f"translate(0 {number(y + 30)})"}, _panel(panel, drawn, lang)))
        y += 40 + panel.height
        parts.append(_list(28, y, drawn, lang))
        y += _ROW * math.ceil(len(drawn) / 2) + 34
    notes, height = _readings(y, lang)
    about = " · ".join(f"{flow.id} {flow.source} → {flow.target}" for flow in (*up, *down))
    body = "".join((*parts, notes))
    return svg_document(body, _WIDTH, height, title=title, about=about, embed_font=embed_font, has_links=False)


def _text(
    x: float, y: float, text: str, size: float, *, bold: bool = False, fill: str = colors.INK, anchor: str | None = None
) -> str:
    place = {"x": x, "y": y, "font-size": number(size), "text-anchor": anchor}
    return tag("text", {**place, "fill": fill, "font-weight": "700" if bold else None}, text_of(text))


def _key(x: float, y: float, lang: Lang) -> str:
    """What the three kinds of arrow mean."""
    parts = []
    for confidence, word in (("high", "solid"), ("diagram", "diagram"), ("low", "low")):
        style = {"stroke": colors.MUTED, "stroke-width": 2, "stroke-dasharray": _DASHES[confidence]}
        parts.append(tag("line", {"x1": x, "y1": y - 5, "x2": x + 44, "y2": y - 5, **style}))
        words = _WORDS[word][lang]
        parts.append(_text(x + 52, y, words, 13.5))
        x += 84 + text_width(words, 13.5)
    return "".join(parts)


def _panel(panel: Panel, drawn: Sequence[Flow], lang: Lang) -> str:
    arrows = [_arrow(panel, flow) for flow in drawn]
    boxes = [_box(end, x, y, lang) for end, (x, y) in panel.boxes.items()]
    marks = [_mark(panel, flow) for flow in drawn]
    return "".join((_bands(panel, lang), *arrows, *boxes, *marks))


def _bands(panel: Panel, lang: Lang) -> str:
    """Levels as rows and months as columns, behind everything."""
    parts = []
    for position, (th, en, top, bottom) in enumerate(panel.bands):
        fill = "#f4f6f4" if position % 2 else "#ffffff"
        parts.append(tag("rect", {"x": 14, "y": top, "width": _WIDTH - 28, "height": bottom - top, "fill": fill}))
        for line, words in enumerate(wrap(th if lang == "th" else en, 92, 13, lines=3, bold=True)):
            parts.append(_text(24, (top + bottom) / 2 - 4 + 16 * line, words, 13, bold=True, fill=colors.MUTED))
    for position, (th, en, left, right) in enumerate(panel.months):
        if position:
            grid = {"x1": left, "y1": 22, "x2": left, "y2": panel.height - 8, "stroke": colors.RULE}
            parts.append(tag("line", {**grid, "stroke-dasharray": "3 5"}))
        words = th if lang == "th" else en
        middle = (left + right) / 2
        parts.append(_text(middle, 14, words, 13.5, bold=True, fill=colors.MUTED, anchor="middle"))
    return "".join(parts)


def _size(end: str) -> tuple[float, float]:
    if find_plan_kind(end):
        return _BOX_WIDTH, _BOX_HEIGHT
    return max(90.0, text_width(end, 13.5) + 24), _BODY_HEIGHT


def _box(end: str, x: float, y: float, lang: Lang) -> str:
    width, height = _size(end)
    place = {"x": x - width / 2, "y": y - height / 2, "width": width, "height": height, "rx": 7}
    kind = find_plan_kind(end)
    if kind is None:
        outline = tag("rect", {**place, "fill": colors.PAPER, "stroke": _BODY_LINE, "stroke-width": 1.4})
        return tag("g", None, outline, _text(x, y + 5, end, 13.5, anchor="middle"))
    fill = colors.LEVEL_FILL[_FILLS[kind.level]]
    ink = colors.ink_on(fill)
    left, room = x - width / 2 + 9, width - 18
    name = fit(f"{kind.id} {plan_kind_word(kind.id, lang)}", room, 13.5, bold=True)
    lines = [_text(left, y - 10, name, 13.5, bold=True, fill=ink)]
    lines.append(_text(left, y + 7, fit(kind.months_text or "–", room, 12), 12, fill=ink))
    if kind.names_2569:
        now = f"{_WORDS['now'][lang]}: {kind.names_2569[0]}"
        lines.append(_text(left, y + 22, fit(now, room, 11.5), 11.5, fill=ink))
    return tag("g", None, tag("title", None, text_of(_about_kind(kind))), tag("rect", {**place, "fill": fill}), *lines)


def _about_kind(kind: PlanKind) -> str:
    """Everything that the letter says of a plan kind, for a tooltip."""
    lines = (f"{kind.id} {kind.thai} / {kind.english}", kind.owner, *kind.owner_readings, kind.months_text, kind.legal)
    return "\n".join(line for line in (*lines, *kind.names_2569) if line)


def _curve(panel: Panel, flow: Flow) -> tuple[tuple[float, float], ...]:
    """Start, control and end of an arrow: from edge to edge of its boxes, bent by what the panel says."""
    (x0, y0), (x1, y1) = panel.boxes[flow.source], panel.boxes[flow.target]
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    bend = panel.bends.get(flow.id, 0.0)
    middle = ((x0 + x1) / 2 - (y1 - y0) / length * bend, (y0 + y1) / 2 + (x1 - x0) / length * bend)
    return _border(flow.source, (x0, y0), middle), middle, _border(flow.target, (x1, y1), middle)


def _border(end: str, center: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a box's center to a point leaves the box."""
    width, height = _size(end)
    dx, dy = towards[0] - center[0], towards[1] - center[1]
    scale = min(
        (width / 2 + 3) / abs(dx) if dx else math.inf,
        (height / 2 + 3) / abs(dy) if dy else math.inf,
    )
    return center[0] + dx * scale, center[1] + dy * scale


def _color(flow: Flow) -> str:
    if flow.confidence == "low":
        return "#8c5a00"
    return "#8a2b12" if flow.direction == "top-down" else "#2f3b36"


def _arrow(panel: Panel, flow: Flow) -> str:
    (x0, y0), (cx, cy), (x1, y1) = _curve(panel, flow)
    path = f"M{number(x0)} {number(y0)}Q{number(cx)} {number(cy)} {number(x1)} {number(y1)}"
    angle = math.atan2(y1 - cy, x1 - cx)
    wings = [(x1 - 11 * math.cos(angle + turn), y1 - 11 * math.sin(angle + turn)) for turn in (-0.42, 0.42)]
    tip = " ".join(f"{number(x)},{number(y)}" for x, y in ((x1, y1), *wings))
    line = {"d": path, "fill": "none", "stroke": _color(flow), "stroke-width": 1.7}
    dashed = tag("path", {**line, "stroke-dasharray": _DASHES[flow.confidence]})
    title = tag("title", None, text_of(_about_flow(flow)))
    return tag("g", {"data-flow": flow.id}, title, dashed, tag("polygon", {"points": tip, "fill": _color(flow)}))


def _about_flow(flow: Flow) -> str:
    head = f"{flow.id} {flow.source} → {flow.target}: {flow.carried}"
    return "\n".join(line for line in (head, flow.condition, flow.actor, flow.months_text, flow.letter_words) if line)


def _mark(panel: Panel, flow: Flow) -> str:
    """The code of a flow, on its arrow."""
    (x0, y0), (cx, cy), (x1, y1) = _curve(panel, flow)
    t = panel.marks.get(flow.id, 0.5)
    x = (1 - t) ** 2 * x0 + 2 * (1 - t) * t * cx + t * t * x1
    y = (1 - t) ** 2 * y0 + 2 * (1 - t) * t * cy + t * t * y1
    pill = {"x": x - 17, "y": y - 10, "width": 34, "height": 20, "rx": 10, "fill": colors.PAPER, "stroke": _color(flow)}
    code = _text(x, y + 4.5, flow.id, 12, bold=True, fill=_color(flow), anchor="middle")
    return tag("g", None, tag("title", None, text_of(_about_flow(flow))), tag("rect", pill), code)


def _end_word(end: str, lang: Lang) -> str:
    return plan_kind_word(end, lang) if find_plan_kind(end) else end


def _list(x: float, y: float, drawn: Sequence[Flow], lang: Lang) -> str:
    """Every flow of a panel in words, in two columns."""
    rows = math.ceil(len(drawn) / 2)
    parts = []
    for position, flow in enumerate(drawn):
        left = x + (position // rows) * 1016
        top = y + (position % rows) * _ROW + 14
        parts.append(_text(left, top, flow.id, 13, bold=True, fill=_color(flow)))
        words = f"{_end_word(flow.source, lang)} → {_end_word(flow.target, lang)}: {flow.carried}"
        tail = " · ".join(part for part in (flow.condition, flow.months_text) if part)
        parts.append(_text(left + 38, top, fit(f"{words} ({tail})" if tail else words, 956, 13), 13))
    return "".join(parts)


def _readings(y: float, lang: Lang) -> tuple[str, float]:
    """Both readings where the letter has two; and the height of the picture with them."""
    found: Iterable[tuple[str, tuple[str, ...]]] = (
        *((kind.id, kind.owner_readings) for kind in plan_kinds() if len(kind.owner_readings) > 1),
        *((flow.id, flow.readings) for flow in flows() if len(flow.readings) > 1),
    )
    parts = [_text(28, y, _WORDS["readings"][lang], 15, bold=True)]
    for code, readings in found:
        for letter, reading in zip("กขค", readings, strict=False):
            y += _ROW
            parts.append(_text(28, y, f"{code} ({letter}) {reading}", 13))
    return "".join(parts), y + 26
