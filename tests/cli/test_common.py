"""Output of lists: three formats, widths of Thai text, nothing lost."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from tracegraph.cli.common import cell_width, render, render_table

COLUMNS = ("รหัส", "ชื่อ", "บาท", "ทาง")
ROWS = [
    {"รหัส": "A", "ชื่อ": "น้ำท่วมขังหน้าตลาด", "บาท": 1150000.0, "ทาง": ["a", "b"]},
    {"รหัส": "B", "ชื่อ": 'ถนน "คสล." ซอย 2\nหมู่ที่ ๓', "บาท": None, "ทาง": []},
]


def test_tone_marks_take_no_column() -> None:
    assert cell_width("น้ำ") == 2  # นอ and สระอำ; the tone mark stands above
    assert cell_width("ที่") == 1
    assert cell_width("ก\u200bข") == 2


def test_table_is_aligned() -> None:
    lines = render_table(COLUMNS, ROWS).splitlines()
    starts = {cell_width(line[: line.index("1,150,000")]) for line in lines if "1,150,000" in line}
    assert starts == {cell_width(lines[0][: lines[0].index("บาท")])}


def test_long_cells_end_in_an_ellipsis_and_never_split_a_mark_from_its_letter() -> None:
    text = "ที่" * 80
    (line,) = render_table(("x",), [{"x": text}], limit=10).splitlines()[2:]
    assert line == "ที่" * 9 + "…"


def test_json_keeps_values() -> None:
    assert json.loads(render(COLUMNS, ROWS, "json")) == ROWS


def test_csv_round_trip() -> None:
    rows = list(csv.DictReader(io.StringIO(render(COLUMNS, ROWS, "csv"))))
    assert rows[1]["ชื่อ"] == ROWS[1]["ชื่อ"]
    assert json.loads(rows[0]["ทาง"]) == ["a", "b"]


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=90)), max_size=4))
def test_any_text_renders_one_line_a_row(rows: list[dict[str, str]]) -> None:
    assert render_table(COLUMNS, rows).count("\n") >= len(rows) + 1
