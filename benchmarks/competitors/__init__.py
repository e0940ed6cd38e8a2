"""Ways of finding the same work, each in a module with a class ``Way`` (see ``same_work_case.Linker``)."""

from __future__ import annotations

from typing import NamedTuple


class Competitor(NamedTuple):
    """``module`` holds the class; ``needs`` is the import that must be there; ``labels`` how many it learns from."""

    title: str
    module: str
    needs: str
    labels: int = 0
    option: str = ""
    most: int = 100_000_000  # records beyond which it is not tried
    training: int = 10_000  # records that it learns from at most


#: By the name for ``--only``; in the order of the table.
COMPETITORS = {
    "rapidfuzz": Competitor("RapidFuzz cdist, names in a district", "rapidfuzz_cdist", "rapidfuzz", most=50_000),
    "tfidf": Competitor("TF-IDF of letters, sparse_dot_topn", "tfidf_topn", "sparse_dot_topn", most=200_000),
    "splink": Competitor("Splink 5, our fields, EM", "splink_duckdb", "splink"),
    "splink-labels": Competitor("Splink 5, our fields, 2,000 labels", "splink_duckdb", "splink", labels=2_000),
    "dedupe": Competitor(
        "dedupe 3, our fields, 400 labels", "dedupe_labels", "dedupe", labels=400, most=20_000, training=2_000
    ),
    "ours-hand": Competitor("propose, no labels", "ours", "tracegraph.link.same_work", option="hand", most=50_000),
    "ours-trained": Competitor(
        "propose, 2,000 labels", "ours", "tracegraph.link.same_work", labels=2_000, option="hand", most=50_000
    ),
    "ours": Competitor("propose, shipped model", "ours", "tracegraph.link.same_work", most=50_000),
    "bulk-hand": Competitor("bulk, no labels", "ours_bulk", "tracegraph.link.bulk", option="hand"),
    "bulk": Competitor("bulk, shipped model", "ours_bulk", "tracegraph.link.bulk"),
}
