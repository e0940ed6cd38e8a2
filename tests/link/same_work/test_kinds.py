"""What makes a kind of repetition: changed rows, steps, parts, road codes, waters, lines over a border, channels."""

from __future__ import annotations

import pytest

from tests.link.same_work.cases import LOCAL, PROVINCIAL, TAMBON, project
from tracegraph.link.same_work import propose, score_pairs
from tracegraph.link.same_work.choose import MOST, NEAR, NEAR_STEPS, Proposal, choose_carried
from tracegraph.link.same_work.direction import find_direction
from tracegraph.link.same_work.prepare import prepare_item
from tracegraph.link.same_work.score import observe
from tracegraph.model.graph import LinkKind
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord

WISHES = {
    "owner": "body:people",
    "owner_name": "ศอช.ต.คลองตัวอย่าง",
    "plan_kind": "PK02",
    "plan_rank": 2,
    "plan": "plan:t",
}
PAO = {**PROVINCIAL, "plan": "plan:pao", "document": "doc:pao"}
ACTION = {"stage": "action", "plan": "plan:action", "document": "doc:action"}
OTHER_TAMBON = "810806"
OLD = {"amendment": "เดิม", "row": 20}
NEW = {"amendment": "เปลี่ยนแปลง", "row": 21}


def told(links: list[LinkRecord]) -> list[tuple[str, str, str, str | None]]:
    return sorted((link.kind.value, link.from_uid, link.to_uid, link.work_class) for link in links)


def level(feature: str, left: Item, right: Item) -> str:
    return observe(prepare_item(left), prepare_item(right))[feature].level


class TestChangedRows:
    def test_a_row_that_moves_to_another_village_is_still_the_row_that_was_changed(self) -> None:
        old = project("ก่อสร้างสะพาน คสล. ข้ามคลองท่าดี หมู่ที่ 1", uid="a", amount=10_000_000, **OLD)
        new = project("ก่อสร้างสะพาน คสล. ข้ามคลองท่าดี หมู่ที่ 2", uid="b", amount=2_602_000, **NEW)
        links = propose([new, old])
        assert told(links) == [("SAME_WORK", "a", "b", "amended")]
        village = next(part for part in links[0].evidence if part.feature == "village")
        assert village.weight == 0
        assert "คนละหมู่" in village.th

    def test_without_the_marks_the_same_two_rows_are_two_works(self) -> None:
        rows = [project(f"ก่อสร้างสะพาน คสล. ข้ามคลองท่าดี หมู่ที่ {n}", uid=f"p{n}", row=n) for n in (1, 2)]
        assert propose(rows) == []

    def test_rows_that_only_stand_one_below_the_other_are_not_joined(self) -> None:
        old = project("ขุดลอกลำเหมือง บ้านควนใน หมู่ที่ 1", uid="a", **OLD)
        new = project("จัดซื้อรถพยาบาลฉุกเฉิน", uid="b", **NEW)
        assert propose([old, new]) == []

    @pytest.mark.parametrize(
        "other", [{"row": 23}, {"document": "doc:other"}, {"sheet": "ผ.02/1"}, {"amendment": "เดิม"}, {"row": 19}]
    )
    def test_only_the_marked_row_right_below_in_one_list_is_the_changed_one(self, other: dict[str, object]) -> None:
        old = project("ก่อสร้างสะพาน คสล. ข้ามคลองท่าดี หมู่ที่ 1", uid="a", **OLD)
        new = project("ก่อสร้างสะพาน คสล. ข้ามคลองท่าดี หมู่ที่ 2", uid="b", **{**NEW, **other})
        assert propose([old, new]) == []

    def test_the_row_of_the_book_leads_on_to_the_changed_row_of_a_later_edition(self) -> None:
        text = "วางท่อระบายน้ำ คสล. ซอยสวนใหม่ 2 หมู่ที่ 3"
        edition = {"edition_no": 2, "plan": "plan:change", "document": "doc:change"}
        base = project(text, uid="base", amount=310_000)
        old = project(text, uid="old", amount=310_000, **{**edition, **OLD})
        new = project(f"{text} พร้อมบ่อพัก", uid="new", amount=485_000, **{**edition, **NEW})
        assert told(propose([new, old, base])) == [
            ("CARRIED_TO", "base", "new", "amended"),
            ("SAME_WORK", "base", "old", "amended"),
            ("SAME_WORK", "old", "new", "amended"),
        ]


