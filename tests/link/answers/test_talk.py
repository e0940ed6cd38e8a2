"""The problem in what people write on phones and what hotlines type in: manners, forms and addresses taken off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.link.answers.pairs import need, project
from tracegraph.link import answers
from tracegraph.link.answer_talk import find_problem
from tracegraph.link.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ไฟทางดับค่ะ", "ไฟทางดับ"),
        ("ปัญหา : ฝาท่อแตก ขอให้ดำเนินการตรวจสอบและแก้ไขปัญหานี้ด้วย จุดเกิดเหตุ : หน้าบ้าน ซอย : 5 ถนน : สมมติ #1555", "ฝาท่อแตก"),
        ("* ปัญหา: รถขยะไม่มาเก็บ * ซอย: 9 * เขต: สมมติ โทร 081-234-5678", "รถขยะไม่มาเก็บ"),
        ("📢🔊 ฝาท่อชำรุด 😱 🙏 ขอขอบคุณ เจ้าหน้าที่ทุกท่าน ✌️", "ฝาท่อชำรุด"),
        ("ปัญหา.เสียงดัง แขวง.สมมติ เขต.สมมติ #1555", "ปัญหา.เสียงดัง"),
        ("ถนน\u200bพัง\u200bครับ", "ถนนพัง"),
        ("ปัญหา: นํ้าท่วม ซอย: ๙", "น้ำท่วม"),
    ],
)
def test_what_is_no_problem_is_taken_off(text: str, problem: str) -> None:
    assert find_problem(text) == problem


@pytest.mark.parametrize(
    "text",
    [
        "ถนนเป็นหลุมเป็นบ่อทั้งสาย",
        "ซอย 2 เป็นดินแดง หน้าฝนเป็นโคลน",
        "ก่อสร้างรางระบายน้ำ คสล. หมู่ที่ 3",
        "",
        "น",
        "1234567890",
        "ขอบคุณค่ะ",
        "😀",
    ],
)
def test_a_plain_sentence_stays_as_it_is(text: str) -> None:
    assert find_problem(text) == text


@given(st.text(alphabet=st.sampled_from("กขนำ้ํา:.*# 0๑ปัญหาถนซอย😀\u200b\n"), max_size=120))
def test_any_text_keeps_something(text: str) -> None:
    assert bool(find_problem(text).strip()) == bool(text.strip())


def test_five_thousand_letters_are_read_in_time() -> None:
    for piece in ("ปัญหา: ", "ถนน : ก ", "ขอให้", "ครับ ", "0", "(", "😀", "เขต.ก "):
        assert isinstance(find_problem(piece * (5000 // len(piece))), str)


def test_an_address_names_no_work() -> None:
    asked = need("ปัญหา : ไฟส่องสว่างดับ จุดเกิดเหตุ : ใกล้สะพาน ซอย : 5 ถนน : สมมติ แขวง : คลองสมมติ", None, tambon=None)
    offered = [project("ก่อสร้างสะพานข้ามคลอง"), project("ซ่อมแซมถนน"), project("ติดตั้งไฟฟ้าส่องสว่างสาธารณะ")]
    (ranked,) = answers.rank([asked], offered).values()
    assert ranked[0][0] is offered[2]


def test_what_is_feared_counts_less_than_what_is_told() -> None:
    told = load_lexicon().find_concepts("ฝาท่อแตก อาจเป็นอันตรายกับผู้สูงอายุ", asking=True)
    assert told.outcomes == {"elder_idle"} and told.firmness("broken_drain") == 1.0 > told.firmness("elder_idle")
    alone = load_lexicon().find_concepts("กลัวน้ำท่วม", asking=True)
    assert alone.problems and not alone.outcomes


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("สัญญาณไฟคนข้ามเสีย", "ติดตั้งสัญญาณไฟจราจร"),
        ("ป้ายหาเสียงบังทางเลี้ยว", "จัดระเบียบป้ายโฆษณาโดยเทศกิจ"),
        ("จอดรถซ้อนคันหน้าตลาด รถติด", "อาสาจราจรอำนวยความสะดวกจราจร"),
        ("มีซากแมวตายกลางถนน", "จ้างเหมากวาดถนนและรักษาความสะอาด"),
        ("กระเบื้องฟุตบาตแตก", "ปรับปรุงทางเท้า"),
        ("สายเคเบิ้ลห้อยลงมา", "จัดระเบียบสายสื่อสาร"),
        ("ไฟฟ้าดับ 3 ดวงในซอย", "ติดตั้งไฟส่องสว่างสาธารณะ"),
        ("ท่อปะปารั่ว", "ซ่อมแซมระบบประปา"),
    ],
)
def test_town_people_find_their_project(text: str, right: str) -> None:
    others = ("ก่อสร้างถนน คสล.", "จัดงานวันเด็ก", "เครื่องถ่ายเอกสาร", "ขยายเขตไฟฟ้าแรงต่ำ", "ก่อสร้างสะพาน", "ส่งเสริมผู้สูงอายุ")
    offered = [project(name, None, tambon=None) for name in (*others, right)]
    (ranked,) = answers.rank([need(text, None, tambon=None)], offered).values()
    assert ranked[0][0].text == right
