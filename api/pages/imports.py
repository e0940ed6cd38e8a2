"""นำเข้า: choose files, look at what would be read and changed, correct columns, import, open the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.corrections import build_column_correction, find_tables, is_correctable, list_choices, read_correction
from api.deps import ImportsDep, StoreDep, require_local
from api.i18n import label
from api.imports import Upload
from api.limits import MOST_UPLOAD, MOST_UPLOAD_FILES
from api.render import Page, read_page, render
from api.routers.imports import Key, Words, read_context, report_links
from tracegraph.errors import InputError, TracegraphError, UsageError
from tracegraph.ingest.preview import Changed, PreviewColumn, PreviewFile, PreviewTable
from tracegraph.ingest.property_words import property_words
from tracegraph.model.graph import Stage
from tracegraph.model.process import plan_kinds
from tracegraph.report.terms import Lang, baht, plan_kind_word

router = APIRouter(include_in_schema=False, dependencies=[Depends(require_local)])

#: Select boxes of one form: the columns of many layouts.
MOST_FIELDS = 2_000

_LAYOUTS = 20  # layouts whose columns can be chosen on the page: each select box holds half a hundred words
_CHANGES = 20  # changed statements of one file that the page names


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning that a column may have."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column as the page shows it; ``field`` is the name of its select box, '' where it cannot be changed."""

    letter: str
    heading: str
    words: str
    reason: str
    read: bool
    field: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class LayoutView:
    """Tables of one layout: read in the same way, corrected together."""

    key: str
    form: str
    confidence: float
    reasons: tuple[str, ...]
    tables: tuple[tuple[str, PreviewTable], ...]
    facts: tuple[tuple[str, str], ...]
    columns: tuple[ColumnView, ...]
    correctable: bool


@router.get("/import")
def choose(request: Request) -> HTMLResponse:
    """The form for files and for what they do not say themselves."""
    return _form(request, {})


@router.post("/import")
def upload_files(
    request: Request,
    store: StoreDep,
    imports: ImportsDep,
    files: Annotated[list[UploadFile] | None, File()] = None,
    owner: Words = "",
    area: Words = "",
    plan_kind: Words = "",
    stage: Words = "",
    years: Words = "",
) -> Response:
    """Take files, then show the preview; what cannot be taken is said above the form."""
    stated = {"owner": owner, "area": area, "plan_kind": plan_kind, "stage": stage, "years": years}
    sources = [(file.filename, file.file) for file in files or () if file.filename]
    try:
        upload = imports.add(store, sources, read_context(**stated))
    except (UsageError, InputError) as error:
        return _form(request, stated, error)
    return _go(f"/import/{upload.id}")


@router.get("/import/{key}")
def show(request: Request, key: Key, imports: ImportsDep) -> HTMLResponse:
    """The preview, how far the import is, or what it did."""
    return _show(request, imports.require(key))


@router.post("/import/{key}/columns")
async def choose_columns(request: Request, key: Key) -> Response:
    """Meanings chosen for columns: fields ``LAYOUT.NUMBER``."""
    fields = {name: str(value) for name, value in (await request.form(max_fields=MOST_FIELDS)).items()}
    return await run_in_threadpool(_correct_columns, request, key, fields)


def _correct_columns(request: Request, key: str, fields: dict[str, str]) -> Response:
    state = request.app.state
    upload = state.imports.require(key)
    chosen: dict[str, dict[int, str]] = {}
    for name, value in fields.items():
        layout, _, number = name.partition(".")
        if number.isdigit():
            chosen.setdefault(layout, {})[int(number)] = value
    try:
        found = [build_column_correction(upload, layout, props) for layout, props in chosen.items()]
        corrections = [one for one in found if one is not None]
        if corrections:
            state.imports.correct(state.store, upload, corrections)
    except (UsageError, InputError) as error:
        return _show(request, upload, error)
    return _go(f"/import/{upload.id}#files")


@router.post("/import/{key}/mapping")
def give_mapping(
    request: Request,
    key: Key,
    store: StoreDep,
    imports: ImportsDep,
    mapping: Annotated[str, Form(max_length=50_000)] = "",
) -> Response:
    """A mapping file typed or pasted."""
    upload = imports.require(key)
    try:
        imports.correct(store, upload, [read_correction(mapping)])
    except (UsageError, InputError) as error:
        return _show(request, upload, error, mapping)
    return _go(f"/import/{upload.id}#files")


@router.post("/import/{key}/commit")
def commit(request: Request, key: Key, store: StoreDep, imports: ImportsDep) -> Response:
    """Begin the import."""
    upload = imports.require(key)
    try:
        imports.commit(store, upload)
    except UsageError as error:
        return _show(request, upload, error)
    return _go(f"/import/{upload.id}")


@router.post("/import/{key}/discard")
def discard(key: Key, imports: ImportsDep) -> Response:
    """Throw the files away."""
    imports.discard(imports.require(key))
    return _go("/import")


