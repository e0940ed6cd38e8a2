"""Weights of the alignment score: the package's own, overridden by ``tracegraph.yaml`` of the data folder."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from tracegraph.analyse.params import near, read_floor
from tracegraph.errors import UsageError

#: The file of an office's own settings, in its data folder.
SETTINGS_FILE = "tracegraph.yaml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each part by name (any positive scale) and the floor at which suggestions count."""

    weights: Mapping[str, float]
    floor: float


def load_weights(home: Path | None = None) -> Weights:
    """The weights that hold for a data folder; UsageError names what cannot be read in its file."""
    packaged = files("tracegraph.analyse").joinpath("alignment.yaml").read_text(encoding="utf-8")
    defaults = yaml.safe_load(packaged)["alignment"]
    base = Weights({name: float(value) for name, value in defaults["weights"].items()}, float(defaults["floor"]))
    path = home / SETTINGS_FILE if home else None
    if path is None or not path.is_file():
        return base
    return _overridden(base, _read_section(path), path)


def _read_section(path: Path) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise _refused(path, "YAML", reason) from error
    if content is None:
        return {}
    if not isinstance(content, Mapping):
        raise _refused(path, "alignment: …", type(content).__name__)
    section = content.get("alignment") or {}
    if not isinstance(section, Mapping):
        raise _refused(path, "alignment: {weights: …, floor: …}", repr(section))
    return section


def _overridden(base: Weights, section: Mapping[str, Any], path: Path) -> Weights:
    _require_known(path, section, ["weights", "floor"], "alignment")
    given = section.get("weights") or {}
    if not isinstance(given, Mapping):
        raise _refused(path, "alignment.weights: {reach: 25, …}", repr(given))
    _require_known(path, given, list(base.weights), "alignment.weights")
    weights = {**base.weights, **{str(name): _weight(path, name, value) for name, value in given.items()}}
    if not any(weights.values()):
        raise _refused(path, "alignment.weights > 0", "0")
    try:
        floor = read_floor(section.get("floor", base.floor))
    except ValueError as error:
        raise _refused(path, "alignment.floor: 0–1, facts", repr(section["floor"])) from error
    return Weights(weights, floor)


def _weight(path: Path, name: object, value: object) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    if not good:
        raise _refused(path, f"alignment.weights.{name} ≥ 0", repr(value))
    return float(value)  # type: ignore[arg-type]  # checked above


def _require_known(path: Path, given: Mapping[Any, Any], known: list[str], where: str) -> None:
    for name in given:
        if name not in known:
            raise UsageError(
                f"{path.name}: ไม่รู้จัก {where}.{name}",
                f"{path.name}: unknown {where}.{name}",
                hint_th=f"ที่ใกล้เคียง: {near(str(name), known)}",
                hint_en=f"near: {near(str(name), known)}",
            )


def _refused(path: Path, expected: str, found: str) -> UsageError:
    return UsageError(
        f"{path.name} อ่านไม่ได้: พบ {found} ต้องเป็น {expected}",
        f"{path.name} cannot be read: found {found}, expected {expected}",
        hint_th=f"แก้ไขหรือลบไฟล์ {path}",
        hint_en=f"correct or delete {path}",
    )
