"""Parse the XML of a foreign document: streaming, without document types, entities or anything outside it.

Names come without their namespace, so that the transitional and the strict dialect of a format read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_BLOCK = 1 << 18
_MAX_DEPTH = 256
_MAX_ELEMENTS = 1_000_000

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


class HostileXml(ValueError):
    """XML with what no office program writes and no reader of documents should follow."""


def parse_stream(blocks: Iterable[bytes], start: Start, end: End, characters: Characters) -> None:
    """Call the three functions for what stands in the XML; HostileXml for a document type, ExpatError for no XML.

    Names are as written, with their prefix: `local_name` takes it off.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    for block in blocks:
        parser.Parse(block, False)
    parser.Parse(b"", True)


def iter_blocks(source: IO[bytes]) -> Iterable[bytes]:
    """The bytes of a file in blocks."""
    while block := source.read(_BLOCK):
        yield block


def local_name(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def parse_tree(blocks: Iterable[bytes]) -> Element:
    """A small part as a tree, names and attributes without prefix; ValueError beyond a million elements."""
    builder = TreeBuilder()
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > _MAX_DEPTH or elements > _MAX_ELEMENTS:
            raise ValueError(f"XML with {elements:,} elements, {depth} deep")
        builder.start(local_name(name), {local_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(local_name(name))

    parse_stream(blocks, start, end, builder.data)
    return builder.close()


def _refuse_doctype(*_: object) -> None:
    raise HostileXml("XML with a document type (DTD), which no office document has")
