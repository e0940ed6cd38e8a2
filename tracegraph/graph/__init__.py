"""The graph: the only layer that opens a database driver."""

from tracegraph.graph.store import DocumentSummary, Health, LinkCounts, RunSummary, Store, open_store

__all__ = ["DocumentSummary", "Health", "LinkCounts", "RunSummary", "Store", "open_store"]
