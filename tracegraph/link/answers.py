"""Does this project answer this need? Suggested ANSWERED_BY links with their evidence.

Place first, then what the project does against what the need asks or suffers, then words and meaning. "No answer" is
a right answer: most needs have none. Many needs may have one project and one need many projects (a plan's item, the
approval, the operation plan). The contributions of a link add up to its score; another village, lane number or
phase rules a project out.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence

from tracegraph.link.answer_blocking import ProjectIndex, find_ceiling
from tracegraph.link.answer_features import Corpus, build_corpus, find_all
from tracegraph.link.answer_model import AnswerModel, load_model
from tracegraph.link.answer_sides import Side
from tracegraph.link.lexicon import Lexicon
from tracegraph.link.scores import PairScore, to_log_odds
from tracegraph.link.vectors import Vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord
from tracegraph.thai.normalize import text_hash

#: Most links proposed for one need, and how far (in log-odds) they may lie behind its best.
BEST_FEW = 6
BEHIND_BEST = 2.5

#: What the method of a link adds where the sentence encoder was not there.
WITHOUT_VECTORS = "without-vectors"


def propose(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    floor: float = 0.5,
    vectors: Vectors | None = None,
    lexicon: Lexicon | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[LinkRecord]:
    """Suggested ANSWERED_BY links with a probability of at least ``floor``, best first for each need.

    A need without a link has no answer among these projects. ``progress`` is told the share done, 0–1. The result does
    not depend on the order of the items.
    """
    model = load_model()
    corpus, asked, offered = build_corpus(needs, projects, lexicon=lexicon, vectors=vectors)
    method = method_of(model, vectors)
    index = _index_of(offered)
    links: list[LinkRecord] = []
    for done, need in enumerate(sorted(asked, key=_uid), start=1):
        links.extend(_best_links(need, index, corpus, model, floor, method))
        if progress is not None:
            progress(done / len(asked))
    return links


def score_pairs(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    corpus: tuple[Sequence[Item], Sequence[Item]] | None = None,
    vectors: Vectors | None = None,
    lexicon: Lexicon | None = None,
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
    known, a, b = build_corpus(asked, offered, lexicon=lexicon, vectors=vectors, complete=corpus is not None)
    sides = {side.item.uid: side for side in (*a, *b)}
    model = load_model()
    return [model.score(find_all(sides[n.uid], sides[p.uid], known)) for n, p in zip(needs, projects, strict=True)]


def read_typed(
    text: str,
    *,
    area: str | None = None,
    village_no: int | None = None,
    village_name: str | None = None,
    year: int | None = None,
) -> Item:
    """A need typed by a person as an item; ``area`` as in ``match_text``."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, as some keyboards send
    code = area or ""
    number = village_no if village_no is not None else (int(code[6:8]) if len(code) == 8 and code.isdigit() else None)
    return Item(
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


def match_text(
    text: str,
    projects: Sequence[Item],
    *,
    area: str | None = None,
    village_no: int | None = None,
    village_name: str | None = None,
    year: int | None = None,
    vectors: Vectors | None = None,
    lexicon: Lexicon | None = None,
    limit: int = 10,
    floor: float = 0.0,
) -> list[tuple[Item, PairScore]]:
    """Projects that answer a need typed by a person, best first; none for a text without words.

    ``area`` is the official code of the place, province to village (2 to 8 digits).
    """
    need = read_typed(text, area=area, village_no=village_no, village_name=village_name, year=year)
    corpus, (side,), offered = build_corpus([need], projects, lexicon=lexicon, vectors=vectors, complete=False)
    if not side.tokens and not side.concepts:
        return []
    model = load_model()
    index = _index_of(offered)
    return [(other.item, score) for other, score in _rank_one(side, index, corpus, model, limit, floor)]


def rank(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    among: Sequence[Item] = (),
    limit: int = 10,
    vectors: Vectors | None = None,
    lexicon: Lexicon | None = None,
    progress: Callable[[float], None] | None = None,
) -> dict[str, list[tuple[Item, PairScore]]]:
    """For each need (by uid) its ``limit`` best projects, however unlikely, best first; none where all are ruled out.

    The probabilities are those of ``propose`` over ``among`` (all needs that were raised; default: these).
    """
    model = load_model()
    everything = _distinct((*among, *needs))
    corpus, sides, offered = build_corpus(everything, projects, lexicon=lexicon, vectors=vectors)
    wanted = {item.uid for item in needs}
    asked = [side for side in sides if side.item.uid in wanted]
    index = _index_of(offered)
    ranked: dict[str, list[tuple[Item, PairScore]]] = {}
    for done, need in enumerate(sorted(asked, key=_uid), start=1):
        best = _rank_one(need, index, corpus, model, limit, 0.0)
        ranked[need.item.uid] = [(project.item, score) for project, score in best]
        if progress is not None:
            progress(done / len(asked))
    return ranked


def method_of(model: AnswerModel, vectors: Vectors | None) -> str:
    """What a link says it was made by: the model, and that the sentence encoder was not there."""
    return model.version if vectors is not None else f"{model.version}-{WITHOUT_VECTORS}"


def _index_of(offered: Sequence[Side]) -> ProjectIndex:
    index = ProjectIndex()
    for side in offered:
        index.add(side)
    return index


def _rank_one(
    need: Side, index: ProjectIndex, corpus: Corpus, model: AnswerModel, limit: int, floor: float
) -> list[tuple[Side, PairScore]]:
    """The best few of a need; a project is scored only while it can still come before the last of them."""
    reach = to_log_odds(max(floor, 1e-9)) if floor < 1 else 0.0
    near = [
        (find_ceiling(need, project, relation, corpus, model), project, relation)
        for project, relation in index.candidates(need, corpus.villages, model)
    ]
    near.sort(key=lambda row: (-row[0], row[1].item.uid))
    kept: list[tuple[float, str, Side, PairScore]] = []
    for ceiling, project, relation in near:
        if ceiling < reach or (len(kept) == limit and ceiling < -kept[-1][0]):
            break
        score = model.score(find_all(need, project, corpus, relation))
        if score.veto is None and score.probability >= floor:
            insort(kept, (-score.score, project.item.uid, project, score), key=_order)
            del kept[limit:]
    return [(project, score) for _, _, project, score in kept]


def _order(row: tuple[float, str, Side, PairScore]) -> tuple[float, str]:
    return row[:2]


def _best_links(
    need: Side, index: ProjectIndex, corpus: Corpus, model: AnswerModel, floor: float, method: str
) -> list[LinkRecord]:
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
    return [_link(need.item, project.item, score, method) for _, _, project, score in kept]


def _link(need: Item, project: Item, score: PairScore, method: str) -> LinkRecord:
    return LinkRecord(
        kind=LinkKind.ANSWERED_BY,
        from_uid=need.uid,
        to_uid=project.uid,
        status=Status.SUGGESTED,
        probability=score.probability,
        method=method,
        evidence=score.contributions,
        from_hash=need.text_hash,
        to_hash=project.text_hash,
    )


def _distinct(items: Sequence[Item]) -> list[Item]:
    return list({item.uid: item for item in items}.values())


def _uid(side: Side) -> str:
    return side.item.uid
