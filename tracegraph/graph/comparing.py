"""What an import would do to the graph, found without writing: the same decisions as ``write_documents``, read only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from neo4j import Transaction

from tracegraph.graph import properties as props
from tracegraph.graph.decision_table import read_decisions
from tracegraph.graph.decisions import fold_declines
from tracegraph.graph.imagined import Imagined
from tracegraph.graph.summary import DocumentSummary
from tracegraph.graph.supersede import find_replaced, sort_stated, stated_now
from tracegraph.graph.values import without_none
from tracegraph.graph.write_documents import count_changes, counted_uids, document_rows, sort_wave, split_waves
from tracegraph.graph.write_items import need_rows, project_rows
from tracegraph.graph.write_nodes import NodeChanges, Properties
from tracegraph.graph.write_places import body_rows, join_shared
from tracegraph.graph.write_plans import add_owner_names, join_statements
from tracegraph.model.graph import Label
from tracegraph.model.records import RecordBatch
from tracegraph.model.strategies import national_strategies

#: Changed and superseded statements that a comparison of one document names; the counts tell of all.
MOST_NAMED = 50

#: Follow from others, so that naming them would say everything twice.
_DERIVED = props.PLACE_OF_STATEMENT | {
    "text_hash", "amount", "year_first", "year_last", "province", "district", "tambon", "area_confidence", "rank",
    "plan_rank", "funded", "owner", "area_words",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One property that would say something else; values as stored, None where it would say or said nothing."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A statement that would change (with its differences) or, without any, cease to be current."""

    uid: str
    label: str
    text: str
    sheet: str = ""
    row: int | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentComparison:
    """What one document would bring: counts as ``DocumentSummary``, with the first that would change or go."""

    uid: str
    file: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    superseded: int = 0
    skipped: bool = False
    changes: tuple[Changed, ...] = ()
    gone: tuple[Changed, ...] = ()


def compare_batches(tx: Transaction | None, batches: Sequence[RecordBatch]) -> list[DocumentComparison]:
    """What writing these would do, document by document in their order; without ``tx`` there is no graph yet."""
    graph = Imagined(tx)
    if tx is None:
        graph.put(Label.STRATEGY, map(props.strategy_properties, national_strategies()))
    comparing = _Comparing(graph, fold_declines(read_decisions(tx)) if tx else {})
    for wave in split_waves(batches):
        comparing.take(wave)
    order = {batch.document.uid: number for number, batch in enumerate(batches)}
    return sorted(comparing.found, key=lambda one: order[one.uid])


