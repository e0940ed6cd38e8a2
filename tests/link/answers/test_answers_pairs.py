"""Answers on pairs written for the purpose: what rules a project out, what counts, and what must always hold."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.link.answers.pairs import TAMBON, build_item, need, project
from tracegraph.link import answers
from tracegraph.link.answer_blocking import ProjectIndex, find_ceiling
from tracegraph.link.answer_details import find_details
from tracegraph.link.answer_features import build_corpus, find_all
from tracegraph.link.answer_model import load_model
from tracegraph.link.answer_places import relate
from tracegraph.link.scores import PairScore, to_probability
from tracegraph.link.vectors import open_vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item


def score(a: Item, b: Item) -> PairScore:
    return answers.score_pairs([a], [b])[0]


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("หน้าแล้งไม่มีน้ำใช้ ต้องซื้อน้ำ", "ขุดเจาะบ่อบาดาล หมู่ที่ 3"),
        ("ถนนเป็นหลุมเป็นบ่อทั้งสาย", "ซ่อมสร้างผิวจราจรแอสฟัลท์ติกคอนกรีต หมู่ที่ 3"),
        ("ฝนตกน้ำท่วมขังในซอย", "ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด ม.3"),
        ("ทางเข้าหมู่บ้านมืด กลัวโจร", "ติดตั้งโคมไฟถนนพลังงานแสงอาทิตย์ หมู่ที่ ๓"),
        ("ยุงเยอะ เด็กเป็นไข้เลือดออก", "ป้องกันและควบคุมโรคไข้เลือดออก"),
        ("ขุดลอกคลองหน้าวัด", "โครงการขุดลอกคลองหน้าวัด หมู่ที่ 3"),
        ("คนแก่ติดเตียงไม่มีคนดูแล", "จัดบริการดูแลระยะยาวผู้สูงอายุที่มีภาวะพึ่งพิง"),
    ],
)
def test_words_that_differ_on_purpose_meet(asked: str, offered: str) -> None:
    villages = 3 if "3" in offered or "๓" in offered else None
    found = score(need(asked), project(offered, villages))
    assert found.probability >= 0.5, found.reason_th
    assert found.veto is None


@pytest.mark.parametrize(
    ("asked", "offered", "village", "veto"),
    [
        ("ก่อสร้างรางระบายน้ำ ซอย 2", "ก่อสร้างรางระบายน้ำ คสล. ซอย 3 หมู่ที่ 3", 3, "lane"),
        ("ปรับปรุงถนน คสล. ช่วงที่ 3", "ปรับปรุงถนน คสล. หมู่ที่ 3 (ช่วงที่ 1)", 3, "phase"),
        ("ก่อสร้างรางระบายน้ำ คสล.", "ก่อสร้างรางระบายน้ำ คสล. หมู่ที่ 4", 4, "place"),
        ("ก่อสร้างถนน (กม.0+000-0+500)", "ก่อสร้างถนน หมู่ที่ 3 (กม.0+500-1+000)", 3, "stations"),
    ],
)
def test_another_place_rules_a_project_out(asked: str, offered: str, village: int, veto: str) -> None:
    found = score(need(asked), project(offered, village))
    assert found.veto == veto
    assert found.probability < 0.1


def test_another_tambon_district_or_province_is_a_veto() -> None:
    asked = need("ก่อสร้างถนน คสล.")
    for tambon in ("990102", "990201", "980101"):
        other = project(
            "ก่อสร้างถนน คสล. หมู่ที่ 3", 3, tambon=tambon, district=tambon[:4], province=tambon[:2], uid=f"p:{tambon}"
        )
        assert score(asked, other).veto == "place"
    assert answers.propose([asked], [other]) == []


def test_a_project_for_the_whole_tambon_serves_every_village() -> None:
    fogging = project("พ่นหมอกควันกำจัดยุงลาย ทุกหมู่บ้าน", None)
    for village in (1, 5, 9):
        assert score(need("ยุงเยอะมาก", village), fogging).probability >= 0.5


def test_several_villages_of_one_project_are_each_served() -> None:
    shared_work = project("ก่อสร้างเมรุ หมู่ที่ 4 และ 12", None, village_nos=(4, 12))
    assert score(need("ไม่มีเตาเผาศพ", 4), shared_work).probability >= 0.5
    assert score(need("ไม่มีเตาเผาศพ", 12), shared_work).probability >= 0.5
    assert score(need("ไม่มีเตาเผาศพ", 5), shared_work).veto == "place"


def test_same_village_but_another_kind_of_work_is_not_proposed() -> None:
    asked = need("ไฟทางดับมืดทั้งซอย")
    for offered in ("ขยายเขตไฟฟ้าแรงต่ำ หมู่ที่ 3", "ก่อสร้างถนน คสล. หมู่ที่ 3", "ขุดลอกคลอง หมู่ที่ 3"):
        assert score(asked, project(offered, 3)).probability < 0.3


def test_villages_are_known_by_name_as_the_documents_join_them_and_tones_may_be_lost() -> None:
    asked = need("ไฟส่องสว่างถนนไม่มี มืดมาก", 3)
    teacher = project("ก่อสร้างถนน คสล. บ้านสันป่าถ่อน หมู่ที่ 3", 3)
    light = project("ติดตั้งไฟส่องสว่าง บ้านสันปาถอน")
    other = project("ติดตั้งไฟส่องสว่าง บ้านหนองแวง")
    corpus = ([asked], [teacher, light, other])
    near, far = answers.score_pairs([asked, asked], [light, other], corpus=corpus)
    assert near.probability >= 0.5 > far.probability


@pytest.mark.parametrize(
    "typed",
    ["น้ำท่วมขังในซอย ๒", "นํ้าท่วมขังในซอย 2", "น้ำ\u200bท่วม\u200bขังในซอย 2", "น้ำท่วมขัง ใน ซ.2", "น้ําท่วมขังในซอย 2"],
)
def test_spellings_of_one_text_score_alike(typed: str) -> None:
    plain = score(need("น้ำท่วมขังในซอย 2"), project("ก่อสร้างรางระบายน้ำ ซอย 2 หมู่ที่ 3", 3))
    other = score(need(typed), project("ก่อสร้างรางระบายนํ้า ซอย ๒ หมู่ที่ 3", 3))
    assert other.probability == pytest.approx(plain.probability, abs=0.02)


def test_contributions_add_up_and_speak_both_languages() -> None:
    for asked, offered in product(
        (need("น้ำท่วม ซอย 7"), need("ขุดลอกลำเหมือง หมู่ที่ 3")),
        (project("ก่อสร้างรางระบายน้ำ ซอย 7 หมู่ที่ 3", 3), project("จัดงานสงกรานต์"), project("???", 3)),
    ):
        found = score(asked, offered)
        assert found.probability == pytest.approx(to_probability(found.score), abs=1e-4)
        assert all(part.th and part.en for part in found.contributions if part.weight)
        assert found.reason_th and found.reason_en
        assert found.work_class is None


def test_links_carry_evidence_hashes_and_method() -> None:
    asked, offered = need("ไฟทางดับ มืดมาก"), project("ติดตั้งไฟฟ้าสาธารณะ หมู่ที่ 3", 3)
    (link,) = answers.propose([asked], [offered])
    assert (link.kind, link.status) == (LinkKind.ANSWERED_BY, Status.SUGGESTED)
    assert (link.from_hash, link.to_hash) == (asked.text_hash, offered.text_hash)
    assert link.method == f"{load_model().version}-{answers.WITHOUT_VECTORS}"
    (full,) = answers.propose([asked], [offered], vectors=open_vectors())
    assert full.method == load_model().version
    assert to_probability(sum(part.weight for part in link.evidence)) == pytest.approx(link.probability, abs=1e-4)


@pytest.mark.parametrize("where", ["ซอยบ้านนายสมมติ{n}", "ข้างบ้านนางสมมติ{n}", "หน้าบ้าน นายสมมติ{n}"])
@pytest.mark.parametrize(("number", "same"), [("2", False), ("1", True)])
def test_a_house_owner_is_never_named_in_the_reason(where: str, number: str, same: bool) -> None:
    found = score(
        need(f"ปรับปรุงถนน คสล. {where.format(n=1)}"), project(f"ปรับปรุงถนน คสล. {where.format(n=number)} หมู่ที่ 3", 3)
    )
    (person,) = [part for part in found.contributions if part.feature == "person"]
    assert (person.weight > 0) is same
    assert all("สมมติ" not in part.th + part.en + part.left + part.right for part in found.contributions)


def _many() -> tuple[list[Item], list[Item]]:
    chooser = random.Random(7)  # noqa: S311
    asks = ("น้ำท่วมขัง ซอย {n}", "ถนนพัง ซอย {n}", "ไม่มีน้ำใช้", "มืดมาก ไม่มีไฟ", "ขุดลอกหนองบัว", "อยากมีอาชีพเสริม", "ลิงกินผลไม้")
    gives = (
        "วางท่อระบายน้ำ ซอย {n}",
        "ถนน คสล. ซอย {n}",
        "เจาะบ่อบาดาล",
        "ติดตั้งไฟกิ่ง",
        "ขุดลอกหนองบัว",
        "ฝึกอาชีพ",
        "จัดงานวันเด็ก",
    )

    def build(role: str, number: int, texts: tuple[str, ...]) -> Item:
        village = chooser.choice((None, 1, 2, 3))
        text = chooser.choice(texts).format(n=chooser.randrange(1, 4))
        tambon = chooser.choice(("990101", "990102", None))
        return build_item(role, text, village, {"uid": f"{role}:{number}", "tambon": tambon})

    return [build("need", n, asks) for n in range(40)], [build("project", n, gives) for n in range(60)]


def test_the_order_of_items_changes_nothing() -> None:
    needs, projects = _many()
    straight = answers.propose(needs, projects)
    assert straight
    assert answers.propose(needs[::-1], projects[::-1]) == straight


def test_blocking_loses_nothing_that_reaches_the_floor() -> None:
    needs, projects = _many()
    corpus, asked, offered = build_corpus(needs, projects)
    model, index = load_model(), ProjectIndex()
    for side in offered:
        index.add(side)
    slow = {
        (a.item.uid, b.item.uid)
        for a, b in product(asked, offered)
        if (found := model.score(find_all(a, b, corpus))).veto is None and found.probability >= 0.5
    }
    near = {(a.item.uid, b.item.uid) for a in asked for b, _ in index.candidates(a, corpus.villages, model)}
    assert slow and slow <= near
    for a, b in product(asked, offered):
        ceiling = find_ceiling(a, b, relate(a, b, corpus.villages), corpus, model)
        assert model.score(find_all(a, b, corpus)).score <= ceiling + 1e-6
    fast = {(link.from_uid, link.to_uid) for link in answers.propose(needs, projects)}
    assert fast <= slow
    assert {need_uid for need_uid, _ in fast} == {need_uid for need_uid, _ in slow}


def test_a_pair_scores_as_in_the_proposal_when_the_corpus_is_given() -> None:
    needs, projects = _many()
    by_uid = {item.uid: item for item in (*needs, *projects)}
    links = answers.propose(needs, projects)[:10]
    scores = answers.score_pairs(
        [by_uid[link.from_uid] for link in links], [by_uid[link.to_uid] for link in links], corpus=(needs, projects)
    )
    assert [found.probability for found in scores] == [link.probability for link in links]


def test_marks_inside_a_village_weigh_alike_from_both_sides() -> None:
    model = load_model()
    pairs = (("ถนนซอย 2", "ถนนซอย 3"), ("ขุดลอกคลองบางควาย", "ขุดลอกคลองสองห้อง"), ("ท่อ ช่วงที่ 1", "ท่อ ช่วงที่ 2"))
    for left, right in pairs:
        corpus, (a,), (b,) = build_corpus([need(left)], [project(right, 3)])
        _, (c,), (d,) = build_corpus([need(right)], [project(left, 3)])
        assert corpus is not None
        one = {f.feature: model.weight(f) for f in find_details(a, b, frozenset()) if f.level in ("same", "different")}
        two = {f.feature: model.weight(f) for f in find_details(c, d, frozenset()) if f.level in ("same", "different")}
        assert one == two != {}


def test_pairs_must_come_in_pairs() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        answers.score_pairs([need("ก")], [])
    assert answers.score_pairs([], []) == []
    assert answers.propose([], []) == []
    assert answers.propose([need("ถนนพัง")], []) == []


def test_progress_ends_at_one() -> None:
    told: list[float] = []
    answers.propose([need("ถนนพัง", 1), need("น้ำท่วม", 2)], [project("ถนน คสล.")], progress=told.append)
    assert told == [0.5, 1.0]


def test_a_typed_need_finds_projects_of_its_place() -> None:
    projects = [
        project("เจาะบ่อบาดาล หมู่ที่ 3", 3),
        project("เจาะบ่อบาดาล หมู่ที่ 4", 4),
        project("จัดงานสงกรานต์"),
        project("เจาะบ่อบาดาล หมู่ที่ 3", 3, tambon="990102", uid="p:elsewhere"),
    ]
    found = answers.match_text("หน้าแล้งไม่มีน้ำกินน้ำใช้", projects, area="99010103")
    assert next(item.uid for item, _ in found) == projects[0].uid
    assert all(item.uid not in (projects[1].uid, "p:elsewhere") for item, _ in found)
    assert (
        answers.match_text("หน้าแล้งไม่มีน้ำกินน้ำใช้", projects, area="990101", village_no=4, floor=0.5)[0][0] is projects[1]
    )
    assert len(answers.match_text("น้ำ", projects, limit=2)) <= 2
    assert answers.match_text("น้ำ", [], area="99") == []


def test_a_project_that_ended_before_the_need_was_raised_counts_less() -> None:
    asked = need("ถนนพังเป็นหลุม", year=2568)
    now = project("ปรับปรุงถนน หมู่ที่ 3", 3, year=2569, years=(2569,))
    past = replace(now, uid="p:past", year=2565, years=(2565,))
    assert score(asked, past).probability < score(asked, now).probability


ODD = st.text(alphabet=st.sampled_from("กขคนมรสหูุ่้ำเแโ็์ๆฯ 0123๑๒.-/()\"'\u200b\u0e4d\u0e32ม.ซอยหมู่ที่ช่วง\n\t☃"), max_size=60)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD, ODD, st.one_of(st.none(), st.integers(0, 99)))
def test_no_text_makes_it_fail(left: str, right: str, village: int | None) -> None:
    found = score(need(left, village), project(right, village, objective=left, target=right, place_text=left))
    assert 0.0 <= found.probability <= 1.0
    assert found.probability == pytest.approx(to_probability(found.score), abs=1e-4)


def test_one_project_answers_many_needs_and_one_need_has_many_projects() -> None:
    asked = [need("ฝนตกน้ำท่วมขัง", village, uid=f"need:{village}") for village in (1, 2, 3)]
    shared_work = project("ก่อสร้างรางระบายน้ำ หมู่ที่ 1, 2 และ 3", None, village_nos=(1, 2, 3), uid="proj:shared")
    stages = [
        project("ก่อสร้างรางระบายน้ำ คสล. หมู่ที่ 3", 3, uid=f"proj:{stage}", stage=stage) for stage in ("plan", "action")
    ]
    links = answers.propose(asked, [shared_work, *stages])
    assert {link.from_uid for link in links if link.to_uid == "proj:shared"} == {need.uid for need in asked}
    assert {link.to_uid for link in links if link.from_uid == "need:3"} == {"proj:shared", "proj:plan", "proj:action"}
    assert {link.to_uid for link in links if link.from_uid == "need:1"} == {"proj:shared"}


def test_a_need_is_given_the_best_few_and_nothing_far_behind_them() -> None:
    asked = need("ขุดลอกคลองหน้าวัด")
    close = [project("ขุดลอกคลองหน้าวัด หมู่ที่ 3", 3, uid=f"proj:{n}") for n in range(9)]
    weak = project("ปรับปรุงแหล่งน้ำในเขตตำบล จำนวน 10 จุด", None, uid="proj:weak")
    links = answers.propose([asked], [*close, weak])
    assert len(links) == answers.BEST_FEW
    assert [link.to_uid for link in links] == sorted(link.to_uid for link in links)
    assert "proj:weak" not in {link.to_uid for link in links}


def test_no_answer_is_an_answer() -> None:
    asked = [need("ลิงลงมากินผลไม้"), need("ไม่มีสัญญาณโทรศัพท์"), need("")]
    assert answers.propose(asked, [project("ก่อสร้างถนน คสล. หมู่ที่ 3", 3), project("จัดงานสงกรานต์"), project("")]) == []
    assert answers.match_text("", [project("ก่อสร้างถนน คสล.", 3)]) == []
    assert answers.match_text(" \u200b 12 -", [project("ก่อสร้างถนน คสล.", 3)]) == []
    assert answers.match_text("ไม่มีสัญญาณโทรศัพท์", [project("ก่อสร้างถนน คสล.", 3)], area=f"{TAMBON}03", floor=0.5) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_any_order_gives_the_same_links(chooser: random.Random) -> None:
    needs, projects = _many()
    straight = answers.propose(needs, projects)
    chooser.shuffle(needs)
    chooser.shuffle(projects)
    assert answers.propose(needs, projects) == straight


LONG = 5000
HOSTILE = {
    "nothing": "",
    "one letter": "น",
    "digits": "1234567890" * (LONG // 10),
    "thai digits": "๑๒๓๔๕" * (LONG // 5),
    "a sentence again and again": "น้ำท่วมถนนพัง" * (LONG // 13),
    "one consonant": "ก" * LONG,
    "abbreviations": "ม." * (LONG // 2),
    "village after village": "หมู่ที่ 1,2,3 " * (LONG // 14),
    "lines of a road": "บ้าน ก - " * (LONG // 9),
    "stations": "กม.0+000-1+000 " * (LONG // 15),
    "names": "บ้านนายสมมติ1 " * (LONG // 14),
    "mixed scripts": "น้ำ water 水 вода ماء " * (LONG // 21),
    "zero-width": "น\u200bํ้\u200bา\u200bท่วม" * (LONG // 11),
    "split am": "นํ้าท่วม" * (LONG // 8),
    "only marks": "่้๊๋์" * (LONG // 5),
    "debris of a scan": "คสล.|||~~^^ ถ.น.น. l1lI0O " * (LONG // 26),
    "brackets": "(" * LONG,
    "no letters": " \t\n\r" * (LONG // 4),
    "half a surrogate pair": "\ud800น้ำท่วม",
    "null": "น้ำ\x00ท่วม",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_cost_little_and_break_nothing(text: str) -> None:
    projects = [project("ก่อสร้างรางระบายน้ำ หมู่ที่ 3", 3), project("เจาะบ่อบาดาล"), project("จัดงานวันเด็ก")]
    started = time.process_time()
    for item, found in answers.match_text(text, projects, area=f"{TAMBON}03"):
        assert item in projects and 0 <= found.probability <= 1
    stored = text.encode("utf-8", "replace").decode("utf-8")  # what a file or the graph can hold
    other = project(stored, objective=stored, target=stored, place_text=stored)
    assert 0 <= score(need("น้ำท่วมในซอย 5"), other).probability <= 1
    assert time.process_time() - started < 10
