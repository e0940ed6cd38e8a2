"""The questions: listed with their parameters and columns, and asked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import JSONResponse, Response

from api.answers import Question, ask_kept, list_questions, require_question
from api.deps import CacheDep, RowOffset, StoreDep
from api.formats import write_csv
from api.limits import DEFAULT_ROWS, MOST_ROWS
from api.models import Column, Param, Problem, QuestionAnswer, QuestionInfo
from api.workbook import XLSX, write_xlsx
from tracegraph.errors import UsageError

router = APIRouter(tags=["questions"])

_OWN = ("limit", "offset", "format")


@router.get("/queries", summary="คำถามทั้งหมด / every question")
def list_all() -> list[QuestionInfo]:
    """Every question with its parameters and columns."""
    return [_info(question) for question in list_questions()]


@router.get(
    "/queries/{name}",
    summary="ถามหนึ่งคำถาม / ask one question",
    response_model=QuestionAnswer,
    responses={
        200: {
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        400: {"model": Problem},
        404: {"model": Problem},
    },
)
def ask_one(
    request: Request,
    name: Annotated[str, Path(examples=["needs_reach"])],
    store: StoreDep,
    cache: CacheDep,
    limit: Annotated[str, Query(pattern=r"^(all|\d{1,7})$", description=f"1–{MOST_ROWS}, or all")] = str(DEFAULT_ROWS),
    offset: RowOffset = 0,
    format: Annotated[Literal["json", "csv", "xlsx"], Query()] = "json",  # noqa: A002  (the word in the address)
) -> Response:
    """Rows of one question. Every other query parameter is a parameter of the question (``area=8104``).

    As CSV the answer is a file that Excel opens with Thai intact; as XLSX a workbook. In neither a cell is a formula.
    """
    question = require_question(name)
    params: dict[str, Any] = {k: v for k, v in request.query_params.items() if k not in _OWN}
    answer = ask_kept(cache, store, name, params)
    most = len(answer.rows) if limit == "all" else _row_limit(int(limit))
    rows = answer.rows[offset : offset + most]
    if format == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{question.name}.csv"'}
        return Response(write_csv(answer.columns, rows), media_type="text/csv; charset=utf-8", headers=headers)
    if format == "xlsx":
        words = [question.labels[column][0] for column in answer.columns]
        headers = {"Content-Disposition": f'attachment; filename="{question.name}.xlsx"'}
        book = write_xlsx(answer.columns, words, rows, title=question.title_th)
        return Response(book, media_type=XLSX, headers=headers)
    body = QuestionAnswer(
        name=name,
        params=answer.params,
        columns=list(answer.columns),
        count=len(answer.rows),
        offset=offset,
        limit=most,
        rows=[dict(row) for row in rows],
    )
    headers = {"Content-Disposition": f'attachment; filename="{question.name}.json"'} if limit == "all" else {}
    return JSONResponse(body.model_dump(mode="json"), headers=headers)


def _row_limit(limit: int) -> int:
    if not 1 <= limit <= MOST_ROWS:
        raise UsageError(
            f"limit ต้องอยู่ระหว่าง 1 ถึง {MOST_ROWS:,} หรือ all แต่ได้รับ {limit:,}",
            f"limit must be 1 to {MOST_ROWS:,} or all, got {limit:,}",
        )
    return limit


def _info(question: Question) -> QuestionInfo:
    return QuestionInfo(
        name=question.name,
        title_th=question.title_th,
        title_en=question.title_en,
        params=[
            Param(name=p.name, type=p.type, required=p.required, default=p.default, th=p.th, en=p.en)
            for p in question.params
        ],
        columns=[_column(question, name) for name in question.columns],
        example=question.examples[0] if question.examples else "",
    )


def _column(question: Question, name: str) -> Column:
    th, en = question.labels[name]
    return Column(name=name, th=th, en=en)
