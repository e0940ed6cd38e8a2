"""Model files: the office's own before the shipped one, and files that are no model of this version."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tracegraph.errors import InputError
from tracegraph.link.same_work.model import CURRENT, OFFICE_FILE, find_model, load_model, read_table


def office_table() -> dict[str, Any]:
    return {**deepcopy(read_table()), "format": 1, "name": f"{CURRENT}+office-1"}


def write(path: Path, table: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_office_s_model_is_used_and_named_where_there_is_one(tmp_path: Path) -> None:
    assert find_model(tmp_path) is load_model()
    assert find_model(None) is load_model()
    write(tmp_path / OFFICE_FILE, office_table())
    found = find_model(tmp_path)
    assert found.name == f"{CURRENT}+office-1"
    assert found.method.startswith("same-work-")
    assert found.method.endswith("+office-1")
    assert found.features == load_model().features


def other_format(table: dict[str, Any]) -> object:
    return {**table, "format": 2}


def other_job(table: dict[str, Any]) -> object:
    return {**table, "name": "answers-1"}


def no_feature(table: dict[str, Any]) -> object:
    del table["features"]["village"]
    return table


def unknown_feature(table: dict[str, Any]) -> object:
    table["features"]["weather"] = {"levels": {"fine": 1.0}}
    return table


def no_number(table: dict[str, Any]) -> object:
    table["features"]["village"]["levels"]["same"] = float("nan")
    return table


def a_text(table: dict[str, Any]) -> object:
    table["features"]["village"]["levels"]["same"] = "มาก"
    return table


def weak_veto(table: dict[str, Any]) -> object:
    table["features"]["village"]["levels"]["differs"] = -1.0
    return table


def curve_in_disorder(table: dict[str, Any]) -> object:
    table["features"]["whole_name"]["curve"].reverse()
    return table


def no_object(table: dict[str, Any]) -> object:
    return [table]


BREAKS = (
    other_format, other_job, no_feature, unknown_feature, no_number, a_text, weak_veto, curve_in_disorder, no_object,
)  # fmt: skip


@pytest.mark.parametrize("break_it", BREAKS)
def test_a_file_that_does_not_fit_is_refused_in_both_languages_and_never_replaced_in_silence(
    break_it: Any, tmp_path: Path
) -> None:
    write(tmp_path / OFFICE_FILE, break_it(office_table()))
    with pytest.raises(InputError) as caught:
        find_model(tmp_path)
    assert "same_work.json" in caught.value.th
    assert "same_work.json" in caught.value.en
    assert "tracegraph train" in caught.value.hint_en


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{", b"[" * 100_000, "น้ำ".encode("cp874")])
def test_bytes_that_are_no_json_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"model\.json"):
        load_model(path)
