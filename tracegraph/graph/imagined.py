"""The graph as it would be after some documents: what is stored, and over it what they would change.

A second version of a document in the same import must be compared with the first, which is stored nowhere yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import Transaction

from tracegraph.graph.database import read_batched, rows_of
from tracegraph.graph.supersede import read_stated
from tracegraph.graph.write_nodes import NodeChanges, Properties, compare_nodes, read_nodes
from tracegraph.graph.write_plans import read_statements
from tracegraph.graph.write_structure import Pair
from tracegraph.model.graph import Label


@dataclass(slots=True)
class Imagined:
    """A graph that takes changes without writing them; ``tx`` only reads and is None where no graph is there yet.

    ``nodes`` are properties by label and uid. ``stated`` are STATED_IN links by label, as (uid, document) with what
    the link says; None for a link that would be taken back.
    """

    tx: Transaction | None
    nodes: dict[Label, dict[str, Properties]] = field(default_factory=lambda: {label: {} for label in Label})
    stated: dict[Label, dict[Pair, Properties | None]] = field(default_factory=lambda: {label: {} for label in Label})

    def read(self, label: Label, uids: Iterable[str]) -> dict[str, Properties]:
        """Properties by uid, of those that would be there."""
        wanted, own = set(uids), self.nodes[label]
        found = read_nodes(self.tx, label, wanted - own.keys()) if self.tx else {}
        return found | {uid: own[uid] for uid in wanted & own.keys()}

    def put(self, label: Label, rows: Iterable[Properties]) -> None:
        """Take nodes in as if they were written."""
        self.nodes[label].update({row["uid"]: row for row in rows})

    def take(self, label: Label, rows: Iterable[Properties], stored: Mapping[str, Properties]) -> NodeChanges:
        """What writing ``rows`` over ``stored`` would do; they count as written from now on."""
        wanted = {row["uid"]: row for row in rows}
        changes = compare_nodes(stored, wanted)
        self.put(label, wanted.values())
        return changes

    def state(self, label: Label, pairs: Mapping[Pair, Properties | None]) -> None:
        """Links to documents that would be made, or with None taken back."""
        self.stated[label].update(pairs)

    def current_documents(self) -> set[str]:
        """Uids of documents that would count."""
        stored = rows_of(self.tx, "MATCH (d:Document) WHERE d.current RETURN d.uid AS uid") if self.tx else []
        own = self.nodes[Label.DOCUMENT]
        return {row["uid"] for row in stored if row["uid"] not in own} | {u for u, d in own.items() if d["current"]}

    def retire(self, rows: Sequence[dict[str, str]]) -> dict[str, str]:
        """Older documents of these series cease to be current; each with the uid that would take its place."""
        cypher = (
            "UNWIND $rows AS row MATCH (d:Document {series: row.series}) WHERE d.uid <> row.uid AND d.current"
            " RETURN d AS d, row.uid AS new"
        )
        found = [(row["d"], row["new"]) for row in read_batched(self.tx, cypher, list(rows))] if self.tx else []
        own = self.nodes[Label.DOCUMENT]
        by_series = {row["series"]: row["uid"] for row in rows}
        found = [(d, new) for d, new in found if d["uid"] not in own]
        found += [
            (d, by_series[d["series"]])
            for d in own.values()
            if d["current"] and d["series"] in by_series and d["uid"] != by_series[d["series"]]
        ]
        self.put(Label.DOCUMENT, [d | {"current": False} for d, _ in found])
        return {d["uid"]: new for d, new in found}

    def read_stated(self, label: Label, documents: Collection[str]) -> set[Pair]:
        """What these documents would state, as (uid, document)."""
        stored = set(read_stated(self.tx, label, sorted(documents))) if self.tx else set()
        own = self.stated[label]
        return (stored - own.keys()) | {pair for pair, says in own.items() if says is not None and pair[1] in documents}

    def find_standing(self, label: Label, uids: Collection[str]) -> set[str]:
        """Those of these nodes that a current document would state."""
        cypher = (
            f"UNWIND $rows AS uid MATCH (n:{label} {{uid: uid}})-[:STATED_IN]->(d:Document)"
            " RETURN uid, d.uid AS document"
        )
        stored = {(r["uid"], r["document"]) for r in read_batched(self.tx, cypher, sorted(uids))} if self.tx else set()
        own = self.stated[label]
        pairs = (stored - own.keys()) | {p for p, says in own.items() if says is not None and p[0] in uids}
        current = self.current_documents()
        return {uid for uid, document in pairs if document in current}

    def read_plan_words(self, uids: Iterable[str], but_of: Collection[str] = ()) -> dict[str, list[dict[str, Any]]]:
        """What current documents, but those of ``but_of``, would say about each plan."""
        wanted = set(uids)
        stored = read_statements(self.tx, wanted, but_of) if self.tx else {}
        own, documents = self.stated[Label.PLAN], self.nodes[Label.DOCUMENT]
        found = {
            uid: [s for s in said if (uid, s["document"]) not in own and _counts(documents, s["document"])]
            for uid, said in stored.items()
        }
        for (uid, document), says in own.items():
            if says is not None and uid in wanted and document not in but_of and documents[document]["current"]:
                about = {name: documents[document][name] for name in ("kind", "imported_at")}
                found.setdefault(uid, []).append({"document": document, "says": says, **about})
        return {uid: said for uid, said in found.items() if said}


def _counts(documents: Mapping[str, Properties], uid: str) -> bool:
    return uid not in documents or bool(documents[uid]["current"])
