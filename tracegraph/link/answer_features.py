"""The features of answers: each compares a need with a project and says what it found, in Thai and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from tracegraph.link.answer_details import ELSEWHERE, find_details
from tracegraph.link.answer_model import Finding
from tracegraph.link.answer_places import FAR, Relation, VillageNames, relate
from tracegraph.link.answer_sides import Side, build_side
from tracegraph.link.lexicon import Agreement, Lexicon, load_lexicon
from tracegraph.link.need_kinds import NeedKinds, Shares, load_need_kinds
from tracegraph.link.vectors import Vector, Vectors, cosine
from tracegraph.model.items import Item

_PLACE_SAYS: dict[Relation, tuple[str, str]] = {
    Relation.SAME_VILLAGE: ("หมู่บ้านเดียวกัน", "same village"),
    Relation.SAME_NAME: ("ชื่อหมู่บ้านตรงกัน", "same village by name"),
    Relation.COVERS: ("โครงการครอบคลุมทั้งตำบล", "the project covers the subdistrict"),
    Relation.COVERS_SPOTS: ("โครงการรวมหลายจุดทั้งตำบล ไม่ระบุว่าจุดใด", "a lump for spots all over the subdistrict"),
    Relation.SAME_TAMBON: ("ตำบลเดียวกัน แต่โครงการไม่ระบุหมู่บ้าน", "same subdistrict, the project names no village"),
    Relation.SPOT_IN_TAMBON: ("ตำบลเดียวกัน โครงการระบุจุดแต่ไม่ทราบหมู่บ้าน", "same subdistrict, at a spot of unknown village"),
    Relation.NEED_WITHOUT_VILLAGE: ("ตำบลเดียวกัน แต่ความต้องการไม่ระบุหมู่บ้าน", "same subdistrict, the need names no village"),
    Relation.COVERS_DISTRICT: ("โครงการครอบคลุมทั้งอำเภอ", "the project covers the district"),
    Relation.SAME_DISTRICT: ("อำเภอเดียวกัน ไม่ทราบตำบล", "same district, subdistrict unknown"),
    Relation.SAME_PROVINCE: ("จังหวัดเดียวกัน ไม่ทราบอำเภอ", "same province, district unknown"),
    Relation.UNKNOWN: ("ไม่ทราบพื้นที่ของฝ่ายใดฝ่ายหนึ่ง", "the place of one side is unknown"),
    Relation.OTHER_NAME: ("ชื่อหมู่บ้านไม่ตรงกัน", "the village names differ"),
    Relation.OTHER_VILLAGE: ("คนละหมู่บ้าน", "another village"),
    Relation.OTHER_TAMBON: ("คนละตำบล", "another subdistrict"),
    Relation.OTHER_DISTRICT: ("คนละอำเภอ", "another district"),
    Relation.OTHER_PROVINCE: ("คนละจังหวัด", "another province"),
}

#: From this strength on the two kinds of work agree.
AGREED = 0.5

#: From this share on a need is likely to be about a kind of work.
LIKELY = 0.35

#: A need may be met up to this many fiscal years after it was raised and still be called near.
_NEAR_YEARS = 3


@dataclass(slots=True)
class Corpus:
    """What a comparison knows beyond its two sides: rare words, names of villages, what else was asked for.

    ``complete`` is False where only some pairs are looked at, so that "the only need of its kind" cannot be said.
    """

    lexicon: Lexicon
    villages: VillageNames = field(default_factory=VillageNames)
    rarity: dict[str, float] = field(default_factory=dict)
    usual: float = 1.0
    kinds: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    complete: bool = False
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    meanings: NeedKinds = field(default_factory=load_need_kinds)
    _words: dict[str, dict[str, float]] = field(default_factory=dict)
    _shares: dict[str, Shares] = field(default_factory=dict)

    def shares(self, need: Side) -> Shares:
        """How likely the need is about each kind of work; empty where no kind is likely."""
        known = self._shares.get(need.item.uid)
        if known is None:
            found = self.meanings.find(need.concepts, need.tokens, self.vectors.get(need.phrase))
            known = found if max(found.values(), default=0.0) >= LIKELY else {}
            self._shares[need.item.uid] = known
        return known

    def words(self, side: Side) -> dict[str, float]:
        """TF-IDF weights of the side's words, of length one."""
        known = self._words.get(side.item.uid)
        if known is None:
            weights = {word: share * self.rarity.get(word, self.usual) for word, share in side.tokens}
            norm = sqrt(sum(w * w for w in weights.values()))
            known = {word: w / norm for word, w in weights.items()} if norm else {}
            self._words[side.item.uid] = known
        return known


