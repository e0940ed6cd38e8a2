"""Every feature of answers on its own: what it finds, in which words, and that each level of the model can be found."""

from __future__ import annotations

from functools import cache

import pytest

from tests.link.answers.pairs import need, project
from tracegraph.link.answer_features import build_corpus, find_all
from tracegraph.link.answer_model import Finding, load_model
from tracegraph.link.vectors import open_vectors
from tracegraph.model.items import Item

DRAIN, ROAD = "ก่อสร้างรางระบายน้ำ คสล.", "ก่อสร้างถนน คสล."
NOWHERE: dict[str, object] = {"tambon": None, "district": None, "province": None}
PROVINCE = {**NOWHERE, "province": "99"}
DISTRICT = {**PROVINCE, "district": "9901"}

#: Need, project, feature and the level that the feature must find.
CASES: tuple[tuple[Item, Item, str, str], ...] = (
    (need(DRAIN), project(DRAIN, 3), "place", "same_village"),
    (need(DRAIN, None, village_name="บ้านหนองเสือ"), project(f"{DRAIN} บ้านหนองเสือ"), "place", "same_village_name"),
    (need("ยุงเยอะ"), project("พ่นหมอกควันกำจัดยุงลาย ทุกหมู่บ้าน"), "place", "covers"),
    (need("ไม่มีเน็ต"), project("ติดตั้งอินเทอร์เน็ตสาธารณะทุกหมู่บ้าน"), "place", "covers"),
    (need("ถนนพัง"), project("ซ่อมแซมถนนในเขตตำบล จำนวน 10 จุด"), "place", "covers_spots"),
    (need(DRAIN), project(DRAIN), "place", "same_tambon"),
    (need(DRAIN), project(f"{DRAIN} ข้างวัดป่าไผ่"), "place", "spot_in_tambon"),
    (need(DRAIN, None), project(DRAIN, 3), "place", "need_without_village"),
    (need(DRAIN, None), project(DRAIN), "place", "need_without_village"),
    (need("ยุงเยอะ", **DISTRICT), project("พ่นหมอกควันกำจัดยุงลาย"), "place", "covers_district"),
    (need(DRAIN, **DISTRICT), project(DRAIN), "place", "same_district"),
    (need(DRAIN, **PROVINCE), project(DRAIN), "place", "same_province"),
    (need(DRAIN, None, **NOWHERE), project(DRAIN), "place", "unknown"),
    (need(DRAIN, village_name="บ้านหนองเสือ"), project(f"{DRAIN} บ้านดอนไผ่"), "place", "other_village_name"),
    (need(DRAIN), project(DRAIN, 4), "place", "other_village"),
    (need(DRAIN), project(DRAIN, 3, tambon="990102"), "place", "other_tambon"),
    (need(DRAIN), project(DRAIN, 3, tambon="990201"), "place", "other_district"),
    (need(DRAIN), project(DRAIN, 3, tambon="980101"), "place", "other_province"),
    (need("น้ำท่วมขัง ถนนเป็นหลุม"), project(f"{ROAD} พร้อมรางระบายน้ำ", 3), "also", "another"),
    (need("ไฟทางบนถนนดับ", **NOWHERE), project("ติดตั้งโคมไฟ ริมถนน"), "also", "named_too"),
    (need("น้ำท่วมขัง"), project(f"{ROAD} พร้อมรางระบายน้ำ", 3), "also", "no_information"),
    (need("ขอเบี้ยยังชีพ"), project(DRAIN, 3), "meant", "no_information"),
    (need("ขอความอนุเคราะห์ตามที่แจ้ง"), project(DRAIN, 3), "concept", "need_unknown"),
    (need(DRAIN), project("รายการตามบัญชีแนบท้าย", 3), "concept", "project_unknown"),
    (need("ขอความอนุเคราะห์ตามที่แจ้ง"), project("รายการตามบัญชีแนบท้าย", 3), "concept", "both_unknown"),
    (need(f"{DRAIN} ซอย 2"), project(f"{DRAIN} ซ.๒", 3), "lane", "same"),
    (need(f"{DRAIN} ซอย 2"), project(f"{DRAIN} ซอย 3", 3), "lane", "different"),
    (need(DRAIN), project(f"{DRAIN} ซอย 3", 3), "lane", "only_project"),
    (need(f"{DRAIN} ซอย 2"), project(DRAIN, 3), "lane", "no_information"),
    (need("ขุดลอกคลองบางควาย"), project("ขุดลอกคลองบางควาย", 3), "road_name", "same"),
    (need("ขุดลอกคลองบางควาย"), project("ขุดลอกคลองสองห้อง", 3), "road_name", "different"),
    (need("ขุดลอกคลองบางควาย"), project("ขุดลอกคลอง", 3), "road_name", "no_information"),
    (need(f"{ROAD} ซอยบ้านนายสมมติ1"), project(f"{ROAD} ซอยบ้านนายสมมติ1", 3), "person", "same"),
    (need(f"{ROAD} ซอยบ้านนายสมมติ1"), project(f"{ROAD} ซอยบ้านนายสมมติ2", 3), "person", "different"),
    (need(f"{ROAD} ซอยบ้านนายสมมติ1"), project(ROAD, 3), "person", "no_information"),
    (need(f"{DRAIN} หน้าวัดป่าไผ่"), project(f"{DRAIN} หน้าวัดป่าไผ่", 3), "landmark", "same"),
    (need(f"{DRAIN} หน้าวัดป่าไผ่"), project(f"{DRAIN} หลังตลาดสด", 3), "landmark", "no_information"),
    (need(f"{DRAIN} หน้าวัดป่าไผ่"), project(f"{DRAIN} หน้าวัดดอนไทร", 3), "landmark", "different"),
    (need("ซ่อมรั้วโรงเรียนบ้านหนองบัว"), project("ก่อสร้างรั้ว รร.บ้านหนองแวง", 3), "landmark", "different"),
    (need("ซ่อมรั้วโรงเรียนบ้านหนองบัว"), project("ก่อสร้างรั้วโรงเรียน", 3), "landmark", "no_information"),
    (need("แยกหน้าโรงเรียนรถชนกันบ่อย"), project("ติดตั้งไฟกระพริบ หน้าโรงเรียนบ้านหนองแวง", 3), "landmark", "no_information"),
    (need(f"{DRAIN} หน้าวัดป่าไผ่"), project(f"{DRAIN} ซอย 4", 3), "spot", "nothing_shared"),
    (need(DRAIN), project(f"{DRAIN} ซอย 4", 3), "spot", "no_information"),
    (need(f"{DRAIN} ช่วงที่ 1"), project(f"{DRAIN} ช่วงที่ 1", 3), "phase", "same"),
    (need(f"{DRAIN} ช่วงที่ 1"), project(f"{DRAIN} ช่วงที่ 2", 3), "phase", "different"),
    (need(DRAIN), project(f"{DRAIN} ช่วงที่ 2", 3), "phase", "later_only_project"),
    (need(DRAIN), project(f"{DRAIN} ช่วงที่ 1", 3), "phase", "no_information"),
    (need(f"{ROAD} กม.0+000-0+500"), project(f"{ROAD} กม.0+300-0+900", 3), "stations", "overlap"),
    (need(f"{ROAD} กม.0+000-0+500"), project(f"{ROAD} กม.0+500-0+900", 3), "stations", "apart"),
    (need(ROAD), project(f"{ROAD} กม.0+500-0+900", 3), "stations", "no_information"),
    (need(DRAIN), project(DRAIN, 3), "only_one", "only_need_of_its_kind"),
    (need(DRAIN), project(DRAIN), "only_one", "no_information"),
    (need("น้ำท่วม ขอรางระบายน้ำ"), project("ขุดลอกคลอง", 3), "only_one", "no_information"),
    (need(DRAIN, year=2568), project(DRAIN, 3, years=(2565, 2566)), "year", "before_need"),
    (need(DRAIN, year=2568), project(DRAIN, 3, years=(2569,)), "year", "near"),
    (need(DRAIN, year=2568), project(DRAIN, 3, year=2575), "year", "later"),
    (need(DRAIN), project(DRAIN, 3, year=2575), "year", "no_information"),
    (need(DRAIN), project(DRAIN, 3, item_kind="administrative"), "item_kind", "administrative"),
    (need(DRAIN), project(DRAIN, 3, item_kind="recurring"), "item_kind", "recurring_for_a_spot"),
    (need(DRAIN), project("พ่นหมอกควัน"), "item_kind", "service_for_a_spot"),
    (need("ยุงเยอะ"), project("พ่นหมอกควัน", item_kind="recurring"), "item_kind", "fits"),
    (need(DRAIN), project(DRAIN, 3), "vectors", "absent"),
)  # fmt: skip


