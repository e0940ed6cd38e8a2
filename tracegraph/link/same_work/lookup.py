"""One text against very many records: which of them may be the same piece of work, with the score of each.

Keys of every record (runs of letters, place with kind of work, codes, the whole name) lie in two sorted arrays; the
rarest keys of a question name a few hundred records, whose names are compared in bulk, and the best of those are
scored in full. So the time hardly depends on how many records there are, and a record takes some hundred bytes.
"""

from __future__ import annotations

import io
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from tracegraph.link.same_work.blocking import mask
from tracegraph.link.same_work.bounds import weigh_all
from tracegraph.link.same_work.keys import work_key
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.packing import pack, unpack
from tracegraph.link.same_work.prepare import prepare_item, prepare_items
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import find_total, score_prepared
from tracegraph.link.scores import PairScore, to_probability
from tracegraph.model.items import Item

Positions = npt.NDArray[np.int64]

#: Records that the keys of a question may name in all, the rarest key first; what else the commonest name is left out.
MOST_NAMED = 6_000
#: Records whose names are compared, and records that are scored in full beside those asked for.
MOST_COMPARED = 250
BESIDES = 3
_READ_AT_ONCE = 5_000
_RUN = 5
_ONE_IN = 3
"""Of the runs of letters every third is a key, the same in all records: enough to meet, and a third of the memory."""
_HERE, _ELSEWHERE, _APART = 3.0, -6.0, -100.0
_KINDS = {"run": 1, "whole": 2, "village": 3, "work": 4, "district": 5, "code": 6, "road": 7}


@dataclass(frozen=True, slots=True)
class LookupHit:
    """A record and the probability that it is the same work; ``explain`` tells why."""

    item: Item
    probability: float
    asked: Prepared
    found: Prepared
    model: Model

    def explain(self) -> PairScore:
        """What ``score_pairs`` says of the two: class, sentences, every contribution."""
        return score_prepared(self.asked, self.found, self.model)


class Lookup:
    """An index of records by what brings two of them together.

    ``items`` are asked by position only, so they may lie anywhere. The index is built once and does not change.
    """

    def __init__(self, items: Sequence[Item], model: Model | None = None) -> None:
        self._items, self._model = items, model or load_model()
        texts, self._starts = io.StringIO(), array("Q", (0,))
        self._packed, self._packed_starts = bytearray(), array("Q", (0,))
        keys, owners = array("I"), array("I")
        places = array("q")
        for position, item in enumerate(_iter_prepared(items)):
            self._starts.append(self._starts[-1] + texts.write(_bare(item.whole)))
            self._packed += pack(item)
            self._packed_starts.append(len(self._packed))
            for key in set(_iter_keys(item)):
                keys.append(key)
                owners.append(position)
            places.extend(_find_place(item))
        self._texts = texts.getvalue()
        self._places = np.array(places, dtype=np.int64).reshape(
            -1, 3
        )  # a record's three beside each other: read at once
        hashes = np.frombuffer(keys, dtype=np.uint32) if keys else np.zeros(0, dtype=np.uint32)
        order = np.argsort(hashes, kind="stable")
        self._owners = np.frombuffer(owners, dtype=np.uint32)[order] if owners else np.zeros(0, dtype=np.uint32)
        self._keys, first = np.unique(hashes[order], return_index=True)
        self._first = np.append(first, len(hashes)).astype(np.int64)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def size(self) -> int:
        """Bytes that the index takes, without the items."""
        arrays: list[npt.NDArray[Any]] = [self._places, self._owners, self._keys, self._first]
        texts = len(self._texts) + len(self._packed) + 8 * (len(self._starts) + len(self._packed_starts))
        return texts + sum(values.nbytes for values in arrays)

    def find(self, item: Item, limit: int = 10) -> list[LookupHit]:
        """The records most likely to be the same work as ``item``, best first; those ruled out are not among them.

        The record with the uid of ``item`` itself is left out.
        """
        asked, model = prepare_item(item), self._model
        hits = []
        for position in self._find_best(asked, limit + BESIDES):
            other = self._items[position]
            if other.uid == item.uid:
                continue
            found = self._prepared(position, other)
            score = find_total(asked, found, model)
            if score is not None:
                hits.append(LookupHit(other, to_probability(score), asked, found, model))
        return sorted(hits, key=lambda hit: (-hit.probability, hit.item.uid))[:limit]

    def _prepared(self, position: int, item: Item) -> Prepared:
        start, end = self._packed_starts[position], self._packed_starts[position + 1]
        return unpack(bytes(self._packed[start:end]), item)

    def _find_best(self, asked: Prepared, count: int) -> list[int]:
        """Positions of the records that look most like the question, by name and place."""
        found, weights = self._find_named(asked)
        if not len(found):
            return []
        tambon, villages, numbers = _find_place(asked)
        tambons, village_masks, number_masks = self._places[found].T
        rough = np.where(tambons == tambon, _HERE, _ELSEWHERE) * ((tambons != 0) & (tambon != 0))
        apart = (village_masks & villages == 0) & (village_masks != 0) & (villages != 0)
        apart |= (number_masks & numbers == 0) & (number_masks != 0) & (numbers != 0)
        rough += _APART * apart
        kept = _find_largest(weights + rough, MOST_COMPARED)
        kept = kept[rough[kept] > _APART / 2]
        names = [self._texts[self._starts[at] : self._starts[at + 1]] for at in found[kept].tolist()]
        ratios = process.cdist([_bare(asked.whole)], names, scorer=fuzz.ratio, dtype=np.float64)[0]
        likeness = weigh_all(self._model.features["whole_name"], ratios / 100.0) + rough[kept]
        return [int(at) for at in found[kept[np.argsort(-likeness, kind="stable")[:count]]]]

    def _find_named(self, asked: Prepared) -> tuple[Positions, npt.NDArray[np.float64]]:
        """Records that share keys with the question, and how much these keys say together."""
        nothing = np.zeros(0, dtype=np.int64)
        wanted = np.unique(np.array(list(_iter_keys(asked)), dtype=np.uint32))
        at = np.searchsorted(self._keys, wanted)
        at = at[at < len(self._keys)]
        at = at[np.isin(self._keys[at], wanted)]
        if not len(at):
            return nothing, np.zeros(0)
        starts, sizes = self._first[at], self._first[at + 1] - self._first[at]
        order = np.argsort(sizes, kind="stable")
        pieces, says, room = [], [], MOST_NAMED
        for start, size in zip(starts[order].tolist(), sizes[order].tolist(), strict=True):
            taken = min(size, room)
            pieces.append(self._owners[start : start + taken])
            says.append(np.full(taken, np.log(1 + len(self) / size)))
            room -= taken
            if not room:
                break
        owners, weights = np.concatenate(pieces).astype(np.int64), np.concatenate(says)
        rising = np.argsort(owners, kind="stable")
        owners, weights = owners[rising], weights[rising]
        begins = np.flatnonzero(np.diff(owners, prepend=-1))
        return owners[begins], np.add.reduceat(weights, begins)


