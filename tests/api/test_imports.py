"""Imports in two steps over HTTP: upload and preview, correct, commit; nothing is written before."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import create_app
from api.imports import Imports
from api.limits import MOST_UPLOAD, MOST_UPLOAD_FILES, MOST_UPLOADS
from api.upload_names import clean_name, unique_name
from tests.graph.records import dump
from tracegraph.graph.schema import clear_store
from tracegraph.graph.store import Store, open_store
from tracegraph.settings import Settings

BASE = "http://127.0.0.1:8765"
OWNER = {"owner": "อบต.คลองเขม้า"}
PLAN = [["ลำดับที่", "โครงการ", "หมู่ที่", "2567"], ["1", "ขุดลอกคลองส่งน้ำ", "3", "50,000"], ["2", "#REF!", "4", "1"]]
FOREIGN = [["ที่", "งานที่จะทำ", "หมู่ที่", "ปี 2567"], ["1", "ซ่อมถนนลูกรัง", "4", "7,000"]]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("import-site"))


@pytest.fixture(scope="module")
def opened(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as store:
        yield store


@pytest.fixture
def site(settings: Settings, opened: Store) -> Iterator[TestClient]:
    clear_store(opened.database)
    for path in (settings.home / "mappings").glob("*"):
        path.unlink()
    with TestClient(create_app(settings, store=opened), base_url=BASE) as client:
        yield client


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8")


def send(site: TestClient, *files: tuple[str, bytes], status: int = 201, **fields: str) -> dict[str, Any]:
    answer = site.post("/v1/imports", files=[("files", file) for file in files], data=OWNER | fields)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def finish(site: TestClient, key: str) -> dict[str, Any]:
    assert site.post(f"/v1/imports/{key}/commit").status_code == 202
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        told = site.get(f"/v1/imports/{key}").json()
        if told["state"] != "running":
            return dict(told)
        time.sleep(0.1)
    raise AssertionError("the import does not end")


def test_a_preview_writes_nothing_and_the_import_does_what_it_said(
    site: TestClient, opened: Store, settings: Settings
) -> None:
    before = dump(opened, but=())
    told = send(site, ("แผน 2567.csv", as_csv(PLAN)))
    (file,) = told["files"]
    assert (file["file"], file["rows"], file["loaded"], file["quarantined"], file["new"]) == (
        "แผน 2567.csv",
        2,
        1,
        1,
        1,
    )
    columns = {column["heading"]: column for column in file["tables"][0]["columns"]}
    assert (columns["โครงการ"]["prop"], columns["โครงการ"]["letter"], columns["2567"]["year"]) == ("name", "B", 2567)
    assert columns["โครงการ"]["reason_th"] == "เป็นหัวคอลัมน์ที่รู้จัก" and told["first"] is True
    assert [problem["row"] for problem in file["problems"] if problem["severity"] == "error"] == [3]
    assert dump(opened, but=()) == before
    folder = settings.home / "uploads" / told["id"]
    assert [path.name for path in folder.iterdir()] == ["แผน 2567.csv"]
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    done = finish(site, told["id"])
    result = done["result"]
    assert done["state"] == "done" and (result["loaded"], result["quarantined"], result["new"]) == (1, 1, 1)
    assert not list(folder.iterdir()), "what was imported needs no copy"
    assert opened.read("MATCH (n:Project) RETURN n.name AS name") == [{"name": "ขุดลอกคลองส่งน้ำ"}]
    again = send(site, ("แผน 2567.csv", as_csv(PLAN)))
    assert (again["files"][0]["new"], again["files"][0]["unchanged"], again["first"]) == (0, 1, False)


def test_reports_are_given_by_their_names_only(site: TestClient, settings: Settings) -> None:
    key = send(site, ("plan.csv", as_csv(PLAN)))["id"]
    assert site.get(f"/v1/imports/{key}/reports/report.json").status_code == 400, "not before it is done"
    reports = {one["name"]: one["href"] for one in finish(site, key)["result"]["reports"]}
    assert {"report.json", "problems.csv", "quarantine.csv"} <= set(reports)
    for name, href in reports.items():
        answer = site.get(href)
        assert answer.status_code == 200 and answer.content, name
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert json.loads(site.get(reports["report.json"]).content)["files"][0]["file"] == "plan.csv"
    for name in ("../../engine.password", "..%2f..%2fengine.password", "%2e%2e/%2e%2e/engine.password", "/etc/passwd",
                 "report.json/", "nothing.csv", "quarantine"):  # fmt: skip
        assert site.get(f"/v1/imports/{key}/reports/{name}").status_code == 404, name


def test_a_mapping_corrects_the_preview_and_is_remembered_once_imported(site: TestClient, settings: Settings) -> None:
    told = send(site, ("list.csv", as_csv(FOREIGN)), ("plan.csv", as_csv(PLAN)))
    assert [file["file"] for file in told["files"]] == ["plan.csv"]
    (refused,) = told["refused"]
    assert refused["file"] == "list.csv" and refused["code"] == "mapping" and refused["hint_th"]
    key = told["id"]
    address = f"/v1/imports/{key}/mapping"
    wrong = site.put(address, content="columns: {ไม่มีหัวนี้: name}")
    assert wrong.status_code == 422 and wrong.json()["type"] == "urn:tracegraph:problem:mapping"
    assert site.put(address, content="columns: {งานที่จะทำ: nonsense}").status_code == 422
    assert site.put(address, content=b"\xff\xfe").status_code == 400
    assert len(site.get(f"/v1/imports/{key}").json()["files"]) == 1, "a wrong mapping changes nothing"
    mapping = {"columns": {"งานที่จะทำ": "name", "หมู่ที่": "village_no", "ที่": "seq"}}
    for content in (json.dumps(mapping), "columns: {งานที่จะทำ: name, หมู่ที่: village_no, ที่: seq}"):
        corrected = site.put(address, content=content.encode(), headers={"content-type": "application/yaml"})
        assert corrected.status_code == 200, corrected.text
    files = {file["file"]: file for file in corrected.json()["files"]}
    assert files["list.csv"]["loaded"] == files["plan.csv"]["loaded"] == 1 and not corrected.json()["refused"]
    column = files["list.csv"]["tables"][0]["columns"][1]
    assert (column["prop"], column["reason_th"]) == ("name", "แก้ไขก่อนนำเข้า")
    assert not (settings.home / "mappings").exists() or not list((settings.home / "mappings").iterdir())
    assert finish(site, key)["result"]["remembered"] >= 1
    later = send(site, ("ปีหน้า.csv", as_csv([[*FOREIGN[0][:3], "ปี 2568"], ["1", "ขุดสระ", "1", "5"]])))
    assert later["files"][0]["loaded"] == 1
    assert later["files"][0]["tables"][0]["columns"][1]["reason_th"].startswith("จำไว้จาก list.csv")


def test_a_later_correction_takes_the_place_of_an_earlier_one(site: TestClient, opened: Store) -> None:
    key = send(site, ("list.csv", as_csv(FOREIGN)))["id"]

    def meaning() -> str:
        return str(site.get(f"/v1/imports/{key}").json()["files"][0]["tables"][0]["columns"][2]["prop"])

    address = f"/v1/imports/{key}/mapping"
    assert site.put(address, content="columns: {งานที่จะทำ: name, หมู่ที่: note}".encode()).status_code == 200
    assert meaning() == "note"
    assert site.put(address, content="columns: {ไม่มี: name}".encode()).status_code == 422, "nor does a wrong one stay"
    assert site.put(address, content="columns: {งานที่จะทำ: name, หมู่ที่: village_no}".encode()).status_code == 200
    assert meaning() == "village_no"
    layout = site.get(f"/v1/imports/{key}").json()["files"][0]["tables"][0]["layout"]
    page = site.post(f"/import/{key}/columns", data={f"{layout}.2": "place_text"}, follow_redirects=False)
    assert page.status_code == 303 and meaning() == "place_text"
    assert site.post(f"/import/{key}/columns", data={f"{layout}.2": "nonsense"}).status_code == 422
    assert finish(site, key)["state"] == "done"
    (item,) = opened.read("MATCH (n:Project) RETURN n.place_text AS place, n.amounts AS amounts")
    assert item == {"place": "4", "amounts": [7000.0]}


def test_quarantined_rows_are_mended_and_sent_again_with_their_mapping(site: TestClient, opened: Store) -> None:
    result = finish(site, send(site, ("plan.csv", as_csv(PLAN)))["id"])["result"]
    parts = [one for one in result["reports"] if one["name"].startswith("quarantine/")]
    assert {one["name"].rpartition(".")[2] for one in parts} == {"csv", "yaml"}
    sent = [(one["name"].rpartition("/")[2], site.get(one["href"]).content) for one in parts]
    mended = [(name, content.replace(b"#REF!", "ซ่อมฝาย".encode())) for name, content in sent]
    told = send(site, *mended)
    assert [(file["loaded"], file["new"]) for file in told["files"]] == [(1, 1)] and not told["refused"]
    assert finish(site, told["id"])["result"]["new"] == 1
    names = {row["name"] for row in opened.read("MATCH (n:Project) WHERE n.current RETURN n.name AS name")}
    assert names == {"ขุดลอกคลองส่งน้ำ", "ซ่อมฝาย"}


def test_what_cannot_be_done_in_a_state_is_refused(site: TestClient) -> None:
    key = send(site, ("plan.csv", as_csv(PLAN)))["id"]
    finish(site, key)
    for answer in (
        site.post(f"/v1/imports/{key}/commit"),
        site.put(f"/v1/imports/{key}/mapping", content="columns: {ก: name}"),
    ):
        assert answer.status_code == 409 and answer.json()["type"] == "urn:tracegraph:problem:import-conflict"
    assert site.delete(f"/v1/imports/{key}").status_code == 204
    gone = site.get(f"/v1/imports/{key}")
    assert gone.status_code == 404 and gone.headers["content-type"] == "application/problem+json"
    assert "หมดอายุ" in gone.json()["detail"] and "expired" in gone.json()["detail_en"]
    nothing = send(site, ("broken.xlsx", b"PK\x03\x04 nothing"))
    assert nothing["files"] == [] and nothing["refused"][0]["code"] == "file-refused"
    assert site.post(f"/v1/imports/{nothing['id']}/commit").status_code == 409


def test_uploads_are_bounded_in_number_size_and_time(
    site: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = as_csv(PLAN)
    send(site, *[(f"{n}.csv", content) for n in range(MOST_UPLOAD_FILES + 1)], status=400)
    assert site.post("/v1/imports", data=OWNER).status_code == 422
    large = {"content-length": str(MOST_UPLOAD + 1), "content-type": "multipart/form-data; boundary=x"}
    assert site.post("/v1/imports", content=b"", headers=large).status_code == 413
    assert site.post("/v1/match", content=b"x" * 70_000).status_code == 413, "other routes stay small"
    send(site, ("plan.csv", content), status=400, years="ปีหน้า")
    send(site, ("plan.yaml", b"columns: {}"), status=400)
    assert not list((settings.home / "uploads").iterdir()), "what was refused leaves no file"
    keys = [send(site, ("plan.csv", content))["id"] for _ in range(2)]
    assert len(set(keys)) == 2 and all(len(key) >= 24 for key in keys)
    imports: Imports = site.app.state.imports  # type: ignore[attr-defined]
    imports.require(keys[0]).expires = datetime.now(UTC) - timedelta(seconds=1)
    assert site.get(f"/v1/imports/{keys[0]}").status_code == 404
    assert {path.name for path in (settings.home / "uploads").iterdir()} == {keys[1]}
    monkeypatch.setattr("api.imports.MOST_UPLOADS", 2)
    newest = [send(site, ("plan.csv", content))["id"] for _ in range(2)]
    assert (
        site.get(f"/v1/imports/{keys[1]}").status_code == 404
        and site.get(f"/v1/imports/{newest[1]}").status_code == 200
    )
    assert MOST_UPLOADS > 2


def test_folders_that_an_ended_server_left_go_after_a_day(site: TestClient, settings: Settings) -> None:
    left = settings.home / "uploads" / "left"
    fresh = settings.home / "uploads" / "fresh"
    for folder in (left, fresh):
        folder.mkdir(parents=True)
        (folder / "plan.csv").write_text("x", encoding="utf-8")
    os.utime(left, (time.time() - 90_000, time.time() - 90_000))
    send(site, ("plan.csv", as_csv(PLAN)))
    assert not left.exists() and fresh.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": BASE},
    ],
)
def test_a_page_of_another_site_can_change_nothing(site: TestClient, headers: dict[str, str]) -> None:
    answer = site.post("/v1/imports", files={"files": ("plan.csv", as_csv(PLAN))}, headers=headers)
    assert answer.status_code == 403 and answer.json()["type"] == "urn:tracegraph:problem:foreign-origin"
    assert site.get("/v1/queries", headers=headers).status_code == 200, "looking stays as it was"


def test_pages_of_this_server_and_programs_may(site: TestClient) -> None:
    for headers in ({"origin": BASE, "sec-fetch-site": "same-origin"}, {}):
        files = {"files": ("plan.csv", as_csv(PLAN))}
        assert site.post("/v1/imports", files=files, data=OWNER, headers=headers).status_code == 201


def test_where_others_may_connect_only_this_computer_imports(settings: Settings, opened: Store) -> None:
    app = create_app(settings, store=opened, remote=True)
    for client, status in ((("192.168.1.9", 5000), 403), (("127.0.0.1", 5000), 201)):
        with TestClient(app, base_url="http://192.168.1.5:8765", client=client) as site:
            answer = site.post("/v1/imports", files={"files": ("plan.csv", as_csv(PLAN))}, data=OWNER)
            assert answer.status_code == status, answer.text
            assert site.get("/import").status_code == (200 if status == 201 else 403)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("แผนพัฒนา ผ.๐๒.xlsx", "แผนพัฒนา ผ.๐๒.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\งาน\\ก่ำ.csv", "ก่ำ.csv"),
        ("a\u202egnp.csv", "agnp.csv"),
        ("..", "file"),
        ("", "file"),
        (".hidden.csv", "hidden.csv"),
        ("con.csv", "_con.csv"),
        ('a<b>:"|?*.csv', "a b .csv"),
        ("x\x00\n.csv", "x.csv"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_long_and_equal_names_stay_apart(tmp_path: Path) -> None:
    long = clean_name("ผู้ใหญ่" * 200 + ".xlsx")
    assert long.endswith(".xlsx") and len(long.encode()) <= 255
    (tmp_path / long).write_bytes(b"")
    assert unique_name("Plan.csv", ["plan.csv", "Plan (2).csv"]) == "Plan (3).csv"
    assert unique_name("ก.csv", []) == "ก.csv" and unique_name("x", ["X"]) == "x (2)"


def test_stopping_waits_for_an_import_that_runs(site: TestClient, settings: Settings, opened: Store) -> None:
    imports: Imports = site.app.state.imports  # type: ignore[attr-defined]
    upload = imports.require(send(site, ("plan.csv", as_csv(PLAN)))["id"])
    imports.commit(opened, upload)
    imports.stop()
    assert upload.state == "done" and not upload.folder.exists()
    assert "import" not in {thread.name for thread in threading.enumerate()}
