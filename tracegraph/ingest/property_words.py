"""The words for properties and for the reasons of columns, as a person reads them (``data/properties.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

_REASONS = (
    (re.compile(r"year in the heading"), "มีปีในหัวคอลัมน์"),
    (re.compile(r"heading known for .*"), "เป็นหัวคอลัมน์ที่รู้จัก"),
    (re.compile(r"mapping file (.*)"), r"ตามไฟล์ \1"),
)


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    text = files("tracegraph.ingest").joinpath("data", "properties.yaml").read_text(encoding="utf-8")
    return {str(name): (entry["th"], entry["en"]) for name, entry in yaml.safe_load(text).items()}


def property_words(name: str) -> tuple[str, str]:
    """What a property is called, in Thai and English; its own name where nothing is written down."""
    return _words().get(name, (name, name))


def has_words(name: str) -> bool:
    """Whether words are written down for a property."""
    return name in _words()


def reason_words(reason: str) -> tuple[str, str]:
    """Why a column was read so, in Thai and English."""
    th, between, en = reason.partition(" / ")
    if between:
        return th, en
    for pattern, words in _REASONS:
        if pattern.fullmatch(reason):
            return pattern.sub(words, reason), reason
    return reason, reason
