"""The invented projects are what the benchmarks say of them: shares, hard pairs, official codes, the same each time."""

from __future__ import annotations

import csv
import hashlib
import statistics
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from benchmarks.invented_projects import (
    HARD_KINDS,
    Invented,
    Record,
    generate,
    generate_table,
    to_item,
    write_csv,
)
from benchmarks.project_patterns import load_patterns
from tracegraph.ingest.importer import read_files
from tracegraph.thai.gazetteer import load_names
from tracegraph.thai.normalize import normalize

COUNT = 6_000


@pytest.fixture(scope="module")
def invented() -> Invented:
    return generate(COUNT, seed=7)


@pytest.fixture(scope="module")
def by_id(invented: Invented) -> dict[str, Record]:
    return {record.id: record for record in invented.records}


def test_the_same_seed_gives_the_same_records_on_every_python() -> None:
    told = generate(300, seed=11)
    # the official names of the pinned geothai are part of it
    digest = hashlib.sha256(repr([(r.text, r.tambon, r.work, r.amount) for r in told.records]).encode()).hexdigest()
    assert digest[:16] == "b5c70de033347ac0"
    assert told == generate(300, seed=11)
    assert told.records[0].text != generate(300, seed=12).records[0].text


def test_the_table_holds_the_same_as_the_records(invented: Invented) -> None:
    table = generate_table(COUNT, 7)
    assert table["text"] == [record.text for record in invented.records]
    assert table["work"] == [record.work for record in invented.records]
    assert table.hard == invented.hard


def test_a_quarter_of_the_records_stand_in_groups_of_two_to_four(invented: Invented) -> None:
    sizes = Counter(Counter(record.work for record in invented.records).values())
    assert set(sizes) == {1, 2, 3, 4}
    grouped = sum(size * count for size, count in sizes.items() if size > 1)
    assert 0.23 < grouped / COUNT < 0.30
    assert len({record.id for record in invented.records}) == len(invented.records) == COUNT


def test_density_is_the_number_of_records_of_a_tambon() -> None:
    for density in (40.0, 140.0, 600.0):
        told = generate(4_000, seed=3, density=density, misplaced=0.0)
        tambons = Counter(record.tambon for record in told.records)
        assert statistics.mean(tambons.values()) == pytest.approx(density, rel=0.25)


def test_no_two_works_are_told_in_the_same_words_at_the_same_place(invented: Invented) -> None:
    told: dict[tuple[str, str, int], str] = {}
    for record in invented.records:
        key = (normalize(record.text).replace(" ", ""), record.tambon, record.year)
        assert told.setdefault(key, record.work) == record.work, record.text


def test_every_kind_of_hard_pair_is_there_and_is_no_true_pair(invented: Invented, by_id: dict[str, Record]) -> None:
    counts = Counter(pair.kind for pair in invented.hard)
    assert set(counts) == set(HARD_KINDS)
    assert min(counts.values()) > 30
    for pair in invented.hard:
        left, right = by_id[pair.left], by_id[pair.right]
        assert left.work != right.work
        if pair.kind != "tambon" and "district" not in left.noise + right.noise:
            assert left.tambon == right.tambon


def test_a_hard_pair_differs_in_its_kind_only() -> None:
    told = generate(3_000, seed=5)
    texts = {record.id: record for record in told.records}
    same_year = [pair for pair in told.hard if pair.kind in ("village", "phase", "road_number", "tambon")]
    assert same_year
    close = 0
    for pair in same_year:
        left, right = texts[pair.left].text, texts[pair.right].text
        close += len(set(left.split()) ^ set(right.split())) <= 6
    assert close / len(same_year) > 0.4  # the rest is told by another writer or carries a slip


def test_codes_are_official_and_wrong_ones_are_marked(invented: Invented) -> None:
    names = load_names().by_code
    homes = defaultdict(Counter)
    for record in invented.records:
        for code in (record.province, record.district, record.tambon):
            assert not code or code in names
        assert record.tambon.startswith(record.district)
        assert ("no_district" in record.noise) == (not record.tambon)
        homes[record.work][record.district] += 1
    wrong = [record for record in invented.records if "wrong_district" in record.noise]
    assert wrong
    for record in wrong:
        assert len(homes[record.work]) > 1


def test_misplaced_is_a_share_of_the_repeated_records() -> None:
    assert not any("district" in record.noise for record in generate(2_000, seed=1, misplaced=0.0).records)
    told = generate(4_000, seed=1, misplaced=0.5).records
    repeated = len(told) - len({record.work for record in told})
    assert sum("district" in record.noise for record in told) / repeated == pytest.approx(0.5, abs=0.08)


def test_names_are_as_long_as_names_of_plans(invented: Invented) -> None:
    lengths = [len(record.text) for record in invented.records]
    assert 60 < statistics.mean(lengths) < 80
    assert sum(40 <= length <= 130 for length in lengths) / COUNT > 0.99
    assert min(lengths) > 25
    assert max(lengths) < 180


def test_slips_of_every_kind_are_made(invented: Invented) -> None:
    noise = Counter(slip for record in invented.records for slip in record.noise.split("+"))
    for slip in ("thai_digits", "split_am", "lost_tone", "zero_width", "lost_letter", "double_letter", "misread"):
        assert noise[slip] > 20, slip
    assert any("\u200b" in record.text for record in invented.records)
    assert any("ํา" in record.text for record in invented.records)
    assert any("๒๕" in record.text for record in invented.records)


def test_the_other_patterns_are_a_disjoint_third() -> None:
    usual, other = load_patterns("usual"), load_patterns("other")
    assert len(usual) >= 234
    assert len(other) / (len(usual) + len(other)) == pytest.approx(1 / 3, abs=0.01)
    assert not {pattern.number for pattern in usual} & {pattern.number for pattern in other}
    with pytest.raises(ValueError, match="patterns must be one of"):
        load_patterns("all")


def test_more_records_than_thailand_has_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="tambons"):
        generate(100_000, seed=1, density=2.0)


def test_few_records_are_made_and_none_and_no_fewer() -> None:
    assert len(generate(1, seed=3).records) == 1
    assert generate(0, seed=3) == Invented([], [])
    assert len(generate_table(0, 3)) == 0
    with pytest.raises(ValueError, match="negative"):
        generate(-1, seed=3)
    with pytest.raises(ValueError, match="negative"):
        generate(10, seed=3, density=0.0)


def test_items_state_what_the_record_states(invented: Invented) -> None:
    record = invented.records[0]
    item = to_item(record)
    assert (item.text, item.tambon, item.year, item.owner_name) == (
        record.text,
        record.tambon or None,
        record.year,
        record.owner,
    )
    assert len({to_item(r).uid for r in invented.records}) == COUNT


def test_the_files_are_read_by_the_importer_and_the_labels_name_their_records(tmp_path: Path) -> None:
    told = generate(400, seed=2)
    records, labels = write_csv(told, tmp_path)
    (batch,) = read_files([records])
    assert len(batch.projects) == 400
    assert {project.source_id for project in batch.projects} == {record.id for record in told.records}
    works = {record.id: record.work for record in told.records}
    with labels.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["label"] for row in rows} == {"SAME", "DIFF"}
    for row in rows:
        assert (works[row["left_id"]] == works[row["right_id"]]) == (row["label"] == "SAME")
    assert sum(row["label"] == "SAME" for row in rows) == sum(
        size * (size - 1) // 2 for size in Counter(works.values()).values()
    )
    clusters = {row["left_id"]: row["cluster"] for row in rows}
    assert all(clusters[pair.left] == clusters.get(pair.right, clusters[pair.left]) for pair in told.hard)
