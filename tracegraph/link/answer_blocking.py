"""Which projects a need is compared with: those that its place does not rule out and that can still reach the floor.

Both steps lose nothing: what they leave out would have been vetoed, or could not have reached the floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracegraph.link.answer_features import Corpus, concept_level, curve_of, find_meant
from tracegraph.link.answer_model import AnswerModel
from tracegraph.link.answer_places import Relation, VillageNames, relate
from tracegraph.link.answer_sides import Side
from tracegraph.link.lexicon import Agreement
from tracegraph.model.items import Item


@dataclass(slots=True)
class ProjectIndex:
    """Projects by place, so that a need meets only those that its place does not rule out."""

    tambons: dict[str, list[Side]] = field(default_factory=dict)
    districts: dict[str, list[Side]] = field(default_factory=dict)  # tambon unknown, or a line across tambons
    provinces: dict[str, list[Side]] = field(default_factory=dict)  # district unknown
    nowhere: list[Side] = field(default_factory=list)

    def add(self, side: Side) -> None:
        """File a project under the most exact place that it gives."""
        item = side.item
        if item.tambon:
            self.tambons.setdefault(item.tambon, []).append(side)
        if item.district and (not item.tambon or len(side.parsed.tambons) > 1):
            self.districts.setdefault(item.district, []).append(side)
        elif not item.tambon:
            self.provinces.setdefault(item.province, []).append(side) if item.province else self.nowhere.append(side)

    def candidates(self, need: Side, villages: VillageNames, model: AnswerModel) -> list[tuple[Side, Relation]]:
        """Projects whose place does not rule them out, with the relation of the two places, in order of uid."""
        found: dict[str, Side] = {}
        for group in self._groups(need.item):
            found.update((side.item.uid, side) for side in group)
        vetoes = model.features["place"].vetoes
        related = ((found[uid], relate(need, found[uid], villages)) for uid in sorted(found))
        return [(side, relation) for side, relation in related if relation.value not in vetoes]

    def _groups(self, item: Item) -> Iterator[list[Side]]:
        if item.tambon:
            yield self.tambons.get(item.tambon, [])
        elif item.district or item.province:
            code = item.district or item.province or ""
            yield from (group for tambon, group in sorted(self.tambons.items()) if tambon.startswith(code))
        if item.district:
            yield self.districts.get(item.district, [])
        elif item.province:
            yield from (group for code, group in sorted(self.districts.items()) if code.startswith(item.province))
        if item.province:
            yield self.provinces.get(item.province, [])
        else:
            yield from (*self.tambons.values(), *self.districts.values(), *self.provinces.values())
        yield self.nowhere


def find_ceiling(need: Side, project: Side, relation: Relation, corpus: Corpus, model: AnswerModel) -> float:
    """The largest score that the pair can still get, from what is known at a glance."""
    agreement = corpus.lexicon.agreement(need.concepts, project.concepts)
    total = model.start + model.level("place", relation.value) + _concept_weight(need, project, agreement, model)
    total += model.weight(find_meant(need, project, corpus))
    curve = curve_of(need, project, agreement)
    total += model.most("words", curve) + (model.most("vectors", curve) if corpus.vectors else 0.0)
    a, b = need.spot, project.spot
    shared = (
        ("also", agreement.also or agreement.named),
        ("lane", a.lanes and b.lanes),
        ("road_name", a.roads and b.roads),
        ("person", a.persons and b.persons),
        ("landmark", a.landmarks),
        ("phase", a.phase is not None and b.phase is not None),
        ("stations", a.stations and b.stations),
        ("only_one", corpus.complete),
        ("year", True),
        ("item_kind", True),
    )
    return total + sum(model.most(feature) for feature, possible in shared if possible)


def _concept_weight(need: Side, project: Side, agreement: Agreement, model: AnswerModel) -> float:
    level = concept_level(need, project)
    return model.level("concept", level) if level else model.at("concept", agreement.strength)
