"""A link of meaning as a function of three sources: what documents state, what the engine proposes, what people decide.

The invariant: a link's visible properties are computed from these three and nothing else, in this order of
authority: a standing verdict, a document's statement, a proposal. Taking one source away (undo, a newer
document, another linking run) leaves what the others say; a link that no source holds is deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from tracegraph.graph.keys import content_hash, link_uid
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.records import Contribution, LinkRecord

Pair = tuple[str, str]
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one document says about a pair; ``status`` is ``rejected`` where it says that they are apart."""

    status: str = Status.DECLARED.value
    work_class: str | None = None
    flow: str | None = None
    reason: str | None = None
    from_hash: str | None = None
    to_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the engine proposed last; ``evidence_hash`` stands for the evidence, which is long.

    ``since`` is when it was first proposed in this way: proposing the same again does not move it.
    """

    probability: float
    method: str
    scope: str
    work_class: str | None = None
    flow: str | None = None
    reason: str | None = None
    from_hash: str | None = None
    to_hash: str | None = None
    evidence_hash: str = ""
    since: str = ""

    def continuing(self, earlier: Proposal | None) -> Proposal:
        """This proposal, or the earlier one where it says the same."""
        same = earlier is not None and replace(earlier, since=self.since) == self
        return earlier if same and earlier is not None else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person's standing decisions about a pair come to; ``status`` None where only the class was set."""

    status: str | None
    work_class: str | None
    reason: str | None
    by: str
    at: str
    from_hash: str | None
    to_hash: str | None


@dataclass(frozen=True, slots=True)
class LinkState:
    """The three sources of one link. ``stated`` is by document uid."""

    stated: Mapping[str, Statement] = field(default_factory=dict)
    proposed: Proposal | None = None
    verdict: Verdict | None = None

    def standing_verdict(self) -> Verdict | None:
        """The verdict, unless it rejected a pair whose text changed and that was proposed anew after it."""
        verdict, proposed = self.verdict, self.proposed
        if verdict is None or verdict.status != Status.REJECTED or proposed is None:
            return verdict
        changed = _differ(proposed.from_hash, verdict.from_hash) or _differ(proposed.to_hash, verdict.to_hash)
        return None if changed and proposed.since > verdict.at else verdict


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two texts are known to differ: a source that gives no hash (of a strategy) says nothing of a change."""
    return one is not None and other is not None and one != other


def link_properties(kind: LinkKind, pair: Pair, state: LinkState) -> Properties | None:
    """What stands on the link (without ``evidence``), null for what does not apply; None: no source holds it."""
    verdict = state.standing_verdict()
    document, stated = min(state.stated.items(), default=(None, None))
    proposed = state.proposed
    decided = verdict.status if verdict else None
    base = stated or proposed
    if base is None and decided is None:
        return None
    status = decided or (stated.status if stated else Status.SUGGESTED.value)
    hashes: Any = verdict if decided else base
    return {
        "uid": link_uid(kind, *pair),
        "status": status,
        "probability": _probability(status, proposed),
        "class": (verdict and verdict.work_class) or (base and base.work_class) or (proposed and proposed.work_class),
        "flow": (stated and stated.flow) or (proposed and proposed.flow),
        "method": document or (proposed and proposed.method) or "decision",
        "reason": (verdict and verdict.reason) or (base and base.reason),
        "decided_by": verdict.by if verdict else None,
        "decided_at": verdict.at if verdict else None,
        "from_hash": hashes.from_hash,
        "to_hash": hashes.to_hash,
        "suggested_probability": proposed.probability if proposed else None,
        "suggested_method": proposed.method if proposed else None,
        "suggested_class": proposed.work_class if proposed else None,
        "stated": _dump({uid: asdict(s) for uid, s in sorted(state.stated.items())}) if state.stated else None,
        "proposed": _dump(asdict(proposed)) if proposed else None,
        **({} if proposed else {"evidence": None}),
    }


def _probability(status: str, proposed: Proposal | None) -> float:
    if status in (Status.DECLARED, Status.CONFIRMED):
        return 1.0
    return proposed.probability if proposed else 0.0


def parse_state(properties: Properties) -> LinkState:
    """The documents' and the engine's part of a stored link; verdicts come from the decisions."""
    stated = json.loads(properties.get("stated") or "{}")
    proposed = json.loads(properties.get("proposed") or "null")
    return LinkState(
        stated={uid: Statement(**statement) for uid, statement in stated.items()},
        proposed=Proposal(**proposed) if proposed else None,
    )


def evidence_json(evidence: tuple[Contribution, ...]) -> str:
    """The evidence of a link as it is stored."""
    return json.dumps([asdict(part) for part in evidence], ensure_ascii=False, separators=(",", ":"))


def proposal_of(link: LinkRecord, scope: str, since: str) -> Proposal:
    """What a suggested link record proposes."""
    return Proposal(
        probability=float(link.probability),
        method=link.method,
        scope=scope,
        work_class=link.work_class,
        flow=link.flow,
        reason=link.reason,
        from_hash=link.from_hash,
        to_hash=link.to_hash,
        evidence_hash=content_hash(evidence_json(link.evidence)),
        since=since,
    )


def with_statement(state: LinkState, document: str, statement: Statement | None) -> LinkState:
    """The state once a document states the pair, or (None) does so no more."""
    kept = {uid: s for uid, s in state.stated.items() if uid != document}
    return replace(state, stated={**kept, document: statement} if statement else kept)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
