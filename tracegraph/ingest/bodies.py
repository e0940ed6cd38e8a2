"""Bodies named in a text: อบต. เทศบาล อบจ. อำเภอ จังหวัด and agencies, one spelling and one uid for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracegraph.ingest.identity import build_uid
from tracegraph.model.records import BodyRecord
from tracegraph.thai.normalize import normalize
from tracegraph.thai.places import Gazetteer, PlaceContext


@dataclass(frozen=True, slots=True)
class _Form:
    label: str
    kind: str
    level: str  # of the area that its name names: province, city, district, tambon
    words: str
    joint: str = ""


_FORMS = (
    _Form("อบจ.", "อบจ.", "province", r"องค์การบริหารส่วนจังหวัด|(?<![ก-๙.])อบจ\.?"),
    _Form("อบต.", "อบต.", "tambon", r"องค์การบริหารส่วนตำบล|(?<![ก-๙.])อบต\.?"),
    _Form("เทศบาลนคร", "เทศบาล", "city", r"เทศบาลนคร|(?<![ก-๙.])ทน\."),
    _Form("เทศบาลเมือง", "เทศบาล", "city", r"เทศบาลเมือง|(?<![ก-๙.])ทม\."),
    _Form("เทศบาลตำบล", "เทศบาล", "tambon", r"เทศบาลตำบล|(?<![ก-๙.])ทต\."),
    _Form("ศอช.ต.", "ศอช.ต.", "tambon", r"(?<![ก-๙.])ศอช\.?\s?ต\.?"),
    _Form("กม.", "กม.", "tambon", r"(?:คณะกรรมการหมู่บ้าน|(?<![ก-๙.])กม\.)\s?(?=ตำบล|ต\.)(?:ตำบล|ต\.)"),
    _Form("กม.อำเภอ", "กม.", "district", r"(?:คณะกรรมการหมู่บ้าน|(?<![ก-๙.])กม\.)\s?อำเภอ"),
    _Form("กลุ่มจังหวัด", "กลุ่มจังหวัด", "cluster", r"กลุ่มจังหวัด"),
    _Form(
        "อำเภอ", "อำเภอ", "district", r"(?:คณะกรรมการบริหารงานอำเภอ|ก\.?บ\.?อ\.?|ที่ว่าการอำเภอ|ที่ทำการปกครองอำเภอ|อำเภอ)"
    ),
    _Form("จังหวัด", "จังหวัด", "province", r"(?:สำนักงานจังหวัด|จังหวัด|จว\.)"),
)
_NAME = r"\s?(?P<name>(?:(?!ตำบล|อำเภอ|จังหวัด|หมู่|กอง|สำนัก)[ก-ฮะ-ฺเ-ๅ็-๎])+)"
_PATTERNS = tuple((form, re.compile(f"(?:{form.words}){_NAME}")) for form in _FORMS)
_ANY = re.compile("|".join(form.words for form in _FORMS))
_AGENCY = re.compile(
    r"(?:กรม|การไฟฟ้า|การประปา|กฟภ\.?|กปภ\.?|ทช\.|ทล\.|ชป\.|นพค\.?|แขวงทาง|โครงการชลประทาน|กระทรวง|สำนักงาน[ก-๙]+จังหวัด|กองทุน)\S*"
)
_ASKED = re.compile(r"(?:ขอรับการสนับสนุนจาก|ขอรับ|ขอ|เสนอ|ประสาน)\s*(?P<body>\S.*)$")
_NO_BODY = re.compile(r"(?:ทต|ทม|ทน|อบต|อบจ|อปท|เทศบาล)\.?(?:\s*/|\s|$)")
_PASSIVE = ("อุดหนุน", "ขอ", "ประสาน", "เชื่อม", "ถึง", "ร่วมกับ", "สมทบ")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body as named: ``label`` is its usual short form (``อบต.แม่ใส``), ``name`` the place in it."""

    label: str
    kind: str
    form: str
    level: str
    name: str


def parse_body(text: str) -> BodyName | None:
    """The body whose name stands at the beginning of the text, or None."""
    return next((found for found, start in iter_bodies(text) if start == 0), None)


