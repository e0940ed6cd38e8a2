"""Read hostile files by the reader of files and say how each ended."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.hostile.corpus import HostileFile
from tracegraph.errors import InputError
from tracegraph.ingest.file_reader import FileReader, FoundFiles
from tracegraph.ingest.tables import Limits

SLOWEST = 30.0
"""Seconds that no file may take."""
_THAI = re.compile("[ก-๙]{4}")
_ENGLISH = re.compile("[a-z]{3} ")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Outcome(StrEnum):
    """How a file ended; the last three are refusals too, but of a reader that did not see the harm coming."""

    LOADED = "loaded"
    PARTLY = "loaded in part"
    REFUSED = "refused"
    UNFORESEEN = "refused: a failure of the reader"
    STOPPED = "refused: the child died"
    OVERRAN = "refused: took too long"


@dataclass(slots=True)
class Tally:
    """What became of many files, and what must not be."""

    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unforeseen: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def __str__(self) -> str:
        """A line for each outcome with its counts by kind of file."""
        lines = [f"{sum(self.outcomes.values()):,} files; slowest {self.slowest[0]:.1f} s ({self.slowest[1]})"]
        for outcome in Outcome:
            counts = {kind: count for (kind, how), count in sorted(self.outcomes.items()) if how is outcome}
            if counts:
                shown = ", ".join(f"{kind} {count:,}" for kind, count in counts.items())
                lines.append(f"  {outcome.value}: {sum(counts.values()):,} ({shown})")
        return "\n".join(lines)


def find_outcome(found: FoundFiles) -> Outcome:
    """How one file ended."""
    said = " ".join(error.en for _, error in found.refused)
    if "stopped the program that reads files" in said:
        return Outcome.STOPPED
    if "seconds, so reading was stopped" in said:
        return Outcome.OVERRAN
    if "perhaps it is damaged (" in said:
        return Outcome.UNFORESEEN
    if not found.refused:
        return Outcome.LOADED
    return Outcome.PARTLY if found.sources else Outcome.REFUSED


def find_faults(found: FoundFiles, limits: Limits) -> list[str]:
    """What is wrong with an answer: nothing said, rows that are none, words that nobody can read."""
    faults = [] if found.sources or found.refused else ["neither rows nor a refusal"]
    for name, error in found.refused:
        faults += [f"{name}: {fault}" for fault in find_faults_of_words(error)]
    for source in found.sources:
        rows = [row for table in source.tables for row in table.rows]
        if not rows:
            faults.append(f"{source.name}: taken, but without a row")
        if any(len(row.cells) > limits.max_columns or row.number < 1 for row in rows):
            faults.append(f"{source.name}: a row beyond the limits")
        for text in (cell for row in rows for cell in row.cells):
            if not is_encodable(text):
                faults.append(f"{source.name}: a cell that cannot be written as UTF-8: {text[:40]!r}")
        for table in source.tables:
            if not all(map(is_encodable, (table.sheet, *table.merged.values(), *(note.text for note in table.notes)))):
                faults.append(f"{source.name}: a title or note that cannot be written as UTF-8")
    return faults


def find_faults_of_words(error: InputError) -> list[str]:
    """What a refusal lacks: Thai, English, what to do, in one short readable line each."""
    faults = []
    for words, wanted in ((error.th, _THAI), (error.en, _ENGLISH), (error.hint_th, _THAI), (error.hint_en, _ENGLISH)):
        if not wanted.search(words):
            faults.append(f"words missing in {words!r}")
        if len(words) > 1_500 or "Traceback" in words:
            faults.append(f"words too long: {words[:80]!r} …")
        if _UNPRINTABLE.search(words):
            faults.append(f"a control character in {words[:200]!r}")
        if not is_encodable(words):
            faults.append(f"words that cannot be written: {words[:80]!r}")
    return faults


def is_encodable(text: str) -> bool:
    """Whether a text has no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_all(files: Iterable[HostileFile], folder: Path, limits: Limits | None = None) -> Tally:
    """Write each file into ``folder``, read it, take it away."""
    tally = Tally()
    limits = limits or Limits()
    with FileReader(limits) as reader:
        for file in files:
            path = folder / file.name
            path.write_bytes(file.data)
            started = time.monotonic()
            found = reader.read(path)
            seconds = time.monotonic() - started
            path.unlink()
            outcome = find_outcome(found)
            tally.outcomes[file.kind, outcome] += 1
            tally.slowest = max(tally.slowest, (seconds, f"{file.name}, {file.trick}"))
            tally.wrong += [f"{file.name} ({file.trick}): {fault}" for fault in find_faults(found, limits)]
            if seconds > SLOWEST:
                tally.wrong.append(f"{file.name} ({file.trick}): took {seconds:.1f} s")
            if outcome in (Outcome.UNFORESEEN, Outcome.STOPPED, Outcome.OVERRAN):
                tally.unforeseen.append(f"{file.name} ({file.trick}): {found.refused[0][1].en[:300]}")
    return tally
