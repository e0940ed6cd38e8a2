"""``tracegraph score``: any pairs of loaded records by any of their ids, and what is said where it cannot be done."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tracegraph.cli.score import build_index, find_role_problem, read_pairs
from tracegraph.errors import InputError
from tracegraph.sample import sample_files

PAIRS = """label,left_id,right_id
รั้ว,KB-L-HN-07,KB-X-HN68-04
คนละซอย,KB-L-SK-02,KB-L-SK-19
ความต้องการ,KB-N-HN4-2,KB-L-HN-07
ไม่มี,KB-L-HN-07,ไม่มีรหัสนี้
เว้นวรรค, KB-L-HN-07 ,KB-X-HN68-04
ขาด,KB-L-HN-07
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The needs, plans and operation plans of the sample, loaded."""
    office = Office(tmp_path_factory.mktemp("score"))
    office.run("import", *(path for path in sample_files() if path.name[0] in "135"))
    return office


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS, encoding="utf-8-sig")
    return path


def test_each_pair_gets_probability_class_and_reason_and_keeps_its_columns(office: Office, pairs: Path) -> None:
    done = office.run("score", "same-work", pairs, "--format", "csv")
    rows = {row["label"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert list(rows["รั้ว"]) == ["label", "left_id", "right_id", "probability", "class", "reason"]
    assert float(rows["รั้ว"]["probability"]) > 0.9
    assert rows["รั้ว"]["class"] == "carried"
    assert rows["เว้นวรรค"]["probability"] == rows["รั้ว"]["probability"]
    assert float(rows["คนละซอย"]["probability"]) < 0.01
    assert "คนละซอย" in rows["คนละซอย"]["reason"]
    assert [rows[label]["probability"] for label in ("ความต้องการ", "ไม่มี", "ขาด")] == ["", "", ""]
    assert "both must be projects" in rows["ความต้องการ"]["reason"]
    assert "ไม่พบรหัส ไม่มีรหัสนี้" in rows["ไม่มี"]["reason"]
    assert "3 of 6 not scored" in done.stderr


def test_answers_take_the_need_on_either_side(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("left_id,right_id\nKB-N-HN4-2,KB-L-HN-07\nKB-L-HN-07,KB-N-HN4-2\n", encoding="utf-8")
    first, second = json.loads(office.run("score", "answers", path, "--format", "json").stdout)
    assert first["probability"] == second["probability"] > 0.5
    assert first["class"] is None


def test_where_no_pair_can_be_scored_the_command_fails(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "unknown.csv"
    path.write_text("left_id,right_id\nก,ข\n", encoding="utf-8")
    done = office.run("score", "same-work", path, "--format", "csv", status=1)
    assert "unknown id" in done.stdout


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"left_id,right_id\n\xff\xfe\x00\n"])
def test_a_file_without_pairs_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_pairs(path)
    assert "pairs.csv" in caught.value.th
    assert "pairs.csv" in caught.value.en


def test_cells_with_line_breaks_and_missing_cells_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text('left_id,right_id,note\r\na,b,"two\nlines"\r\nc\r\nd,e,f,too many\r\n', encoding="utf-8")
    headings, rows = read_pairs(path)
    assert headings == ["left_id", "right_id", "note"]
    assert [tuple(row.values()) for row in rows] == [("a", "b", "two\nlines"), ("c", "", ""), ("d", "e", "f")]


def test_ids_of_every_kind_lead_to_the_item() -> None:
    from tests.link.readers import make_item

    item = make_item("ก", uid="proj:1", source_id="A-1", file="plan.xlsx", sheet="ผ.02", row=7)
    need = make_item("ข", uid="need:1", role="need", file="f.csv", row=2)
    index = build_index([item, need])
    assert set(index) == {"proj:1", "A-1", "plan.xlsx#ผ.02#7", "need:1", "f.csv##2"}
    assert find_role_problem("same-work", item, item) is None
    assert find_role_problem("answers", need, item) is None
    assert find_role_problem("answers", item, item) is not None
