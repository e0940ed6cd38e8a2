"""Learning a list from labels: few suffice, at any level, without a project's own label, in any order."""

from __future__ import annotations

import pytest

from tests.link.alignment.invented import LIST, build, invent
from tracegraph.link import alignment
from tracegraph.link.alignment import AlignmentCorpus, build_alignment_corpus, infer, learn_lists, score
from tracegraph.link.alignment_model import load_alignment_model
from tracegraph.link.alignment_texts import Subject
from tracegraph.link.evaluate import find_calibration_error
from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.scores import to_log_odds, to_probability
from tracegraph.model.records import LinkRecord

_WORDS = ("แดง", "เขียว", "เหลือง", "ฟ้า", "ม่วง", "ขาว", "ดำ", "ชมพู", "ส้ม", "เทา")


def learned_on(
    labelled: list[tuple[object, str]], others: list[tuple[object, str]]
) -> tuple[AlignmentCorpus, dict[str, Subject]]:
    items = [item for item, _ in (*labelled, *others)]
    corpus, subjects = build_alignment_corpus(items, LIST, load_lexicon(), None)  # type: ignore[arg-type]
    learn_lists(corpus, subjects, {item.uid: (entry,) for item, entry in labelled})  # type: ignore[attr-defined]
    return corpus, {subject.item.uid: subject for subject in subjects}


def first_hits(corpus: AlignmentCorpus, subjects: dict[str, Subject], wanted: list[tuple[object, str]]) -> float:
    right = 0
    for item, entry in wanted:
        chances = score(subjects[item.uid], "I", corpus).chances  # type: ignore[attr-defined]
        right += max((uid for uid in chances if "." in uid), key=lambda uid: chances[uid]) == entry
    return right / len(wanted)


def test_names_that_say_little_are_learned_from_labels() -> None:
    train, test = invent(0, 3), invent(4, 8)
    plain, subjects = learned_on([], test)
    assert not plain.learned and first_hits(plain, subjects, test) < 0.6
    corpus, subjects = learned_on(train, test)
    assert 12 <= corpus.learned["I"].texts <= len(train)  # names of places are taken out: some texts become one
    assert first_hits(corpus, subjects, test) == 1.0


def test_what_is_learned_is_calibrated_on_unseen_texts() -> None:
    corpus, subjects = learned_on(invent(0, 4), invent(4, 8))
    hits = []
    for item, entry in invent(4, 8):
        chances = score(subjects[item.uid], "I", corpus).chances
        best = max((uid for uid in chances if "." in uid), key=lambda uid: chances[uid])
        hits.append((chances[best], best == entry))
    error = find_calibration_error(hits)
    assert error is not None and error <= 0.15  # four entries, every text unseen: promised .85 and more, all are right


def test_a_label_above_the_leaves_teaches_what_stands_below_it() -> None:
    train = [(item, entry.rpartition(".")[0]) for item, entry in invent(0, 4)]
    corpus, subjects = learned_on(train, invent(4, 8))
    for item, entry in invent(4, 8):
        chances = score(subjects[item.uid], "I", corpus).chances
        assert max("I:1", "I:2", key=lambda uid: chances[uid]) == entry.rpartition(".")[0]


@pytest.mark.parametrize("learned", [False, True])
def test_contributions_add_up_and_parents_hold_their_leaves(learned: bool) -> None:
    corpus, subjects = learned_on(invent(0, 3) if learned else [], invent(3, 5))
    for subject in subjects.values():
        chances = score(subject, "I", corpus).chances
        for one in infer(subject, "I", corpus):
            total = sum(part.weight for part in one.contributions)
            assert to_probability(total) == pytest.approx(one.probability, abs=2e-4)
            assert one.probability == pytest.approx(chances[one.entry.uid], abs=2e-3)
            assert all(part.th and part.en for part in one.contributions)
        for parent in ("I:1", "I:2"):
            below = [chances[f"{parent}.{n}"] for n in (1, 2)]
            assert max(below) <= chances[parent] <= sum(below) + 1e-9
        assert chances["I:1"] + chances["I:2"] <= 1.001
    names = {part.feature for one in infer(subject, "I", corpus) for part in one.contributions}
    assert ("learned" in names) is learned


