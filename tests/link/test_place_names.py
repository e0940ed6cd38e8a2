"""Which names of places may be one, and which institution a name is of."""

from __future__ import annotations

import pytest

from tracegraph.link.place_names import LIKE_NAME, find_institution, may_be_one, name_ratio


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("หนองบัว", "หนองแวง"),
        ("หนองแวง", "หนองแสง"),
        ("หนองบัวทอง", "หนองบัวแดง"),
        ("นายสมชาย", "นายสมหมาย"),
        ("บ้านควน ๓", "บ้านควน 5"),
    ],
)
def test_names_with_another_word_are_not_alike(left: str, right: str) -> None:
    assert name_ratio(left, right) == name_ratio(right, left) == 0.0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("หนองกุ้ง", "หนองกุง"),  # a lost mark
        ("ป้านสวนใหม่", "บ้านสวนใหม่"),  # a letter that a scan takes for another
        ("ควนลำภู", "ควนลําภู"),  # both spellings of ำ
        ("ชุมชนสวนใหม่", "ชุมชนสวนใหม่ใน"),  # one says more
        ("ศูนย์พัฒนาเด็กเล็กบ้านควน", "ศูนย์พัฒนาเด็กเล็บบ้านควน"),
    ],
)
def test_names_with_slips_or_more_words_stay_alike(left: str, right: str) -> None:
    assert name_ratio(left, right) == name_ratio(right, left) >= LIKE_NAME


def test_a_run_of_words_is_compared_by_its_letters_alone() -> None:
    left, right = (f"{'ถนนสายหลัก' * 500}{end}" for end in ("หนองบัว", "หนองแวง"))
    assert name_ratio(left, right) >= LIKE_NAME


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("โรงเรียนบ้านหนองบัว", ("school", "หนองบัว")),
        ("หน้า รร.บ้านหนองบัว", ("school", "หนองบัว")),
        ("โรงเรียน\u200bวัดดอน", ("school", "วัดดอน")),
        ("ศพด.บ้านควน ๓", ("child_center", "ควน3")),
        ("ศูนย์พัฒนาเด็กเล็กบ้านควนล\u0e4d\u0e32ภู", ("child_center", "ควนลำภู")),
        ("รพ.สต.บ้านควน", ("health_station", "ควน")),
        ("ข้างวัดสว่าง", ("temple", "สว่าง")),
        ("โรงเรียน", None),
        ("วัด", None),
        ("ตลาดสด", None),
        ("", None),
        ("โรงเรียนบ้าน" + "ก" * 5_000, ("school", "ก" * 5_000)),
    ],
)
def test_institutions_are_read_with_their_own_names(text: str, found: tuple[str, str] | None) -> None:
    assert find_institution(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("โรงเรียนบ้านหนองบัว", ("school", "หนองบัว")),
        ("โรงเรียนรถชนกันบ่อย", None),
        ("ศูนย์เด็กเล็กคับแคบ", None),
        ("วัดไม่มีรั้ว", None),
    ],
)
def test_in_talk_only_what_says_that_it_is_a_name_is_one(text: str, found: tuple[str, str] | None) -> None:
    assert find_institution(text, sure=True) == found


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [("หนองบัว", "หนองบัวไม่มีรั้ว", True), ("หนองกุง", "หนองกุ้ง", True), ("หนองบัว", "หนองแวง", False)],
)
def test_names_that_run_on_may_be_one(left: str, right: str, one: bool) -> None:
    assert may_be_one(left, right) is may_be_one(right, left) is one
