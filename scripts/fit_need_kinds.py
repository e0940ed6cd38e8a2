"""Learn which kind of work people mean from complaints and the types that they were filed under.

    python scripts/fit_need_kinds.py SHARED [--write]

SHARED is the folder with ``data/`` and ``domain/`` (real records; they never enter the repository). Learned from: the
complaints of the development half (``tests/link/answers/reach_kinds.py``; types that a relay took from address words
are left out), those filed under a type that fits no kind, part a of what villages ask for, and the invented needs.
Ridge regression on concepts of the lexicon, words of the dictionary that are no place's name, and sentence vectors.
Figures are of complaints in another fold than those that were learned from.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np

REPO = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPO))

from tests.link.answers.invented import read_invented  # noqa: E402
from tests.link.answers.reach_kinds import Complaint, read_complaints, read_unfit  # noqa: E402
from tests.link.answers.test_village_words import plan, read_rows  # noqa: E402
from tests.link.readers import make_item  # noqa: E402
from tracegraph.link.answer_features import LIKELY  # noqa: E402
from tracegraph.link.answer_sides import Side, build_side  # noqa: E402
from tracegraph.link.evaluate import build_folds  # noqa: E402
from tracegraph.link.lexicon import load_lexicon  # noqa: E402
from tracegraph.link.need_kinds import CURRENT, Floats, NeedKinds, load_kinds, parse_need_kinds, signs_of  # noqa: E402
from tracegraph.link.vectors import Vector, open_vectors  # noqa: E402
from tracegraph.model.items import Item  # noqa: E402
from tracegraph.thai.parse import parse_name  # noqa: E402
from tracegraph.thai.words import split_words  # noqa: E402

MODEL_FILE = REPO / "tracegraph" / "link" / "models" / f"{CURRENT}.json"
FOLDS = 5
RIDGE = 1.0
#: Chosen on held-out folds of the development half: the pull to no weight, and in how many texts a sign has to stand.
LEAST_CONCEPT, LEAST_WORD = 3, 3
SCALE = 1000
#: A word that begins the name of a road, a lane or a district in so many of the texts that hold it is such a name; one
#: that follows there in so many is part of one.
_NAME_SHARE, _PART_SHARE = 0.2, 0.5
#: A word of fewer districts says where, not what.
_LEAST_DISTRICTS = 3
_IN_ADDRESS = re.compile(r"(?:ถนน|ถ\.|ซอย|ซ\.|แขวง|เขต|แยก)\s*[:.]?\s*([ก-๙]{2,})")
ABOUT = (
    "How likely a need is about each kind of work: start + concepts + words + vectors, cut to 0-1. Concepts and words "
    "weigh by rarity, each group scaled to length one. Learned by scripts/fit_need_kinds.py."
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the kinds that it is about (none: about something else) and its sentence vector."""

    name: str
    side: Side
    kinds: frozenset[str]
    vector: Vector
    filed: bool


def read_texts(shared: Path) -> list[Text]:
    """Everything that is learned from."""
    lexicon = load_lexicon()
    path = shared / "data" / "traffy" / "complaints.csv"
    filed = [one for one in (*read_complaints(path), *read_unfit(path)) if not one.held]
    learned = [one for one in filed if one.told or not one.stated]
    found = [(make_item(one.text, uid=f"need:{one.id}", role="need"), one.told, True) for one in learned]
    found += [(item, kinds, False) for item, kinds in _iter_villages(shared / "domain")]
    sides = [build_side(item, lexicon) for item, _, _ in found]
    encoder = open_vectors(Path(".vectors") if Path(".vectors").is_dir() else None)
    if encoder is None:
        raise SystemExit("the sentence encoder is needed: pip install tracegraph[vectors]")
    vectors = encoder.encode(side.phrase for side in sides)
    return [
        Text(item.uid, side, kinds, vectors[side.phrase], filed)
        for (item, kinds, filed), side in zip(found, sides, strict=True)
        if side.phrase in vectors
    ]