def build_corpus(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    lexicon: Lexicon | None = None,
    vectors: Vectors | None = None,
    complete: bool = True,
) -> tuple[Corpus, list[Side], list[Side]]:
    """Read all items once and learn from them what a comparison needs; the order of items does not matter."""
    lexicon = lexicon or load_lexicon()
    asked = [build_side(item, lexicon) for item in needs]
    offered = [build_side(item, lexicon) for item in projects]
    corpus = Corpus(lexicon=lexicon, complete=complete)
    corpus.villages.learn([*asked, *offered])
    documents = len(asked) + len(offered)
    counts = Counter(word for side in (*asked, *offered) for word, _ in side.tokens)
    corpus.rarity = {word: 1.0 + log((documents + 1) / (count + 1)) for word, count in counts.items()}
    corpus.usual = 1.0 + log(documents + 1)
    for side in asked:
        corpus.kinds.update(_kinds_of(side, lexicon))
    if vectors is not None:
        corpus.vectors = vectors.encode(side.phrase for side in (*asked, *offered))
    return corpus, asked, offered


def find_all(need: Side, project: Side, corpus: Corpus, relation: Relation | None = None) -> Iterator[Finding]:
    """Every finding on a pair, place first; ``relation`` spares finding the place's relation again."""
    relation = relation or relate(need, project, corpus.villages)
    agreement = corpus.lexicon.agreement(need.concepts, project.concepts)
    yield find_place(need, project, relation)
    yield find_concept(need, project, agreement, corpus.lexicon)
    yield find_also(agreement, corpus.lexicon, near=relation not in FAR)
    yield find_meant(need, project, corpus)
    yield find_words(need, project, agreement, corpus)
    yield find_vectors(need, project, agreement, corpus)
    details = list(find_details(need, project, corpus.villages.names_of(need), near=relation not in FAR))
    yield from details
    elsewhere = any(finding.level in ELSEWHERE for finding in details)
    yield find_only_one(need, relation, agreement, corpus, elsewhere=elsewhere)
    yield find_year(need, project)
    yield find_item_kind(need, project, corpus.lexicon)


def find_place(need: Side, project: Side, relation: Relation) -> Finding:
    """Village, then subdistrict, then district; another village is a veto unless the project covers it."""
    th, en = _PLACE_SAYS[relation]
    return Finding(feature="place", level=relation.value, left=_place_of(need), right=_place_of(project), th=th, en=en)


def find_concept(need: Side, project: Side, agreement: Agreement, lexicon: Lexicon) -> Finding:
    """Whether what the project does is asked for, or solves the problem told (``link/lexicon.py``)."""
    (left, left_en), (right, right_en) = concept_names(need, lexicon), concept_names(project, lexicon)
    if not need.concepts or not project.concepts:
        level, th, en = concept_level(need, project), "ไม่รู้จักชนิดของงาน", "kind of work not known"
        return Finding(feature="concept", level=level, left=left, right=right, th=th, en=en)
    if agreement.strength <= 0:
        th = f"คนละงาน: {left} กับ {right}"
        en = f"another kind of work: {left_en}, {right_en}"
        return Finding(feature="concept", value=0.0, left=left, right=right, th=th, en=en)
    a_th, a_en = lexicon.name(agreement.need)
    b_th, b_en = lexicon.name(agreement.project)
    left, right = _with_row(need, agreement.need, a_th), _with_row(project, agreement.project, b_th)
    if agreement.strength < AGREED:
        th, en = f"งานใกล้เคียงแต่ไม่ตรง: {a_th} กับ {b_th}", f"related, not the same work: {a_en}, {b_en}"
    elif a_th == b_th:
        th, en = f"งานเดียวกัน: {a_th}", f"same work: {a_en}"
    else:
        th, en = f"{b_th} ตอบ {a_th}", f"{b_en} answers {a_en}"
    said = lexicon.sources.get((agreement.need, agreement.project))
    left = f"{left} → {said}" if said else left
    return Finding(feature="concept", value=agreement.strength, left=left, right=right, th=th, en=en)


def _with_row(side: Side, concept: str, name: str) -> str:
    """The name of a concept with the row of the lexicon whose words named it (file:row)."""
    row = next((row for known, row in side.concepts.sources if known == concept), "")
    return f"{name} ({row})" if row else name


