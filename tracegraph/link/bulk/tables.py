"""Items as a table: one row each, with what a table can hold of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tracegraph.link.bulk.columns import Ints, Labels, Table
from tracegraph.model.items import Item


def build_table(items: Sequence[Item]) -> Table:
    """Projects as a table. Of several years or sums a table keeps none: the names decide."""

    def numbers(read: Callable[[Item], str | int | None]) -> Ints:
        return np.fromiter((int(read(item) or 0) for item in items), np.int64, len(items))

    def labels(read: Callable[[Item], str | None]) -> Labels:
        return Labels.of([read(item) for item in items])

    return Table(
        uid=[item.uid for item in items],
        text=[item.text for item in items],
        province=numbers(lambda item: item.province),
        district=numbers(lambda item: item.district),
        tambon=numbers(lambda item: item.tambon),
        year=numbers(lambda item: item.year or (item.years[0] if len(item.years) == 1 else 0)),
        amount=np.fromiter((_find_amount(item) for item in items), np.float64, len(items)),
        owner=labels(lambda item: item.owner),
        plan=labels(lambda item: item.plan),
        plan_kind=labels(lambda item: item.plan_kind),
        stage=labels(lambda item: item.stage),
    )


def _find_amount(item: Item) -> float:
    stated = [amount for amount in item.amounts if amount > 0]
    return stated[0] if len(stated) == 1 else (item.amount or 0.0) if not stated else 0.0
