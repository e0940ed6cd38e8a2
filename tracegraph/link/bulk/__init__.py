"""Same work among very many records: whole tables of raw names, without a graph.

``link_table(table)`` reads names by pieces, finds candidates in SQL, scores them in NumPy and RapidFuzz, and groups
them. The scores are those of ``same_work.score_pairs``; tests compare both.
"""

from __future__ import annotations

from tracegraph.link.bulk.columns import Labels, Table
from tracegraph.link.bulk.linking import BulkLinks, link_table
from tracegraph.link.bulk.tables import build_table

__all__ = ["BulkLinks", "Labels", "Table", "build_table", "link_table"]
