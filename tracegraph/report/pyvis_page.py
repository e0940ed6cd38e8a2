"""A subgraph as one HTML file that works with no network: pyvis, our positions, our font, a closed policy.

What pyvis 0.3.2 does by itself is not safe with text typed by people: its own template links a CDN, writes
``heading`` and the ids of ``select_menu`` unescaped, and turns every tooltip into HTML as soon as one title
contains "href". So its ``generate_html`` renders our template, which escapes, has no heading or menu, and
holds the data as JSON that a fixed script reads. The policy names the hashes of the two scripts and of the style.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment
from pyvis.network import Network

from tracegraph.errors import UsageError
from tracegraph.model.graph import LinkKind, Status
from tracegraph.report import colors
from tracegraph.report.fold import fold_note, fold_picture
from tracegraph.report.layout import Layout, Metrics, build_layout
from tracegraph.report.picture import (
    Graph,
    Picture,
    PictureLink,
    PictureNode,
    cut_picture,
    read_picture,
)
from tracegraph.report.terms import (
    CONFIDENCE,
    LEVELS,
    LINK_WORDS,
    STATUSES,
    SUSPECT,
    Lang,
    confidence_of,
    shown_probability,
)
from tracegraph.report.typeface import font_face_css
from tracegraph.report.widths import fit
from tracegraph.report.wrap import wrap

DEFAULT_NODES = 500
MOST_NODES = 1000

_WORDS: dict[Lang, dict[str, str]] = {
    "th": {
        "find": "ค้นหาในผัง",
        "go": "ค้นหา",
        "all": "เห็นทั้งผัง",
        "canvas": "ผังความเชื่อมโยง ใช้ลูกศรเลื่อน ใช้ + และ - ย่อขยาย",
        "details": "รายละเอียด",
        "pick": "เลือกกล่องหรือเส้นเพื่ออ่านรายละเอียด",
        "legend": "ความหมาย",
        "list": "รายการทั้งหมดเป็นข้อความ",
        "found": "รายการ",
        "strategy": "สอดคล้องกับยุทธศาสตร์",
        "cut": "แสดง {shown:,} จาก {all:,} รายการ: เลือกรายการที่ใกล้รายการที่ถามที่สุดก่อน",
    },
    "en": {
        "find": "Find in the picture",
        "go": "Find",
        "all": "See all",
        "canvas": "Picture of links; arrow keys move, + and - zoom",
        "details": "Details",
        "pick": "Choose a box or a line to read its details",
        "legend": "Legend",
        "list": "Everything as text",
        "found": "found",
        "strategy": "aligns with a strategy",
        "cut": "Showing {shown:,} of {all:,} items: those nearest to the one asked about",
    },
}


@dataclass(frozen=True, slots=True)
class GraphPage:
    """The file and the content security policy that stands in it (and that a server should send with it)."""

    html: str
    policy: str


def graph_html(graph: Graph, title: str, *, lang: Lang = "th", limit: int = DEFAULT_NODES) -> str:
    """The picture of a subgraph as self-contained HTML; write it as UTF-8. At most ``limit`` nodes are shown."""
    return build_graph_page(graph, title, lang=lang, limit=limit).html


def build_graph_page(graph: Graph, title: str, *, lang: Lang = "th", limit: int = DEFAULT_NODES) -> GraphPage:
    """The page and its policy. ``limit`` is 1 to 1,000; what it leaves out is said on the page."""
    if not 1 <= limit <= MOST_NODES:
        raise UsageError(
            f"จำนวนรายการในผังต้องอยู่ระหว่าง 1 ถึง {MOST_NODES:,} แต่ได้รับ {limit:,}",
            f"nodes of a picture must be 1 to {MOST_NODES:,}, got {limit:,}",
        )
    picture = cut_picture(fold_picture(read_picture(graph, lang=lang)), limit)
    network = _build_network(picture, lang)
    style = _style()
    library, script = _library(), _resource("pyvis.js")
    policy = _policy((library, script), style)
    network.templateEnv = _environment(
        page_title=title,
        lang=lang,
        words=_WORDS[lang],
        notes=_notes(picture, lang),
        focus=next((n.uid for n in picture.nodes if n.focus), ""),
        style=style,
        library=library,
        script=script,
        policy=policy,
        levels=[{"key": k, "name": t.to(lang)} for k, t in LEVELS.items() if any(n.column == k for n in picture.nodes)],
        lines=_lines(lang),
    )
    network.path = "pyvis.html"
    return GraphPage(network.generate_html(), policy)


def _environment(**shown: Any) -> Environment:
    environment = Environment(loader=DictLoader({"pyvis.html": _resource("pyvis.html")}), autoescape=True)
    environment.filters["fromjson"] = json.loads
    environment.globals.update(shown)
    return environment


def _notes(picture: Picture, lang: Lang) -> list[str]:
    notes = []
    if picture.dropped:
        shown = len(picture.nodes)
        notes.append(_WORDS[lang]["cut"].format(shown=shown, all=shown + picture.dropped))
    return notes + ([fold_note(picture, lang)] if picture.folded else [])


def _lines(lang: Lang) -> list[dict[str, str]]:
    lines = [{"key": str(status), "name": term.to(lang)} for status, term in STATUSES.items()]
    lines.append({"key": "strategy", "name": _WORDS[lang]["strategy"]})
    return [*lines, {"key": "suspect", "name": f"(!) {SUSPECT.to(lang)}"}]


def _build_network(picture: Picture, lang: Lang) -> Any:
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    layout = build_layout(picture, Metrics(column_gap=84, row_gap=22))
    for node in picture.nodes:
        network.add_node(node.uid, **_node_options(node, layout))
    titles = {n.uid: n.text for n in picture.nodes}
    for link in picture.links:
        network.add_edge(link.source, link.target, **_edge_options(link, titles, lang))
    network.set_options(json.dumps(_OPTIONS))
    return network


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 200},
    "edges": {
        "font": {"face": "Sarabun", "size": 12, "strokeWidth": 4, "strokeColor": "#ffffff", "align": "horizontal"},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
    },
}


def _node_options(node: PictureNode, layout: Layout) -> dict[str, Any]:
    box = layout.boxes[node.uid]
    fill, ink = colors.box_colors(node.column)
    return {
        "label": fit(node.text, box.width, 13.5) or " ",
        "title": "\n".join((node.text, *node.meta, node.shown_id)),
        "shape": "box",
        "x": round(box.x + box.width / 2, 1),
        "y": round(box.middle, 1),
        "width": box.width,
        "height": box.height,
        "fill": fill,
        "ink": ink,
        "edge": colors.LEVEL_FILL[node.column],
        "lines": wrap(node.text, box.width - 18, 13.5, lines=2),
        "small": [fit(line, box.width - 18, 11.5) for line in node.meta],
        "focus": node.focus,
    }


def _edge_options(link: PictureLink, texts: Mapping[str, str], lang: Lang) -> dict[str, Any]:
    color = colors.STATUS_LINE[link.status]
    if link.kind == LinkKind.ALIGNS_WITH and link.status != Status.REJECTED:
        color = colors.LEVEL_FILL["strategy"]
    said = [texts[link.source], LINK_WORDS[link.kind].to(lang), texts[link.target], STATUSES[link.status].to(lang)]
    label = " "
    if link.status == Status.SUGGESTED and link.probability is not None:
        label = shown_probability(link.probability)
        said.append(f"{CONFIDENCE[confidence_of(link.probability)].to(lang)} ({label})")
    if link.suspect:
        label = f"{label} (!)".strip()
        said.append(SUSPECT.to(lang))
    dashes: Any = {Status.SUGGESTED: [6, 4], Status.REJECTED: [1, 5]}.get(link.status, False)
    return {
        "id": link.uid,
        "title": "\n".join(said),
        "label": label,
        "color": {"color": color, "highlight": color, "hover": color},
        "dashes": dashes,
        "width": 3.4 if link.status == Status.CONFIRMED else 1.6,
    }


@cache
def _resource(name: str) -> str:
    return files("tracegraph.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _library() -> str:
    """vis-network as pyvis ships it, without the comment that makes developer tools ask for a source map."""
    found = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return found.split("\n//# sourceMappingURL=")[0].replace("\r\n", "\n")


@cache
def _style() -> str:
    swatches = "".join(f".level-{key}{{background:{fill}}}" for key, fill in colors.LEVEL_FILL.items())
    return font_face_css() + _resource("pyvis.css") + swatches


def _policy(scripts: tuple[str, ...], style: str) -> str:
    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"

    allowed = " ".join(digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {digest(style)}; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
