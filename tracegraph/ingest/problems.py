"""What was found in a file, in the words of ``data/problems.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from tracegraph.model.records import Problem

# Marks without a glyph; some turn the rest of a line around, so that a message would say something else than it does.
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SHOWN = 200  # characters of a cell that a message repeats; the quarantine file has the whole cell


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: file, worksheet, row (None for the whole table) and column heading."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str | None = None


@cache
def _catalog() -> Mapping[str, Mapping[str, str]]:
    text = files("tracegraph.ingest").joinpath("data", "problems.yaml").read_text(encoding="utf-8")
    catalog: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return catalog


def problem_codes() -> tuple[str, ...]:
    """Every code that a problem can have."""
    return tuple(_catalog())


def make_problem(code: str, place: Place, found: str = "", expected: str = "", **words: object) -> Problem:
    """A problem of the catalog with its words filled in; KeyError for a code that is not in it."""
    entry = _catalog()[code]
    values = {"found": _quoted(found), "expected": expected, **words}
    return Problem(
        code=code,
        severity=entry["severity"],
        file=place.file,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        found=found,
        expected=expected,
        th=entry["th"].format(**values),
        en=entry["en"].format(**values),
    )


def _quoted(found: str) -> str:
    text = " ".join(_INVISIBLE.sub("", found).split())
    return f"‘{text[:_SHOWN]}…’" if len(text) > _SHOWN else f"‘{text}’"
