"""Find candidate pairs in SQL: items that share a key of some rule and that no typed veto keeps apart.

DuckDB, in process and in memory. Only numbers go in: keys are interned, sets of villages, sois and assets are bit
masks. A mask without a common bit proves two sets disjoint, so a veto here is always a veto of the features as well;
the reverse need not hold. Only the changed row below an old one is let through whatever its place: there the document
says what belongs together. No text is compared in SQL: string distances there count bytes, and Thai has three a letter.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.keys import RULE_INDEX, RULES, Key, iter_keys
from tracegraph.link.same_work.prepared import Prepared

Column = npt.NDArray[np.int64]

MAX_BLOCK = 3_000
#: Pairs that the keys of one place may bring together, before vetoes: more, and its largest blocks are left out.
MOST_JOINED = 150_000_000
_BITS = 62

_PAIRS = """
WITH sizes AS (SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND $max_block),
     blocks AS (
        SELECT k.item, k.rule, k.key, i.* EXCLUDE (item)
        FROM keys k JOIN sizes USING (key) JOIN items i USING (item)
     )
SELECT a.item AS left_item, b.item AS right_item, bit_or(1::BIGINT << a.rule) AS rules
FROM blocks a JOIN blocks b ON a.key = b.key AND a.item < b.item
WHERE (a.rule = $changed_row AND b.rule = $changed_row) OR
  ((a.rule <> $anywhere OR a.stray = 1 OR b.stray = 1 OR a.names & b.names <> 0)
  AND (a.tambon = b.tambon OR a.tambon = 0 OR b.tambon = 0 OR a.names & b.names <> 0)
  AND (a.villages & b.villages <> 0 OR a.villages = 0 OR b.villages = 0
       OR (a.placed = 1 AND b.placed = 1 AND a.tambon <> b.tambon AND a.names & b.names <> 0))
  AND (a.numbers & b.numbers <> 0 OR a.numbers = 0 OR b.numbers = 0)
  AND (a.assets & b.assets <> 0 OR a.assets = 0 OR b.assets = 0)
  AND (a.bank = b.bank OR a.bank = 0 OR b.bank = 0))
GROUP BY 1, 2
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs by position (``left[i] < right[i]``) and, as bits in the order of RULES, the rules that made each.

    ``skipped`` counts keys with more than MAX_BLOCK items, or too many for MOST_JOINED pairs in all: too common to say
    anything; other rules cover their items.
    """

    left: Column
    right: Column
    rules: Column
    skipped: int

    def __len__(self) -> int:
        return len(self.left)

    def take(self, positions: Column) -> Candidates:
        """The candidates at these positions."""
        return Candidates(self.left[positions], self.right[positions], self.rules[positions], self.skipped)

    def made_by(self, rule: str) -> npt.NDArray[np.bool_]:
        """For each pair whether a rule made it."""
        return np.asarray(self.rules >> RULE_INDEX[rule] & 1, dtype=bool)

    def rules_of(self, position: int) -> tuple[str, ...]:
        """Names of the rules that made a pair."""
        bits = int(self.rules[position])
        return tuple(rule.name for index, rule in enumerate(RULES) if bits >> index & 1)


def find_candidates(items: Sequence[Prepared], *, max_block: int = MAX_BLOCK) -> Candidates:
    """All pairs of ``items`` that share a key and no veto, each once, in order of position."""
    return join_blocks(build_columns(items), intern_keys(iter_keys(items)), max_block=max_block)


def join_blocks(columns: Mapping[str, Column], keys: Mapping[str, Column], *, max_block: int = MAX_BLOCK) -> Candidates:
    """The same from columns alone: what vetoes look at for each item, and the ``key`` of each ``item`` by ``rule``."""
    _, counts = np.unique(keys["key"], return_counts=True)
    max_block = min(max_block, find_largest_block(counts))
    with duckdb.connect(":memory:") as connection:
        connection.register("items", dict(columns))
        connection.register("keys", dict(keys))
        rules = {name: RULE_INDEX[name] for name in ("anywhere", "changed_row")}
        found = connection.execute(_PAIRS, {"max_block": max_block, **rules}).fetchnumpy()
    return Candidates(
        left=np.asarray(found["left_item"], dtype=np.int64),
        right=np.asarray(found["right_item"], dtype=np.int64),
        rules=np.asarray(found["rules"], dtype=np.int64),
        skipped=int((counts > max_block).sum()),
    )


def find_largest_block(counts: Column, most: int = MOST_JOINED) -> int:
    """The size up to which keys may be joined, so that all of them together bring at most ``most`` pairs."""
    sizes, keys = np.unique(counts, return_counts=True)
    pairs = np.cumsum(sizes * (sizes - 1) // 2 * keys)
    fitting = sizes[pairs <= most]
    return int(fitting[-1]) if len(fitting) else 1


def intern_keys(keys: Iterable[tuple[int, str, Key]]) -> dict[str, Column]:
    """Keys as ``iter_keys`` gives them, each once, as numbers."""
    ids: dict[Key, int] = {}
    rows = [(position, RULE_INDEX[rule], ids.setdefault(key, len(ids))) for position, rule, key in dict.fromkeys(keys)]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return {"item": table[:, 0].copy(), "rule": table[:, 1].copy(), "key": table[:, 2].copy()}


def build_columns(items: Sequence[Prepared]) -> dict[str, Column]:
    """What vetoes look at for each item, as numbers that mean the same in every set of items."""
    return {
        "item": np.arange(len(items), dtype=np.int64),
        "tambon": _column(int(item.tambon or 0) for item in items),
        "placed": _column(int(item.tambon is not None) for item in items),
        "stray": _column(int(item.stray) for item in items),
        "names": _column(mask(item.tambon_names) for item in items),
        "villages": _column(_village_mask(item) for item in items),
        "numbers": _column(mask(item.road_numbers) for item in items),
        "assets": _column(mask(item.assets) for item in items),
        "bank": _column(zlib.crc32(item.bank.encode()) + 1 if item.bank else 0 for item in items),
    }


def _column(values: Iterable[int]) -> Column:
    return np.fromiter(values, dtype=np.int64)


def _village_mask(item: Prepared) -> int:
    """One bit for each village; nothing where it covers all, because that meets every village."""
    return 0 if item.everywhere else mask(str(village) for village in item.villages)


def mask(values: Iterable[str]) -> int:
    """A bit for each value; two sets with a common value always have a common bit."""
    bits = 0
    for value in values:
        bits |= 1 << (zlib.crc32(value.encode()) % _BITS)
    return bits
