"""Text that a spreadsheet shows and never runs."""

from __future__ import annotations

import re

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
_HARMLESS = re.compile(r"[-+] ?[0-9][0-9,. ]*|-+")  # a negative number, or dashes for "nothing"


def begins_formula(text: str) -> bool:
    """True for a cell of a CSV that a spreadsheet would take for a formula."""
    return text.startswith(_FORMULA_START) and not _HARMLESS.fullmatch(text)


def safe_cell(text: str) -> str:
    """The text as a spreadsheet will show and never run it: what begins like a formula gets an apostrophe."""
    return f"'{text}" if begins_formula(text) else text
