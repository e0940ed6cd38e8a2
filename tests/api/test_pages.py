"""The pages over the linked sample: numbers lead to as many rows, Thai and English, facts apart, hostile text inert."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from tests.picture_graphs import HOSTILE
from tests.sample_site import HOSTILE_NEED
from tracegraph.analyse.questions import load_questions

NEED = "KB-N-HN2-2"
ID = r'<span class="id">([^<]+)</span>'
PAGES = (
    "/",
    "/needs",
    "/trace",
    "/trace?q=ถนน",
    "/pairs",
    "/explain?left=KB-L-SK-02&right=KB-L-SK-19",
    "/explain?left=KB-N-HN4-2",
    "/ask",
    "/ask/needs_reach",
    "/ask/duplicates_across_bodies",
    f"/trace/{NEED}",
    f"/trace/{HOSTILE_NEED}",
    "/docs",
)


def _page(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name for name, _ in attrs}))


def _tags(text: str) -> list[tuple[str, set[str]]]:
    parser = _Tags()
    parser.feed(text)
    return parser.found


@pytest.fixture(autouse=True)
def _forget_language(client: TestClient) -> Iterator[None]:
    client.cookies.clear()  # other modules share the client
    yield
    client.cookies.clear()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_thai_with_no_inline_script_style_or_foreign_address(client: TestClient, path: str) -> None:
    text = _page(client, path)
    assert '<html lang="th">' in text
    for tag, attributes in _tags(text):
        assert tag != "style" and (tag != "script" or "src" in attributes)
        assert not any(name == "style" or name.startswith("on") for name in attributes)
    assert set(re.findall(r"https?://[^\"'<\s]+", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_is_text_on_every_page(client: TestClient, path: str) -> None:
    text = _page(client, path)
    assert "<script>window" not in text and "<img src=x" not in text


def test_the_trace_of_the_hostile_need_shows_its_words(client: TestClient) -> None:
    text = html.unescape(_page(client, f"/trace/{HOSTILE_NEED}"))
    assert f"ถนนพัง {HOSTILE}" in text and f"ซ่อมถนน หมู่ที่ 9 {HOSTILE}" in text


def test_every_number_of_the_overview_leads_to_as_many_rows(client: TestClient) -> None:
    text = _page(client, "/")
    links = re.findall(r'<a href="(/needs[^"]*)">(?:<text[^>]*>)?([^<]*?)(?:</text>)?</a>', text)
    numbered = [
        (html.unescape(href), int(re.sub(r"\D", "", words))) for href, words in links if re.search(r"\d", words)
    ]
    assert len(numbered) >= 20
    for href, count in numbered:
        found = re.search(r"พบ ([\d,]+) รายการ", _page(client, href))
        assert found and int(found[1].replace(",", "")) == count, href
    for href, count in re.findall(r'<a class="big" href="([^"]+)">([\d,]+)</a>', text):
        assert f"คำตอบ {count} แถว" in _page(client, html.unescape(href))


def test_the_sum_that_may_be_planned_twice_opens_its_pairs(client: TestClient) -> None:
    for floor in ("", "?floor=facts"):
        found = re.search(
            r'<a class="big" href="(/pairs[^"]*)">([\d,]+) บาท</a>.*?จาก ([\d,]+) คู่', _page(client, f"/{floor}"), re.S
        )
        if found is None:
            assert floor, "the sample holds pairs"
            continue
        text = _page(client, html.unescape(found[1]))
        assert f"{found[3]} คู่</h2>" in text and text.count('class="step"') == int(found[3])
        sums = [int(one.replace(",", "")) for one in re.findall(r"<h3>([\d,]+) บาท", text)]
        assert sum(sums) >= int(found[2].replace(",", "")) > 0, "an item of several pairs counts once in the sum"


def test_shares_of_the_score_open_lists_with_their_own_floor(client: TestClient) -> None:
    text = _page(client, "/")
    section = text[text.index('aria-labelledby="alignment"') : text.index('aria-labelledby="money"')]
    links = [html.unescape(href) for href in re.findall(r'<td class="number"><a href="([^"]+)">', section)]
    assert len(links) >= 14 and sum("floor=facts" in href for href in links) == len(links) / 2
    for href in links:
        _page(client, href)
    (share,) = re.findall(
        r'<a href="/needs\?fate=served"><strong>[^<]+</strong></a><br><span[^>]*>(\d+) / (\d+)<', section
    )
    assert f"พบ {share[0]} รายการ จาก {share[1]} รายการ" in _page(client, "/needs?fate=served")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("หนองบัวทอง", "KB-L-HN-21"), ("หมู่ ๒ หนองบัวทอง", NEED), ("KB-L-HN-21", "KB-L-HN-21"), ("ไม่มีคำนี้", "")],
)
def test_needs_and_projects_are_found_by_words_or_id(client: TestClient, typed: str, found: str) -> None:
    text = _page(client, f"/trace?q={typed}")
    assert (found in text) if found else "ความต้องการ 0 รายการ" in text


def test_levels_of_a_trace_are_facts_suggestions_or_not_reached(client: TestClient) -> None:
    by_facts, by_all = (_page(client, f"/trace/KB-N-KN2-1{floor}") for floor in ("?floor=facts", ""))
    assert 'class="suggested">' not in by_facts and by_facts.count('<li class="none">') == 5
    assert by_all.count('<li class="suggested">') == 5
    assert _page(client, f"/trace/{NEED}?floor=facts").count('<li class="fact">') == 6


def test_facts_and_suggestions_are_never_mixed(client: TestClient) -> None:
    facts = _page(client, f"/trace/{NEED}?floor=facts")
    assert 'class="badge suggested"' not in facts and 'class="badge declared"' in facts
    assert 'class="badge suggested"' in _page(client, f"/trace/{NEED}")
    assert 'aria-current="true">เฉพาะข้อเท็จจริง' in facts
    assert re.search(r'href="/needs\?floor=facts"', facts), "the choice is kept from page to page"


def test_the_language_is_kept_in_a_cookie_and_every_label_changes(client: TestClient) -> None:
    answer = client.get("/needs?lang=en")
    assert '<html lang="en">' in answer.text and "Register of needs" in answer.text
    cookie = answer.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie and "httponly" in cookie
    assert "Overview" in _page(client, "/") and "ภาพรวม" not in _page(client, "/")
    assert '<html lang="th">' in _page(client, "/?lang=th")
    assert "set-cookie" not in client.get("/?lang=xx").headers


@pytest.mark.parametrize(
    ("typed", "found"),
    [("หนองบัวทอง", True), ("ม.๒ หนองบัวทอง", True), ("หมู่2หนองบัวทอง", True), ("ม.5 หนองบัวทอง", False), ("ไม่มีคำนี้", False)],
)
def test_the_register_is_searched_as_people_type(client: TestClient, typed: str, found: bool) -> None:
    assert (NEED in _page(client, f"/needs?q={typed}&area=8104")) is found


def test_filters_narrow_and_paging_covers_everything_once(client: TestClient) -> None:
    first, second = _page(client, "/needs"), _page(client, "/needs?page=2")
    ids = [*re.findall(ID, first), *re.findall(ID, second)]
    assert len(ids) == len(set(ids)) == 68
    arrived = _page(client, "/needs?fate=arrived&area=8104")
    assert set(re.findall(r'<span class="badge ([a-z_]+)[" ]', arrived)) <= {"arrived", "sample"}
    for nonsense in ("/needs?page=-3", "/needs?page=zz", "/needs?page=99999", "/needs?fate=x&area=%3Cb%3E&reached=PKX"):
        assert "พบ" in _page(client, nonsense)


@pytest.mark.parametrize("name", sorted(load_questions()))
def test_every_question_has_a_page_with_a_form_and_downloads(client: TestClient, name: str) -> None:
    question = load_questions()[name]
    text = _page(client, f"/ask/{name}")
    assert html.escape(question.title_th) in text
    for param in question.params:
        assert param.name == "floor" or f'name="{param.name}"' in text
    if not any(param.required for param in question.params):
        (csv_link,) = re.findall(rf'href="(/v1/queries/{name}\?[^"]*format=csv[^"]*)"', text)
        assert client.get(html.unescape(csv_link)).status_code == 200


def test_a_bad_parameter_is_said_on_the_page(client: TestClient) -> None:
    text = _page(client, "/ask/late_plans?as_of=yesterday")
    assert 'role="alert"' in text and "yesterday" in text


def test_errors_are_pages_for_people(client: TestClient) -> None:
    text = _page(client, "/trace/no-such", 404)
    assert "ไม่พบ" in text and "no-such" in text
    assert "กลับหน้าภาพรวม" in _page(client, "/no/such/page", 404)


def test_the_picture_is_a_file_of_its_own(client: TestClient) -> None:
    answer = client.get(f"/trace-picture/{NEED}.svg")
    assert answer.headers["content-type"] == "image/svg+xml" and "font/woff2" in answer.text
    assert "attachment" in answer.headers["content-disposition"]


def test_fonts_are_served_and_nothing_else_of_that_folder(client: TestClient) -> None:
    font = client.get("/fonts/sarabun-thai-400-normal.woff2")
    assert font.content.startswith(b"wOF2") and font.headers["content-type"] == "font/woff2"
    for name in ("OFL.txt", "..%2f__init__.py", "x.woff2"):
        assert client.get(f"/fonts/{name}").status_code == 404
    for name in ("app.css", "fonts.css", "app.js", "docs.js", "vendor/swagger-ui/swagger-ui-bundle.js"):
        assert client.get(f"/static/{name}").status_code == 200
