"""Score pairs of items: every feature, its weight, its sentence; and the class in which the two stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tracegraph.link.same_work.classes import classify
from tracegraph.link.same_work.features import FEATURES, UNKNOWN, Finding
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.prepare import prepare, prepare_item
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.scores import PairScore, to_probability
from tracegraph.model.graph import CLASS_BY_CODE
from tracegraph.model.items import Item
from tracegraph.model.records import Contribution

Findings = dict[str, Finding]

_SHOWN = 3
_SHOWN_WEIGHT = 0.3


def observe(a: Prepared, b: Prepared) -> Findings:
    """What each feature finds on a pair, by name."""
    return {feature.name: feature.observe(a, b) for feature in FEATURES}


def total(findings: Findings, model: Model) -> float:
    """The score of a pair in log-odds."""
    return model.base + sum(model.features[name].weigh(finding) for name, finding in findings.items())


def find_total(a: Prepared, b: Prepared, model: Model) -> float | None:
    """``total`` of what the features find on a pair, or None where one rules it out: those that may are asked first."""
    found: Findings = {}
    for feature in FEATURES:
        if vetoes := model.features[feature.name].veto:
            finding = found[feature.name] = feature.observe(a, b)
            if finding.level in vetoes:
                return None
    return total({f.name: found.get(f.name) or f.observe(a, b) for f in FEATURES}, model)


def find_veto(findings: Findings, model: Model) -> str | None:
    """The first feature that alone rules the pair out, or None."""
    return next((name for name, found in findings.items() if found.level in model.features[name].veto), None)


def explain(findings: Findings, model: Model, *, aside: Collection[str] = ()) -> tuple[Contribution, ...]:
    """The base, every feature that has something to go by, and one line that names those that have not.

    Their weights add up to the score. What features set ``aside`` find against the pair is told and weighs nothing.
    """
    parts = [
        Contribution(
            feature="base",
            weight=model.base,
            left="",
            right="",
            th="ค่าตั้งต้น: รายการสองรายการใดๆ มักไม่ใช่งานเดียวกัน",
            en="starting point: any two records are seldom the same work",
        )
    ]
    silent = []
    for feature in FEATURES:
        finding = findings[feature.name]
        if finding.level == UNKNOWN:
            silent.append(feature)
            continue
        th, en = feature.sentences(finding)
        weight = model.features[feature.name].weigh(finding)
        if feature.name in aside:
            weight = max(0.0, weight)
        parts.append(
            Contribution(feature=feature.name, weight=weight, left=finding.left, right=finding.right, th=th, en=en)
        )
    if silent:
        parts.append(
            Contribution(
                feature="no_information",
                weight=0.0,
                left="",
                right="",
                th="ไม่มีข้อมูลให้เทียบ: " + ", ".join(feature.th for feature in silent),
                en="no information: " + ", ".join(feature.en for feature in silent),
            )
        )
    return tuple(parts)


def say_reason(contributions: Sequence[Contribution], work_class: str, veto: str | None) -> tuple[str, str]:
    """The class and what weighs most, in Thai and in English: the veto alone, else the three strongest findings."""
    known = [c for c in contributions if c.feature not in ("base", "no_information")]
    if veto:
        chosen = [c for c in known if c.feature == veto]
    else:
        strong = sorted(known, key=lambda c: -abs(c.weight))[:_SHOWN]
        chosen = [c for c in strong if abs(c.weight) >= _SHOWN_WEIGHT] or strong[:1]
    label = CLASS_BY_CODE.get(work_class)
    head_th, head_en = (f"{label.th}: ", f"{label.en}: ") if label else ("", "")
    return head_th + "; ".join(c.th for c in chosen), head_en + "; ".join(c.en for c in chosen)


def score_prepared(a: Prepared, b: Prepared, model: Model) -> PairScore:
    """The full score of one pair."""
    findings = observe(a, b)
    contributions = explain(findings, model)
    veto = find_veto(findings, model)
    work_class = classify(a, b, findings, model)
    reason_th, reason_en = say_reason(contributions, work_class or "", veto)
    return PairScore(
        probability=to_probability(sum(part.weight for part in contributions)),
        work_class=work_class,
        reason_th=reason_th,
        reason_en=reason_en,
        contributions=contributions,
        veto=veto,
    )


def score_pairs(
    left: Sequence[Item], right: Sequence[Item], *, model: Model | None = None, among: Iterable[Item] = ()
) -> list[PairScore]:
    """Scores of ``left[i]`` with ``right[i]``, whether or not blocking would ever have proposed the pair.

    ``among`` are the records around them: what a pair weighs may depend on how much there is of its kind, so a score
    is that of ``propose`` where they are given. Scores are symmetric: exchanging both sides changes no probability and
    no class.
    """
    weights = model or load_model()
    prepared = prepare_among((*left, *right), among)
    return [score_prepared(prepared[id(a)], prepared[id(b)], weights) for a, b in zip(left, right, strict=True)]


def prepare_among(items: Iterable[Item], among: Iterable[Item]) -> dict[int, Prepared]:
    """Each of ``items`` prepared, by its identity: as one of the records around it, or alone where there are none.

    Prepares the current projects of ``among`` in the order in which ``propose`` does.
    """
    wanted = {id(item): item for item in items}
    around = find_current_projects(among)
    if not around:
        return {key: prepare_item(item) for key, item in wanted.items()}
    for item in wanted.values():
        around.setdefault(item.uid, item)
    by_uid = {item.uid: item for item in prepare(around[uid] for uid in sorted(around))}
    return {key: by_uid[item.uid] for key, item in wanted.items()}


def find_current_projects(items: Iterable[Item]) -> dict[str, Item]:
    """The current projects by uid: what is matched with each other."""
    return {item.uid: item for item in items if item.role == "project" and item.current}
