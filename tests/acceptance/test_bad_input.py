"""Files as they should not be: what is said, what is quarantined, what went in, and that refusals change nothing.

Every test runs ``tracegraph import`` as a process of its own, which joins the engine that this process has open, and
looks at the graph before and after. A full disk, a killed import, a wrong password and a port in use: tests/graph.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.acceptance.office import Office
from tracegraph.graph import Store, open_store
from tracegraph.settings import Settings

OWNER = ("--owner", "อบต.คลองเขม้า")  # tambon 810804
HEADINGS = ["id", "หมู่ที่", "โครงการ", "2566", "2567"]
GOOD = ["OK1", "3", "ขุดลอกคลองส่งน้ำ", "5000", ""]


class Desk:
    """A data folder, an engine open on it, and files to import."""

    def __init__(self, home: Path, store: Store) -> None:
        self.office, self.store = Office(home), store
        self.said = ""

    def state(self) -> list[str]:
        """Every node and link with all properties but the times of runs, in one order."""
        nodes = self.store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS said", {})
        links = self.store.read(
            "MATCH (a)-[r]->(b) RETURN a.uid AS a, type(r) AS t, b.uid AS b, properties(r) AS said", {}
        )
        return sorted(repr(sorted(row.items(), key=str)) for row in [*nodes, *links])

    def take(self, *files: Path, status: int = 0, owner: Sequence[str] = OWNER) -> list[dict[str, str]]:
        """Import; the rows of the table by file, with the messages left in ``said``."""
        done = self.office.run("import", "--format", "csv", *owner, *files, status=status)
        self.said = done.stderr
        assert "Traceback" not in done.stderr
        return list(csv.DictReader(io.StringIO(done.stdout)))

    def report(self) -> Path:
        """The folder of the latest report, as the command tells it."""
        return Path(next(line for line in self.said.splitlines() if "report: " in line).partition("report: ")[2])

    def lines(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV of the latest report, as a spreadsheet reads them."""
        with (self.report() / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def projects(self, prefix: str) -> dict[str, dict[str, Any]]:
        """Current projects by source id."""
        rows = self.store.read(
            "MATCH (p) WHERE (p:Project OR p:Need) AND p.current AND p.source_id STARTS WITH $start"
            " RETURN p.source_id AS id, properties(p) AS said",
            {"start": prefix},
        )
        return {row["id"]: row["said"] for row in rows}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("bad")
    with open_store(Settings(home=home)) as store:
        yield Desk(home, store)


def write_csv(path: Path, *rows: Sequence[str], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def _zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "no workbook")
    return path


def _cut(path: Path) -> Path:
    write_xlsx(path, แผน=[HEADINGS, *([f"T{n}", "3", f"ถนนสาย {n}", "5", ""] for n in range(300))])
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def _bytes(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


def _rows(*rows: Sequence[str]) -> Callable[[Path], Path]:
    return lambda path: write_csv(path, *rows)


# A compound file (the container of old .xls and of encrypted workbooks) with the stream that encrypted ones have.
_ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
REFUSED: dict[str, tuple[str, Callable[[Path], Path], str, str, str]] = {
    "unknown encoding": (
        "a.csv", _bytes("id,村,事業\r\n1,二,道路整備計画\r\n".encode("shift_jis")),
        "ไม่รู้จักรหัสอักขระ", "unknown text encoding (tried: UTF-8, UTF-16, TIS-620/CP874)", "CSV UTF-8",
    ),
    "no headings": (
        "b.csv", _rows(["ก", "ข", "ค"], ["1", "2", "3"]),
        "ไม่พบแถวหัวคอลัมน์", "no row of known headings", "--mapping",
    ),
    "missing heading": (
        "c.csv", _rows(["id", "หมู่ที่", "งบ 2566"], ["1", "2", "3"]),
        "ขาดหัวคอลัมน์", "no heading says what each row is", "โครงการ",
    ),
    "doubled heading": (
        "d.csv", _rows(["id", "โครงการ", "โครงการ", "2566"], ["1", "ถนน", "สะพาน", "3"]),
        "สองคอลัมน์ใช้เป็นค่าเดียวกัน", "two columns hold the same property (name)", "--mapping",
    ),
    "doubled year": (
        "e.csv", _rows(["id", "โครงการ", "2566", "2566"], ["1", "ถนน", "5", "3"]),
        "สองคอลัมน์ใช้เป็นค่าเดียวกัน", "two columns hold the same property (money): '2566' and '2566'", "--mapping",
    ),
    "no bytes": ("f.csv", _bytes(b""), "ไฟล์ว่าง", "the file is empty (0 bytes)", "copy or download"),
    "empty cells": ("g.csv", _rows(["", ""], ["", ""]), "ไม่มีข้อมูลในไฟล์", "nothing in the file", "worksheet"),
    "headings only": ("h.csv", _rows(HEADINGS), "มีแต่หัวคอลัมน์", "headings only, no rows", "worksheet"),
    "a sheet of nothing": (
        "i.xlsx", lambda path: write_xlsx(path, ว่าง=[]),
        "ไม่มีข้อมูลในไฟล์", "nothing in the file", "worksheet",
    ),
    "a picture": ("j.xlsx", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(50)), "รูปภาพ PNG", "is a PNG picture", "Excel"),
    "a zip": ("k.xlsx", _zip, "ไม่พบแถวหัวคอลัมน์", "letter.txt: no row of known headings", "three known headings"),
    "cut off": ("l.xlsx", _cut, "ไฟล์เสียหรือไม่ครบ", "damaged or cut off", "download or copy"),
    "encrypted": ("m.xlsx", _bytes(_ENCRYPTED), "ตั้งรหัสผ่าน", "has a password", "take the password off"),
    "nul": (
        "n.csv", _bytes("id,โครงการ,2566\r\nA,ถนน\0ดิน,5\r\n".encode()),
        "บรรทัด 2", "line 2 has the control character U+0000", "delete",
    ),
    "bell": (
        "o.csv", _bytes("id,โครงการ,2566\r\nA,ถนน\x07ดิน,5\r\n".encode()),
        "อักขระควบคุม", "control character U+0007", "delete",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_changes_nothing_and_says_what_to_do(desk: Desk, tmp_path: Path, case: str) -> None:
    name, write, th, en, hint = REFUSED[case]
    before = desk.state()
    assert desk.take(write(tmp_path / name), status=1) == []
    assert f"ผิดพลาด: {name}" in desk.said and f"error: {name}" in desk.said
    assert th in desk.said and en in desk.said
    (told,) = (line for line in desk.said.splitlines() if line.startswith("คำแนะนำ / hint: "))
    assert hint in told
    assert "ไม่มีอะไรเปลี่ยน / 1 files refused" in desk.said and "nothing was changed" in desk.said
    assert desk.state() == before


def test_a_file_of_300_mb_is_refused_before_it_is_read(desk: Desk, tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(300 * 1024 * 1024)  # sparse: takes no room on the disk
    try:
        before = desk.state()
        assert desk.take(big, status=1) == []
        assert "big.csv: ไฟล์ใหญ่ 315 MB เกินที่รับได้ 200 MB" in desk.said
        assert "315 MB is more than the 200 MB taken" in desk.said and "split the file" in desk.said
        assert desk.state() == before
    finally:
        big.unlink()


def test_refused_files_do_not_keep_the_others_out(desk: Desk, tmp_path: Path) -> None:
    bad = [REFUSED[case][1](tmp_path / REFUSED[case][0]) for case in ("no bytes", "a zip", "doubled heading")]
    good = write_csv(tmp_path / "good.csv", HEADINGS, GOOD)
    (row,) = desk.take(*bad, good, status=1)
    assert (row["file"], row["loaded"], row["new"]) == ("good.csv", "1", "1")
    assert "ไม่รับ 3 ไฟล์" in desk.said and "the others went in" in desk.said
    assert set(desk.projects("OK")) == {"OK1"}
    report = json.loads((desk.report() / "report.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in report["refused"]] == [path.name for path in bad]
    assert all(one["th"] and one["en"] and one["hint_th"] and one["hint_en"] for one in report["refused"])


def test_an_empty_sheet_beside_a_full_one_is_left_out(desk: Desk, tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "two.xlsx", ว่าง=[], แผน=[HEADINGS, ["S1", "3", "สร้างศาลา", 5, None]])
    (row,) = desk.take(book)
    assert (row["rows"], row["loaded"]) == ("1", "1") and "S1" in desk.projects("S")


def test_a_text_file_called_xlsx_is_read_as_the_table_that_it_is(desk: Desk, tmp_path: Path) -> None:
    (row,) = desk.take(write_csv(tmp_path / "text.xlsx", HEADINGS, ["TX1", "3", "ปลูกต้นไม้", "5", ""]))
    assert row["loaded"] == "1" and desk.projects("TX")["TX1"]["amounts"] == [5.0]


def test_money_that_is_no_plain_number(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["M1", "3", "ซ่อมถนนสายหนึ่ง", "5000000 (เงินอุดหนุน)", "-"],
        ["M2", "4", "ซ่อมถนนสายสอง", "#REF!", "1,000"],
        ["M3", "4", "#REF!", "1", "2"],
        ["M4", "4", "-", "1", "2"],
    ]
    (row,) = desk.take(write_csv(tmp_path / "money.csv", HEADINGS, *rows))
    assert (row["rows"], row["loaded"], row["quarantined"], row["warnings"]) == ("4", "2", "2", "2")
    found = desk.projects("M")
    assert {name: (p["years"], p["amounts"]) for name, p in found.items()} == {
        "M1": ([2566], [5000000.0]),  # a dash is no money that year
        "M2": ([2567], [1000.0]),
    }
    assert found["M1"]["fund_source"] == "เงินอุดหนุน"
    assert "อ่านเงินเป็น 5,000,000.00 บาท" in desk.said and "read as 5,000,000.00 baht" in desk.said
    assert "อ่านจำนวนเงินไม่ได้ พบ ‘#REF!’" in desk.said and "type digits only" in desk.said
    kept = desk.lines("quarantine.csv")
    assert [
        (r["id"], r["ไฟล์/file"], r["แถว/row"], r["คอลัมน์/column"], r["ปัญหา/problem"], r["พบ/found"]) for r in kept
    ] == [
        ("M3", "money.csv", "4", "โครงการ", "name-is-formula", "#REF!"),
        ("M4", "money.csv", "5", "โครงการ", "no-name", "-"),
    ]
    assert "Paste values" in kept[0]["คำอธิบาย"] and "paste it as a value" in kept[0]["explanation"]
    lines = desk.lines("problems.csv")
    assert [(r["แถว/row"], r["คอลัมน์/column"]) for r in lines] == [
        ("4", "โครงการ"), ("5", "โครงการ"), ("2", "2566"), ("3", "2566"),
    ]  # fmt: skip


def test_years_and_village_numbers(desk: Desk, tmp_path: Path) -> None:
    headings = ["id", "หมู่ที่", "ความต้องการ", "ปี"]
    rows = [
        ["Y1", "3", "ขุดลอกคลองบน", "66"],
        ["Y2", "3", "ซ่อมถนนล่าง", "2566"],
        ["Y3", "3", "ทำสะพานไม้", "2023"],
        ["Y4", "๓", "ทำประปาใหม่", "ปีหน้า"],
        ["Y5", "99", "ทำเสียงตามสาย", "2567"],
        ["Y6", "250", "ทำศาลาพัก", "2567"],
    ]
    (row,) = desk.take(write_csv(tmp_path / "needs.csv", headings, *rows))
    assert (row["loaded"], row["warnings"]) == ("6", "3")
    found = desk.projects("Y")
    assert [found[f"Y{n}"]["year"] for n in (1, 2, 3, 5)] == [2566, 2566, 2566, 2567]
    assert [found[f"Y{n}"]["area"] for n in range(1, 7)] == ["81080403"] * 4 + ["810804"] * 2
    assert found["Y5"]["village_no"] == 99  # kept as typed, not believed
    assert "อ่านปีไม่ได้ พบ ‘ปีหน้า’" in desk.said and "use a 4-digit Buddhist year" in desk.said
    assert "หมู่ที่ ‘99’ ไม่มีในตำบลใดของไทย" in desk.said and "no Thai tambon has a village ‘99’" in desk.said
    assert "อ่านหมู่ที่ไม่ได้ พบ ‘250’" in desk.said and "type a number from 1 to 40" in desk.said


def test_a_place_that_does_not_exist_and_one_that_exists_twice(desk: Desk, tmp_path: Path) -> None:
    headings = ["id", "ตำบล", "อำเภอ", "จังหวัด", "โครงการ", "2566"]
    rows = [
        ["P1", "เมืองทิพย์", "", "", "ขุดคลองเหนือ", "5"],
        ["P2", "หนองบัว", "", "", "ขุดคลองใต้", "6"],
        ["P3", "ทรายขวา", "คลองท่อม", "กระบี่", "ขุดคลองออก", "7"],
        ["P4", "ทรายขาว", "คลองท่อม", "กระบี่", "ขุดคลองตก", "8"],
    ]
    (row,) = desk.take(write_csv(tmp_path / "places.csv", headings, *rows))
    assert (row["loaded"], row["warnings"]) == ("4", "3")
    found = desk.projects("P")
    assert [found[f"P{n}"].get("area") for n in range(1, 5)] == ["810804", None, "810404", "810404"]
    sure = [found[f"P{n}"].get("area_confidence") or 0 for n in range(1, 5)]
    assert sure[1] == 0 < sure[0] < 0.5 < sure[2] < sure[3]
    assert "ไม่พบพื้นที่ชื่อ ‘ต.เมืองทิพย์’" in desk.said and "check the spelling" in desk.said
    assert "มีพื้นที่ชื่อ ‘ต.หนองบัว’ หลายแห่ง" in desk.said and "so none was chosen" in desk.said
    (homonym,) = (r for r in desk.lines("problems.csv") if r["ปัญหา/problem"].endswith("place-ambiguous"))
    assert homonym["คอลัมน์/column"] == "ตำบล" and homonym["ควรเป็น/expected"].count("หนองบัว ") >= 2
    assert "อ่านเป็น ทรายขาว คลองท่อม กระบี่" in desk.said


def test_ids_that_are_used_twice(desk: Desk, tmp_path: Path) -> None:
    rows = [["D1", "3", "ถนนสายบน", "5", ""], ["D1", "4", "ถนนสายล่าง", "6", ""], ["D1", "3", "ถนนสายบน", "5", ""]]
    (row,) = desk.take(write_csv(tmp_path / "ids.csv", HEADINGS, *rows, ["D2", "4", "ถนนสายกลาง", "6", ""]))
    assert (row["rows"], row["loaded"], row["merged"], row["quarantined"]) == ("4", "2", "1", "1")
    assert {name: p["name"] for name, p in desk.projects("D").items()} == {"D1": "ถนนสายบน", "D2": "ถนนสายกลาง"}
    (kept,) = desk.lines("quarantine.csv")
    assert (kept["โครงการ"], kept["แถว/row"], kept["คอลัมน์/column"]) == ("ถนนสายล่าง", "3", "id")
    assert "รหัส ‘D1’ ใช้แล้วในแถว 2" in desk.said and "id ‘D1’ stands in row 2 already" in desk.said


def test_a_link_to_an_unknown_id_waits_and_is_told(desk: Desk, tmp_path: Path) -> None:
    plan = write_csv(tmp_path / "ends.csv", HEADINGS, ["L1", "3", "ลานกีฬา", "5", ""], ["L2", "4", "ลานตาก", "6", ""])
    links = write_csv(
        tmp_path / "known_links.csv",
        ["from", "to", "kind", "reason"],
        ["L1", "L2", "CARRIED_TO", "หนังสือแจ้ง"],
        ["L1", "L3", "CARRIED_TO", ""],
        ["L1", "", "CARRIED_TO", ""],
        ["L1", "L2", "BECAME", ""],
    )
    rows = {row["file"]: row for row in desk.take(plan, links)}
    assert (rows[links.name]["loaded"], rows[links.name]["quarantined"]) == ("1", "3")
    assert "ไม่พบรหัส L3 ในข้อมูล" in desk.said and "id L3 is not in the data" in desk.said
    assert "check the id, or import the file that has it" in desk.said
    kept = desk.lines("quarantine.csv")
    assert [(r["แถว/row"], r["คอลัมน์/column"], r["ปัญหา/problem"], r["พบ/found"]) for r in kept] == [
        ("3", "to", "unknown-id", "L3"),
        ("4", "to", "no-ends", "L1 →"),
        ("5", "kind", "link-kind-unknown", "BECAME"),
    ]
    carried = "MATCH (a {source_id: 'L1'})-[r:CARRIED_TO]->(b) RETURN b.source_id AS id, r.status AS status"
    assert desk.store.read(carried, {}) == [{"id": "L2", "status": "declared"}]
    desk.take(write_csv(tmp_path / "later.csv", HEADINGS, ["L3", "5", "ลานอเนกประสงค์", "7", ""]))
    assert sorted(row["id"] for row in desk.store.read(carried, {})) == ["L2", "L3"]


def test_text_that_looks_like_a_formula_stays_text(desk: Desk, tmp_path: Path) -> None:
    headings = [*HEADINGS, "วัตถุประสงค์"]
    rows = [
        ["F1", "3", "=cmd|' /C calc'!A0", "5", "", "=1+1"],
        ["F2", "3", "+ซ่อมคลอง", "5", "", "=HYPERLINK(1)"],
        ["F3", "3", "@ซ่อมฝาย", "5", "", "-"],
    ]
    (row,) = desk.take(write_csv(tmp_path / "formulas.csv", headings, *rows))
    assert (row["loaded"], row["quarantined"]) == ("2", "1")
    found = desk.projects("F")
    assert (found["F2"]["name"], found["F3"]["name"]) == ("+ซ่อมคลอง", "@ซ่อมฝาย")
    assert found["F2"]["objective"] == "=HYPERLINK(1)"
    for name in ("quarantine.csv", "problems.csv"):
        for line in desk.lines(name):
            assert not any(cell.startswith(("=", "+", "@")) for cell in line.values())
    (kept,) = desk.lines("quarantine.csv")
    assert kept["โครงการ"] == "'=cmd|' /C calc'!A0" and kept["วัตถุประสงค์"] == "'=1+1"


def test_a_workbooks_formulas_are_not_evaluated(desk: Desk, tmp_path: Path) -> None:
    rows = [HEADINGS, ["X1", 3, "=1+1", 5, None], ["X2", 3, "ซ่อมท่อ_x0007_เก่า", "=A1", 6]]
    (row,) = desk.take(write_xlsx(tmp_path / "formulas.xlsx", แผน=rows))
    assert (row["loaded"], row["quarantined"]) == ("1", "1")
    (found,) = desk.projects("X").values()
    assert (found["name"], found["years"], found["amounts"]) == ("ซ่อมท่อเก่า", [2567], [6.0])
    (kept,) = desk.lines("quarantine.csv")
    assert (kept["แผ่นงาน/sheet"], kept["แถว/row"], kept["พบ/found"]) == ("แผน", "2", "'=1+1")


def test_marks_without_a_glyph_do_not_turn_messages_around(desk: Desk, tmp_path: Path) -> None:
    rows = [["B1", "3", "ซ่อม\u202eบันได\u202c\u200b", "5", ""], ["B1", "4", "ซ่อม\u202eรั้ว", "1\u202e2 บาท", ""]]
    (row,) = desk.take(write_csv(tmp_path / "marks.csv", HEADINGS, *rows, ["B2", "4", "ทาสี", "\u202eสามร้อย", ""]))
    assert (row["loaded"], row["quarantined"]) == ("2", "1")
    assert desk.projects("B")["B1"]["name"].startswith("ซ่อม\u202eบันได")  # the original is kept
    assert "\u202e" not in desk.said and "สามร้อย" in desk.said


def test_a_quarantined_file_mended_and_imported_again_takes_the_place_of_the_first(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mended.csv"
    desk.take(write_csv(path, HEADINGS, ["Q1", "3", "ทำรั้ว", "5", ""], ["Q2", "4", "#REF!", "6", ""]))
    assert set(desk.projects("Q")) == {"Q1"}
    (row,) = desk.take(write_csv(path, HEADINGS, ["Q1", "3", "ทำรั้ว", "5", ""], ["Q2", "4", "ทำประตู", "6", ""]))
    assert (row["new"], row["unchanged"], row["quarantined"]) == ("1", "1", "0")
    assert set(desk.projects("Q")) == {"Q1", "Q2"}
    before = desk.state()
    (row,) = desk.take(path)
    assert (row["new"], row["changed"], row["unchanged"], row["superseded"]) == ("0", "0", "2", "0")
    assert "ไม่มีอะไรเปลี่ยน" in desk.said
    after = desk.state()
    assert [line for line in after if "'Run'" not in line] == [line for line in before if "'Run'" not in line]
