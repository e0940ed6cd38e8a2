"""The layered trace as SVG: plan levels from left to right, strategies entering from the other side.

Self-contained where ``embed_font`` is set. Only presentation attributes are used, no style sheet of its own, so
that a page with a strict content security policy may hold it inline.
"""

from __future__ import annotations

from collections.abc import Callable

from tracegraph.report import colors
from tracegraph.report.fold import fold_note, fold_picture
from tracegraph.report.layout import Header, Metrics, build_layout
from tracegraph.report.legend import LEGEND_HEIGHT, legend_svg
from tracegraph.report.marks import draw_link, draw_link_label, draw_node
from tracegraph.report.picture import Graph, Picture, cut_picture, read_picture
from tracegraph.report.terms import LEVELS, LINK_WORDS, STATUSES, Lang
from tracegraph.report.widths import fit
from tracegraph.report.xml import svg_document, tag, text_of

#: Beyond this many nodes an SVG gets slow; the nearest to the one asked about are kept and the rest is said.
MAX_NODES = 1500
_EMPTY = {"th": "ยังไม่มีข้อมูลให้แสดง", "en": "Nothing to show yet"}
_TITLE = {"th": "เส้นทางที่มาที่ไปของ", "en": "Trace of"}
_CUT = {
    "th": "แสดง {shown:,} จาก {all:,} รายการ (ใกล้รายการที่ถามที่สุดก่อน)",
    "en": "Showing {shown:,} of {all:,} items (those nearest to the one asked about)",
}


def trace_svg(
    graph: Graph,
    *,
    lang: Lang = "th",
    title: str | None = None,
    href: Callable[[str, str], str | None] | None = None,
    embed_font: bool = True,
    max_nodes: int = MAX_NODES,
    metrics: Metrics | None = None,
) -> str:
    """The picture of a trace as SVG text.

    ``href(label, uid)`` gives the address behind a node, or None. Links are drawn by status: declared solid,
    confirmed solid and bold, suggested dashed with level and probability, rejected faint; suspect links are marked.
    """
    metrics = metrics or Metrics()
    picture = cut_picture(fold_picture(read_picture(graph, lang=lang)), max_nodes)
    layout = build_layout(picture, metrics)
    width = max(layout.width, 760.0)
    notes = _notes(picture, lang)
    height = layout.height + LEGEND_HEIGHT + 22.0 * len(notes)
    body = [
        _headers(layout.headers, lang),
        *(draw_link(link, layout.routes[link.uid], lang, upright=link.uid in layout.upright) for link in picture.links),
        *(draw_node(node, layout.boxes[node.uid], href) for node in picture.nodes),
        *(
            draw_link_label(link, layout.routes[link.uid], lang, upright=link.uid in layout.upright)
            for link in picture.links
        ),
    ]
    if not picture.nodes:
        body.append(_note(_EMPTY[lang], 24.0, 48.0, 15))
    body += [_note(note, 24.0, layout.height + 22.0 * line, 13) for line, note in enumerate(notes)]
    body.append(legend_svg(24.0, height - LEGEND_HEIGHT + 6, width - 48, lang))
    return svg_document(
        "".join(body),
        width,
        height,
        title=title or _title_of(picture, lang),
        about=_describe(picture, lang),
        embed_font=embed_font,
        has_links=href is not None,
    )


def _notes(picture: Picture, lang: Lang) -> list[str]:
    """What the picture leaves out, in words."""
    notes = []
    if picture.dropped:
        shown = len(picture.nodes)
        notes.append(_CUT[lang].format(shown=shown, all=shown + picture.dropped))
    return notes + ([fold_note(picture, lang)] if picture.folded else [])


def _title_of(picture: Picture, lang: Lang) -> str:
    asked = next((n.text for n in picture.nodes if n.focus), "")
    return f"{_TITLE[lang]} {asked}".strip()


def _describe(picture: Picture, lang: Lang) -> str:
    """A sentence for those who cannot see the picture: how many of what, and every link in words."""
    texts = {n.uid: n.text for n in picture.nodes}
    words = []
    for link in picture.links:
        status = STATUSES[link.status].to(lang)
        words.append(f"{texts[link.source]} – {LINK_WORDS[link.kind].to(lang)} – {texts[link.target]} ({status})")
    return " · ".join(words[:50])


def _note(text: str, x: float, y: float, size: int, *, bold: bool = False, fill: str = colors.MUTED) -> str:
    weight = "700" if bold else None
    return tag("text", {"x": x, "y": y, "font-size": size, "fill": fill, "font-weight": weight}, text_of(text))


def _headers(headers: tuple[Header, ...], lang: Lang) -> str:
    drawn = []
    for header in headers:
        label = f"{LEVELS[header.level].to(lang)} ({header.count:,})"
        place = {"x": header.x, "y": 30.0, "font-size": 15, "font-weight": "700", "fill": colors.INK}
        drawn.append(tag("text", place, text_of(fit(label, header.width + 44, 15, bold=True))))
        line = {"x": header.x, "y": 40.0, "width": header.width, "height": 3, "fill": colors.LEVEL_FILL[header.level]}
        drawn.append(tag("rect", line))
    return "".join(drawn)
