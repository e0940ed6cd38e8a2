"""Alignment declared above the headings and in cells, in the spellings of plan books."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.ingest.declared import find_declared
from tracegraph.ingest.declared_lines import LAO_PROVINCE, read_declared_line
from tracegraph.ingest.entry_names import CLEAR, NOT_THIS, bare_name, entries_of, find_named, like
from tracegraph.ingest.problems import problem_codes


def declared(line: str) -> list[str]:
    return [d.entry.uid if d.entry else f"{d.list_id}({d.number})" for d in read_declared_line(line)]


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5. ด้านการสร้างการเติบโตบนคุณภาพชีวิตที่เป็นมิตรกับสิ่งแวดล้อม", ["NS:5"]),
        ("ก. ยุทธศาสตร์ชาติ ๒๐ ปี (พ.ศ. ๒๕๖๑ - ๒๕๘๐) ด้านที่ ๔", ["NS:4"]),
        ("ก.ยุทธศาสตร์ชา\u200bติ 20 ปี ข้อ 2, 3 และ 5", ["NS:2", "NS:3", "NS:5"]),
        ("ยุทธศาสตร์ชาติ ด้านความมั่นคง", ["NS:1"]),
        ("ยุทธศาสตร์ชาติ ยุทธศาสตร์ที่ 1 ด้านความมั่นคง และยุทธศาสตร์ที่ 6 ด้านการปรับสมดุล", ["NS:1", "NS:6"]),
        ("ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13 (พ.ศ. 2566 - 2570) หมุดหมายที่ 4, 8", ["M13:4", "M13:8"]),
        ("ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติฉบับที่ ๑๓ หมุดหมายที่ ๑๐ ไทยมีเศรษฐกิจหมุนเวียน", ["M13:10"]),
        ("สอดคล้องกับหมุดหมายที่ 13 ไทยมีภาครัฐที่ทันสมัย", ["M13:13"]),
        ("ค. เป้าหมายการพัฒนาที่ยั่งยืน (SDGs) เป้าหมายที่ 3 และ 11", ["SDG:3", "SDG:11"]),
        ("ค. Sustainable Development Goals (SDGs) เป้าหมายที่ 6 น้ำสะอาด และเป้าหมายที่ 14", ["SDG:6", "SDG:14"]),
        ("SDGs 6, 14", ["SDG:6", "SDG:14"]),
        ("แผนแม่บทภายใต้ยุทธศาสตร์ชาติ ประเด็นที่ 19 การบริหารจัดการน้ําทั้งระบบ", ["MP:19"]),
        ("แผนแม่บทภายใต้ยุทธศาสตร์ชาติ (19) การบริหารจัดการน้ำทั้งระบบ", ["MP:19"]),
        ("ยุทธศาสตร์ชาติด้านที่ 2 / หมุดหมายที่ 5 / SDGs เป้าหมายที่ 9", ["NS:2", "M13:5", "SDG:9"]),
        ("ค. SDGs เป้าหมายที่ 15 ระบบนิเวศบนบก ลดลงร้อยละ 20", ["SDG:15"]),
        ("ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 12 ยุทธศาสตร์ที่ 1", ["M12(1)"]),  # a list that is not shipped
    ],
)
def test_every_entry_of_a_national_list_that_a_line_names(line: str, entries: list[str]) -> None:
    assert declared(line) == entries
    found = read_declared_line(line)
    assert all(d.words == " ".join(line.split()) and not d.problem for d in found)


@pytest.mark.parametrize(
    ("line", "list_id", "province", "number", "name"),
    [
        ("ง. ยุทธศาสตร์จังหวัดที่ 6. ยกระดับการค้า", "PV", "", "6", "ยกระดับการค้า"),
        ("ง. ยุทธศาสตร์จังหวัดเพชรน้ำ ที่ 3 คุณภาพชีวิต", "PV", "เพชรน้ำ", "3", "คุณภาพชีวิต"),
        ("ง. แผนพัฒนาจังหวัดเพชรน้ำ (พ.ศ. 2566-2570) ประเด็นการพัฒนาที่ 2 เกษตร", "PV", "เพชรน้ำ", "2", "เกษตร"),
        ("จ. ยุทธศาสตร์การพัฒนาของ อปท. ในเขตจังหวัดเพชรน้ำ ยุทธศาสตร์ที่ 4 การศึกษา", LAO_PROVINCE, "เพชรน้ำ", "4", "การศึกษา"),
        ("จ. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นในเขตจังหวัดเพชรน้ํา ยุทธศาสตร์ที่ 2", LAO_PROVINCE, "เพชรน้ำ", "2", ""),
        ("ฉ. ยุทธศาสตร์กลุ่มจังหวัดลุ่มน้ำใหญ่ ที่ 2 การท่องเที่ยว", "CL", "ลุ่มน้ำใหญ่", "2", "การท่องเที่ยว"),
        ("แผนพัฒนาภาคกลาง แนวทางที่ 3", "RG", "", "3", ""),
    ],
)
def test_lists_that_are_imported_wait_with_province_and_number(
    line: str, list_id: str, province: str, number: str, name: str
) -> None:
    (found,) = read_declared_line(line)
    assert (found.list_id, found.province, found.number, found.name) == (list_id, province, number, name)
    assert found.entry is None and not found.problem


@pytest.mark.parametrize(
    "line",
    [
        "1. ยุทธศาสตร์เทศบาลตำบลดอนตาลด้านโครงสร้างพื้นฐาน",
        "1.1 แนวทางการพัฒนาเส้นทางคมนาคม",
        "(1) แผนงานสาธารณสุข",
        "โครงการก่อสร้างถนนตามยุทธศาสตร์ชาติ",
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)",
        "เทศบาลตำบลดอนตาล จังหวัดเพชรน้ำ",
        "ยุทธศาสตร์ที่ 5 การพัฒนาด้านสังคม",
        "",
        ". ",
    ],
)
def test_lines_that_declare_no_list(line: str) -> None:
    assert read_declared_line(line) == ()


@pytest.mark.parametrize(
    ("line", "uid"),
    [
        ("ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5 ด้านความมั่นคง", "NS:1"),
        ("ค. SDGs เป้าหมายที่ 20 การศึกษาที่เท่าเทียม", "SDG:4"),
    ],
)
def test_where_number_and_name_disagree_the_name_holds_and_it_is_told(line: str, uid: str) -> None:
    (found,) = read_declared_line(line)
    assert found.entry is not None and found.entry.uid == uid
    assert found.problem == "declared-disagrees" in problem_codes()
    assert found.expected.startswith(uid)


@pytest.mark.parametrize(
    ("line", "uid"),
    [
        ("ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5. ด้านกา", "NS:5"),  # cut off
        ("ค. SDGs เป้าหมายที่ 8 ส่งเสริมเศรษฐกิจชุมชน", "SDG:8"),  # words of one's own
        ("ค. SDGs เป้าหมายที่ 11 เมืองน่าอยู่", "SDG:11"),
    ],
)
def test_words_that_name_no_other_entry_leave_the_number(line: str, uid: str) -> None:
    (found,) = read_declared_line(line)
    assert found.entry is not None and (found.entry.uid, found.problem) == (uid, "")


@pytest.mark.parametrize(
    ("line", "list_id", "problem"),
    [
        ("ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติฉบับที่ 13", "M13", "declared-without-entry"),
        ("ค. Sustainable Development Goals (SDGs) เป้าหมา", "SDG", "declared-without-entry"),
        ("จ. ยุทธศาสตร์การพัฒนาของ อปท. ในเขตจังหวัดเพชร", LAO_PROVINCE, "declared-without-entry"),
        ("ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 9", "NS", "strategy-unknown"),
        ("ก. ยุทธศาสตร์ชาติ ด้านการกีฬา", "NS", "strategy-unknown"),
    ],
)
def test_a_list_without_an_entry_is_a_problem(line: str, list_id: str, problem: str) -> None:
    (found,) = read_declared_line(line)
    assert (found.list_id, found.entry, found.problem, found.expected) == (list_id, None, problem, list_id)
    assert problem in problem_codes()


@pytest.mark.parametrize(
    ("list_id", "words", "uid"),
    [
        ("NS", "ด้านความมั่งคง", "NS:1"),
        ("NS", "การพัฒนาและเสริมสร้างศักยภาพคน", "NS:3"),
        ("NS", "การสร้างโอกาสความเสมอภาคและเท่าเทียมกันทางสังคม", "NS:4"),
        ("NS", "ปรับสมดุลและพัฒนาระบบบริหารจัดการภาครัฐ", "NS:6"),
        ("M13", "พื้นที่และเมืองอัจฉริยะ", "M13:8"),
        ("SDG", "เมืองและถิ่นฐานมนุษย์ที่ยั่งยืน", "SDG:11"),
        ("SDG", "น้ำสะอาดและการสุขาภิบาล", "SDG:6"),
        ("MP", "การบริหารจัดการน้ำทังระบบ", "MP:19"),
        ("MP", "การเกษตร", "MP:3"),
    ],
)
def test_names_in_other_spellings(list_id: str, words: str, uid: str) -> None:
    found = find_named(list_id, words)
    assert found is not None and found.entry.uid == uid


@pytest.mark.parametrize(
    ("list_id", "words"), [("SDG", "การพัฒนาที่ยั่งยืน"), ("SDG", "เป้าหมา"), ("NS", "ด้านการ"), ("M13", "ไทยมี")]
)
def test_words_that_several_entries_or_none_share_name_none(list_id: str, words: str) -> None:
    assert find_named(list_id, words) is None


def test_entries_of_one_list_are_told_apart() -> None:
    for list_id in ("NS", "MP", "M13", "SDG"):
        names = {number: bare_name(entry.name) for number, entry in entries_of(list_id).items()}
        closest = max(like(names[a], (names[b],)) for a in names for b in names if a != b)
        assert closest < NOT_THIS + 0.1 < CLEAR


def test_cells_of_the_table_are_read_alike() -> None:
    disagreeing = find_declared("NS", "5 ด้านความมั่นคง")
    assert [entry.uid for entry, _ in disagreeing.entries] == ["NS:1"]
    (told,) = disagreeing.disagreements
    assert told.by_number is not None and (told.by_number.uid, told.by_name.uid) == ("NS:5", "NS:1")
    assert [e.uid for e, _ in find_declared("M13", "หมุดหมายที่ 10 ไทยมีเศรษฐกิจหมุนเวียน").entries] == ["M13:10"]
    assert [e.uid for e, _ in find_declared("SDG", "9,11").entries] == ["SDG:9", "SDG:11"]
    assert [e.uid for e, _ in find_declared("MP", "การท่องเที่ยว, การเกษตร").entries] == ["MP:5", "MP:3"]
    assert find_declared("NS", "ด้านการกีฬา").unknown == ("ด้านการกีฬา",)


@given(st.text(alphabet="ยุทธศาสตร์ชาติ20ปีที่หมุดหมายSDGs 5,()และ.เป้าจังหวัดกลุ่ม\u200b", max_size=80))
def test_any_line_is_read_without_failing(line: str) -> None:
    for found in read_declared_line(line):
        assert found.words == " ".join(line.split())
