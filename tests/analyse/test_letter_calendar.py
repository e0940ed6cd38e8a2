"""The letter's duties month by month, and late plans."""

from __future__ import annotations

from datetime import date

import pytest

from tracegraph.analyse.calendar import find_late_plans, list_duties
from tracegraph.errors import UsageError
from tracegraph.graph import Store
from tracegraph.model.process import flows, plan_kinds


def test_june_is_the_month_of_what_is_beyond_capacity() -> None:
    june = list_duties(6)
    assert {duty.id for duty in june if duty.task == "make"} == {"PK05", "PK06", "PK07"}
    assert {duty.id for duty in june if duty.task == "send"} == {
        "B13", "B14", "B15", "B16", "B17", "B18", "B19", "B20", "B21",
    }  # fmt: skip
    (coordinated,) = [duty for duty in june if duty.id == "B21"]
    assert coordinated.target == "แผน อบจ. (PK08)"
    assert "เกินขีดความสามารถ" in coordinated.condition
    assert coordinated.letter_words.startswith("เสนอให้ อบจ.")


def test_every_flow_and_kind_has_its_duties_but_the_letters_themselves() -> None:
    duties = list_duties()
    assert {d.id for d in duties if d.task == "send"} == {f.id for f in flows() if f.direction != "admin"}
    assert {d.id for d in duties if d.task == "make"} == {k.id for k in plan_kinds()}
    assert [d.month or 13 for d in duties] == sorted(d.month or 13 for d in duties)
    assert {d.month_th for d in duties if d.month is None} == {"ไม่ระบุเดือน"}


def test_both_readings_are_kept() -> None:
    readings = {d.id: d.readings for d in list_duties() if d.readings}
    assert len(readings["B04"]) == 2
    assert len(readings["PK05"]) == 2
    assert {d.confidence for d in list_duties() if d.id == "B04"} == {"low"}


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_is_none_is_refused(month: int) -> None:
    with pytest.raises(UsageError):
        list_duties(month)


def test_late_plans_of_an_area(told: Store) -> None:
    late = find_late_plans(told, as_of=date(2026, 11, 23), area="8104")
    assert [(row["uid"], row["days_late"]) for row in late] == [("plan:L1", 23), ("plan:L2", 4)]
    assert find_late_plans(told, as_of=date(2026, 1, 1)) == []
