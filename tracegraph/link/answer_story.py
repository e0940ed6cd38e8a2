"""Why a project answers a need, or why it is not proposed: the waterfall, the place, the floor, the better projects."""

from __future__ import annotations

from collections.abc import Sequence

from tracegraph.link.answer_blocking import ProjectIndex
from tracegraph.link.answer_features import build_corpus, find_all
from tracegraph.link.answer_model import load_model
from tracegraph.link.answers import BEHIND_BEST, BEST_FEW, method_of
from tracegraph.link.lexicon import Lexicon
from tracegraph.link.scores import PairScore
from tracegraph.link.stories import Cause, PairStory, Rule, Standing
from tracegraph.link.vectors import Vectors
from tracegraph.model.items import Item

_PLACE = Rule("place", "ที่ตั้งของทั้งสองไม่ขัดกัน", "the places of both do not rule each other out")


def explain_answer(
    need: Item,
    project: Item,
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    floor: float = 0.5,
    lexicon: Lexicon | None = None,
    vectors: Vectors | None = None,
    standing: Sequence[Standing] = (),
) -> PairStory:
    """The story of a need and a project among all that are loaded, with the score that ``propose`` gives them."""
    model = load_model()
    all_needs = list({one.uid: one for one in (*needs, need)}.values())
    all_projects = list({one.uid: one for one in (*projects, project)}.values())
    corpus, asked, offered = build_corpus(all_needs, all_projects, lexicon=lexicon, vectors=vectors)
    mine = next(side for side in asked if side.item.uid == need.uid)
    index = ProjectIndex()
    for side in offered:
        index.add(side)
    near = index.candidates(mine, corpus.villages, model)
    scores = {side.item.uid: model.score(find_all(mine, side, corpus, relation)) for side, relation in near}
    other = next(side for side in offered if side.item.uid == project.uid)
    is_near = project.uid in scores
    score = scores[project.uid] if is_near else model.score(find_all(mine, other, corpus))
    causes: list[Cause] = []
    if score.veto:
        said = next((part for part in score.contributions if part.feature == score.veto), None)
        th, en = (said.th, said.en) if said else (score.veto, score.veto)
        causes.append(Cause("veto", f"ข้อห้าม: {th}", f"veto: {en}"))
    elif not is_near:
        causes.append(Cause("no_rule", "ที่ตั้งของทั้งสองขัดกัน จึงไม่นำมาเทียบ", "their places rule each other out"))
    elif score.probability < floor:
        causes.append(
            Cause(
                "floor",
                f"ความน่าจะเป็น {score.probability:.4f} ต่ำกว่าเกณฑ์ {floor:g}",
                f"probability {score.probability:.4f} is below the floor {floor:g}",
            )
        )
    else:
        causes += _find_better(project, scores, {side.item.uid: side.item for side, _ in near}, floor)
    return PairStory(
        job="answers",
        model=method_of(model, vectors),
        left=need,
        right=project,
        floor=floor,
        score=score.score,
        plain_score=score.score,
        contributions=score.contributions,
        veto=score.veto,
        rules=(_PLACE,) if is_near else (),
        causes=tuple(causes),
        standing=tuple(standing),
    )


def _find_better(project: Item, scores: dict[str, PairScore], items: dict[str, Item], floor: float) -> list[Cause]:
    """The project to which this one gives way: one far better, or as many better ones as a need is shown."""
    kept = [(uid, one) for uid, one in scores.items() if one.veto is None and one.probability >= floor]
    ranked = sorted(kept, key=lambda pair: (-pair[1].score, pair[0]))
    mine, (best, found) = scores[project.uid], ranked[0]
    place = next(rank for rank, (uid, _) in enumerate(ranked) if uid == project.uid)
    if mine.score >= found.score - BEHIND_BEST and place < BEST_FEW:
        return []
    name = f"{items[best].shown_id} “{items[best].text}” ({found.probability:.4f})"
    return [Cause("outcompeted", f"มีโครงการที่ตรงกว่า: {name}", f"a better project stands: {name}", best)]
