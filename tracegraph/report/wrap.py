"""Labels on a few lines: broken between words, cut at grapheme clusters, never inside one."""

from __future__ import annotations

from itertools import accumulate

from tracegraph.report.widths import fit, text_width
from tracegraph.thai.graphemes import graphemes
from tracegraph.thai.words import split_words


def _ends(pieces: tuple[str, ...]) -> list[int]:
    return list(accumulate(len(piece) for piece in pieces))


def _first_line(text: str, width: float, size: float, bold: bool) -> int:
    """Offset where the first line ends: the last word end that fits, else the last cluster that fits."""
    clusters = _ends(graphemes(text))
    whole = set(clusters)
    fitting = [end for end in _ends(split_words(text)) if end in whole and _fits(text[:end], width, size, bold)]
    if not fitting:
        fitting = [end for end in clusters if _fits(text[:end], width, size, bold)] or clusters[:1]
    return fitting[-1]


def _fits(text: str, width: float, size: float, bold: bool) -> bool:
    return text_width(text.rstrip(), size, bold=bold) <= width


def wrap(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> list[str]:
    """At most ``lines`` lines no wider than ``width``; the last one ends in an ellipsis where text is left over."""
    rest = " ".join(text.split())
    done: list[str] = []
    while rest and len(done) < lines - 1 and not _fits(rest, width, size, bold):
        end = _first_line(rest, width, size, bold)
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*done, fit(rest, width, size, bold=bold)] if rest else done
