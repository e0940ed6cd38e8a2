"""The story of a pair by the API and on its page: the same figures, both languages, nothing of a user's text run."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tracegraph.graph.store import Store
from tracegraph.link.scores import to_log_odds


def story(client: TestClient, left: str, right: str, status: int = 200, **params: Any) -> dict[str, Any]:
    answer = client.get("/v1/explain", params={"left": left, "right": right, **params})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_suggested_link_is_told_with_its_own_figures(client: TestClient, site_store: Store) -> None:
    link = site_store.list_links(kind="SAME_WORK", status="suggested")[0]
    found = story(client, link["from_uid"], link["to_uid"])
    assert found["probability"] == pytest.approx(link["probability"], abs=1e-12)
    assert sum(part["weight"] for part in found["contributions"]) == pytest.approx(
        to_log_odds(link["probability"]), abs=1e-9
    )
    assert found["class"] == link["class"]
    assert found["standing"][0]["method"] == link["method"]
    stored = {part["feature"]: part["weight"] for part in json.loads(link["evidence"])}
    assert {part["feature"]: part["weight"] for part in found["contributions"]} == pytest.approx(stored)


def test_a_pair_that_is_kept_apart_says_by_what_on_the_page_too(client: TestClient) -> None:
    found = story(client, "KB-L-SK-02", "KB-L-SK-19")
    assert [cause["code"] for cause in found["causes"]] == ["veto"]
    assert found["proposed"] is False
    page = client.get("/explain", params={"left": "KB-L-SK-02", "right": "KB-L-SK-19"}).text
    assert f'<h2 id="verdict">{found["verdict_th"]}</h2>' in page
    for part in found["contributions"]:
        assert f"{part['weight']:+.2f}" in page
    english = client.get("/explain", params={"left": "KB-L-SK-02", "right": "KB-L-SK-19", "lang": "en"}).text
    assert found["verdict_en"] in english


def test_a_need_and_a_project_are_told_as_an_answer(client: TestClient) -> None:
    found = story(client, "KB-L-HN-07", "KB-N-HN4-2")
    assert (found["job"], found["left"]["role"]) == ("answers", "need")
    assert sum(part["weight"] for part in found["contributions"]) == pytest.approx(found["score"], abs=1e-9)


def test_every_pair_of_the_page_of_pairs_leads_to_its_story(client: TestClient) -> None:
    links = re.findall(r'href="(/explain\?[^"]+)"', client.get("/pairs").text)
    assert links
    assert client.get(links[0].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ("KB-L-HN-07", "ไม่มี", 404),
        ("KB-L-HN-07", "KB-L-HN-07", 422),
        ("KB-N-HN4-2", "KB-N-HN4-1", 422),
        ("", "KB-L-HN-07", 422),
        ("x" * 500, "KB-L-HN-07", 422),
    ],
)
def test_what_cannot_be_explained_is_a_problem_in_words(client: TestClient, left: str, right: str, status: int) -> None:
    assert story(client, left, right, status)["status"] == status


def test_the_form_alone_and_a_script_as_an_id_are_harmless(client: TestClient) -> None:
    assert client.get("/explain").status_code == 200
    answer = client.get("/explain", params={"left": "<script>alert(1)</script>", "right": "'\"><b>"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
