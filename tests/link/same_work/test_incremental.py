"""What is known is not compared again, and nobody can tell from the links."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.invented_projects import generate, to_item
from tests.link.same_work.cases import project
from tests.link.same_work.invented import invent
from tracegraph.link.same_work.memory import Memory
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.proposing import Linked, link_projects
from tracegraph.model.items import Item
from tracegraph.thai.normalize import text_hash


def remember(folder: Path, floor: float = 0.5) -> Memory:
    return Memory.open(folder, load_model(), floor)


def outcome(linked: Linked) -> tuple[object, ...]:
    """What must not depend on what was known before."""
    return (linked.links, linked.places, linked.skipped_keys, linked.doubled)


def change(items: Sequence[Item], rest: list[Item], dice: random.Random) -> list[Item]:
    """A new file, withdrawn rows, other words, other money, or the same again."""
    kind = dice.choice(("file", "file", "withdraw", "words", "money", "again", "place"))
    if kind == "file" and rest:
        size = min(len(rest), dice.randint(1, 40))
        return [*items, *(rest.pop() for _ in range(size))]
    picked = set(dice.sample(range(len(items)), min(len(items), 5)))
    if kind == "withdraw":
        gone = [items[at] for at in picked]
        rest[:0] = gone
        return [item for at, item in enumerate(items) if at not in picked]

    def changed(item: Item) -> Item:
        if kind == "words":
            text = f"{item.text} (เพิ่มเติม)"
            return replace(item, text=text, text_hash=text_hash(text))
        if kind == "money":
            return replace(item, amounts=(123_456.78,), years=(2569,), amount=123_456.78)
        return replace(item, tambon=None, area=None, district=None) if kind == "place" else item

    return [changed(item) if at in picked else item for at, item in enumerate(items)]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_after_any_sequence_of_imports_links_are_those_of_a_full_run(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - invented data, nothing secret
    rest = [*invent(50, seed=seed).items, *(to_item(r) for r in generate(120, seed=seed, density=40.0).records)]
    dice.shuffle(rest)
    items = [rest.pop() for _ in range(60)]
    compared = whole = 0
    for _ in range(6):
        items = change(items, rest, dice)
        dice.shuffle(items)
        known, full = link_projects(items, memory=remember(tmp_path)), link_projects(items)
        assert outcome(known) == outcome(full)
        compared, whole = compared + known.pairs_compared, whole + full.pairs_compared
    assert compared < whole


def test_places_without_news_are_not_compared(tmp_path: Path) -> None:
    items = invent(80, seed=5).items
    first = link_projects(items, memory=remember(tmp_path))
    assert first.places_compared == first.places
    again = link_projects(reversed(items), memory=remember(tmp_path))
    assert (again.places_compared, again.pairs_compared) == (0, 0)
    assert again.links == first.links
    one = replace(items[0], text=items[0].text + " ระยะที่ 9", text_hash="new")
    changed = link_projects([one, *items[1:]], memory=remember(tmp_path))
    assert changed.places_compared == 1
    assert outcome(changed) == outcome(link_projects([one, *items[1:]]))


def test_a_new_row_is_compared_with_what_is_there_and_the_rest_is_not(tmp_path: Path) -> None:
    names = [f"ก่อสร้างถนน คสล. ซอยสวนใหม่ {n} หมู่ที่ {n % 9 + 1}" for n in range(150)]
    items = [project(name, uid=f"p{n:03d}", amount=400_000 + n, row=n) for n, name in enumerate(names)]
    first = link_projects(items, memory=remember(tmp_path))
    new = project(names[7], uid="new", amount=400_007, stage="action", plan="plan:b", document="doc:b")
    second = link_projects([*items, new], memory=remember(tmp_path))
    assert second.pairs_compared < first.pairs_compared / 3
    assert ("p007", "new") in {(link.from_uid, link.to_uid) for link in second.links}
    assert outcome(second) == outcome(link_projects([*items, new]))


def test_another_floor_or_model_makes_everything_new(tmp_path: Path) -> None:
    items = invent(30, seed=6).items
    link_projects(items, memory=remember(tmp_path))
    strict = link_projects(items, floor=0.9, memory=remember(tmp_path, 0.9))
    assert strict.places_compared == strict.places
    assert strict.links == link_projects(items, floor=0.9).links
    other = load_model().without(["money"])
    found = link_projects(items, model=other, memory=Memory.open(tmp_path, other, 0.5))
    assert found.places_compared == found.places
    assert found.links == link_projects(items, model=other).links


@pytest.mark.parametrize("bad", [b"", b"no archive", b"PK\x03\x04 half a file"])
def test_a_file_that_cannot_be_read_is_made_anew_and_said(
    tmp_path: Path, bad: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    items = invent(20, seed=7).items
    first = link_projects(items, memory=remember(tmp_path))
    spoilt = sorted(tmp_path.glob("*.npz"))
    for path in spoilt:
        path.write_bytes(bad)
    assert link_projects(items, memory=remember(tmp_path)).links == first.links
    assert caplog.text.count("made anew") == len(spoilt)
    assert link_projects(items, memory=remember(tmp_path)).places_compared == 0


def test_a_file_with_objects_of_python_is_never_run(tmp_path: Path) -> None:
    items = invent(20, seed=7).items
    first = link_projects(items, memory=remember(tmp_path))
    path = min(tmp_path.glob("*.npz"))
    np.savez(path, texts=np.array([print], dtype=object))
    assert link_projects(items, memory=remember(tmp_path)).links == first.links


def test_places_that_are_gone_leave_no_file(tmp_path: Path) -> None:
    items = invent(40, seed=8).items
    link_projects(items, memory=remember(tmp_path))
    before = len(list(tmp_path.iterdir()))
    district = items[0].district
    link_projects([item for item in items if item.district == district], memory=remember(tmp_path))
    assert 1 <= len(list(tmp_path.iterdir())) < before
    link_projects([], memory=remember(tmp_path))
    assert list(tmp_path.iterdir()) == []
