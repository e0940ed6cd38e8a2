"""ถาม: every question with a form for its parameters, its answer as a table, as CSV and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.answers import Answer, Question, ask_kept, list_questions, require_question
from api.choices import Choice, find_choices
from api.deps import CacheDep, StoreDep
from api.i18n import label
from api.paging import read_pager, shown
from api.render import Page, read_page, render
from api.table import build_cells, build_columns
from api.topics import group_questions
from tracegraph.errors import TracegraphError, UsageError
from tracegraph.report.terms import Lang

router = APIRouter(include_in_schema=False)

#: Parameters of the page itself; a question's parameters may not have these names.
_OWN = ("floor", "page", "lang")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as a form field."""

    name: str
    words: str
    value: str
    type: str
    step: str
    wide: bool
    options: tuple[Choice, ...] = ()


@router.get("/ask")
def ask_list(request: Request) -> HTMLResponse:
    """Every question there is."""
    page = read_page(request, "ask")
    topics = [
        (topic, [{"name": q.name, "title": title_of(q, page.lang)} for q in found])
        for topic, found in group_questions(list_questions())
    ]
    return render(request, "ask_list.html", page=page, topics=topics)


@router.get("/ask/{name}")
def ask_one(request: Request, name: str, store: StoreDep, cache: CacheDep) -> HTMLResponse:
    """One question; without the parameters that it needs, only its form."""
    page = read_page(request, "ask")
    question = require_question(name)
    given = {key: value for key, value in request.query_params.items() if key not in _OWN}
    params: dict[str, Any] = {key: value for key, value in given.items() if value != ""}
    if any(p.name == "floor" for p in question.params):
        params["floor"] = page.floor
    answer, refused = _answer(cache, store, question, params, page)
    rows = answer.rows if answer else []
    pager = read_pager(len(rows), request.query_params.get("page"))
    columns = build_columns(answer.columns, question.labels, rows, page.lang) if answer else []
    return render(
        request,
        "ask.html",
        page=page,
        question={
            "name": question.name,
            "title": title_of(question, page.lang),
            "notes": [th if page.lang == "th" else en for th, en in question.notes],
            "example": question.examples[0] if question.examples else "",
            "cypher": question.cypher,
        },
        fields=_fields(question, given, page, cache, store),
        refused=refused,
        columns=columns,
        rows=[build_cells(columns, row, page) for row in shown(rows, pager)] if answer else None,
        pager=pager,
        downloads={kind: _download(question, params, kind) for kind in ("xlsx", "csv", "json")},
    )


def title_of(question: Question, lang: Lang) -> str:
    """The title of a question in one language."""
    return question.title_th if lang == "th" else question.title_en


def _answer(
    cache: Any, store: Any, question: Question, params: dict[str, Any], page: Page
) -> tuple[Answer | None, str]:
    required = [p.name for p in question.params if p.required and p.name not in params]
    if required:
        return None, ""
    try:
        return ask_kept(cache, store, question.name, params), ""
    except UsageError as error:
        return None, _words(error, page.lang)


def _words(error: TracegraphError, lang: Lang) -> str:
    said, hint = (error.th, error.hint_th) if lang == "th" else (error.en, error.hint_en)
    return f"{said} ({hint})" if hint else said


def _fields(question: Question, given: dict[str, str], page: Page, cache: Any, store: Any) -> list[Field]:
    fields = []
    for param in question.params:
        if param.name == "floor":
            continue  # the switch at the top of every page
        value = given.get(param.name, "" if param.default is None else str(param.default))
        options = find_choices(param.name, value, cache, store, page.lang)
        kind, step = {"int": ("number", "1"), "float": ("number", "any")}.get(param.type, ("text", ""))
        words = param.th if page.lang == "th" else param.en
        if param.name == "area":
            words = label("filter.area", page.lang)
        fields.append(Field(param.name, words, value, kind, step, param.type == "string" and not options, options))
    return fields


def _download(question: Question, params: dict[str, Any], kind: str) -> str:
    return f"/v1/queries/{question.name}?{urlencode({**params, 'format': kind, 'limit': 'all'})}"
