"""Candidate pairs of one tambon, in SQL: all its records against each other, with the typed veto in the join.

DuckDB sees numbers only: bit masks of villages, road numbers and assets, codes of banks, phases and periods (two masks
without a common bit prove two sets disjoint), and which pairs of letters a wording has (``signatures``). What is left
are the pairs that no veto parts and whose wordings share at least half of the shorter one.

In a tambon with very many records only those that share a village or a kind of work are compared; groups of more than
MAX_BLOCK are skipped and counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from tracegraph.link.bulk.columns import Columns, Ints
from tracegraph.link.bulk.signatures import LEAST_SHARED, WORDS
from tracegraph.link.same_work.blocking import mask
from tracegraph.link.same_work.model import Model

#: Records of one tambon that are all compared with each other.
MAX_ALL = 4_000
#: Records of one village or of one kind of work in a larger tambon.
MAX_BLOCK = 8_000

_SHARED = " + ".join(f"bit_count(a.wording{word} & b.wording{word})" for word in range(WORDS))
_PAIRS = f"""
WITH blocked AS (SELECT * FROM blocks JOIN records USING (item))
SELECT a.item AS l, b.item AS r FROM blocked a JOIN blocked b ON a.block = b.block AND a.item < b.item
WHERE (a.villages & b.villages <> 0 OR a.villages = 0 OR b.villages = 0)
  AND (a.numbers & b.numbers <> 0 OR a.numbers = 0 OR b.numbers = 0)
  AND (a.assets & b.assets <> 0 OR a.assets = 0 OR b.assets = 0)
  AND (a.bank = b.bank OR a.bank = 0 OR b.bank = 0)
  AND (a.phase = b.phase OR a.phase = 0 OR b.phase = 0)
  AND (a.period = b.period OR a.period = 0 OR b.period = 0)
  AND {_SHARED} >= $least_shared * least(a.letters, b.letters)
"""
#: A pair may share two blocks of a large tambon.
_PAIRS_OF_SEVERAL = _PAIRS.replace("SELECT a.item", "SELECT DISTINCT a.item")


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs by row, each once, and how many blocks were too large to compare."""

    left: Ints
    right: Ints
    skipped: int


def find_candidates(columns: Columns, model: Model, threads: int) -> Found:
    """All pairs of one tambon that no veto keeps apart and whose wordings share enough."""
    blocks, skipped = find_blocks(columns)
    once = len(blocks["item"]) == len(np.unique(blocks["item"]))
    with duckdb.connect(":memory:", config={"threads": threads}) as connection:
        connection.register("records", _build_records(columns, model))
        connection.register("blocks", blocks)
        query = _PAIRS if once else _PAIRS_OF_SEVERAL
        found = connection.execute(query, {"least_shared": LEAST_SHARED}).fetchnumpy()
    return Found(np.asarray(found["l"], dtype=np.int64), np.asarray(found["r"], dtype=np.int64), skipped)


def find_blocks(columns: Columns) -> tuple[dict[str, Ints], int]:
    """(record, block) rows, and the number of blocks left out because they are too large."""
    tambon = columns.tambon
    names, codes, sizes = np.unique(tambon, return_inverse=True, return_counts=True)
    small = (sizes <= MAX_ALL)[codes] & (tambon > 0)
    items, blocks = [np.flatnonzero(small)], [codes[small].astype(np.int64)]
    large = np.flatnonzero(~small & (tambon > 0))
    skipped, first = 0, len(names)
    if len(large):
        for field in ("villages", "work_object"):
            key = codes[large] * np.int64(len(columns.values[field])) + columns.codes[field][large]
            _, group, counts = np.unique(key, return_inverse=True, return_counts=True)
            skipped += int((counts > MAX_BLOCK).sum())
            kept = (counts <= MAX_BLOCK)[group]
            items.append(large[kept])
            blocks.append(group[kept].astype(np.int64) + first)
            first += len(counts)
    return {"item": np.concatenate(items), "block": np.concatenate(blocks)}, skipped


def _build_records(columns: Columns, model: Model) -> dict[str, Ints]:
    codes, values = columns.codes, columns.values

    def masks(field: str) -> Ints:
        known = np.array([mask(_list_texts(field, value)) for value in values[field]], dtype=np.int64)
        return np.asarray(known[codes[field]])

    def veto_codes(name: str) -> Ints:
        vetoes = "differs" in model.features[name].veto
        return codes[name].astype(np.int64) if vetoes else np.zeros(len(columns), dtype=np.int64)

    villages = masks("villages")
    villages[codes["everywhere"] > 0] = 0
    return {
        "item": np.arange(len(columns), dtype=np.int64),
        "villages": villages,
        "numbers": masks("roads"),
        "assets": masks("assets"),
        **{name: veto_codes(name) for name in ("bank", "phase", "period")},
        **{f"wording{word}": columns.signature[:, word].copy() for word in range(WORDS)},
        "letters": np.bitwise_count(columns.signature).sum(axis=1).astype(np.int64),
    }


def _list_texts(field: str, value: object) -> list[str]:
    if field == "roads":
        return [number for road in value for number in road.numbers]  # type: ignore[attr-defined]
    return [str(part) for part in value]  # type: ignore[attr-defined]
