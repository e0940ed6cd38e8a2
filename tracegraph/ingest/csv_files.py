"""Read a CSV file of unknown encoding and delimiter, as Excel in a Thai office writes it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tracegraph.errors import FileRefused
from tracegraph.ingest.tables import Limits, Row, Table

_DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONSONANTS = "ก-ฮ"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
#: A mark above or below that stands on nothing: in Thai text it needs a consonant or another mark before it.
_LOOSE_MARK = re.compile(f"(?<![{_CONSONANTS}{_MARKS}])[{_MARKS}]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_FEW_CONTROLS = 5  # more than these, and more than one in fifty: bytes of something else, not a damaged text
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_TELLING = 500_000  # letters that are looked at to tell Thai from another language in the same bytes
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def read_csv(path: Path, limits: Limits) -> list[Table]:
    """The one table of a CSV file, rows numbered from 1 as a spreadsheet shows them."""
    text = decode(path.read_bytes(), path.name)
    declared = re.match(r"sep=(.)\r?\n", text)
    body = text[declared.end() :] if declared else text
    delimiter = declared.group(1) if declared else find_delimiter(body)
    rows: list[Row] = []
    lines = csv.reader(_iter_lines(body), delimiter=delimiter)
    try:
        for number, cells in enumerate(lines, start=2 if declared else 1):
            if len(cells) > limits.max_columns:
                width = len(cells)
                raise _unshaped(path.name, f"{width:,} คอลัมน์ในแถว {number}", f"{width:,} columns in row {number}")
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(cells)))
            if len(rows) > limits.max_rows:
                raise _unshaped(path.name, f"เกิน {limits.max_rows:,} แถว", f"more than {limits.max_rows:,} rows")
    except csv.Error as error:
        raise _unshaped(path.name, f"บรรทัด {lines.line_num}: {error}", f"line {lines.line_num}: {error}") from error
    return [Table(file=path.name, sheet="", rows=tuple(rows))]


def _iter_lines(text: str) -> Iterator[str]:
    """Lines with their ends, one at a time: a file in memory would hold the whole text again at twice its size."""
    return (match[0] for match in _LINE.finditer(text))


def _unshaped(name: str, th: str, en: str) -> FileRefused:
    return FileRefused(
        f"{name}: อ่านเป็นตาราง CSV ไม่ได้ ({th})",
        f"{name}: cannot be read as a CSV table ({en})",
        hint_th="ตรวจเครื่องหมายคำพูดที่เปิดแล้วไม่ปิด หรือบันทึกใหม่เป็น .xlsx",
        hint_en="look for a quotation mark that is never closed, or save as .xlsx",
    )


def decode(data: bytes, name: str) -> str:
    """Text of the bytes; FileRefused names the encodings that were tried.

    A byte-order mark decides; then the zero bytes of UTF-16 without one; then UTF-8 must fit exactly; then
    TIS-620 (as its superset CP874), which fits almost any bytes and so must also look like Thai.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data, encoding, name)
    if (wide := _find_wide(data)) is not None:
        return _decode_marked(data, wide, name)
    tried = ["UTF-8"]
    try:
        return _require_text(data.decode("utf-8"), name, tried)
    except UnicodeDecodeError:
        tried += ["UTF-16", "TIS-620/CP874"]
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError as error:
        raise _undecoded(name, tried) from error
    if not looks_thai(_telling(text)):
        raise _undecoded(name, tried)
    return _require_text(text, name, tried)


def _telling(text: str) -> str:
    """As much of the text as tells its language, from its first letter beyond ASCII."""
    beyond = re.search("[^\x00-\x7f]", text)
    at = beyond.start() if beyond else 0
    return text[at : at + _TELLING]


def looks_thai(text: str) -> bool:
    """True where the letters beyond ASCII read as Thai: nearly all Thai, and marks stand on consonants."""
    beyond = [char for char in text if ord(char) > 127]
    thai = [char for char in beyond if _THAI.match(char)]
    if not thai or len(thai) < 0.9 * len(beyond):
        return False
    marks = sum(1 for char in thai if re.match(f"[{_MARKS}]", char))
    runs = len(re.findall(f"{_THAI.pattern}+", text))
    if len(thai) < 2 * runs or (len(thai) >= 40 and marks < 0.05 * len(thai)):
        return False
    return len(_LOOSE_MARK.findall(text)) <= 0.1 * max(marks, 10)


def _find_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Thai text is 0x0E and of ASCII text is 0."""
    sample = data[:4000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if len(high) >= 8 and sum(byte in (0x00, 0x0E) for byte in high) > 0.9 * len(high):
            return encoding
    return None


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    try:
        return _require_text(data.decode(encoding), name, [encoding.upper()])
    except UnicodeDecodeError as error:
        raise _undecoded(name, [encoding.upper()]) from error


def _require_text(text: str, name: str, tried: list[str]) -> str:
    control = _CONTROL.search(text)
    if control is None:
        return text
    if len(_CONTROL.findall(text)) > max(_FEW_CONTROLS, len(text) // 50):
        raise _undecoded(name, tried)
    line, sign = text.count("\n", 0, control.start()) + 1, f"U+{ord(control[0]):04X}"
    raise FileRefused(
        f"{name}: บรรทัด {line:,} มีอักขระควบคุม {sign} ที่ไม่มีในไฟล์ข้อความ ไฟล์อาจเสียหาย",
        f"{name}: line {line:,} has the control character {sign}, which no text file has; the file may be damaged",
        hint_th="ขอไฟล์ต้นฉบับ หรือลบอักขระนั้น แล้วบันทึกเป็น 'CSV UTF-8' หรือ .xlsx",
        hint_en="ask for the original file, or delete the character and save as 'CSV UTF-8' or .xlsx",
    )


def _undecoded(name: str, tried: list[str]) -> FileRefused:
    return FileRefused(
        f"{name}: ไม่รู้จักรหัสอักขระของไฟล์ (ลองแล้ว: {', '.join(tried)})",
        f"{name}: unknown text encoding (tried: {', '.join(tried)})",
        hint_th="เปิดด้วย Excel แล้วบันทึกเป็น 'CSV UTF-8' หรือ .xlsx",
        hint_en="open it with Excel and save as 'CSV UTF-8' or .xlsx",
    )


def find_delimiter(text: str) -> str:
    """The delimiter that gives the most even rows; a comma where none does."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(csv.reader(_iter_lines(text), delimiter=delimiter), 60))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if any(row)]
        width = max(set(widths), key=widths.count, default=1)
        score = (widths.count(width) / max(len(widths), 1) if width > 1 else 0.0, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best
