"""What earlier linking runs compared, kept in a folder: derived state, which may be deleted at any time.

One file a place, named by a hash of the place's name: NumPy arrays without Python objects, so that reading a file
cannot run anything. A file that another model, floor or version of the rules made, or that cannot be read, is as good
as none: the place is compared anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tracegraph import __version__
from tracegraph.link.same_work.known import InRow, Known, PairRow
from tracegraph.link.same_work.model import Model

log = logging.getLogger(__name__)

_ARRAYS = ("digests", "crowds", "left", "right", "lenient", "reach")
_TABLES = ("columns", "keys")
_SUFFIX = ".npz"
#: Packages whose rules and word lists decide what a pair scores.
_RULES = ("tracegraph.link", "tracegraph.thai")


@cache
def rules_digest() -> str:
    """A digest of the code and the word lists that compare: where they change, nothing known before holds."""
    found = hashlib.blake2b(__version__.encode(), digest_size=16)
    for package in _RULES:
        for name, content in sorted(_read_rules(files(package))):
            found.update(name.encode())
            found.update(content)
    return found.hexdigest()


def _read_rules(folder: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _read_rules(entry, name)
        elif entry.name.endswith((".py", ".csv", ".json", ".yaml", ".txt")):
            found.append((name, entry.read_bytes()))
    return found


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of each place, in ``folder``; ``basis`` stands for the model, the floor and the rules."""

    folder: Path
    basis: str

    @classmethod
    def open(cls, folder: Path, model: Model, floor: float) -> Memory:
        """The memory of this model and floor; the folder is made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        table = json.dumps([model.name, model.base, *sorted(map(repr, _weights_of(model))), floor])
        return cls(folder, hashlib.blake2b(f"{rules_digest()}{table}".encode(), digest_size=16).hexdigest())

    def load(self, name: str) -> Known | None:
        """What is known of a place, or None."""
        path = self._path(name)
        if not path.exists():
            return None
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                texts = json.loads(stored["texts"].tobytes().decode("utf-8"))
                if texts["basis"] != self.basis or texts["name"] != name:
                    return None
                return _parse(texts, dict(stored))
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            log.warning("%s cannot be read and is made anew: %s", path, error)
            return None

    def save(self, known: Known) -> None:
        """Keep what is known of a place; another process sees the old or the new, nothing between."""
        texts = {
            "basis": self.basis,
            "name": known.name,
            "digest": known.digest,
            "uids": known.uids,
            "rows": known.rows,
            "skipped": known.skipped,
        }
        arrays = {"texts": np.frombuffer(json.dumps(texts).encode("utf-8"), dtype=np.uint8)}
        arrays |= {name: _narrow(getattr(known, name)) for name in _ARRAYS}
        for table in _TABLES:
            arrays |= {f"{table}.{name}": _narrow(values) for name, values in getattr(known, table).items()}
        path = self._path(known.name)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
        part.replace(path)

    def forget_others(self, names: Collection[str]) -> None:
        """Delete what is known of places that are there no more."""
        kept = {self._path(name) for name in names}
        for path in self.folder.glob(f"*{_SUFFIX}"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        return self.folder / f"{digest}{_SUFFIX}"


def _weights_of(model: Model) -> list[tuple[object, ...]]:
    return [
        (name, sorted(weights.levels.items()), weights.curve, sorted(weights.veto))
        for name, weights in model.features.items()
    ]


def _narrow(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Positions and counts in half the bytes where they fit."""
    if values.dtype == np.int64 and len(values) and values.min() > -(2**31) and values.max() < 2**31:
        return values.astype(np.int32)
    return values


def _parse(texts: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> Known:
    tables = {
        table: {
            name.removeprefix(f"{table}."): values.astype(np.int64)
            for name, values in arrays.items()
            if name.startswith(f"{table}.")
        }
        for table in _TABLES
    }
    return Known(
        name=texts["name"],
        digest=texts["digest"],
        uids=tuple(texts["uids"]),
        digests=arrays["digests"].astype(np.int64),
        crowds=arrays["crowds"].astype(np.int64),
        left=arrays["left"].astype(np.int64),
        right=arrays["right"].astype(np.int64),
        lenient=arrays["lenient"].astype(bool),
        reach=arrays["reach"].astype(np.float64),
        rows=tuple(_parse_row(row) for row in texts["rows"]),
        skipped=int(texts["skipped"]),
        **tables,
    )


def _parse_row(row: list[Any]) -> PairRow:
    kind, early, late, score, work_class, aside, early_row, late_row = row
    return PairRow(kind, early, late, float(score), work_class, tuple(aside), InRow(*early_row), InRow(*late_row))
