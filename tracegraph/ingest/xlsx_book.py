"""The parts of a workbook that all its worksheets share: its list of sheets, texts, number formats, relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tracegraph.ingest.cell_values import EPOCH_1900, EPOCH_1904, NumberKind, find_number_kind, read_text
from tracegraph.ingest.xlsx_sheet import BookValues
from tracegraph.ingest.xml_parts import iter_blocks, local_name, parse_stream, parse_tree
from tracegraph.ingest.zip_look import ZipParts

_USUAL_BOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the relationship's type, and the name of a part of the same file."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet as the workbook lists it."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without its worksheets' content."""

    sheets: tuple[SheetEntry, ...]
    values: BookValues


def read_book(parts: ZipParts) -> Book:
    """What the workbook lists and shares; KeyError where a part is missing, ValueError or ExpatError where damaged."""
    part = find_book_part(parts)
    relations = read_relations(parts, part)
    tree = parse_tree(iter_blocks(parts.open(part)))
    properties = tree.find("workbookPr")
    epoch = EPOCH_1904 if properties is not None and _is_true(properties.get("date1904")) else EPOCH_1900
    shared = next((relation.target for relation in relations.values() if relation.kind == "sharedStrings"), None)
    styles = next((relation.target for relation in relations.values() if relation.kind == "styles"), None)
    return Book(
        tuple(_iter_sheets(tree, relations)),
        BookValues(
            strings=_read_strings(parts, shared) if shared and shared in parts else (),
            kinds=_read_kinds(parts, styles) if styles and styles in parts else (),
            epoch=epoch,
        ),
    )


def find_book_part(parts: ZipParts) -> str:
    """The part that is the workbook; KeyError where there is none."""
    if _USUAL_BOOK in parts:
        return _USUAL_BOOK
    relations = read_relations(parts, "").values()
    return next((relation.target for relation in relations if relation.kind == "officeDocument"), _USUAL_BOOK)


def read_relations(parts: ZipParts, part: str) -> dict[str, Relation]:
    """What a part points at inside the file, by relationship id; what lies outside the file is never followed."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in parts:
        return {}
    found: dict[str, Relation] = {}
    for element in parse_tree(iter_blocks(parts.open(source))).iter("Relationship"):
        target = element.get("Target", "").replace("\\", "/")
        if element.get("TargetMode", "").lower() == "external" or not target:
            continue
        inside = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = Relation(kind, inside)
    return found


def _iter_sheets(tree: Element, relations: dict[str, Relation]) -> Iterator[SheetEntry]:
    seen: set[str] = set()
    for element in tree.iter("sheet"):
        relation = relations.get(element.get("id", ""))
        if relation is None:
            raise ValueError(f"the worksheet {element.get('name', '')!r} is listed, but not in the file")
        if relation.target in seen:
            raise ValueError(f"the part {relation.target!r} is listed as two worksheets")
        seen.add(relation.target)
        if relation.kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            yield SheetEntry(read_text(element.get("name", "")), relation.target, hidden)


def _read_strings(parts: ZipParts, part: str) -> list[str]:
    """The shared texts: runs of rich text joined, readings of characters (phonetic runs) left out."""
    strings: list[str] = []
    taken: list[str] = []
    taking = False
    phonetic = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal taking, phonetic
        name = local_name(tag)
        if name == "si":
            taken.clear()
        elif name == "rPh":
            phonetic += 1
        elif name == "t":
            taking = phonetic == 0

    def end(tag: str) -> None:
        nonlocal taking, phonetic
        name = local_name(tag)
        if name == "t":
            taking = False
        elif name == "rPh":
            phonetic -= 1
        elif name == "si":
            strings.append(read_text("".join(taken)))

    def characters(text: str) -> None:
        if taking:
            taken.append(text)

    parse_stream(iter_blocks(parts.open(part)), start, end, characters)
    return strings


def _read_kinds(parts: ZipParts, part: str) -> list[NumberKind]:
    """The kind of number of each cell style, by the style's number."""
    tree = parse_tree(iter_blocks(parts.open(part)))
    codes = {element.get("numFmtId"): element.get("formatCode") for element in tree.iter("numFmt")}
    styles = tree.find("cellXfs")
    kinds: list[NumberKind] = []
    for element in styles if styles is not None else ():
        number = element.get("numFmtId", "0")
        kinds.append(find_number_kind(int(number), codes.get(number)))
    return kinds


def _is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")
