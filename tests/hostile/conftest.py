"""A folder of its own for what the reader may write, and an observer in every process it starts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tracegraph.ingest.child_process import spare

OBSERVER = Path(__file__).with_name("observer")


@dataclass(frozen=True, slots=True)
class Watched:
    """Where hostile files lie, and what the processes that read them tried."""

    folder: Path
    log: Path

    def read_attempts(self) -> list[str]:
        """Attempts to reach, run or write what must not be; fails where nothing observed."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        assert "observing" in lines, "no process was observed"
        return [line for line in lines if line != "observing"]

    def find_strange_files(self) -> list[str]:
        """What lies in the folder of the test and was not put there by it."""
        return sorted(
            str(path.relative_to(self.folder.parent))
            for path in self.folder.parent.rglob("*")
            if path not in (self.log, self.folder, self.folder.parent / "scratch")
        )


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """An empty folder; processes started from now on write down what they try, and have their scratch here."""
    folder, scratch, log = tmp_path / "files", tmp_path / "scratch", tmp_path / "attempts.log"
    folder.mkdir()
    scratch.mkdir()
    monkeypatch.syspath_prepend(OBSERVER)
    for name, value in (
        ("HOSTILE_LOG", log),
        ("HOSTILE_FOLDER", tmp_path),
        ("TMPDIR", scratch),
        ("PYTHONDONTWRITEBYTECODE", "1"),
    ):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.chdir(folder)
    spare.close()  # a child of an earlier test is not observed
    yield Watched(folder, log)
    spare.close()
