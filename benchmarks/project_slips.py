"""Slips of typing, conversion and reading in a name. Digits keep their values: a changed number is another work."""

from __future__ import annotations

import re

from benchmarks.project_dice import Dice

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TONES = "่้๊๋"
_LOOKS = {
    "ก": "ถภ", "ถ": "กภ", "ค": "ดต", "ด": "คต", "ต": "ดค", "ช": "ซข", "ซ": "ช", "พ": "ฟผ", "ฟ": "พ",
    "ผ": "ฝพ", "ฝ": "ผ", "บ": "ปน", "ป": "บ", "น": "บม", "ม": "น", "ล": "ส", "ส": "ล", "ว": "ร",
    "ร": "ว", "ห": "ท", "ท": "ห", "ฎ": "ฏ", "ข": "ช", "โ": "ไ", "ไ": "โใ", "ใ": "ไ", "เ": "แ",
    "อ": "ฮ", "ี": "ิ", "ื": "ึ", "้": "่", "่": "้",
}  # fmt: skip
_DEBRIS = ("|", "’", ".", "_", "~", "‘", "-", "`")
_LETTERS = re.compile(r"[ก-ฮ]")
_BARE = re.compile(r"[ก-ฮ](?![ัิ-ฺ็-๎])")
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
        places = _find_places(text, slip)
        if places:
            at = dice.pick(places)
            text = text[:at] + _change(dice, text[at], slip) + text[at + 1 :]
    return text


def _find_places(text: str, slip: str) -> list[int]:
    """Where the slip may fall."""
    if slip == "lost_tone":
        return [at for at, letter in enumerate(text) if letter in _TONES]
    if slip == "misread":
        return [at for at, letter in enumerate(text) if letter in _LOOKS]
    if slip == "debris":
        return [at for at, letter in enumerate(text) if letter == " "]
    if slip == "lost_letter":  # a letter that bears no mark: the mark would be left alone
        return [match.start() for match in _BARE.finditer(text)]
    return [match.start() for match in _LETTERS.finditer(text)]


def _change(dice: Dice, letter: str, slip: str) -> str:
    """What stands where ``letter`` stood."""
    if slip == "misread":
        return dice.pick(_LOOKS[letter])
    if slip == "debris":
        return f" {dice.pick(_DEBRIS)} "
    return {"zero_width": "\u200b" + letter, "double_letter": letter * 2}.get(slip, "")
