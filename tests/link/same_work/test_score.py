"""Scores of pairs: the truth on invented pairs, additivity, symmetry, vetoes, and words for every finding."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.link.same_work.cases import CASES, NOT_SAME, SAME, Case, project
from tests.link.same_work.invented import invent
from tracegraph.link.same_work import score_pairs
from tracegraph.link.same_work.features import FEATURE_BY_NAME, FEATURES, UNKNOWN
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare_item
from tracegraph.link.same_work.score import observe
from tracegraph.link.scores import PairScore, to_log_odds, to_probability
from tracegraph.model.graph import CLASS_BY_CODE


def score(case: Case) -> PairScore:
    return score_pairs([case.left], [case.right])[0]


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.name)
def test_one_work_in_two_records_is_likely_the_same(case: Case) -> None:
    found = score(case)
    assert found.probability >= 0.5, found.reason_en
    assert found.veto is None


@pytest.mark.parametrize("case", NOT_SAME, ids=lambda case: case.name)
def test_what_only_looks_alike_is_not_the_same(case: Case) -> None:
    found = score(case)
    assert found.probability < 0.5, [(part.feature, part.weight) for part in found.contributions]


@pytest.mark.parametrize("case", [case for case in CASES if case.work_class], ids=lambda case: case.name)
def test_each_pair_gets_its_class(case: Case) -> None:
    assert score(case).work_class == case.work_class


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_contributions_add_up_to_the_log_odds(case: Case) -> None:
    found = score(case)
    assert found.probability == pytest.approx(to_probability(found.score))
    if 1e-12 < found.probability < 1 - 1e-12:
        assert to_log_odds(found.probability) == pytest.approx(found.score, abs=1e-6)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_contribution_speaks_both_languages_and_what_is_missing_is_named(case: Case) -> None:
    found = score(case)
    for part in found.contributions:
        assert part.th
        assert part.en
        assert "{" not in part.th + part.en
    named = {part.feature for part in found.contributions}
    assert {"base", "no_information"} <= named
    silent = found.contributions[-1]
    assert silent.weight == 0
    for feature in FEATURES:
        assert (feature.name in named) != (feature.en in silent.en.removeprefix("no information: ").split(", "))


def test_a_veto_is_named_and_nothing_outweighs_it() -> None:
    left = project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 2 หมู่ที่ 3", amount=987_654.32, source_id="A-1")
    right = project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 3 หมู่ที่ 3", amount=987_654.32, status_text="ซ้ำกับ A-1")
    found = score_pairs([left], [right])[0]
    assert found.veto == "road_number"
    assert found.probability < 0.01
    assert "คนละซอย" in found.reason_th


def test_equal_money_alone_never_makes_two_records_the_same() -> None:
    left = project("ขุดลอกคลองห้วยลึก หมู่ที่ 4", amount=478_324.82)
    right = project("จัดซื้อรถบรรทุกขยะ", amount=478_324.82)
    assert score_pairs([left], [right])[0].probability < 0.01


def test_with_money_silenced_the_true_pairs_still_stand() -> None:
    model = load_model().without(["money"])
    scores = score_pairs([case.left for case in SAME], [case.right for case in SAME], model=model)
    assert sum(found.probability >= 0.5 for found in scores) >= len(SAME) - 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ก่อสร้างถนน คสล. ซอยบ้านดํา ซอย ๒ หมู่ที่ ๓", "ก่อสร้างถนน คสล. ซอยบ้านดำ ซอย 2 หมู่ที่ 3"),
        ("ก่อสร้างถนน\u200bคสล. ซอยสวนใหม่ 2\u200b หมู่ที่ 3", "ก่อสร้างถนนคสล. ซอยสวนใหม่ 2 หมู่ที่ 3"),
        ("ก่อสร้างถนน ค.ส.ล. ซ.สวนใหม่ 2 ม.3", "ก่อสร้างถนนคอนกรีตเสริมเหล็ก ซอยสวนใหม่ 2 หมู่ที่ 3"),
        ("เครื่องสูบน้าปฏิกูล แบบหอยโข่ง", "เครื่องสูบน้ำปฏิกูล แบบหอยโข่ง"),
    ],
)
def test_spelling_digits_invisible_letters_and_scans_do_not_part_one_work(typed: str, meant: str) -> None:
    found = score_pairs([project(typed, amount=500_500)], [project(meant, amount=500_500, plan="plan:b", edition_no=2)])
    assert found[0].probability > 0.8


def test_a_tone_mark_that_makes_another_village_is_seen() -> None:
    left = project("ขุดลอกลำเหมือง บ้านป่าแดง", amount=100_000)
    right = project("ขุดลอกลำเหมือง บ้านท่าสูง", amount=100_000)
    found = observe(prepare_item(left), prepare_item(right))
    assert found["village_name"].level == "differs"


ITEMS = invent(60, seed=3).items


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ITEMS), st.sampled_from(ITEMS))
def test_scores_are_symmetric(left: object, right: object) -> None:
    there, back = score_pairs([left, right], [right, left])  # type: ignore[list-item]
    assert there.probability == back.probability
    assert (there.work_class, there.veto) == (back.work_class, back.veto)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_comparison(left: str, right: str) -> None:
    found = score_pairs([project(left)], [project(right)])[0]
    assert 0 <= found.probability <= 1
    assert math.isfinite(found.score)


def test_a_record_is_the_same_work_as_itself() -> None:
    for item in ITEMS[:20]:
        assert score_pairs([item], [item])[0].probability > 0.9


def test_nothing_known_says_nothing() -> None:
    empty = prepare_item(project("", year=None, owner=None, plan_kind="", tambon=None, area=None, district=None))
    findings = observe(empty, empty)
    levels = {name: finding.level for name, finding in findings.items() if finding.level != UNKNOWN}
    assert levels == {"difference": "none"}


def test_every_feature_has_a_public_text_and_sentences_in_both_languages() -> None:
    for feature in FEATURES:
        assert len(feature.description) > 20
        assert feature.th
        assert feature.en
        for th, en in feature.says.values():
            assert th != en
    assert set(FEATURE_BY_NAME) == set(load_model().features)


def test_classes_are_codes_of_the_decision_table() -> None:
    assert {case.work_class for case in CASES if case.work_class} <= set(CLASS_BY_CODE)
