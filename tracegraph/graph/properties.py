"""From records to node properties, with the copies that keep a question from touching many nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracegraph.graph.values import without_none
from tracegraph.model.graph import FUNDED_STAGES
from tracegraph.model.process import find_plan_kind
from tracegraph.model.records import (
    AreaRecord,
    BodyRecord,
    DocumentRecord,
    NeedRecord,
    Origin,
    PlanRecord,
    ProjectRecord,
    StrategyRecord,
)

Properties = dict[str, Any]

#: Where an item stands, not what it says: a difference here alone is no change of the item.
PLACE_OF_STATEMENT = frozenset({"document", "file", "sheet", "row", "page", "current", "sample"})


def area_codes(code: str | None) -> Properties:
    """Province, district and tambon codes that an official code holds (2, 4 and 6 digits of it)."""
    if not code or not code.isdigit():
        return {}
    lengths = (("province", 2), ("district", 4), ("tambon", 6))
    return {name: code[:length] for name, length in lengths if len(code) >= length}


def parent_code(code: str) -> str | None:
    """The official code of the area around: two digits less; None for a province or a cluster."""
    return code[:-2] if code.isdigit() and len(code) > 2 else None


def area_properties(record: AreaRecord) -> Properties:
    """Properties of an ``Area``."""
    return without_none(
        {
            "uid": record.uid,
            "name": record.name,
            "level": record.level,
            "parent": record.parent,
            **area_codes(record.uid),
        }
    )


def body_properties(record: BodyRecord) -> Properties:
    """Properties of a ``Body``."""
    return without_none({"uid": record.uid, "name": record.name, "kind": record.kind, "area": record.area})


def document_properties(record: DocumentRecord, imported_at: str) -> Properties:
    """Properties of a ``Document`` that is current."""
    return {
        "uid": record.uid,
        "file": record.file,
        "sha256": record.sha256,
        "size": record.size,
        "series": record.series,
        "kind": record.kind,
        "sample": record.sample,
        "imported_at": imported_at,
        "current": True,
    }


def plan_properties(record: PlanRecord) -> Properties:
    """Properties of a ``Plan`` but its owner's name; ``rank`` orders plan kinds on the way up."""
    kind = find_plan_kind(record.kind)
    return without_none(
        {
            "uid": record.uid,
            "kind": record.kind,
            "stage": record.stage.value,
            "rank": kind.rank if kind else None,
            "title": record.title,
            "year_from": record.year_from,
            "year_to": record.year_to,
            "edition": record.edition,
            "edition_no": record.edition_no,
            "owner": record.owner,
            "area": record.area,
            **area_codes(record.area),
            "due_on": record.due_on,
            "submitted_on": record.submitted_on,
            "sample": record.sample,
        }
    )


def strategy_properties(record: StrategyRecord) -> Properties:
    """Properties of a ``Strategy``; ``parent`` is the uid of the entry above."""
    return without_none(
        {
            "uid": record.uid,
            "list_id": record.list_id,
            "list_name": record.list_name,
            "version": record.version,
            "number": record.number,
            "name": record.name,
            "level": record.level,
            "parent": parent_uid(record),
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
            "area": record.area,
            "owner": record.owner,
            "aliases": list(record.aliases) or None,
            "sample": record.sample,
        }
    )


def parent_uid(record: StrategyRecord) -> str | None:
    """The entry above: named by uid, or by its number in the same list."""
    if not record.parent or ":" in record.parent:
        return record.parent or None
    return f"{record.list_id}:{record.parent}"


@dataclass(frozen=True, slots=True)
class PlanCopies:
    """What an item copies from its plan."""

    kind: str
    rank: int | None
    stage: str
    owner: str | None
    owner_name: str | None
    edition_no: int

    @classmethod
    def of(cls, plan: Properties) -> PlanCopies:
        """From the properties of a ``Plan`` node."""
        return cls(
            kind=plan["kind"],
            rank=plan.get("rank"),
            stage=plan["stage"],
            owner=plan.get("owner"),
            owner_name=plan.get("owner_name"),
            edition_no=plan.get("edition_no", 0),
        )

    def for_project(self) -> Properties:
        """Copies on a ``Project``."""
        return {
            "plan_kind": self.kind,
            "plan_rank": self.rank,
            "stage": self.stage,
            "funded": self.stage in FUNDED_STAGES,
            "owner": self.owner,
            "owner_name": self.owner_name,
            "edition_no": self.edition_no,
        }

    def for_need(self) -> Properties:
        """Copies on a ``Need``."""
        return {"plan_kind": self.kind, "plan_rank": self.rank}


def _statement(origin: Origin, sample: bool) -> Properties:
    return {
        "document": origin.document,
        "file": origin.file,
        "sheet": origin.sheet,
        "row": origin.row,
        "page": origin.page,
        "current": True,
        "sample": sample,
    }


def need_properties(record: NeedRecord, plan: PlanCopies, *, sample: bool) -> Properties:
    """Properties of a current ``Need``."""
    return without_none(
        {
            "uid": record.uid,
            "source_id": record.source_id,
            "text": record.text,
            "text_hash": record.text_hash,
            "plan": record.plan,
            "village_no": record.village_no,
            "village_name": record.village_name,
            "area": record.area,
            "area_confidence": float(record.area_confidence),
            "area_words": record.area_words,
            "year": record.year,
            "side": record.side,
            "capacity": record.capacity,
            "priority": record.priority,
            "outcome": record.outcome,
            "outcome_reason": record.outcome_reason,
            **area_codes(record.area),
            **plan.for_need(),
            **_statement(record.origin, sample),
        }
    )


def project_properties(record: ProjectRecord, plan: PlanCopies, *, sample: bool) -> Properties:
    """Properties of a current ``Project``; ``years`` and ``amounts`` are parallel lists."""
    return without_none(
        {
            "uid": record.uid,
            "source_id": record.source_id,
            "name": record.name,
            "text_hash": record.text_hash,
            "plan": record.plan,
            **_project_words(record),
            "item_kind": record.item_kind.value,
            "years": list(record.years),
            "amounts": [float(a) for a in record.amounts],
            "amount": record.amount,
            "year_first": min(record.years, default=None),
            "year_last": max(record.years, default=None),
            "village_nos": list(record.village_nos),
            "notes": "\n".join(record.notes) or None,
            "area": record.area,
            "area_confidence": float(record.area_confidence),
            "area_words": record.area_words,
            "beyond_capacity": record.beyond_capacity,
            **area_codes(record.area),
            **plan.for_project(),
            **_statement(record.origin, sample),
        }
    )


_WORDS = (
    "objective", "target", "kpi", "expected", "department", "programme", "form", "village_name", "payer",
    "fund_source", "beyond_reason", "amendment", "status_text", "outcome", "outcome_reason", "place_text",
)  # fmt: skip


def _project_words(record: ProjectRecord) -> Properties:
    return {name: getattr(record, name) for name in _WORDS}
