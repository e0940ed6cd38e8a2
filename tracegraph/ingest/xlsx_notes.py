"""Words over a worksheet's cells: text boxes of its drawings, old VML boxes, comments and threads of comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tracegraph.ingest.cell_references import LAST_COLUMN, LAST_ROW, parse_range
from tracegraph.ingest.cell_values import read_text
from tracegraph.ingest.sheet_grid import Axis, build_columns, build_rows
from tracegraph.ingest.tables import SheetNote
from tracegraph.ingest.vml_notes import read_vml_boxes
from tracegraph.ingest.xlsx_book import Relation, read_relations
from tracegraph.ingest.xlsx_sheet import SheetXml
from tracegraph.ingest.xml_parts import iter_blocks, parse_tree
from tracegraph.ingest.zip_look import ZipParts

_MAX_VML = 2_000_000
_MAX_EMU = 10**11  # beyond the last row of a worksheet of the tallest rows


@dataclass(frozen=True, slots=True)
class _Frame:
    """A stretch of the sheet that a drawing covers, and how the coordinates inside it map to EMU of the sheet."""

    left: float
    top: float
    right: float
    bottom: float
    scale_x: float = 1.0
    scale_y: float = 1.0
    from_x: float = 0.0
    from_y: float = 0.0


@dataclass(frozen=True, slots=True)
class _Grid:
    rows: Axis
    columns: Axis


def read_notes(parts: ZipParts, sheet: str, found: SheetXml) -> tuple[SheetNote, ...]:
    """The notes of a worksheet by row and column; KeyError, ValueError, ExpatError where damaged.

    A box that stands twice in the drawing is given twice; one that stands in both kinds of drawing only once.
    """
    relations = read_relations(parts, sheet)
    grid = _Grid(build_rows(found.row_height, found.heights), build_columns(found.widths))
    drawn = [relations[drawing] for drawing in found.drawings if drawing in relations]
    notes: list[SheetNote] = []
    for relation in drawn:
        if relation.kind == "drawing" and relation.target in parts:
            notes += iter_boxes(parse_tree(iter_blocks(parts.open(relation.target))), grid)
    seen = set(notes)
    for relation in drawn:
        if relation.kind == "vmlDrawing" and relation.target in parts:
            notes += [note for note in read_vml_boxes(parts.read(relation.target, _MAX_VML)) if note not in seen]
    notes += _read_comments(parts, list(relations.values()))
    return tuple(sorted(notes, key=lambda note: (note.row, note.column)))


def iter_boxes(drawing: Element, grid: _Grid) -> Iterator[SheetNote]:
    """The text boxes of a drawing, those in groups by their own place in the group."""
    for anchor in drawing:
        if anchor.tag not in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            continue
        frame = _frame_of(anchor, grid)
        for shape, inner in _iter_shapes(anchor, frame, own=True):
            text = _text_of(shape)
            if text.strip():
                yield _note(text, anchor if inner is frame else None, inner, grid)


def _note(text: str, anchor: Element | None, frame: _Frame, grid: _Grid) -> SheetNote:
    if anchor is not None and anchor.tag == "twoCellAnchor":
        column, row, _, _ = _cell_of(anchor.find("from"))
        _, last, _, beyond = _cell_of(anchor.find("to"))
        last = last if beyond > 0 else last - 1
    else:
        row = grid.rows.find(int(frame.top), LAST_ROW - 1)
        last = grid.rows.find(max(int(frame.top), int(frame.bottom) - 1), LAST_ROW - 1)
        column = grid.columns.find(int(frame.left), LAST_COLUMN - 1)
        if anchor is not None and anchor.tag == "oneCellAnchor":
            column, row, _, _ = _cell_of(anchor.find("from"))
    return SheetNote(row=row + 1, last_row=max(row, last) + 1, column=column, text=text, source="textbox")


def _frame_of(anchor: Element, grid: _Grid) -> _Frame:
    """Where an anchor lies on the sheet; two cells, one cell and a size, or a place and a size."""
    if anchor.tag == "absoluteAnchor":
        position = anchor.find("pos")
        left, top = _number(position, "x"), _number(position, "y")
    else:
        column, row, right_by, down_by = _cell_of(anchor.find("from"))
        left, top = grid.columns.start(column) + right_by, grid.rows.start(row) + down_by
    if anchor.tag == "twoCellAnchor":
        column, row, right_by, down_by = _cell_of(anchor.find("to"))
        return _Frame(left, top, grid.columns.start(column) + right_by, grid.rows.start(row) + down_by)
    size = anchor.find("ext")
    return _Frame(left, top, left + _number(size, "cx"), top + _number(size, "cy"))


def _iter_shapes(parent: Element, frame: _Frame, *, own: bool) -> Iterator[tuple[Element, _Frame]]:
    """Shapes with their frames; of an alternate content the first choice that has shapes. ``own``: outside a group."""
    for child in parent:
        if child.tag == "sp":
            yield child, frame if own else _place_in(child.find("spPr/xfrm"), frame)
        elif child.tag == "grpSp":
            transform = child.find("grpSpPr/xfrm")
            outer = frame if own else _place_in(transform, frame)
            yield from _iter_shapes(child, _group_frame(transform, outer), own=False)
        elif child.tag == "AlternateContent":
            for choice in child:
                shapes = list(_iter_shapes(choice, frame, own=own))
                yield from shapes
                if shapes:
                    break


def _group_frame(transform: Element | None, outer: _Frame) -> _Frame:
    """The group's own frame with the measure of its children's coordinates."""
    offset = transform.find("chOff") if transform is not None else None
    extent = transform.find("chExt") if transform is not None else None
    width, height = _number(extent, "cx"), _number(extent, "cy")
    return _Frame(
        outer.left,
        outer.top,
        outer.right,
        outer.bottom,
        (outer.right - outer.left) / width if width > 0 else 0.0,
        (outer.bottom - outer.top) / height if height > 0 else 0.0,
        _number(offset, "x"),
        _number(offset, "y"),
    )


def _place_in(transform: Element | None, group: _Frame) -> _Frame:
    if transform is None:
        return group
    offset, extent = transform.find("off"), transform.find("ext")
    left = group.left + (_number(offset, "x") - group.from_x) * group.scale_x
    top = group.top + (_number(offset, "y") - group.from_y) * group.scale_y
    right = left + _number(extent, "cx") * group.scale_x
    return _Frame(left, top, right, top + _number(extent, "cy") * group.scale_y)


def _text_of(shape: Element) -> str:
    """The text of a shape: paragraphs as lines, breaks inside them too."""
    body = shape.find("txBody")
    if body is None:
        return ""
    lines: list[str] = []
    for paragraph in body.iter("p"):
        pieces = [
            piece.text or "" if piece.tag == "t" else "\n" for piece in paragraph.iter() if piece.tag in ("t", "br")
        ]
        lines.append("".join(pieces))
    return read_text("\n".join(lines)).strip("\n")


def _read_comments(parts: ZipParts, relations: list[Relation]) -> list[SheetNote]:
    """Comments, and threads of them; a thread's stand-in among the old comments is left out."""
    threads: list[SheetNote] = []
    old: list[SheetNote] = []
    for relation in relations:
        if relation.kind == "threadedComment":
            threads += _threaded(parts, relation)
        elif relation.kind == "comments" and not relation.target.endswith(".bin"):  # those of an .xlsb are records
            old += _commented(parts, relation)
    taken = {(note.row, note.column) for note in threads}
    return threads + [note for note in old if (note.row, note.column) not in taken]