def _iter_villages(domain: Path) -> Iterator[tuple[Item, frozenset[str]]]:
    """Needs of villages with the kinds of the projects that answer them."""
    projects = plan()
    for number, row in enumerate(row for row in read_rows("village_needs.csv") if row["part"] == "a"):
        wanted = [projects[name] for name in row["wanted"].split("|")]
        yield make_item(row["text"], uid=f"need:a{number}", role="need"), _kinds_of(wanted)
    invented = read_invented(domain)
    for name, need in invented.needs.items():
        yield need, _kinds_of([invented.projects[invented.right[name]]])


def _kinds_of(projects: Iterable[Item]) -> frozenset[str]:
    works = {work for item in projects for work, how in build_side(item, load_lexicon()).concepts.works if how >= 1}
    return frozenset(kind.id for kind in load_kinds() if works & kind.works)


def read_place_names(shared: Path) -> frozenset[str]:
    """Words of names of provinces, districts, tambons, roads and lanes, and abbreviations: they say where or who."""
    with gzip.open(shared / "data" / "places" / "tambon.csv.gz", "rt", encoding="utf-8-sig") as file:
        names = set(re.findall(r"[ก-๙]{2,}", file.read()))
    path = shared / "data" / "traffy" / "complaints.csv"
    complaints = [one for one in read_complaints(path) if not one.held]
    texts = [one.text for one in complaints]
    all_words = Counter(word for text in texts for word in set(split_words(text)))
    in_names = [[split_words(name) for name in _IN_ADDRESS.findall(text)] for text in texts]
    begins = Counter(word for found in in_names for word in {parts[0] for parts in found})
    follows = Counter(word for found in in_names for word in {part for parts in found for part in parts[1:2]})
    names.update(word for word, n in begins.items() if n >= _NAME_SHARE * all_words[word])
    names.update(word for word, n in follows.items() if n >= _PART_SHARE * all_words[word])
    names.update(_find_local_words(complaints, path))
    names.update(word.removesuffix(".") for word in all_words if word.endswith("."))
    names.update(word for word in all_words if word.endswith(".") or parse_name(word).provinces)
    return frozenset(names)


def _find_local_words(complaints: Iterable[Complaint], path: Path) -> Iterator[str]:
    """Words that people of one or two districts (as the file at ``path`` has them) alone use: parts of names of what
    lies there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        districts = {row["ticket_id"]: row["district"] for row in csv.DictReader(file)}
    used: dict[str, list[str]] = {}
    for one in complaints:
        for word in set(split_words(one.text)):
            used.setdefault(word, []).append(districts[one.id])
    for word, where in used.items():
        if len(set(where)) < min(_LEAST_DISTRICTS, len(where)) or len(set(where)) == 1:
            yield word


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one sort that are common enough, with their rarity."""

    rarity: Mapping[str, float]

    def rows(self, counts: Sequence[Mapping[str, float]]) -> Floats:
        """A row of length one for each text (zeros where it has none of the signs)."""
        index = {sign: at for at, sign in enumerate(sorted(self.rarity))}
        rows = np.zeros((len(counts), len(index)))
        for row, signs in zip(rows, counts, strict=True):
            for sign, share in signs.items():
                if sign in index:
                    row[index[sign]] = share * self.rarity[sign]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(lengths > 0, lengths, 1.0)


def find_signs(counts: Sequence[Mapping[str, float]], least: int, without: frozenset[str] = frozenset()) -> Signs:
    """The signs that stand in at least so many texts."""
    known = Counter(sign for signs in counts for sign in signs)
    kept = {sign: round(log(len(counts) / n), 3) for sign, n in known.items() if n >= least and sign not in without}
    return Signs(kept)


def learn(texts: Sequence[Text], places: frozenset[str]) -> dict[str, Any]:
    """The table of weights, with the sentence vector and without."""
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415

    dictionary = thai_words()
    concepts = [signs_of(text.side.concepts) for text in texts]
    words = [{word: 1.0 for word, _ in text.side.tokens if word in dictionary} for text in texts]
    by_concept, by_word = find_signs(concepts, LEAST_CONCEPT), find_signs(words, LEAST_WORD, places)
    blocks = [by_concept.rows(concepts), by_word.rows(words)]
    vectors = np.array([text.vector for text in texts], dtype=np.float64)
    truth = np.array([[kind.id in text.kinds for kind in load_kinds()] for text in texts], dtype=np.float64)
    start = truth.mean(axis=0)
    table: dict[str, Any] = {"version": CURRENT, "about": ABOUT}
    for half, more in (("with_vectors", [vectors]), ("without_vectors", [])):
        design = np.hstack([*blocks, *more])
        square = design @ design.T + RIDGE * np.eye(len(design))
        weights = design.T @ np.linalg.solve(square, truth - start)
        table[half] = _tell_half(start, weights, by_concept, by_word)
    return table


