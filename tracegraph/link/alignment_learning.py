"""Learning a list from what an office has labelled: weights of words for each entry, on top of what the names say.

A multinomial logistic regression over the leaves (and "none of them"), which starts from the score by names, so that
few labels suffice and an entry without a label keeps its chance. A label may stand at any level: an entry above the
leaves says "one of those below". What is learned is calibrated on texts that the weights have not seen, and a project
that is itself labelled is judged by weights that have not seen its text: its own label would always seem right.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from tracegraph.link.alignment_features import ListIndex
from tracegraph.link.alignment_model import AlignmentModel
from tracegraph.link.alignment_texts import Subject, read_tokens
from tracegraph.link.alignment_themes import Floats

#: How many imagined texts hold the calibration at slope 1 and intercept 0.
_HELD = 4.0
_STEPS = (0.5, 0.2, 0.08, 0.03)


@dataclass(frozen=True, slots=True)
class Example:
    """Texts of the same words with the same label: the leaves that it allows, and what they count.

    Texts of the same words count together as the root of their number, each label in proportion.
    """

    key: str
    tokens: Mapping[str, float]
    leaves: tuple[int, ...]
    weight: float
    names: Floats


@dataclass(frozen=True, slots=True)
class WordWeights:
    """Learned log-odds by word and leaf; ``usual`` is the rarity of a word that no label has."""

    rarity: Mapping[str, float]
    usual: float
    row: Mapping[str, int]
    table: Floats

    def weigh(self, tokens: Mapping[str, float]) -> list[tuple[str, Floats]]:
        """What each known word of a text adds to each leaf, in the order of the words."""
        shares = {word: share * self.rarity.get(word, self.usual) for word, share in sorted(tokens.items())}
        length = sqrt(sum(share * share for share in shares.values()))
        return [
            (word, share / length * self.table[self.row[word]]) for word, share in shares.items() if word in self.row
        ]

    def score(self, tokens: Mapping[str, float]) -> Floats:
        """What all words of a text add to each leaf."""
        total = np.zeros(self.table.shape[1])
        for _, weights in self.weigh(tokens):
            total += weights
        return total


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of one list: word weights, calibration, and the weights to judge labelled texts by.

    ``common`` is the commonest label (as places of leaves) of each text learned from.
    """

    list_id: str
    texts: int
    whole: WordWeights
    parts: tuple[WordWeights, ...]
    part_of: Mapping[str, int]
    common: Mapping[str, tuple[int, ...]]
    slope: float
    intercept: float

    def weights_for(self, tokens: Mapping[str, float], own: Iterable[tuple[int, ...]]) -> WordWeights:
        """The weights to judge a labelled text by: those that have not seen texts of its words.

        Where most texts of the same words are labelled otherwise, those others may speak: all weights.
        """
        key = _key(tokens)
        part = self.part_of.get(key)
        return self.whole if part is None or self.common[key] not in own else self.parts[part]


def learn(index: ListIndex, labelled: Iterable[tuple[Subject, Iterable[str]]], model: AlignmentModel) -> Learned | None:
    """Learn a list from (project, uids of its entries); None where there are too few labels to learn from.

    The order of the labels does not matter. Uids that the list does not have are left out.
    """
    settings = model.learning
    examples = _choose(_read_examples(index, labelled, model), settings.most)
    targets = {example.leaves for example in examples}
    keys = {example.key for example in examples}
    if len(keys) < settings.texts or len(targets) < settings.entries:
        return None
    part_of = {key: at % settings.folds for at, key in enumerate(sorted(keys, key=_order))}
    parts = tuple(
        _fit([one for one in examples if part_of[one.key] != part], len(index.leaves), model)
        for part in range(settings.folds)
    )
    unseen = [settings.trust * one.names + parts[part_of[one.key]].score(one.tokens) for one in examples]
    slope, intercept = _calibrate(np.array(unseen), examples)
    whole = _fit(examples, len(index.leaves), model)
    common = {one.key: one.leaves for one in sorted(examples, key=lambda one: (one.weight, one.leaves))}
    return Learned(index.list_id, len(keys), whole, parts, part_of, common, slope, intercept)


def _key(tokens: Mapping[str, float]) -> str:
    return " ".join(f"{word}:{share:g}" for word, share in sorted(tokens.items()))


