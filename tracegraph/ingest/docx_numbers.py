"""Numbers that Word writes by itself before a paragraph: without them the column ลำดับ of many tables is empty."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVEL = re.compile("%([1-9])")
_LEVELS = 9
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class ListNumbers:
    """The running numbers of a document; ask for each paragraph once, in reading order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """What Word writes before this paragraph ('3.', '๑)', '-'), '' for most paragraphs."""
        number_id, level = self._list_of(paragraph)
        abstract = self.lists.get(number_id)
        if abstract is None or not 0 <= level < _LEVELS:
            return ""
        levels = self.levels.get(abstract, {})
        own = levels.get(level, _Level())
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        restart = self.restarts.pop((number_id, level), None)
        before = counts[level]
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = own.start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if own.form == "bullet":
            return own.text if own.text in ("-", "–", "*", "o") else "•"
        return _LEVEL.sub(lambda found: _shown(int(found[1]) - 1, counts, levels), own.text)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = paragraph.find("pPr")
        if properties is None:
            return "", 0
        style = properties.find("pStyle")
        number_id, level = self.styles.get(style.get("val", ""), ("", 0)) if style is not None else ("", 0)
        stated = properties.find("numPr")
        if stated is not None:
            number_id = _value(stated, "numId", number_id)
            level = _whole(_value(stated, "ilvl", str(level)), 0)
        return number_id, level


def read_numbers(numbering: Element | None, styles: Element | None) -> ListNumbers:
    """The lists that ``word/numbering.xml`` and ``word/styles.xml`` define (either may be absent)."""
    numbers = ListNumbers()
    for entry in numbering if numbering is not None else ():
        if entry.tag == "abstractNum":
            levels = {_whole(level.get("ilvl"), 0): _read_level(level) for level in entry.iter("lvl")}
            numbers.levels[entry.get("abstractNumId", "")] = levels
        elif entry.tag == "num":
            number_id = entry.get("numId", "")
            numbers.lists[number_id] = _value(entry, "abstractNumId", "")
            for override in entry.iter("lvlOverride"):
                if override.find("startOverride") is not None:
                    start = _whole(_value(override, "startOverride", "1"), 1)
                    numbers.restarts[number_id, _whole(override.get("ilvl"), 0)] = start
    found = {style.get("styleId", ""): style for style in styles.iter("style")} if styles is not None else {}
    for name in found:
        numbers.styles[name] = _style_list(name, found)
    return numbers


def _read_level(level: Element) -> _Level:
    return _Level(
        _whole(_value(level, "start", "1"), 1), _value(level, "numFmt", "decimal"), _value(level, "lvlText", "")
    )


def _style_list(name: str, styles: dict[str, Element]) -> tuple[str, int]:
    """List and level of a paragraph style, its own or that of a style it is based on."""
    for _ in range(20):  # chains that run in a circle end here
        style = styles.get(name)
        if style is None:
            break
        stated = style.find("pPr/numPr")
        if stated is not None:
            return _value(stated, "numId", ""), _whole(_value(stated, "ilvl", "0"), 0)
        name = _value(style, "basedOn", "")
    return "", 0


def _shown(level: int, counts: list[int | None], levels: dict[int, _Level]) -> str:
    own = levels.get(level, _Level())
    count = counts[level]
    return write_number(own.start if count is None else count, own.form)


def write_number(number: int, form: str) -> str:
    """A number in one of Word's forms; forms that are not known are written as 1, 2, 3."""
    if form == "none":
        return ""
    if not 0 < number <= _LARGEST:
        return str(number)
    if form == "thaiNumbers":
        return str(number).translate(_THAI_DIGITS)
    if form == "thaiLetters":
        return _lettered(number, _THAI_LETTERS)
    if form in ("lowerLetter", "upperLetter"):
        text = _lettered(number, "abcdefghijklmnopqrstuvwxyz")
    elif form in ("lowerRoman", "upperRoman"):
        text = _roman(number)
    else:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def _lettered(number: int, letters: str) -> str:
    """ก … ฮ, then กก … ฮฮ, as Word goes on."""
    times, at = divmod(number - 1, len(letters))
    return letters[at] * min(times + 1, 10)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _value(parent: Element, tag: str, default: str) -> str:
    found = parent.find(tag)
    return default if found is None else found.get("val", default)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