class TestStepsAndParts:
    def test_a_well_comes_before_the_tank_for_its_water(self) -> None:
        well = project("ขุดเจาะบ่อบาดาล หมู่ที่ 1 บ้านควนใน", uid="a", amount=350_000, year=2568, row=1)
        tank = project("ก่อสร้างหอถังสูงและระบบประปา หมู่ที่ 1 บ้านควนใน", uid="b", amount=620_000, year=2570, row=2)
        assert told(propose([tank, well])) == [("SAME_WORK", "a", "b", "next_step")]

    def test_a_well_and_a_tank_in_two_villages_have_nothing_to_do_with_each_other(self) -> None:
        well = project("ขุดเจาะบ่อบาดาล หมู่ที่ 1", uid="a", amount=350_000, row=1)
        tank = project("ก่อสร้างหอถังสูงและระบบประปา หมู่ที่ 2", uid="b", amount=620_000, row=2)
        assert propose([tank, well]) == []

    def test_a_drawing_comes_before_the_building(self) -> None:
        drawn = project("จ้างออกแบบอาคารอเนกประสงค์ หมู่ที่ 2 บ้านควนใน", uid="a", year=2567)
        built = project("ก่อสร้างอาคารอเนกประสงค์ หมู่ที่ 2 บ้านควนใน", uid="b", year=2568)
        assert told(propose([built, drawn])) == [("SAME_WORK", "a", "b", "next_step")]

    def test_a_wish_for_a_building_with_furniture_becomes_two_projects(self) -> None:
        rows = [
            project("ก่อสร้างอาคารอเนกประสงค์พร้อมโต๊ะเก้าอี้ บ้านควนใน", uid="t", amount=1_250_000, village_nos=(3,), **WISHES),
            project("ก่อสร้างอาคารอเนกประสงค์ หมู่ที่ 3 บ้านควนใน", uid="house", amount=1_150_000),
            project("จัดซื้อโต๊ะและเก้าอี้ประจำอาคารอเนกประสงค์ หมู่ที่ 3 บ้านควนใน", uid="chairs", amount=98_000),
        ]
        assert told(propose(rows)) == [
            ("CARRIED_TO", "t", "chairs", "merged_split"),
            ("CARRIED_TO", "t", "house", "merged_split"),
        ]

    def test_a_wish_of_one_village_in_a_project_for_three_is_a_part_of_it(self) -> None:
        wish = project("ติดตั้งไฟส่องสว่าง หมู่ที่ 3", uid="t", amount=300_000, **WISHES)
        whole = project("ติดตั้งไฟส่องสว่าง หมู่ที่ 3,4,5", uid="l", amount=290_000)
        assert told(propose([whole, wish])) == [("CARRIED_TO", "t", "l", "merged_split")]


class TestPlaces:
    def test_one_road_code_is_one_road_whatever_else_is_said(self) -> None:
        left = project("ซ่อมสร้างถนน กบ.ถ.1-0023 สายบ้านควน-บ้านนา")
        right = project("ซ่อมแซมผิวทาง กบ.ถ.1-0023", **PAO)
        assert level("road_number", left, right) == "same_code"
        assert level("road_number", project("ถนน ซอย 2 หมู่ 3"), project("ปรับปรุงถนน ซอย 2 หมู่ 3")) == "same"
        assert score_pairs([left], [right])[0].work_class == "likely_duplicate"

    def test_two_bodies_on_one_canal_are_asked_about_though_only_one_names_the_village(self) -> None:
        left = project("ขุดลอกคลองบางควาย หมู่ที่ 5 บ้านบางควาย", uid="a", amount=480_000, year=2568)
        right = project("กำจัดวัชพืชและขุดลอกคลองบางควาย", uid="b", amount=900_000, year=2568, **PAO)
        assert level("job", left, right) == "water"
        assert level("village", left, right) == "one_side_named"
        assert told(propose([left, right])) == [("SAME_WORK", "a", "b", "likely_duplicate")]
        elsewhere = project("กำจัดวัชพืชและขุดลอกคลองบางควาย หมู่ที่ 6", uid="b", amount=900_000, year=2568, **PAO)
        assert propose([left, elsewhere]) == []

    def test_a_bridge_between_two_tambons_is_one_bridge_in_both_plans(self) -> None:
        def bridge(here: int, there: int, tambons: tuple[str, str], **fields: object) -> Item:
            ends = f"หมู่ที่ {here} ตำบล{tambons[0]} เชื่อมหมู่ที่ {there} ตำบล{tambons[1]}"
            text = f"ก่อสร้างสะพาน คสล. ข้ามคลองหอย {ends} (สมทบคนละครึ่ง)"
            return project(text, amount=1_200_000, village_nos=(here,), **fields)

        other = {"owner": "body:other", "owner_name": "เทศบาลตำบลตัวอย่าง", "plan": "plan:other", "document": "doc:other"}
        mine = bridge(5, 4, ("ห้วยยาง", "นาทราย"), uid="a")
        theirs = bridge(4, 5, ("นาทราย", "ห้วยยาง"), uid="b", tambon=OTHER_TAMBON, area=OTHER_TAMBON, **other)
        assert (level("tambon", mine, theirs), level("village", mine, theirs)) == ("same", "unknown")
        assert {link.work_class for link in propose([mine, theirs])} == {"joint"}
        far = bridge(4, 5, ("นาทราย", "ปากน้ำ"), uid="b", tambon=OTHER_TAMBON, area=OTHER_TAMBON, **other)
        assert propose([mine, far]) == []

    @pytest.mark.parametrize("ending", ["ควนใน", "นาที่", "สวนของ"])
    def test_a_village_whose_name_ends_like_a_cut_is_no_cut(self, ending: str) -> None:
        left = project(f"ก่อสร้างถนน คสล. สายบ้านควนนอก – บ้าน{ending}")
        assert level("cut_off", left, left) == "unknown"
        assert level("cut_off", project("ก่อสร้างถนน คสล. พร้อม"), left) == "one"


