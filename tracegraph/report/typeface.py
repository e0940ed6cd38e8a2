"""The Sarabun font (SIL OFL 1.1, licence beside the files), shipped so that Thai reads the same offline."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

FAMILY = "Sarabun"
STACK = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif"

#: (file, weight, unicode-range). Marks and letters of Thai are in one file, so a cluster is never split over two.
FACES: tuple[tuple[str, int, str], ...] = tuple(
    (f"sarabun-{script}-{weight}-normal.woff2", weight, span)
    for weight in (400, 700)
    for script, span in (("thai", "U+0E01-0E5B"), ("latin", "U+0020-00FF,U+2013-2026,U+2032-2033,U+2212"))
)


def read_font(name: str) -> bytes:
    """The bytes of one font file of ``FACES``."""
    return files("tracegraph.report").joinpath("fonts", name).read_bytes()


@cache
def font_face_css() -> str:
    """``@font-face`` rules with the fonts as data URIs, for files that must work with no network."""
    rules = []
    for name, weight, span in FACES:
        data = base64.b64encode(read_font(name)).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{span}}}"
        )
    return "".join(rules)