def find_also(agreement: Agreement, lexicon: Lexicon, *, near: bool = True) -> Finding:
    """Whether the project serves another concern of the need as well (a road with its drain).

    Where the places are not known, a thing that both only name (a light on a road) says a little, too.
    """
    if agreement.strength >= AGREED and not agreement.also and agreement.named and not near:
        th, en = lexicon.name(agreement.named)
        return Finding(feature="also", level="named_too", left=th, th=f"กล่าวถึง {th} ทั้งคู่", en=f"both name {en}")
    if agreement.strength < AGREED or not agreement.also:
        return Finding(feature="also", level="no_information")
    th, en = lexicon.name(agreement.also)
    return Finding(feature="also", level="another", left=th, th=f"ตรงกับ {th} ด้วย", en=f"serves {en} as well")


def find_meant(need: Side, project: Side, corpus: Corpus) -> Finding:
    """Whether people who write so mostly mean something else than what the project does, learned from filed complaints.

    It only ever speaks against a project: 1 is the likeliest kind, and the further behind it a kind lies, the less.
    """
    shares = corpus.shares(need)
    if not shares:
        return Finding(feature="meant", level="no_information")
    meant = max(sorted(shares), key=lambda kind: shares[kind])
    name_th, name_en = corpus.meanings.name(meant)
    left, said_th, said_en = (
        f"{name_th} {shares[meant]:.2f}",
        "คนที่เขียนอย่างนี้มักหมายถึงเรื่อง",
        "people who write so mostly mean",
    )
    kinds = corpus.meanings.kinds_of(project.concepts)
    if not kinds:
        value = round(1.0 - shares[meant], 2)
        th, en = f"{said_th}{name_th}", f"{said_en} {name_en}"
        return Finding(feature="meant", value=value, curve="points_other", left=left, th=th, en=en)
    done = max(sorted(kinds), key=lambda kind: shares[kind])
    done_th, done_en = corpus.meanings.name(done)
    behind = shares[meant] - shares[done]
    more_th, more_en = (f" มากกว่า{done_th}", f" rather than {done_en}") if behind else ("", "")
    return Finding(
        feature="meant",
        value=round(1.0 - behind, 2),
        left=left,
        right=f"{done_th} {shares[done]:.2f}",
        th=f"{said_th}{name_th}{more_th}",
        en=f"{said_en} {name_en}{more_en}",
    )


def concept_level(need: Side, project: Side) -> str:
    """Which side's kind of work is not known; '' where both are."""
    if need.concepts:
        return "" if project.concepts else "project_unknown"
    return "need_unknown" if project.concepts else "both_unknown"


def curve_of(need: Side, project: Side, agreement: Agreement) -> str:
    """Words and meaning count for more where the need's kind of work is not known, and some where the kinds differ."""
    level = concept_level(need, project)
    if level:
        return "points_project_unknown" if level == "project_unknown" else "points_without_concept"
    return "points" if agreement.strength >= AGREED else "points_against_concept"


def find_words(need: Side, project: Side, agreement: Agreement, corpus: Corpus) -> Finding:
    """Cosine of TF-IDF over newmm words without places; it counts for more where the lexicon knows neither side."""
    a, b = corpus.words(need), corpus.words(project)
    shared = sorted(a.keys() & b.keys())
    value = round(sum(a[word] * b[word] for word in shared), 3)
    listed = " ".join(sorted(shared, key=lambda word: (-a[word] * b[word], word))[:6])
    th = f"คำร่วมกัน: {listed}" if shared else "ไม่มีคำร่วมกัน"
    en = f"shared words: {listed}" if shared else "no shared words"
    curve = curve_of(need, project, agreement)
    return Finding(feature="words", value=min(value, 1.0), curve=curve, left=listed, right=listed, th=th, en=en)


def find_vectors(need: Side, project: Side, agreement: Agreement, corpus: Corpus) -> Finding:
    """Cosine of sentence vectors: topic only; absent without the encoder."""
    value = cosine(corpus.vectors.get(need.phrase), corpus.vectors.get(project.phrase))
    if value is None:
        return Finding(feature="vectors", level="absent")
    th, en = f"ความหมายใกล้เคียง {value:.2f}", f"closeness of meaning {value:.2f}"
    curve = curve_of(need, project, agreement)
    return Finding(
        feature="vectors", value=max(value, 0.0), curve=curve, left=need.phrase, right=project.phrase, th=th, en=en
    )


