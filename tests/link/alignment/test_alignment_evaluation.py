"""Labelled texts read, judged and measured; files that are odd are told, not dropped."""

from __future__ import annotations

import pytest

from tests.link.alignment.invented import LIST, invent
from tracegraph.errors import InputError
from tracegraph.link.alignment_evaluation import JudgedText, explain, judge, measure_level
from tracegraph.link.alignment_labels import Columns, LabelledText, find_columns, read_labels
from tracegraph.link.alignment_lists import StrategyList, build_list
from tracegraph.link.evaluate import find_calibration_error
from tracegraph.link.scores import to_probability

HEADINGS = ("code", "name")
WATER = [{"code": "1", "name": "แหล่งน้ำและการระบายน้ำ"}, {"code": "2", "name": "กีฬาและนันทนาการ"}]


def water() -> StrategyList:
    return build_list(HEADINGS, WATER, "list.csv")


def invented() -> StrategyList:
    rows = [{"code": row[2], "name": row[3]} for row in LIST]
    return build_list(HEADINGS, rows, "list.csv")


def texts(first: int, last: int, prefix: str) -> list[LabelledText]:
    rows = [
        (row, {"text": item.text, "strategy": entry.removeprefix("I:")})
        for row, (item, entry) in enumerate(invent(first, last), start=2)
    ]
    return read_labels(rows, Columns(("text",), ("strategy",)), invented(), prefix=prefix).texts


def read(*rows: tuple[str, str]) -> list[tuple[int, dict[str, str]]]:
    return [(n, {"text": text, "strategy": label}) for n, (text, label) in enumerate(rows, start=2)]


PLAIN = Columns(("text",), ("strategy",))


def test_rows_that_cannot_be_used_stand_apart() -> None:
    found = read_labels(
        read(
            ("ขุดลอกคลอง", "1"), ("แข่งกีฬา", "กีฬาและนันทนาการ"), ("ขุดลอกคลอง", "2"), ("", "1"),
            ("ซ่อมถนน", "9"), ("ซ่อมถนน", ""), ("ลานกีฬา", "1 กีฬาและนันทนาการ"), ("", ""),
        ),
        PLAIN,
        water(),
    )  # fmt: skip
    assert [(one.row, one.entry) for one in found.texts] == [
        (2, "LIST:1"), (3, "LIST:2"), (4, "LIST:2"), (5, "LIST:1"),
    ]  # fmt: skip
    assert found.unknown == [(6, "9")] and found.unlabelled == [7] and found.unclear == [(8, "1 กีฬาและนันทนาการ")]
    assert found.empty == [5] and found.contradicting == [(2, 4)]


def test_columns_are_found_by_name_or_by_what_they_hold() -> None:
    rows = [
        {"amount": "500", "งาน": "ขุดลอกคลองและลำราง", "หน่วยงาน": "กองช่าง", "ประเด็น": "1"},
        {"amount": "700", "งาน": "แข่งขันกีฬาเยาวชน", "หน่วยงาน": "กองการศึกษา", "ประเด็น": "กีฬาและนันทนาการ"},
    ]
    found = find_columns(tuple(rows[0]), rows, water())
    assert found == Columns(("งาน", "หน่วยงาน"), ("ประเด็น",))
    asked = find_columns(tuple(rows[0]), rows, water(), texts=("หน่วยงาน",), labels=("ประเด็น",))
    assert asked == Columns(("หน่วยงาน",), ("ประเด็น",))
    with pytest.raises(InputError, match="ไม่มีคอลัมน์ ชื่อ"):
        find_columns(tuple(rows[0]), rows, water(), texts=("ชื่อ",))
    with pytest.raises(InputError, match="no column with the label") as refused:
        find_columns(("งาน",), [{"งาน": "ขุดลอกคลอง"}], water())
    assert "--label-column" in refused.value.hint_th and "--label-column" in refused.value.hint_en
    known = find_columns(("text", "strategy"), [{"text": "ก", "strategy": "99"}], water())
    assert known == PLAIN


