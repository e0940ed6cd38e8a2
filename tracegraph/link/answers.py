"""Does this project answer this need? Suggested ANSWERED_BY links with their evidence.

Place first, then what the project does against what the need asks or suffers, then words and meaning. "No answer" is
a right answer: most needs have none. Many needs may have one project and one need many projects (a plan's item, the
approval, the operation plan). The contributions of a link add up to its score; another village, lane number or
phase rules a project out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracegraph.link.answer_blocking import ProjectIndex, find_ceiling
from tracegraph.link.answer_features import Corpus, build_corpus, find_all
from tracegraph.link.answer_model import AnswerModel, load_model
from tracegraph.link.answer_sides import Side
from tracegraph.link.scores import PairScore, to_log_odds
from tracegraph.link.vectors import Vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord
from tracegraph.thai.normalize import text_hash

#: Most links proposed for one need, and how far (in log-odds) they may lie behind its best.
BEST_FEW = 6
BEHIND_BEST = 2.5


def propose(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    floor: float = 0.5,
    vectors: Vectors | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[LinkRecord]:
    """Suggested ANSWERED_BY links with a probability of at least ``floor``, best first for each need.

    ``progress`` is told the share done, 0–1. The result does not depend on the order of the items.
    """
    model = load_model()
    corpus, asked, offered = build_corpus(needs, projects, vectors=vectors)
    index = ProjectIndex()
    for side in offered:
        index.add(side)
    links: list[LinkRecord] = []
    for done, need in enumerate(sorted(asked, key=_uid), start=1):
        links.extend(_best_links(need, index, corpus, model, floor))
        if progress is not None:
            progress(done / len(asked))
    return links


def score_pairs(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    corpus: tuple[Sequence[Item], Sequence[Item]] | None = None,
    vectors: Vectors | None = None,
) -> list[PairScore]:
    """Scores of the pairs (needs[i], projects[i]), whatever blocking would say.

    ``corpus`` is (all needs, all projects) loaded: with it a pair gets the score that ``propose`` gives it; without,
    rare words and names of villages come from the pairs alone.
    """
    if len(needs) != len(projects):
        raise ValueError(f"{len(needs)} needs and {len(projects)} projects are no pairs")
    all_needs, all_projects = corpus or ((), ())
    asked = _distinct((*all_needs, *needs))
    offered = _distinct((*all_projects, *projects))
    known, a, b = build_corpus(asked, offered, vectors=vectors, complete=corpus is not None)
    sides = {side.item.uid: side for side in (*a, *b)}
    model = load_model()
    return [model.score(find_all(sides[n.uid], sides[p.uid], known)) for n, p in zip(needs, projects, strict=True)]


def match_text(
    text: str,
    projects: Sequence[Item],
    *,
    area: str | None = None,
    village_no: int | None = None,
    village_name: str | None = None,
    year: int | None = None,
    vectors: Vectors | None = None,
    limit: int = 10,
    floor: float = 0.0,
) -> list[tuple[Item, PairScore]]:
    """Projects that answer a need typed by a person, best first; none for a text without words.

    ``area`` is the official code of the place, province to village (2 to 8 digits).
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, as some keyboards send
    code = area or ""
    number = village_no if village_no is not None else (int(code[6:8]) if len(code) == 8 and code.isdigit() else None)
    need = Item(
        uid="need:typed",
        role="need",
        text=text,
        text_hash=text_hash(text),
        village_nos=(number,) if number else (),
        village_name=village_name,
        area=area,
        province=code[:2] or None,
        district=code[:4] if len(code) >= 4 else None,
        tambon=code[:6] if len(code) >= 6 else None,
        year=year,
    )
    corpus, (side,), offered = build_corpus([need], projects, vectors=vectors, complete=False)
    if not side.tokens and not side.concepts:
        return []
    model = load_model()
    index = ProjectIndex()
    for other in offered:
        index.add(other)
    near = index.candidates(side, corpus.villages, model)
    scored = [(other.item, model.score(find_all(side, other, corpus, relation))) for other, relation in near]
    kept = [pair for pair in scored if pair[1].veto is None and pair[1].probability >= floor]
    return sorted(kept, key=lambda pair: (-pair[1].probability, pair[0].uid))[:limit]


def _best_links(need: Side, index: ProjectIndex, corpus: Corpus, model: AnswerModel, floor: float) -> list[LinkRecord]:
    reach = to_log_odds(min(max(floor, 1e-6), 1 - 1e-6))
    scored: list[tuple[float, str, Side, PairScore]] = []
    for project, relation in index.candidates(need, corpus.villages, model):
        if find_ceiling(need, project, relation, corpus, model) < reach:
            continue
        score = model.score(find_all(need, project, corpus, relation))
        if score.veto is None and score.probability >= floor:
            scored.append((-score.score, project.item.uid, project, score))
    scored.sort(key=lambda row: row[:2])
    kept = [row for row in scored if row[0] <= scored[0][0] + BEHIND_BEST][:BEST_FEW]
    return [_link(need.item, project.item, score, model) for _, _, project, score in kept]


def _link(need: Item, project: Item, score: PairScore, model: AnswerModel) -> LinkRecord:
    return LinkRecord(
        kind=LinkKind.ANSWERED_BY,
        from_uid=need.uid,
        to_uid=project.uid,
        status=Status.SUGGESTED,
        probability=score.probability,
        method=model.version,
        evidence=score.contributions,
        from_hash=need.text_hash,
        to_hash=project.text_hash,
    )


def _distinct(items: Sequence[Item]) -> list[Item]:
    return list({item.uid: item for item in items}.values())


def _uid(side: Side) -> str:
    return side.item.uid
