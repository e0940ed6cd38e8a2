"""The REST API over the linked sample on the embedded engine."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from api import create_app
from api.workbook import write_xlsx
from tests.sample_site import FORMULA, HOSTILE_NEED
from tracegraph.analyse.questions import load_questions
from tracegraph.graph.store import Store, open_store
from tracegraph.ingest.importer import read_files
from tracegraph.sample import sample_files
from tracegraph.settings import Settings

NEED = "KB-N-HN2-2"


def _get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_need_by_the_id_of_its_file_and_by_uid_gives_the_same_trace(client: TestClient) -> None:
    by_id = _get(client, f"/v1/needs/{NEED}/trace")
    assert by_id["focus"].startswith("need:")
    assert _get(client, f"/v1/needs/{by_id['focus']}/trace") == by_id
    assert by_id["fate"]["need_id"] == NEED and by_id["fate"]["fate"] == "arrived"
    labels = {node["label"] for node in by_id["nodes"]}
    assert labels == {"Need", "Project", "Strategy"}
    uids = {node["uid"] for node in by_id["nodes"]}
    assert all(link["source"] in uids and link["target"] in uids for link in by_id["links"])


def test_evidence_is_signed_and_adds_up_to_the_probability(client: TestClient) -> None:
    links = _get(client, f"/v1/needs/{NEED}/trace")["links"]
    suggested = [k for k in links if k["status"] == "suggested" and k["kind"] == "ANSWERED_BY"]
    assert suggested
    for link in suggested:
        assert all(part["th"] and part["en"] for part in link["evidence"])
        total = sum(part["weight"] for part in link["evidence"])
        assert (total > 0) == (link["probability"] > 0.5)


def test_facts_only_leaves_no_suggestion(client: TestClient) -> None:
    links = _get(client, f"/v1/needs/{NEED}/trace", floor=1.01)["links"]
    assert links and {link["status"] for link in links} <= {"declared", "confirmed"}


def test_a_project_is_traced_to_its_need_and_is_no_need(client: TestClient) -> None:
    path = _get(client, f"/v1/needs/{NEED}/trace")["fate"]["path"]
    trace = _get(client, f"/v1/projects/{path[1]}/trace")
    assert NEED in {node["id"] for node in trace["nodes"]} and trace["fate"] is None
    assert client.get(f"/v1/needs/{path[1]}/trace").status_code == 404


@pytest.mark.parametrize("path", ["/v1/needs/no-such/trace", "/v1/graph/no-such", "/v1/queries/no_such", "/v1/nothing"])
def test_what_is_not_there_is_a_problem_document_in_both_languages(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == 404 and body["instance"] == path and body["type"].startswith("urn:tracegraph:problem:")
    assert any("ก" <= c <= "๙" for c in body["detail"]) and body["detail_en"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/queries/needs_reach?area=abc", 400),
        ("/v1/queries/needs_reach?nonsense=1", 400),
        ("/v1/queries/needs_reach?floor=7", 400),
        ("/v1/queries/needs_reach?limit=0", 400),
        ("/v1/queries/needs_reach?limit=999999", 400),
        ("/v1/queries/needs_reach?limit=x", 422),
        ("/v1/queries/trace_need", 400),
        (f"/v1/needs/{NEED}/trace?floor=-1", 422),
        (f"/v1/graph/{NEED}?limit=1001", 422),
        ("/v1/alignment?scope=nonsense", 422),
        ("/v1/alignment?scope=plan&uid=plan:no", 404),
    ],
)
def test_values_that_cannot_be_are_refused(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json" and answer.json()["detail_en"]


def test_every_question_is_listed_with_parameters_and_labels_of_its_columns(client: TestClient) -> None:
    listed = {q["name"]: q for q in _get(client, "/v1/queries")}
    assert set(listed) == set(load_questions())
    columns = [c["name"] for c in listed["needs_reach"]["columns"]]
    assert columns[:5] == ["need_id", "need", "village", "reached", "fate"]
    assert all(c["th"] and c["en"] for c in listed["needs_reach"]["columns"])
    required = {q: [p["name"] for p in listed[q]["params"] if p["required"]] for q in listed}
    assert required["trace_need"] == ["need"] and required["needs_reach"] == []


@pytest.mark.parametrize("name", sorted(load_questions()))
def test_every_question_is_answered_in_its_columns(client: TestClient, name: str) -> None:
    question = load_questions()[name]
    project = _get(client, f"/v1/needs/{NEED}/trace")["fate"]["path"][1]
    given = {"need": NEED, "project": project, "area": "8104"}
    params = {p.name: given[p.name] for p in question.params if p.required}
    body = _get(client, f"/v1/queries/{name}", limit="all", **params)
    assert tuple(body["columns"]) == question.columns
    assert body["count"] == len(body["rows"])
    assert all(tuple(row) == question.columns for row in body["rows"])


def test_pages_of_rows_are_parts_of_the_whole(client: TestClient) -> None:
    whole = _get(client, "/v1/queries/needs_reach", limit="all")
    part = _get(client, "/v1/queries/needs_reach", limit=7, offset=60)
    assert part["count"] == whole["count"] == 68 and part["rows"] == whole["rows"][60:67]
    assert _get(client, "/v1/queries/needs_reach")["count"] == 68


def test_facts_as_a_word_and_as_a_number_are_the_same(client: TestClient) -> None:
    word = _get(client, "/v1/queries/needs_reach", floor="facts", limit="all")
    assert word["rows"] == _get(client, "/v1/queries/needs_reach", floor=1.01, limit="all")["rows"]


def test_a_csv_opens_in_excel_and_no_cell_is_a_formula(client: TestClient) -> None:
    answer = client.get("/v1/queries/needs_reach", params={"format": "csv", "limit": "all"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert f"'{FORMULA}" in {cell for row in rows for cell in row}
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def test_a_workbook_has_headings_in_words_numbers_and_no_formula(client: TestClient) -> None:
    answer = client.get("/v1/queries/needs_reach", params={"format": "xlsx", "limit": "all"})
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.iter_rows())
    plain = _get(client, "/v1/queries/needs_reach", limit="all")
    assert len(rows) == plain["count"] + 2 and [cell.value for cell in rows[1]] == plain["columns"]
    assert rows[0][0].value == "รหัส" and rows[0][0].font.bold
    cells = [cell for row in rows for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert FORMULA in {cell.value for cell in cells}, "text stays as it is: Excel is told that it is text"
    money = [row[plain["columns"].index("funded_amount")].value for row in rows[2:]]
    assert sum(isinstance(value, int | float) for value in money) >= 10


def test_a_workbook_takes_what_no_cell_can_hold() -> None:
    row = {"a": "=1+1", "b": "\x00\x07" + "ก" * 40_000, "c": ["น้ำ", 1], "d": None}
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(list(row), list(row), [row], title="[/]*?:" + "ที่ยังไม่มี" * 9)))
    cells = next(book.active.iter_rows(min_row=3))
    assert cells[0].value == "=1+1" and cells[0].data_type == "s"
    assert len(cells[1].value) == 32_767 and cells[1].value.startswith("\ufffd")
    assert cells[2].value == '["น้ำ", 1]' and cells[3].value is None
    assert len(book.active.title) <= 31


def test_alignment_has_two_values_with_both_numbers(client: TestClient) -> None:
    body = _get(client, "/v1/alignment", scope="area", uid="81")
    for one in (body["facts"], body["with_suggestions"]):
        assert 0 <= one["overall"] <= 100
        for part in one["parts"]:
            if part["value"] is None:
                assert part["reason_th"] and part["reason_en"]
            else:
                assert part["value"] == pytest.approx(part["numerator"] / part["denominator"], abs=1e-5)
    assert body["facts"]["overall"] != body["with_suggestions"]["overall"]


def test_a_typed_need_finds_its_project_with_reasons(client: TestClient) -> None:
    asked = {"text": "ขุดลอกหนองบัวทอง ผักตบเต็ม", "place": "หมู่ที่ 2 ต.ห้วยน้ำขาว อ.คลองท่อม จ.กระบี่"}
    body = client.post("/v1/match", json=asked).json()
    assert body["place"]["area"] == "81040502" and body["place"]["level"] == "village"
    best = body["candidates"][0]
    assert "หนองบัวทอง" in best["name"] and best["confidence"] == "high" and best["reason_th"] and best["evidence"]
    probabilities = [candidate["probability"] for candidate in body["candidates"]]
    assert probabilities == sorted(probabilities, reverse=True)
    by_code = client.post("/v1/match", json={"text": asked["text"], "area": "81040502"}).json()
    assert by_code["candidates"] == body["candidates"]


def test_a_need_of_another_place_finds_nothing_sure(client: TestClient) -> None:
    body = client.post("/v1/match", json={"text": "ขุดลอกหนองบัวทอง", "area": "810801", "floor": 0.5}).json()
    assert body["candidates"] == []
    unknown = client.post("/v1/match", json={"text": "ถนน", "place": "ต.ไม่มีอยู่จริง อ.ไม่มี จ.ไม่มี"}).json()
    assert unknown["place"]["area"] is None and unknown["place"]["problem"]


REFUSED: list[dict[str, Any]] = [
    {},
    {"text": ""},
    {"text": "x" * 1001},
    {"text": "ก", "area": "8"},
    {"text": "ก", "village_no": 100},
    {"text": "ก", "unknown": 1},
]


@pytest.mark.parametrize("body", REFUSED)
def test_match_refuses_what_it_cannot_take(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post("/v1/match", json=body)
    assert answer.status_code == 422 and answer.json()["errors"]


def test_the_graph_page_brings_its_own_policy(client: TestClient) -> None:
    answer = client.get(f"/v1/graph/{HOSTILE_NEED}.html")
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox allow-scripts" in policy and "unsafe" not in policy
    assert len(_get(client, f"/v1/graph/{NEED}", limit=5)["nodes"]) == 5


def test_health(client: TestClient, site_store: Store) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    version = site_store.database.version
    assert client.get("/readyz").json() == {"status": "ok", "engine": "arcadedb", "version": version}


def test_openapi_has_thai_examples_and_documents_problems(client: TestClient) -> None:
    spec = _get(client, "/openapi.json")
    assert {"/v1/match", "/v1/queries/{name}", "/v1/needs/{uid}/trace", "/readyz"} <= set(spec["paths"])
    assert not any(path.startswith("/trace") for path in spec["paths"])
    example = spec["components"]["schemas"]["MatchRequest"]["properties"]["text"]["examples"][0]
    assert any("ก" <= c <= "๙" for c in example)
    assert "Problem" in spec["components"]["schemas"]


def _client(settings: Settings, store: Store) -> TestClient:
    return TestClient(create_app(settings, store=store), base_url="http://localhost")


def test_answers_follow_the_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A decision changes the next answer: nothing is kept longer than the data stay."""
    from tracegraph.settings import Settings

    settings = Settings(home=tmp_path_factory.mktemp("changing"))
    with open_store(settings) as store, _client(settings, store) as own:
        assert "ยังไม่มีข้อมูล" in own.get("/").text
        assert _get(own, "/v1/queries/needs_reach")["count"] == 0
        for path in (
            "/needs",
            "/trace",
            "/trace?q=ถนน",
            "/pairs",
            "/ask",
            *(f"/ask/{name}" for name in load_questions()),
        ):
            page = own.get(path)
            assert page.status_code == 200 and "ดูวิธีนำเข้าข้อมูล" in page.text, path
        store.write_batches(read_files([f for f in sample_files() if f.name.startswith(("1", "3"))]), command="import")
        rows = _get(own, "/v1/queries/needs_reach", limit="all")["rows"]
        assert {row["fate"] for row in rows} >= {"unanswered"}
        need = next(row for row in rows if row["fate"] == "unanswered")
        uid = _get(own, f"/v1/needs/{need['need_id']}/trace")["focus"]
        store.decline_need(uid, reason="ซ้ำกับโครงการเดิม", by="ผู้ตรวจ")
        again = {row["need_id"]: row for row in _get(own, "/v1/queries/needs_reach", limit="all")["rows"]}
        assert again[need["need_id"]]["fate"] == "rejected"
        assert again[need["need_id"]]["reason"] == "ซ้ำกับโครงการเดิม"
