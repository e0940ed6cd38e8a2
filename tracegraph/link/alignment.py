"""Which entry of which strategy list does a project serve? Suggested ALIGNS_WITH links with their evidence.

Alignment starts from what documents declare: in a list of which a project declares an entry nothing is added to it, and
inference speaks up only where it clearly disagrees. Zero-shot, for any list:
entries are known by their names, aliases and place in the list only. For the five national lists a table says which
entries a kind of work usually serves. Entries of one list compete; where no leaf is sure enough but their parent is,
the parent is proposed. Contributions are log-odds and add up to the score.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from tracegraph.link.alignment_features import Feature, find_features
from tracegraph.link.alignment_scope import may_serve
from tracegraph.link.alignment_texts import AlignmentCorpus, Entry, StrategyRow, Subject, build_alignment_corpus
from tracegraph.link.answer_model import on_curve
from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.scores import to_log_odds, to_probability
from tracegraph.link.vectors import Vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item, StrategyScope
from tracegraph.model.records import Contribution, LinkRecord


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """Curves by feature, read from ``models/alignment-1.json``; see its ``about``."""

    version: str
    prior: float
    slope: float
    intercept: float
    rivalry: float
    near_second: float
    objection: float
    curves: Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Inference:
    """One entry as inferred for one project, with a probability and the contributions to its log-odds."""

    entry: Entry
    probability: float
    contributions: tuple[Contribution, ...]


@cache
def load_alignment_model(name: str = "alignment-1") -> AlignmentModel:
    """The model that ships with the package."""
    table = json.loads(files("tracegraph.link").joinpath(f"models/{name}.json").read_text(encoding="utf-8"))
    return AlignmentModel(
        version=table["version"],
        prior=float(table["prior"]),
        slope=float(table["calibration"]["slope"]),
        intercept=float(table["calibration"]["intercept"]),
        rivalry=float(table["rivalry"]),
        near_second=float(table["near_second"]),
        objection=float(table["objection"]),
        curves={name: tuple((x, y) for x, y in points) for name, points in table["features"].items()},
    )


def propose(
    projects: Sequence[Item],
    strategies: Sequence[StrategyRow],
    declared: Iterable[tuple[str, str]],
    *,
    scopes: Mapping[str, StrategyScope] | None = None,
    floor: float = 0.5,
    vectors: Vectors | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[LinkRecord]:
    """Suggested ALIGNS_WITH links of at least ``floor``: for each list the best entry and a near second.

    ``strategies`` and ``scopes`` are as in ``StoredItems``; ``declared`` are (project uid, strategy uid) that documents
    state, unknown ones without effect. In a list with a declared entry at most one link is proposed: a clear
    disagreement, whose evidence says so. Lists of another place, body or time are left out.
    """
    corpus, subjects = build_alignment_corpus(projects, strategies, load_lexicon(), vectors)
    stated: dict[str, set[str]] = {}
    for project, strategy in declared:
        stated.setdefault(project, set()).add(strategy)
    links: list[LinkRecord] = []
    for done, subject in enumerate(subjects, start=1):
        for list_id in sorted(corpus.lists):
            if may_serve(subject.item, (scopes or {}).get(list_id)):
                found = infer(subject, list_id, corpus)
                links.extend(_links(subject, found, corpus.lists[list_id], stated.get(subject.item.uid, set()), floor))
        if progress is not None:
            progress(done / len(subjects))
    return links


def infer(subject: Subject, list_id: str, corpus: AlignmentCorpus) -> list[Inference]:
    """Every entry of a list with its probability, best first; parents gather what their leaves got."""
    model = load_alignment_model()
    leaves = [entry for entry in corpus.lists[list_id] if entry.leaf]
    features = {entry.uid: find_features(subject, entry, corpus) for entry in leaves}
    scores = {uid: _sum(model, found) for uid, found in features.items()}
    odds = {uid: exp(min(score, 50.0)) for uid, score in scores.items()}
    total = sum(odds[uid] for uid in sorted(odds))
    inferred: list[Inference] = []
    for entry in leaves:
        rivals = max(0.0, total - odds[entry.uid])
        parts = (*_contributions(model, features[entry.uid]), *_rivalry(model, rivals))
        inferred.append(Inference(entry, round(to_probability(sum(part.weight for part in parts)), 4), parts))
    inferred.extend(_parents(corpus.lists[list_id], inferred, model))
    return sorted(inferred, key=lambda one: (-one.probability, one.entry.uid))


def _sum(model: AlignmentModel, features: Sequence[Feature]) -> float:
    weights = (on_curve(model.curves[one.name], one.value) for one in features)
    return model.slope * (model.prior + sum(weights)) + model.intercept


def _contributions(model: AlignmentModel, features: Sequence[Feature]) -> list[Contribution]:
    start = model.slope * model.prior + model.intercept
    parts = [_part("prior", start, th="ค่าเริ่มต้นของแต่ละข้อ", en="starting point of every entry")]
    for one in features:
        weight = model.slope * on_curve(model.curves[one.name], one.value)
        if weight:
            parts.append(_part(one.name, weight, one.left, one.right, one.th, one.en))
    return parts


def _rivalry(model: AlignmentModel, rivals: float) -> list[Contribution]:
    weight = -model.slope * model.rivalry * log(1.0 + rivals)
    if round(weight, 4) == 0:
        return []
    return [_part("rivalry", weight, th="ข้ออื่นในชุดเดียวกันก็ใกล้เคียง", en="other entries of the list come close")]


def _parents(entries: Sequence[Entry], leaves: Sequence[Inference], model: AlignmentModel) -> list[Inference]:
    """Entries above the leaves: the chance that at least one of the leaves below is served."""
    by_uid = {entry.uid: entry for entry in entries}
    below: dict[str, list[Inference]] = {}
    for leaf in leaves:
        parent, seen = leaf.entry.parent, {leaf.entry.uid}
        while parent in by_uid and parent not in seen:
            below.setdefault(parent, []).append(leaf)
            seen.add(parent)
            parent = by_uid[parent].parent
    return [_parent(by_uid[uid], found) for uid, found in sorted(below.items())]


def _parent(entry: Entry, leaves: Sequence[Inference]) -> Inference:
    ranked = sorted(leaves, key=lambda one: (-one.probability, one.entry.uid))
    missed = 1.0
    for one in ranked:
        missed *= 1.0 - one.probability
    probability = min(max(1.0 - missed, ranked[0].probability), 0.9999)
    best = ranked[0]
    extra = to_log_odds(min(max(probability, 1e-9), 1 - 1e-9)) - sum(part.weight for part in best.contributions)
    th, en = f"รวมข้อย่อย {len(ranked)} ข้อ", f"{len(ranked)} entries below it taken together"
    parts = (*best.contributions, _part("below", extra, best.entry.name, entry.name, th, en))
    return Inference(entry, round(probability, 4), parts)


def _links(
    subject: Subject, found: Sequence[Inference], entries: Sequence[Entry], stated: set[str], floor: float
) -> list[LinkRecord]:
    names = {entry.uid: entry for entry in entries}
    here = [names[uid] for uid in sorted(stated & names.keys())]
    if not here:
        return [_link(subject.item, one, one.contributions) for one in _choose(found, floor)]
    chosen = _object(found, here, names, floor)
    return [_link(subject.item, one, one.contributions + _disagreement(one.entry, here)) for one in chosen]


def _object(
    found: Sequence[Inference], declared: Sequence[Entry], names: Mapping[str, Entry], floor: float
) -> list[Inference]:
    """The best entry where it is sure, lies neither above nor below a declared one, and no declared one is likely."""
    least = max(floor, load_alignment_model().objection)
    best = next((one for one in found if one.entry.leaf), None)
    if best is None or best.probability < least:
        return []
    said = {entry.uid for entry in declared}
    near = {uid for entry in declared for uid in (entry.uid, *_above(entry, names))}
    if best.entry.uid in near or said.intersection(_above(best.entry, names)):
        return []
    return [] if any(one.entry.uid in said and one.probability >= floor for one in found) else [best]


def _above(entry: Entry, names: Mapping[str, Entry]) -> list[str]:
    """Uids of the entries above one, nearest first."""
    found: list[str] = []
    parent = entry.parent
    while parent is not None and parent in names and parent not in found:
        found.append(parent)
        parent = names[parent].parent
    return found


def _choose(found: Sequence[Inference], floor: float) -> list[Inference]:
    """The best leaf and a near second; or, where no leaf is sure, the deepest sure entry above the best one."""
    leaves = [one for one in found if one.entry.leaf]
    sure = [one for one in leaves if one.probability >= floor]
    if sure:
        near = load_alignment_model().near_second
        return [one for one in sure[:2] if one.probability >= near * sure[0].probability]
    if not leaves:
        return []
    above = {one.entry.uid: one for one in found if not one.entry.leaf and one.probability >= floor}
    parent, seen = leaves[0].entry.parent, set[str]()
    while parent and parent not in seen:
        if parent in above:
            return [above[parent]]
        seen.add(parent)
        parent = next((one.entry.parent for one in found if one.entry.uid == parent), None)
    return []


def _disagreement(entry: Entry, declared: Sequence[Entry]) -> tuple[Contribution, ...]:
    said = ", ".join(f"{one.number} {one.name}" for one in declared)
    th, en = f"ต่างจากที่ระบุในแผน: {said}", f"differs from what the plan declares: {said}"
    return (_part("declared", 0.0, said, f"{entry.number} {entry.name}", th, en),)


def _link(project: Item, one: Inference, evidence: tuple[Contribution, ...]) -> LinkRecord:
    return LinkRecord(
        kind=LinkKind.ALIGNS_WITH,
        from_uid=project.uid,
        to_uid=one.entry.uid,
        status=Status.SUGGESTED,
        probability=one.probability,
        method=load_alignment_model().version,
        evidence=evidence,
        from_hash=project.text_hash,
    )


def _part(feature: str, weight: float, left: str = "", right: str = "", th: str = "", en: str = "") -> Contribution:
    return Contribution(feature=feature, weight=round(weight, 4), left=left, right=right, th=th, en=en)
