"""How many needs reached which plan level, as a picture: facts and suggestions drawn apart.

The dark part of a bar are facts (declared or confirmed links only), the light part is what suggestions add. What
leaves between two levels is drawn falling and named "ค้างอยู่", with its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracegraph.report import colors
from tracegraph.report.terms import Lang
from tracegraph.report.widths import fit, text_width
from tracegraph.report.xml import number, svg_document, tag, text_of

_BAR = 22.0
_STEP = 150.0
_LEFT = 24.0
_TOP = 92.0
_TALLEST = 220.0
_FALL = "#8c1d18"
_WORDS = {
    "stopped": {"th": "ค้างอยู่", "en": "stopped"},
    "facts": {"th": "ข้อเท็จจริง", "en": "facts"},
    "with": {"th": "รวมข้อเสนอแนะ", "en": "with suggestions"},
    "facts_long": {"th": "ข้อเท็จจริง (ระบุในแผนหรือเจ้าหน้าที่ยืนยันแล้ว)", "en": "facts (declared or confirmed)"},
    "with_long": {"th": "เพิ่มขึ้นเมื่อรวมข้อเสนอแนะของระบบ", "en": "added by suggestions of the system"},
    "title": {"th": "ความต้องการไปถึงแผนระดับใด", "en": "How far the needs came"},
    "empty": {"th": "ยังไม่มีความต้องการในข้อมูล", "en": "No needs in the data yet"},
}


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """Needs that came at least this far: with facts only, and with suggestions too; addresses of their lists."""

    column: str  # key of terms.LEVELS, for the color
    label: str
    facts: int
    total: int
    href_facts: str | None = None
    href_total: str | None = None
    href_stopped: str | None = None


def funnel_svg(steps: Sequence[FunnelStep], *, lang: Lang = "th", embed_font: bool = True) -> str:
    """The funnel; the numbers are links where a step has addresses. Steps are drawn in the order given."""
    title = _WORDS["title"][lang]
    if not steps or not steps[0].total:
        empty = _WORDS["empty"][lang]
        drawn = _text(24, 48, empty, 15)
        return svg_document(drawn, 360, 80, title=title, about=empty, embed_font=embed_font, has_links=False)
    scale = _TALLEST / max(step.total for step in steps)
    width = _LEFT + _STEP * (len(steps) - 1) + _STEP
    body = []
    for position, step in enumerate(steps):
        if position + 1 < len(steps):
            body.append(_flow(_LEFT + position * _STEP, step, steps[position + 1], scale, lang))
    for position, step in enumerate(steps):
        body.append(_bar(_LEFT + position * _STEP, step, scale, lang))
    height = _TOP + _TALLEST + 84
    body.append(_legend(height - 22, lang))
    about = " · ".join(
        f"{s.label}: {_WORDS['facts'][lang]} {s.facts:,}, {_WORDS['with'][lang]} {s.total:,}" for s in steps
    )
    linked = any(step.href_facts for step in steps)
    return svg_document("".join(body), width, height, title=title, about=about, embed_font=embed_font, has_links=linked)


def _text(
    x: float, y: float, text: str, size: float, *, bold: bool = False, fill: str = colors.INK, href: str | None = None
) -> str:
    attributes = {"x": x, "y": y, "font-size": number(size), "fill": fill, "font-weight": "700" if bold else None}
    if href is not None:
        attributes["text-decoration"] = "underline"
    drawn = tag("text", attributes, text_of(text))
    return tag("a", {"href": href}, drawn) if href is not None else drawn


def _bar(x: float, step: FunnelStep, scale: float, lang: Lang) -> str:
    fill = colors.LEVEL_FILL[step.column]
    width = _STEP - 14
    parts = [
        _text(x, 26, fit(step.label, width, 15, bold=True), 15, bold=True),
        _text(x, 50, f"{step.facts:,}", 20, bold=True, href=step.href_facts),
        _text(x + text_width(f"{step.facts:,}", 20, bold=True) + 6, 50, _WORDS["facts"][lang], 12.5, fill=colors.MUTED),
    ]
    both = f"{_WORDS['with'][lang]} {step.total:,}"
    parts.append(_text(x, 70, both, 13.5, fill=colors.INK, href=step.href_total))
    light, dark = step.total * scale, step.facts * scale
    parts.append(tag("rect", {"x": x, "y": _TOP, "width": _BAR, "height": light, "fill": fill, "fill-opacity": "0.38"}))
    parts.append(tag("rect", {"x": x, "y": _TOP, "width": _BAR, "height": dark, "fill": fill}))
    return "".join(parts)


def _flow(x: float, step: FunnelStep, following: FunnelStep, scale: float, lang: Lang) -> str:
    """What goes on (level with the top) and what stops here (falling, with its number)."""
    fill = colors.LEVEL_FILL[step.column]
    left, right = x + _BAR, x + _STEP
    through, facts = following.total * scale, min(following.facts, following.total) * scale
    parts = []
    for height, opacity in ((through, "0.16"), (facts, "0.22")):
        if height:
            area = {"x": left, "y": _TOP, "width": right - left, "height": height}
            parts.append(tag("rect", {**area, "fill": fill, "fill-opacity": opacity}))
    lost = step.total - following.total
    if lost > 0:
        top, bottom = _TOP + through, _TOP + step.total * scale
        far = left + 62
        end = bottom + 14
        shape = (
            f"M{number(left)} {number(top)}C{number(left + 34)} {number(top)} {number(far)} {number((top + end) / 2)} "
            f"{number(far)} {number(end)}L{number(far - 22)} {number(end)}"
            f"C{number(far - 30)} {number(bottom)} {number(left + 12)} {number(bottom)} "
            f"{number(left)} {number(bottom)}z"
        )
        parts.append(tag("path", {"d": shape, "fill": _FALL, "fill-opacity": "0.3"}))
        label = f"{_WORDS['stopped'][lang]} {lost:,}"
        parts.append(_text(far - 40, end + 17, label, 13.5, fill=_FALL, href=following.href_stopped))
    return "".join(parts)


def _legend(y: float, lang: Lang) -> str:
    fill = colors.LEVEL_FILL["local"]
    first = _WORDS["facts_long"][lang]
    second = _LEFT + 24 + text_width(first, 13) + 26
    return "".join(
        (
            tag("rect", {"x": _LEFT, "y": y - 11, "width": 14, "height": 14, "fill": fill}),
            _text(_LEFT + 20, y, first, 13),
            tag("rect", {"x": second, "y": y - 11, "width": 14, "height": 14, "fill": fill, "fill-opacity": "0.38"}),
            _text(second + 20, y, _WORDS["with_long"][lang], 13),
        )
    )
