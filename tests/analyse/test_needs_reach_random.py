"""needs_reach and the funnel against the slow obvious implementation, on graphs made by a seed."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from tests.analyse.analyse_reference import World, counts, find_ways, rows
from tests.analyse.analyse_story import Story
from tracegraph.analyse.questions import ask
from tracegraph.graph import Store
from tracegraph.model.graph import LinkKind, Stage

FLOORS = (0.0, 0.35, 0.5, 0.72, 1.01)
PLANS = (
    ("L1", "PK03", "810401", Stage.PLAN), ("L2", "PK03", "810402", Stage.PLAN), ("La", "PK03", "810401", Stage.ACTION),
    ("Lb", "PK03", "810401", Stage.BUDGET), ("Lc", "PK03", "810402", Stage.CONTRACT),
    ("T2", "PK02", "810401", Stage.PLAN),
    ("D4", "PK04", "8104", Stage.PLAN), ("D5", "PK05", "8104", Stage.PLAN), ("D6", "PK06", "8104", Stage.PLAN),
    ("P7", "PK07", "81", Stage.PLAN), ("A8", "PK08", "81", Stage.PLAN), ("Aa", "PK08", "81", Stage.ACTION),
    ("P9", "PK09", "81", Stage.PLAN), ("P10", "PK10", "81", Stage.PLAN),
)  # fmt: skip
VILLAGES = ("81040101", "81040102", "81040201", "810401", None)


def build_world(store: Store, seed: int) -> World:
    """A random graph in the store, and the same as plain records. Cycles, ties and equal texts are likely."""
    random_ = random.Random(seed)  # noqa: S311 (the same graph each time is the point)
    story = Story(file=f"random-{seed}.csv", sheet="", digest=f"{seed:064x}")
    story.plan("V1", "PK01", "81040101", "กม.")
    for uid, kind, area, stage in PLANS:
        story.plan(uid, kind, area, f"เจ้าของ {uid}", stage)
    for number in range(60):
        story.need(
            f"N{number:02d}", random_.choice(("ถนน", "น้ำ", "ไฟ")) + random_.choice(("", " หมู่ 1", " สายใหม่")),
            area=random_.choice(VILLAGES), year=random_.choice((2566, 2567, 2568)),
            outcome=random_.choice((None,) * 9 + ("rejected",)),
            outcome_reason=random_.choice((None, "เกินอำนาจ")), source_id=random_.choice((f"N{number:02d}", None)),
        )  # fmt: skip
    for number in range(45):
        plan, kind, area, _ = random_.choice(PLANS[:1] * 6 + PLANS)
        rejected = random_.random() < 0.25
        story.project(
            f"P{number:02d}", f"โครงการ {number}", plan, area=area, amount=random_.choice((None, 100.0, 100.0, 250.25)),
            year=random_.choice((2567, 2568)), beyond_capacity=random_.random() < 0.2,
            payer=random_.choice((None, "กรมทาง")),
            outcome="rejected" if rejected else None, outcome_reason=random_.choice((None, "ป่าสงวน")),
            beyond_reason=random_.choice((None, "เกินงบ")), status_text=random_.choice((None, "รอ")),
            source_id=random_.choice((f"P{number:02d}", None)),
        )  # fmt: skip
    needs, projects = [n.uid for n in story.needs], [p.uid for p in story.projects]
    answered = {(random_.choice(needs), random_.choice(projects)): _link(random_) for _ in range(75)}
    carried = {pair: _link(random_) for pair in (tuple(random_.sample(projects, 2)) for _ in range(50))}
    _write(store, story, {LinkKind.ANSWERED_BY: answered, LinkKind.CARRIED_TO: carried})
    return World(
        needs={n.uid: n for n in story.needs},
        projects={p.uid: p for p in story.projects},
        plans={p.uid: p for p in story.plans},
        owners={b.uid: b.name for b in story.bodies.values()},
        answered=answered,
        carried=carried,  # type: ignore[arg-type]  # sample(…, 2) is a pair
    )


def _link(random_: random.Random) -> tuple[str, float]:
    status = random_.choice(("declared", "suggested", "suggested", "suggested", "confirmed", "rejected"))
    return status, random_.choice((0.35, 0.5, 0.6, 0.72, 0.9))


def _write(store: Store, story: Story, links: dict[LinkKind, Any]) -> None:
    """Declared and suggested links as records, the rest as exported decisions."""
    hashes = {record.uid: record.text_hash for record in (*story.needs, *story.projects)}
    decisions: list[dict[str, Any]] = []
    for kind, pairs in links.items():
        for (start, end), (status, probability) in pairs.items():
            names = (start.split(":")[1], end.split(":")[1])
            if status == "declared":
                story.declare(kind, *names)
            else:
                story.suggest(kind, *names, probability)
            if status in ("confirmed", "rejected"):
                verdict = {"confirmed": "confirm", "rejected": "reject"}[status]
                decisions.append({"seq": len(decisions) + 1, "kind": kind.value, "from_uid": start, "to_uid": end,
                                  "verdict": verdict, "by": "ผู้ตรวจ", "at": "2026-11-01T09:00:00+00:00",
                                  "from_hash": hashes[start], "to_hash": hashes[end]})  # fmt: skip
    story.write(store)
    taken = store.import_decisions(decisions)
    assert taken["added"] == len(decisions)


@pytest.mark.parametrize("seed", [1, 2569, 20261123])
def test_every_row_equals_the_slow_one(store: Store, seed: int) -> None:
    world = build_world(store, seed)
    uids = {(shown["need_id"]): uid for uid, shown in rows(world, 0.5).items()}
    seen: Counter[str] = Counter()
    for floor in FLOORS:
        expected = rows(world, floor)
        answered = ask(store, "needs_reach", {"floor": floor}).rows
        assert len(answered) == len(world.needs)
        for row in answered:
            uid = uids[row["need_id"]]
            assert {name: row[name] for name in expected[uid]} == expected[uid], (floor, uid)
            seen[row["fate"]] += 1
        _same_funnel(store, world, floor)
    assert set(seen) == {"arrived", "funded", "rejected", "waiting_beyond_capacity", "not_carried", "unanswered"}


def _same_funnel(store: Store, world: World, floor: float) -> None:
    """Sums of reach_funnel by level over all areas, facts and with suggestions."""
    levels = {
        "answered": 1,
        "tambon": 2,
        "local": 3,
        "district": 4,
        "province_lists": 5,
        "province": 6,
        "province_action": 7,
    }
    facts: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for uid in world.needs:
        for total, at in ((facts, 1.01), (more, floor)):
            ends = [world.projects[way.end] for way in find_ways(world, uid, at)]
            best = max((world.height(end)[0] for end in ends), default=0)
            total.update(level for level, rank in levels.items() if best >= rank)
            total["funded"] += any(world.plan_of(end).stage is not Stage.PLAN for end in ends)
    found = ask(store, "reach_funnel", {"floor": floor}).rows
    assert {row["needs_raised"] for row in found if row["area"] == ""} <= {
        sum(n.area is None for n in world.needs.values())
    }
    for level in (*levels, "funded"):
        rows_ = [row for row in found if row["level"] == level]
        assert sum(row["needs_raised"] for row in rows_) == len(world.needs)
        assert sum(row["reached_facts"] for row in rows_) == facts[level]
        assert sum(row["reached_with_suggestions"] for row in rows_) == more[level]


@pytest.mark.parametrize(
    ("link", "floor", "counted"),
    [(("declared", 1.0), 1.01, True), (("suggested", 0.5), 0.5, True), (("suggested", 0.49), 0.5, False),
     (("confirmed", 0.1), 1.01, True), (("rejected", 1.0), 0.0, False)],
)  # fmt: skip
def test_which_links_count(link: tuple[str, float], floor: float, counted: bool) -> None:
    assert counts(link, floor) is counted
