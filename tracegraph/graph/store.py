"""The store: the one way in and out of the graph, whichever engine answers.

with open_store(settings) as store:
    store.write_batches(batches, command="import")
    rows = store.read("MATCH (n:Need) WHERE n.current RETURN n.uid AS uid")
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tracegraph.errors import NotFoundError
from tracegraph.graph import comparing, deciding, listing
from tracegraph.graph.comparing import DocumentComparison
from tracegraph.graph.connect import open_database
from tracegraph.graph.database import Database
from tracegraph.graph.decision_table import read_decisions
from tracegraph.graph.decisions import Decision, fold_declines, fold_verdicts
from tracegraph.graph.embedded import has_engine
from tracegraph.graph.flows import refresh_flows
from tracegraph.graph.health import Health, read_health
from tracegraph.graph.linked import keep_linked, read_linked
from tracegraph.graph.prepare import is_prepared, prepare_store
from tracegraph.graph.read_items import load_items, load_projects_near
from tracegraph.graph.summary import DocumentSummary, LinkCounts, RunSummary
from tracegraph.graph.write_documents import write_documents
from tracegraph.graph.write_links import apply_verdicts, write_proposed, write_stated
from tracegraph.graph.writer import Run, close_abandoned_if_idle, running
from tracegraph.model.graph import LinkKind
from tracegraph.model.items import Item, StoredItems
from tracegraph.model.records import LinkedJob, LinkRecord, RecordBatch
from tracegraph.settings import Settings

__all__ = [
    "DocumentComparison",
    "DocumentSummary",
    "Health",
    "LinkCounts",
    "RunSummary",
    "Store",
    "open_existing",
    "open_store",
]


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The store that the settings name, with its schema in place.

    Raises EngineError (unreachable, wrong password, unknown database) or EngineBusyError (another
    process holds the data folder and does not answer).
    """
    with open_database(settings) as database:
        prepare_store(database)
        close_abandoned_if_idle(database)
        yield Store(database)


@contextmanager
def open_existing(settings: Settings) -> Iterator[Store | None]:
    """The store as it stands, for reading only: nothing is made or put in order. None where there is none yet.

    Raises EngineError or EngineBusyError as ``open_store`` does.
    """
    if settings.neo4j_uri is None and not has_engine(settings.home):
        yield None
        return
    with open_database(settings) as database:
        yield Store(database) if is_prepared(database) else None


