"""What people mean who write so: the learned kinds speak of works that exist, name no place, and never speak for."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.link.answers.pairs import need, project
from tracegraph.link.answer_features import build_corpus, find_meant
from tracegraph.link.answer_model import load_model
from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.need_kinds import load_kinds, load_need_kinds
from tracegraph.link.vectors import PhraseVectors, open_vectors
from tracegraph.model.items import Item


@pytest.fixture(scope="module", params=["with vectors", "without"])
def encoder(request: pytest.FixtureRequest) -> PhraseVectors | None:
    return open_vectors() if request.param == "with vectors" else None


def shares(text: str, encoder: PhraseVectors | None) -> dict[str, float]:
    corpus, (side,), _ = build_corpus([need(text)], [], vectors=encoder)
    return dict(corpus.shares(side))


def meant(asked: Item, offered: Item, encoder: PhraseVectors | None) -> tuple[float, str]:
    """Weight of the finding and what it says."""
    corpus, (a,), (b,) = build_corpus([asked], [offered], vectors=encoder)
    found = find_meant(a, b, corpus)
    return load_model().weight(found), found.en


def test_kinds_and_signs_are_those_of_the_lexicon() -> None:
    lexicon, model = load_lexicon(), load_need_kinds()
    assert all(kind.th and kind.en and kind.works <= set(lexicon.works) for kind in load_kinds())
    named = {f"work:{work}" for work in lexicon.works} | {f"problem:{problem}" for problem in lexicon.problems}
    for half in (model.with_vectors, model.without):
        assert len(half.concepts.rarity) >= 40
        assert set(half.concepts.rarity) <= named
        assert len(half.words.rarity) >= 300
    assert model.with_vectors.vectors is not None
    assert model.without.vectors is None


@pytest.mark.shared
def test_no_weight_hangs_on_the_name_of_a_place(shared: Path) -> None:
    with gzip.open(shared / "data" / "places" / "tambon.csv.gz", "rt", encoding="utf-8-sig") as file:
        places = set(re.findall(r"[ก-๙]{2,}", file.read()))
    assert len(places) > 5_000
    for half in (load_need_kinds().with_vectors, load_need_kinds().without):
        assert not places & set(half.words.rarity)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ไฟริมถนนดับหลายดวง กลัวอุบัติเหตุ", {"light"}),
        ("รถจอดบนทางเท้า คนเดินไม่ได้ ต้องลงไปเดินบนถนน", {"sidewalk", "order", "traffic"}),
        ("ฝาท่อบนถนนแตก รถตกหลุม", {"drain"}),
        ("หมาจรจัดนอนตามทางเท้า ไล่กัดคน", {"stray"}),
        ("กิ่งไม้พาดสายไฟ", {"tree", "wires"}),
        ("ขยะกองหน้าบ้าน ไม่มีใครมาเก็บ", {"clean"}),
    ],
)
def test_of_several_things_named_one_is_meant(text: str, kinds: set[str], encoder: PhraseVectors | None) -> None:
    found = shares(text, encoder)
    assert max(found, key=lambda kind: found[kind]) in kinds, found


@pytest.mark.parametrize(
    "text", ["ขอเบี้ยยังชีพ", "อยากให้อบรมทำขนมขาย", "มีคนติดยาเสพติด", "ขอขอบคุณ", "", "๑๒๓ ๔๕๖", "ก" * 5_000]
)
def test_of_other_needs_nothing_is_said(text: str, encoder: PhraseVectors | None) -> None:
    assert shares(text, encoder) == {}


def test_it_speaks_against_what_is_only_named_and_never_for(encoder: PhraseVectors | None) -> None:
    text = "ไฟริมถนนดับหลายดวง กลัวอุบัติเหตุ"
    right, said = meant(need(text), project("ติดตั้งไฟฟ้าส่องสว่าง"), encoder)
    wrong, rather = meant(need(text), project("ก่อสร้างถนน คสล."), encoder)
    other, _ = meant(need(text), project("อุดหนุนกลุ่มอาชีพ"), encoder)
    assert -0.1 < right <= 0
    assert wrong < -0.5
    assert other < 0
    assert said == "people who write so mostly mean street lighting"
    assert "rather than roads" in rather
    curves = load_model().features["meant"].curves.values()
    assert all(weight <= 0 for points in curves for _, weight in points)