def test_context_goes_to_the_item_and_departments_weigh_least() -> None:
    rows = [(2, {"a": "ขุดลอก", "b": "คลอง", "department": "กองช่าง", "c": "น้ำ", "d": "ท่วม", "l": "1"})]
    (one,) = read_labels(rows, Columns(("a", "b", "department", "c", "d"), ("l",)), water()).texts
    item = one.item
    assert (item.text, item.objective, item.target, item.programme, item.department) == (
        "ขุดลอก", "คลอง", "น้ำ", "ท่วม", "กองช่าง",
    )  # fmt: skip


def test_learned_judging_and_its_figures() -> None:
    listed, train, test = invented(), texts(0, 4, "train"), texts(4, 8, "test")
    judged, corpus = judge(test, listed, train=train)
    assert corpus.learned
    for level, entries in ((1, 2), (2, 4)):
        found = measure_level(judged, listed, level)
        assert (found.entries, len(found.hits), len(found.pairs)) == (entries, len(test), entries * len(test))
        assert found.right == len(test) and found.mean("f1") == 1.0
        error = find_calibration_error(found.pairs)
        assert error is not None and error < 0.1
    blind, corpus = judge(test, listed)
    assert not corpus.learned and measure_level(blind, listed, 2).right < len(test)
    assert not any(one.seen for one in blind)


def test_own_labels_are_not_looked_at_and_order_does_not_matter() -> None:
    listed, train, test = invented(), texts(0, 4, "train"), texts(4, 6, "test")
    straight, _ = judge(test, listed, train=train)
    relabelled = [LabelledText(one.row, one.item, "LIST:1.1", one.label) for one in test]
    turned, _ = judge(relabelled[::-1], listed, train=train[::-1])
    assert [one.chances for one in turned[::-1]] == [one.chances for one in straight]
    again, _ = judge(train, listed, train=train)
    assert all(one.seen for one in again)


def test_class_figures_on_paper() -> None:
    listed = water()
    labels = ("LIST:1", "LIST:1", "LIST:2", "LIST:2")
    chances = ((0.9, 0.1), (0.4, 0.6), (0.2, 0.8), (0.3, 0.7))
    judged = [
        JudgedText(one, None, {"LIST:1": a, "LIST:2": b}, seen=False)  # type: ignore[arg-type]
        for one, (a, b) in zip((LabelledText(n, None, uid, "") for n, uid in enumerate(labels)), chances, strict=True)  # type: ignore[arg-type]
    ]
    found = measure_level(judged, listed, 1)
    assert (found.right, found.top3) == (3, 4)
    first, second = found.classes
    assert (first.precision, first.recall, first.f1) == (1.0, 0.5, pytest.approx(2 / 3))
    assert (second.precision, second.recall) == (pytest.approx(2 / 3), 1.0)
    assert found.mean("recall") == 0.75


@pytest.mark.parametrize(
    "text", ["", "ก", "1234567890", "๑๒๓", "น้ำ" * 1700, "???", "\u200b\u0e48\u0e49", "=1+1", "A" * 5000]
)
@pytest.mark.parametrize("learned", [False, True])
def test_hostile_texts_are_judged_all_the_same(text: str, learned: bool) -> None:
    rows = read_labels(read((text, "1.1"), ("สร้างถนน", "1.1")), PLAIN, invented(), prefix="odd").texts
    judged, corpus = judge(rows, invented(), train=texts(0, 4, "t") if learned else ())
    for one in judged:
        assert len(one.chances) == len(LIST) and all(0 < chance < 1 for chance in one.chances.values())
        parts = explain(one, "LIST:1", corpus)
        assert to_probability(sum(part.weight for part in parts)) == pytest.approx(one.chances["LIST:1"], abs=2e-3)
