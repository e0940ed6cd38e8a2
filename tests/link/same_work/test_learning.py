"""Learning from labels: better on records that it never saw, refused where there is too little to learn from."""

from __future__ import annotations

import json
import random
from functools import cache

import pytest

from benchmarks.invented_projects import generate, to_item
from tracegraph.errors import InputError
from tracegraph.link.same_work.learning import (
    LEAST_LABELS,
    Lesson,
    build_lesson,
    build_table,
    deepen_vetoes,
    name_next,
    read_verdict,
    train,
)
from tracegraph.link.same_work.model import Model, load_model, parse_model, read_table
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.score import observe


@cache
def lessons() -> tuple[Lesson, ...]:
    """Invented pairs with their truth: all of one work, and look-alikes."""
    invented = generate(400, seed=5, density=60.0)
    prepared = {one.uid: one for one in prepare(to_item(record) for record in invented.records)}
    works: dict[str, list[str]] = {}
    for record in invented.records:
        works.setdefault(record.work, []).append(f"proj:{record.id}")
    same = [(uids[0], other) for uids in works.values() for other in uids[1:]]
    hard = [(f"proj:{pair.left}", f"proj:{pair.right}") for pair in invented.hard]
    pairs = [(*pair, True) for pair in same[:90]] + [(*pair, False) for pair in hard[:60]]
    uids = sorted(prepared)
    rng = random.Random(2)  # noqa: S311
    pairs += [(*rng.sample(uids, 2), False) for _ in range(60)]
    return tuple(build_lesson(prepared[a], prepared[b], same=same) for a, b, same in pairs)


@cache
def spoiled() -> Model:
    """The shipped model with a base that misses most: what an office with other habits sees."""
    model = load_model()
    return Model(model.name, model.base - 3.0, model.features)


def test_what_is_learned_is_better_on_records_that_it_never_saw() -> None:
    table = {**read_table(), "base": spoiled().base}
    found = train(lessons(), table, spoiled())
    assert (found.pairs, found.folds) == (len(lessons()), 5)
    assert found.new.log_loss < found.old.log_loss
    assert (found.new.at_half.f1 or 0) > (found.old.at_half.f1 or 0)
    assert found.is_better


def test_a_model_that_is_not_better_may_not_replace() -> None:
    fitted = parse_model(train(lessons(), read_table(), load_model()).table)
    again = train(lessons(), read_table(), fitted)
    assert again.new.log_loss >= again.old.log_loss, "held out, nothing beats a model that saw these very pairs"
    assert not again.is_better


def test_the_same_lessons_give_the_same_model_and_figures() -> None:
    first = train(lessons(), read_table(), load_model(), background=[lessons()[0].found])
    second = train(lessons(), read_table(), load_model(), background=[lessons()[0].found])
    assert first == second


def test_too_few_or_one_sided_lessons_are_refused() -> None:
    with pytest.raises(InputError, match=str(LEAST_LABELS)):
        train(lessons()[: LEAST_LABELS - 1], read_table(), load_model())
    one_sided = [Lesson(one.found, True, one.keys) for one in lessons()]
    with pytest.raises(InputError, match="one kind"):
        train(one_sided, read_table(), load_model())
    knotted = [Lesson(one.found, one.same, (*one.keys, "cluster all")) for one in lessons()]
    with pytest.raises(InputError, match="held out"):
        train(knotted, read_table(), load_model())


def test_vetoes_stay_out_of_reach() -> None:
    table = read_table()
    high = {**table, "base": 40.0}
    model = parse_model(deepen_vetoes(high))
    most = model.base + sum(weights.highest for weights in model.features.values())
    assert all(most + w.levels[level] < 0 for w in model.features.values() for level in w.veto)
    assert deepen_vetoes(deepen_vetoes(high)) == deepen_vetoes(high)


def test_the_file_holds_counts_and_figures_and_nothing_of_the_records() -> None:
    found = train(lessons(), read_table(), load_model())
    name = name_next("same_work-9", "same_work-8+office-2")
    table = build_table(found, name=name, date="2026-01-31", counts={"labels": 3})
    assert table["name"] == "same_work-9+office-3"
    assert table["trained_on"] == {"date": "2026-01-31", "pairs": found.pairs, "same": found.same, "labels": 3}
    assert table["figures"]["new"]["f1"] == round(found.new.at_half.f1 or 0, 4)
    text = json.dumps(table, ensure_ascii=False)
    assert not any(key in text for lesson in lessons() for key in lesson.keys)
    parse_model(table)


@pytest.mark.parametrize(
    ("current", "name"),
    [(None, "m+office-1"), ("m", "m+office-1"), ("m+office-9", "m+office-10"), ("m+office-x", "m+office-1")],
)
def test_names_count_up(current: str | None, name: str) -> None:
    assert name_next("m", current) == name


@pytest.mark.parametrize(
    ("status", "work_class", "same"),
    [
        ("confirmed", "carried", True),
        ("confirmed", None, True),
        ("confirmed", "next_phase", False),
        ("confirmed", "recurring", False),
        ("rejected", "duplicate", False),
        ("suggested", "duplicate", None),
        ("declared", "carried", None),
    ],
)
def test_what_a_decision_says_of_same_work(status: str, work_class: str | None, same: bool | None) -> None:
    assert read_verdict(status, work_class) is same


def test_a_lesson_remembers_its_records_and_its_cluster() -> None:
    a, b = prepare(to_item(record) for record in generate(2, seed=1, density=2.0).records[:2])
    lesson = build_lesson(a, b, same=True, cluster="7")
    assert lesson.keys == (a.uid, b.uid, "cluster 7")
    assert lesson.found == observe(a, b)
