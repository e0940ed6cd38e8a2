"""More than five thousand mutated files of every kind, the same on every machine: rows or a stated refusal, no more.

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

COUNT = int(os.environ.get("HOSTILE_FILES", "5200"))
SEED = int(os.environ.get("HOSTILE_SEED", "2569"))
LIMITS = Limits(seconds=12.0)
_PARENT_MB = 400


def test_every_file_ends_in_rows_or_in_a_refusal(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally = read_all(iter_files(SEED, COUNT), watched.folder, LIMITS)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n  the importing process grew by {grown:,.0f} MB\n")
    assert sum(tally.outcomes.values()) == COUNT
    assert not tally.wrong, "\n".join(tally.wrong[:20])
    assert not tally.unforeseen, "\n".join(tally.unforeseen[:20])
    assert watched.read_attempts() == []
    assert watched.find_strange_files() == []
    assert grown < _PARENT_MB
    for kind in ("xlsx", "csv", "docx", "pdf", "ods", "zip"):
        assert tally.outcomes[kind, Outcome.REFUSED], kind
        assert tally.outcomes[kind, Outcome.LOADED], kind


def test_a_file_of_a_number_is_always_the_same() -> None:
    files = [make_file(SEED, number) for number in (0, 17, 4_999)]
    assert files == [make_file(SEED, number) for number in (0, 17, 4_999)]
    assert len({file.data for file in iter_files(SEED, 200)}) > 150
