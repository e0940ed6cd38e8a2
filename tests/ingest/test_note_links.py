"""Links between rows of one sheet that a note states."""

from __future__ import annotations

import pytest

from tests.ingest.test_anchors import box, comment, sheet
from tracegraph.ingest.anchors import AnchorRow, RowKind, anchor_notes
from tracegraph.ingest.note_links import NoteLinks, RowLink, UnresolvedNote, find_note_links
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.tables import SheetNote
from tracegraph.model.graph import CLASS_BY_CODE, LinkKind


def links_of(notes: list[SheetNote], rows: list[AnchorRow]) -> NoteLinks:
    return find_note_links(anchor_notes(notes, rows), rows)


def pairs(found: NoteLinks) -> list[tuple[int, int, str]]:
    return [(link.from_row, link.to_row, link.work_class) for link in found.links]


def named(rows: list[AnchorRow], names: dict[int, str]) -> list[AnchorRow]:
    return [
        AnchorRow(
            r.number, r.kind, r.block, r.seq, r.edition, names.get(r.number, "") if r.kind is RowKind.ITEM else ""
        )
        for r in rows
    ]


def test_a_repeated_row_is_linked_from_the_row_that_was_there_first() -> None:
    found = links_of([box(15, "แก้ไข ครั้งที่ 4 / 2567 ซ้ำลำดับที่ 2")], sheet("12345"))
    assert found == NoteLinks((RowLink(12, 15, LinkKind.SAME_WORK, "same_book", "แก้ไข ครั้งที่ 4 / 2567 ซ้ำลำดับที่ 2", 0.95),))
    assert CLASS_BY_CODE["same_book"].counts_twice and not CLASS_BY_CODE["merged_split"].counts_twice


def test_a_merged_row_leads_to_the_rows_it_went_into() -> None:
    found = links_of([comment(11, "รวมกับลำดับที่ 3,๔")], sheet("12345"))
    assert pairs(found) == [(11, 13, "merged_split"), (11, 14, "merged_split")]
    assert {link.confidence for link in found.links} == {1.0}


def test_the_notes_own_run_is_meant_before_the_base_book() -> None:
    rows = sheet("12345d123")
    assert pairs(links_of([comment(18, "ซ้ำข้อ 3")], rows)) == [(18, 19, "same_book")]
    assert pairs(links_of([comment(18, "ซ้ำข้อ 5")], rows)) == [(15, 18, "same_book")]
    assert pairs(links_of([comment(18, "ซ้ำข้อ 2")], rows)) == [(12, 18, "same_book")]  # not itself


def test_among_rows_of_one_number_the_one_named_alike_is_meant() -> None:
    names = {13: "ก่อสร้างเขื่อนป้องกันตลิ่งบ้านท่าเรือ", 18: "ก่อสร้างเขื่อนป้องกันตลิ่ง บ้านท่าเรือ", 19: "อบรม อสม."}
    rows = named(sheet("12345d123"), names)
    assert pairs(links_of([comment(18, "ซ้ำข้อ 3")], rows)) == [(13, 18, "same_book")]


@pytest.mark.parametrize(
    ("text", "code", "candidates"),
    [
        ("ซ้ำลำดับที่ 63", "note-row-unknown", ()),
        ("ซ้ำลำดับที่ 4", "note-row-ambiguous", (14, 15)),
        ("ซ้ำลำดับที่ 1 แผนงานการศึกษา", "note-elsewhere", ()),
        ("ซ้ำลำดับที่ 2", "note-row-unknown", ()),  # the note's own row
    ],
)
def test_what_cannot_be_told_makes_no_link(text: str, code: str, candidates: tuple[int, ...]) -> None:
    found = links_of([comment(12, text)], sheet("12344"))
    assert not found.links
    (open_note,) = found.unresolved
    assert isinstance(open_note, UnresolvedNote)
    assert (open_note.row, open_note.code, open_note.candidates) == (12, code, candidates)
    shown = make_problem(code, Place("book.xlsx", "1", open_note.row), open_note.words, str(open_note.number))
    assert open_note.words in shown.th and shown.severity == "warning"


def test_a_pair_stated_twice_is_one_link() -> None:
    notes = [comment(15, "ซ้ำลำดับที่ 2"), box(12, "ซ้ำลำดับที่ 5")]
    assert pairs(links_of(notes, sheet("12345"))) == [(12, 15, "same_book")]


def test_notes_of_the_sheet_and_without_references_link_nothing() -> None:
    notes = [box(1, "ซ้ำลำดับที่ 2"), box(12, "ย้ายไปแผนงานการเกษตร")]
    assert links_of(notes, sheet("123")) == NoteLinks()
    assert links_of(notes, []) == NoteLinks()
