"""Words of the regions in the words of the lexicon (บ่มีน้ำ → ไม่มีน้ำ), so that each problem need be listed once only.

The table (``data/dialect.csv``: region, word, standard) holds words that are part of no other Thai word. What a person
typed is kept as it is; the standard form serves comparison.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tracegraph.thai.normalize import normalize


def to_standard(text: str) -> str:
    """The text with its regional words replaced; unchanged (not even normalized) where it has none."""
    pattern, standard = _pattern(), load_dialect()
    normal = normalize(text)
    if pattern.search(normal) is None:
        return text
    return pattern.sub(lambda found: standard[found[0]], normal)


@cache
def load_dialect() -> Mapping[str, str]:
    """Regional word → standard word."""
    text = files("tracegraph.link").joinpath("data/dialect.csv").read_text(encoding="utf-8")
    return {normalize(row["word"]): normalize(row["standard"]) for row in csv.DictReader(io.StringIO(text))}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(load_dialect(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))
