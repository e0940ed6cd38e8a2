"""Imports in two steps: upload and preview, then write; nothing reaches the graph before ``commit``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Path, Request, Response, UploadFile
from starlette.responses import FileResponse

from api.corrections import read_correction
from api.deps import ImportsDep, StoreDep, require_local
from api.import_models import ImportAnswer, ImportFile, ImportProgress, ImportRefusal, ImportResult, ReportLink
from api.imports import Result, Upload, find_report
from api.models import Problem
from tracegraph.errors import TracegraphError, UsageError
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.preview import PreviewFile

router = APIRouter(
    prefix="/imports",
    tags=["imports"],
    dependencies=[Depends(require_local)],
    responses={403: {"model": Problem}, 404: {"model": Problem}},
)

Key = Annotated[str, Path(max_length=64, description="รหัสที่ได้เมื่อส่งไฟล์ / id from the upload")]
Words = Annotated[str, Form(max_length=200)]


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "",
    status_code=201,
    summary="ส่งไฟล์และดูตัวอย่าง / upload files and preview them",
    responses={400: {"model": Problem}, 413: {"model": Problem}, 422: {"model": Problem}, 429: {"model": Problem}},
)
def upload_files(
    response: Response,
    store: StoreDep,
    imports: ImportsDep,
    files: Annotated[list[UploadFile], File(description="ไฟล์แผนหรือความต้องการ / files of plans or needs")],
    owner: Words = "",
    area: Words = "",
    plan_kind: Words = "",
    stage: Words = "",
    years: Words = "",
) -> ImportAnswer:
    """Files are read and compared with the graph; nothing is written. They are kept for a day."""
    context = read_context(owner, area, plan_kind, stage, years)
    upload = imports.add(store, [(file.filename or "", file.file) for file in files], context)
    response.headers["Location"] = f"/v1/imports/{upload.id}"
    return build_answer(upload)


@router.get("/{key}", summary="ดูการนำเข้า / an import as it stands")
def show(key: Key, imports: ImportsDep) -> ImportAnswer:
    """The preview, how far it is, or what it did."""
    return build_answer(imports.require(key))


@router.put(
    "/{key}/mapping",
    summary="แก้การจับคู่หัวคอลัมน์ / correct the mapping",
    responses={409: {"model": Problem}, 422: {"model": Problem}},
    openapi_extra={"requestBody": {"required": True, "content": {"application/yaml": {"schema": {"type": "string"}}}}},
)
def correct(
    key: Key,
    store: StoreDep,
    imports: ImportsDep,
    mapping: Annotated[bytes, Depends(_body)],
) -> ImportAnswer:
    """A mapping for every table that it fits; the files are read again. It is remembered once they are imported."""
    try:
        text = mapping.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("ข้อความไม่ใช่ UTF-8", "the mapping is no UTF-8 text") from error
    upload = imports.require(key)
    imports.correct(store, upload, [read_correction(text)])
    return build_answer(upload)


@router.post(
    "/{key}/commit", status_code=202, summary="นำเข้า / import what was previewed", responses={409: {"model": Problem}}
)
def commit(key: Key, store: StoreDep, imports: ImportsDep) -> ImportAnswer:
    """Begins the import; ask for the import again to see how far it is."""
    upload = imports.require(key)
    imports.commit(store, upload)
    return build_answer(upload)


@router.delete("/{key}", status_code=204, summary="ทิ้ง / throw away", responses={409: {"model": Problem}})
def discard(key: Key, imports: ImportsDep) -> None:
    """Files and preview are dropped; what was imported stays."""
    imports.discard(imports.require(key))


@router.get("/{key}/reports/{name:path}", summary="ไฟล์รายงาน / a file of the report", response_class=FileResponse)
def report(key: Key, name: str, imports: ImportsDep) -> FileResponse:
    """One of the files that ``result.reports`` names, and no other."""
    upload = imports.require(key)
    if upload.result is None:
        raise UsageError("ยังไม่มีรายงาน เพราะยังนำเข้าไม่เสร็จ", "there is no report before the import is done")
    return _download(find_report(upload.result, name))


def _download(path: FilePath) -> FileResponse:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(path.name, safe='')}"}
    return FileResponse(path, headers=headers)


def read_context(owner: str, area: str, plan_kind: str, stage: str, years: str) -> ImportContext:
    """What a person states of all files; '' is not stated."""
    return ImportContext(
        owner=owner.strip() or None,
        area=area.strip() or None,
        plan_kind=plan_kind.strip() or None,
        stage=stage.strip() or None,
        years=years.strip() or None,
    )


def build_answer(upload: Upload) -> ImportAnswer:
    """An upload as the API shows it."""
    preview = upload.preview
    return ImportAnswer(
        id=upload.id,
        state=upload.state,
        expires_at=upload.expires.isoformat(timespec="seconds"),
        first=preview.first,
        files=[_file(file) for file in preview.files],
        refused=[_refusal(one.file, one.error) for one in preview.refused],
        progress=ImportProgress(**asdict(upload.progress)) if upload.state == "running" else None,
        result=_result(upload.id, upload.result) if upload.result else None,
        error=_refusal("", upload.error) if upload.error else None,
    )


def _file(file: PreviewFile) -> ImportFile:
    told: dict[str, Any] = asdict(file)
    compared = told.pop("compared") or {"new": 0, "changed": 0, "unchanged": 0, "superseded": 0, "skipped": False}
    compared = {name: value for name, value in compared.items() if name not in ("uid", "file")}
    return ImportFile(**({"changes": [], "gone": []} | told | compared))


def _refusal(file: str, error: TracegraphError) -> ImportRefusal:
    return ImportRefusal(
        file=file, code=error.code, th=error.th, en=error.en, hint_th=error.hint_th, hint_en=error.hint_en
    )


def report_links(key: str, result: Result) -> list[ReportLink]:
    """The files of the report with their addresses."""
    return [
        ReportLink(name=name, href=f"/v1/imports/{quote(key, safe='')}/reports/{quote(name, safe='/')}")
        for name in result.reports
    ]


def _result(key: str, result: Result) -> ImportResult:
    summary = result.summary
    return ImportResult(
        run=summary.uid,
        rows=result.rows,
        loaded=result.loaded,
        merged=result.merged,
        quarantined=result.quarantined,
        new=summary.new,
        changed=summary.changed,
        unchanged=summary.unchanged,
        superseded=summary.superseded,
        links_created=summary.links.created,
        links_unresolved=summary.links.unresolved,
        remembered=result.remembered,
        reports=report_links(key, result),
    )
