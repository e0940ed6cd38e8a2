"""How crowded it is around a pair: the more works of one kind a place has, the more look-alikes it has by chance."""

from __future__ import annotations

import math

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared

#: From this many on, a crowd is as large as it gets.
MOST = 1_000
FEW, SOME = 10, 60


@feature(
    "crowd",
    "จำนวนงานชนิดเดียวกันในพื้นที่",
    "works of this kind in the place",
    {
        "few": ("ในพื้นที่มีงานชนิดนี้น้อย ({left} / {right} รายการ)", "few works of this kind here ({left} / {right})"),
        "some": (
            "ในพื้นที่มีงานชนิดนี้พอสมควร ({left} / {right} รายการ)",
            "a number of works of this kind here ({left} / {right})",
        ),
        "many": (
            "ในพื้นที่มีงานชนิดนี้มาก จึงคล้ายกันโดยบังเอิญได้ง่าย ({left} / {right} รายการ)",
            "many works of this kind here, so two are easily alike by chance ({left} / {right})",
        ),
    },
)
def crowd(a: Prepared, b: Prepared) -> Finding:
    """How many records of one place do the same kind of work; the larger of both numbers counts.

    Known only of records that were read together with those around them. The value falls from 1 (alone) to 0 (a
    thousand) with the logarithm of the number.
    """
    size = max(a.crowd, b.crowd)
    if not a.crowd or not b.crowd or size == 1:  # 1: two kinds of work, each the only one here
        return NOTHING
    level = "few" if size <= FEW else "some" if size <= SOME else "many"
    return Finding(level, str(a.crowd), str(b.crowd), find_space(size))


def find_space(size: int) -> float:
    """1 for a crowd of one, 0 for a crowd of MOST and more."""
    return 1.0 - min(1.0, math.log(max(1, size)) / math.log(MOST))
