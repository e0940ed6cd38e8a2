"""Numbers, dates and cells as people read them; exports that no spreadsheet runs; labels that are all there."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import api
from api.formats import cell, number, percent, safe_cell, thai_date, write_csv
from api.i18n import label, load_labels, read_lang

TEMPLATES = Path(api.__file__).parent / "templates"


def test_numbers_and_shares() -> None:
    assert [number(v) for v in (None, 0, 1234567, 1234.5, 2.0)] == ["–", "0", "1,234,567", "1,234.5", "2"]
    assert [percent(v) for v in (None, 0.0, 0.5, 1 / 3)] == ["–", "0%", "50%", "33.3%"]


def test_dates_are_in_the_buddhist_era() -> None:
    assert thai_date("2025-10-31") == "31 ต.ค. 2568" == thai_date(date(2025, 10, 31))
    assert thai_date("2025-10-31T23:59:00+07:00", "en") == "31 Oct 2025"
    assert thai_date(None) == "" and thai_date("ภายใน ต.ค.") == "ภายใน ต.ค."


def test_cells_of_a_table() -> None:
    assert cell(["a", 1, None]) == "a, 1, " and cell(True) == "✓" and cell({"ก": 1}) == '{"ก": 1}'
    assert cell(2450000.0) == "2,450,000" and cell(2568) == "2568", "years have no separators"


@pytest.mark.parametrize("text", ["=1+1", "+66", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    assert safe_cell(text) == "'" + text
    written = write_csv([text], [{text: text}])
    for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"))):
        assert row[0].startswith("'")


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=20), min_size=1, max_size=4
    )
)
def test_what_is_written_is_read_again(values: list[str]) -> None:
    columns = [f"c{i}" for i in range(len(values))]
    written = write_csv(columns, [dict(zip(columns, values, strict=True))])
    _, row = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
    assert [text.removeprefix("'") for text in row] == [value.removeprefix("'") for value in values]


def test_numbers_stay_numbers_and_excel_is_told_the_encoding() -> None:
    assert safe_cell(-5.0) == -5.0 and safe_cell(["=a"]) == '["=a"]'
    assert write_csv(["ก"], []).startswith("\ufeff")


def test_every_label_of_the_pages_is_there_in_both_languages_and_used() -> None:
    labels = load_labels()
    for key, words in labels.items():
        assert words["th"] and words["en"], key
        assert set(re.findall(r"{(\w+)}", words["th"])) == set(re.findall(r"{(\w+)}", words["en"])), key
    code = "\n".join(p.read_text(encoding="utf-8") for p in Path(api.__file__).parent.rglob("*.py"))
    pages = "\n".join(p.read_text(encoding="utf-8") for p in TEMPLATES.glob("*.html"))
    on_pages = set(re.findall(r"""\bt\(["']([a-z_]+\.[a-z_]+)["']""", pages))
    assert on_pages and on_pages <= set(labels)
    used = on_pages | set(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", code + pages))
    built = (
        "nav.",
        "funnel.",
        "stage.",
        "state.",
        "topic.",
        "choice.",
        "unit.",
        "score.list.",
        "ladder.",
        "fate.",
        "table.",
        "import.step.",
    )  # keys put together from a code
    assert {key for key in set(labels) - used if not key.startswith(built)} == set(), "labels that nothing uses"


def test_languages() -> None:
    assert read_lang("en", "th") == "en" and read_lang(None, "en") == "en"
    assert read_lang("xx", "<script>") == "th" == read_lang(None, None)
    with pytest.raises(KeyError):
        label("no.such", "th")
