"""Which village proposals of Mae Sai are answered by which items: read by people before any program ran.

Ids only; the texts stay in the folder of real records. Rule of the reading: the item stands in the
same village (or names several villages, this one among them), and is the work that was asked for at a
place that does not contradict the one asked for. Both stages of one item (approved MS-A, operation plan MS-X) count.
"""

from __future__ import annotations

#: Need → items that answer it. Drains of a village without a stated place answer every drain asked for there.
ANSWERS: dict[str, tuple[str, ...]] = {
    "MS-N01-3": ("MS-P23",),
    "MS-N02-5": ("MS-A02", "MS-X02"),
    "MS-N03-3": ("MS-A04", "MS-X04"),
    "MS-N04-1": ("MS-X18",),
    "MS-N04-3": ("MS-A06", "MS-X06"),
    "MS-N04-4": ("MS-A06", "MS-X06"),
    "MS-N05-1": ("MS-A07", "MS-X07"),
    "MS-N05-3": ("MS-A08", "MS-X08"),
    "MS-N07-3": ("MS-A11", "MS-X10"),
    "MS-N09-2": ("MS-A13", "MS-X12"),
    "MS-N10-1": ("MS-A14", "MS-X13"),
    "MS-N11-1": ("MS-A15", "MS-X14"),
    "MS-N12-1": ("MS-X18",),
    "MS-N12-3": ("MS-A16", "MS-X16"),
    "MS-N12-5": ("MS-X15",),
}

#: Pairs on which a reader without local knowledge cannot decide: the right work in the right village, but each
#: side names another kind of landmark (a house, a temple, a lane); a purchase or repairs for the whole tambon that may
#: reach it; a line in a village that the item does not name; a test of water where better water is asked for.
#: Neither right nor wrong as a second answer; as the only answer of a need they are counted as wrong.
UNSURE: dict[str, tuple[str, ...]] = {
    "MS-N01-3": ("MS-P01",),
    "MS-N02-2": ("MS-P04",),
    "MS-N03-3": ("MS-P03",),
    "MS-N04-2": ("MS-P14", "MS-X20", "MS-P03"),
    "MS-N04-5": ("MS-P14", "MS-X20", "MS-P03"),
    "MS-N06-5": ("MS-A09", "MS-A10", "MS-X09"),
    "MS-N07-1": ("MS-X32",),
    "MS-N07-2": ("MS-P01",),
    "MS-N08-3": ("MS-A12", "MS-X11", "MS-P03"),
    "MS-N09-1": ("MS-P03",),
    "MS-N09-5": ("MS-P03", "MS-P10", "MS-P11", "MS-P12", "MS-P16"),
    "MS-N10-2": ("MS-A14", "MS-X13"),
    "MS-N11-1": ("MS-P13",),
    "MS-N11-2": ("MS-X32",),
}