class TestChoosing:
    def make(self, early: Item, late: Item, score: float, work_class: str = "carried") -> Proposal:
        return Proposal(LinkKind.CARRIED_TO, prepare_item(early), prepare_item(late), score, work_class)

    def test_a_wish_may_go_into_the_own_list_and_into_the_one_that_asks_others(self) -> None:
        wish = project("ติดตั้งโคมไฟถนน สายบ้านควน – บ้านนา", uid="t", **WISHES)
        own, asked = (
            project("ก", uid="own", form="ผ.02"),
            project("ข", uid="asked", form="ผ.02/2", beyond_capacity=True),
        )
        ranked = [self.make(wish, asked, 5.0), self.make(wish, own, 1.4)]
        assert choose_carried(ranked) == ranked

    def test_a_rival_in_one_list_must_be_near_the_best(self) -> None:
        wish = project("ก", uid="t", **WISHES)
        rows = [project("ข", uid=f"l{n}") for n in range(MOST + 2)]
        near = [self.make(wish, row, 3.0 - 0.1 * n) for n, row in enumerate(rows)]
        assert choose_carried(near) == near[:MOST]
        far = [self.make(wish, rows[0], 3.0), self.make(wish, rows[1], 3.0 - NEAR - 0.1)]
        assert choose_carried(far) == far[:1]
        parts = [self.make(wish, rows[0], 3.0), self.make(wish, rows[1], 3.0 - NEAR_STEPS + 0.1, "merged_split")]
        assert choose_carried(parts) == parts

    def test_a_row_of_money_comes_from_one_row_of_the_plan_whichever_list_it_stood_in(self) -> None:
        own, asked = (
            project("ก", uid="own", form="ผ.02"),
            project("ข", uid="asked", form="ผ.02/2", beyond_capacity=True),
        )
        money = project("ค", uid="x", **ACTION)
        ranked = [self.make(own, money, 5.0), self.make(asked, money, 2.0)]
        assert choose_carried(ranked) == ranked[:1]


class TestDirection:
    def test_either_order_of_the_ends_gives_one_direction(self) -> None:
        lower = prepare_item(project("ก", uid="z", **WISHES))
        higher = prepare_item(project("ก", uid="a"))
        for pair in ((lower, higher), (higher, lower)):
            kind, early, late = find_direction(*pair, "carried")
            assert (kind, early.uid, late.uid) == (LinkKind.CARRIED_TO, "z", "a")

    def test_a_duplicate_has_no_direction_but_age(self) -> None:
        first, second = (prepare_item(project("ก", uid=uid, edition_no=n)) for n, uid in ((1, "z"), (2, "a")))
        assert find_direction(second, first, "duplicate") == (LinkKind.SAME_WORK, first, second)

    def test_a_plan_that_the_letter_feeds_from_another_says_so(self) -> None:
        wish, listed = project("ก", **WISHES), project("ก", **LOCAL)
        province = project("ก", owner="body:p", plan_kind="PK09", plan_rank=6)
        assert level("relation", wish, listed) == "next_level"
        assert level("relation", wish, province) == "higher_level"
        assert listed.tambon == TAMBON
