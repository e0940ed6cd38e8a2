"""Which entry of which strategy list does a project serve? Suggested ALIGNS_WITH links with their evidence.

Alignment starts from what documents declare: in a list of which a project declares an entry nothing is added to it, and
inference speaks up only where it clearly disagrees, in links of a method of their own. Zero-shot, for any list: entries
are known by their names, aliases and place in the list only; for the five national lists a table says which entries a
kind of work usually serves. Where the office has labelled enough projects of a list (declared or confirmed), it is
also learned from them. Contributions are log-odds and add up to the score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracegraph.link.alignment_features import Feature, ListIndex, build_index
from tracegraph.link.alignment_learning import Learned, WordWeights, learn
from tracegraph.link.alignment_model import (
    DISAGREES,
    LEARNED,
    Inference,
    build_contributions,
    build_parent,
    build_part,
    build_rivalry,
    gather,
    load_alignment_model,
    score_of,
    take_rivals,
    to_probabilities,
)
from tracegraph.link.alignment_scope import may_serve
from tracegraph.link.alignment_texts import Entry, StrategyRow, Subject, read_entries, read_subject, read_tokens
from tracegraph.link.alignment_themes import Floats
from tracegraph.link.lexicon import Lexicon, load_lexicon
from tracegraph.link.vectors import Vectors
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item, StrategyScope
from tracegraph.model.records import Contribution, LinkRecord

__all__ = ["AlignmentCorpus", "Inference", "build_alignment_corpus", "infer", "propose"]

#: Learned words that are named in the evidence one by one; the rest is one contribution.
_NAMED_WORDS = 5


@dataclass(slots=True)
class AlignmentCorpus:
    """The lists ready to be compared with projects, and what was learned of each of them."""

    lists: dict[str, ListIndex]
    learned: dict[str, Learned] = field(default_factory=dict)


@dataclass(slots=True)
class Scored:
    """One project against one list: chance of every entry by uid, and what explains it."""

    index: ListIndex
    subject: Subject
    values: Mapping[str, Floats]
    scores: Floats
    log_odds: Floats
    leaves: Floats
    chances: dict[str, float]
    learned: Learned | None
    words: WordWeights | None
    tokens: Mapping[str, float]

    def explain(self, uid: str) -> Inference:
        """An entry with the contributions to its log-odds."""
        below = self.index.below
        if uid in below:
            best = max(below[uid], key=lambda at: (self.log_odds[at], -at))
            entry = next(one for one in self.index.entries if one.uid == uid)
            return build_parent(entry, self._explain_leaf(best), len(below[uid]), self.chances[uid])
        return self._explain_leaf(self.index.place[uid])

    def _explain_leaf(self, at: int) -> Inference:
        model, learned = load_alignment_model(), self.learned
        slope, intercept = (learned.slope, learned.intercept) if learned else (model.slope, model.intercept)
        features = list[Feature](self.index.describe(self.subject, at, self.values))
        trust = model.learning.trust if learned else 1.0
        parts = build_contributions(model, self.index.list_id, features, slope=slope, intercept=intercept, trust=trust)
        if self.words is not None:
            parts += _tell_words(self.words, self.tokens, at, slope, self.index.leaves[at])
        parts += build_rivalry(float(self.log_odds[at] - self.scores[at]))
        return Inference(self.index.leaves[at], score_of(parts), tuple(parts))


def build_alignment_corpus(
    projects: Sequence[Item], strategies: Sequence[StrategyRow], lexicon: Lexicon, vectors: Vectors | None
) -> tuple[AlignmentCorpus, list[Subject]]:
    """Read all entries and projects once; the order of either does not matter."""
    lists = read_entries(strategies, lexicon)
    subjects = [read_subject(item, lexicon) for item in sorted(projects, key=lambda item: item.uid)]
    known = {}
    if vectors is not None:
        phrases = {text for entries in lists.values() for entry in entries for text in (*entry.phrases, *entry.above)}
        for subject in subjects:
            phrases.update(subject.phrases)
        known = dict(vectors.encode(phrases))
    return AlignmentCorpus({name: build_index(name, lists[name], lexicon, known) for name in sorted(lists)}), subjects


def learn_lists(corpus: AlignmentCorpus, subjects: Sequence[Subject], labels: Mapping[str, Iterable[str]]) -> None:
    """Learn every list of which enough projects are labelled; ``labels`` are entries' uids by a project's uid."""
    labelled = [(subject, tuple(labels[subject.item.uid])) for subject in subjects if subject.item.uid in labels]
    for list_id, index in corpus.lists.items():
        own = {entry.uid for entry in index.entries}
        of_list = [(subject, uids) for subject, uids in labelled if own.intersection(uids)]
        found = learn(index, of_list, load_alignment_model()) if of_list else None
        if found is not None:
            corpus.learned[list_id] = found


def score(subject: Subject, list_id: str, corpus: AlignmentCorpus, *, own: Iterable[str] = ()) -> Scored:
    """One project against one list; ``own`` are its labels where it is one of those learned from.

    It is then judged by weights that have not seen it: what an office said would otherwise always seem right.
    """
    model, index, learned = load_alignment_model(), corpus.lists[list_id], corpus.learned.get(list_id)
    values = index.compare(subject)
    names = model.weigh(values, len(index.leaves), list_id)
    tokens = read_tokens(subject) if learned else {}
    words: WordWeights | None = None
    if learned is not None:
        places = [tuple(index.below.get(uid, [index.place.get(uid, -1)])) for uid in own]
        words = learned.weights_for(tokens, places)
        scores = learned.slope * (model.learning.trust * names + words.score(tokens)) + learned.intercept
    else:
        scores = model.slope * names + model.intercept
    log_odds = take_rivals(scores, model.rivalry(list_id))
    leaves = to_probabilities(log_odds)
    chances = {leaf.uid: float(chance) for leaf, chance in zip(index.leaves, leaves, strict=True)}
    for uid, below in index.below.items():
        chances[uid] = gather([float(leaves[at]) for at in below], model.rivalry(list_id))
    return Scored(index, subject, values, scores, log_odds, leaves, chances, learned, words, tokens)


def infer(subject: Subject, list_id: str, corpus: AlignmentCorpus) -> list[Inference]:
    """Every entry of a list with its probability, best first; parents gather what their leaves got."""
    scored = score(subject, list_id, corpus)
    found = [scored.explain(uid) for uid in sorted(scored.chances)]
    return sorted(found, key=lambda one: (-one.probability, one.entry.uid))


def propose(
    projects: Sequence[Item],
    strategies: Sequence[StrategyRow],
    declared: Iterable[tuple[str, str]],
    *,
    confirmed: Iterable[tuple[str, str]] = (),
    scopes: Mapping[str, StrategyScope] | None = None,
    floor: float = 0.5,
    vectors: Vectors | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[LinkRecord]:
    """Suggested ALIGNS_WITH links of at least ``floor``: for each list the best entry and a near second.

    ``strategies`` and ``scopes`` are as in ``StoredItems``; ``declared`` are (project uid, strategy uid) that documents
    state, ``confirmed`` those that people decided; unknown ones are without effect. Both are learned from. In a list
    with a declared entry at most one link is proposed: a clear disagreement, whose method and evidence say so. Where
    people confirmed one nothing is added to it. Lists of another place, body or time are left out.
    """
    corpus, subjects = build_alignment_corpus(projects, strategies, load_lexicon(), vectors)
    stated, decided = _by_project(declared), _by_project(confirmed)
    labels = {uid: stated.get(uid, set()) | decided.get(uid, set()) for uid in sorted(stated.keys() | decided.keys())}
    learn_lists(corpus, subjects, labels)
    links: list[LinkRecord] = []
    for done, subject in enumerate(subjects, start=1):
        uid = subject.item.uid
        for list_id in corpus.lists:
            if may_serve(subject.item, (scopes or {}).get(list_id)):
                scored = score(subject, list_id, corpus, own=sorted(labels.get(uid, ())))
                links.extend(_links(scored, stated.get(uid, set()), decided.get(uid, set()), floor))
        if progress is not None:
            progress(done / len(subjects))
    return links


def _by_project(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for project, strategy in pairs:
        found.setdefault(project, set()).add(strategy)
    return found


def _links(scored: Scored, stated: set[str], decided: set[str], floor: float) -> list[LinkRecord]:
    method = load_alignment_model().version + (LEARNED if scored.learned else "")
    if decided and any(entry.uid in decided for entry in scored.index.entries):
        return [_link(scored, uid, method) for uid in _choose(scored, floor) if uid in decided]
    here = [entry for entry in scored.index.entries if entry.uid in stated] if stated else []
    if not here:
        return [_link(scored, uid, method) for uid in _choose(scored, floor)]
    against = _disagreement(here)
    return [_link(scored, uid, method + DISAGREES, against) for uid in _object(scored, here, floor)]


def _object(scored: Scored, declared: Sequence[Entry], floor: float) -> list[str]:
    """The best leaf where it is sure, lies neither above nor below a declared one, and no declared one is likely."""
    if not scored.index.leaves:
        return []
    best = max(scored.index.leaves, key=lambda leaf: (scored.chances[leaf.uid], leaf.uid))
    if scored.chances[best.uid] < max(floor, load_alignment_model().objection):
        return []
    names = {entry.uid: entry for entry in scored.index.entries}
    said = {entry.uid for entry in declared}
    near = {uid for entry in declared for uid in (entry.uid, *_above(entry, names))}
    if best.uid in near or said.intersection(_above(best, names)):
        return []
    return [] if any(scored.chances.get(uid, 0.0) >= floor for uid in said) else [best.uid]


def _above(entry: Entry, names: Mapping[str, Entry]) -> list[str]:
    """Uids of the entries above one, nearest first."""
    found: list[str] = []
    parent = entry.parent
    while parent is not None and parent in names and parent not in found:
        found.append(parent)
        parent = names[parent].parent
    return found


def _choose(scored: Scored, floor: float) -> list[str]:
    """The best leaf and a near second; or, where no leaf is sure, the deepest sure entry above the best one."""
    chances = scored.chances
    ranked = sorted(scored.index.leaves, key=lambda leaf: (-chances[leaf.uid], leaf.uid))
    sure = [leaf for leaf in ranked if chances[leaf.uid] >= floor]
    if sure:
        near = load_alignment_model().near_second
        return [leaf.uid for leaf in sure[:2] if chances[leaf.uid] >= near * chances[sure[0].uid]]
    if not ranked or not scored.index.below:
        return []
    names = {entry.uid: entry for entry in scored.index.entries}
    return next(([uid] for uid in _above(ranked[0], names) if chances.get(uid, 0.0) >= floor), [])


def _tell_words(
    words: WordWeights, tokens: Mapping[str, float], at: int, slope: float, entry: Entry
) -> list[Contribution]:
    """Learned words of a text, the heaviest one by one."""
    weights = [(word, slope * float(weights[at])) for word, weights in words.weigh(tokens)]
    ranked = sorted((one for one in weights if round(one[1], 4)), key=lambda one: (-abs(one[1]), one[0]))
    parts = []
    for word, weight in ranked[:_NAMED_WORDS]:
        th = f"เรียนรู้จากรายการที่กำหนดข้อไว้แล้ว: “{word}” {'มัก' if weight > 0 else 'ไม่ค่อย'}อยู่ในข้อนี้"
        en = f"learned from labelled items: “{word}” is {'often' if weight > 0 else 'seldom'} under this entry"
        parts.append(build_part("learned", weight, word, entry.name, th, en))
    if len(ranked) > _NAMED_WORDS:
        rest = ranked[_NAMED_WORDS:]
        left, weight = " ".join(word for word, _ in rest), sum(weight for _, weight in rest)
        th, en = f"เรียนรู้จากคำอื่นอีก {len(rest)} คำ", f"learned from {len(rest)} more words"
        parts.append(build_part("learned", weight, left, entry.name, th, en))
    return parts


def _disagreement(declared: Sequence[Entry]) -> tuple[Contribution, ...]:
    said = ", ".join(f"{one.number} {one.name}" for one in declared)
    th, en = f"ต่างจากที่ระบุในแผน: {said}", f"differs from what the plan declares: {said}"
    return (build_part("declared", 0.0, said, "", th, en),)


def _link(scored: Scored, uid: str, method: str, more: tuple[Contribution, ...] = ()) -> LinkRecord:
    one, project = scored.explain(uid), scored.subject.item
    evidence = one.contributions + tuple(
        build_part(part.feature, part.weight, part.left, one.entry.name, part.th, part.en) for part in more
    )
    return LinkRecord(
        kind=LinkKind.ALIGNS_WITH,
        from_uid=project.uid,
        to_uid=one.entry.uid,
        status=Status.SUGGESTED,
        probability=one.probability,
        method=method,
        evidence=evidence,
        from_hash=project.text_hash,
    )
