"""Slips of typing, conversion and reading in a name. Digits keep their values: a changed number is another work."""

from __future__ import annotations

import re

from benchmarks.project_dice import Dice

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TONES = "่้๊๋"
_MARKS = "่้๊๋์็ัิีึืุู"
_LOOKS = {
    "ก": "ถภ", "ถ": "กภ", "ค": "ดต", "ด": "คต", "ต": "ดค", "ช": "ซข", "ซ": "ช", "พ": "ฟผ", "ฟ": "พ", "ผ": "ฝพ", "ฝ": "ผ",
    "บ": "ปน", "ป": "บ", "น": "บม", "ม": "น", "ล": "ส", "ส": "ล", "ว": "ร", "ร": "ว", "ห": "ท", "ท": "ห", "ฎ": "ฏ", "ข": "ช",
    "โ": "ไ", "ไ": "โใ", "ใ": "ไ", "เ": "แ", "อ": "ฮ", "ี": "ิ", "ื": "ึ", "้": "่", "่": "้",
}  # fmt: skip
_DEBRIS = ("|", "’", ".", "_", "~", "‘", "-", "`")
_LETTERS = re.compile(r"[ก-ฮ]")
SLIPS = (
    *("thai_digits", "split_am", "lost_tone", "zero_width", "lost_letter", "double_letter", "misread", "debris"),
    *("no_spaces", "wide_spaces"),
)
#: How often each is met, of all slips.
_WEIGHTS = (0.20, 0.14, 0.12, 0.08, 0.07, 0.06, 0.14, 0.05, 0.08, 0.06)


def draw_slip(dice: Dice) -> str:
    """The name of one slip."""
    roll = dice.roll()
    for slip, weight in zip(SLIPS, _WEIGHTS, strict=True):
        roll -= weight
        if roll < 0:
            return slip
    return SLIPS[-1]


def make_slip(dice: Dice, text: str, slip: str) -> str:
    """``text`` with one slip in it; unchanged where it has no place for it."""
    if slip == "thai_digits":
        return text.translate(_TO_THAI)
    if slip == "split_am":
        return text.replace("ำ", "ํา")
    if slip == "no_spaces":
        return re.sub(r"(?<=[ก-๎]) (?=[ก-๎])", "", text)
    if slip == "wide_spaces":
        return text.replace(" ", "  ")
    return _at_letters(dice, text, slip)


def _at_letters(dice: Dice, text: str, slip: str) -> str:
    for _ in range(2 if slip in ("misread", "lost_tone", "zero_width") else 1):
        text = _at_one(dice, text, slip)
    return text


def _at_one(dice: Dice, text: str, slip: str) -> str:
    if slip == "lost_tone":
        places = [at for at, letter in enumerate(text) if letter in _TONES]
    elif slip == "misread":
        places = [at for at, letter in enumerate(text) if letter in _LOOKS]
    elif slip == "debris":
        places = [at for at, letter in enumerate(text) if letter == " "]
    else:
        places = [match.start() for match in _LETTERS.finditer(text)]
    if len(places) < 8 and slip not in ("lost_tone", "debris"):
        return text
    if not places:
        return text
    at = dice.pick(places)
    if slip == "lost_tone":
        return text[:at] + text[at + 1 :]
    if slip == "misread":
        return text[:at] + dice.pick(_LOOKS[text[at]]) + text[at + 1 :]
    if slip == "debris":
        return text[:at] + " " + dice.pick(_DEBRIS) + text[at:]
    if slip == "zero_width":
        return text[:at] + "\u200b" + text[at:]
    if slip == "double_letter":
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1 :] if text[at + 1 : at + 2] not in _MARKS else text