@dataclass(slots=True)
class _Comparing:
    graph: Imagined
    declined: dict[str, Properties]
    found: list[DocumentComparison] = field(default_factory=list)

    def take(self, wave: Sequence[RecordBatch]) -> None:
        """Compare documents of different series, then count them as written."""
        known = self.graph.read(Label.DOCUMENT, [batch.document.uid for batch in wave])
        settled, active = sort_wave(wave, known)
        self.found += [_comparison(one) for one in settled]
        if not active:
            return
        self.graph.put(Label.DOCUMENT, document_rows(active, known))
        retired = self.graph.retire(find_replaced(self.graph.tx, active))
        changes, changed = self._compare_records(active)
        again = [batch.document.uid for batch in active if batch.document.uid in known]
        gone = self._find_gone(active, again, retired)
        counts = {uid: len(of_document) for uid, of_document in gone.items()}
        for batch, summary in zip(active, count_changes(list(active), changes, counts), strict=True):
            mine = [changed[uid] for uid in sorted(counted_uids(batch) & changed.keys())]
            mine.sort(key=lambda one: (one.sheet, one.row or 0))
            self.found.append(_comparison(summary, mine, gone.get(batch.document.uid, [])))

    def _compare_records(self, active: list[RecordBatch]) -> tuple[dict[Label, NodeChanges], dict[str, Changed]]:
        bodies = body_rows(active)
        shared = self.graph.read(Label.BODY, {row["uid"] for row, _ in bodies})
        self.graph.put(Label.BODY, join_shared(shared, bodies, self.graph.current_documents()))
        rows = {Label.PLAN: self._plan_rows(active)}
        rows[Label.STRATEGY] = [props.strategy_properties(s) for batch in active for s in batch.strategies]
        named = {row["uid"]: row for row in rows[Label.PLAN]}
        mentioned = {n.plan for b in active for n in b.needs} | {p.plan for b in active for p in b.projects}
        stored_plans = self.graph.read(Label.PLAN, mentioned | named.keys())
        plans = {uid: props.PlanCopies.of(plan) for uid, plan in {**stored_plans, **named}.items()}
        rows[Label.NEED] = need_rows(active, plans, self.declined)
        rows[Label.PROJECT] = project_rows(active, plans)
        changes, changed = {}, {}
        for label, of_label in rows.items():
            wanted = {row["uid"]: row for row in of_label}
            stored = self._with_copies(label, self.graph.read(label, wanted), plans)
            changes[label] = self.graph.take(label, wanted.values(), stored)
            changed.update({uid: _changed(label, stored[uid], wanted[uid]) for uid in changes[label].changed})
        for label, pairs in stated_now(active).items():
            if label is not Label.PLAN:
                self.graph.state(label, {pair: {} for pair in pairs})
        return changes, changed

    def _plan_rows(self, active: list[RecordBatch]) -> list[Properties]:
        """Plans as all current documents together would state them."""
        said = {(p.uid, b.document.uid): props.plan_properties(p) for b in active for p in b.plans}
        statements = self.graph.read_plan_words({plan for plan, _ in said}, {document for _, document in said})
        documents = self.graph.read(Label.DOCUMENT, {document for _, document in said})
        for (plan, uid), words in said.items():
            about = {name: documents[uid][name] for name in ("kind", "imported_at")}
            statements.setdefault(plan, []).append({"document": uid, "says": words, **about})
        self.graph.state(Label.PLAN, said)
        return self._joined(statements)

    def _joined(self, statements: Mapping[str, list[dict[str, Any]]]) -> list[Properties]:
        rows = [join_statements(statements[uid]) for uid in sorted(statements)]
        add_owner_names(rows, self.graph.read(Label.BODY, {row["owner"] for row in rows if "owner" in row}))
        return rows

    def _with_copies(
        self, label: Label, stored: dict[str, Properties], plans: Mapping[str, props.PlanCopies]
    ) -> dict[str, Properties]:
        """Items as they stand once their plan is written, which brings their copies of it up to date."""
        if label not in (Label.NEED, Label.PROJECT):
            return stored
        found = {}
        for uid, item in stored.items():
            plan = plans.get(item["plan"])
            copies = {} if plan is None else plan.for_need() if label is Label.NEED else plan.for_project()
            found[uid] = without_none({**item, **copies})
        return found

    def _find_gone(
        self, active: Sequence[RecordBatch], again: Sequence[str], retired: Mapping[str, str]
    ) -> dict[str, list[Changed]]:
        """What would be current no more, by the document that brings it about."""
        gone: dict[str, list[Changed]] = {}
        for label, now in stated_now(active).items():
            before = sort_stated(self.graph.read_stated(label, (*again, *retired)), again, retired)
            dropped = [pair for pair in before if pair[1] not in retired and pair not in now]
            self.graph.state(label, dict.fromkeys(dropped))
            restated = {uid for uid, _ in now}
            affected = {uid: document for uid, document in before if uid not in restated}
            if label is Label.PLAN:
                self.graph.put(label, self._joined(self.graph.read_plan_words(affected)))
            elif label is not Label.STRATEGY:
                standing = self.graph.find_standing(label, affected.keys())
                nodes = self.graph.read(label, affected.keys() - standing)
                for uid, node in nodes.items():
                    cause = retired.get(affected[uid], affected[uid])
                    gone.setdefault(cause, []).append(_named(label, node))
                self.graph.put(label, [node | {"current": False} for node in nodes.values()])
        return gone


def _comparison(
    summary: DocumentSummary, changed: Sequence[Changed] = (), gone: Sequence[Changed] = ()
) -> DocumentComparison:
    return DocumentComparison(
        uid=summary.uid,
        file=summary.file,
        new=summary.new,
        changed=summary.changed,
        unchanged=summary.unchanged,
        superseded=summary.superseded,
        skipped=summary.skipped,
        changes=tuple(changed[:MOST_NAMED]),
        gone=tuple(sorted(gone, key=lambda one: (one.sheet, one.row or 0))[:MOST_NAMED]),
    )


def _named(label: Label, node: Properties) -> Changed:
    text = str(node.get("text") or node.get("name") or node.get("title") or node["uid"])
    return Changed(uid=node["uid"], label=label.value, text=text, sheet=node.get("sheet", ""), row=node.get("row"))


def _changed(label: Label, old: Properties, new: Properties) -> Changed:
    names = [name for name in (*new, *(old.keys() - new.keys())) if name not in _DERIVED]
    told = [
        Difference(name=name, old=old.get(name), new=new.get(name)) for name in names if old.get(name) != new.get(name)
    ]
    return replace(_named(label, new), differences=tuple(told))
