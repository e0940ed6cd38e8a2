"""No answer is a result: each reason is told in both languages with the numbers behind it."""

from __future__ import annotations

import pytest

from tests.link.answers.pairs import need, project
from tracegraph.link import answers
from tracegraph.link.answer_outcome import TITLES, Outcome, OutcomeCode, count_unanswered, iter_outcomes
from tracegraph.model.items import Item

DRAIN = "ก่อสร้างรางระบายน้ำ คสล."
HERE = project(DRAIN, 3)
OTHER_VILLAGE = project(DRAIN, 4)
OTHER_TAMBON = project(DRAIN, 3, tambon="990102")
OTHER_KIND = project("ก่อสร้างศาลาประชาคม", 3)

#: Need, projects, what holds, and how many lie in the place, fit there, and fit elsewhere.
CASES: tuple[tuple[Item, tuple[Item, ...], OutcomeCode, tuple[int, int, int]], ...] = (
    (need("น้ำท่วมขัง"), (HERE, OTHER_KIND), OutcomeCode.ANSWERED, (2, 1, 0)),
    (need("๑๒๓ ๔๕๖"), (HERE,), OutcomeCode.NO_WORDS, (0, 0, 0)),
    (need("น้ำท่วมขัง"), (), OutcomeCode.NO_PROJECT, (0, 0, 0)),
    (need("ขอบ่อบาดาล"), (OTHER_TAMBON,), OutcomeCode.NO_PROJECT_IN_PLACE, (0, 0, 0)),
    (need("น้ำท่วมขัง ซอย 2"), (project(f"{DRAIN} ซอย 5", 3),), OutcomeCode.BELOW_FLOOR, (1, 1, 0)),
    (need("น้ำท่วมขัง"), (OTHER_VILLAGE, OTHER_KIND), OutcomeCode.OTHER_PLACE, (1, 0, 1)),
    (need("ขอบ่อบาดาล"), (HERE, OTHER_KIND, OTHER_TAMBON), OutcomeCode.NO_FITTING_KIND, (2, 0, 0)),
    (need("ขอความอนุเคราะห์ตามที่แจ้ง"), (OTHER_KIND,), OutcomeCode.KIND_UNKNOWN, (1, 0, 0)),
)


def outcome(asked: Item, offered: tuple[Item, ...], **more: object) -> Outcome:
    ((_, found),) = iter_outcomes([asked], offered, **more)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("asked", "offered", "code", "counts"), CASES, ids=lambda x: str(x) if isinstance(x, str) else ""
)
def test_each_outcome_is_found_and_told(
    asked: Item, offered: tuple[Item, ...], code: OutcomeCode, counts: tuple[int, int, int]
) -> None:
    found = outcome(asked, offered)
    assert (found.code, found.projects) == (code, len(offered))
    assert (found.in_place, found.fitting, found.fitting_elsewhere) == counts
    th, en = found.words
    assert th.startswith("มีโครงการรองรับ" if code == OutcomeCode.ANSWERED else "ไม่มีโครงการรองรับ")
    assert ("no project answers it" in en) == (code != OutcomeCode.ANSWERED)
    if code not in (OutcomeCode.NO_WORDS, OutcomeCode.NO_PROJECT):
        assert str(found.projects) in en or str(found.in_place) in en


def test_every_outcome_has_a_case_and_a_title() -> None:
    assert {code for _, _, code, _ in CASES} == set(OutcomeCode) == set(TITLES)


def test_an_outcome_agrees_with_what_is_proposed() -> None:
    for asked, offered, code, _ in CASES:
        assert bool(answers.propose([asked], offered)) == (code == OutcomeCode.ANSWERED)
        found = outcome(asked, offered)
        ranked = answers.rank([asked], offered, limit=1)[asked.uid]
        if ranked and found.nearest:
            (best, score), (item, told) = ranked[0], found.nearest
            assert (item.uid, told.probability) == (best.uid, pytest.approx(score.probability))


def test_what_people_rejected_is_no_answer() -> None:
    asked = need("น้ำท่วมขัง")
    assert outcome(asked, (HERE,)).code == OutcomeCode.ANSWERED
    assert outcome(asked, (HERE,), without={(asked.uid, HERE.uid)}).code == OutcomeCode.BELOW_FLOOR


def test_unanswered_needs_are_counted_by_their_reason() -> None:
    asked = [need("ขอบ่อบาดาล"), need("ขอถังขยะ"), need("ขอความอนุเคราะห์ตามที่แจ้ง"), need("ไฟทางดับ ซอย 2")]
    counts = count_unanswered(asked, [OTHER_KIND, project("ติดตั้งไฟส่องสว่าง", 4)])
    assert dict(counts) == {
        OutcomeCode.NO_FITTING_KIND: 2,
        OutcomeCode.KIND_UNKNOWN: 1,
        OutcomeCode.OTHER_PLACE: 1,
    }


@pytest.mark.parametrize("text", ["น้ำท่วม" * 800, "123456", "road ถนน 路 พัง", "\ud83d", "<script>ถนน</script>"])
def test_bad_texts_have_an_outcome_too(text: str) -> None:
    found = outcome(answers.read_typed(text, area="99010103"), (HERE, OTHER_KIND))
    assert all(found.words)
