"""Reading: values come back as they went in, nothing is written, and no query runs for ever."""

from __future__ import annotations

import time

import pytest

from tests.graph.records import ANSWERED, File, dump, put, suggest, two_files
from tracegraph.errors import EngineError, UsageError
from tracegraph.graph import Store
from tracegraph.graph.guard import require_read_only

#: Texts that must come back code point by code point.
TEXTS = (
    "'; MATCH (n) DETACH DELETE n //",
    "\"quoted\" 'single' `back` \\ \\n \\u0027",
    "{name: $param} [list] (node)-[:REL]->() ${x} {{y}}",
    "ขอน\u0e33ประปา",  # ำ as one sign
    "ขอน\u0e4d\u0e32ประปา",  # ำ as two
    "น\u0e49\u0e33 น\u0e33\u0e49 เ\u0e40ก",  # tone marks before and after, a doubled vowel
    "ก\u200bข\u200cค\u200dง\ufeffจ\u2060",
    "ถนน 🚧🏠👨‍👩‍👧 \U0001f1f9\U0001f1ed",
    "บรรทัดหนึ่ง\nบรรทัดสอง\r\n\tแท็บ\u00a0ช่องว่าง",
    "๑๒๓ ฯลฯ ๆ ฿ ½ ²",
    "\u202eกลับทาง\u202c",
    "ก" * 5_000,
)


def test_every_text_comes_back_as_it_was(store: Store) -> None:
    file = File('ชื่อ "ไฟล์" #1.csv', sheet="ผ.02 'ใหม่'", owner="กม.'บ้าน' {x}")
    for number, text in enumerate(TEXTS):
        file.need(str(number), text, source_id=f"N'{number}", outcome_reason=text)
    file.project("1", TEXTS[0], objective=TEXTS[1])
    put(store, file)
    links = [suggest(ANSWERED, f"need:{n}", "proj:1", reason=text) for n, text in enumerate(TEXTS)]
    store.write_links(links, method_scope="answers", command="คำสั่ง 'ลิงก์'")
    rows = store.read("MATCH (n:Need) RETURN n.uid AS uid, n.text AS text, n.outcome_reason AS r")
    assert {row["uid"]: (row["text"], row["r"]) for row in rows} == {
        f"need:{number}": (text, text) for number, text in enumerate(TEXTS)
    }
    assert {row["from_uid"]: row["reason"] for row in store.list_links()} == {
        f"need:{number}": text for number, text in enumerate(TEXTS)
    }
    assert store.list_runs(1)[0]["command"] == "คำสั่ง 'ลิงก์'"
    for number, text in enumerate(TEXTS):
        found = store.read("MATCH (n:Need) WHERE n.text = $text RETURN n.uid AS uid", {"text": text})
        assert found == [{"uid": f"need:{number}"}], "parameters are values, and ำ in two spellings two texts"
    assert store.read("MATCH (n:Need {source_id: $id}) RETURN n.text AS t", {"id": "N'0"}) == [{"t": TEXTS[0]}]


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Need {uid: 'x'})",
        "MATCH (n:Need) SET n.text = ''",
        "MATCH (n:Need) DETACH DELETE n",
        "MATCH (n:Need) REMOVE n.text",
        "MERGE (n:Need {uid: 'x'}) RETURN n",
        "MATCH (n) /* x */ delete n",
        "MATCH (n:Need) FOREACH (x IN [1] | SET n.y = x)",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "DROP INDEX need_plan",
        "CALL db.labels()",
        "CALL  dbms.listConfig() YIELD name RETURN name",
        "RETURN 1; MATCH (n) DETACH DELETE n",
        "MATCH (n:Need) \\u0053ET n.text = '' RETURN n",
        "RETURN '\\'; MATCH (n) DELETE n //",
        "ALTER USER neo4j SET PASSWORD 'x'",
    ],
)
def test_what_would_write_is_refused(store: Store, cypher: str) -> None:
    put(store, *two_files())
    before = dump(store)
    with pytest.raises(UsageError) as caught:
        store.read(cypher)
    assert caught.value.th
    assert dump(store) == before


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:Need) WHERE n.text = 'SET DELETE ; CREATE' RETURN n",
        "MATCH (n:Need) RETURN n.created AS create_date, n.set",
        "CALL () { MATCH (n:Need) RETURN n } RETURN n // DELETE",
        "MATCH (n:Need) WHERE n.uid = $set RETURN n",
        "RETURN 1;",
    ],
)
def test_what_only_reads_is_not(cypher: str) -> None:
    require_read_only(cypher)


def test_a_query_that_cannot_be_run_says_so(store: Store) -> None:
    for cypher in ("MATCH (n:Need RETURN n", "RETURN nothing", "RETURN $missing"):
        with pytest.raises((UsageError, EngineError)) as caught:
            store.read(cypher)
        assert caught.value.th
        assert caught.value.en


def test_a_query_that_takes_too_long_is_stopped(store: Store) -> None:
    """ArcadeDB goes on with what nobody waits for, beside the tests that follow: some 15 seconds, no more."""
    put(store, *two_files())
    slow = "UNWIND range(1, 6000) AS a UNWIND range(1, 6000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c) AS c"
    started = time.monotonic()
    with pytest.raises(EngineError, match="นานเกิน 1 วินาที") as caught:
        store.read(slow, timeout_s=1.0)
    assert time.monotonic() - started < 15
    assert "longer than 1 seconds" in caught.value.en
    assert store.read("MATCH (n:Need) RETURN count(n) AS c") == [{"c": 2}], "the next question is answered"


def test_no_more_rows_than_asked_for(store: Store) -> None:
    assert store.read("UNWIND range(1, 5000) AS x RETURN x", limit=3) == [{"x": 1}, {"x": 2}, {"x": 3}]


def test_many_threads_read_one_store(store: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    put(store, *two_files())
    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda n: store.read("MATCH (n:Need) RETURN count(n) + $n AS c", {"n": n}), range(40))
        assert [rows[0]["c"] for rows in asked] == [n + 2 for n in range(40)]
