"""The two ways in which links of meaning are written: a document states them, or a linking run proposes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from neo4j import Transaction

from tracegraph.graph.database import rows_of
from tracegraph.graph.decisions import Decision, fold_verdicts
from tracegraph.graph.keys import now_iso
from tracegraph.graph.link_table import StoredLink, read_links, write_states
from tracegraph.graph.meaning import (
    LinkState,
    Pair,
    Statement,
    Verdict,
    evidence_json,
    parse_state,
    proposal_of,
    with_statement,
)
from tracegraph.graph.read_texts import read_hashes
from tracegraph.graph.resolve import resolve_pending
from tracegraph.graph.summary import LinkCounts
from tracegraph.graph.waiting import keep_waiting, read_waiting
from tracegraph.model.graph import LINK_ENDS, MEANING_LINKS, LinkKind, Status
from tracegraph.model.records import LinkRecord, PendingLink, Problem, RecordBatch

Verdicts = Mapping[tuple[str, Pair], Verdict]


def _state_of(kind: LinkKind, pair: Pair, stored: Mapping[Pair, StoredLink], verdicts: Verdicts) -> LinkState:
    state = parse_state(stored[pair].properties) if pair in stored else LinkState()
    return replace(state, verdict=verdicts.get((kind.value, pair)))


Wanted = dict[LinkKind, dict[Pair, dict[str, Statement]]]


def write_stated(
    tx: Transaction, batches: Sequence[RecordBatch], verdicts: Verdicts, looked_through: Collection[str]
) -> tuple[LinkCounts, list[Problem]]:
    """Links that these documents state, and those that earlier ones state by ids that are known only now.

    ``looked_through`` are documents that may have stated links before (read again, or retired): what they
    do not state now is taken back.
    """
    wanted: Wanted = {kind: {} for kind in MEANING_LINKS}
    problems: list[Problem] = []
    for batch in batches:
        _collect_links(batch, wanted)
        problems += _collect_pending(tx, batch.document.uid, batch.pending, wanted)
    here = {batch.document.uid for batch in batches}
    for document, waiting in read_waiting(tx).items():
        if document not in here:
            _collect_pending(tx, document, waiting, wanted, kept=True)
    _fill_hashes(tx, wanted)
    counts = LinkCounts(unresolved=len(problems))
    for kind, pairs in wanted.items():
        before = _stated_pairs(tx, kind) if looked_through else {}
        gone = {pair for pair, by in before.items() if by & set(looked_through)}
        stored = read_links(tx, kind, set(pairs) | gone)
        states: dict[Pair, LinkState] = {}
        for pair in sorted(set(pairs) | gone):
            said = pairs.get(pair, {})
            state = _state_of(kind, pair, stored, verdicts)
            for uid in {*looked_through, *said}:
                state = with_statement(state, uid, said.get(uid))
            states[pair] = state
        counts += write_states(tx, kind, states, stored)
    return counts, problems


def _collect_links(batch: RecordBatch, wanted: Wanted) -> None:
    for link in batch.links:
        wanted[link.kind].setdefault((link.from_uid, link.to_uid), {})[batch.document.uid] = Statement(
            status=_stated_status(link.status),
            work_class=link.work_class,
            flow=link.flow,
            reason=link.reason,
            from_hash=link.from_hash,
            to_hash=link.to_hash,
        )


def _collect_pending(
    tx: Transaction, uid: str, links: Sequence[PendingLink], wanted: Wanted, *, kept: bool = False
) -> list[Problem]:
    """Resolve what can be; the rest waits on the document for a later import, and is reported.

    ``kept``: the links wait on the document already, and stay as they are where none can be resolved now.
    """
    resolved, unresolved = resolve_pending(tx, links)
    if not (kept and len(unresolved) == len(links)):
        keep_waiting(tx, uid, [link for link, _ in unresolved])
    for one in resolved:
        wanted[one.link.kind].setdefault((one.from_uid, one.to_uid), {})[uid] = Statement(
            status=_stated_status(one.link.status), work_class=one.link.work_class, reason=one.link.reason
        )
    return [problem for _, problem in unresolved]


def _stated_status(status: Status) -> str:
    return Status.REJECTED.value if status is Status.REJECTED else Status.DECLARED.value


def _fill_hashes(tx: Transaction, wanted: Wanted) -> None:
    """Hashes of both texts as they are now, where the record does not carry them."""
    for kind, pairs in wanted.items():
        left, right = LINK_ENDS[kind]
        missing = [pair for pair, by in pairs.items() if any(s.from_hash is None for s in by.values())]
        starts = read_hashes(tx, left, {a for a, _ in missing})
        ends = read_hashes(tx, right, {b for _, b in missing})
        for pair in missing:
            start, end = starts.get(pair[0]), ends.get(pair[1])
            pairs[pair] = {
                uid: replace(s, from_hash=s.from_hash or start, to_hash=s.to_hash or end)
                for uid, s in pairs[pair].items()
            }


def _stated_pairs(tx: Transaction, kind: LinkKind) -> dict[Pair, set[str]]:
    """Documents that state each link of a kind."""
    left, right = LINK_ENDS[kind]
    rows = rows_of(
        tx,
        f"MATCH (a:{left})-[r:{kind}]->(b:{right}) WHERE r.stated IS NOT NULL"
        " RETURN a.uid AS a, b.uid AS b, r.stated AS stated",
    )
    return {(row["a"], row["b"]): set(json.loads(row["stated"])) for row in rows}


def write_proposed(
    tx: Transaction,
    links: Iterable[LinkRecord],
    scopes: Collection[str],
    decisions: Iterable[Decision],
) -> LinkCounts:
    """Proposals of one linking run; earlier ones of the same scopes that are proposed no more are taken back.

    Of two proposals for one pair the more probable counts.
    """
    verdicts = fold_verdicts(decisions)
    by_kind: dict[LinkKind, dict[Pair, LinkRecord]] = {kind: {} for kind in MEANING_LINKS}
    for link in sorted(links, key=lambda one: one.probability):
        by_kind[link.kind][link.from_uid, link.to_uid] = link
    counts, now = LinkCounts(), now_iso()
    for kind, proposed in by_kind.items():
        stored = read_links(tx, kind)
        states = {
            pair: replace(state, proposed=None)
            for pair, state in ((p, _state_of(kind, p, stored, verdicts)) for p in stored)
            if pair not in proposed and state.proposed and set(state.proposed.scope.split("+")) <= set(scopes)
        }
        evidence: dict[Pair, str] = {}
        for pair, link in proposed.items():
            state = _state_of(kind, pair, stored, verdicts)
            new = proposal_of(link, _scope_of(link, scopes), now)
            states[pair] = replace(state, proposed=new.continuing(state.proposed))
            evidence[pair] = evidence_json(link.evidence)
        counts += write_states(tx, kind, states, stored, evidence)
    return counts


def _scope_of(link: LinkRecord, scopes: Collection[str]) -> str:
    """The job that proposes a link: the longest name with which its method begins (``answers-1``: ``answers``).

    A method of no such name belongs to all jobs of the run together, so that no single one takes it back.
    """
    method = _letters(link.method)
    fitting = [scope for scope in scopes if method.startswith(_letters(scope))]
    return max(fitting, key=len, default="+".join(sorted(scopes)))


def _letters(text: str) -> str:
    return text.replace("-", "").replace("_", "").lower()


def apply_verdicts(
    tx: Transaction, decisions: Iterable[Decision], extra: Iterable[tuple[str, Pair]] = ()
) -> LinkCounts:
    """Make every link that people decided about what their decisions say; missing ends wait.

    ``extra`` are pairs whose last decision was undone: nothing stands on them any more.
    """
    verdicts = fold_verdicts(decisions)
    counts = LinkCounts()
    for kind in MEANING_LINKS:
        pairs = {pair for k, pair in (*verdicts, *extra) if k == kind}
        if not pairs:
            continue
        stored = read_links(tx, kind, pairs)
        left, right = LINK_ENDS[kind]
        starts = read_hashes(tx, left, {a for a, _ in pairs})
        ends = read_hashes(tx, right, {b for _, b in pairs})
        present = [pair for pair in sorted(pairs) if pair[0] in starts and pair[1] in ends]
        states = {pair: _state_of(kind, pair, stored, verdicts) for pair in present}
        counts += write_states(tx, kind, states, stored)
        counts += LinkCounts(skipped=len(pairs) - len(present))
    return counts