@dataclass(frozen=True, slots=True)
class Store:
    """Reading and writing the graph. Safe to share between threads; writers wait for each other."""

    database: Database

    def read(
        self, cypher: str, params: dict[str, Any] | None = None, *, timeout_s: float = 30.0, limit: int | None = None
    ) -> list[dict[str, Any]]:
        """Rows of a read-only query as plain values, at most ``limit``.

        A node is the dict of its properties. UsageError for a query that would write or cannot be run,
        EngineError after ``timeout_s`` (the embedded engine ends any query after 60 s).
        """
        return self.database.read(cypher, params, timeout_s=timeout_s, limit=limit)

    def write_batches(self, batches: Sequence[RecordBatch], *, command: str) -> RunSummary:
        """Write what files state, all or nothing, as one run.

        RunFailed where the engine or the disk refuses: the graph is then as it was.
        """
        batches = list(batches)
        counts_in = {"documents": len(batches), "rows": sum(len(b.rows) for b in batches)}
        with running(self.database, command, counts_in) as run:
            decisions = read_decisions(run.tx)
            declined = fold_declines(decisions)
            written = write_documents(run.tx, batches, declined)
            current = [batch for batch in batches if written.is_current(batch.document.uid)]
            looked_through = written.read_again | written.retired
            links, problems = write_stated(run.tx, current, fold_verdicts(decisions), looked_through)
            links += apply_verdicts(run.tx, decisions)
            if written.plans_touched:
                refresh_flows(run.tx)
            summary = RunSummary(
                uid=run.uid,
                command=command,
                documents=tuple(written.documents),
                links=links,
                problems=tuple(problems),
            )
            _keep_counts(run, summary)
        return summary

    def compare_batches(self, batches: Sequence[RecordBatch]) -> list[DocumentComparison]:
        """What ``write_batches`` would do, document by document in their order; nothing is written."""
        with self.database.reading() as tx:
            return comparing.compare_batches(tx, list(batches))

    def write_links(
        self,
        links: Iterable[LinkRecord],
        *,
        method_scope: str | Collection[str],
        command: str,
        linked: Mapping[str, LinkedJob] | None = None,
    ) -> RunSummary:
        """Write what a linking run proposes, all or nothing.

        ``method_scope`` names the jobs that ran, as ``("same-work", "answers")`` or one name: their earlier
        proposals that are not made again are taken back, those of jobs that did not run stay. A link belongs
        to the job whose name its method begins with; where none fits, to all jobs of the run together.
        What documents declare and people decided stays; a rejected pair stays rejected unless one of its
        texts has changed since. ``linked`` is what the jobs looked at, for ``read_linked``.
        """
        scopes = [method_scope] if isinstance(method_scope, str) else sorted(method_scope)
        links = list(links)
        with running(self.database, command, {"links": len(links), "scopes": scopes}) as run:
            counts = write_proposed(run.tx, links, scopes, read_decisions(run.tx))
            keep_linked(run.tx, scopes, linked or {})
            summary = RunSummary(uid=run.uid, command=command, links=counts)
            _keep_counts(run, summary)
        return summary

    def read_linked(self) -> dict[str, LinkedJob]:
        """What each job of matching looked at when it ran last, by job."""
        return read_linked(self.database)

    def load_items(self) -> StoredItems:
        """Current items, strategies and links of meaning, for linking."""
        return load_items(self.database)

    def load_projects_near(self, place: str) -> tuple[Item, ...]:
        """Current projects that an official code ('' for none) does not rule out, those of unknown place among them."""
        return load_projects_near(self.database, place)

    def decide(
        self,
        kind: str | LinkKind,
        from_uid: str,
        to_uid: str,
        verdict: str,
        *,
        work_class: str | None = None,
        reason: str | None = None,
        by: str,
        at: str | None = None,
    ) -> str:
        """Record a verdict (``confirm``, ``reject``, ``class``) on a pair; returns the decision's uid.

        ``confirm`` and ``reject`` make the link where nobody proposed it. NotFoundError where an end is not there.
        """
        return deciding.decide(
            self.database, str(kind), from_uid, to_uid, verdict, work_class=work_class, reason=reason, by=by, at=at
        )

    def undo(self, by: str, decision_uid: str | None = None) -> str:
        """Undo a decision, or the latest standing one of this person; returns the uid of the undo."""
        return deciding.undo(self.database, by, decision_uid)

    def decline_need(self, need_uid: str, reason: str, by: str, at: str | None = None) -> str:
        """A person says no to a need: its outcome becomes ``rejected`` with this reason."""
        return deciding.decline(self.database, need_uid, reason, by, at)

    def export_decisions(self) -> Iterator[dict[str, Any]]:
        """Every decision in order, as rows for JSON Lines."""
        return iter(deciding.export(self.database))

    def import_decisions(self, rows: Iterable[dict[str, Any]]) -> dict[str, int]:
        """Take exported decisions in: counts of ``added``, ``known`` and ``waiting`` (an end is not there yet)."""
        return deciding.import_rows(self.database, list(rows))

    def list_decisions(self) -> list[Decision]:
        """Every decision in order, undone ones too."""
        return deciding.list_all(self.database)

    def list_links(self, kind: str | None = None, status: str | None = None) -> list[dict[str, Any]]:
        """Links of meaning between current items, best first, with their evidence."""
        return listing.list_links(self.database, kind, status)

    def find_link(self, uid: str) -> dict[str, Any] | None:
        """The link with this uid, or None."""
        return listing.find_link(self.database, uid)

    def require_link(self, uid: str) -> dict[str, Any]:
        """The link with this uid; NotFoundError where there is none."""
        link = self.find_link(uid)
        if link is None:
            raise NotFoundError(
                f"ไม่พบความเชื่อมโยง {uid}",
                f"no link {uid}",
                hint_th="ดูรหัสได้จาก tracegraph review",
                hint_en="see tracegraph review for uids",
            )
        return link

    def list_owners(self) -> list[dict[str, Any]]:
        """Owner and area of each plan that a current document states, with the document and its series."""
        return self.read(
            "MATCH (p:Plan)-[:STATED_IN]->(d:Document) WHERE d.current OPTIONAL MATCH (p)-[:OWNED_BY]->(b:Body)"
            " RETURN d.uid AS document, d.series AS series, p.area AS area,"
            " b.uid AS owner, b.name AS name, b.kind AS kind, b.area AS body_area"
        )

    def list_runs(self, limit: int = 50) -> list[dict[str, Any]]:
        """The latest runs, newest first."""
        return [row["r"] for row in self.read("MATCH (r:Run) RETURN r ORDER BY r.uid DESC", limit=limit)]

    def health(self) -> Health:
        """Engine, counts, unfinished runs, suspect links, and what is wrong."""
        close_abandoned_if_idle(self.database)
        return read_health(self.database)


def _keep_counts(run: Run, summary: RunSummary) -> None:
    links = summary.links
    run.quarantined = sum(one.quarantined for one in summary.documents)
    run.counts_out = {
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "superseded": summary.superseded,
        "links_created": links.created,
        "links_changed": links.changed,
        "links_removed": links.removed,
        "links_unresolved": links.unresolved,
    }
