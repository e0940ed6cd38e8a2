"""Broken Thai of PDF files: what is mended, and that correct Thai comes back as it is."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.thai.repair import repair, repair_text

MENDED = {
    "อาํ เภอ": "อำเภอ",
    "กาํ หนด": "กำหนด",
    "บรู ณาการ": "บูรณาการ",
    "เพ่อื บรู ณาการ": "เพื่อบูรณาการ",
    "พ้นท่ี": "พื้นที่",
    "พ้ืนท่ี": "พื้นที่",
    "จังหวดั": "จังหวัด",
    "จังหวดั กระบี่": "จังหวัด กระบี่",
    "ตอ้ ง": "ต้อง",
    "ใหบ้ ริการ": "ให้บริการ",
    "ทัง้ หมด": "ทั้งหมด",
    "ท้งั หมด": "ทั้งหมด",
    "โครงการกอ่ สรา้ งถนน": "โครงการก่อสร้างถนน",
    "ปรับปรงุ ถนน": "ปรับปรุง ถนน",
    "ทอ้ งถ่นิ": "ท้องถิ่น",
    "เพ่อื": "เพื่อ",
    "คณุ ภาพ": "คุณภาพ",
    "ยุทธศาสตรท์ ่ี ๑": "ยุทธศาสตร์ที่ ๑",
    "หมทู่ ี่ 3": "หมู่ที่ 3",
    "ด าเนินการ": "ดำเนินการ",
    "จ านวน 5 แห่ง": "จำนวน 5 แห่ง",
    "น้ าประปา": "น้ำประปา",
    "ส านักปลัด": "สำนักปลัด",
    "ดาเนินการ": "ดำเนินการ",
    "สำนักงานประจาปี": "สำนักงานประจำปี",
    "น\u0e4d\u0e49า": "น้ำ",
    "น\u0e49\u0e4dา": "น้ำ",
    "นำ\u0e49": "น้ำ",
    "น\uf70b\u0e4dา": "น้ำ",
    "ที\uf70aดิน": "ที่ดิน",
    "ส า ธ า ร ณ ะ": "สาธารณะ",
    "ส ำ นั ก ง า น": "สำนักงาน",
    "ถ น น": "ถ น น",
    "ก า ร": "การ",
    "สาธารณ ะ": "สาธารณะ",
    "เเผนพัฒนา": "แผนพัฒนา",
    "เ เผนงาน": "แผนงาน",
    "เ ทศบาล": "เทศบาล",
    "ขึ้ นทะเบียน": "ขึ้นทะเบียน",
    "พื้ นที่": "พื้นที่",
    "พั ฒนา": "พัฒนา",
    "ท ี่": "ที่",
    "ที่่": "ที่",
    "â¤Ã§¡ÒÃ¡èÍÊÃéÒ§¶¹¹ ËÁÙè·Õè 3": "โครงการก่อสร้างถนน หมู่ที่ 3",
    "·Õè": "ที่",
    "สำ\ufffdนักง\ufffdน": "สำนักงาน",
    "สำ\ufffdนักง\ufffdนปลัด": "สำนักงานปลัด",
    "แผนพัฒนาท้องถิ\ufffdน": "แผนพัฒนาท้องถิ่น",
    "เป\ufffcาหมายที\ufffcคาดว่า": "เป้าหมายที่คาดว่า",
    "น\ufffcาประปา": "น้ำประปา",
    "แก้ไขป\ufffcญหาในพื\ufffcนที\ufffc": "แก้ไขปัญหาในพื้นที่",
    "เรื\ufffcองการเชื\ufffcอมั\ufffcน": "เรื่องการเชื่อมั่น",
    "ป\ufffcละ 1 ครั\ufffcง": "ปีละ 1 ครั้ง",
}
LEFT_ALONE = (
    "โครงการก่อสร้างถนน ค.ส.ล. หมู่ที่ ๓ บ้านทุ่ง ขาว",
    "ครู บ้าน ที่ ดิน",
    "ค ส ล",
    "ก ข ค ง",
    "จังหวัดเชียงใหม่ 1 ชุด",
    "แก่นักเรียน ให้นักเรียน",
    "น้าประไพ อาเขต",
    "ฯลฯ ต่าง ๆ เดิม ๆ",
    "รถจอดดู ทำให้",
    "ณ วัดสิงห์ สิทธิ์ พันธุ์",
    "พ.ศ. ๒๕๖๗ - ๒๕๗๐ (บาท)",
    "ซ่อมแซม\nถนน  สองช่อง",
    "PVC Ø 0.60 เมตร x 2",
    "37 °C ± 5 Café Müller ½ ×",
    "ÄÖÜß",
    "",
)


@pytest.mark.parametrize(("broken", "whole"), MENDED.items())
def test_broken_text_is_mended(broken: str, whole: str) -> None:
    assert repair_text(broken) == whole
    assert repair_text(whole) == whole


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_correct_text_comes_back_as_it_is(text: str) -> None:
    assert repair(text).text == text
    assert repair(text).reasons == ()


def test_letters_that_nothing_restores_are_counted_and_kept() -> None:
    found = repair("บ้านฆ\ufffdฑฌ\ufffd (cid:12)(cid:7)")
    assert found.lost == 4
    assert "\ufffd" in found.text
    assert repair("(cid:3)").lost == 1


def test_the_kinds_of_damage_are_named() -> None:
    assert repair("ที\uf70a ด าเนินการ").reasons == ("private-glyphs", "split-marks")


@given(st.text(alphabet=st.sampled_from([*map(chr, range(0x0E01, 0x0E5C)), " ", "\n", "a", "1", "\ufffd", "\uf70a"])))
def test_any_text_is_taken_and_only_spaces_and_marks_go(text: str) -> None:
    found = repair(text)
    assert len(found.text) <= len(text) + text.count("\u0e32")
    assert found.text.count("\n") == text.count("\n")
    assert sum(letter in "กขคง" for letter in found.text) == sum(letter in "กขคง" for letter in text)


# What no correct Thai word can hold: a mark on nothing, two marks of one kind, a vowel without its letter.
_MARK = "ัิ-ฺ็-๎"
_BROKEN = re.compile(
    f"เ ?เ|ํ|[^ก-ฮ{_MARK}][{_MARK}]|^[{_MARK}]|[{_MARK}]{{3,}}|([{_MARK}])\\1|[่-๋์][ัิ-ู็]|[าำ][{_MARK}าำ]|ะะ"
    "|(?<![ก-ฮ่-๋])[ะาำ]|[เ-ไ](?![ก-ฮ])|[ัื][่-๋]?(?![ก-ฮ่-๋])|[่-๋์][่-๋์]|[\uf700-\uf71a\ufffd]"
)


def _sample_texts() -> set[str]:
    folder = files("tracegraph.sample")
    found: set[str] = set()
    for entry in folder.iterdir():
        if entry.name.endswith(".csv"):
            rows = csv.reader(entry.read_text(encoding="utf-8-sig").splitlines())
            found.update(cell for row in rows for cell in row if not cell.isascii())
    return found


def _real_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.csv*")):
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig") as f
        ):
            for row in csv.reader(f):
                yield from (cell for cell in row if not cell.isascii())


def test_the_sample_comes_back_as_it_is() -> None:
    texts = {text for text in _sample_texts() if "\u0e4d" not in text}  # ํา is in the sample on purpose
    assert len(texts) > 400
    assert {text: repair_text(text) for text in texts if repair_text(text) != text} == {}


@pytest.mark.shared
def test_real_records_come_back_as_they_are(shared: Path) -> None:
    texts = {text for text in _real_texts(shared / "data") if not _BROKEN.search(text)}
    changed = [(text, repair_text(text)) for text in texts if repair_text(text) != text]
    assert len(texts) > 60_000
    assert len(changed) <= len(texts) * 0.001, changed[:20]


def _word_splits_am(text: str) -> str:
    """As PDF files of Word give ำ: a space and า."""
    return text.replace("ำ", " า")


def _marks_in_wrong_order(text: str) -> str:
    return re.sub("([ิ-ู])([่-๋])", r"\2\1", text)


def _marks_slide(text: str) -> str:
    """One consonant to the right and a space behind, where a consonant follows twice ("ต้อง" → "ตอ้ ง")."""
    return re.sub("([ก-ฮ])([่-ุู๋])([ก-ฮ])(?=[ก-ฮ])", r"\1\3\2 ", text)


def _tones_get_lost(text: str) -> str:
    """As PDF files of browsers lose them: the mark above another vowel, or beside a tall letter, has no name."""
    return re.sub("([ปฝฟ])[ั็่้ิี]", "\\1\ufffc", re.sub("([ัิ-ื])[่-๋์]", "\\1\ufffc", text))


@pytest.mark.parametrize(
    ("damage", "least"),
    [(_word_splits_am, 0.99), (_marks_in_wrong_order, 1.0), (_marks_slide, 0.7), (_tones_get_lost, 0.95)],
)
def test_damage_done_to_the_sample_is_mended(damage: Callable[[str], str], least: float) -> None:
    texts = [text for text in _sample_texts() if damage(text) != text and "\u0e4d" not in text]
    mended = [text for text in texts if repair_text(damage(text)).replace(" ", "") == text.replace(" ", "")]
    assert len(texts) > 50
    assert len(mended) >= len(texts) * least, f"{len(mended)} of {len(texts)}"
