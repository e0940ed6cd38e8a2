"""SVG written as text: every attribute and every text is escaped here and nowhere else.

Only presentation attributes are used, so that a page whose policy forbids inline styles may hold the SVG inline;
a file of its own embeds the font in a style element.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tracegraph.report.colors import PAPER
from tracegraph.report.typeface import STACK, font_face_css

# characters that XML 1.0 cannot hold, even escaped
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_of(value: object) -> str:
    """Text content, escaped; characters that XML cannot hold become U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", str(value)))


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, attributes: Mapping[str, object] | None = None, *content: str) -> str:
    """An element; ``content`` is markup already escaped, attribute values are escaped here, None is left out."""
    written = "".join(f' {key}="{_attribute(value)}"' for key, value in (attributes or {}).items() if value is not None)
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return escape(_FORBIDDEN.sub("\ufffd", str(value)), {'"': "&quot;", "\n": "&#10;"})


def svg_document(
    body: str, width: float, height: float, *, title: str, about: str, embed_font: bool, has_links: bool
) -> str:
    """A whole SVG with title and description for readers who do not see it."""
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": number(width),
        "height": number(height),
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "role": "group" if has_links else "img",
        "aria-label": title,
        "font-family": STACK,
    }
    head = tag("title", None, text_of(title)) + tag("desc", None, text_of(about))
    font = tag("style", None, font_face_css()) if embed_font else ""
    paper = tag("rect", {"width": "100%", "height": "100%", "fill": PAPER})
    return tag("svg", attributes, head, font, paper, body)
