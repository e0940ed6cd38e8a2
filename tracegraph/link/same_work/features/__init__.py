"""The named features of "same work", in the order in which people read them."""

from __future__ import annotations

from tracegraph.link.same_work.features import (
    actors,
    crowd,
    document,
    job,
    money,
    period,
    place,
    roads,
    segment,
    size,
    text,
)
from tracegraph.link.same_work.features.base import NOTHING, UNKNOWN, Feature, Finding

FEATURES: tuple[Feature, ...] = (
    text.whole_name,
    text.core,
    text.difference,
    text.cut_off,
    text.verb,
    text.work_object,
    text.family,
    place.tambon,
    place.village,
    place.village_name,
    roads.road_name,
    roads.road_number,
    place.spot,
    place.bank,
    job.job,
    segment.phase,
    segment.stations,
    size.measures,
    text.leftover,
    money.money,
    money.years,
    actors.body,
    actors.unit,
    period.period,
    period.asset,
    text.purpose,
    document.relation,
    document.reference,
    crowd.crowd,
)

FEATURE_BY_NAME: dict[str, Feature] = {feature.name: feature for feature in FEATURES}

__all__ = ["FEATURES", "FEATURE_BY_NAME", "NOTHING", "UNKNOWN", "Feature", "Finding"]
