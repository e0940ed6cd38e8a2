"""The models that the product's own ways are run with: as shipped, and with the weights that people set by hand."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from tracegraph.link.same_work.model import Model, load_model, parse_model


def open_table(option: str) -> dict[str, Any]:
    """The shipped table; with ``hand`` the hand-set weights stand in it, which no label has moved."""
    name = f"{load_model().name}.json"
    table: dict[str, Any] = json.loads(files("tracegraph.link").joinpath("models", name).read_text(encoding="utf-8"))
    if option != "hand":
        return table
    features = {}
    for feature, entry in table["features"].items():
        features[feature] = {**entry, "curve" if "curve" in entry else "levels": entry["hand"]}
    return {**table, "base": table["hand_base"], "features": features}


def open_model(option: str) -> Model:
    """The same, ready to score."""
    return parse_model(open_table(option))
