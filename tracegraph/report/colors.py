"""Colors of the pictures, with their contrast computed by the formula of WCAG 2.1."""

from __future__ import annotations

WHITE = "#ffffff"
INK = "#1a1c1b"
MUTED = "#5a615d"
PAPER = "#ffffff"
RULE = "#d5d9d6"

#: Color of a plan level: of its heading, its lines, and of its boxes with white text.
LEVEL_FILL: dict[str, str] = {
    "need": "#14532d",
    "village": "#2e6b2f",
    "tambon": "#3a7a33",
    "local": "#00695c",
    "district": "#0b5a96",
    "province": "#283593",
    "budget": "#4a148c",
    "strategy": "#a61b1b",
    "national": "#a8370b",
}

#: Boxes of strategies are pale with text in the color of their level: they frame the way, they are not the way.
PALE_FILL: dict[str, str] = {"strategy": "#fdf3f2", "national": "#fdf4ec"}

#: Line of a link of meaning by its status.
STATUS_LINE: dict[str, str] = {
    "declared": "#47524c",
    "confirmed": "#14532d",
    "suggested": "#9a5b00",
    "rejected": "#8f8f8f",
}
SUSPECT_LINE = "#b00020"


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    """Relative luminance, 0–1, of ``#rrggbb``."""
    red, green, blue = (_channel(int(color[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors, 1–21, symmetric."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def box_colors(level: str) -> tuple[str, str]:
    """Fill of a box of a level and the color of the text on it."""
    fill = LEVEL_FILL[level]
    return (PALE_FILL[level], fill) if level in PALE_FILL else (fill, ink_on(fill))


def ink_on(fill: str) -> str:
    """White or ink, whichever reads better on ``fill``."""
    return WHITE if contrast(WHITE, fill) >= contrast(INK, fill) else INK