def test_too_few_labels_teach_nothing() -> None:
    few = invent(0, 8)[: load_alignment_model().learning.texts - 1]
    corpus, _ = learned_on(few, [])
    assert not corpus.learned
    one_entry = [(item, "I:1.1") for item, _ in invent(0, 8)]
    assert not learned_on(one_entry, [])[0].learned
    assert not learned_on([(item, "I:9") for item, _ in invent(0, 8)], [])[0].learned


def propose(items: list[object], declared: list[tuple[str, str]], **more: object) -> list[LinkRecord]:
    return alignment.propose(items, LIST, declared, **more)  # type: ignore[arg-type]


def test_links_are_learned_from_what_is_declared_and_confirmed() -> None:
    train, test = invent(0, 4), invent(4, 8)
    items = [item for item, _ in (*train, *test)]
    labels = [(item.uid, entry) for item, entry in train]
    for stated in ({"declared": labels}, {"declared": [], "confirmed": labels}):
        links = propose(items, stated.pop("declared"), **stated)
        found = {link.from_uid: link for link in links if link.to_uid.startswith("I:")}
        assert {uid: found[uid].to_uid for uid in (item.uid for item, _ in test)} == {i.uid: e for i, e in test}
        assert all(found[item.uid].method == "alignment-2-learned" for item, _ in test)


def test_a_mistaken_declaration_is_contradicted_although_it_was_learned_from() -> None:
    train = invent(0, 8)
    wrong, _ = train[0]
    declared = [(item.uid, "I:2.2" if item is wrong else entry) for item, entry in train]
    links = propose([item for item, _ in train], declared)
    (link,) = [link for link in links if link.from_uid == wrong.uid]
    assert (link.to_uid, link.method) == ("I:1.1", "alignment-2-learned-disagrees")
    assert [part.feature for part in link.evidence][-1] == "declared" and "แนวทางคึกคัก" in link.evidence[-1].th
    assert [one for one in links if one.from_uid != wrong.uid] == []


def test_nothing_is_added_to_what_people_confirmed() -> None:
    train = invent(0, 8)
    confirmed = [(item.uid, entry) for item, entry in train]
    links = propose([item for item, _ in train], [], confirmed=confirmed)
    assert {(link.from_uid, link.to_uid) for link in links} <= set(confirmed)
    assert not any("disagrees" in link.method for link in links)


def test_the_order_of_projects_lists_and_labels_changes_nothing() -> None:
    train, test = invent(0, 3), invent(3, 5)
    items = [item for item, _ in (*train, *test)]
    declared = [(item.uid, entry) for item, entry in train]
    straight = propose(items, declared)
    assert straight == alignment.propose(items[::-1], LIST[::-1], declared[::-1])


def test_what_else_is_loaded_does_not_change_a_score() -> None:
    (item, _), *others = invent(0, 8)
    alone, (subject,) = build_alignment_corpus([item], LIST, load_lexicon(), None)
    among, subjects = build_alignment_corpus([item, *(other for other, _ in others)], LIST, load_lexicon(), None)
    same = next(one for one in subjects if one.item.uid == item.uid)
    assert score(subject, "I", alone).chances == score(same, "I", among).chances


def test_labels_that_contradict_each_other_leave_doubt() -> None:
    twice = [(build(f"{item.uid}:{n}", item.text), ("I:1.1", "I:2.2")[n]) for item, _ in invent(0, 8) for n in (0, 1)]
    corpus, subjects = learned_on(twice, [])
    for subject in list(subjects.values())[:10]:
        chances = score(subject, "I", corpus).chances
        assert abs(to_log_odds(chances["I:1.1"]) - to_log_odds(chances["I:2.2"])) < 4
        assert max(chances[uid] for uid in chances if "." in uid) < 0.9


def test_many_labels_are_bounded() -> None:
    most = load_alignment_model().learning.most
    many = [
        (build(f"{item.uid}:{n}", f"{item.text} {_WORDS[n]}"), e)
        for n in range(len(_WORDS))
        for item, e in invent(0, 8)
    ]
    assert len(many) > most
    corpus, subjects = learned_on(many, invent(3, 4))
    assert corpus.learned["I"].texts <= most
    assert first_hits(corpus, subjects, invent(3, 4)) == 1.0
