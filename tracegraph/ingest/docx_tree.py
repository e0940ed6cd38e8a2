"""The parts of a Word document as small trees: only what carries text, tables and notes, without its formatting.

Runs, hyperlinks, content controls and accepted insertions vanish into the element that holds them; tracked deletions,
field codes and formatting are left out with all that is in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from tracegraph.ingest.xml_parts import local_name, parse_stream

_MAX_DEPTH = 256
_MAX_KEPT = 2_000_000  # elements, about half a gigabyte

_KEPT = frozenset((
    "document", "body", "p", "t", "tab", "br", "cr", "noBreakHyphen", "sym", "tbl", "tr", "tc", "txbxContent",
    "comment", "comments", "commentReference", "trPr", "gridBefore", "gridAfter", "tcPr", "gridSpan", "vMerge",
    "hMerge", "pPr", "pStyle", "numPr", "ilvl", "numId", "numbering", "abstractNum", "num", "lvl",
    "lvlOverride", "startOverride", "start", "numFmt", "lvlText", "abstractNumId", "styles", "style",
    "basedOn",
))  # fmt: skip
_LEFT_OUT = frozenset((
    "rPr", "tblPr", "tblGrid", "tblPrEx", "sectPr", "sdtPr", "sdtEndPr", "moveFrom", "delText", "instrText",
    "delInstrText", "rt", "binData", "pPrChange", "trPrChange", "tcPrChange", "numberingChange", "tblPrChange",
    "footnote", "endnote", "latentStyles", "docDefaults", "tcBorders", "tblBorders", "pBdr", "tabs", "tcMar",
))  # fmt: skip
_ATTRIBUTES = ("val", "id", "char", "numId", "ilvl", "abstractNumId", "styleId")


def parse_word(blocks: Iterable[bytes]) -> Element:
    """A part of a Word document; ValueError for a document type or absurd nesting, ExpatError for no XML."""
    return _Pruner().parse(blocks)


class _Pruner:
    """Builds the tree while the XML is read. ``_open`` has an element for each open tag, None for one that vanishes."""

    __slots__ = ("_choices", "_depth", "_kept", "_open", "_skipping", "_texts")

    def __init__(self) -> None:
        self._open: list[Element | None] = [Element("root")]
        self._choices: list[bool] = []
        self._texts: list[str] = []
        self._skipping = 0
        self._depth = 0
        self._kept = 0

    def parse(self, blocks: Iterable[bytes]) -> Element:
        parse_stream(blocks, self._start, self._end, self._characters)
        root = self._open[0]
        if root is None or not len(root):
            raise ValueError("no part of a Word document")
        return root[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local_name(name)
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError(f"XML more than {_MAX_DEPTH} deep")
        if self._skipping or self._is_left_out(tag):
            self._skipping += 1
            return
        if tag == "AlternateContent":
            self._choices.append(False)
        elif tag == "Choice" and self._choices:
            self._choices[-1] = True
        kept = tag in _KEPT or (tag == "del" and self._parent().tag == "trPr")
        self._open.append(self._add(tag, attributes) if kept else None)

    def _is_left_out(self, tag: str) -> bool:
        if tag == "Fallback" and self._choices and self._choices[-1]:
            return True  # the same text box once more, for older programs
        return tag in _LEFT_OUT or (tag == "del" and self._parent().tag != "trPr")

    def _add(self, tag: str, attributes: dict[str, str]) -> Element:
        self._kept += 1
        if self._kept > _MAX_KEPT:
            raise ValueError(f"a document of more than {_MAX_KEPT:,} elements")
        bare = {local_name(key): value for key, value in attributes.items()}
        element = Element(tag, {key: bare[key] for key in _ATTRIBUTES if key in bare})
        self._parent().append(element)
        self._texts.clear()
        return element

    def _parent(self) -> Element:
        return next(element for element in reversed(self._open) if element is not None)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        element = self._open.pop()
        if element is not None and element.tag == "t":
            element.text = "".join(self._texts)
        if local_name(name) == "AlternateContent" and self._choices:
            self._choices.pop()

    def _characters(self, text: str) -> None:
        if not self._skipping:
            self._texts.append(text)
