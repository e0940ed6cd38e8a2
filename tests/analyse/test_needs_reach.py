"""needs_reach on a hand-made graph: every fate, at four floors, against rows written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tracegraph.analyse.questions import ask
from tracegraph.graph import Store

COLUMNS = (
    "need_id", "need", "village", "reached", "fate", "stopped_at", "reason", "funded_by", "funded_year",
    "funded_amount", "path", "weakest_probability", "asked_again_in",
)  # fmt: skip

F3 = "story.xlsx#ผ.02#25"
N14 = "story.xlsx#ผ.02#15"
NEW = "forum.csv##2"
NONE = (None, None, None)

#: id: (reached, fate, stopped_at, reason, (funded by, year, amount), path, weakest, asked again in) at floor 0.5
AT_HALF: dict[str, tuple[Any, ...]] = {
    "N01": ("PK09", "arrived", None, None, NONE, ["N01", "A3", "A5", "A6", "A9"], 0.8, []),
    "N02": ("PK03", "funded", None, None, ("กองช่าง อบต.ก", 2568, 470_000.5), ["N02", "B3", "B4", "B5"], 0.7, []),
    "N03": (None, "rejected", "PK01", "ไม่อยู่ในอำนาจหน้าที่", NONE, [], None, []),
    "N04": ("PK03", "rejected", "PK03", "พื้นที่ป่าสงวน", NONE, ["N04", "D3"], 1.0, []),
    "N05": ("PK03", "waiting_beyond_capacity", "PK03", "เกินงบประมาณ อบต.", NONE, ["N05", "E3"], 1.0, []),
    "N06": ("PK03", "not_carried", "PK03", "รอจัดสรร", NONE, ["N06", F3], 1.0, ["N12", "N13"]),
    "N07": (None, "unanswered", "PK01", None, NONE, [], None, []),
    "N08": (None, "unanswered", "PK01", None, NONE, [], None, []),
    "N09": ("PK03", "not_carried", "PK03", None, NONE, ["N09", "G3"], 1.0, []),
    "N10": ("PK03", "rejected", "PK03", "ที่ดินเป็นของเอกชน", NONE, ["N10", F3], 1.0, ["N13"]),
    "N11": ("PK08", "not_carried", "PK08", None, NONE, ["N11", "K3", "K7", "K8"], 1.0, []),
    "N12": (None, "unanswered", "PK01", None, NONE, [], None, []),
    "N13": ("PK03", "not_carried", "PK03", "รอจัดสรร", NONE, ["N13", F3], 1.0, []),
    N14: (None, "unanswered", "PK01", None, NONE, [], None, []),
    NEW: (None, "unanswered", "PK01", None, NONE, [], None, []),
}
AS_FACTS = AT_HALF | {
    "N01": ("PK06", "waiting_beyond_capacity", "PK06", None, NONE, ["N01", "A3", "A5", "A6"], 1.0, []),
    "N02": (None, "unanswered", "PK01", None, NONE, [], None, []),
}
AT_FIFTH = AT_HALF | {"N07": ("PK03", "not_carried", "PK03", "รอจัดสรร", NONE, ["N07", F3], 0.3, ["N13"])}
#: Just above the 0.7 of N02, at the 0.8 of N01: a floor counts what equals it.
AT_EIGHT_TENTHS = AT_HALF | {"N02": AS_FACTS["N02"]}


def as_tuple(row: dict[str, Any]) -> tuple[Any, ...]:
    money = (row["funded_by"], row["funded_year"], row["funded_amount"])
    return (
        row["reached"], row["fate"], row["stopped_at"], row["reason"], money,
        row["path"], row["weakest_probability"], row["asked_again_in"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("floor", "expected"),
    [(0.5, AT_HALF), ("facts", AS_FACTS), (1.01, AS_FACTS), (0.2, AT_FIFTH), (0.8, AT_EIGHT_TENTHS)],
)
def test_every_need_has_the_row_written_by_hand(told: Store, floor: Any, expected: dict[str, tuple[Any, ...]]) -> None:
    rows = ask(told, "needs_reach", {"floor": floor}).rows
    assert {row["need_id"]: as_tuple(row) for row in rows} == expected
    assert len(rows) == len(expected)


def test_columns_stand_as_promised(told: Store) -> None:
    answer = ask(told, "needs_reach")
    assert answer.columns == COLUMNS
    assert {tuple(row) for row in answer.rows} == {COLUMNS}


def test_the_village_is_shown_with_number_and_name(told: Store) -> None:
    shown = {row["need_id"]: row["village"] for row in ask(told, "needs_reach").rows}
    assert shown["N01"] == "หมู่ 1 บ้านหนึ่ง"
    assert shown["N02"] == "หมู่ 1"
    assert shown["N03"] is None


def test_rows_stand_by_area_then_year_then_id(told: Store) -> None:
    ids = [row["need_id"] for row in ask(told, "needs_reach").rows]
    first = ["N01", "N02", "N03", "N04", "N05", "N06", "N07", "N08", "N09", "N10"]
    assert ids == [*first, "N12", "N13", "N11", NEW, N14]


@pytest.mark.parametrize(
    ("area", "expected"),
    [("", 15), ("81", 14), ("8104", 14), ("810401", 12), ("81040201", 2), ("82", 0), ("๘๑๐๔", 14)],
)
def test_a_need_of_unknown_area_counts_only_where_no_area_is_asked(told: Store, area: str, expected: int) -> None:
    assert len(ask(told, "needs_reach", {"area": area}).rows) == expected


def test_filters_by_year_fate_and_kind(told: Store) -> None:
    def ids(**params: Any) -> list[str]:
        return [row["need_id"] for row in ask(told, "needs_reach", params).rows]

    assert ids(year=2568) == ["N12"]
    assert ids(fate="funded") == ["N02"]
    assert ids(reached="PK08") == ["N11"]
    assert ids(fate="waiting_beyond_capacity", floor="facts") == ["N01", "N05"]
    assert ids(area="810401", year="๒๕๖๙") == ["N13"]


def test_a_year_asked_for_still_sees_later_askings(told: Store) -> None:
    rows = ask(told, "needs_reach", {"year": 2567}).rows
    assert next(row for row in rows if row["need_id"] == "N06")["asked_again_in"] == ["N12", "N13"]


def test_one_need_alone_has_the_row_that_it_has_among_all(told: Store) -> None:
    rows = ask(told, "needs_reach", {"floor": 0.5}).rows
    assert [ask(told, "needs_reach", {"need": row["need_id"], "floor": 0.5}).rows for row in rows] == [
        [row] for row in rows
    ]


def test_pages_join_to_the_whole(told: Store) -> None:
    whole = ask(told, "needs_reach").rows
    pages = [ask(told, "needs_reach", limit=4, offset=at) for at in range(0, 16, 4)]
    assert [row for page in pages for row in page.rows] == whole
    assert [page.more for page in pages] == [True, True, True, False]
