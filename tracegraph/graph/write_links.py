"""The two ways in which links of meaning are written: a document states them, or a linking run proposes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from neo4j import Transaction

from tracegraph.graph.decisions import Decision, fold_verdicts
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
from tracegraph.model.graph import LINK_ENDS, MEANING_LINKS, LinkKind, Status
from tracegraph.model.records import LinkRecord, Problem, RecordBatch

Verdicts = Mapping[tuple[str, Pair], Verdict]


def _state_of(kind: LinkKind, pair: Pair, stored: Mapping[Pair, StoredLink], verdicts: Verdicts) -> LinkState:
    state = parse_state(stored[pair].properties) if pair in stored else LinkState()
    return replace(state, verdict=verdicts.get((kind.value, pair)))


def write_stated(
    tx: Transaction, batches: Iterable[RecordBatch], verdicts: Verdicts
) -> tuple[LinkCounts, list[Problem]]:
    """Links that these documents state; what they stated before and do not state now is taken back."""
    wanted: dict[LinkKind, dict[Pair, dict[str, Statement]]] = {kind: {} for kind in MEANING_LINKS}
    problems: list[Problem] = []
    for batch in batches:
        problems += _collect(tx, batch, wanted)
    documents = {batch.document.uid for batch in batches}
    retired = _retired_documents(tx)
    counts = LinkCounts(unresolved=len(problems))
    for kind, pairs in wanted.items():
        before = _stated_pairs(tx, kind)
        gone = {pair for pair, by in before.items() if by & (documents | retired)}
        stored = read_links(tx, kind, set(pairs) | gone)
        states: dict[Pair, LinkState] = {}
        for pair in sorted(set(pairs) | gone):
            state = _state_of(kind, pair, stored, verdicts)
            for uid in documents | retired:
                state = with_statement(state, uid, pairs.get(pair, {}).get(uid))
            states[pair] = state
        counts += write_states(tx, kind, states, stored)
    return counts, problems


def _collect(
    tx: Transaction, batch: RecordBatch, wanted: dict[LinkKind, dict[Pair, dict[str, Statement]]]
) -> list[Problem]:
    uid = batch.document.uid
    for link in batch.links:
        statement = Statement(
            status=_stated_status(link.status),
            work_class=link.work_class,
            flow=link.flow,
            reason=link.reason,
            from_hash=link.from_hash,
            to_hash=link.to_hash,
        )
        wanted[link.kind].setdefault((link.from_uid, link.to_uid), {})[uid] = statement
    resolved, problems = resolve_pending(tx, batch.pending)
    for one in resolved:
        statement = Statement(
            status=_stated_status(one.link.status), work_class=one.link.work_class, reason=one.link.reason
        )
        wanted[one.link.kind].setdefault((one.from_uid, one.to_uid), {})[uid] = statement
    _fill_hashes(tx, uid, wanted)
    return problems


def _stated_status(status: Status) -> str:
    return Status.REJECTED.value if status is Status.REJECTED else Status.DECLARED.value


def _fill_hashes(tx: Transaction, uid: str, wanted: dict[LinkKind, dict[Pair, dict[str, Statement]]]) -> None:
    """Hashes of both texts as they are now, where the record does not carry them."""
    for kind, pairs in wanted.items():
        left, right = LINK_ENDS[kind]
        open_pairs = [pair for pair, by in pairs.items() if uid in by and by[uid].from_hash is None]
        starts = read_hashes(tx, left, {a for a, _ in open_pairs})
        ends = read_hashes(tx, right, {b for _, b in open_pairs})
        for pair in open_pairs:
            pairs[pair][uid] = replace(pairs[pair][uid], from_hash=starts.get(pair[0]), to_hash=ends.get(pair[1]))


def _stated_pairs(tx: Transaction, kind: LinkKind) -> dict[Pair, set[str]]:
    stored = read_links(tx, kind)
    return {
        pair: set(parse_state(link.properties).stated) for pair, link in stored.items() if link.properties.get("stated")
    }


def _retired_documents(tx: Transaction) -> set[str]:
    result = tx.run("MATCH (d:Document) WHERE d.current = false RETURN d.uid AS uid")
    return {record["uid"] for record in result}


def write_proposed(
    tx: Transaction,
    links: Iterable[LinkRecord],
    scopes: Collection[str],
    decisions: Iterable[Decision],
) -> LinkCounts:
    """Proposals of one linking run; earlier ones of the same scopes that are proposed no more are taken back."""
    verdicts = fold_verdicts(decisions)
    by_kind: dict[LinkKind, dict[Pair, LinkRecord]] = {kind: {} for kind in MEANING_LINKS}
    for link in links:
        by_kind[link.kind][link.from_uid, link.to_uid] = link
    counts = LinkCounts()
    for kind, proposed in by_kind.items():
        stored = read_links(tx, kind)
        states = {
            pair: replace(state, proposed=None)
            for pair, state in ((p, _state_of(kind, p, stored, verdicts)) for p in stored)
            if pair not in proposed and state.proposed and _covers(scopes, state.proposed.scope, bool(proposed))
        }
        evidence: dict[Pair, str] = {}
        for pair, link in proposed.items():
            state = _state_of(kind, pair, stored, verdicts)
            states[pair] = replace(state, proposed=proposal_of(link, _scope_of(link, scopes)))
            evidence[pair] = evidence_json(link.evidence)
        counts += write_states(tx, kind, states, stored, evidence)
    return counts


def _scope_of(link: LinkRecord, scopes: Collection[str]) -> str:
    """The scope whose name the link's method begins with; else all of them."""
    method = _letters(link.method)
    fitting = [scope for scope in scopes if method.startswith(_letters(scope))]
    return fitting[0] if len(fitting) == 1 else "+".join(sorted(scopes))


def _letters(text: str) -> str:
    return text.replace("-", "").replace("_", "").lower()


def _covers(scopes: Collection[str], scope: str, kind_proposed: bool) -> bool:
    parts = set(scope.split("+"))
    return parts <= set(scopes) or (kind_proposed and bool(parts & set(scopes)))


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
