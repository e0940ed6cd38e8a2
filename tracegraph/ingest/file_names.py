"""Names for files that are written beside others: safe on Windows, macOS and Linux, and unlike each other."""

from __future__ import annotations

import re
from collections.abc import Collection

_FORBIDDEN = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))))
_MOST_BYTES = 150  # in UTF-8; systems take 255, and an ending and a number come after


def safe_stem(text: str, taken: Collection[str] = ()) -> str:
    """The text as a file's name without its ending; ``taken`` are names that it must differ from in any case."""
    stem = " ".join(_FORBIDDEN.sub("_", text).split()).strip(". ") or "ไฟล์"
    if stem.split(".")[0].casefold() in _DEVICES:
        stem = f"_{stem}"
    stem = _shortened(stem, _MOST_BYTES)
    used = {name.casefold() for name in taken}
    name, number = stem, 1
    while name.casefold() in used:
        number += 1
        name = f"{stem} ({number})"
    return name


def _shortened(text: str, most: int) -> str:
    data = text.encode("utf-8")
    return text if len(data) <= most else data[:most].decode("utf-8", errors="ignore").rstrip(". ")
