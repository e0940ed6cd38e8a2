"""Which pairs are asked about: unsure ones, of many kinds, never known ones, always the same for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import cache

from benchmarks.invented_projects import generate, to_item
from tracegraph.link.same_work.labelling import Question, choose_places, choose_questions
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import score_prepared


@cache
def items() -> tuple[Prepared, ...]:
    records = generate(300, seed=4, density=60.0).records
    return tuple(prepare(sorted((to_item(record) for record in records), key=lambda item: item.uid)))


def rng() -> random.Random:
    return random.Random(1)  # noqa: S311


def pairs_of(questions: list[Question]) -> list[frozenset[str]]:
    return [frozenset((one.left.uid, one.right.uid)) for one in questions]


def test_the_unsure_pairs_are_asked_and_none_that_is_ruled_out() -> None:
    model = load_model()
    questions = choose_questions(items(), model, set(), 12)
    assert len(set(pairs_of(questions))) == len(questions) == 12
    scores = [score_prepared(one.left, one.right, model) for one in questions]
    assert all(score.veto is None and score.probability >= 0.02 for score in scores)
    assert sum(one.drawn for one in questions) == 3


def test_what_is_chosen_is_less_sure_than_what_chance_draws() -> None:
    model = load_model()

    def doubt(share: float) -> float:
        questions = choose_questions(items(), model, set(), 12, random_share=share)
        chances = [score_prepared(one.left, one.right, model).probability for one in questions]
        return sum(chance * (1 - chance) for chance in chances)

    assert doubt(0.0) > doubt(1.0)


def test_the_same_seed_asks_the_same_and_another_turns_order_and_sides() -> None:
    model = load_model()
    first = choose_questions(items(), model, set(), 10, seed=1)
    assert first == choose_questions(items(), model, set(), 10, seed=1)
    assert first != choose_questions(items(), model, set(), 10, seed=2)
    sides = {one.left.uid < one.right.uid for one in choose_questions(items(), model, set(), 30)}
    assert sides == {True, False}


def test_known_pairs_are_never_asked_and_nothing_is_left_when_all_are_known() -> None:
    model = load_model()
    known: set[frozenset[str]] = set()
    for _ in range(200):
        found = pairs_of(choose_questions(items(), model, known, 200))
        assert known.isdisjoint(found)
        if not found:
            break
        known |= set(found)
    assert known
    assert choose_questions(items(), model, known, 5) == []


def test_a_record_is_not_asked_about_again_and_again() -> None:
    questions = choose_questions(items(), load_model(), set(), 12, random_share=0.0)
    counts = Counter(uid for pair in pairs_of(questions) for uid in pair)
    assert max(counts.values()) <= 2


def test_nothing_to_ask_without_records() -> None:
    assert choose_questions([], load_model(), set(), 5) == []
    assert choose_questions(items()[:1], load_model(), set(), 5) == []


def test_of_a_large_store_whole_places_are_looked_through() -> None:
    every = list(items())
    assert choose_places(every, rng()) == every
    some = choose_places(every, rng(), most=100)
    assert 0 < len(some) <= 100
    assert some == choose_places(every, rng(), most=100)
    many = [replace(one, scope=f"{number // 40}") for number, one in enumerate(every[:200])]
    counts = Counter(one.scope for one in choose_places(many, rng(), most=100))
    assert list(counts.values()) == [40, 40], "two whole places of five, and no part of a third"
    assert choose_places(every[:1] * 300, rng(), most=100) == every[:1] * 100
