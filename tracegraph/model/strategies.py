"""The national reference lists that ship with tracegraph, as versioned strategy records.

Lists of a province, a cluster or an อปท. are imports: none is shipped, none is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tracegraph.model.records import StrategyRecord
from tracegraph.model.tables import read_table


@dataclass(frozen=True, slots=True)
class StrategyList:
    """One version of one list: years are inclusive Buddhist-era fiscal years, None where open."""

    id: str
    name: str
    english: str
    version: str
    valid_from: int | None
    valid_to: int | None


#: Plan 14 (from fiscal year 2571) was not published when this was written; its list stays empty.
NATIONAL_LISTS: tuple[StrategyList, ...] = (
    StrategyList("NS", "ยุทธศาสตร์ชาติ 20 ปี", "National strategy", "2561", 2561, 2580),
    StrategyList("MP", "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ", "Master plans", "2561", 2561, 2580),
    StrategyList("M13", "หมุดหมาย แผนพัฒนาฯ ฉบับที่ 13", "Plan 13 milestones", "2566", 2566, 2570),
    StrategyList("SDG", "เป้าหมายการพัฒนาที่ยั่งยืน", "Sustainable development goals", "2559", 2559, 2573),
    StrategyList("BP", "แผนงานงบประมาณของ อปท.", "Local budget programmes", "2559", None, None),
)


def _entries(lst: StrategyList) -> list[StrategyRecord]:
    return [
        StrategyRecord(
            uid=f"{lst.id}:{row['number']}",
            list_id=lst.id,
            list_name=lst.name,
            version=lst.version,
            number=row["number"],
            name=row["name"],
            level="national",
            valid_from=lst.valid_from,
            valid_to=lst.valid_to,
            aliases=tuple(a for a in row["aliases"].split("|") if a),
        )
        for row in read_table(f"strategies_{lst.id.lower()}.csv")
    ]


@cache
def national_strategies() -> tuple[StrategyRecord, ...]:
    """Every entry of the five national lists (6 + 23 + 13 + 17 + 12), in list order."""
    return tuple(entry for lst in NATIONAL_LISTS for entry in _entries(lst))
