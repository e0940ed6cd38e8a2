"""Lines and grids of a document in reading order become tables."""

from __future__ import annotations

import pytest

from tracegraph.errors import FileRefused
from tracegraph.ingest.document_tables import Grid, TextLine, build_tables
from tracegraph.ingest.tables import Limits, Remark, Table

HEADINGS = ("ที่", "โครงการ", "เป้าหมาย", "งบประมาณ", "หน่วยงานรับผิดชอบ")
PLAN, STRATEGY = "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "1. ยุทธศาสตร์การพัฒนาสังคม"
ROADS, HEALTH = "(1) แผนงานเคหะและชุมชน", "(2) แผนงานสาธารณสุข"


def grid(*rows: tuple[str, ...], page: int | None = None) -> Grid:
    return Grid(rows, page)


def row(number: int | str, name: str = "ขุดสระ", money: str = "5,000", office: str = "กองช่าง") -> tuple[str, ...]:
    return (str(number), name, "1 แห่ง", money, office)


def build(*blocks: Grid | str) -> list[Table]:
    return build_tables("แผน.docx", [TextLine(b) if isinstance(b, str) else b for b in blocks], Limits())


def first_cells(table: Table) -> list[str]:
    return [row.cells[0] for row in table.rows]


def test_a_programme_that_comes_back_under_another_strategy_is_not_taken_for_a_repeated_title() -> None:
    tables = build(
        PLAN, STRATEGY, ROADS, grid(HEADINGS, row(1)),
        HEALTH, grid(HEADINGS, row(1)),
        ROADS, grid(HEADINGS, row(1)),
        "2. ยุทธศาสตร์เศรษฐกิจ", HEALTH, grid(HEADINGS, row(1)),
    )  # fmt: skip
    assert [first_cells(table)[:-2] for table in tables] == [
        [PLAN, STRATEGY, ROADS],
        [PLAN, STRATEGY, HEALTH],
        [PLAN, STRATEGY, ROADS],
        [PLAN, "2. ยุทธศาสตร์เศรษฐกิจ", HEALTH],
    ]


def test_the_page_title_once_more_is_left_out_whole_or_in_part() -> None:
    tables = build(
        PLAN, STRATEGY, ROADS, grid(HEADINGS, row(1)),
        PLAN, STRATEGY, ROADS, grid(HEADINGS, row(2)),
        PLAN, ROADS, grid(HEADINGS, row(3)),
        PLAN, ROADS, grid(row(4)),
    )  # fmt: skip
    assert [first_cells(table) for table in tables] == [[PLAN, STRATEGY, ROADS, "ที่", "1", "2", "3", "4"]]


def test_titles_inside_the_grid_are_never_dropped() -> None:
    def titled(title: str, number: int) -> Grid:
        return grid((title, "", "", "", ""), HEADINGS, row(number))

    first, second = build(titled(ROADS, 1), titled(ROADS, 2), titled(HEALTH, 1))
    assert first_cells(first) == [ROADS, "ที่", "1", "2"]
    assert first_cells(second) == [HEALTH, "ที่", "1"]


def test_the_rest_of_a_row_that_the_page_cut_joins_it() -> None:
    cut = Grid(
        (("",) * 5, ("", "ประปาหมู่บ้าน", "", "", "สำนักปลัด"), row(2)), 2, {}, (), (Remark("repaired-text", "a", "b", 2),)
    )
    (table,) = build(grid(HEADINGS, row(1, "ซ่อม"), ("",) * 5, page=1), cut)
    assert [row.cells for row in table.rows[1:]] == [
        ("1", "ซ่อมประปาหมู่บ้าน", "1 แห่ง", "5,000", "กองช่าง\nสำนักปลัด"),
        row(2),
    ]
    assert table.remarks == (Remark("repaired-text", "a", "b", 2),)
    assert [(row.number, table.pages[row.number]) for row in table.rows] == [(1, 1), (2, 1), (4, 2)]


@pytest.mark.parametrize(
    "rest",
    [
        grid(("", "ระยะที่ 2", "", "7,000", ""), page=2),  # money of its own
        grid(("", "ระยะที่ 2", "", "", ""), page=3),  # not the next page
        grid(("", "ระยะที่ 2", "", "", "")),  # no pages at all
    ],
)
def test_a_row_of_its_own_stays_one(rest: Grid) -> None:
    (table,) = build(grid(HEADINGS, row(1), page=1), rest)
    assert len(table.rows) == 3


def test_a_row_over_three_pages_is_one() -> None:
    rest = ("", "", "ต่อ", "", "")
    (table,) = build(grid(HEADINGS, row(1), page=4), grid(HEADINGS, rest, page=5), grid(rest, row(2), page=6))
    assert [row.cells[2] for row in table.rows] == ["เป้าหมาย", "1 แห่ง" + "ต่อต่อ", "1 แห่ง"]


def test_an_empty_grid_neither_is_a_table_nor_parts_one() -> None:
    (table,) = build(grid(HEADINGS, row(1)), grid(("", "")), grid(row(2)))
    assert first_cells(table) == ["ที่", "1", "2"]
    assert build(grid(("", ""), (" ", ""))) == []


def test_no_more_rows_and_letters_than_the_limits_allow() -> None:
    many = [grid(HEADINGS, *(row(number) for number in range(20)))]
    for limits in (Limits(max_rows=10), Limits(max_columns=4), Limits(max_text=50)):
        with pytest.raises(FileRefused):
            build_tables("แผน.pdf", many, limits)


def test_text_without_a_grid_makes_no_table() -> None:
    assert build(PLAN, STRATEGY) == []
