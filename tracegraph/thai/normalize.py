"""The comparison form of Thai text: one spelling for every way the same letters can be stored.

Original text is always kept elsewhere; this form is for comparing and hashing. Consonants, vowels and tone marks are
never dropped (only exact repeats of one mark on one consonant are), because สันปาถอน and สันป่าถ่อน may be two places.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

Offsets = Sequence[int]
"""For each character of the normalized text, where it began in the original; one more entry for the end."""

#: Glyph variants that Windows and Mac fonts put into the private use area, back to the letter they draw.
PRIVATE_GLYPHS = dict(
    zip(
        range(0xF700, 0xF71B),
        "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d\u0e31\u0e4d"
        "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)
_ONE_TO_ONE: dict[int, str] = {
    **PRIVATE_GLYPHS,
    **{0x0E50 + n: str(n) for n in range(10)},
    **{ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZØ"},
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\uff02"), '"'),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u00d7\u2715\u2716"), "x"),
    **dict.fromkeys(map(ord, "\u2300\u2205\u03a6\u03c6\u0424\u0444"), "\u00f8"),  # signs typed for a diameter
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA1), *range(0x2000, 0x200B)), " "),
    **dict.fromkeys(map(ord, "\u2028\u2029\u3000\u2007\u202f\u1680\u205f"), " "),
}
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"

_CHANGED = "".join(re.escape(chr(code)) for code in _ONE_TO_ONE if code != 0x20)
_MAPPED = re.compile(f"[{_CHANGED}{_INVISIBLE}]")
_ONE = re.compile(f"[{_CHANGED}]")
_LETTERS = {chr(code): letter for code, letter in _ONE_TO_ONE.items()}
_DROP = re.compile(f"[{_INVISIBLE}]+")
_TONE = "\u0e48-\u0e4b"
_VOWEL_MARKS = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d\u0e4e"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# Something that a step of _clean would change: a second sign that must not follow the first. Written as two classes
# that are looked back from: the engine skips to members of a leading class, four alternatives cost ten times that.
_BAD_MARKS = re.compile(
    f"[{_MARKS}\u0e32\u0e33][{_MARKS}\u0e32](?:(?<=[{_TONE}\u0e4c][{_MARKS}])|(?<=[{_VOWEL_MARKS}][{_VOWEL_MARKS}])"
    f"|(?<=[\u0e32\u0e33][{_TONE}\u0e4d])|(?<=\u0e4d[\u0e32{_TONE}]))"
)
_SPLIT = re.compile(f" [ก-ฮเ-ไะ-ำๆ][{_MARKS}]* [ก-ฮเ-ไะ-ำๆ][{_MARKS}]*(?: |\\Z)")
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
_MARK_ORDER = {"\u0e3a": 0, "\u0e38": 1, "\u0e39": 1} | dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 3) | {"\u0e4c": 4}
_AM = re.compile(f"\u0e4d([{_TONE}]*)\u0e32|\u0e32\u0e4d([{_TONE}]*)(?: (?=[ก-ฮเ-ไ]))?")
_AM_TONE = re.compile(f"([\u0e32\u0e33])([{_TONE}]+)")
_DOUBLE_E = re.compile("\u0e40\u0e40")
_SPACES = re.compile(" {2,}")
_EDGES = re.compile(r"\A +| +\Z")
_CLUSTER = f"[ก-ฮเ-ไะ-ำๆฯ][{_MARKS}]*"
_SPLIT_RUN = re.compile(f"(?<![^ ])(?:{_CLUSTER} ){{3,}}{_CLUSTER}(?![^ ])")
# Words that PDF text often breaks in one known way. Only whole words of plans: a general rule would break others.
_REPAIRS = (
    ("บรู ณาการ", "บูรณาการ"),
    ("บรูณาการ", "บูรณาการ"),
    ("จังหวดั", "จังหวัด"),
    ("อาเภอ", "อำเภอ"),
    ("ตาบล", "ตำบล"),
    ("พ้นท่ี", "พื้นที่"),
    ("พ้ืนท่ี", "พื้นที่"),
    ("พื้นท่ี", "พื้นที่"),
)
_MOST_ROUNDS = 12  # one step can expose work for an earlier one; one or two rounds are the rule
_BROKEN = ("บรู", "หวดั", "อาเภอ", "ตาบล")  # a part of each; the others have marks in a wrong order, which _is_dirty sees


def normalize(text: str) -> str:
    """The comparison form of ``text``; normalizing it again changes nothing."""
    if _is_plain(text):
        return text
    return _run(text, None)


def normalize_with_offsets(text: str) -> tuple[str, Offsets]:
    """``normalize(text)`` and, for each of its characters, where it began in ``text`` (and the end of ``text``)."""
    if _is_plain(text):
        return text, range(len(text) + 1)
    offsets = _Track(len(text))
    return _run(text, offsets), offsets.starts


def fold_spaces(text: str) -> str:
    """Every run of white space as one space, none at the ends; letters stay as typed."""
    return " ".join(text.split())


@lru_cache(maxsize=16_384)
def text_hash(text: str) -> str:
    """16 hex digits (blake2b) of the comparison form without spaces: equal for equal wording."""
    bare = normalize(text).replace(" ", "")
    return hashlib.blake2b(bare.encode("utf-8"), digest_size=8).hexdigest()


class _Track:
    """Where each character of the text being normalized began; the identity costs nothing until a step moves it."""

    __slots__ = ("starts",)

    def __init__(self, length: int) -> None:
        self.starts: Offsets = range(length + 1)

    def replace(self, pieces: list[tuple[int, int, int]]) -> None:
        """``pieces``: for each replaced range of the text its start, its end and the length of what replaced it."""
        old, last = self.starts, 0
        new: list[int] = []
        for start, end, length in pieces:
            new.extend(old[last:start])
            new.extend([old[start]] * length)
            last = end
        new.extend(old[last:])
        self.starts = new


def _is_plain(text: str) -> bool:
    """Whether ``text`` has its comparison form already, as most names of clean files do."""
    if _MAPPED.search(text) or _is_dirty(text) or not unicodedata.is_normalized("NFC", text):
        return False
    for broken in _BROKEN:  # noqa: SIM110  (any() over a generator takes twice as long)
        if broken in text:
            return False
    return True


def _run(text: str, track: _Track | None) -> str:
    for _ in range(_MOST_ROUNDS):
        before = text
        if not unicodedata.is_normalized("NFC", text):
            text = _compose(text, track)
        if _MAPPED.search(text):
            text = _sub(_DROP, "", _ONE.sub(_map, text), track)
            if _is_plain(text):  # Thai digits, capitals, dashes: all that most names need
                break
        text = _repair(text, track)
        if _is_dirty(text):
            text = _clean(text, track)
        if text == before or _is_plain(text):
            break
    return text


def _is_dirty(text: str) -> bool:
    return (
        "  " in text
        or "\u0e40\u0e40" in text
        or text[:1] == " "
        or text[-1:] == " "
        or _BAD_MARKS.search(text) is not None
        or _SPLIT.search(text) is not None
    )


def _clean(text: str, track: _Track | None) -> str:
    text = _sub(_MARK_RUN, _sort_marks, text, track)
    text = _sub(_AM, _am, text, track)
    text = _sub(_AM_TONE, r"\2\1", text, track)
    text = _sub(_DOUBLE_E, "\u0e41", text, track)
    text = _sub(_SPLIT_RUN, lambda m: m[0].replace(" ", ""), text, track)
    text = _sub(_SPACES, " ", text, track)
    return _sub(_EDGES, "", text, track)


def _map(match: re.Match[str]) -> str:
    """One letter for one; str.translate looks up every letter of a text, this only those that change."""
    return _LETTERS[match[0]]


def _am(match: re.Match[str]) -> str:
    return f"{match[1] or match[2] or ''}\u0e33"


def _sort_marks(match: re.Match[str]) -> str:
    """The marks of one consonant without repeats: vowels, then tone mark, then การันต์, as a keyboard types them."""
    return "".join(sorted(dict.fromkeys(match[0]), key=lambda mark: _MARK_ORDER.get(mark, 2)))


def _repair(text: str, track: _Track | None) -> str:
    for broken, whole in _REPAIRS:
        if broken in text:
            text = _sub(re.compile(re.escape(broken)), whole, text, track)
    return text


def _sub(pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], text: str, track: _Track | None) -> str:
    if track is None:
        return pattern.sub(new, text)
    out: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    last = 0
    for match in pattern.finditer(text):
        put = match.expand(new) if isinstance(new, str) else new(match)
        out += (text[last : match.start()], put)
        pieces.append((match.start(), match.end(), len(put)))
        last = match.end()
    if not pieces:
        return text
    track.replace(pieces)
    out.append(text[last:])
    return "".join(out)


def _compose(text: str, track: _Track | None) -> str:
    whole = unicodedata.normalize("NFC", text)
    if track is None:
        return whole
    pieces: list[tuple[int, int, int]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            pieces.append((start, at, len(unicodedata.normalize("NFC", text[start:at]))))
            start = at
    if sum(length for _, _, length in pieces) != len(whole):  # letters that join across starters (Hangul)
        pieces = [(0, len(text), len(whole))]
    track.replace(pieces)
    return whole
