"""Strategy lists of either shape, and what a label means in them."""

from __future__ import annotations

import pytest

from tracegraph.errors import InputError
from tracegraph.link.alignment_lists import StrategyList, build_list, find_key, find_number

LEVELS = ("strategy", "sub_strategy", "purpose")
ROWS = (
    ("1. เมืองปลอดภัย", "1.1_ปลอดยาเสพติด", "1.1.1_เยาวชนไม่เสพยา"),
    ("1. เมืองปลอดภัย", "1.2 ปลอดอุบัติเหตุ", "1.2.1_ลดอุบัติเหตุทาง\nถนน"),
    ("1. เมืองปลอดภัย", "1.2_ปลอดอุบัติเหตุ", "1.2.1_ลดอุบัติเหตุทางถนน (Road Safety)"),
    ("2. เมืองสีเขียว", "2.1 อากาศสะอาด", "2.1.1_คุณภาพอากาศ"),
    ("2. เมืองสีเขียว", "2.1 อากาศสะอาด", "2.1.2_ลดขยะมูลฝอย"),
)


def levels(rows: tuple[tuple[str, ...], ...] = ROWS, headings: tuple[str, ...] = LEVELS) -> StrategyList:
    return build_list(headings, [dict(zip(headings, row, strict=True)) for row in rows], "list.csv")


def plain(*rows: tuple[str, ...], headings: tuple[str, ...] = ("code", "name", "parent")) -> StrategyList:
    return build_list(headings, [dict(zip(headings, row, strict=True)) for row in rows], "list.csv")


def test_a_column_for_each_level_makes_a_tree() -> None:
    found = levels()
    assert sorted(found.depth.items()) == [
        ("LIST:1", 1), ("LIST:1.1", 2), ("LIST:1.1.1", 3), ("LIST:1.2", 2), ("LIST:1.2.1", 3),
        ("LIST:2", 1), ("LIST:2.1", 2), ("LIST:2.1.1", 3), ("LIST:2.1.2", 3),
    ]  # fmt: skip
    assert found.levels == 3 and found.parents["LIST:1.2.1"] == "LIST:1.2"
    assert found.above("LIST:1.2.1", 1) == "LIST:1" and found.above("LIST:1", 3) == "LIST:1"
    assert found.at_level(2) == ["LIST:1.1", "LIST:1.2", "LIST:2.1"]
    assert [remark for remark in found.remarks if "1.2.1" in remark.en], "two ways to write an entry are told"


def test_the_order_of_the_columns_does_not_matter() -> None:
    turned = levels(tuple(row[::-1] for row in ROWS), LEVELS[::-1])
    assert sorted(turned.depth.items()) == sorted(levels().depth.items())


def test_numbers_that_begin_again_under_each_parent_stay_apart() -> None:
    found = levels((("1 น้ำ", "1 ฝาย"), ("1 น้ำ", "2 คลอง"), ("2 ป่า", "1 ปลูกป่า")), ("strategy", "tactic"))
    assert found.depth == {"LIST:1": 1, "LIST:1/1": 2, "LIST:1/2": 2, "LIST:2": 1, "LIST:2/1": 2}
    assert found.find_entries("ปลูกป่า") == ["LIST:2/1"] and len(found.find_entries("1")) == 3


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("1.2", ["LIST:1.2"]),
        ("1.2.", ["LIST:1.2"]),
        ("๑.๒", ["LIST:1.2"]),
        ("1.2_ปลอดอุบัติเหตุ", ["LIST:1.2"]),
        ("ปลอดอุบัติเหตุ", ["LIST:1.2"]),
        (" ลดอุบัติเหตุ ทางถนน ", ["LIST:1.2.1"]),
        ("1.2.1_ลดอุบัติเหตุทางถนน (Road\nSafety)", ["LIST:1.2.1"]),
        ("2.1 อากาศสอาด", ["LIST:2.1"]),
        ("2.1 ปลอดอุบัติเหตุ", ["LIST:1.2", "LIST:2.1"]),
        ("2.1 ส่งเสริมการกีฬา", []),
        ("9.9", []),
        ("กีฬา", []),
        ("", []),
    ],
)
def test_a_label_is_a_number_or_a_name(label: str, wanted: list[str]) -> None:
    assert levels().find_entries(label) == wanted


def test_a_plain_list_with_parents_descriptions_or_numbers_only() -> None:
    found = plain(("ก", "คมนาคม", ""), ("ข", "ถนน", "ก"), ("ค", "สะพาน", "ก"))
    assert found.depth == {"LIST:ก": 1, "LIST:ข": 2, "LIST:ค": 2} and found.find_entries("ข") == ["LIST:ข"]
    nested = plain(("1", "น้ำ"), ("1.2.1", "ฝาย"), ("1.2", "แหล่งน้ำ"), headings=("code", "name"))
    assert nested.parents == {"LIST:1": None, "LIST:1.2.1": "LIST:1.2", "LIST:1.2": "LIST:1"}
    (row,) = plain(("1", "น้ำ", "ฝาย คลอง"), headings=("code", "name", "description")).rows
    assert row[5] == "ฝาย คลอง"
    names = plain(("น้ำ",), ("ป่า",), headings=("text",))
    assert len(names.rows) == 2 and len(names.find_entries("ป่า")) == 1


def test_a_repeated_row_is_told_and_two_names_of_one_code_are_refused() -> None:
    found = plain(("1", "น้ำ", ""), ("1", "น้ำ", ""))
    assert len(found.rows) == 1 and len(found.remarks) == 1
    with pytest.raises(InputError, match=r"ซ้ำ.*twice"):
        plain(("1", "น้ำ", ""), ("1", "ป่า", ""))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("1", "ก", "2"), ("2", "ข", "1")], "วน.*circle"),
        ([("1", "ก", "1")], "วน.*circle"),
        ([("1", "ก", "7")], "ไม่มีในบัญชี.*not in the list"),
        ([], "ไม่มียุทธศาสตร์.*no entry"),
        ([("", "", "")], "ไม่มียุทธศาสตร์.*no entry"),
    ],
)
def test_lists_that_make_no_tree_are_refused_in_both_languages(rows: list[tuple[str, ...]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        plain(*rows)


def test_numbers_without_any_name_are_no_list_by_levels() -> None:
    with pytest.raises(InputError, match="no column"):
        build_list(("amount",), [{"amount": "500"}], "list.csv")


def test_numbers_and_keys() -> None:
    assert find_number("ยุทธศาสตร์ที่ ๒ การพัฒนา") == "2"
    assert find_number("1.5 เมือง") == "1.5" and find_number("7.3_บุคคล") == "7.3" and find_number("เมือง 2") == ""
    assert find_key("1.5_เมือง สุขภาพดี") == find_key("เมืองสุขภาพดี") != ""
    assert find_key("น\u0e4d\u0e49าเสีย") == find_key("น้ำเสีย")


def test_a_label_as_it_is_written_wins_over_numbers_and_marks() -> None:
    found = plain(("1", "1.5 เมืองสุขภาพดี", ""), ("2", "1.5_เมืองสุขภาพดี", ""))
    assert found.find_entries("1.5 เมืองสุขภาพดี") == ["LIST:1"]
    assert found.find_entries("1.5_เมืองสุขภาพดี") == ["LIST:2"]
    assert found.find_entries("เมืองสุขภาพดี") == ["LIST:1", "LIST:2"]