def _go(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _form(request: Request, stated: dict[str, str], error: TracegraphError | None = None) -> HTMLResponse:
    page = read_page(request, "import")
    kinds = [kind.id for kind in plan_kinds() if kind.rank is not None]
    return render(
        request,
        "import.html",
        status=422 if error else 200,
        page=page,
        error=_words(error, page.lang),
        stated={"owner": "", "area": "", "plan_kind": "", "stage": "", "years": ""} | stated,
        kinds=[(kind, f"{plan_kind_word(kind, page.lang)} ({kind})") for kind in kinds],
        stages=[(stage.value, label(f"stage.{stage.value}", page.lang)) for stage in Stage],
        most_files=MOST_UPLOAD_FILES,
        most_mb=MOST_UPLOAD // 1_000_000,
    )


def _show(request: Request, upload: Upload, error: TracegraphError | None = None, mapping: str = "") -> HTMLResponse:
    page = replace(read_page(request, "import"), path=f"/import/{upload.id}")  # a form's own address cannot be opened
    preview = upload.preview
    context: dict[str, Any] = {
        "upload": upload,
        "error": _words(error or upload.error, page.lang),
        "refused": [(one.file, _words(one.error, page.lang)) for one in preview.refused],
        "files": [_file(file, page) for file in preview.files],
        "layouts": _layouts(upload, page.lang),
        "first": preview.first,
        "mapping": mapping,
        "reports": report_links(upload.id, upload.result) if upload.result else [],
    }
    return render(request, "import_one.html", status=422 if error else 200, page=page, **context)


def _words(error: TracegraphError | None, lang: Lang) -> str:
    if error is None:
        return ""
    said, hint = (error.th, error.hint_th) if lang == "th" else (error.en, error.hint_en)
    return f"{said} ({hint})" if hint else said


def _file(file: PreviewFile, page: Page) -> dict[str, Any]:
    lang = page.lang
    plans = [
        " · ".join(
            part
            for part in (
                plan_kind_word(plan.kind, lang),
                label(f"stage.{plan.stage}", lang),
                plan.owner,
                plan.area,
                plan.years,
                plan.edition,
            )
            if part
        )
        for plan in file.plans
    ]
    compared = file.compared
    return {
        "file": file,
        "kind": label(f"table.{file.kind}", lang),
        "plans": plans,
        "problems": [
            (problem, problem.th if lang == "th" else problem.en, problem.severity == "error")
            for problem in file.problems
        ],
        "skipped": compared is not None and compared.skipped,
        "changes": [_change(one, lang) for one in (compared.changes if compared else ())[:_CHANGES]],
        "gone": [_change(one, lang) for one in (compared.gone if compared else ())[:_CHANGES]],
        "new": compared.new if compared else 0,
        "changed": compared.changed if compared else 0,
        "unchanged": compared.unchanged if compared else 0,
        "superseded": compared.superseded if compared else 0,
    }


def _change(one: Changed, lang: Lang) -> dict[str, Any]:
    at = 0 if lang == "th" else 1
    differences = [
        (property_words(d.name)[at], _value(d.name, d.old, lang), _value(d.name, d.new, lang)) for d in one.differences
    ]
    return {"text": one.text, "sheet": one.sheet, "row": one.row, "differences": differences}


def _value(name: str, value: Any, lang: Lang) -> str:
    if value is None or value == []:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(_value(name, one, lang) for one in value)
    if isinstance(value, bool):
        return label("word.yes" if value else "word.no", lang)
    return baht(value, lang) if isinstance(value, float) else str(value)


def _layouts(upload: Upload, lang: Lang) -> list[LayoutView]:
    views = []
    for number, (key, tables) in enumerate(find_tables(upload).items()):
        table = tables[0][1]
        correctable = is_correctable(table) and number < _LAYOUTS
        choices = _choices(table, lang)
        at = 0 if lang == "th" else 1
        stated = [pair for pair in (*table.document, *table.constants) if pair[0] != "kind"]
        views.append(
            LayoutView(
                key=key,
                form=(table.form_label if lang == "th" else table.form) or label(f"table.{table.kind}", lang),
                confidence=table.confidence,
                reasons=tuple(reason[at] for reason in table.reasons),
                tables=tuple(tables),
                facts=tuple((property_words(name)[at], value) for name, value in stated),
                columns=tuple(
                    _column(column, f"{key}.{place}" if correctable else "", choices, lang)
                    for place, column in enumerate(table.columns)
                ),
                correctable=correctable,
            )
        )
    return views


def _choices(table: PreviewTable, lang: Lang) -> list[tuple[str, str]]:
    at = 0 if lang == "th" else 1
    return sorted(((name, property_words(name)[at]) for name in list_choices(table)), key=lambda pair: pair[1])


def _column(column: PreviewColumn, field: str, choices: list[tuple[str, str]], lang: Lang) -> ColumnView:
    words = column.th if lang == "th" else column.en
    if column.year is not None:
        words = f"{words} {column.year}"
    if column.unit != 1:
        words = f"{words} ×{column.unit:,.0f}"
    offered = [(column.prop, words), *((value, said) for value, said in choices if value != column.prop)]
    if column.prop:
        offered.append(("", label("import.unread", lang)))
    return ColumnView(
        letter=column.letter,
        heading=" ".join(column.heading.split()),
        words=words,
        reason=column.reason_th if lang == "th" else column.reason_en,
        read=bool(column.prop),
        field="" if column.fixed else field,
        choices=tuple(Choice(value, said, value == column.prop) for value, said in offered),
    )
