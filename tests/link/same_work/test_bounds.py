"""The bulk bound is never below the true score, whatever the model: so pruning by it loses nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.link.same_work.cases import CASES, project
from tests.link.same_work.invented import invent
from tracegraph.link.same_work import bounds
from tracegraph.link.same_work.blocking import Candidates
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.score import observe, total

#: Names that the special levels of features are made for: steps, waters, furniture, second verbs, codes, changed rows.
SPECIAL = (
    "ขุดเจาะบ่อบาดาล หมู่ที่ 1 บ้านควนใน",
    "ก่อสร้างหอถังสูงและระบบประปา หมู่ที่ 1 บ้านควนใน",
    "จ้างออกแบบอาคารอเนกประสงค์ หมู่ที่ 2 บ้านควนใน",
    "ก่อสร้างอาคารอเนกประสงค์ หมู่ที่ 2 บ้านควนใน",
    "ก่อสร้างอาคารอเนกประสงค์พร้อมโต๊ะเก้าอี้ หมู่ที่ 2 บ้านควนใน",
    "จัดซื้อโต๊ะและเก้าอี้ประจำอาคารอเนกประสงค์ หมู่ที่ 2 บ้านควนใน",
    "ขุดลอกคลองบางควาย หมู่ที่ 5 บ้านบางควาย",
    "กำจัดวัชพืชและขุดลอกคลองบางควาย",
    "ปรับปรุงระบบประปาหมู่บ้าน (ติดตั้งระบบกรองน้ำ) หมู่ที่ 1",
    "ติดตั้งระบบกรองน้ำ ประปาหมู่บ้านควนใน หมู่ที่ 1",
    "ซ่อมสร้างถนน กบ.ถ.1-0023 สายบ้านควน-บ้านนา",
    "ซ่อมแซมผิวทาง กบ.ถ.1-0023",
    "ก่อสร้างถนน คสล. สายบ้านทุ่งยาว – บ้านในไร่ (กม.0+000–0+800)",
    "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านทุ่งยาว เชื่อม บ้านในไร่ ระยะทาง 800 เมตร",
)
WISHES = {"owner": "body:people", "plan_kind": "PK02", "plan_rank": 2, "plan": "plan:t"}
ROWS = [
    *(project(text, uid=f"l{n}", amount=300_000, row=n) for n, text in enumerate(SPECIAL)),
    *(project(text, uid=f"t{n}", amount=310_000, row=n, **WISHES) for n, text in enumerate(SPECIAL)),
    *(project(text, uid=f"c{n}", stage="contract", plan="plan:c", row=n) for n, text in enumerate(SPECIAL)),
    project(SPECIAL[3], uid="old", amendment="เดิม", row=40),
    project(SPECIAL[4], uid="new", amendment="เปลี่ยนแปลง", row=41),
]
KNOWN = [item for case in CASES for item in (case.left, case.right)]
ITEMS = prepare([*invent(45, seed=5).items, *KNOWN, *ROWS])
LEFT, RIGHT = np.triu_indices(len(ITEMS), k=1)
PAIRS = Candidates(LEFT.astype(np.int64), RIGHT.astype(np.int64), np.zeros(len(LEFT), dtype=np.int64), 0)
MODELS = {
    "shipped": load_model(),
    "without money and wording": load_model().without(["money", "whole_name", "core"]),
    "losses forgiven": load_model().with_losses_forgiven(["phase", "family", "whole_name", "money"]),
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_no_score_is_above_its_bound(model: Model) -> None:
    highest = find_bounds(ITEMS, PAIRS, model)
    scores = [total(observe(ITEMS[a], ITEMS[b]), model) for a, b in zip(LEFT, RIGHT, strict=True)]
    worst = int(np.argmin(highest - np.array(scores)))
    assert highest[worst] >= scores[worst] - 1e-6, (ITEMS[LEFT[worst]].item.text, ITEMS[RIGHT[worst]].item.text)


def test_many_candidates_are_bounded_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    model, some = load_model(), PAIRS.take(np.arange(500))
    at_once = find_bounds(ITEMS, some, model)
    monkeypatch.setattr(bounds, "BATCH", 64)
    assert find_bounds(ITEMS, some, model).tolist() == at_once.tolist()


def test_the_bound_prunes_most_pairs() -> None:
    assert (find_bounds(ITEMS, PAIRS, load_model()) >= 0).mean() < 0.15


def test_no_candidates_have_no_bounds() -> None:
    none = PAIRS.take(np.zeros(0, dtype=np.int64))
    assert len(find_bounds(ITEMS, none, load_model())) == 0
