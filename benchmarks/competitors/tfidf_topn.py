"""Cosine of TF-IDF vectors of letters, the nearest of each name by sparse_dot_topn, within a tambon."""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from benchmarks.same_work_case import Case, Pairs
from tracegraph.thai.normalize import normalize
from tracegraph.thai.variants import canonical

_NEAREST = 20
_CUTOFF = 0.5


class Way:
    """Nothing is learned but the threshold."""

    def __init__(self, _option: str, workers: int) -> None:
        self.workers = workers

    def learn(self, case: Case, labels: int) -> None:
        """There is nothing to learn."""

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """The 20 nearest of each name from a cosine of 0.5 on, those of another tambon left out."""
        texts = [canonical(normalize(record.text)) for record in case.records]
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
        matrix = vectors.fit_transform(texts).tocsr()
        near = sp_matmul_topn(
            matrix, matrix.T.tocsr(), top_n=_NEAREST, threshold=_CUTOFF, sort=True, n_threads=self.workers
        ).tocoo()
        tambons = np.array([record.tambon for record in case.records])
        left, right = near.row.astype(np.int64), near.col.astype(np.int64)
        apart = (tambons[left] != tambons[right]) & (tambons[left] != "") & (tambons[right] != "")
        kept = (left != right) & ~apart
        pairs = np.unique(
            np.stack((np.minimum(left, right)[kept], np.maximum(left, right)[kept])), axis=1, return_index=True
        )
        score = near.data[kept][pairs[1]].astype(np.float64)
        return Pairs(pairs[0][0], pairs[0][1], score, int(near.nnz), (pairs[0][0], pairs[0][1]))
