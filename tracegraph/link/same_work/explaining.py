"""Why two projects are linked, or why not: the waterfall of the pair, and the one step of matching that kept it out.

The steps are those of ``propose``, asked about one pair: which blocking rules bring it together, what vetoes it, its
class, the floor, and the choice among competing partners. The choice is repeated among the records that either of the
two could be paired with; where a store is large, only records of their districts are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from tracegraph.link.same_work.blocking import MAX_BLOCK, Candidates, find_candidates
from tracegraph.link.same_work.chains import drop_repetitions
from tracegraph.link.same_work.choose import MOST_ALIKE, Proposal, choose
from tracegraph.link.same_work.classes import classify
from tracegraph.link.same_work.comparing import find_compared
from tracegraph.link.same_work.crowds import MOST_COMPARED
from tracegraph.link.same_work.keys import RULES, Key, iter_keys
from tracegraph.link.same_work.locating import find_scopes
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepare import count_crowds, prepare_items
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.proposing import find_proposal
from tracegraph.link.same_work.score import explain, find_current_projects, find_veto, observe
from tracegraph.link.scores import to_log_odds, to_probability
from tracegraph.link.stories import Cause, PairStory, Rule, Standing
from tracegraph.model.graph import CLASS_BY_CODE, LinkKind
from tracegraph.model.items import Item

#: Up to so many records all of them are looked at, beyond only those of the two districts.
ALL_UP_TO = 5_000
#: Competing pairs that are compared; more are left aside, those with neither record of the pair first.
_COMPETITORS = 5_000
_SHOWN = 60
_ELSEWHERE = "elsewhere"


def explain_pair(
    left: Item,
    right: Item,
    items: Iterable[Item],
    model: Model,
    *,
    floor: float = 0.5,
    standing: Sequence[Standing] = (),
) -> PairStory:
    """The story of two projects among ``items``; ``standing`` are the links that hold between them."""
    around = prepare_around(left, right, items)
    at = {one.uid: position for position, one in enumerate(around)}
    a, b = around[at[left.uid]], around[at[right.uid]]
    lowest = to_log_odds(floor) if 0 < floor < 1 else math.copysign(math.inf, floor - 0.5)
    findings = observe(a, b)
    veto = find_veto(findings, model)
    plain = explain(findings, model)
    proposal = find_proposal(a, b, model, lowest)
    parts = explain(findings, model, aside=proposal.aside) if proposal else plain
    rules, causes = find_rules(a, b, around)
    candidates = find_candidates(around) if rules and not causes else None
    if veto and proposal is None:
        said = next(part for part in plain if part.feature == veto)
        causes.append(Cause("veto", f"ข้อห้าม: {said.th}", f"veto: {said.en}"))
    elif proposal is None:
        causes.append(_why_no_proposal(a, b, sum(part.weight for part in plain), model, lowest, floor))
    elif candidates is not None:
        causes += _find_competition(proposal, around, at, candidates, model, lowest)
    return PairStory(
        job="same-work",
        model=model.name,
        left=left,
        right=right,
        floor=floor,
        score=sum(part.weight for part in parts),
        plain_score=sum(part.weight for part in plain),
        contributions=parts,
        aside=tuple(sorted(proposal.aside)) if proposal else (),
        work_class=classify(a, b, findings, model, least=lowest),
        veto=veto,
        rules=rules,
        causes=tuple(causes),
        standing=tuple(standing),
    )


def prepare_around(left: Item, right: Item, items: Iterable[Item]) -> list[Prepared]:
    """The current projects prepared as ``propose`` does, by uid; of a large store only those of the two scopes."""
    known = find_current_projects(items)
    for item in (left, right):
        known.setdefault(item.uid, item)
    ordered = [known[uid] for uid in sorted(known)]
    scopes = find_scopes(ordered)
    mine = {scope for item, scope in zip(ordered, scopes, strict=True) if item.uid in (left.uid, right.uid)}
    every = len(ordered) <= ALL_UP_TO
    near = [(item, scope) for item, scope in zip(ordered, scopes, strict=True) if every or scope in mine]
    return count_crowds(prepare_items([item for item, _ in near], [scope for _, scope in near]))


def find_rules(a: Prepared, b: Prepared, around: Sequence[Prepared]) -> tuple[tuple[Rule, ...], list[Cause]]:
    """The rules under which both share a key, and what it means where there are none, or only keys of a crowd."""
    keys: dict[Key, list[int]] = {}
    for position, _, key in dict.fromkeys(iter_keys(around)):
        keys.setdefault(key, []).append(position)
    ends = {position for position, one in enumerate(around) if one.uid in (a.uid, b.uid)}
    shared = {key: len(found) for key, found in keys.items() if ends <= set(found)}
    names = {str(key[0]) for key, size in shared.items() if size <= MAX_BLOCK}
    rules = tuple(Rule(rule.name, rule.th, rule.en) for rule in RULES if rule.name in names)
    if rules:
        return rules, []
    if shared:
        most = min(shared.values())
        return (), [
            Cause(
                "crowd",
                f"สิ่งที่ทั้งสองมีร่วมกันมีใน {most:,} รายการ มากกว่า {MAX_BLOCK:,} จึงไม่ใช้จับคู่",
                f"what both share, {most:,} records share: more than {MAX_BLOCK:,}, too common to compare",
            )
        ]
    return (), [
        Cause(
            "no_rule",
            f"ไม่มีกฎใดใน {len(RULES)} กฎที่นำทั้งสองมาเทียบกัน (" + ", ".join(rule.th for rule in RULES) + ")",
            f"none of the {len(RULES)} rules brings the two together ({', '.join(rule.en for rule in RULES)})",
        )
    ]


def _why_no_proposal(a: Prepared, b: Prepared, score: float, model: Model, lowest: float, floor: float) -> Cause:
    """The class that is never told as a pair, or the floor."""
    found = classify(a, b, observe(a, b), model)
    anyhow = find_proposal(a, b, model, -math.inf)
    if anyhow is not None or (found is None and score < lowest):
        reached = to_probability(anyhow.score if anyhow else score)
        return Cause(
            "floor",
            f"ความน่าจะเป็น {reached:.4f} ต่ำกว่าเกณฑ์ {floor:g}",
            f"probability {reached:.4f} is below the floor {floor:g}",
        )
    if found is None:
        return Cause("no_class", "ไม่เข้าประเภทความสัมพันธ์ใดใน 14 ประเภท", "fits none of the 14 classes")
    known = CLASS_BY_CODE[found]
    if found == _ELSEWHERE:
        return Cause("class", f"{known.th}: แสดงเป็นกลุ่ม ไม่แสดงเป็นคู่", f"{known.en}: told as a group, never as a pair")
    return Cause(
        "class",
        f"{known.th}: แสดงเฉพาะในแผนเล่มเดียวกัน และเมื่อช่วงหรือรอบต่างกัน",
        f"{known.en}: told only within one plan, and where phase or period differ",
    )


def _find_competition(
    mine: Proposal, around: Sequence[Prepared], at: dict[str, int], candidates: Candidates, model: Model, lowest: float
) -> list[Cause]:
    """The better partner, the way around, or the copy to which the pair gives way; nothing where it stands."""
    ends = {at[mine.early.uid], at[mine.late.uid]}
    if not np.any((candidates.left == min(ends)) & (candidates.right == max(ends))):
        return [
            Cause(
                "placed",
                "มีร่วมกันเฉพาะสิ่งที่ใช้เทียบรายการที่ไม่ทราบที่ตั้ง แต่ทั้งสองทราบที่ตั้งแล้ว",
                "they share only what brings records of unknown place together, and the place of both is known",
            )
        ]
    if crowded := _find_crowd(min(ends), max(ends), around, candidates, model, lowest):
        return crowded
    proposals = [mine]
    for left, right in _competing_pairs(ends, candidates):
        if {left, right} != ends and (found := find_proposal(around[left], around[right], model, lowest)):
            proposals.append(found)
    chosen = choose(proposals)
    if not any(one is mine for one in chosen):
        return [_lost_to(mine, chosen)]
    kept = drop_repetitions(chosen)
    return [] if any(one is mine for one in kept) else [_told_by(mine, kept)]


def _find_crowd(
    left: int, right: int, around: Sequence[Prepared], candidates: Candidates, model: Model, lowest: float
) -> list[Cause]:
    """What is left uncompared where very many records look alike; nothing where the pair is compared."""
    of_ends = candidates.take(np.flatnonzero((candidates.left == left) | (candidates.right == right)))
    compared, _ = find_compared(around, of_ends, model, lowest)
    if np.any((of_ends.left[compared] == left) & (of_ends.right[compared] == right)):
        return []
    return [
        Cause(
            "uncompared",
            f"มีรายการที่คล้ายกันมาก: แต่ละรายการเทียบกับ {MOST_COMPARED} รายการที่น่าจะใกล้ที่สุด และแถวที่เหมือนกันทุกตัวอักษรเทียบกับ "
            f"{MOST_ALIKE} แถวข้างเคียง ทั้งสองอยู่นอกจำนวนนั้น",
            f"very many records look alike: each is compared with the {MOST_COMPARED} most promising, and rows that "
            f"repeat each other to the letter with {MOST_ALIKE} neighbors; these two are beyond that",
        )
    ]


def _competing_pairs(ends: set[int], candidates: Candidates) -> list[tuple[int, int]]:
    """Candidate pairs of either record, then those among their partners."""
    pairs = list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))
    touching = [pair for pair in pairs if not ends.isdisjoint(pair)]
    partners = {position for pair in touching for position in pair}
    if len(partners) > _SHOWN:
        return touching[:_COMPETITORS]
    return [pair for pair in pairs if pair[0] in partners and pair[1] in partners]


def _lost_to(mine: Proposal, chosen: Iterable[Proposal]) -> Cause:
    """The best chosen link of either record of the same kind, in the plan in which the pair competes."""
    rivals = sorted((one for one in chosen if one.kind is mine.kind and _competes(one, mine)), key=lambda p: p.rank)
    if not rivals:
        return Cause("outcompeted", "มีคู่ที่ใกล้กว่าอยู่แล้ว", "nearer partners stand already")
    best = rivals[0]
    partner = best.late if best.early.uid == mine.early.uid else best.early
    kept = mine.early if partner is best.late else mine.late
    chance = to_probability(best.score)
    return Cause(
        "outcompeted",
        f"แพ้คู่ที่ดีกว่า: {kept.item.shown_id} ↔ {partner.item.shown_id} “{partner.item.text}” ({chance:.4f})",
        f"a better partner stands: {kept.item.shown_id} ↔ {partner.item.shown_id} “{partner.item.text}” ({chance:.4f})",
        partner.uid,
    )


def _competes(one: Proposal, mine: Proposal) -> bool:
    same_early, same_late = one.early.uid == mine.early.uid, one.late.uid == mine.late.uid
    if mine.kind is LinkKind.CARRIED_TO:
        to_same_plan = same_early and one.late.item.plan == mine.late.item.plan
        return to_same_plan or (same_late and one.early.item.plan == mine.early.item.plan)
    ends = {mine.early.uid, mine.late.uid}
    return not ends.isdisjoint((one.early.uid, one.late.uid))


def _told_by(mine: Proposal, kept: Sequence[Proposal]) -> Cause:
    """The record through which both are linked already, or the pair of which this one is a copy."""
    after = {one.late.uid: one.late for one in kept if one.early.uid == mine.early.uid}
    via = next((after[one.early.uid] for one in kept if one.late.uid == mine.late.uid and one.early.uid in after), None)
    if via is not None:
        return Cause(
            "shortcut",
            f"เชื่อมถึงกันอยู่แล้วผ่าน {via.item.shown_id} “{via.item.text}”",
            f"linked already by way of {via.item.shown_id} “{via.item.text}”",
            via.uid,
        )
    return Cause(
        "copy",
        "ความซ้ำซ้อนนี้แสดงแล้วที่แถวต้นทางของทั้งสอง ไม่นับเงินซ้ำ",
        "this double planning is told of the rows from which these come; its money is not counted again",
    )
