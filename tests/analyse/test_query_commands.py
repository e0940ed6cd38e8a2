"""query, align, process and calendar as commands: formats, messages, exit codes, on both engines."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracegraph.analyse.questions import ask, load_questions
from tracegraph.graph import Store

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_with(env: dict[str, str]) -> Run:
    def run(*words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J", "TRACEGRAPH"))}
        command = [sys.executable, "-m", "tracegraph", *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=clean | env)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="module")
def command(told: Store, engine_env: dict[str, str]) -> Run:
    return run_with(engine_env)


@pytest.fixture
def alone(tmp_path: Path) -> Run:
    """A command line with no data."""
    return run_with({"TRACEGRAPH_HOME": str(tmp_path / "none")})


def as_json(text: str) -> Any:
    return json.loads(text)


def test_query_in_json_and_csv_holds_the_header_s_columns(command: Run, told: Store) -> None:
    done = command("query", "needs_reach", "-p", "area=810401", "-p", "floor=facts", "--format", "json")
    expected = ask(told, "needs_reach", {"area": "810401", "floor": "facts"}).rows
    assert as_json(done.stdout) == expected
    assert "12 แถว" in done.stderr
    page = command("query", "needs_reach", "--limit", "2", "--offset", "1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(page.stdout)))
    assert [row["need_id"] for row in rows] == ["N02", "N03"]
    assert tuple(rows[0]) == load_questions()["needs_reach"].columns
    assert "ยังมีอีก" in page.stderr


def test_query_resolves_ids(command: Run) -> None:
    rows = as_json(command("query", "trace_need", "-p", "need=N01", "--format", "json").stdout)
    assert rows[1]["to_id"] == "A3"
    missing = command("query", "trace_need", "-p", "need=ZZ", status=1)
    assert "ZZ" in missing.stderr
    assert missing.stdout == ""


def test_align_shows_both_values_and_fractions(command: Run) -> None:
    rows = as_json(command("align", "--scope", "area", "--uid", "810401", "--format", "json").stdout)
    by_part = {row["part"]: row for row in rows}
    assert (by_part["reach"]["facts_numerator"], by_part["reach"]["with_suggestions_numerator"]) == (0, 1)
    assert (by_part["overall"]["facts"], by_part["overall"]["with_suggestions"]) == (36.1, 42.5)
    table = command("align", "--scope", "project", "--uid", "A6")
    assert "coverage is no measure" in table.stdout
    assert "A6" in table.stderr


def test_calendar_adds_what_is_late(command: Run) -> None:
    done = command("calendar", "--month", "6", "--as-of", "2026-11-23", "--format", "json")
    rows = as_json(done.stdout)
    assert {row["record"] for row in rows} == {"duty", "late"}
    assert next((row["uid"], row["days_late"]) for row in rows if row["record"] == "late") == ("plan:P9", 54)
    table = command("calendar", "--month", "6", "--as-of", "2026-11-23", "--area", "8104").stdout
    assert "แผน L1" in table
    assert "แผน P9" not in table


def test_questions_are_listed_without_data(alone: Run) -> None:
    rows = as_json(alone("query", "--list", "--format", "json").stdout)
    assert {row["name"] for row in rows} == set(load_questions())
    assert "needs_reach" in alone("query", "--list").stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("query",), 2, "--list"),
        (("query", "needs_reech"), 1, "needs_reach"),
        (("query", "needs_reach", "-p", "area"), 2, "area=8104"),
        (("query", "needs_reach", "-p", "area=81", "-p", "area=82"), 2, "area=82"),
        (("query", "needs_reach", "-p", "flor=1"), 2, "floor"),
        (("query", "needs_reach", "-p", "floor=2"), 2, "facts"),
        (("query", "trace_need"), 2, "need"),
        (("query", "needs_reach", "--format", "xml"), 2, "xml"),
        (("align", "--scope", "village"), 2, "village"),
        (("align", "--floor", "9"), 2, "--floor"),
        (("calendar", "--month", "13"), 2, "13"),
        (("calendar", "--as-of", "tomorrow"), 2, "tomorrow"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_engine_starts(
    alone: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    done = alone(*words, status=status)
    assert said in done.stderr
    assert done.stdout == ""


def test_an_office_s_file_with_a_slip_is_named(tmp_path: Path) -> None:
    (tmp_path / "tracegraph.yaml").write_text("alignment: {weights: {rich: 1}}", encoding="utf-8")
    done = run_with({"TRACEGRAPH_HOME": str(tmp_path)})("align", status=2)
    assert "tracegraph.yaml" in done.stderr
    assert "reach" in done.stderr


def test_process_as_table_json_and_picture(alone: Run, tmp_path: Path) -> None:
    rows = as_json(alone("process", "--format", "json").stdout)
    assert len([row for row in rows if row["record"] == "plan_kind"]) == 21
    assert len([row for row in rows if row["record"] == "flow"]) == 42
    by_id = {row["id"]: row for row in rows}
    assert by_id["B04"]["readings"].count(" | ") == 1
    assert "ประมวล" in by_id["B07"]["letter_words"]
    assert "แผนพัฒนาตำบล" in by_id["PK02"]["names_2569"]
    table = alone("process").stdout
    assert "PK12" in table
    assert "T12" in table
    picture = tmp_path / "ผัง.svg"
    done = alone("process", "--picture", str(picture))
    assert done.stdout == ""
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_calendar_without_data_is_the_letter_s(alone: Run) -> None:
    done = alone("calendar", "--month", "10")
    assert "PK11" in done.stdout
    assert "ยังไม่มีข้อมูล" in done.stderr
