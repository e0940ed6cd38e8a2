"""To which row text boxes and comments belong, with and without drift of the drawings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.ingest.anchors import SHEET, AnchoredNote, AnchorRow, RowKind, anchor_notes, find_touching
from tracegraph.ingest.stretches import find_stretches, read_seq
from tracegraph.ingest.tables import SheetNote

ADDED = "เพิ่มเติม 5/2567"
STAMP = "แก้ไข ครั้งที่ 2 / 2568"


def box(row: int, text: str = STAMP, last: int | None = None) -> SheetNote:
    return SheetNote(row, last or row + 1, 6, text, "textbox")


def comment(row: int, text: str) -> SheetNote:
    return SheetNote(row, row, 1, text, "comment")


def sheet(layout: str, first: int = 11) -> list[AnchorRow]:
    """Rows from a picture: 1-9 items with that number, d divider, t total, _ blank, c continuation, h heading."""
    kinds = {"d": RowKind.DIVIDER, "t": RowKind.TOTAL, "c": RowKind.CONTINUATION, "h": RowKind.HEADING}
    rows = [AnchorRow(number, RowKind.HEADING) for number in range(1, first)]
    block = 0
    for number, sign in enumerate(layout, first):
        block += sign == "d"
        if sign.isdigit():
            rows.append(AnchorRow(number, RowKind.ITEM, block, sign))
        elif sign != "_":
            rows.append(AnchorRow(number, kinds[sign], block))
    return rows


def homes(anchored: dict[int, tuple[AnchoredNote, ...]]) -> list[tuple[int, int]]:
    return sorted((note.note.row, home) for home, notes in anchored.items() for note in notes)


def only(anchored: dict[int, tuple[AnchoredNote, ...]]) -> AnchoredNote:
    ((note,),) = anchored.values()
    return note


def test_a_note_belongs_to_the_row_it_lies_at_and_a_stamp_touches_its_neighbors() -> None:
    anchored = anchor_notes([box(13), box(15, "งบจังหวัด")], sheet("12345"))
    assert homes(anchored) == [(13, 13), (15, 15)]
    assert anchored[13][0].touches == (12, 13, 14)
    assert anchored[15][0].touches == (15,)
    assert anchored[13][0].confidence == 0.95


def test_stamps_do_not_reach_across_a_divider() -> None:
    anchored = anchor_notes([box(12), box(14)], sheet("12d123"))
    assert (anchored[12][0].touches, anchored[14][0].touches) == ((11, 12), (14, 15))


def test_notes_above_the_headings_belong_to_the_sheet() -> None:
    anchored = anchor_notes([box(1, "แบบ ผ.02"), box(10)], sheet("123"))
    assert homes(anchored) == [(1, SHEET), (10, SHEET)]
    assert all(note.touches == () for note in anchored[SHEET])


def test_all_notes_of_a_sheet_without_items_belong_to_the_sheet() -> None:
    assert homes(anchor_notes([box(12)], sheet("t"))) == [(12, SHEET)]
    assert homes(anchor_notes([box(12)], [])) == [(12, SHEET)]
    assert anchor_notes([], sheet("12")) == {}


@pytest.mark.parametrize(
    ("layout", "row", "home"),
    [
        ("12d34", 13, 14),  # a divider belongs to the run below it
        ("12t", 13, 12),
        ("12t", 40, 12),  # far below the table
        ("12_3", 13, 12),
        ("1cc2", 13, 11),  # a continuation row is part of the item above it
        ("d_12", 12, 13),  # nothing above
        ("12d_3", 14, 15),
    ],
)
def test_remarks_on_rows_that_are_no_items(layout: str, row: int, home: int) -> None:
    note = only(anchor_notes([box(row, "รอแบบแปลน")], sheet(layout)))
    assert note.home == home


def test_stamps_on_a_divider_and_a_total_show_that_all_have_drifted() -> None:
    anchored = anchor_notes([box(14), box(16), box(18)], sheet("12345d1t"))
    assert homes(anchored) == [(14, 13), (16, 15), (18, 17)]
    assert all(note.drift == 1 and note.confidence == 0.85 for notes in anchored.values() for note in notes)
    assert anchored[13][0].touches == (12, 13, 14)


def test_the_first_item_of_a_drifted_stretch_still_stands_where_it_stood() -> None:
    anchored = anchor_notes([box(13), box(16)], sheet("12345d1"))
    assert homes(anchored) == [(13, 12), (16, 15)]
    assert anchored[12][0].touches == (12, 13)


def test_drift_of_one_stretch_leaves_the_stretch_above_alone() -> None:
    """The numbering starts again at row 15 without a line: the line was removed, all below lies one row too low."""
    rows = sheet("1234123d1")
    anchored = anchor_notes([box(12), box(18)], rows)
    assert homes(anchored) == [(12, 12), (18, 17)]
    assert [note.drift for home in (12, 17) for note in anchored[home]] == [0, 1]


def test_drift_that_begins_below_some_stamps() -> None:
    """Moved up, the stamp at row 14 would lie on the divider: the row was lost below it."""
    anchored = anchor_notes([box(12), box(14), box(18)], sheet("12d1234t"))
    assert homes(anchored) == [(12, 12), (14, 14), (18, 17)]


def test_several_rows_of_drift_and_none_where_nothing_explains_it() -> None:
    assert homes(anchor_notes([box(14), box(17)], sheet("123456__")))[-1] == (17, 16)
    assert homes(anchor_notes([box(18)], sheet("123456__"))) == [(18, 16)]
    far = only(anchor_notes([box(30)], sheet("123")))
    assert (far.home, far.drift, far.confidence) == (13, 0, 0.6)


def test_comments_never_drift() -> None:
    anchored = anchor_notes([comment(13, STAMP), box(16)], sheet("12345d1"))
    assert homes(anchored) == [(13, 13), (16, 15)]
    assert (anchored[13][0].touches, anchored[13][0].confidence) == ((13,), 1.0)


def test_a_box_over_several_rows_touches_all_of_them() -> None:
    assert only(anchor_notes([box(12, last=16)], sheet("123456"))).touches == (11, 12, 13, 14, 15)


def test_touching_holds_every_note_of_a_row() -> None:
    touching = find_touching(anchor_notes([box(12), box(13, ADDED), box(13, "งบจังหวัด")], sheet("123")))
    texts = {row: [note.note.text for note in notes] for row, notes in touching.items()}
    assert texts == {11: [STAMP], 12: [STAMP, ADDED], 13: [STAMP, ADDED, "งบจังหวัด"]}


@pytest.mark.parametrize(
    ("layout", "runs"),
    [
        ("1234", ["1234"]),
        ("12341234", ["1234", "1234"]),
        ("1231456", ["1231456"]),  # one number mistyped
        ("12345112", ["12345", "1", "12"]),
        ("12d12", ["1212"]),  # a line says why
        ("", []),
    ],
)
def test_stretches_end_where_the_numbering_starts_again_unexplained(layout: str, runs: list[str]) -> None:
    assert ["".join(row.seq for row in stretch.rows) for stretch in find_stretches(sheet(layout))] == runs


@pytest.mark.parametrize(
    ("seq", "number"),
    [("1", 1), ("๑๒", 12), ("(3)", 3), ("4.", 4), ("5.0", 5), ("", None), ("1.2", None), ("ก", None), ("หมู่ที่ 3", None)],
)
def test_running_numbers(seq: str, number: int | None) -> None:
    assert read_seq(seq) == number


@given(
    st.text(alphabet="12345dt_ch", max_size=30),
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from([STAMP, "งบจังหวัด", ""]), st.booleans()), max_size=12),
)
def test_every_note_has_exactly_one_home(layout: str, placed: Sequence[tuple[int, str, bool]]) -> None:
    notes = [comment(row, text) if tied else box(row, text) for row, text, tied in placed]
    rows = sheet(layout)
    items = {row.number for row in rows if row.kind is RowKind.ITEM}
    anchored = anchor_notes(notes, rows)
    assert sum(map(len, anchored.values())) == len(notes)
    for home, found in anchored.items():
        assert home == SHEET or home in items
        for note in found:
            assert set(note.touches) <= items and (home == SHEET or home in note.touches)
