"""An upper bound of each candidate's score, in bulk, so that only pairs that can reach the floor are compared in full.

Exact for the two likenesses of wording (RapidFuzz over all pairs at once) and for verb, object and surface; for every
other feature it assumes the best level wherever both items have something to go by. So no pair is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from tracegraph.link.same_work.blocking import Candidates
from tracegraph.link.same_work.features import crowd, job, text
from tracegraph.link.same_work.model import Model, Weights
from tracegraph.link.same_work.prepared import Prepared

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]

#: Candidates whose bounds are found at a time.
BATCH = 4_000_000
#: Levels of money and years from near to far, with the gap (in logarithms, in years) beyond which each begins.
MONEY_LEVELS = (
    (("equal", "equal_round"), -np.inf),
    (("near",), 0.001),
    (("close",), 0.048),
    (("apart",), 0.262),
    (("far",), 0.693),
)
YEAR_LEVELS = ((("same",), -np.inf), (("adjacent",), 0.5), (("far",), 1.5))

_CODED: dict[str, Callable[[Prepared], str | None]] = {
    "verb": lambda item: item.verb,
    "work_object": lambda item: item.work_object,
    "family": lambda item: item.family,
}
#: Whether an item has anything to say to a feature; a pair can gain from it only where both have.
_BOTH_NEEDED: dict[str, Callable[[Prepared], object]] = {
    "tambon": lambda item: item.tambon or item.tambon_names or item.tambon_called,
    "village": lambda item: item.villages or item.everywhere,
    "village_name": lambda item: item.village_names,
    "road_name": lambda item: item.roads,
    "road_number": lambda item: item.road_numbers,
    "spot": lambda item: item.spots,
    "bank": lambda item: item.bank,
    "phase": lambda item: item.phase is not None,
    "stations": lambda item: item.stations,
    "measures": lambda item: item.sizes,
    "leftover": lambda item: item.leftover or item.ordinals,
    "body": lambda item: item.item.owner,
    "unit": lambda item: item.unit,
    "period": lambda item: item.period,
    "asset": lambda item: item.assets,
    "purpose": lambda item: item.purpose or item.furnished,
    "reference": lambda item: item.references or item.forwarded,
}

#: What one item alone can gain by: a citation, a road that the other's wording mentions, a period within its years,
#: a purchase for what the other builds.
_ONE_IS_ENOUGH = ("reference", "road_name", "period", "purpose")


def find_bounds(items: Sequence[Prepared], candidates: Candidates, model: Model) -> Floats:
    """The highest score that each candidate could have under ``model``; never below its true score.

    Memory is that of BATCH candidates: tens of thousands of records in one village have tens of millions.
    """
    if not len(candidates):
        return np.zeros(0)
    starts = range(0, len(candidates), BATCH)
    batches = (candidates.take(np.arange(at, min(at + BATCH, len(candidates)))) for at in starts)
    return np.concatenate([_find_bounds(items, batch, model) for batch in batches])


def _find_bounds(items: Sequence[Prepared], candidates: Candidates, model: Model) -> Floats:
    left, right = candidates.left, candidates.right
    bounds = np.full(len(candidates), model.base)
    more, near = np.array([bool(item.added_verbs) for item in items]), model.features["verb"].levels["near"]
    bounds += _whole(items, left, right, model.features["whole_name"])
    bounds += _difference([item.whole for item in items], left, right, model.features["difference"])
    bounds += _core(items, left, right, model.features["core"])
    for name, code in _CODED.items():
        weights = _coded([code(item) for item in items], left, right, name, model.features[name])
        bounds += np.where(more[left] | more[right], np.maximum(weights, near), weights) if name == "verb" else weights
    for name, has in _BOTH_NEEDED.items():
        known = np.array([bool(has(item)) for item in items])
        able = known[left] | known[right] if name in _ONE_IS_ENOUGH else known[left] & known[right]
        bounds += able * model.features[name].highest
    bounds += _ranges([item.amounts for item in items], left, right, model.features["money"], MONEY_LEVELS, np.log)
    bounds += _ranges([item.years for item in items], left, right, model.features["years"], YEAR_LEVELS, np.asarray)
    bounds += _job(items, left, right, model.features["job"])
    bounds += model.features["cut_off"].highest
    bounds += _crowd(items, left, right, model.features["crowd"])
    counted = np.array([bool(item.ordinals) for item in items])
    bounds += (counted[left] != counted[right]) * max(0.0, model.features["leftover"].levels["place_one_side"])
    going_on = np.array([item.continued for item in items])
    bounds += (going_on[left] != going_on[right]) * max(0.0, model.features["phase"].levels["continued"])
    return bounds + _relation(items, left, right, model.features["relation"])


def _whole(items: Sequence[Prepared], left: Positions, right: Positions, weights: Weights) -> Floats:
    """Weights of the likeness of whole names; nothing where either is empty."""
    ratios = _held_ratios(items, [item.whole for item in items], left, right)
    named = np.array([bool(item.village_names) for item in items])
    some = np.nonzero(named[left] != named[right])[0]
    bare = _held_ratios(items, [item.unplaced for item in items], left[some], right[some])
    ratios[some] = np.maximum(ratios[some], bare)
    thing = _codes(item.work_object for item in items)
    one_thing = (thing[left] == thing[right]) & (thing[left] >= 0)
    ratios = np.where(one_thing, np.maximum(ratios, text.KNOWN), ratios)
    worded = np.array([bool(item.whole) for item in items])
    return np.asarray(weigh_all(weights, ratios) * (worded[left] & worded[right]))


def _held_ratios(items: Sequence[Prepared], names: Sequence[str], left: Positions, right: Positions) -> Floats:
    """Likeness of names; at least HELD where one may hold the other.

    A name held by the other has the highest ratio that their lengths allow, so that needs no second comparison.
    """
    lengths = np.array([len(name) for name in names], dtype=np.float64)
    ratios = _ratios(names, left, right)
    shorter, both = np.minimum(lengths[left], lengths[right]), lengths[left] + lengths[right]
    placed = np.array([text.is_placed(item) for item in items])
    held = placed[left] & placed[right] & (ratios * both >= 2 * shorter - 1e-6)
    return np.asarray(np.where(held, np.maximum(ratios, text.HELD), ratios))


def _ratios(texts: Sequence[str], left: Positions, right: Positions) -> Floats:
    pairs = ([texts[i] for i in left], [texts[i] for i in right])
    return np.asarray(process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float64, workers=-1) / 100.0)


def _core(items: Sequence[Prepared], left: Positions, right: Positions, weights: Weights) -> Floats:
    cores = [item.core for item in items]
    meanings: dict[frozenset[str], int] = {}
    meant = np.array([meanings.setdefault(item.concepts, len(meanings)) if item.concepts else -1 for item in items])
    synonyms = (meant[left] == meant[right]) & (meant[left] >= 0)
    ratios = _ratios(cores, left, right)
    ratios = np.where(synonyms, np.maximum(ratios, text.SYNONYM), ratios)
    objects: dict[str, int] = {}
    thing = np.array([objects.setdefault(i.work_object, len(objects)) if i.work_object else -1 for i in items])
    one_thing = (thing[left] == thing[right]) & (thing[left] >= 0)
    ratios = np.where(one_thing, np.maximum(ratios, text.KNOWN), ratios)
    known = np.array([bool(core) for core in cores])
    comparable = known[left] & known[right] & ((thing[left] >= 0) == (thing[right] >= 0))
    return np.asarray(weigh_all(weights, ratios) * comparable)


def weigh_all(weights: Weights, values: Floats) -> Floats:
    """Weights along a curve of many values at once."""
    points, heights = zip(*weights.curve, strict=True)
    return np.asarray(np.interp(values, points, heights))


def _crowd(items: Sequence[Prepared], left: Positions, right: Positions, weights: Weights) -> Floats:
    """Weights of how crowded it is, exactly."""
    sizes = np.array([item.crowd for item in items])
    spaces = np.array([crowd.find_space(item.crowd) for item in items])
    known = (sizes[left] > 0) & (sizes[right] > 0) & (np.maximum(sizes[left], sizes[right]) > 1)
    return np.asarray(weigh_all(weights, np.minimum(spaces[left], spaces[right])) * known)


def _difference(names: Sequence[str], left: Positions, right: Positions, weights: Weights) -> Floats:
    """``none`` only for equal names; ``letters`` only where the lengths allow it.

    Differences of two letters with two equal letters between them can make a name twice as long, and no more.
    """
    codes = {name: code for code, name in enumerate(sorted(set(names)))}
    equal = np.array([codes[name] for name in names])
    lengths = np.array([len(name) for name in names])
    words = max(weights.levels["words"], weights.levels["added"])
    other = max(words, weights.levels["letters"], weights.levels["numbers"])
    best = np.where(equal[left] == equal[right], max(other, weights.levels["none"]), other)
    longer, shorter = np.maximum(lengths[left], lengths[right]), np.minimum(lengths[left], lengths[right])
    return np.where(longer > 2 * shorter + 2, words, best)


def _ranges(
    values: Sequence[Collection[float]],
    left: Positions,
    right: Positions,
    weights: Weights,
    levels: Sequence[tuple[tuple[str, ...], float]],
    scale: Callable[[Floats], Floats],
) -> Floats:
    """The best level that the gap between two ranges of numbers still allows; nothing where either has none."""
    known = np.array([bool(mine) for mine in values])
    low = scale(np.array([min(mine, default=1.0) for mine in values], dtype=np.float64))
    high = scale(np.array([max(mine, default=1.0) for mine in values], dtype=np.float64))
    gap = np.maximum(low[left] - high[right], low[right] - high[left])
    best = np.zeros(len(left))
    for position, (_, beyond) in enumerate(levels):
        allowed = max(weights.levels[level] for names, _ in levels[position:] for level in names)
        best = np.where(gap > beyond, allowed, best)
    return np.asarray(best * (known[left] & known[right]))


def _coded(values: Sequence[str | None], left: Positions, right: Positions, name: str, weights: Weights) -> Floats:
    known = sorted({value for value in values if value and not (name == "verb" and value in text.EMPTY_VERBS)})
    codes = np.array([known.index(value) + 1 if value in known else 0 for value in values])
    table = np.zeros((len(known) + 1, len(known) + 1))
    for i, a in enumerate(known, start=1):
        for j, b in enumerate(known, start=1):
            level = "same" if a == b else text.verb_level(a, b) if name == "verb" else "differs"
            table[i, j] = weights.levels[level]
    return np.asarray(table[codes[left], codes[right]])


def _job(items: Sequence[Prepared], left: Positions, right: Positions, weights: Weights) -> Floats:
    """The best that one verb at one spot can say, and one step after another in one village."""
    verbs: dict[str, int] = {}
    spotted = (bool(item.villages or item.roads or item.spots) for item in items)
    verb = np.array(
        [verbs.setdefault(i.verb, len(verbs)) if i.verb and at else -1 for i, at in zip(items, spotted, strict=True)]
    )
    water = np.array([job.is_water_work(item) for item in items])
    steps = np.array([job.may_step(item) for item in items])
    drawn = np.array([item.verb == job.DRAWING for item in items])
    levels = weights.levels
    dry, wet = max(0.0, levels["here"], levels["village"]), max(0.0, weights.highest)
    best = np.where(water[left] & water[right], wet, dry) * ((verb[left] == verb[right]) & (verb[left] >= 0))
    stepping = (steps[left] & steps[right]) | (drawn[left] | drawn[right])
    return np.asarray(np.where(stepping, np.maximum(best, levels["step"]), best))


def _relation(items: Sequence[Prepared], left: Positions, right: Positions, weights: Weights) -> Floats:
    """The best relation that two rows can have; an amendment only within one document."""
    levels = weights.levels
    amended = _codes(i.item.document if i.item.amendment else None for i in items)
    kind = _codes(i.item.plan_kind or None for i in items)
    body = _codes(f"{i.item.plan_kind} {i.item.owner}" for i in items)
    stage = _codes(f"{i.item.plan_kind} {i.item.owner} {i.item.stage}" for i in items)
    book = _codes(f"{i.item.plan_kind} {i.item.owner} {i.item.stage} {i.item.plan}" for i in items)
    bought = np.array([i.item.stage == "contract" for i in items])
    one_stage = np.where(
        bought[left],
        max(levels["two_steps"], levels["two_contracts"], levels["supplies"]),
        np.where(book[left] == book[right], levels["one_book"], levels["new_edition"]),
    )
    one_kind = np.where(body[left] == body[right], levels["later_stage"], levels["two_bodies"])
    one_kind = np.where(stage[left] == stage[right], one_stage, one_kind)
    best = np.where(kind[left] == kind[right], one_kind, max(levels["higher_level"], levels["next_level"]))
    best = np.where((kind[left] < 0) | (kind[right] < 0), 0.0, best)
    in_one = (amended[left] == amended[right]) & (amended[left] >= 0)
    return np.where(in_one, np.maximum(best, levels["amended"]), best)


def _codes(values: Iterable[str | None]) -> Positions:
    """A number for each value, the same for the same; -1 for None."""
    known: dict[str, int] = {}
    return np.array([-1 if value is None else known.setdefault(value, len(known)) for value in values])
