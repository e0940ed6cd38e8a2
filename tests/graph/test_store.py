"""The store on both engines: what goes in comes out, and only what should."""

from __future__ import annotations

from tracegraph.graph import Store


def test_an_empty_store_holds_the_national_strategies_only(store: Store) -> None:
    health = store.health()
    assert {label: n for label, n in health.nodes.items() if n} == {"Strategy": 71}
    assert len(store.load_items().strategies) == 71


def test_read_returns_plain_values(store: Store) -> None:
    row = store.read("MATCH (s:Strategy {uid: 'NS:5'}) RETURN s, [1, 2.5, null] AS l, {a: 'น้ำ'} AS m")[0]
    assert row["s"]["list_id"] == "NS"
    assert row["l"] == [1, 2.5, None]
    assert row["m"] == {"a": "น้ำ"}
