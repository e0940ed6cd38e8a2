"""What the routes of imports give."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from api.imports import State


class ImportColumn(BaseModel):
    """One column of a table; ``prop`` is empty where nothing is read from it."""

    letter: str = Field(examples=["B"])
    heading: str = Field(examples=["โครงการ"])
    prop: str = Field(examples=["name"])
    th: str = Field(examples=["ชื่อโครงการ/ชื่อรายการ"])
    en: str = Field(examples=["name"])
    reason_th: str = Field(examples=["เป็นหัวคอลัมน์ที่รู้จัก"])
    reason_en: str = Field(examples=["heading known for items"])
    year: int | None = Field(default=None, examples=[2568])
    unit: float = 1.0
    list_id: str | None = None
    fixed: bool = Field(default=False, description="หัวคอลัมน์ซ้ำ เลือกความหมายไม่ได้ / its heading occurs twice")


class ImportTable(BaseModel):
    """One table: its form with confidence and reasons, its headings and columns, what holds for all rows."""

    sheet: str
    kind: str = Field(examples=["items"])
    layout: str = Field(description="รหัสของรูปแบบหัวคอลัมน์ / key of the layout", examples=["65c7062d9c9778a7"])
    form: str
    form_label: str
    confidence: float = Field(examples=[0.96])
    reasons: list[tuple[str, str]]
    heading_first: int
    heading_last: int
    columns: list[ImportColumn]
    document: list[tuple[str, str]]
    constants: list[tuple[str, str]]
    hidden: bool
    rows: int


class ImportPlan(BaseModel):
    """A plan that rows of a file belong to."""

    title: str
    kind: str = Field(examples=["PK03"])
    stage: str
    owner: str
    area: str
    years: str
    edition: str


class ImportProblem(BaseModel):
    """Something found in a file; ``severity`` error: the row would be quarantined."""

    code: str
    severity: str
    file: str
    sheet: str
    row: int | None
    column: str | None
    found: str
    expected: str
    th: str
    en: str


class ImportDifference(BaseModel):
    """One property that would say something else."""

    name: str
    old: Any = None
    new: Any = None


class ImportChange(BaseModel):
    """A statement that would change, or (without differences) cease to be current."""

    uid: str
    label: str
    text: str
    sheet: str
    row: int | None
    differences: list[ImportDifference]


class ImportFile(BaseModel):
    """One file: rows by fate, what the graph would gain, tables, the first problems (``left`` more)."""

    file: str
    document: str
    kind: str
    rows: int
    loaded: int
    merged: int
    quarantined: int
    warnings: int
    new: int
    changed: int
    unchanged: int
    superseded: int
    skipped: bool = Field(description="มีฉบับใหม่กว่าแล้ว / a newer version of the file is there")
    tables: list[ImportTable]
    plans: list[ImportPlan]
    more_plans: int
    problems: list[ImportProblem]
    left: int
    changes: list[ImportChange]
    gone: list[ImportChange]


class ImportRefusal(BaseModel):
    """A file that cannot be taken, and why."""

    file: str
    code: str
    th: str
    en: str
    hint_th: str = ""
    hint_en: str = ""


class ImportProgress(BaseModel):
    """How far a running import is."""

    step: str = Field(examples=["reading"])
    file: str
    done: int
    total: int


class ReportLink(BaseModel):
    """A file of the report."""

    name: str = Field(examples=["report.xlsx"])
    href: str


class ImportResult(BaseModel):
    """What an import did."""

    run: str
    rows: int
    loaded: int
    merged: int
    quarantined: int
    new: int
    changed: int
    unchanged: int
    superseded: int
    links_created: int
    links_unresolved: int
    remembered: int = Field(description="จำการจับคู่ที่แก้ไว้กี่รูปแบบ / corrected layouts that were remembered")
    reports: list[ReportLink]


class ImportAnswer(BaseModel):
    """An import as it stands."""

    id: str
    state: State
    expires_at: str
    first: bool = Field(description="ยังไม่เคยนำเข้าข้อมูล / nothing was imported before")
    files: list[ImportFile]
    refused: list[ImportRefusal]
    progress: ImportProgress | None = None
    result: ImportResult | None = None
    error: ImportRefusal | None = None