def _order(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _read_examples(
    index: ListIndex, labelled: Iterable[tuple[Subject, Iterable[str]]], model: AlignmentModel
) -> list[Example]:
    below = {**index.below, **{uid: [at] for uid, at in index.place.items()}}
    found: dict[tuple[str, tuple[int, ...]], tuple[Subject, int]] = {}
    for subject, uids in labelled:
        tokens = read_tokens(subject)
        for uid in sorted(set(uids) & below.keys()):
            if tokens:
                spot = (_key(tokens), tuple(below[uid]))
                known = found.get(spot)
                first = subject if known is None or subject.item.uid < known[0].item.uid else known[0]
                found[spot] = (first, 1 + (known[1] if known else 0))
    names = {
        key: model.weigh(index.compare(subject), len(index.leaves), index.list_id)
        for (key, _), (subject, _) in found.items()
    }
    total = Counter[str]()
    for (key, _), (_, count) in found.items():
        total[key] += count
    return [
        Example(key, read_tokens(subject), leaves, count / sqrt(total[key]), names[key])
        for (key, leaves), (subject, count) in sorted(found.items(), key=lambda item: item[0])
    ]


def _choose(examples: Sequence[Example], most: int) -> list[Example]:
    """At most so many examples, as even over the labels as they allow; always the same ones."""
    if len(examples) <= most:
        return list(examples)
    ranked: list[tuple[int, bytes, Example]] = []
    seen: dict[tuple[int, ...], int] = {}
    for example in sorted(examples, key=lambda one: (_order(one.key), one.leaves)):
        rank = seen[example.leaves] = seen.get(example.leaves, -1) + 1
        ranked.append((rank, _order(example.key), example))
    kept = sorted(ranked, key=lambda item: (item[0], item[1], item[2].leaves))[:most]
    return sorted((example for _, _, example in kept), key=lambda one: (one.key, one.leaves))


def _fit(examples: Sequence[Example], leaves: int, model: AlignmentModel) -> WordWeights:
    """Word weights by accelerated gradient steps on the texts' common words (a kernel of texts × texts)."""
    rarity, usual = _weigh_rarity(examples)
    row = {word: at for at, word in enumerate(sorted(rarity))}
    if not row:
        return WordWeights(rarity, usual, row, np.zeros((0, leaves)))
    texts = np.zeros((len(examples), len(row)))
    for at, example in enumerate(examples):
        for word, share in example.tokens.items():
            texts[at, row[word]] = share * rarity[word]
    texts /= np.sqrt((texts * texts).sum(axis=1, keepdims=True))
    kernel = texts @ texts.T
    weights = np.array([[example.weight] for example in examples])
    offsets = model.learning.trust * np.array([example.names for example in examples])
    allowed = _allow(examples, leaves)
    step = 1.0 / (0.5 * _find_largest(kernel * weights) + model.learning.ridge)
    now = before = np.zeros((len(examples), leaves))
    speed = 1.0
    for _ in range(model.learning.rounds):
        next_speed = (1.0 + sqrt(1.0 + 4.0 * speed * speed)) / 2.0
        ahead = now + (speed - 1.0) / next_speed * (now - before)
        change = weights * _find_errors(offsets + kernel @ ahead, allowed) + model.learning.ridge * ahead
        before, now, speed = now, ahead - step * change, next_speed
    return WordWeights(rarity, usual, row, texts.T @ now)


def _weigh_rarity(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    texts = {example.key: example.tokens for example in examples}
    counts: dict[str, int] = {}
    for tokens in texts.values():
        for word in tokens:
            counts[word] = counts.get(word, 0) + 1
    return (
        {word: 1.0 + log((len(texts) + 1) / (count + 1)) for word, count in counts.items()},
        1.0 + log(len(texts) + 1),
    )


def _allow(examples: Sequence[Example], leaves: int) -> Floats:
    allowed = np.zeros((len(examples), leaves))
    for at, example in enumerate(examples):
        allowed[at, list(example.leaves)] = 1.0
    return allowed


def _find_errors(scores: Floats, allowed: Floats) -> Floats:
    """How far each leaf's chance lies above what the label says of it (the chances among allowed leaves stay)."""
    top = np.maximum(scores.max(axis=1, keepdims=True), 0.0)
    odds = np.exp(scores - top)
    chances = odds / (odds.sum(axis=1, keepdims=True) + np.exp(-top))
    right = chances * allowed
    errors: Floats = chances - right / np.maximum(right.sum(axis=1, keepdims=True), 1e-12)
    return errors


def _find_largest(kernel: Floats) -> float:
    """The largest eigenvalue (never too small by much), by repeated multiplication of a fixed vector."""
    vector = np.ones(len(kernel)) / sqrt(len(kernel))
    size = 1.0
    for _ in range(30):
        product = kernel @ vector
        size = float(np.sqrt(product @ product))
        vector = product / size
    return 1.1 * size


def _calibrate(scores: Floats, examples: Sequence[Example]) -> tuple[float, float]:
    """Slope and intercept under which unseen texts' labels are likeliest, held near 1 and 0."""
    allowed = _allow(examples, scores.shape[1])
    weights = np.array([example.weight for example in examples])

    def cost(log_slope: float, intercept: float) -> float:
        moved = np.exp(log_slope) * scores + intercept
        top = np.maximum(moved.max(axis=1, keepdims=True), 0.0)
        odds = np.exp(moved - top)
        right = (odds * allowed).sum(axis=1) / (odds.sum(axis=1) + np.exp(-top[:, 0]))
        return float(-(weights * np.log(np.maximum(right, 1e-12))).sum() + _HELD * (log_slope**2 + intercept**2 / 16.0))

    best = (0.0, 0.0)
    value = cost(*best)
    for step in _STEPS:
        for _ in range(40):
            moves = [(best[0] + a * step / 2, best[1] + b * step) for a in (-1, 0, 1) for b in (-1, 0, 1)]
            found, move = min((cost(*one), one) for one in moves)
            if found >= value - 1e-9:
                break
            value, best = found, move
    return float(np.exp(best[0])), best[1]
