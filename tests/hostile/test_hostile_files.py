"""Six thousand mutated files of every kind, the same on every machine: rows or a stated refusal, and nothing else.

``HOSTILE_FILES`` and ``HOSTILE_SEED`` in the environment run more files, or others.
"""

from __future__ import annotations

import os
import resource
import sys

import pytest

from tests.hostile.conftest import Watched
from tests.hostile.corpus import iter_files, make_file
from tests.hostile.outcomes import Outcome, read_all
from tracegraph.ingest.tables import Limits

COUNT = int(os.environ.get("HOSTILE_FILES", "6000"))
SEED = int(os.environ.get("HOSTILE_SEED", "2569"))
LIMITS = Limits()
_PARENT_MB = 400


def test_every_file_ends_in_rows_or_in_a_refusal(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally = read_all(iter_files(SEED, COUNT), watched.folder, LIMITS)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n  importing process grew by {grown:,.0f} MB, largest child {children:,.0f} MB\n")
    assert not tally.wrong, "\n".join(tally.wrong[:20])
    assert watched.read_attempts() == []
    assert watched.find_strange_files() == []
    assert grown < _PARENT_MB
    assert sum(tally.outcomes.values()) == COUNT


def test_no_failure_of_a_reader_is_unforeseen(watched: Watched) -> None:
    """Every refusal of a small share says what is wrong with the file, not that a reader broke on it."""
    tally = read_all(iter_files(SEED + 1, COUNT // 10), watched.folder, LIMITS)
    assert not tally.unforeseen, "\n".join(tally.unforeseen[:20])
    assert tally.outcomes[("xlsx", Outcome.LOADED)]
    assert tally.outcomes[("xlsx", Outcome.REFUSED)]


def test_a_file_of_a_number_is_always_the_same() -> None:
    files = [make_file(SEED, number) for number in (0, 17, 4_999)]
    assert files == [make_file(SEED, number) for number in (0, 17, 4_999)]
    assert len({file.data for file in iter_files(SEED, 200)}) > 150
