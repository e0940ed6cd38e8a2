"""Builds items straight from the files of real records beside the checkout, without import and without a database.

Small on purpose: what an importer must do with such files is tested elsewhere.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from tracegraph.model.items import Item
from tracegraph.thai.normalize import text_hash

MAESAI_TAMBON = "560114"
KLONGLUANG_TAMBONS = {"คลองหนึ่ง": "130201", "คลองสอง": "130202", "คลองสาม": "130203"}
_UNKNOWN = ("ไม่ทราบข้อมูลในส่วนนี้", "-", "")
_EDITION = re.compile(r"ครั้งที่ (\d+) พ\.ศ\.(\d{4})")


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number (the heading is row 1) and cells by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def read_gold(path: Path) -> list[tuple[str, str, str]]:
    """Labelled pairs: left id, right id, label."""
    return [(row["left_id"], row["right_id"], row["label"]) for _, row in read_rows(path)]


def make_item(text: str, **fields: object) -> Item:
    """An item with a hash of its text; ``uid`` and ``role`` have defaults."""
    values: dict[str, object] = {"uid": f"proj:{text_hash(text)}", "role": "project", "text_hash": text_hash(text)}
    return Item(text=text, **{**values, **fields})  # type: ignore[arg-type]


def _amounts(row: dict[str, str], columns: dict[int, str]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    years, amounts = [], []
    for year, column in columns.items():
        cell = row[column].strip()
        if cell:
            years.append(year)
            amounts.append(float(cell))
    return tuple(years), tuple(amounts)


def read_maesai(folder: Path) -> Iterator[Item]:
    """Needs, approved items, plan items and action items of Mae Sai, as its own files state them."""
    owner = {"owner": "body:maesai", "owner_name": "อบต.แม่ใส", "province": "56", "district": "5601"}
    place = {**owner, "tambon": MAESAI_TAMBON, "area": MAESAI_TAMBON}

    def village(number: str) -> dict[str, object]:
        no = int(number)
        return {"village_nos": (no,), "area": f"{MAESAI_TAMBON}{no:02d}"} if no else {}

    name = "1_village_proposals_oct2567.csv"
    for row, cells in read_rows(folder / name):
        fields = {**place, **village(cells["village_no"]), "plan": "plan:v", "plan_kind": "PK01", "plan_rank": 1}
        yield make_item(
            cells["proposal"],
            uid=f"need:{cells['id']}",
            role="need",
            source_id=cells["id"],
            file=name,
            row=row,
            **fields,
        )
    name = "2_approved_accumulated_fund_2568.csv"
    for row, cells in read_rows(folder / name):
        money = {"years": (2568,), "amounts": (float(cells["budget"]),), "amount": float(cells["budget"])}
        fields = {**place, **village(cells["village_no"]), **money, **_stage("budget", name)}
        yield make_item(cells["project"], uid=f"proj:{cells['id']}", source_id=cells["id"], row=row, **fields)
    name = "3_local_plan_supplement3_2567.csv"
    for row, cells in read_rows(folder / name):
        years, amounts = _amounts(cells, {year: f"y{year}" for year in range(2566, 2571)})
        beyond = "ผ.02/2" in cells["plan_group_form"]
        fields = {
            **place,
            **_stage("plan", name),
            "years": years,
            "amounts": amounts,
            "amount": sum(amounts),
            "objective": cells["objective"],
            "target": cells["target"],
            "form": "ผ.02/2" if beyond else "ผ.02",
            "beyond_capacity": beyond,
            "payer": cells["responsible"] if beyond else None,
            "department": None if beyond else cells["responsible"],
        }
        yield make_item(cells["project"], uid=f"proj:{cells['id']}", source_id=cells["id"], row=row, **fields)
    name = "4_action_plan_2568.csv"
    for row, cells in read_rows(folder / name):
        money = {"years": (2568,), "amounts": (float(cells["budget"]),), "amount": float(cells["budget"])}
        fields = {
            **place,
            **village(cells["village_no"]),
            **money,
            **_stage("action", name),
            "payer": cells["unit"] if "อบจ" in cells["unit"] else None,
            "department": None if "อบจ" in cells["unit"] else cells["unit"],
        }
        yield make_item(cells["project"], uid=f"proj:{cells['id']}", source_id=cells["id"], row=row, **fields)


def _stage(stage: str, file: str) -> dict[str, object]:
    plan = {"plan": f"plan:{file}", "plan_kind": "PK03", "plan_rank": 3, "stage": stage}
    return {**plan, "file": file, "document": f"doc:{file}"}


def read_klongluang(folder: Path) -> Iterator[Item]:
    """Plan items (five-year plan, amendments) and contracts of Khlong Luang."""
    owner = {"owner": "body:klongluang", "owner_name": "เทศบาลเมืองคลองหลวง", "province": "13", "district": "1302"}
    kind = {"plan_kind": "PK03", "plan_rank": 3}
    name = "plan_projects.csv"
    for row, cells in read_rows(folder / name):
        years, amounts = _amounts(cells, {year: f"budget_{year}" for year in range(2566, 2571)})
        edition = _EDITION.search(cells["document_type"])
        yield make_item(
            cells["project_name_th"],
            uid=f"proj:{cells['master_project_id']}",
            source_id=cells["master_project_id"],
            plan=f"plan:{cells['document_type']}",
            stage="plan",
            edition_no=int(edition[2]) * 100 + int(edition[1]) if edition else 0,
            years=years,
            amounts=amounts,
            amount=sum(amounts) or None,
            target=_known(cells["target_output"]),
            objective=_known(cells["objective_or_rationale"]),
            place_text=_known(cells["location"]),
            department=_known(cells["responsible_department"]),
            programme=_known(cells["program_or_workstream"]),
            amendment=cells["project_status_type"],
            file=name,
            row=row,
            document=f"doc:{name}",
            **owner,
            **kind,
            **_place(cells["project_name_th"] + " " + cells["location"]),
        )
    name = "contracts.csv"
    for row, cells in read_rows(folder / name):
        price = float(cells["price"] or 0)
        year = int(cells["year"])
        yield make_item(
            cells["project_name"],
            uid=f"proj:{cells['project_code']}",
            source_id=cells["project_code"],
            plan=f"plan:contracts-{year}",
            stage="contract",
            years=(year,),
            amounts=(price,),
            amount=price,
            year=year,
            status_text=cells["category"],
            file=name,
            row=row,
            document=f"doc:{name}",
            **owner,
            **kind,
            **_place(cells["project_name"]),
        )


def _known(cell: str) -> str | None:
    return None if cell.strip() in _UNKNOWN else cell


def _place(text: str) -> dict[str, object]:
    found = [code for tambon, code in KLONGLUANG_TAMBONS.items() if f"ต.{tambon}" in text or f"ตำบล{tambon}" in text]
    return {"tambon": found[0], "area": found[0]} if len(set(found)) == 1 else {}
