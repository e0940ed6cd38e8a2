"""How wide a text is in Sarabun, so that labels fit their boxes without asking a browser.

Advance widths are those of the shipped font (SIL OFL), in thousandths of the font size. Thai vowels above and
below and tone marks take none.
"""

from __future__ import annotations

import unicodedata

from tracegraph.thai.graphemes import shorten

# ก (U+0E01) to ฺ (U+0E3A), then ฿ (U+0E3F) to ๛ (U+0E5B)
_THAI_1 = (
    "576 594 606 603 607 638 454 556 570 606 616 807 830 612 612 539 708 831 831 592 607 581 657 542 637 "
    "645 655 622 622 720 720 616 614 572 484 581 580 612 512 602 677 580 636 720 587 565 546 534 0 485 "
    "485 0 0 0 0 0 0 0"
)
_THAI_2 = "589 310 579 379 378 390 293 621 0 0 0 0 0 0 0 0 621 660 676 685 694 678 678 675 744 674 692 767 1020"
# space to tilde
_ASCII = (
    "243 237 354 686 529 903 668 192 318 318 448 607 252 340 252 415 550 550 550 550 550 550 550 550 550 "
    "550 252 252 607 607 607 454 795 596 589 585 623 552 550 636 678 292 440 605 548 798 682 661 573 661 "
    "581 529 558 657 602 831 605 573 567 308 382 308 585 323 400 514 542 473 542 518 331 541 558 245 247 "
    "487 291 839 549 557 545 545 350 416 377 552 479 668 460 462 451 320 242 320 607"
)
_ADVANCE: dict[str, int] = {
    **{chr(0x0E01 + i): int(w) for i, w in enumerate(_THAI_1.split())},
    **{chr(0x0E3F + i): int(w) for i, w in enumerate(_THAI_2.split())},
    **{chr(0x20 + i): int(w) for i, w in enumerate(_ASCII.split())},
    "–": 540,
    "—": 836,
    "…": 723,
    "·": 251,
    "“": 534,
    "”": 534,
}
_UNKNOWN = 700
_BOLD = 1.05  # the bold face is 3–5 % wider


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in the unit of ``size`` (px)."""
    total = 0
    for char in text:
        known = _ADVANCE.get(char)
        if known is None:
            known = 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else _UNKNOWN
        total += known
    return total * size / 1000 * (_BOLD if bold else 1.0)


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, cut at a grapheme cluster with an ellipsis where it is wider than ``width``."""
    flat = " ".join(text.split())
    if text_width(flat, size, bold=bold) <= width:
        return flat
    low, high = 1, len(flat)
    while low < high:  # longest cut that fits
        middle = (low + high + 1) // 2
        if text_width(shorten(flat, middle), size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return shorten(flat, low)
