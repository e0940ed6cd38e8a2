"""Thai text that a PDF gave back broken: marks shifted, split or doubled, letters spaced out, glyphs without a letter.

Only what cannot be correct Thai is touched (a mark after a space, ั at the end of a word, เ before เ), and where an
impossible place has several readings, the dictionary must know the one that is taken. Correct text comes back as it is.
The original stays with the reader of the file; what no rule restores is counted in ``Repaired.lost``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tracegraph.thai.broken_words import is_known, mend_spelling
from tracegraph.thai.lost_letters import restore_lost
from tracegraph.thai.normalize import PRIVATE_GLYPHS

_TONE = "\u0e48-\u0e4b"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_CONSONANT = "ก-ฮ"
_LEAD = "เ-ไ"

#: Thai letters of an old one-byte font that a program took for Western ones ("â¤Ã§¡ÒÃ" for โครงการ).
_WESTERN = re.compile("[\u00a1-\u00da\u00df-\u00fb]+")
_WESTERN_RUN = 4  # letters in a row that no Western word has; fewer are decoded where they are all there is
_PRIVATE = re.compile("[\uf700-\uf71a]")
_GONE = re.compile(r"\ufffd|\(cid:\d+\)")
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
_MARK_ORDER = {"\u0e3a": 0, "\u0e38": 1, "\u0e39": 1} | dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 3) | {"\u0e4c": 4}
#: Single letters with their marks, each between single spaces: "ส า ธ า ร ณ ะ".
_CLUSTER = f"[{_CONSONANT}{_LEAD}ะ-ำๆฯ](?: ?[{_MARKS}])*"
_SPACED = re.compile(f"(?<![^ \n])(?:{_CLUSTER} ){{2,}}{_CLUSTER}(?![^ \n])")
_SPACED_LEAST = 4  # letters; fewer are joined where they are a word
_ANY_VOWEL = re.compile(f"[ะ-ฺ{_LEAD}]")  # "ค ส ล" has none: an abbreviation, or the letters of a list

#: Rules whose result is the only Thai that the letters can stand for. In this order.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(f"\u0e4d([{_TONE}]*) ?\u0e32"), r"\1ำ"),
    (re.compile(f"\u0e32\u0e4d([{_TONE}]*)(?: (?=[{_CONSONANT}{_LEAD}]))?"), r"\1ำ"),
    (re.compile(f"\u0e33([{_TONE}]+)"), r"\1ำ"),
    (re.compile("\u0e33\u0e33+"), "ำ"),
    (re.compile("\u0e40 ?\u0e40"), "แ"),
    (re.compile(f"(?<=[{_CONSONANT}]) (?=[{_MARKS}\u0e33])"), ""),
    (re.compile(f"(?<=[{_CONSONANT}][{_MARKS}]) (?=[{_MARKS}\u0e33])"), ""),
    (re.compile(f"(?<=[{_CONSONANT}{_TONE}]) \u0e32(?![{_MARKS}])"), "ำ"),
    (re.compile(f"(?<=[{_CONSONANT}{_MARKS}]) (?=ะ)"), ""),
    (re.compile(f"(?<=[{_LEAD}]) (?=[{_CONSONANT}])"), ""),
    (re.compile(f"([ืึ][{_TONE}]?) (?=[{_CONSONANT}])"), r"\1"),
)
#: After slid marks are back: ั needs a letter to close its syllable, so a space behind it is none.
_OPEN = re.compile(f"(?<=ั)([{_TONE}]?) (?=[{_CONSONANT}])")
#: การันต์ that slid onto a letter which has a tone or vowel mark of its own: "ยุทธศาสตรท์ ่ี".
_SLID_SILENCER = re.compile(f"([{_CONSONANT}])([{_CONSONANT}])์( [{_MARKS}]|[{_TONE}])")
#: Marks that may have slid one letter to the right: the letter they left, its own marks, the letter they slid onto, the
#: marks, a space after. Signs of it: that space; ั without a letter to close it; one syllable's marks on two letters.
_SLID = (
    re.compile(f"([{_CONSONANT}])([{_MARKS}]*)([{_CONSONANT}])([{_MARKS}]+)( )"),
    re.compile(f"([{_CONSONANT}])([{_MARKS}]*)([{_CONSONANT}])(ั[{_TONE}]?)( ?)(?![{_CONSONANT}{_MARKS}ะาำ\ufffd])"),
    re.compile(f"([{_CONSONANT}])([{_TONE}])([{_CONSONANT}])([ัิ-ู็][{_TONE}]?)( ?)"),
    re.compile(f"([{_CONSONANT}])(ั)([{_CONSONANT}])([{_TONE}])( ?)"),
)
_TONE_ON_AA = re.compile(f"([{_CONSONANT}])า([{_TONE}]) ?")
_UNCLOSED = re.compile(f"[ัืึ็เ-ไ]\\Z|ั[{_TONE}]\\Z")
_THAI = re.compile("[\u0e01-\u0e4e]*")
_REACH = 12  # letters to each side in which a word must be found


@dataclass(frozen=True, slots=True)
class Repaired:
    """``text`` as it should read; ``reasons`` the kinds of damage; ``lost`` how many letters nothing restores."""

    text: str
    reasons: tuple[str, ...] = ()
    lost: int = 0


def repair(text: str) -> Repaired:
    """Mend broken Thai of a PDF; text that is not broken is returned unchanged."""
    if text.isascii():
        return Repaired(text, lost=len(_GONE.findall(text)))
    reasons: dict[str, None] = {}
    for name, step in _STEPS:
        after = step(text)
        if after != text:
            reasons[name] = None
            text = after
    return Repaired(text, tuple(reasons), len(_GONE.findall(text)))


def repair_text(text: str) -> str:
    """``repair(text).text``."""
    return repair(text).text


def _decode(text: str) -> str:
    runs = _WESTERN.findall(text)
    longest = max(runs, key=len, default="")
    if len(longest) < _WESTERN_RUN and not (len(longest) > 1 and longest == text.strip()):
        return text
    thai = longest.encode("latin-1").decode("cp874", errors="replace")
    known = any(is_known(thai[start:end]) for start in range(6) for end in range(start + 3, start + _REACH))
    return _WESTERN.sub(lambda run: run[0].encode("latin-1").decode("cp874"), text) if known else text


def _private(text: str) -> str:
    return _PRIVATE.sub(lambda glyph: PRIVATE_GLYPHS[ord(glyph[0])], text)


def _order_marks(text: str) -> str:
    return _MARK_RUN.sub(lambda run: _sorted_marks(run[0]), text)


def _sorted_marks(marks: str) -> str:
    """Without repeats: vowel, then tone mark, then การันต์, as a keyboard types them."""
    return "".join(sorted(dict.fromkeys(marks), key=lambda mark: _MARK_ORDER.get(mark, 2)))


def _join_spaced(text: str) -> str:
    return _SPACED.sub(_joined, text)


def _joined(run: re.Match[str]) -> str:
    letters = run[0].replace(" ", "")
    enough = run[0].count(" ") + 1 >= _SPACED_LEAST or is_known(letters)
    return letters if enough and _ANY_VOWEL.search(letters) else run[0]


def _apply_rules(text: str) -> str:
    for pattern, new in _RULES:
        text = pattern.sub(new, text)
    return text


def _silencer_back(text: str) -> str:
    return _SLID_SILENCER.sub(_silenced, text)


def _silenced(match: re.Match[str]) -> str:
    left, _ = _around(match)
    return f"{match[1]}์{match[2]}{match[3]}" if _ends_in_word(left, f"{match[1]}์", 4) else match[0]


def _slide_back(text: str) -> str:
    """Marks one letter too far right ("จังหวดั", "บรู ณาการ", "ท้งั"), moved where the dictionary bears it out."""
    text = _TONE_ON_AA.sub(r"\1\2า", text)  # "สรา้ ง": า never carries a tone mark, it is the consonant's
    for pattern in (*_SLID, _SLID[0]):  # once more: a word may need its second mark back to be known
        text = pattern.sub(_slid, text)
    return _OPEN.sub(r"\1", text)


def _slid(match: re.Match[str]) -> str:
    first, own, over, marks, space = match.groups()
    left, right = _around(match)
    dangling = "ั" in marks and (bool(space) or not right)
    if not dangling and _reads_as_is(left + first + own, over + marks, "" if space else right):
        return match[0]
    moved = first + _sorted_marks(own + marks) + over
    if _is_in_a_word(left, moved, right) or _is_between_words(left, moved, right):
        return moved
    least = 4 if is_known(over + marks) else 3
    return moved + space if _ends_in_word(left, moved, least) else match[0]


def _reads_as_is(before: str, at: str, after: str) -> bool:
    """Whether the dictionary has a word that reaches over into ``at``, goes on from it, or two that meet before it."""
    if any(is_known(before[cut:] + at) for cut in range(len(before))):
        return True
    if is_known(at) and any(is_known(before[cut:]) for cut in range(len(before) - 2)):
        return True
    return any(is_known(at + after[:length]) for length in range(1, len(after) + 1))


def _is_in_a_word(left: str, moved: str, right: str) -> bool:
    """Whether a word of the dictionary holds ``moved`` and goes on to the right of it."""
    return any(
        is_known(left[cut:] + moved + right[:length]) for cut in _cuts(left) for length in range(1, len(right) + 1)
    )


def _is_between_words(left: str, moved: str, right: str) -> bool:
    """Whether one word ends before the last letter of ``moved`` and another begins with it ("ไรพ่ รุ": ไร่ + พรุ)."""
    begins = any(is_known(moved[-1] + right[:length]) for length in range(2, len(right) + 1))
    return begins and _ends_in_word(left, moved[:-1], 3)


def _ends_in_word(left: str, moved: str, least: int) -> bool:
    """Whether a word of at least so many letters ends here; short ones turn up by chance in names."""
    return any(is_known(left[cut:] + moved) for cut in _cuts(left) if len(left) - cut + len(moved) >= least)


def _cuts(left: str) -> list[int]:
    """Where a word may begin in ``left``: not behind a vowel that wants a letter to close it or to carry it."""
    return [cut for cut in range(len(left) + 1) if not _UNCLOSED.search(left[:cut])]


def _around(match: re.Match[str]) -> tuple[str, str]:
    """The Thai letters that touch the match on each side, as far as a word may reach."""
    before = match.string[max(0, match.start() - _REACH) : match.start()][::-1]
    after = match.string[match.end() : match.end() + _REACH]
    left, right = _THAI.match(before), _THAI.match(after)
    return (left[0][::-1] if left else ""), (right[0] if right else "")


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("old-code", _decode),
    ("private-glyphs", _private),
    ("lost-letters", restore_lost),
    ("slid-marks", _silencer_back),
    ("mark-order", _order_marks),
    ("spaced-letters", _join_spaced),
    ("split-marks", _apply_rules),
    ("mark-order", _order_marks),
    ("slid-marks", _slide_back),
    ("known-words", mend_spelling),
)