def _iter_prepared(items: Sequence[Item]) -> Iterator[Prepared]:
    for start in range(0, len(items), _READ_AT_ONCE):
        some = [items[position] for position in range(start, min(start + _READ_AT_ONCE, len(items)))]
        yield from prepare_items(some, [""] * len(some))


def _find_largest(values: npt.NDArray[np.float64], count: int) -> Positions:
    """Places of the ``count`` largest values, the largest first; of equal ones the earlier."""
    if len(values) > count:
        near = np.flatnonzero(values >= np.partition(values, -count)[-count])
        return near[np.argsort(-values[near], kind="stable")[:count]]
    return np.argsort(-values, kind="stable")


def _bare(text: str) -> str:
    """A name in letters of one byte, for comparing letters: a million names in a quarter of the memory."""
    return text.encode("cp874", "replace").decode("latin-1")


def _find_place(item: Prepared) -> tuple[int, int, int]:
    """Tambon, villages and road numbers as numbers and bit masks; 0 where nothing is said."""
    villages = 0 if item.everywhere else mask(str(village) for village in item.villages)
    return int(item.tambon or 0), villages, mask(item.road_numbers)


def _iter_keys(item: Prepared) -> Iterator[int]:
    """Keys of a record as numbers of 32 bits; another record may have the same number by chance."""
    text = (item.core or item.whole).replace(" ", "").encode("utf-32-le", "surrogatepass")
    step = 4
    for start in range(0, len(text) - step * _RUN + 1, step):
        key = zlib.crc32(text[start : start + step * _RUN], _KINDS["run"])
        if key % _ONE_IN == 0:
            yield key
    yield _hash("whole", item.whole)
    work = work_key(item)
    if item.tambon:
        yield _hash("work", item.tambon, work)
        yield from (_hash("village", item.tambon, village, work) for village in sorted(item.villages))
    if item.item.district:
        yield from (_hash("district", item.item.district, village, work) for village in sorted(item.villages))
    yield from (_hash("code", code) for code in sorted(item.assets | item.references))
    for road in item.roads:
        yield from (_hash("road", road.name, number) for number in sorted(road.numbers))


def _hash(kind: str, *parts: object) -> int:
    return zlib.crc32("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), _KINDS[kind])