def _tell_half(start: Floats, weights: Floats, by_concept: Signs, by_word: Signs) -> dict[str, Any]:
    names = [kind.id for kind in load_kinds()]
    first, second = len(by_concept.rarity), len(by_concept.rarity) + len(by_word.rarity)
    half: dict[str, Any] = {
        "start": dict(zip(names, start.round(4).tolist(), strict=True)),
        "concepts": _tell_signs(by_concept, weights[:first], names),
        "words": _tell_signs(by_word, weights[first:second], names),
    }
    if len(weights) > second:
        rows = (weights[second:] * SCALE).round().astype(int).T.tolist()
        half |= {"vector_scale": SCALE, "vectors": dict(zip(names, rows, strict=True))}
    return half


def _tell_signs(signs: Signs, weights: Floats, names: Sequence[str]) -> dict[str, Any]:
    """Weights below a hundredth are left out: they say nothing."""
    told = {}
    for sign, row in zip(sorted(signs.rarity), weights, strict=True):
        kept = {name: round(float(w), 2) for name, w in zip(names, row, strict=True) if abs(w) >= 0.01}
        told[sign] = {"rarity": signs.rarity[sign], "weights": kept}
    return told


def fold_models(texts: Sequence[Text], places: frozenset[str]) -> Iterator[tuple[list[Text], NeedKinds]]:
    """For each fold its texts, and a model that saw none of them (nor another text of the same words)."""
    folds = build_folds([(text.side.phrase,) for text in texts], FOLDS)
    for fold in range(FOLDS):
        learned = [text for text, other in zip(texts, folds, strict=True) if other != fold]
        yield (
            [text for text, other in zip(texts, folds, strict=True) if other == fold],
            parse_need_kinds(learn(learned, places)),
        )


def tell(title: str, asked: Iterable[tuple[Text, NeedKinds]], *, vectors: bool) -> None:
    """Print how often the likeliest kind is right, and how often a text about something else is left alone."""
    right = filed = quiet = other = 0
    for text, model in asked:
        shares = model.find(text.side.concepts, text.side.tokens, text.vector if vectors else None)
        likeliest = max(sorted(shares), key=lambda kind: shares[kind], default="")
        if text.kinds:
            filed, right = filed + 1, right + (likeliest in text.kinds)
        else:
            other, quiet = other + 1, quiet + (shares.get(likeliest, 0.0) < LIKELY)
    print(f"{title}: likeliest kind right {right}/{filed} = {right / filed:.3f}; others left alone {quiet}/{other}")


def main() -> None:
    """Learn, print figures of held-out texts, and write the file where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    texts, places = read_texts(args.shared), read_place_names(args.shared)
    asked = [(text, model) for held, model in fold_models(texts, places) for text in held]
    for vectors in (True, False):
        said = "with vectors" if vectors else "without"
        for part, filed in (("complaints", True), ("villages", False)):
            tell(f"{part}, {said}", [one for one in asked if one[0].filed is filed], vectors=vectors)
    if args.write:
        MODEL_FILE.write_text(write_table(learn(texts, places)), encoding="utf-8", newline="\n")


def write_table(table: Mapping[str, Any]) -> str:
    """The table as JSON: a sign on a line."""
    text = json.dumps(table, ensure_ascii=False, indent=1)
    text = re.sub(r"\[[^][]*\]", lambda found: re.sub(r"\s+", "", found[0]), text)
    return re.sub(r"\{[^{}]*\}", lambda found: re.sub(r"\s+", " ", found[0]), text) + "\n"


if __name__ == "__main__":
    main()
