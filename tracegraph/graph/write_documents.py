"""Documents into the graph: their records, the links of structure between them, and what they supersede.

The documents of one import go in together, in few large statements, as long as no two are of one series;
a second version in the same import is a wave of its own, after the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from neo4j import Transaction

from tracegraph.graph import properties as props
from tracegraph.graph.keys import content_hash, now_iso
from tracegraph.graph.summary import DocumentSummary
from tracegraph.graph.supersede import find_replaced, retire_documents, retire_statements
from tracegraph.graph.write_items import write_needs, write_projects, write_statements, write_strategies
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.graph.write_places import write_areas, write_bodies
from tracegraph.graph.write_plans import read_copies, refresh_owner_names, write_plans
from tracegraph.model.graph import Label
from tracegraph.model.records import RecordBatch, RowFate


@dataclass(slots=True)
class Written:
    """What an import did to the graph, apart from links of meaning.

    ``documents`` in the order given; ``read_again`` were there before, so that they may have stated links;
    ``retired`` are older documents, replaced by newer ones.
    """

    documents: list[DocumentSummary] = field(default_factory=list)
    read_again: set[str] = field(default_factory=set)
    retired: set[str] = field(default_factory=set)
    plans_touched: bool = False

    def is_current(self, uid: str) -> bool:
        """Whether a document of this import counts: not superseded before, nor by another one of it."""
        skipped = any(d.skipped for d in self.documents if d.uid == uid)
        return not skipped and uid not in self.retired


def write_documents(tx: Transaction, batches: Sequence[RecordBatch], declined: dict[str, Properties]) -> Written:
    """Write everything that files state, except links of meaning.

    ``declined`` are the outcome of needs that a person said no to, by uid.
    """
    written = Written()
    for wave in split_waves(batches):
        _write_wave(tx, wave, declined, written)
    order = {batch.document.uid: number for number, batch in enumerate(batches)}
    written.documents.sort(key=lambda d: order[d.uid])
    return written


def split_waves(batches: Sequence[RecordBatch]) -> Iterator[list[RecordBatch]]:
    """Batches in order, cut before a second one of a series (or the same file given twice)."""
    wave: list[RecordBatch] = []
    seen: set[str] = set()
    for batch in batches:
        keys = {f"series:{batch.document.series}", batch.document.uid}
        if seen & keys:
            yield wave
            wave, seen = [], set()
        wave.append(batch)
        seen |= keys
    if wave:
        yield wave


def _write_wave(tx: Transaction, wave: list[RecordBatch], declined: dict[str, Properties], written: Written) -> None:
    known = read_nodes(tx, Label.DOCUMENT, [batch.document.uid for batch in wave])
    written.read_again |= set(known)
    settled, active = sort_wave(wave, known)
    written.documents += settled
    if not active:
        return
    write_nodes(tx, Label.DOCUMENT, document_rows(active, known))
    retired = retire_documents(tx, find_replaced(tx, active))
    changes = _write_records(tx, active, declined)
    write_statements(tx, active, changes)
    again = [batch.document.uid for batch in active if batch.document.uid in known]
    gone = retire_statements(tx, active, again, retired)
    written.retired |= set(retired)
    written.documents += count_changes(active, changes, gone)
    labels = (Label.PLAN, Label.STRATEGY, Label.AREA)
    written.plans_touched |= any(changes[x].new or changes[x].changed for x in labels)


def sort_wave(
    wave: Sequence[RecordBatch], known: dict[str, Properties]
) -> tuple[list[DocumentSummary], list[RecordBatch]]:
    """Documents that need no writing (superseded before, or read in the same way before), and the other batches.

    ``known`` are the stored properties of those that are there, by uid.
    """
    settled, active = [], []
    for batch in wave:
        summary, stored = _bare_summary(batch), known.get(batch.document.uid)
        if stored and not stored["current"]:
            settled.append(replace(summary, skipped=True))
        elif stored and stored["records_hash"] == records_hash(batch):
            settled.append(replace(summary, unchanged=len(counted_uids(batch))))
        else:
            active.append(batch)
    return settled, active


def _bare_summary(batch: RecordBatch) -> DocumentSummary:
    quarantined = sum(row.fate is RowFate.QUARANTINED for row in batch.rows)
    return DocumentSummary(uid=batch.document.uid, file=batch.document.file, quarantined=quarantined)


def records_hash(batch: RecordBatch) -> str:
    """The records as read: the same file read in the same way needs no second look."""
    records = (batch.areas, batch.bodies, batch.plans, batch.needs, batch.projects, batch.strategies)
    return content_hash(repr(batch.document), *map(repr, records))


def document_rows(batches: Sequence[RecordBatch], known: dict[str, Properties]) -> list[Properties]:
    """Properties of the documents themselves, as current."""
    now = now_iso()
    rows = []
    for number, batch in enumerate(batches):
        stored = known.get(batch.document.uid)
        # documents of one import keep their order: it decides who names a place
        imported_at = stored["imported_at"] if stored else f"{now}#{number:06d}"
        row = props.document_properties(batch.document, imported_at)
        rows.append(row | {"records_hash": records_hash(batch)})
    return rows


def _write_records(
    tx: Transaction, batches: list[RecordBatch], declined: dict[str, Properties]
) -> dict[Label, NodeChanges]:
    changes = {Label.AREA: write_areas(tx, batches), Label.BODY: write_bodies(tx, batches)}
    changes[Label.PLAN] = write_plans(tx, batches)
    refresh_owner_names(tx, changes[Label.BODY].changed)
    changes[Label.STRATEGY] = write_strategies(tx, [s for batch in batches for s in batch.strategies])
    mentioned = {n.plan for b in batches for n in b.needs} | {p.plan for b in batches for p in b.projects}
    plans = read_copies(tx, mentioned)
    changes[Label.NEED] = write_needs(tx, batches, plans, declined)
    changes[Label.PROJECT] = write_projects(tx, batches, plans)
    return changes


def counted_uids(batch: RecordBatch) -> set[str]:
    """What a document's counts are about: its items and strategies; of a list of plans, the plans."""
    uids = {n.uid for n in batch.needs} | {p.uid for p in batch.projects} | {s.uid for s in batch.strategies}
    return uids or {p.uid for p in batch.plans}


def count_changes(
    batches: list[RecordBatch], changes: dict[Label, NodeChanges], gone: dict[str, int]
) -> Iterator[DocumentSummary]:
    """Counts by document; what two documents bring at once is new in the first."""
    labels = (Label.NEED, Label.PROJECT, Label.STRATEGY, Label.PLAN)
    new, changed = _union(changes[x].new for x in labels), _union(changes[x].changed for x in labels)
    for batch in batches:
        uids = counted_uids(batch)
        mine_new, mine_changed = uids & new, uids & changed
        new -= mine_new
        changed -= mine_changed
        yield replace(
            _bare_summary(batch),
            new=len(mine_new),
            changed=len(mine_changed),
            unchanged=len(uids) - len(mine_new) - len(mine_changed),
            superseded=gone.get(batch.document.uid, 0),
        )


def _union(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)
