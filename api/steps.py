"""The steps of a trace as a page shows them: both ends, who says so, how sure, and the evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.i18n import label
from tracegraph.model.graph import CLASS_BY_CODE, LinkKind, Status
from tracegraph.report.layout import build_layout
from tracegraph.report.picture import Graph, Picture, PictureLink, column_of, read_picture, source_id
from tracegraph.report.terms import (
    CONFIDENCE,
    LEVELS,
    LINK_WORDS,
    STATUSES,
    Lang,
    baht,
    confidence_of,
    plan_kind_word,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One contribution to a link's score, in log-odds, with both values."""

    sentence: str
    weight: float
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class End:
    """A statement at one end of a step; ``notes`` are the text boxes and comments beside its row."""

    uid: str
    label: str
    text: str
    level: str
    plan: str
    owner: str
    money: str
    shown_id: str
    file: str
    sheet: str
    row: int | None
    page: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a trace. ``confidence`` is empty where nobody had to estimate."""

    uid: str
    kind: LinkKind
    words: str
    status: Status
    status_words: str
    probability: float | None
    confidence: str
    confidence_words: str
    suspect: bool
    source: End
    target: End
    work_class: str
    reason: str
    decided: str
    decided_at: str
    method: str
    evidence: tuple[Part, ...]

    @property
    def total(self) -> str:
        """The sum of the evidence in log-odds, signed."""
        return f"{sum(part.weight for part in self.evidence):+.2f}"

    @property
    def most(self) -> float:
        """The largest weight, for the length of the bars."""
        return max((abs(part.weight) for part in self.evidence), default=1.0) or 1.0


def load_evidence(raw: object) -> list[dict[str, Any]]:
    """The stored evidence (JSON text or a list) as dicts with every member; what is no evidence gives none."""
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError:
            return []
    if not isinstance(raw, list | tuple):
        return []
    texts = ("feature", "left", "right", "th", "en")
    return [
        {"weight": float(one.get("weight") or 0.0), **{name: str(one.get(name) or "") for name in texts}}
        for one in raw
        if isinstance(one, Mapping)
    ]


def read_evidence(raw: object, lang: Lang) -> tuple[Part, ...]:
    """The stored evidence in one language, strongest first."""
    parts = [Part(one[lang] or one["feature"], one["weight"], one["left"], one["right"]) for one in load_evidence(raw)]
    return tuple(sorted(parts, key=lambda part: -abs(part.weight)))


def build_end(uid: str, data: Mapping[str, Any], lang: Lang) -> End:
    """One end of a step from the properties of its node."""
    column = column_of(data)
    year = data.get("year_first")
    money = baht(data.get("amount"), lang)
    return End(
        uid=uid,
        label=str(data.get("label") or ""),
        text=str(data.get("text") or data.get("name") or uid),
        level=LEVELS[column].to(lang) if column else "",
        plan=str(data.get("list_name") or "") or plan_kind_word(data.get("plan_kind"), lang),
        owner=str(data.get("owner_name") or ""),
        money=" · ".join(part for part in (str(year) if year and money else "", money) if part),
        shown_id=source_id({"uid": uid, **data}),
        file=str(data.get("file") or ""),
        sheet=str(data.get("sheet") or ""),
        row=data.get("row"),
        page=str(data.get("page") or ""),
        notes=tuple(str(data.get("notes") or "").splitlines()),
    )


def build_steps(graph: Graph, lang: Lang) -> list[Step]:
    """Every link of the trace in reading order: from the village upward, top to bottom as drawn."""
    picture = read_picture(graph, lang=lang)
    order = _reading_order(picture)
    links = {
        str(data.get("uid") or f"{source} {key} {target}"): data
        for source, target, key, data in graph.edges(keys=True, data=True)
    }
    drawn = sorted(picture.links, key=lambda k: (order[k.source], order[k.target], k.uid))
    return [_step(link, links[link.uid], graph, lang) for link in drawn]


def _reading_order(picture: Picture) -> dict[str, tuple[int, float]]:
    layout = build_layout(picture)
    return {uid: (box.column, box.y) for uid, box in layout.boxes.items()}


def _step(link: PictureLink, data: Mapping[str, Any], graph: Graph, lang: Lang) -> Step:
    estimated = link.status == Status.SUGGESTED and link.probability is not None
    confidence = confidence_of(link.probability or 0.0) if estimated else ""
    return Step(
        uid=link.uid,
        kind=link.kind,
        words=LINK_WORDS[link.kind].to(lang),
        status=link.status,
        status_words=STATUSES[link.status].to(lang),
        probability=link.probability if estimated else None,
        confidence=confidence,
        confidence_words=CONFIDENCE[confidence].to(lang) if confidence else "",
        suspect=link.suspect,
        source=build_end(link.source, graph.nodes[link.source], lang),
        target=build_end(link.target, graph.nodes[link.target], lang),
        work_class=class_words(str(data.get("class") or ""), link.status, lang),
        reason=str(data.get("reason") or ""),
        decided=str(data.get("decided_by") or ""),
        decided_at=str(data.get("decided_at") or ""),
        method=_method(str(data.get("method") or ""), link.status, lang),
        evidence=read_evidence(data.get("evidence"), lang),
    )


def class_words(code: str, status: str, lang: Lang) -> str:
    """The class of a pair; what only the system suggests is said to be a suggestion. '' for no class."""
    known = CLASS_BY_CODE.get(code)
    if known is None:
        return ""
    words = known.th if lang == "th" else known.en
    return label("step.class_suggested", lang, words=words) if status == Status.SUGGESTED else words


def _method(method: str, status: Status, lang: Lang) -> str:
    if status == Status.DECLARED:
        return label("step.by_document", lang)
    return method