def _commented(parts: ZipParts, relation: Relation) -> Iterator[SheetNote]:
    if relation.target in parts:
        for comment in parse_tree(iter_blocks(parts.open(relation.target))).iter("comment"):
            readings = {id(piece) for reading in comment.iter("rPh") for piece in reading.iter("t")}
            pieces = [piece.text or "" for piece in comment.iter("t") if id(piece) not in readings]
            yield from _comment_note(comment.get("ref", ""), read_text("".join(pieces)))


def _threaded(parts: ZipParts, relation: Relation) -> Iterator[SheetNote]:
    if relation.target in parts:
        for comment in parse_tree(iter_blocks(parts.open(relation.target))).iter("threadedComment"):
            yield from _comment_note(comment.get("ref", ""), comment.findtext("text", ""))


def _comment_note(reference: str, text: str) -> Iterator[SheetNote]:
    if text.strip():
        row, column, _, _ = parse_range(reference)
        yield SheetNote(row=row, last_row=row, column=column - 1, text=text, source="comment")


def _cell_of(mark: Element | None) -> tuple[int, int, int, int]:
    """Column and row from 0 and the distances from their beginnings; the first cell where nothing is stated."""
    if mark is None:
        return 0, 0, 0, 0
    stated = [_whole(mark.findtext(tag)) for tag in ("col", "row", "colOff", "rowOff")]
    return min(stated[0], LAST_COLUMN - 1), min(stated[1], LAST_ROW - 1), stated[2], stated[3]


def _number(element: Element | None, name: str) -> int:
    return _whole(element.get(name)) if element is not None else 0


def _whole(text: str | None) -> int:
    number = int((text or "0").strip() or "0")
    return min(max(number, 0), _MAX_EMU)
