"""The problem–solution lexicon: the table itself, how words are found in Thai, and an office's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.errors import InputError
from tracegraph.link.lexicon import Concepts, load_lexicon
from tracegraph.link.lexicon_words import MENTION, plain
from tracegraph.model.strategies import national_strategies

HEAD = "kind,id,programme,broader,reach,th,en,phrases,answers\n"


def works(text: str, *, asking: bool = False) -> dict[str, float]:
    return dict(load_lexicon().find_concepts(text, asking=asking).works)


def test_the_table_is_whole() -> None:
    lexicon = load_lexicon()
    programmes = {entry.number for entry in national_strategies() if entry.list_id == "BP"}
    assert len(lexicon.works) + len(lexicon.problems) >= 150
    assert {work.programme for work in lexicon.works.values()} == programmes
    for work in lexicon.works.values():
        assert work.th and work.en and work.reach in ("spot", "area")
        assert not work.broader or work.broader in lexicon.works
        assert not work.broader or not lexicon.works[work.broader].broader, "two levels only"
    for problem in lexicon.problems.values():
        assert problem.th and problem.en and problem.answers
        assert all(name in lexicon.works and 0 < strength <= 1 for name, strength in problem.answers)
    assert not set(lexicon.works) & set(lexicon.problems)


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด", "drain"),
        ("ปรับปรุงราง ค.ส.ล. ฝาปิด", "drain"),
        ("จ้างเหมาลอกท่อระบายน้ำและรางระบายน้ำ", "pipe_cleaning"),
        ("ขุดลอกคลองห้วยลึก", "dredge"),
        ("ขยายเขตระบบประปาหมู่บ้าน", "water_extend"),
        ("ขยายเขตไฟฟ้าแรงต่ำ", "grid_extension"),
        ("ติดตั้งไฟฟ้าสาธารณะ", "street_light"),
        ("จัดซื้อรถบรรทุกน้ำดับเพลิงเอนกประสงค์", "fire_truck"),
        ("ติดตั้งไฟกระพริบ (ตกแต่งงานเทศกาล)", "festive_lights"),
        ("ก่อสร้างฝายชะลอนํ้า", "check_weir"),
        ("สัตว์ปลอดโรค คนปลอดภัย จากโรคพิษสุนัขบ้าฯ", "rabies"),
        ("ถนนปูนในหมู่บ้าน", "road_concrete"),
    ],
)
def test_kinds_of_work_are_told_apart(text: str, work: str) -> None:
    assert works(text).get(work) == 1.0


def test_the_head_of_a_clause_is_the_work_and_what_follows_says_where() -> None:
    found = works("ติดตั้งไฟส่องสว่าง ถนนสายหลัก")
    assert found == {"street_light": 1.0, "road": MENTION}
    assert works("ก่อสร้างถนน คสล. พร้อมวางท่อระบายน้ำ")["pipe"] == 1.0


def test_a_word_that_cuts_another_word_is_not_found() -> None:
    assert "fishery" not in works("บ้านปลายสายไม่มีน้ำ")  # not บ้านปลา
    assert "pier" not in works("ครัวเรือนยากจน")
    assert load_lexicon().find_concepts("หมายเลขโทรศัพท์") == Concepts()


def test_in_a_complaint_only_what_is_asked_for_counts_in_full() -> None:
    found = works("ทางเข้าหมู่บ้านมืดมาก ไม่มีไฟ", asking=True)
    assert found.get("road") == MENTION
    assert works("ถนนมืด อยากได้กล้องวงจรปิด", asking=True)["cctv"] == 1.0


def test_words_of_a_problem_stand_in_order() -> None:
    lexicon = load_lexicon()
    assert "bank_erosion" in lexicon.find_concepts("ตลิ่งริมคลองพังมาก").problems
    assert "poor_house" not in lexicon.find_concepts("น้ำกัดตลิ่งพังจะถึงบ้านแล้ว").problems


def test_relations_between_works() -> None:
    lexicon = load_lexicon()
    assert lexicon.relation("drain", "drain") == 1.0
    assert lexicon.relation("road", "road_gravel") == pytest.approx(0.95)
    assert lexicon.relation("solar_light", "street_light") == pytest.approx(0.9)
    assert lexicon.relation("drain", "tradition") == 0.0
    assert all(0.0 <= lexicon.relation(a, b) <= 1.0 for a in lexicon.works for b in lexicon.works)


def test_an_office_adds_its_own_words(tmp_path: Path) -> None:
    extra = tmp_path / "office.csv"
    extra.write_text(
        HEAD + "work,fogger,00220,dengue,area,เครื่องพ่นละออง,fogger,ยูแอลวี,\n"
        "problem,mosquito,00220,,,ยุง,mosquitoes,ริ้นดำ,fogger:0.9\n",
        encoding="utf-8-sig",
    )
    lexicon = load_lexicon(extra)
    need = lexicon.find_concepts("ริ้นดำกัดเด็ก", asking=True)
    found = lexicon.agreement(need, lexicon.find_concepts("จัดซื้อเครื่องยูแอลวี"))
    assert (found.strength, found.need, found.project) == (0.9, "mosquito", "fogger")
    assert load_lexicon().find_concepts("ริ้นดำกัดเด็ก", asking=True) == Concepts()


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("thing,x,,,,ก,x,คำ,\n", "kind"),
        ("work,,,,,ก,x,คำ,\n", "id"),
        ("work,x,,nowhere,,ก,x,คำ,\n", "broader"),
        ("problem,x,,,,ก,x,คำ,nothing:1\n", "nothing"),
        ("problem,x,,,,ก,x,คำ,drain:much\n", "answers"),
    ],
)
def test_a_wrong_row_is_refused_with_its_number(tmp_path: Path, row: str, part: str) -> None:
    extra = tmp_path / f"{part}.csv"
    extra.write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(InputError, match=part) as error:
        load_lexicon(extra)
    assert "แถว 2" in error.value.th and "row 2" in error.value.en


def test_an_unreadable_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.csv"):
        load_lexicon(tmp_path / "absent.csv")
    bad = tmp_path / "cp874.csv"
    bad.write_bytes("kind,id\nwork,น้ำ\n".encode("cp874"))
    with pytest.raises(InputError, match=r"cp874\.csv"):
        load_lexicon(bad)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    found = load_lexicon().find_concepts(text, asking=True)
    assert all(0 < strength <= 1 for _, strength in found.works)
    assert plain(plain(text)) == plain(text)
