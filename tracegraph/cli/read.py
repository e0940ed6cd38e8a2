"""``tracegraph read``: what the importer finds in files, one item a line; no database is touched."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import FORMATS, emit, show_error
from tracegraph.cli.steps import progress_bar

if TYPE_CHECKING:
    from tracegraph.errors import InputError
    from tracegraph.model.records import ItemReading, NeedRecord, ProjectRecord, RecordBatch

_HEAD = ("sheet", "row", "name", "objective", "target")
_TAIL = (
    "kpi", "expected", "department", "strategy_no", "strategy", "tactic_no", "programme", "edition", "notes",
    "problems", "form", "confidence", "area", "area_confidence", "area_words", "file",
)  # fmt: skip


@click.command(name="read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mapping", "mappings", multiple=True, type=click.Path(path_type=Path), help="ไฟล์จับคู่หัวคอลัมน์ / mapping file"
)
@click.option("--owner", help="เจ้าของแผน / body whose plan it is")
@click.option("--area", help="รหัสหรือชื่อพื้นที่ / area code or words")
@click.option(
    "--format", "fmt", type=click.Choice(FORMATS), default="csv", show_default=True, help="รูปแบบผลลัพธ์ / output"
)
def command(files: tuple[Path, ...], mappings: tuple[Path, ...], owner: str | None, area: str | None, fmt: str) -> None:
    """อ่านไฟล์โดยไม่บันทึก ทีละรายการตามข้อความเดิม / read files, write nothing: one item a line, word for word.

    Columns: sheet, row (where the item begins, from 1), its words as written, money of each year of the form (empty
    where the cell is empty, a dash or no plain number), what the lines above state, the newest edition that touches it
    (original where none does), notes (text boxes and comments at its rows), problems (as code: explanation), the form
    with its confidence, the area code with its confidence and the words it came from.
    """
    from tracegraph.ingest.context import ImportContext
    from tracegraph.ingest.importer import read_files
    from tracegraph.ingest.mapping import load_mapping

    context = ImportContext(owner=owner, area=area)
    refused: list[InputError] = []
    with progress_bar() as progress:
        task = progress.add_task("อ่านไฟล์ / reading", total=None)
        batches = read_files(
            files,
            mapping=[load_mapping(path) for path in mappings] or None,
            context=context,
            progress=lambda path, _done, _total: progress.update(task, description=f"เปิดไฟล์ / opening {path.name}"),
            on_rows=lambda name, done, total: progress.update(task, completed=done, total=total, description=name),
            on_refusal=lambda _path, error: refused.append(error),
        )
    for error in refused:
        show_error(error)
    years = sorted({year for batch in batches for reading in batch.readings for year, _ in reading.money})
    columns = (*_HEAD, *(f"y{year}" for year in years), *_TAIL)
    emit(columns, list(_lines(batches)), fmt)
    if refused:
        sys.exit(1)


def _lines(batches: Sequence[RecordBatch]) -> Iterator[dict[str, Any]]:
    for batch in batches:
        records: list[ProjectRecord | NeedRecord] = [*batch.projects, *batch.needs]
        places = {record.uid: record for record in records}
        problems = {(row.sheet, row.row): row.problems for row in batch.rows}
        for reading in batch.readings:
            found = problems.get((reading.sheet, reading.row), ())
            yield {
                **_line(reading),
                "problems": "; ".join(f"{problem.code}: {problem.th}" for problem in found),
                "area": places[reading.uid].area or "",
                "area_confidence": round(places[reading.uid].area_confidence, 3),
                "area_words": places[reading.uid].area_words,
                "file": batch.document.file,
            }


def _line(reading: ItemReading) -> dict[str, Any]:
    return {
        "sheet": reading.sheet,
        "row": reading.row,
        "name": reading.name,
        **dict(reading.words),
        **{f"y{year}": "" if money is None else f"{money:.2f}".removesuffix(".00") for year, money in reading.money},
        "strategy_no": reading.strategy_no,
        "strategy": reading.strategy,
        "tactic_no": reading.tactic_no,
        "programme": reading.programme,
        "edition": reading.edition,
        "notes": " | ".join(reading.notes),
        "form": reading.form,
        "confidence": reading.confidence,
    }
