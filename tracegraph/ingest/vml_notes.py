"""Text boxes of old workbooks, which keep their drawings as VML: markup that is often not well-formed XML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tracegraph.ingest.tables import SheetNote

_ANCHOR = re.compile(r"\s*(-?\d{1,9})" + r"\s*,\s*(-?\d{1,9})" * 7)
#: Boxes of comments hold no text of their own here: the comment's part has it.
_COMMENT = "note"


def read_vml_boxes(data: bytes) -> list[SheetNote]:
    """The text boxes of a VML drawing; empty where none has words."""
    reader = _VmlReader()
    reader.feed(data.decode("utf-8", errors="replace"))
    reader.close()
    return reader.notes


class _VmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.notes: list[SheetNote] = []
        self._text: list[str] = []
        self._anchor: list[str] = []
        self._object = ""
        self._in_box = self._in_anchor = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if tag in ("v:shape", "v:rect", "v:oval", "v:roundrect"):
            self._text, self._anchor, self._object = [], [], ""
        elif name == "textbox":
            self._in_box = True
        elif name == "clientdata":
            self._object = (dict(attrs).get("objecttype") or "").lower()
        elif name == "anchor":
            self._in_anchor = True
        elif self._in_box and name in ("br", "div", "p"):
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if tag in ("v:shape", "v:rect", "v:oval", "v:roundrect"):
            self._take()
        elif name == "textbox":
            self._in_box = False
        elif name == "anchor":
            self._in_anchor = False

    def handle_data(self, data: str) -> None:
        if self._in_anchor:
            self._anchor.append(data)
        elif self._in_box:
            self._text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _take(self) -> None:
        lines = [line.strip(" ") for line in "".join(self._text).split("\n")]
        text = "\n".join(line for line in lines if line)
        match = _ANCHOR.match("".join(self._anchor))
        if text and match and self._object != _COMMENT:
            column, _, row, _, _, _, last, beyond = (max(0, int(number)) for number in match.groups())
            last = last if beyond > 0 else last - 1
            note = SheetNote(row=row + 1, last_row=max(row, last) + 1, column=column, text=text, source="textbox")
            self.notes.append(note)
        self._text, self._anchor, self._object = [], [], ""
