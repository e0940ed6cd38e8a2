"""A ผ.02 printed from a browser: its PDF loses the tone marks that the font draws in a second shape."""

from __future__ import annotations

import base64
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tracegraph.ingest.pdf_files import read_pdf
from tracegraph.ingest.tables import Limits

pytestmark = pytest.mark.browser

_HEAD = """<tr><th rowspan=2>ที่<th rowspan=2>โครงการ<th rowspan=2>วัตถุประสงค์<th rowspan=2>เป้าหมาย<br>(ผลผลิตของโครงการ)
<th colspan=2>งบประมาณ<th rowspan=2>หน่วยงานรับผิดชอบหลัก<tr><th>2566<br>(บาท)<th>2567<br>(บาท)"""
_ITEM = (
    "โครงการปรับปรุงระบบประปาหมู่บ้าน เพื่อแก้ไขปัญหาน้ำดื่มน้ำใช้ในพื้นที่ หมู่ที่ {}",
    "เพื่อให้ประชาชนในท้องถิ่นมีน้ำสะอาดใช้อย่างทั่วถึง ลดความเสี่ยงต่อโรคที่เกิดขึ้นในฤดูแล้ง",
    "ระบบประปาที่ได้รับการปรับปรุงเพิ่มขึ้น ปีละ 1 แห่ง ทั้งสิ้น 5 แห่ง",
    "-",
    "1,500,000",
    "กองช่าง",
)


def _face(name: str, letters: str) -> str:
    font = files("tracegraph.report").joinpath("fonts", f"sarabun-{name}-400-normal.woff2").read_bytes()
    data = base64.b64encode(font).decode("ascii")
    return f"@font-face{{font-family:S;src:url(data:font/woff2;base64,{data});unicode-range:{letters}}}"


def test_a_printed_form_reads_as_it_was_shown(page: Page, tmp_path: Path) -> None:
    items = [(str(number), *(text.format(number) for text in _ITEM)) for number in range(1, 21)]
    rows = "".join(f"<tr><td>{'<td>'.join(cells)}" for cells in items)
    page.set_content(
        f"<meta charset=utf-8><style>{_face('thai', 'U+0E00-0E7F')}{_face('latin', 'U+0000-00FF')}"
        "body{font:12px S}table{border-collapse:collapse;width:100%}"
        "td,th{border:1px solid;padding:3px;vertical-align:top}"
        "</style><div>รายละเอียดโครงการพัฒนา</div><div>แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)</div>"
        f"<table><thead>{_HEAD}</thead>{rows}</table>"
    )
    page.evaluate("document.fonts.ready")
    path = tmp_path / "printed.pdf"
    page.pdf(path=path, format="A4", landscape=True)
    (table,) = read_pdf(path, Limits())
    assert [row.cells[0] for row in table.rows[:2]] == ["รายละเอียดโครงการพัฒนา", "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)"]
    found = [["".join(cell.split()) for cell in row.cells] for row in table.rows[4:]]
    assert found == [["".join(cell.split()) for cell in item] for item in items]
    assert len(set(table.pages.values())) > 1
