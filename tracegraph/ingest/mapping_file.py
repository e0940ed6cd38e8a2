"""Mapping files (YAML): which heading holds which property, checked before any table is read.

A file names headings and properties, and may state what the table itself leaves out::

    document: {kind: items, plan_kind: PK03, stage: action, owner: อบต.ตัวอย่าง, area: "810401", years: 2566-2570}
    columns: {project: name, unit: department, ยุทธศาสตร์จังหวัด: "strategy:PV81-2566"}
    money: {y2566: 2566}                      # heading → fiscal year
    constants: {fund_source: เงินสะสม}
    fill_down: [strategy]                     # stated once, blank below
    optional: [unit]                          # headings that a table may lack
    ignore: [paid_6m]                         # known, and left out on purpose
    taken: "proj:0123456789abcdef 12"         # of mended rows: uids that other rows of the source have, with their rows
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from tracegraph.errors import MappingError
from tracegraph.ingest.headings import KINDS, properties
from tracegraph.model.graph import Stage
from tracegraph.model.process import find_plan_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """What a mapping file states of the document as a whole; None where it does not.

    ``provinces`` are codes of the provinces that most rows lie in, for areas of the same name.
    """

    kind: str | None = None
    plan_kind: str | None = None
    stage: str | None = None
    title: str | None = None
    owner: str | None = None
    area: str | None = None
    years: str | None = None
    edition: str | None = None
    series: str | None = None
    provinces: str | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked (`tracegraph.ingest.mapping.bind` applies it to a table)."""

    name: str
    document: DocumentInfo
    columns: MappingType[str, str]
    money: MappingType[str, int]
    constants: MappingType[str, str]
    fill_down: frozenset[str]
    optional: frozenset[str]
    ignore: frozenset[str]
    taken: MappingType[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of table that the file describes."""
        return self.document.kind or "items"


def load_mapping(path: Path) -> Mapping:
    """A mapping file; MappingError names what is wrong in it and what it may say instead."""
    try:
        return read_mapping(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(
            f"{path.name}: เปิดไฟล์จับคู่หัวคอลัมน์ไม่ได้ ({error})", f"{path.name}: mapping file cannot be read ({error})"
        ) from error


def read_mapping(text: str, name: str) -> Mapping:
    """A mapping file from its text; ``name`` is for messages and for the reason of each column."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise MappingError(f"{name}: ไม่ใช่ YAML ที่อ่านได้ ({error})", f"{name}: is not valid YAML ({error})") from error
    if not isinstance(content, dict):
        raise MappingError(f"{name}: ไม่มีหัวข้อ columns", f"{name}: has no section 'columns'")
    known = {"document", "columns", "money", "constants", "fill_down", "optional", "ignore", "taken"}
    _require_known(name, "หัวข้อ", "section", content, known)
    document = _read_document(name, content.get("document") or {})
    mapping = Mapping(
        name,
        document,
        {str(h): str(p) for h, p in (content.get("columns") or {}).items()},
        {str(h): _year(name, h, y) for h, y in (content.get("money") or {}).items()},
        {str(k): str(v) for k, v in (content.get("constants") or {}).items()},
        frozenset(map(str, content.get("fill_down") or ())),
        frozenset(map(str, content.get("optional") or ())),
        frozenset(map(str, content.get("ignore") or ())),
        _read_taken(content.get("taken")),
    )
    allowed = properties(mapping.kind)
    stated = {p for p in mapping.columns.values() if not p.startswith("strategy:")}
    _require_known(name, "คุณสมบัติ", "property", [*stated, *mapping.constants, *mapping.fill_down], allowed)
    return mapping


def _read_taken(text: object) -> dict[str, str]:
    """Uid → where it stands, from lines of both: one long text is read a hundred times faster than as many entries."""
    lines = (line.split(maxsplit=1) for line in str(text or "").splitlines() if line.strip())
    return {line[0]: line[-1] for line in lines}


def _read_document(name: str, section: Any) -> DocumentInfo:
    allowed = {f.name for f in fields(DocumentInfo)}
    if not isinstance(section, dict):
        raise MappingError(f"{name}: document ต้องเป็นคู่ ชื่อ: ค่า", f"{name}: document must be name: value pairs")
    _require_known(name, "document", "document", section, allowed)
    texts: dict[str, Any] = {k: str(v) for k, v in section.items() if v is not None and k != "sample"}
    info = replace(DocumentInfo(sample=bool(section.get("sample"))), **texts)
    if info.kind is not None:
        _require_known(name, "document.kind", "document.kind", [info.kind], set(KINDS))
    if info.stage is not None:
        _require_known(name, "document.stage", "document.stage", [info.stage], {s.value for s in Stage})
    if info.plan_kind is not None and find_plan_kind(info.plan_kind) is None:
        raise MappingError(f"{name}: ไม่รู้จักชนิดแผน {info.plan_kind}", f"{name}: unknown plan kind {info.plan_kind}")
    return info


def _year(name: str, heading: object, year: object) -> int:
    if isinstance(year, int) and 2400 <= year <= 2700:
        return year
    raise MappingError(
        f"{name}: money: {heading}: ปี {year!r} ต้องเป็น พ.ศ. 4 หลัก",
        f"{name}: money: {heading}: {year!r} is no 4-digit BE year",
    )


def _require_known(name: str, th: str, en: str, found: Iterable[object], known: Iterable[str]) -> None:
    words = sorted(known)
    for word in map(str, found):
        if word not in words:
            near = get_close_matches(word, words, n=3) or words
            raise MappingError(
                f"{name}: ไม่รู้จัก{th} {word!r}",
                f"{name}: unknown {en} {word!r}",
                hint_th=f"ที่ใช้ได้: {', '.join(near)}",
                hint_en=f"known: {', '.join(near)}",
            )
