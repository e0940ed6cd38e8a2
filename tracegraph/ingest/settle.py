"""Settle, among all files imported together, what a single file cannot: kinds and ends of stated links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracegraph.ingest.declared import build_declared_link
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.model.graph import LinkKind
from tracegraph.model.records import LinkRecord, PendingLink, ProjectRecord, RecordBatch, StrategyRecord


def settle_links(batches: Sequence[RecordBatch]) -> list[RecordBatch]:
    """Links to strategies of these files become whole; links without a stated kind get it from their ends.

    What these files do not hold stays pending: the graph may hold it, and says so on writing where not.
    """
    strategies = {s.uid: s for batch in batches for s in batch.strategies}
    projects = {p.uid: p for batch in batches for p in batch.projects}
    needs = {name for batch in batches for n in batch.needs for name in (n.source_id, n.uid) if name}
    return [_settle(batch, strategies, projects, needs) for batch in batches]


def _settle(
    batch: RecordBatch,
    strategies: dict[str, StrategyRecord],
    projects: dict[str, ProjectRecord],
    needs: set[str],
) -> RecordBatch:
    whole: list[LinkRecord] = []
    pending: list[PendingLink] = []
    kinds: set[LinkKind] = set()
    for link in batch.pending:
        project, strategy = projects.get(link.from_id), strategies.get(link.to_id)
        if link.kind is LinkKind.ALIGNS_WITH and project and strategy:
            words = link.reason or link.to_id
            whole.append(
                build_declared_link(project.uid, project.text_hash, strategy, words, strategy.list_name, link.origin)
            )
            continue
        if link.kind_assumed:
            kind = _kind_of(link, strategies, needs)
            kinds.add(kind)
            link = replace(link, kind=kind)  # noqa: PLW2901 - the settled link replaces the read one
        pending.append(link)
    assumed = tuple(make_problem("link-kind-assumed", Place(batch.document.file), kind.value) for kind in sorted(kinds))
    return replace(batch, links=(*batch.links, *whole), pending=tuple(pending), problems=(*assumed, *batch.problems))


def _kind_of(link: PendingLink, strategies: dict[str, StrategyRecord], needs: set[str]) -> LinkKind:
    if link.from_id in needs:
        return LinkKind.ANSWERED_BY
    if link.to_id in strategies or (":" in link.to_id and link.to_id.split(":")[0].isupper()):
        return LinkKind.ALIGNS_WITH
    return LinkKind.CARRIED_TO
