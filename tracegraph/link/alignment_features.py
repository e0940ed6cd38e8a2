"""The features of alignment: each compares a project with one entry of a list and gives a number from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracegraph.link.alignment_texts import NATIONAL, AlignmentCorpus, Entry, Subject


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature found, with both values and a sentence in each language."""

    name: str
    value: float
    left: str
    right: str
    th: str
    en: str


def find_features(subject: Subject, entry: Entry, corpus: AlignmentCorpus) -> tuple[Feature, ...]:
    """Every feature that says anything on a project and an entry."""
    finders = (find_usual_entry, find_programme_entry, find_concept, find_words, find_vectors, find_field)
    return tuple(found for find in finders for found in find(subject, entry, corpus))


def find_usual_entry(subject: Subject, entry: Entry, corpus: AlignmentCorpus) -> Iterator[Feature]:
    """Which entries of the national lists this kind of work usually serves (``data/strategy_priors.csv``)."""
    if entry.list_id not in NATIONAL:
        return
    value, work = corpus.usual_of(subject, entry.list_id).get(entry.number, (0.0, ""))
    if value:
        th, en = corpus.lexicon.name(work)
        th, en = f"งาน{th or 'แผนงานนี้'} มักตอบข้อนี้", f"{en or 'this programme'} usually serves this entry"
        yield Feature("usual", value, corpus.lexicon.name(work)[0], entry.name, th, en)


def find_programme_entry(subject: Subject, entry: Entry, _: AlignmentCorpus) -> Iterator[Feature]:
    """The budget programme that the plan itself states."""
    if entry.list_id == "BP" and subject.programme == entry.number:
        stated = subject.item.programme or ""
        yield Feature("programme", 1.0, stated, entry.name, f"แผนระบุ{entry.name}", f"the plan states {entry.name}")


def find_concept(subject: Subject, entry: Entry, corpus: AlignmentCorpus) -> Iterator[Feature]:
    """Whether the entry names the project's kind of work, or a problem that it solves."""
    agreement = corpus.lexicon.agreement(entry.concepts, subject.concepts)
    if agreement.strength:
        a_th, a_en = corpus.lexicon.name(agreement.need)
        b_th, b_en = corpus.lexicon.name(agreement.project)
        yield Feature("concept", agreement.strength, b_th, a_th, f"{b_th} อยู่ในเรื่อง {a_th}", f"{b_en} belongs to {a_en}")


def find_words(subject: Subject, entry: Entry, corpus: AlignmentCorpus) -> Iterator[Feature]:
    """TF-IDF cosine of the project's name, objective and target with the entry and what stands above it."""
    value, shared = corpus.overlap(subject, entry)
    if value:
        listed = " ".join(shared[:6])
        yield Feature("words", value, listed, listed, f"คำร่วมกัน: {listed}", f"shared words: {listed}")


def find_vectors(subject: Subject, entry: Entry, corpus: AlignmentCorpus) -> Iterator[Feature]:
    """Closest meaning of the project's texts to the entry's names."""
    yield from _closeness("vectors", subject.phrases, entry, corpus)


def find_field(subject: Subject, entry: Entry, corpus: AlignmentCorpus) -> Iterator[Feature]:
    """Closest meaning of the project's kind of work, in planners' words, to the entry's names."""
    yield from _closeness("field", subject.field_phrases, entry, corpus)


def _closeness(name: str, phrases: Sequence[str], entry: Entry, corpus: AlignmentCorpus) -> Iterator[Feature]:
    best = corpus.closeness(phrases, entry.phrases)
    if best is not None and best[0] > 0:
        value, left, right = best
        yield Feature(name, value, left, right, f"ความหมายใกล้เคียง {value:.2f}", f"closeness of meaning {value:.2f}")