def find_only_one(
    need: Side, relation: Relation, agreement: Agreement, corpus: Corpus, *, elsewhere: bool = False
) -> Finding:
    """Whether its village asked for the project's kind of work only once, so that it can hardly mean another need.

    It says nothing where the two name different spots (``elsewhere``): work that nobody asked for is done as well.
    """
    if (
        elsewhere
        or not corpus.complete
        or relation not in (Relation.SAME_VILLAGE, Relation.SAME_NAME)
        or agreement.strength < 0.7
    ):
        return Finding(feature="only_one", level="no_information")
    done = corpus.lexicon.group(agreement.project) if agreement.project in corpus.lexicon.works else ""
    kinds = {kind for kind in _kinds_of(need, corpus.lexicon) if not done or kind[2] == done}
    if not kinds:
        return Finding(feature="only_one", level="no_information")
    if max(corpus.kinds[kind] for kind in kinds) != 1:
        th, en = "หมู่บ้านนี้ขอเรื่องนี้หลายข้อ", "one of several such needs of the village"
        return Finding(feature="only_one", level="one_of_several", th=th, en=en)
    return Finding(
        feature="only_one",
        level="only_need_of_its_kind",
        th="หมู่บ้านนี้ขอเรื่องนี้เพียงข้อเดียว",
        en="the village's only need of this kind",
    )


def find_year(need: Side, project: Side) -> Finding:
    """A project that ended before the need was raised did not answer it."""
    asked, last = need.item.year, max((*project.item.years, project.item.year or 0), default=0)
    first = min(filter(None, (*project.item.years, project.item.year)), default=0)
    if not asked or not last:
        return Finding(feature="year", level="no_information")
    left, right = str(asked), f"{first}–{last}" if first != last else str(last)
    if last < asked - 1:
        th, en = f"โครงการสิ้นสุดปี {last} ก่อนยกเรื่องปี {asked}", f"ended in {last}, before the need of {asked}"
        return Finding(feature="year", level="before_need", left=left, right=right, th=th, en=en)
    if first <= asked + _NEAR_YEARS:
        return Finding(feature="year", level="near", left=left, right=right, th="ปีใกล้กัน", en="years are near")
    return Finding(feature="year", level="later", left=left, right=right)


def find_item_kind(need: Side, project: Side, lexicon: Lexicon) -> Finding:
    """Office administration answers no village need; a yearly activity seldom answers a wish for a built thing."""
    kind = project.item.item_kind
    if kind == "administrative":
        return Finding(feature="item_kind", level=kind, right=kind, th="งานบริหารสำนักงาน", en="office administration")
    if kind == "recurring" and need.concepts and not need_is_service(need):
        th, en = "งานประจำทุกปี ไม่ใช่งานก่อสร้างที่ขอ", "a yearly activity, not the built thing asked for"
        return Finding(feature="item_kind", level="recurring_for_a_spot", right=kind, th=th, en=en)
    if project.service and asks_to_build(need, lexicon):
        th, en = "งานบริการหรือกิจกรรม ไม่ใช่สิ่งก่อสร้างที่ขอ", "a service or activity, not the built thing asked for"
        return Finding(feature="item_kind", level="service_for_a_spot", right=kind, th=th, en=en)
    return Finding(feature="item_kind", level="fits")


def asks_to_build(need: Side, lexicon: Lexicon) -> bool:
    """Whether the need asks for something built at a place, and tells no problem that a service might solve."""
    asked = [work for work, strength in need.concepts.works if strength >= 0.8]
    return bool(asked) and not need.concepts.problems and all(lexicon.works[work].reach == "spot" for work in asked)


def need_is_service(need: Side) -> bool:
    """Whether the need asks for a service, or tells a problem that may be met by one."""
    return need.service or not need.concepts.works


def concept_names(side: Side, lexicon: Lexicon) -> tuple[str, str]:
    """Thai and English names of the side's concepts, strongest first; '' and '?' for none."""
    names = [lexicon.name(concept) for concept in _listed(side)]
    return ", ".join(th for th, _ in names), ", ".join(en for _, en in names) or "?"


def _listed(side: Side) -> list[str]:
    strong = [work for work, strength in side.concepts.works if strength >= 0.8]
    return [*side.concepts.problems, *strong][:3]


def _kinds_of(side: Side, lexicon: Lexicon) -> set[tuple[str, int, str]]:
    """(tambon, village, kind of work) that a need of one village asks for."""
    if not side.item.tambon or not side.villages:
        return set()
    wanted = {lexicon.group(work) for work, strength in lexicon.wanted_works(side.concepts) if strength >= 0.8}
    return {(side.item.tambon, number, kind) for number in side.villages for kind in wanted}


def _place_of(side: Side) -> str:
    numbers = ", ".join(str(number) for number in sorted(side.villages))
    named = side.item.village_name or ", ".join(sorted(side.names | side.line_names)[:2])
    shown = f"หมู่ {numbers}" if numbers else named
    return " ".join(filter(None, (shown, side.item.tambon or side.item.district or side.item.province or "")))