def iter_bodies(text: str) -> Iterator[tuple[BodyName, int]]:
    """Every อปท., อำเภอ and จังหวัด named in the text, with where it begins in its comparison form."""
    plain = normalize(text)
    if not _ANY.search(plain):
        return
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            yield _named(form, match["name"]), match.start()


def iter_acting_bodies(text: str) -> Iterator[BodyName]:
    """Local bodies (อบต., เทศบาล) that a text names, except as receiver of money, asked, or reached by a road."""
    plain = normalize(text)
    for body, start in iter_bodies(plain):
        before = plain[:start].rstrip(" (")
        if body.kind in ("อบต.", "เทศบาล") and not before.endswith(_PASSIVE):
            yield body


def find_asked(text: str) -> str | None:
    """The body that a text asks for support: ``ขอ อบจ.พะเยา`` → ``อบจ.พะเยา``; None where it asks nobody."""
    match = _ASKED.search(normalize(text).strip("() "))
    if match is None:
        return None
    words = match["body"].strip("() ")
    named = parse_body(words)
    if named is not None:
        return named.label
    begins = match.start() == 0
    return words if begins or _AGENCY.match(words) or words in ("อบจ.", "อบจ", "อปท.", "อปท", "จังหวัด") else None


def names_no_body(text: str) -> bool:
    """True for a cell that only says what sort of body it is: ``ทต./อบต. กองสาธารณสุขฯ``, ``อปท. ในพื้นที่``."""
    return _NO_BODY.match(normalize(text)) is not None


def find_payer(department: str) -> str | None:
    """The body that a cell of responsible departments names (``อบจ.พะเยา``); None for a division of the owner."""
    named = parse_body(department)
    if named is not None:
        return named.label
    return " ".join(department.split()) if _AGENCY.fullmatch(normalize(department)) else None


def _named(form: _Form, name: str) -> BodyName:
    return BodyName(f"{form.label}{name}", form.kind, form.label, form.level, name)


def resolve_body(
    text: str, gazetteer: Gazetteer, context: PlaceContext, *, stated_area: str | None = None
) -> BodyRecord:
    """A body with its area where the name gives one, else ``stated_area``; one uid for every spelling of a body.

    A body that is no อปท., อำเภอ or จังหวัด keeps its words as name and has kind ``agency``.
    """
    named = parse_body(text)
    if named is None:
        label = " ".join(text.split())
        local = stated_area if label.startswith("คณะกรรมการ") else None
        return BodyRecord(uid=_uid_by_name(label), name=label, kind="agency", area=local)
    area = _area_of(named, text, gazetteer, context) or stated_area
    uid = f"body:{named.form}:{area}" if area else _uid_by_name(named.label)
    return BodyRecord(uid=uid, name=named.label, kind=named.kind, area=area)


def _uid_by_name(label: str) -> str:
    return build_uid("body", normalize(label).replace(" ", ""))


def _area_of(named: BodyName, text: str, gazetteer: Gazetteer, context: PlaceContext) -> str | None:
    if named.level == "province":
        return gazetteer.resolve(province=named.name).area
    if named.level == "cluster":
        return None
    rest = normalize(text).replace(named.label, " ")
    if named.level in ("district", "city"):
        wanted = [named.name, f"เมือง{named.name}"] if named.level == "city" else [named.name]
        for name in wanted:
            match = gazetteer.resolve(district=name, province=_province_in(rest), context=context)
            if match.level == "district" and match.problem is None:
                return match.area
        if named.level == "district":
            return None
    province, district = _province_in(rest), _district_in(rest)
    match = gazetteer.resolve(tambon=named.name, province=province, district=district, context=context)
    return match.area if match.level == "tambon" and match.problem in (None, "outside-owner") else None


def _province_in(text: str) -> str | None:
    found = re.search(r"(?:จังหวัด|จ\.)\s?([ก-๙]+)", text)
    return found[1] if found else None


def _district_in(text: str) -> str | None:
    found = re.search(r"(?:อำเภอ|อ\.)\s?((?:(?!จังหวัด|จ\.)[ก-๙])+)", text)
    return found[1] if found else None
