"""Names of uploaded files: kept as a person knows them, made harmless for every file system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from tracegraph.thai.graphemes import shorten

_LONGEST = 100  # graphemes; with Thai at three bytes a letter and marks this stays under 255 bytes with the ending
_MOST_BYTES = 200
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
#: A mapping file is no data: it goes with the data file of the same name, as the files of mended rows do.
MAPPING_ENDING = ".yaml"


def clean_name(name: str) -> str:
    """The last part of a name without what a file system or a message could stumble over; never empty.

    Thai marks stay; control, bidirectional and other invisible characters go.
    """
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )
    kept = " ".join(_FORBIDDEN.sub(" ", kept).split()).lstrip(". ").rstrip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = kept, ""
    stem = shorten(stem, _LONGEST)
    while len(f"{stem}.{ending}".encode()) > _MOST_BYTES:
        stem = stem[:-1]
    whole = f"{stem}.{ending}" if ending else stem
    return f"_{whole}" if _RESERVED.match(whole) else whole or "file"


def unique_name(name: str, taken: Collection[str]) -> str:
    """The name, numbered where a file system that ignores case would take it for another."""
    lower = {one.casefold() for one in taken}
    stem, dot, ending = name.rpartition(".")
    number, found = 1, name
    while found.casefold() in lower:
        number += 1
        found = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
    return found
