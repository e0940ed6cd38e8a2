"""Nodes and links of a picture as SVG elements."""

from __future__ import annotations

from collections.abc import Callable

from tracegraph.model.graph import LinkKind, Status
from tracegraph.report import colors
from tracegraph.report.layout import Box
from tracegraph.report.picture import PictureLink, PictureNode
from tracegraph.report.terms import CONFIDENCE, LINK_WORDS, STATUSES, SUSPECT, Lang, confidence_of, shown_probability
from tracegraph.report.widths import fit, text_width
from tracegraph.report.wrap import wrap
from tracegraph.report.xml import number, tag, text_of

Points = tuple[tuple[float, float], ...]
_PAD = 9.0


def draw_node(node: PictureNode, box: Box, href: Callable[[str, str], str | None] | None) -> str:
    """A statement: its text on two lines, a small line under it, everything in full as a tooltip."""
    fill, ink = colors.box_colors(node.column)
    stroke = colors.LEVEL_FILL[node.column]
    shape = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 6, "fill": fill, "stroke": stroke}
    lines = wrap(node.text, box.width - 2 * _PAD, 13.5, lines=2, bold=node.focus)
    parts = [
        tag("title", None, text_of("\n".join((node.text, *node.meta, node.shown_id)))),
        tag("rect", shape),
    ]
    if node.focus:
        ring = {"x": box.x - 4, "y": box.y - 4, "width": box.width + 8, "height": box.height + 8, "rx": 9}
        parts.insert(1, tag("rect", {**ring, "fill": "none", "stroke": colors.INK, "stroke-width": 2.5}))
    top = box.y + 22.0
    for number_, line in enumerate(lines):
        place = {"x": box.x + _PAD, "y": top + 18.5 * number_, "font-size": "13.5", "fill": ink}
        parts.append(tag("text", {**place, "font-weight": "700" if node.focus else None}, text_of(line)))
    meta = node.meta or (node.shown_id,)
    for number_, line in enumerate(meta):
        y = box.y + box.height - 9.5 - 15.5 * (len(meta) - 1 - number_)
        place = {"x": box.x + _PAD, "y": y, "font-size": "11.5", "fill": ink}
        parts.append(tag("text", place, text_of(fit(line, box.width - 2 * _PAD, 11.5))))
    address = href(node.label, node.uid) if href else None
    group = tag("g", {"data-uid": node.uid}, *parts)
    return tag("a", {"href": address}, group) if address else group


def _path(points: Points) -> str:
    """A smooth curve that leaves and enters every box level."""
    (x0, y0), *rest = points
    written = [f"M{number(x0)} {number(y0)}"]
    if len(points) == 2 and points[0][0] == points[1][0]:
        (x1, y1) = points[1]
        bulge = x0 + 34 + min(40.0, abs(y1 - y0) / 12)
        curve = (bulge, y0, bulge, y1, x1, y1)
        return written[0] + "C" + " ".join(number(value) for value in curve)
    for x1, y1 in rest:
        half = (x0 + x1) / 2
        written.append(f"C{number(half)} {number(y0)} {number(half)} {number(y1)} {number(x1)} {number(y1)}")
        x0, y0 = x1, y1
    return "".join(written)


def _line(points: Points) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _head(points: Points, *, upright: bool) -> str:
    (before_x, before_y), (x, y) = points[-2:]
    if upright:
        return f"M{number(x)} {number(y)}l-4 {number(-8.0 if before_y < y else 8.0)}h8z"
    return f"M{number(x)} {number(y)}l{number(-8.0 if before_x < x else 8.0)} -4v8z"


def _line_style(link: PictureLink) -> dict[str, object]:
    color = colors.STATUS_LINE[link.status]
    if link.kind == LinkKind.ALIGNS_WITH and link.status != Status.REJECTED:
        color = colors.LEVEL_FILL["strategy"]
    style: dict[str, object] = {"stroke": color, "fill": "none", "stroke-width": 1.6}
    if link.status == Status.CONFIRMED:
        style["stroke-width"] = 3.4
    elif link.status == Status.SUGGESTED:
        style["stroke-dasharray"] = "6 4"
    elif link.status == Status.REJECTED:
        style.update({"stroke-width": 1.0, "stroke-dasharray": "1 5", "stroke-linecap": "round"})
    return style


def draw_link(link: PictureLink, points: Points, lang: Lang, *, upright: bool = False) -> str:
    """A link as a curve with an arrow head where it ends; its status is its line style.

    ``upright``: a straight line between two boxes that stand one below the other.
    """
    words = [LINK_WORDS[link.kind].to(lang), STATUSES[link.status].to(lang)]
    if link.suspect:
        words.append(SUSPECT.to(lang))
    title = tag("title", None, text_of(" · ".join(words)))
    drawn = _line(points) if upright else _path(points)
    attributes = {"d": drawn, "data-link": link.uid, "data-status": str(link.status), **_line_style(link)}
    color = str(attributes["stroke"])
    head = _head(points, upright=upright)
    arrow = tag("path", {"d": head, "fill": color}) if link.status != Status.REJECTED else ""
    return tag("path", attributes, title) + arrow


def draw_link_label(link: PictureLink, points: Points, lang: Lang, *, upright: bool = False) -> str:
    """Probability on a suggested link, and the mark of a suspect one, near where the link starts."""
    (x0, y0), (x1, y1) = points[0], points[1]
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    if x0 == x1:
        x += 22 if upright else 34
    parts = []
    if link.status == Status.SUGGESTED and link.probability is not None:
        label = shown_probability(link.probability)
        width = text_width(label, 11.5) + 8
        plate = {"x": x - width / 2, "y": y - 9, "width": width, "height": 18, "rx": 4, "fill": colors.PAPER}
        ink = colors.STATUS_LINE["suggested"]
        place = {"x": x, "y": y + 4, "font-size": "11.5", "text-anchor": "middle", "fill": ink}
        title = tag("title", None, text_of(_confidence(link.probability, lang)))
        parts.append(tag("g", None, title, tag("rect", plate), tag("text", place, text_of(label))))
    if link.suspect:
        mark = f"M{number(x)} {number(y - 27)}l9 16h-18z"
        place = {"x": x, "y": y - 13.5, "font-size": "11", "text-anchor": "middle", "font-weight": "700"}
        sign = tag("path", {"d": mark, "fill": colors.SUSPECT_LINE}) + tag("text", {**place, "fill": colors.WHITE}, "!")
        parts.append(tag("g", None, tag("title", None, text_of(SUSPECT.to(lang))), sign))
    return "".join(parts)


def _confidence(probability: float, lang: Lang) -> str:
    level = CONFIDENCE[confidence_of(probability)].to(lang)
    said = "ระดับความเชื่อมั่น" if lang == "th" else "confidence"
    return f"{said} {level} ({shown_probability(probability)})"
