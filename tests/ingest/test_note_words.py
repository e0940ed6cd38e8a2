"""What the words of text boxes, comments and หมายเหตุ mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.ingest.editions import find_edition, find_editions, find_years
from tracegraph.ingest.note_words import read_note

SPLIT_AM = "ประจําปี"  # ำ typed as two signs


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        ("แก้ไข ครั้งที่ 2 / 2568", ["แก้ไข 2/2568"]),
        ("แก้ไข 2/2568", ["แก้ไข 2/2568"]),
        ("เปลี่ยน ครั้งที่ 1 / 2568", ["เปลี่ยนแปลง 1/2568"]),
        (f"แก้ไข ครั้งที่ 4 {SPLIT_AM} พ.ศ.2565", ["แก้ไข 4/2565"]),
        ("เพิ่มเติมครั้งที่ ๕/๒๕๖๗", ["เพิ่มเติม 5/2567"]),
        ("เพิ่ม\u200bเติม ครั้งที่ 3 /66", ["เพิ่มเติม 3/2566"]),
        ("เเก้ไขครั้งที่2ปี2568", ["แก้ไข 2/2568"]),
        ("เพิ่มเติม (ครั้งที่ 1/2567)", ["เพิ่มเติม 1/2567"]),
        ("เพิ่มเติม ฉบับที่ 2 พ.ศ. 2567", ["เพิ่มเติม 2/2567"]),
        ("ทบทวน ครั้งที่ 1/2566", ["ทบทวน 1/2566"]),
        ("แก้ไข 10/2567 แก้ไข 2/2568 ย้ายไปแผนงานการเกษตร", ["แก้ไข 10/2567", "แก้ไข 2/2568"]),
        ("แก้ไข 10/2567\nแก้ไข 10/2567", ["แก้ไข 10/2567"]),
        ("เพิ่มเติม ครั้งที่ 2", ["เพิ่มเติม 2"]),
        ("แก้ไข 3 จุด", []),
        ("เปลี่ยน 2 ดวง", []),
        ("แก้ไข 1.5 เมตร", []),
        ("แก้ไข 1/12/2567", []),
        ("แก้ไขแล้ว", []),
    ],
)
def test_every_stamp_is_read_however_it_is_typed(text: str, editions: list[str]) -> None:
    assert [edition.short for edition in find_editions(text)] == editions
    assert [edition.short for edition in read_note(text).editions] == editions
    assert read_note(text).is_stamp == bool(editions)


def test_the_words_of_each_stamp_are_kept_as_typed() -> None:
    first, second = find_editions("แก้ไข ๑๐/๒๕๖๗ และเปลี่ยน ครั้งที่ 2/ 68")
    assert (first.text, first.order) == ("แก้ไข ๑๐/๒๕๖๗", 256710)
    assert (second.text, second.word, second.order) == ("เปลี่ยน ครั้งที่ 2/ 68", "เปลี่ยนแปลง", 256802)


def test_the_first_edition_of_a_title_and_years_beside_it() -> None:
    found = find_edition("แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570) เพิ่มเติม ครั้งที่ 3/2568")
    assert found is not None and (found.key, found.year, found.number) == ("เพิ่มเติม ครั้งที่ 3/2568", 2568, 3)
    assert find_edition("แก้ไข ฉบับที่ 4") is not None
    assert find_edition("เปลี่ยน 2 หลัง") is None
    review = "แผนพัฒนาท้องถิ่น ทบทวน ครั้งที่ 2 พ.ศ. 2566 - 2570"
    assert find_years(review) == (2566, 2570)
    assert (stated := find_edition(review)) is not None and stated.order == 2


@pytest.mark.parametrize(
    ("text", "same", "merged", "elsewhere"),
    [
        ("ซ้ำลำดับที่ 63", (63,), (), ""),
        ("ซ้ำกับข้อ 5", (5,), (), ""),
        ("ซํ้า ลำดับ ๖๓", (63,), (), ""),  # ำ as two signs, tone mark between them
        ("แก้ไข ครั้งที่ 4 / 2567 ซ้ำลำดับที่ 7", (7,), (), ""),
        ("ซ้ำกับลำดับที่ 3 และ 7", (3, 7), (), ""),
        ("ซ้ำลำดับที่ 12 แผนงานสาธารณสุข", (12,), (), "แผนงานสาธารณสุข"),
        ("ซ้ำซ้อนกับโครงการที่ 4 หน้า 118", (4,), (), "หน้า 118"),
        ("เหมือนข้อ 1", (1,), (), ""),
        ("รวมกับลำดับที่ 2", (), (2,), ""),
        ("รวมกับข้อ 3,4", (), (3, 4), ""),
        ("ยุบรวมกับลำดับที่ 3-5", (), (3, 4, 5), ""),
        ("ซ้ำกับโครงการปี 2567", (), (), ""),
        ("ซ้ำลำดับที่ 2/2568", (), (), ""),  # an edition's number, not a row's
        ("รวม 5 โครงการ", (), (), ""),
        ("งบประมาณรวม 3 ปี", (), (), ""),
    ],
)
def test_references_to_other_rows(text: str, same: tuple[int, ...], merged: tuple[int, ...], elsewhere: str) -> None:
    read = read_note(text)
    assert (read.same_as, read.merged_with, read.elsewhere) == (same, merged, elsewhere)


@pytest.mark.parametrize(
    ("text", "coordinate"),
    [
        ("ไปประสาน 02/2", "ไปประสาน 02/2"),
        ("ขอ อบจ.", "ขอ อบจ."),
        ("ประสานแผน ผ.02/2", "ประสานแผน ผ.02/2"),
        ("ประสาน จว", "ประสาน จว"),
        ("ย้ายไป ผ.๐๒/๒", "ย้ายไป ผ.02/2"),
        ("ขอรับการสนับสนุนจากกรมเจ้าท่า", "ขอรับการสนับสนุนจากกรมเจ้าท่า"),
        ("เกินศักยภาพ", "เกินศักยภาพ"),
        ("ขออนุญาตใช้ที่ดินแล้ว", ""),
    ],
)
def test_what_is_to_be_coordinated(text: str, coordinate: str) -> None:
    read = read_note(text)
    assert (read.coordinate, read.moved_to, read.form) == (coordinate, "", "")


def test_where_a_row_went_and_came_from() -> None:
    both = read_note("แก้ไข 2/2568 ย้ายไปแผนงานการเกษตร แก้ไข 8/2568")
    assert (both.moved_to, len(both.editions), both.remark) == ("แผนงานการเกษตร", 2, "")
    assert read_note("ย้ายไป\nยุทธศาสตร์ที่ 4").moved_to == "ยุทธศาสตร์ที่ 4"
    assert read_note("ย้ายมาจากแผนงานเคหะและชุมชน").moved_from == "แผนงานเคหะและชุมชน"
    assert read_note("ย้ายมาจากแผนงานเคหะและชุมชน").moved_to == ""


def test_cancelled_rows_and_what_only_sounds_so() -> None:
    assert read_note("ยกเลิก").cancelled and read_note("ตัดออก").cancelled and read_note("ขอยกเลิกโครงการ").cancelled
    assert not read_note("ไม่ยกเลิก").cancelled
    assert not read_note("ตัดหญ้าสองข้างทาง").cancelled


@pytest.mark.parametrize(
    ("text", "form"),
    [("แบบ ผ.02", "ผ.02"), ("ผ.๐๒/๑", "ผ.02/1"), ("แบบ จ.1", "จ.1"), ("จ.1", ""), ("ผด.02", "ผด.02"), ("หมู่ 2", "")],
)
def test_codes_of_forms(text: str, form: str) -> None:
    assert read_note(text).form == form


def test_sources_of_money_and_the_rest() -> None:
    assert read_note("พอช.,ท้องถิ่น, ประชาชนสมทบ").fund_sources == ("พอช.", "ท้องถิ่น", "ประชาชนสมทบ")
    assert read_note("เงินอุดหนุนเฉพาะกิจ").fund_sources == ("เงินอุดหนุนเฉพาะกิจ",)
    assert read_note("งบจังหวัด\nรอแบบแปลน").fund_sources == ("งบจังหวัด",)
    assert read_note("งบจังหวัด\nรอแบบแปลน").remark == "รอแบบแปลน"
    assert read_note("ประชาชน, ชุมชน").fund_sources == ()  # who, not what pays
    assert read_note("  ตรวจแล้ว  ").remark == "ตรวจแล้ว"


def test_a_very_long_comment_is_kept_and_read_in_time() -> None:
    text = "แก้ไข 2/2568 " + "ซ้ำ" * 200_000
    read = read_note(text)
    assert [e.short for e in read.editions] == ["แก้ไข 2/2568"]
    assert read.text == text and len(read.remark) > 500_000


_PIECES = st.sampled_from(
    [
        "แก้ไข",
        "ครั้งที่",
        "2/2568",
        "ซ้ำ",
        "ลำดับที่",
        "63",
        "รวมกับ",
        "ย้ายไป",
        "แผนงาน",
        "ผ.02",
        "ๆ",
        "ํา",
        "\u200b",
        "\n",
        ",",
        "(",
        "-",
        "ขอ",
        "อบจ.",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=12))
def test_any_words_are_read_without_failing(pieces: list[str]) -> None:
    text = "".join(pieces)
    read = read_note(text)
    assert read.text == text
    assert all(number >= 0 for number in (*read.same_as, *read.merged_with))