@cache
def findings(asked: Item, offered: Item) -> dict[str, Finding]:
    corpus, (a,), (b,) = build_corpus([asked], [offered])
    found = {finding.feature: finding for finding in find_all(a, b, corpus)}
    assert {finding.feature: finding for finding in find_all(a, b, corpus)} == found
    return found


@pytest.mark.parametrize(("asked", "offered", "feature", "level"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_feature_finds_its_level(asked: Item, offered: Item, feature: str, level: str) -> None:
    assert findings(asked, offered)[feature].level == level


def test_one_of_several_needs_of_its_kind_is_said_to_be_so() -> None:
    asked = [need(f"{DRAIN} ซอย 1"), need(f"{DRAIN} ซอย 2")]
    corpus, (first, _), (offered,) = build_corpus(asked, [project(DRAIN, 3)])
    found = {finding.feature: finding.level for finding in find_all(first, offered, corpus)}
    assert found["only_one"] == "one_of_several"


def test_every_level_of_the_model_can_be_found() -> None:
    listed = {(feature, level) for feature, row in load_model().features.items() for level in row.levels}
    assert listed == {(feature, level) for _, _, feature, level in CASES} | {("only_one", "one_of_several")}


def test_what_weighs_something_is_said_in_both_languages_with_both_values() -> None:
    model = load_model()
    for asked, offered, feature, _ in CASES:
        found = findings(asked, offered)[feature]
        if model.weight(found):
            assert found.th and found.en and found.th != found.en, feature
    lane = findings(need(f"{DRAIN} ซอย 2"), project(f"{DRAIN} ซอย 3", 3))["lane"]
    assert (lane.left, lane.right) == ("ซอย 2", "ซอย 3")
    place = findings(need(DRAIN), project(DRAIN, 4))["place"]
    assert place.left.startswith("หมู่ 3") and place.right.startswith("หมู่ 4")


@pytest.mark.parametrize(
    ("asked", "offered", "least", "most", "says"),
    [
        (DRAIN, DRAIN, 1.0, 1.0, "งานเดียวกัน"),
        ("น้ำท่วมขังในซอย", DRAIN, 0.9, 1.0, "ตอบ"),
        ("ถนนเป็นหลุมเป็นบ่อ", "ก่อสร้างถนนลูกรัง", 0.6, 0.9, "ตอบ"),
        ("น้ำท่วมขังในซอย", "จ้างเหมาลอกท่อระบายน้ำ", 0.4, 0.7, "ลอกท่อ"),
        ("ก่อสร้างรางระบายน้ำ", "ก่อสร้างท่อลอดเหลี่ยม", 0.2, 0.49, "ใกล้เคียงแต่ไม่ตรง"),
        (DRAIN, "จัดงานประเพณีสงกรานต์", 0.0, 0.0, "คนละงาน"),
    ],
)
def test_how_far_a_work_answers(asked: str, offered: str, least: float, most: float, says: str) -> None:
    found = findings(need(asked), project(offered, 3))["concept"]
    assert found.value is not None and least <= found.value <= most
    assert says in found.th


def test_shared_words_are_listed_and_weigh_more_where_the_work_is_not_known() -> None:
    model = load_model()
    known = findings(need("ก่อสร้างถนน ทุ่งกุลา"), project("ก่อสร้างถนน ทุ่งกุลา", 3))["words"]
    unknown = findings(need("ขอต่อสัญญาทุ่งกุลา"), project("ต่อสัญญาทุ่งกุลา", 3))["words"]
    assert known.value and unknown.value and "ทุ่ง" in known.th
    assert model.at("words", 0.7, unknown.curve) > model.at("words", 0.7, known.curve)
    nothing = findings(need("น้ำท่วม"), project("จัดงานวันเด็ก", 3))["words"]
    assert (nothing.value, nothing.th) == (0, "ไม่มีคำร่วมกัน")


def test_closeness_of_meaning_is_one_feature_among_others() -> None:
    encoder = open_vectors()
    assert encoder is not None
    asked, offered = need("ขอเครื่องเล่นให้ลูกหลาน"), project("จัดหาของเล่นสำหรับเด็ก", 3)
    corpus, (a,), (b,) = build_corpus([asked], [offered], vectors=encoder)
    (found,) = [finding for finding in find_all(a, b, corpus) if finding.feature == "vectors"]
    assert found.value is not None and 0 < found.value < 1
    assert f"{found.value:.2f}" in found.th and f"{found.value:.2f}" in found.en
    heaviest = {name: load_model().most(name) for name in load_model().features}
    assert heaviest["vectors"] <= 3.2 < abs(load_model().start) + heaviest["concept"]
