"""An office's own words: every wrong cell is told, a changed table is read again, and the evidence names the row."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.link.answers.pairs import need, project
from tracegraph.errors import InputError
from tracegraph.link import answers
from tracegraph.link.lexicon import find_lexicon, load_lexicon
from tracegraph.link.lexicon_table import COLUMNS, OWN

HEAD = ",".join(COLUMNS) + "\n"
FOGGER = "work,fogger,00220,dengue,area,เครื่องพ่นละออง,fogger,ยูแอลวี,\n"
MIDGE = "problem,mosquito,,,,,,ริ้นดำ,fogger:0.9\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_the_office_table_of_the_data_folder_is_used_and_read_again_when_it_changes(tmp_path: Path) -> None:
    assert find_lexicon(tmp_path) is load_lexicon()
    own = write(tmp_path / OWN, HEAD + FOGGER + MIDGE)
    first = find_lexicon(tmp_path)
    assert first.find_concepts("ริ้นดำกัดเด็ก", asking=True).problems == ("mosquito",)
    assert find_lexicon(tmp_path) is first
    write(own, HEAD + FOGGER)
    os.utime(own, ns=(1, 1))
    assert find_lexicon(tmp_path).find_concepts("ริ้นดำกัดเด็ก", asking=True).problems == ()


def test_the_row_that_made_a_match_is_in_the_evidence(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path / OWN, HEAD + FOGGER + MIDGE))
    asked, offered = need("ริ้นดำกัดเด็กทุกวัน"), project("จัดซื้อเครื่องยูแอลวี")
    (link,) = answers.propose([asked], [offered], lexicon=lexicon)
    (concept,) = [part for part in link.evidence if part.feature == "concept"]
    assert "lexicon.csv:3" in concept.left and "lexicon.csv:2" in concept.right
    assert answers.propose([asked], [offered]) == []
    (shipped,) = answers.propose([need("น้ำท่วมขังในซอย")], [project("ก่อสร้างรางระบายน้ำ หมู่ที่ 3", 3)])
    (concept,) = [part for part in shipped.evidence if part.feature == "concept"]
    assert "problem_solution.csv:" in concept.left and "problem_solution.csv:" in concept.right


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("thing,x,,,,ก,x,คำ,", "kind", "thing"),
        ("work,ชื่อ ไทย,,,,ก,x,คำ,", "id", "ชื่อ ไทย"),
        ("problem,drain,,,,ก,x,คำ,", "id", "drain"),
        ("work,x,12,,,ก,x,คำ,", "programme", "12"),
        ("work,x,,nowhere,,ก,x,คำ,", "broader", "nowhere"),
        ("work,x,,drain,,ก,x,คำ,", "broader", "drain"),
        ("work,x,,,everywhere,ก,x,คำ,", "reach", "everywhere"),
        ("work,x,,,,ก,x,,", "phrases", ""),
        ("work,x,,,,ก,x,คำ|ก,", "phrases", "ก"),
        ("work,x,,,,ก,x,-คำ,", "phrases", "-คำ"),
        ("problem,x,,,,ก,x,คำ,nothing:1", "answers", "nothing:1"),
        ("problem,x,,,,ก,x,คำ,drain:much", "answers", "drain:much"),
        ("problem,x,,,,ก,x,คำ,drain:2", "answers", "drain:2"),
        ("problem,x,,,,ก,x,คำ,drain:1,more", "", "more"),
    ],
)
def test_a_wrong_cell_is_told_with_file_row_column_found_and_expected(
    tmp_path: Path, row: str, column: str, found: str
) -> None:
    with pytest.raises(InputError) as error:
        load_lexicon(write(tmp_path / "own.csv", HEAD + FOGGER + row + "\n"))
    for message, words in (
        (error.value.th, ("แถว 3", "พบ", "ต้องเป็น")),
        (error.value.en, ("row 3", "found", "expected")),
    ):
        assert all(part in message for part in ("own.csv", column, found, *words))
    assert error.value.hint_th and error.value.hint_en


def test_all_wrong_cells_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load_lexicon(write(tmp_path / "own.csv", HEAD + "thing,x,,,,ก,x,คำ,\n" * 12 + "work,,,,,ก,x,คำ,\n"))
    assert "row 2" in error.value.en and "row 11" in error.value.en and "(+3)" in error.value.en


@pytest.mark.parametrize(
    ("head", "column"), [("kind,id\n", "phrases"), ("kind,id,phrases,colour\n", "colour"), ("", "kind")]
)
def test_wrong_headings_are_told(tmp_path: Path, head: str, column: str) -> None:
    with pytest.raises(InputError, match=column) as error:
        load_lexicon(write(tmp_path / "own.csv", head))
    assert "row 1" in error.value.en


def test_order_of_columns_and_blank_rows_do_not_matter(tmp_path: Path) -> None:
    text = "phrases,id,kind,answers\nริ้นดำ,mosquito,problem,dengue:1\n,,,\n\n"
    lexicon = load_lexicon(write(tmp_path / "own.csv", text))
    assert lexicon.find_concepts("ริ้นดำ", asking=True).problems == ("mosquito",)
